//! `waybill policy`: lists the events that policies failed on, and lets an operator retry or skip them.

use command_api::policies::{self, Letter, LetterState, OperateError, PolicyStatus};
use domain::validate;
use schemas::consumer::ConsumerStatus;
use serde::Serialize;

use crate::exit::Failure;
use crate::instance::Instance;
use crate::status::table;

/// The most letters shown.
const LETTERS_MAX: i64 = 1_000;

#[derive(Debug, Serialize)]
struct Listing {
    policies: Vec<PolicyStatus>,
    letters: Vec<Letter>,
}

/// Prints the policies and their failed events.
pub async fn list(instance: &Instance, json: bool) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-policy").await?;
    let listing = Listing {
        policies: policies::status(&pool).await?,
        letters: policies::list(&pool, LETTERS_MAX).await?,
    };
    if json {
        outln!("{}", serde_json::to_string_pretty(&listing)?);
        return Ok(());
    }
    let policies: Vec<ConsumerStatus> = listing.policies.into_iter().map(ConsumerStatus::from).collect();
    out!("{}", table("policy", &policies));
    for letter in &listing.letters {
        print_letter(letter)?;
    }
    Ok(())
}

/// Retries the first failed event of a key, or every parked event of the policy.
pub async fn retry(instance: &Instance, policy: &str, key: Option<&str>) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-policy").await?;
    if let Some(key) = key {
        let position = policies::retry(&pool, policy, key).await.map_err(failure)?;
        outln!("The event at position {position} is tried again.");
    } else {
        let retried = policies::retry_all(&pool, policy).await.map_err(failure)?;
        outln!("{retried} parked events are tried again.");
    }
    Ok(())
}

/// Skips the first failed event of a key.
pub async fn skip(instance: &Instance, policy: &str, key: &str, reason: &str) -> anyhow::Result<()> {
    let reason = validate::text("--reason", reason, 1..=validate::NOTE_CHARS_MAX)
        .map_err(|error| Failure::BadInput(error.to_string()))?;
    let pool = instance.pool("waybill-policy").await?;
    let position = policies::skip(&pool, policy, key, &reason)
        .await
        .map_err(failure)?;
    outln!("The event at position {position} is skipped.");
    Ok(())
}

fn print_letter(letter: &Letter) -> Result<(), Failure> {
    let next = match letter.state {
        LetterState::Parked => "parked".to_owned(),
        LetterState::Retrying => format!("next attempt {}", letter.next_attempt_at.format("%H:%M:%S UTC")),
    };
    outln!(
        "\n{} {}\n  {} at position {}, {} attempts, {next}",
        letter.policy,
        letter.key,
        letter.event_type,
        letter.position,
        letter.attempts
    );
    if letter.waiting > 0 {
        outln!("  {} later events of this key wait", letter.waiting);
    }
    if let Some(error) = &letter.error {
        outln!("  {error}");
    }
    Ok(())
}

fn failure(error: OperateError) -> anyhow::Error {
    match error {
        OperateError::UnknownPolicy(_) | OperateError::NoLetter { .. } => {
            Failure::BadInput(error.to_string()).into()
        }
        OperateError::Database(_) => error.into(),
    }
}
