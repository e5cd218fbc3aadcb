//! Commands that record the provider's results. Each may be repeated: a result that is already recorded is not recorded
//! again.

use super::event::{
    PaymentActionRequired, PaymentAuthorised, PaymentCancelled, PaymentCaptured, PaymentDeclined,
};
use super::state::{Intent, PaymentState};
use crate::decide::{Context, Decide, Decision, NewEvent, events_of};
use crate::delivery::DeliveryCreated;
use crate::order::{OrderConfirmed, OrderState, PlacedOrder};
use crate::stock::StockCommitted;
use crate::view::StreamStates;
use crate::{Error, Money, PaymentId, ProviderReference, StreamId, validate};

/// The provider requires an action by the customer first (3-D Secure).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPaymentActionRequired {
    /// The payment.
    pub payment_id: PaymentId,
    /// The provider's reference of the challenge.
    pub provider_reference: ProviderReference,
}

/// Authorised by the provider. A pending order is confirmed by it: its stock is committed and its
/// delivery opened. For an order that is over, the fact alone is recorded, and the money is to be voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAuthorisation {
    /// The payment.
    pub payment_id: PaymentId,
    /// The amount, which must equal that of the intent.
    pub amount: Money,
    /// The provider's reference.
    pub provider_reference: ProviderReference,
}

/// Record that the provider declined. The customer may try another method, unless the order is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDecline {
    /// The payment.
    pub payment_id: PaymentId,
    /// The provider's reason; may be empty.
    pub reason: String,
}

/// Record that the provider captured the amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordCapture {
    /// The payment.
    pub payment_id: PaymentId,
    /// The amount, which must equal that of the intent.
    pub amount: Money,
    /// The provider's reference.
    pub provider_reference: ProviderReference,
}

/// Record that the provider voided the authorisation, because the order is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordVoid {
    /// The payment.
    pub payment_id: PaymentId,
    /// The reason; may be empty.
    pub reason: String,
}

impl Decide for RecordPaymentActionRequired {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        match streams.payment(self.payment_id)? {
            PaymentState::Processing(attempt) => {
                let required = PaymentActionRequired {
                    payment_id: self.payment_id,
                    order_id: attempt.intent.order_id,
                    provider_reference: self.provider_reference.clone(),
                };
                unless_over(required, self.payment_id, attempt.intent, streams)
            }
            PaymentState::RequiresAction { challenge, .. } => already(challenge, &self.provider_reference),
            PaymentState::Cancelled { .. } => events_of![],
            payment => Err(payment.unfit(self.payment_id).into()),
        }
    }
}

impl Decide for RecordAuthorisation {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let intent = match streams.payment(self.payment_id)? {
            PaymentState::Processing(attempt) | PaymentState::RequiresAction { attempt, .. } => {
                attempt.intent
            }
            PaymentState::Cancelled { voided, .. } if voided.as_ref() == Some(&self.provider_reference) => {
                return events_of![];
            }
            PaymentState::Cancelled { intent, .. } => *intent,
            PaymentState::RequiresCapture { authorisation, .. }
            | PaymentState::Succeeded { authorisation, .. } => {
                return already(authorisation, &self.provider_reference);
            }
            payment => return Err(payment.unfit(self.payment_id).into()),
        };
        agreed(intent.amount, self.amount)?;
        let authorised = PaymentAuthorised {
            payment_id: self.payment_id,
            order_id: intent.order_id,
            amount: self.amount,
            provider_reference: self.provider_reference.clone(),
        };
        match streams.order(intent.order_id)? {
            OrderState::Pending(order) => {
                streams.need(
                    order
                        .stock_streams()
                        .into_iter()
                        .chain([StreamId::Delivery(order.delivery_id)]),
                )?;
                Ok(std::iter::once(NewEvent::from(authorised))
                    .chain(confirmed(order))
                    .collect())
            }
            OrderState::Cancelled(_) | OrderState::Expired(_) => events_of![authorised],
            order => Err(order.unfit(intent.order_id).into()),
        }
    }
}

impl Decide for RecordDecline {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        match streams.payment(self.payment_id)? {
            PaymentState::Processing(attempt) | PaymentState::RequiresAction { attempt, .. } => {
                let declined = PaymentDeclined {
                    payment_id: self.payment_id,
                    order_id: attempt.intent.order_id,
                    reason: validate::provider_note(&self.reason),
                };
                unless_over(declined, self.payment_id, attempt.intent, streams)
            }
            // No attempt is in progress: the decline was recorded before.
            PaymentState::RequiresPaymentMethod(_) | PaymentState::Cancelled { .. } => events_of![],
            payment => Err(payment.unfit(self.payment_id).into()),
        }
    }
}

