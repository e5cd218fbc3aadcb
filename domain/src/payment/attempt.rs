//! Commands by which a customer pays.

use super::event::{PaymentConfirmed, PaymentCreated, PaymentMethodAttached};
use super::state::PaymentState;
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::order::OrderState;
use crate::view::StreamStates;
use crate::{Error, OrderId, PaymentId, StreamId, validate};

/// The longest token of a payment method, in characters.
pub const METHOD_CHARS_MAX: usize = 200;

/// Create the intent to collect a pending order's total. An order has one; repeating the command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePayment {
    /// The payment id that the order named when it was placed.
    pub payment_id: PaymentId,
    /// The order.
    pub order_id: OrderId,
}

/// Choose a method and confirm it: the provider is asked next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmPayment {
    /// The payment.
    pub payment_id: PaymentId,
    /// The provider's token for the method, 1 to [`METHOD_CHARS_MAX`] characters; never a card number.
    pub method: String,
}

/// Record that the customer completed the required action: the provider is asked again next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvePaymentAction {
    /// The payment.
    pub payment_id: PaymentId,
}

impl Decide for CreatePayment {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream(), StreamId::Order(self.order_id)]
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        streams.need(self.streams())?;
        let state = streams.order(self.order_id)?;
        let OrderState::Pending(order) = state else {
            return Err(state.unfit(self.order_id).into());
        };
        if order.payment_id != self.payment_id {
            return Err(Error::WrongPayment {
                expected: order.payment_id,
                actual: self.payment_id,
            }
            .into());
        }
        if *streams.payment(self.payment_id)? != PaymentState::Uncreated {
            return events_of![];
        }
        events_of![PaymentCreated {
            payment_id: self.payment_id,
            order_id: self.order_id,
            amount: order.totals.total(),
        }]
    }
}

impl Decide for ConfirmPayment {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let method = validate::text("method", &self.method, 1..=METHOD_CHARS_MAX)?;
        let order_id = pending_order_of(self.payment_id, streams)?;
        let payment_id = self.payment_id;
        match streams.payment(payment_id)? {
            PaymentState::RequiresPaymentMethod(_) | PaymentState::RequiresConfirmation(_) => events_of![
                PaymentMethodAttached {
                    payment_id,
                    order_id,
                    method
                },
                PaymentConfirmed { payment_id, order_id },
            ],
            payment => Err(payment.unfit(payment_id).into()),
        }
    }
}

impl Decide for ResolvePaymentAction {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let order_id = pending_order_of(self.payment_id, streams)?;
        let payment_id = self.payment_id;
        match streams.payment(payment_id)? {
            PaymentState::RequiresAction { .. } => events_of![PaymentConfirmed { payment_id, order_id }],
            payment => Err(payment.unfit(payment_id).into()),
        }
    }
}

/// The order of a payment, if it is still pending.
fn pending_order_of(payment_id: PaymentId, streams: StreamStates<'_>) -> Result<OrderId, Refusal> {
    let payment = streams.payment(payment_id)?;
    let order_id = payment
        .intent()
        .ok_or(Error::UnknownPayment { payment_id })?
        .order_id;
    match streams.order(order_id)? {
        OrderState::Pending(_) => Ok(order_id),
        order => Err(order.unfit(order_id).into()),
    }
}
