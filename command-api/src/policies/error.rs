//! Why a reaction failed, and whether the event itself is the cause.

use domain::ErrorKind;

use crate::{executor, lookup, payment_provider, payments};

/// Why a policy could not react to an event.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error(transparent)]
    Lookup(#[from] lookup::Error),
    #[error(transparent)]
    Payments(#[from] payments::Error),
    #[error(transparent)]
    Executor(#[from] executor::Error),
    #[error("order {0} of this person is still open")]
    OrderOpen(String),
    #[error("a transaction can still see the deleted rows")]
    StillVisible,
    #[error("the reaction took longer than {0:?}")]
    TimedOut(std::time::Duration),
    #[error("the reaction panicked: {0}")]
    Panicked(String),
}

impl Error {
    /// Whether the order or payment has changed since, so that nothing is left to do.
    pub(super) fn is_settled(&self) -> bool {
        let Some(executor::Error::Rejected(rejection)) = self.executor() else {
            return false;
        };
        rejection.kind() == ErrorKind::InvalidState
            && !matches!(rejection, domain::Error::RefundExceedsCapture { .. })
    }

    /// Whether the cause is an outage, so that a retry succeeds once it has ended.
    pub(super) fn is_outage(&self) -> bool {
        match self.executor() {
            Some(
                executor::Error::QueueFull
                | executor::Error::Conflict { .. }
                | executor::Error::Unavailable
                | executor::Error::Stopping,
            ) => return true,
            Some(_) => return false,
            None => {}
        }
        match self {
            Self::Lookup(error) | Self::Payments(payments::Error::Lookup(error)) => {
                matches!(error, lookup::Error::Store(error) if error.is_unavailable())
            }
            // The sandbox's ledger is in our own Postgres database.
            Self::Payments(payments::Error::Provider(payment_provider::Error::Unavailable(source))) => source
                .downcast_ref::<sqlx::Error>()
                .is_some_and(platform::postgres::is_unavailable),
            _ => false,
        }
    }

    fn executor(&self) -> Option<&executor::Error> {
        match self {
            Self::Executor(error) | Self::Payments(payments::Error::Executor(error)) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Money, OrderId, PaymentId};
    use uuid::Uuid;

    use super::*;

    fn rejected(error: domain::Error) -> Error {
        executor::Error::Rejected(error).into()
    }

    #[test]
    fn an_event_is_settled_only_if_the_state_has_changed_since() {
        let order_id = OrderId::from_uuid(Uuid::from_u128(1));
        assert!(rejected(domain::Error::OrderAlreadyExpired { order_id }).is_settled());
        assert!(!rejected(domain::Error::UnknownOrder { order_id }).is_settled());
        let amount = Money::new(1, domain::Currency::Gbp);
        let mismatch = domain::Error::AmountMismatch {
            expected: amount,
            actual: amount,
        };
        assert!(!rejected(mismatch).is_settled());
        let refused = payments::Error::Provider(payment_provider::Error::Refused("no"));
        assert!(!Error::from(refused).is_settled());
    }

    #[test]
    fn an_outage_is_distinguished_from_a_failing_provider() {
        assert!(Error::from(executor::Error::QueueFull).is_outage());
        assert!(Error::from(executor::Error::Unavailable).is_outage());
        let payment_id = PaymentId::from_uuid(Uuid::from_u128(1));
        assert!(!rejected(domain::Error::UnknownPayment { payment_id }).is_outage());
        let provider = |source| {
            Error::from(payments::Error::Provider(payment_provider::Error::Unavailable(
                source,
            )))
        };
        assert!(provider(Box::new(sqlx::Error::PoolTimedOut)).is_outage());
        assert!(!provider("500 Internal Server Error".into()).is_outage());
        assert!(!Error::TimedOut(std::time::Duration::from_secs(1)).is_outage());
    }
}
