//! The state of a payment, folded from its events.

use std::sync::Arc;

use serde::Serialize;

use super::event::PaymentEvent;
use super::refunds::Refunds;
use crate::stream::StreamType;
use crate::{Error, Money, OrderId, PaymentId, ProviderReference, evolve};

/// The intent: the amount to collect, and its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Intent {
    /// The order it pays for.
    pub order_id: OrderId,
    /// The amount.
    pub amount: Money,
}

/// An attempt to pay with one method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// The intent.
    #[serde(flatten)]
    pub intent: Intent,
    /// The provider's token for the method.
    pub method: Arc<str>,
}

/// The state of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum PaymentState {
    /// Not created.
    #[default]
    Uncreated,
    /// Waiting for the customer to choose a payment method, for the first time or again.
    RequiresPaymentMethod(Intent),
    /// Waiting for the customer to confirm the chosen method.
    RequiresConfirmation(Attempt),
    /// Waiting for the customer to complete a challenge of the provider.
    RequiresAction {
        /// The attempt and its method.
        attempt: Attempt,
        /// The provider's reference of the challenge.
        challenge: ProviderReference,
    },
    /// Waiting for the provider.
    Processing(Attempt),
    /// Authorised by the provider.
    RequiresCapture {
        /// The intent.
        intent: Intent,
        /// The provider's reference of the authorisation.
        authorisation: ProviderReference,
    },
    /// Captured; parts may have been refunded since.
    Succeeded {
        /// The intent.
        intent: Intent,
        /// The provider's reference of the authorisation.
        authorisation: ProviderReference,
        /// The provider's reference of the capture.
        capture: ProviderReference,
        /// Its refunds.
        refunds: Arc<Refunds>,
    },
    /// Cancelled.
    Cancelled {
        /// The intent.
        intent: Intent,
        /// The voided authorisation, if there was one.
        voided: Option<ProviderReference>,
    },
}

impl PaymentState {
    /// The intent; `None` if there is no payment.
    pub const fn intent(&self) -> Option<Intent> {
        match self {
            Self::Uncreated => None,
            Self::RequiresConfirmation(attempt)
            | Self::RequiresAction { attempt, .. }
            | Self::Processing(attempt) => Some(attempt.intent),
            Self::RequiresPaymentMethod(intent)
            | Self::RequiresCapture { intent, .. }
            | Self::Succeeded { intent, .. }
            | Self::Cancelled { intent, .. } => Some(*intent),
        }
    }

    /// The captured amount that is neither refunded nor about to be; `None` if nothing was captured.
    pub fn refundable(&self) -> Option<Money> {
        match self {
            Self::Succeeded { intent, refunds, .. } => refunds.left_of(intent.amount).ok(),
            _ => None,
        }
    }

    /// The name of the state.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Uncreated => "uncreated",
            Self::RequiresPaymentMethod(_) => "requires_payment_method",
            Self::RequiresConfirmation(_) => "requires_confirmation",
            Self::RequiresAction { .. } => "requires_action",
            Self::Processing(_) => "processing",
            Self::RequiresCapture { .. } => "requires_capture",
            Self::Succeeded { .. } => "succeeded",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The rejection of a command that needs another state.
    pub(crate) const fn unfit(&self, payment_id: PaymentId) -> Error {
        match self {
            Self::Uncreated => Error::UnknownPayment { payment_id },
            _ => Error::InvalidPaymentState {
                payment_id,
                status: self.status(),
            },
        }
    }

    /// Applies the next event.
    ///
    /// # Errors
    /// When the event is not possible in this state.
    pub fn evolve(&mut self, event: &PaymentEvent) -> Result<(), evolve::Error> {
        *self = self.next(event).ok_or(evolve::Error::OutOfOrder {
            stream_type: StreamType::Payment,
            status: self.status(),
            event: event.event_type().name,
        })?;
        Ok(())
    }

    fn next(&self, event: &PaymentEvent) -> Option<Self> {
        use PaymentEvent as E;
        let Some(intent) = self.intent() else {
            let E::PaymentCreated(event) = event else {
                return None;
            };
            let intent = Intent {
                order_id: event.order_id,
                amount: event.amount,
            };
            return Some(Self::RequiresPaymentMethod(intent));
        };
        Some(match (self, event) {
            (
                Self::RequiresPaymentMethod(_) | Self::RequiresConfirmation(_),
                E::PaymentMethodAttached(event),
            ) => Self::RequiresConfirmation(Attempt {
                intent,
                method: event.method.as_str().into(),
            }),
            (
                Self::RequiresConfirmation(attempt) | Self::RequiresAction { attempt, .. },
                E::PaymentConfirmed(_),
            ) => Self::Processing(attempt.clone()),
            (Self::Processing(attempt), E::PaymentActionRequired(event)) => Self::RequiresAction {
                attempt: attempt.clone(),
                challenge: event.provider_reference.clone(),
            },
            (Self::Processing(_) | Self::RequiresAction { .. }, E::PaymentDeclined(_)) => {
                Self::RequiresPaymentMethod(intent)
            }
            (
                Self::Processing(_) | Self::RequiresAction { .. } | Self::Cancelled { .. },
                E::PaymentAuthorised(event),
            ) => Self::RequiresCapture {
                intent,
                authorisation: event.provider_reference.clone(),
            },
            _ => return self.next_of_money(intent, event),
        })
    }

    fn next_of_money(&self, intent: Intent, event: &PaymentEvent) -> Option<Self> {
        use PaymentEvent as E;
        Some(match (self, event) {
            (Self::RequiresCapture { authorisation, .. }, E::PaymentCaptured(event)) => Self::Succeeded {
                intent,
                authorisation: authorisation.clone(),
                capture: event.provider_reference.clone(),
                refunds: Arc::default(),
            },
            (Self::RequiresCapture { authorisation, .. }, E::PaymentCancelled(_)) => Self::Cancelled {
                intent,
                voided: Some(authorisation.clone()),
            },
            (
                Self::RequiresPaymentMethod(_)
                | Self::RequiresConfirmation(_)
                | Self::RequiresAction { .. }
                | Self::Processing(_),
                E::PaymentCancelled(_),
            ) => Self::Cancelled { intent, voided: None },
            (
                Self::Succeeded {
                    authorisation,
                    capture,
                    refunds,
                    ..
                },
                event,
            ) => Self::Succeeded {
                intent,
                authorisation: authorisation.clone(),
                capture: capture.clone(),
                refunds: Arc::new(refunds.with(event, intent.amount)?),
            },
            _ => return None,
        })
    }
}
