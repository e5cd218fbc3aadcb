//! Refunds.

use super::event::{RefundFailed, RefundRequested, RefundSucceeded};
use super::provider::already;
use super::refunds::{Refund, RefundStatus, Refunds};
use super::state::{Intent, PaymentState};
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, NewEvent, events_of};
use crate::returns::{ReturnClosed, ReturnRefunded, ReturnState};
use crate::view::StreamStates;
use crate::{Error, Money, PaymentId, ProviderReference, RefundId, ReturnId, StreamId, validate};

/// Refund part or all of a captured payment; the provider is asked afterwards. Repeating the same request changes
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRefund {
    /// The payment.
    pub payment_id: PaymentId,
    /// The refund's new id.
    pub refund_id: RefundId,
    /// The amount, positive; for a return, exactly its value.
    pub amount: Money,
    /// The return it is for, if any; its units must have been received.
    pub return_id: Option<ReturnId>,
}

/// Record that the provider paid a refund, which closes its return, if any. May be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRefund {
    /// The payment.
    pub payment_id: PaymentId,
    /// The refund.
    pub refund_id: RefundId,
    /// The provider's reference.
    pub provider_reference: ProviderReference,
}

/// Record that the provider refused a refund; another may be requested. May be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRefundFailure {
    /// The payment.
    pub payment_id: PaymentId,
    /// The refund.
    pub refund_id: RefundId,
    /// The provider's reason; may be empty.
    pub reason: String,
}

impl Decide for RequestRefund {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn streams(&self) -> Vec<StreamId> {
        let returned = self.return_id.map(StreamId::Return);
        std::iter::once(self.primary_stream()).chain(returned).collect()
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        streams.need(self.streams())?;
        let (intent, refunds) = captured(self.payment_id, streams)?;
        if let Some(known) = refunds.get(self.refund_id) {
            if known.amount == self.amount && known.return_id == self.return_id {
                return events_of![];
            }
            return Err(Error::RefundAlreadyRequested {
                refund_id: self.refund_id,
            }
            .into());
        }
        validate::amount(None, self.amount)?;
        if let Some(return_id) = self.return_id {
            self.check_return(return_id, refunds, streams)?;
        }
        let refundable = refunds.left_of(intent.amount).map_err(Error::from)?;
        if refundable.checked_sub(self.amount).map_err(Error::from)?.minor < 0 {
            return Err(Error::RefundExceedsCapture {
                refundable,
                requested: self.amount,
            }
            .into());
        }
        events_of![RefundRequested {
            payment_id: self.payment_id,
            order_id: intent.order_id,
            refund_id: self.refund_id,
            amount: self.amount,
            return_id: self.return_id,
        }]
    }
}

impl RequestRefund {
    /// Checks that the return is received, belongs to this payment, has this value, and is not refunded yet.
    fn check_return(
        &self,
        return_id: ReturnId,
        refunds: &Refunds,
        streams: StreamStates<'_>,
    ) -> Result<(), Refusal> {
        let state = streams.returns(return_id)?;
        if let Some((refund_id, _)) = refunds
            .standing()
            .find(|(_, refund)| refund.return_id == self.return_id)
        {
            return Err(Error::ReturnAlreadyRefunded { return_id, refund_id }.into());
        }
        let ReturnState::Received(requested) = state else {
            return Err(state.unfit(return_id).into());
        };
        if requested.payment_id != self.payment_id {
            let (expected, actual) = (requested.payment_id, self.payment_id);
            return Err(Error::WrongPayment { expected, actual }.into());
        }
        if requested.refund != self.amount {
            let (expected, actual) = (requested.refund, self.amount);
            return Err(Error::AmountMismatch { expected, actual }.into());
        }
        Ok(())
    }
}

impl Decide for RecordRefund {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let (intent, refunds) = captured(self.payment_id, streams)?;
        let refund = known(refunds, self.refund_id)?;
        match &refund.status {
            RefundStatus::Pending => {}
            RefundStatus::Succeeded { provider_reference } => {
                return already(provider_reference, &self.provider_reference);
            }
            RefundStatus::Failed => return Err(refund.unfit(self.refund_id).into()),
        }
        let (order_id, refund_id, amount) = (intent.order_id, self.refund_id, refund.amount);
        let mut events = vec![NewEvent::from(RefundSucceeded {
            payment_id: self.payment_id,
            order_id,
            refund_id,
            amount,
            provider_reference: self.provider_reference.clone(),
        })];
        if let Some(return_id) = refund.return_id {
            let state = streams.returns(return_id)?;
            if !matches!(state, ReturnState::Received(_)) {
                return Err(state.unfit(return_id).into());
            }
            events.push(
                ReturnRefunded {
                    return_id,
                    order_id,
                    refund_id,
                    amount,
                }
                .into(),
            );
            events.push(ReturnClosed { return_id, order_id }.into());
        }
        Ok(events)
    }
}

impl Decide for RecordRefundFailure {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        validate::note("reason", &self.reason)?;
        let (intent, refunds) = captured(self.payment_id, streams)?;
        let refund = known(refunds, self.refund_id)?;
        match refund.status {
            RefundStatus::Pending => events_of![RefundFailed {
                payment_id: self.payment_id,
                order_id: intent.order_id,
                refund_id: self.refund_id,
                amount: refund.amount,
                reason: self.reason.clone(),
            }],
            RefundStatus::Failed => events_of![],
            RefundStatus::Succeeded { .. } => Err(refund.unfit(self.refund_id).into()),
        }
    }
}

impl Refund {
    fn unfit(&self, refund_id: RefundId) -> Error {
        Error::InvalidRefundState {
            refund_id,
            status: self.status.as_str(),
        }
    }
}

/// The intent of a captured payment, and its refunds.
fn captured(payment_id: PaymentId, streams: StreamStates<'_>) -> Result<(Intent, &Refunds), Refusal> {
    match streams.payment(payment_id)? {
        PaymentState::Succeeded { intent, refunds, .. } => Ok((*intent, refunds)),
        payment => Err(payment.unfit(payment_id).into()),
    }
}

fn known(refunds: &Refunds, refund_id: RefundId) -> Result<&Refund, Error> {
    refunds.get(refund_id).ok_or(Error::UnknownRefund { refund_id })
}
