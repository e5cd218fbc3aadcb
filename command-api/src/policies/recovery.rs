//! Asks the provider again where whoever asked it first went away before the answer was recorded.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::payment::PaymentEvent;
use domain::{Command, Event, PaymentState};
use schemas::envelope::RecordedEvent;

use super::envelope::{Envelope, is_by_tool};
use super::{Error, Policy, PolicyContext};

/// How long whoever confirmed a payment has for recording the answer, in seconds.
const GRACE_S: i64 = 10;

/// Follows confirmed payments at a distance of some seconds.
pub(super) struct PaymentRecovery;

#[async_trait]
impl Policy for PaymentRecovery {
    fn name(&self) -> &'static str {
        "payment-recovery"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["PaymentConfirmed"]
    }

    fn rest(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn due_at(&self, event: &RecordedEvent, _: &Event) -> DateTime<Utc> {
        if is_by_tool(event) {
            event.recorded_at
        } else {
            event.recorded_at + TimeDelta::seconds(GRACE_S)
        }
    }

    async fn react(
        &self,
        event: &RecordedEvent,
        decoded: &Event,
        context: &PolicyContext,
    ) -> Result<(), Error> {
        let Event::Payment(PaymentEvent::PaymentConfirmed(confirmed)) = decoded else {
            return Ok(());
        };
        if is_by_tool(event) {
            return Ok(());
        }
        let payment_id = confirmed.payment_id;
        let payment = context.lookup.payment(payment_id).await?;
        let PaymentState::Processing(attempt) = payment.state else {
            return Ok(());
        };
        if payment.version != event.version {
            // Another attempt is in progress, which has an event of its own.
            return Ok(());
        }
        let envelope = Envelope {
            policy: self.name(),
            event,
        };
        let about = format!("outcome/{payment_id}/{}", event.version);
        let submission = |command: Command| envelope.submission(&about, command);
        let attempt = (event.version, attempt.method.as_ref(), attempt.intent.amount);
        context
            .payments
            .authorise(payment_id, attempt, &submission)
            .await?;
        Ok(())
    }
}
