//! Asks the provider again if a process confirmed a payment and ended before it recorded the answer.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::payment::PaymentConfirmed;
use domain::{Command, PaymentState};
use schemas::envelope::RecordedEvent;

use super::envelope::{Envelope, is_by_tool};
use super::error::Error;
use super::trigger::triggers;
use super::{Policy, PolicyContext};

/// How long the process that confirmed a payment has for recording the answer, in seconds.
const GRACE_S: i64 = 10;

/// Follows confirmed payments with a delay of some seconds.
pub(super) struct PaymentRecovery;

triggers! {
    /// The events it reacts to.
    Trigger { PaymentConfirmed }
}

impl Policy for PaymentRecovery {
    type Trigger = Trigger;

    const NAME: &'static str = "payment-recovery";

    const REST: Duration = Duration::from_secs(1);

    fn due_at(event: &RecordedEvent, _: &Trigger) -> DateTime<Utc> {
        if is_by_tool(event) {
            event.recorded_at
        } else {
            event.recorded_at + TimeDelta::seconds(GRACE_S)
        }
    }

    async fn react(
        Trigger::PaymentConfirmed(confirmed): &Trigger,
        envelope: &Envelope<'_>,
        context: &PolicyContext,
    ) -> Result<(), Error> {
        if envelope.is_by_tool() {
            return Ok(());
        }
        let (payment_id, version) = (confirmed.payment_id, envelope.event.version);
        let payment = context.lookup.payment(payment_id).await?;
        let PaymentState::Processing(attempt) = payment.state else {
            return Ok(());
        };
        if payment.version != version {
            // Another attempt is in progress, and has its own event.
            return Ok(());
        }
        let about = format!("outcome/{payment_id}/{version}");
        let submission = |command: Command| envelope.submission(&about, command);
        let attempt = (version, attempt.method.as_ref(), attempt.intent.amount);
        context
            .payments
            .authorise(payment_id, attempt, &submission)
            .await?;
        Ok(())
    }
}