impl Decide for RecordCapture {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        match streams.payment(self.payment_id)? {
            PaymentState::RequiresCapture { intent, .. } => {
                agreed(intent.amount, self.amount)?;
                events_of![PaymentCaptured {
                    payment_id: self.payment_id,
                    order_id: intent.order_id,
                    amount: self.amount,
                    provider_reference: self.provider_reference.clone(),
                }]
            }
            PaymentState::Succeeded { capture, .. } => already(capture, &self.provider_reference),
            payment => Err(payment.unfit(self.payment_id).into()),
        }
    }
}

impl Decide for RecordVoid {
    fn primary_stream(&self) -> StreamId {
        StreamId::Payment(self.payment_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let payment = streams.payment(self.payment_id)?;
        let intent = match payment {
            PaymentState::Cancelled { .. } => return events_of![],
            PaymentState::Uncreated | PaymentState::Succeeded { .. } => {
                return Err(payment.unfit(self.payment_id).into());
            }
            PaymentState::RequiresPaymentMethod(intent) | PaymentState::RequiresCapture { intent, .. } => {
                intent
            }
            PaymentState::RequiresConfirmation(attempt)
            | PaymentState::RequiresAction { attempt, .. }
            | PaymentState::Processing(attempt) => &attempt.intent,
        };
        let order = streams.order(intent.order_id)?;
        if !order.is_over() {
            return Err(order.unfit(intent.order_id).into());
        }
        events_of![PaymentCancelled {
            payment_id: self.payment_id,
            order_id: intent.order_id,
            reason: validate::provider_note(&self.reason),
        }]
    }
}

impl PaymentState {
    /// The event that cancels the payment together with its order; none if there is no payment, or if the provider is
    /// processing it: that payment is voided after the provider's answer.
    pub(crate) fn give_up(&self, payment_id: PaymentId, reason: &str) -> Option<PaymentCancelled> {
        match self {
            Self::RequiresPaymentMethod(_) | Self::RequiresConfirmation(_) | Self::RequiresAction { .. } => {
                let order_id = self.intent()?.order_id;
                Some(PaymentCancelled {
                    payment_id,
                    order_id,
                    reason: reason.to_owned(),
                })
            }
            _ => None,
        }
    }
}

/// The return to choosing a method. If the order has ended, the payment is cancelled instead.
fn unless_over(
    step: impl Into<NewEvent>,
    payment_id: PaymentId,
    intent: Intent,
    streams: StreamStates<'_>,
) -> Decision {
    let mut events = vec![step.into()];
    if streams.order(intent.order_id)?.is_over() {
        let reason = "the order is over".to_owned();
        events.push(
            PaymentCancelled {
                payment_id,
                order_id: intent.order_id,
                reason,
            }
            .into(),
        );
    }
    Ok(events)
}

/// The events of a pending order that follow from its payment's authorisation.
fn confirmed(order: &PlacedOrder) -> impl Iterator<Item = NewEvent> {
    let order_id = order.order_id;
    let confirmed = OrderConfirmed {
        order_id,
        placed_at: order.placed_at,
        customer: order.customer,
        payment_id: order.payment_id,
        delivery_id: order.delivery_id,
        lines: order.lines.clone(),
        totals: order.totals,
    };
    let committed = order.quantities().into_iter().map(move |(sku, quantity)| {
        NewEvent::from(StockCommitted {
            sku: sku.clone(),
            order_id,
            quantity,
        })
    });
    let created = DeliveryCreated {
        delivery_id: order.delivery_id,
        order_id,
        country: order.country.clone(),
        contact: order.contact.clone(),
        line_count: u16::try_from(order.lines.len()).unwrap_or(u16::MAX),
    };
    std::iter::once(NewEvent::from(confirmed))
        .chain(committed)
        .chain([NewEvent::from(created)])
}

/// No events, if the provider reported the same result before under the same reference.
pub(super) fn already(known: &ProviderReference, told: &ProviderReference) -> Decision {
    if known == told {
        return events_of![];
    }
    Err(Error::ProviderConflict {
        known: known.clone(),
        told: told.clone(),
    }
    .into())
}

fn agreed(expected: Money, actual: Money) -> Result<(), Error> {
    if expected == actual {
        Ok(())
    } else {
        Err(Error::AmountMismatch { expected, actual })
    }
}
