//! The state of a return, folded from its events.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::event::ReturnEvent;
use crate::order::ReturnedLine;
use crate::stock::by_sku;
use crate::stream::StreamType;
use crate::{Error, Money, OrderId, PaymentId, ReturnId, Sku, StreamId, evolve};

/// The request; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestedReturn {
    /// The order of the units.
    pub order_id: OrderId,
    /// The payment to refund.
    pub payment_id: PaymentId,
    /// The units to return.
    pub lines: Vec<ReturnedLine>,
    /// The amount to refund.
    pub refund: Money,
}

impl RequestedReturn {
    /// The units of each SKU that come back, by SKU.
    pub fn quantities(&self) -> BTreeMap<&Sku, i64> {
        by_sku(self.lines.iter().map(|line| (&line.sku, line.quantity)))
    }

    /// The stock streams of its SKUs.
    pub fn stock_streams(&self) -> Vec<StreamId> {
        self.quantities()
            .into_keys()
            .map(|sku| StreamId::Stock(sku.clone()))
            .collect()
    }
}

/// The state of a return.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum ReturnState {
    /// Not created.
    #[default]
    Unrequested,
    /// Requested by the customer.
    Requested(Arc<RequestedReturn>),
    /// Approved by the seller; waiting for the units.
    Approved(Arc<RequestedReturn>),
    /// Rejected by the seller.
    Rejected(Arc<RequestedReturn>),
    /// Received; waiting for the refund.
    Received(Arc<RequestedReturn>),
    /// Refunded.
    Refunded(Arc<RequestedReturn>),
    /// Closed.
    Closed(Arc<RequestedReturn>),
}

impl ReturnState {
    /// The request; `None` if there is none.
    pub fn requested(&self) -> Option<&Arc<RequestedReturn>> {
        match self {
            Self::Unrequested => None,
            Self::Requested(requested)
            | Self::Approved(requested)
            | Self::Rejected(requested)
            | Self::Received(requested)
            | Self::Refunded(requested)
            | Self::Closed(requested) => Some(requested),
        }
    }

    /// The name of the state.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Unrequested => "unrequested",
            Self::Requested(_) => "requested",
            Self::Approved(_) => "approved",
            Self::Rejected(_) => "rejected",
            Self::Received(_) => "received",
            Self::Refunded(_) => "refunded",
            Self::Closed(_) => "closed",
        }
    }

    /// The rejection of a command that needs another state.
    pub(crate) const fn unfit(&self, return_id: ReturnId) -> Error {
        match self {
            Self::Unrequested => Error::UnknownReturn { return_id },
            _ => Error::InvalidReturnState {
                return_id,
                status: self.status(),
            },
        }
    }

    /// Applies the next event.
    ///
    /// # Errors
    /// When the event is not possible in this state.
    pub fn evolve(&mut self, event: &ReturnEvent) -> Result<(), evolve::Error> {
        *self = self.next(event).ok_or(evolve::Error::OutOfOrder {
            stream_type: StreamType::Return,
            status: self.status(),
            event: event.event_type().name,
        })?;
        Ok(())
    }

    fn next(&self, event: &ReturnEvent) -> Option<Self> {
        use ReturnEvent as E;
        Some(match (self, event) {
            (Self::Unrequested, E::ReturnRequested(event)) => Self::Requested(Arc::new(RequestedReturn {
                order_id: event.order_id,
                payment_id: event.payment_id,
                lines: event.lines.clone(),
                refund: event.refund,
            })),
            (Self::Requested(requested), E::ReturnApproved(_)) => Self::Approved(Arc::clone(requested)),
            (Self::Requested(requested), E::ReturnRejected(_)) => Self::Rejected(Arc::clone(requested)),
            (Self::Approved(requested), E::ReturnReceived(_)) => Self::Received(Arc::clone(requested)),
            (Self::Received(requested), E::ReturnRefunded(_)) => Self::Refunded(Arc::clone(requested)),
            (Self::Refunded(requested), E::ReturnClosed(_)) => Self::Closed(Arc::clone(requested)),
            _ => return None,
        })
    }
}
