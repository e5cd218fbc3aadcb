//! Erases persons after their erasure was requested.

use std::time::Duration;

use domain::privacy::{PersonErasureRequested, RecordErasure};
use domain::{AccountId, PersonState};

use super::envelope::Envelope;
use super::error::Error;
use super::trigger::triggers;
use super::{Policy, PolicyContext};
use crate::privacy::{self, Subject};

/// How often rewriting the files is tried until no transaction can see the deleted rows any more, and the wait between.
const REWRITES_MAX: u32 = 80;
const REWRITE_WAIT: Duration = Duration::from_millis(250);

/// Destroys the key and deletes the account. Each step may be repeated after a crash, and the erasure is recorded last.
pub(super) struct Erasure;

triggers! {
    /// The events it reacts to.
    Trigger { PersonErasureRequested }
}

impl Policy for Erasure {
    type Trigger = Trigger;

    const NAME: &'static str = "erasure";

    const REST: Duration = Duration::from_millis(100);

    async fn react(
        Trigger::PersonErasureRequested(requested): &Trigger,
        envelope: &Envelope<'_>,
        context: &PolicyContext,
    ) -> Result<(), Error> {
        let person_id = requested.person_id;
        if context.lookup.person(person_id).await?.state == PersonState::Erased {
            return Ok(());
        }
        let subject = match requested.order_id {
            Some(order_id) => Subject::Guest(order_id),
            None => Subject::Account(AccountId::from_uuid(person_id.as_uuid())),
        };
        // An order may have been placed while the erasure was requested.
        if let Some(order) = subject.open_orders(&context.lookup).await?.first() {
            return Err(Error::OrderOpen(order.number()));
        }
        let pool = context.store.pool();
        privacy::destroy(pool, subject)
            .await
            .map_err(crate::lookup::Error::from)?;
        rewrite(context, subject).await?;
        let submission = envelope.submission(&format!("erased/{person_id}"), RecordErasure { person_id });
        context.executor.execute(submission).await?;
        Ok(())
    }
}

async fn rewrite(context: &PolicyContext, subject: Subject) -> Result<(), Error> {
    for _ in 0..REWRITES_MAX {
        match privacy::rewrite(context.store.pool(), subject).await {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(error) if is_lock_timeout(&error) => {}
            Err(error) => return Err(crate::lookup::Error::from(event_store::Error::from(error)).into()),
        }
        tokio::time::sleep(REWRITE_WAIT).await;
    }
    Err(Error::StillVisible)
}

fn is_lock_timeout(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "55P03")
}
