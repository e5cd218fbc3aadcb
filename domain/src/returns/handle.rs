//! The decisions of a seller on a return.

use super::event::{ReturnApproved, ReturnReceived, ReturnRejected};
use super::state::ReturnState;
use crate::decide::{Context, Decide, Decision, NewEvent, events_of};
use crate::order::OrderReturnRejected;
use crate::stock::StockReturned;
use crate::view::StreamStates;
use crate::{FreeText, ReturnId, StreamId, validate};

/// Approve a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApproveReturn {
    /// The return.
    pub return_id: ReturnId,
}

/// Reject a return; another return may claim its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectReturn {
    /// The return.
    pub return_id: ReturnId,
    /// The reason, 1 to [`validate::NOTE_CHARS_MAX`] characters.
    pub reason: FreeText,
}

/// Receive the units of a return, which can then be sold again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiveReturn {
    /// The return.
    pub return_id: ReturnId,
}

impl Decide for ApproveReturn {
    fn primary_stream(&self) -> StreamId {
        StreamId::Return(self.return_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let return_id = self.return_id;
        match streams.returns(return_id)? {
            ReturnState::Requested(requested) => {
                events_of![ReturnApproved {
                    return_id,
                    order_id: requested.order_id
                }]
            }
            state => Err(state.unfit(return_id).into()),
        }
    }
}

impl Decide for RejectReturn {
    fn primary_stream(&self) -> StreamId {
        StreamId::Return(self.return_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let return_id = self.return_id;
        let reason = validate::free_text("reason", &self.reason, validate::reason)?;
        match streams.returns(return_id)? {
            ReturnState::Requested(requested) => {
                let order_id = requested.order_id;
                streams.need([StreamId::Order(order_id)])?;
                events_of![
                    ReturnRejected {
                        return_id,
                        order_id,
                        reason
                    },
                    OrderReturnRejected { order_id, return_id },
                ]
            }
            state => Err(state.unfit(return_id).into()),
        }
    }
}

impl Decide for ReceiveReturn {
    fn primary_stream(&self) -> StreamId {
        StreamId::Return(self.return_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let return_id = self.return_id;
        match streams.returns(return_id)? {
            ReturnState::Approved(requested) => {
                streams.need(requested.stock_streams())?;
                let order_id = requested.order_id;
                let received = ReturnReceived { return_id, order_id };
                let returned = requested.quantities().into_iter().map(|(sku, quantity)| {
                    NewEvent::from(StockReturned {
                        sku: sku.clone(),
                        order_id,
                        return_id,
                        quantity,
                    })
                });
                Ok(std::iter::once(NewEvent::from(received))
                    .chain(returned)
                    .collect())
            }
            state => Err(state.unfit(return_id).into()),
        }
    }
}
