//! `waybill dead-letters`: lists dead letters, shows one, retries and skips them, and lists what operators did.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use domain::validate;
use projector::operator_actions::{self, OperatorAction, Subject};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::list::{Opened, Place};
use super::operate::{Outcome, Seen};
use super::{DeadLetter, DeadLetters, Error, Filter, LetterId};
use crate::events::time;
use crate::exit::Failure;
use crate::instance::Instance;
use crate::replay::operator;

/// Commands for dead letters.
#[derive(Debug, Subcommand)]
pub enum DeadLettersCommand {
    /// List the events that projections and policies could not process, and those that wait behind them.
    List {
        /// Conditions.
        #[command(flatten)]
        conditions: Conditions,
        /// The largest number listed.
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=10_000))]
        limit: i64,
        /// List what follows this id, the last one of the list before.
        #[arg(long, value_name = "ID")]
        after: Option<LetterId>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a dead letter with the payload of its event and what waits behind it.
    Show {
        /// Its id, as `list` shows it, e.g. orders:17.
        id: LetterId,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Retry the key of a dead letter, or all parked keys that meet conditions.
    Retry(Retry),
    /// Skip the first dead letter of a key. `show` prints the whole command.
    Skip {
        /// Its id.
        id: LetterId,
        /// The id of the event, as it was shown.
        #[arg(long, value_name = "ID")]
        event_id: Uuid,
        /// The failed attempts, as they were shown.
        #[arg(long, value_name = "N")]
        attempts: i32,
        /// Why; recorded in the history.
        #[arg(long)]
        reason: String,
    },
    /// List what operators did with dead letters and replays, newest first.
    History {
        /// The largest number listed.
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=10_000))]
        limit: i64,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Options of `retry`.
#[derive(Debug, Args)]
pub struct Retry {
    /// The id of a dead letter.
    #[arg(conflicts_with_all = ["all", "consumer", "event_type", "error", "since", "key", "yes"])]
    id: Option<LetterId>,
    /// Retry every parked key.
    #[arg(long, required_unless_present_any = ["id", "consumer", "event_type", "error", "since", "key"])]
    all: bool,
    /// Conditions.
    #[command(flatten)]
    conditions: Conditions,
    /// Retry them; without it, only their number is printed.
    #[arg(long)]
    yes: bool,
    /// Why; recorded in the history.
    #[arg(long)]
    reason: Option<String>,
}

/// Conditions for dead letters.
#[derive(Debug, Args)]
pub struct Conditions {
    /// Only those of this projection or policy.
    #[arg(long, value_name = "NAME")]
    consumer: Option<String>,
    /// Only events of this type.
    #[arg(long = "type", value_name = "TYPE")]
    event_type: Option<String>,
    /// Only those whose error contains this text, in any case.
    #[arg(long, value_name = "TEXT")]
    error: Option<String>,
    /// Only those that became dead letters at this time or later: 2026-03-01T09:30:00Z, or 2026-03-01 (UTC).
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<DateTime<Utc>>,
    /// Only those of this key: an order's id, or a SKU.
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

impl From<Conditions> for Filter {
    fn from(conditions: Conditions) -> Self {
        Self {
            consumer: conditions.consumer,
            event_type: conditions.event_type,
            error: conditions.error,
            since: conditions.since,
            key: conditions.key,
        }
    }
}

/// Runs one of the commands.
pub async fn run(instance: &Instance, command: DeadLettersCommand) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-dead-letters").await?;
    let keys = instance.keys(&pool).await?;
    let letters = DeadLetters::new(pool, keys);
    match command {
        DeadLettersCommand::List {
            conditions,
            limit,
            after,
            json,
        } => {
            let place = after.map_or((0, String::new()), |id| (id.position, id.consumer));
            list(&letters, &conditions.into(), (place, limit), json).await
        }
        DeadLettersCommand::Show { id, json } => show(&letters, &id, json).await,
        DeadLettersCommand::Retry(options) => retry(&letters, options).await,
        DeadLettersCommand::Skip {
            id,
            event_id,
            attempts,
            reason,
        } => {
            let reason = checked(&reason)?;
            let seen = Seen { event_id, attempts };
            let outcome = letters
                .skip(&id, seen, (&operator(), &reason))
                .await
                .map_err(failure)?;
            outln!("Skipped {id}.");
            print_outcome(&outcome)
        }
        DeadLettersCommand::History { limit, json } => history(&letters, limit, json).await,
    }
}

#[derive(Debug, Serialize)]
struct Listing {
    dead_letters: Vec<DeadLetter>,
    count: i64,
}

async fn list(
    letters: &DeadLetters,
    filter: &Filter,
    (place, limit): (Place, i64),
    json: bool,
) -> anyhow::Result<()> {
    let found = letters.list(filter, place, limit).await.map_err(failure)?;
    if json {
        let listing = Listing {
            dead_letters: found.letters,
            count: found.count,
        };
        outln!("{}", serde_json::to_string_pretty(&listing)?);
        return Ok(());
    }
    if found.count == 0 {
        outln!("There are no dead letters.");
        return Ok(());
    }
    outln!(
        "{:<28} {:<9} {:<24} {:>8} {:>7}  key",
        "dead letter",
        "state",
        "type",
        "attempts",
        "behind"
    );
    for letter in &found.letters {
        outln!(
            "{:<28} {:<9} {:<24} {:>8} {:>7}  {}",
            letter.id,
            letter.state.as_str(),
            letter.event_type,
            letter.attempts,
            letter.behind,
            letter.key
        );
        if let Some(error) = &letter.error {
            outln!("  {error}");
        }
    }
    let (shown, count) = (found.letters.len(), found.count);
    outln!("{shown} of {count} shown.");
    if let Some((position, consumer)) = found.next {
        outln!("--after {consumer}:{position} continues.");
    }
    Ok(())
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    letter: &'a DeadLetter,
    stream_id: Option<&'a str>,
    correlation_id: Option<Uuid>,
    payload: Option<&'a RawValue>,
    waiting: &'a [DeadLetter],
}

async fn show(letters: &DeadLetters, id: &LetterId, json: bool) -> anyhow::Result<()> {
    let opened = letters.open(id).await.map_err(failure)?;
    let event = opened.event.as_ref();
    let letter = &opened.letter;
    if json {
        let shown = Shown {
            letter,
            stream_id: event.map(|event| event.stream_id.as_str()),
            correlation_id: event.and_then(|event| event.correlation_id),
            payload: event.map(|event| &*event.payload),
            waiting: &opened.behind,
        };
        outln!("{}", serde_json::to_string_pretty(&shown)?);
        return Ok(());
    }
    print_letter(&opened)?;
    print_commands(letter)
}

/// Prints a dead letter, its payload and what waits behind it.
fn print_letter(opened: &Opened) -> anyhow::Result<()> {
    let letter = &opened.letter;
    let event = opened.event.as_ref();
    outln!("{} is {}", letter.id, letter.state.as_str());
    if let Some(error) = &letter.error {
        outln!("  error        {error}");
    }
    outln!(
        "  event        {} at position {}",
        letter.event_type,
        letter.position
    );
    outln!("  key          {}", letter.key);
    if let Some(event) = event {
        outln!("  stream       {}", event.stream_id);
        if let Some(correlation_id) = event.correlation_id {
            outln!("  correlation  {correlation_id}");
        }
    }
    outln!("  attempts     {}", letter.attempts);
    outln!("  since        {}", letter.created_at.format("%F %T UTC"));
    if let Some(at) = letter.last_attempt_at {
        outln!("  last attempt {}", at.format("%F %T UTC"));
    }
    if let Some(at) = letter.next_attempt_at {
        outln!("  next attempt {}", at.format("%F %T UTC"));
    }
    outln!("  behind       {} later events of this key wait", letter.behind);
    for waiting in &opened.behind {
        outln!(
            "               {} at position {}",
            waiting.event_type,
            waiting.position
        );
    }
    if let Some(event) = event {
        let payload: serde_json::Value = serde_json::from_str(event.payload.get())?;
        outln!("payload\n{payload:#}");
    }
    Ok(())
}

/// Prints the commands that resolve a dead letter.
fn print_commands(letter: &DeadLetter) -> anyhow::Result<()> {
    outln!("\nwaybill dead-letters retry {}", letter.id);
    if let (Some(event_id), true) = (letter.event_id, letter.state != super::State::Waiting) {
        outln!(
            "waybill dead-letters skip {} --event-id {event_id} --attempts {} --reason \"…\"",
            letter.id,
            letter.attempts
        );
    }
    Ok(())
}

async fn retry(letters: &DeadLetters, options: Retry) -> anyhow::Result<()> {
    let reason = options.reason.as_deref().map(checked).transpose()?;
    let by = operator();
    if let Some(id) = options.id {
        let outcome = letters
            .retry(&id, &by, reason.as_deref())
            .await
            .map_err(failure)?;
        return print_outcome(&outcome);
    }
    let filter = options.conditions.into();
    let bulk = letters
        .retry_all(&filter, !options.yes, (&by, reason.as_deref()))
        .await
        .map_err(failure)?;
    let (count, keys) = (bulk.letters, bulk.keys);
    if bulk.dry_run {
        outln!("{count} dead letters of {keys} keys would be retried. --yes retries them.");
    } else {
        outln!("{count} dead letters of {keys} keys were retried.");
        outln!(
            "{} events applied; {} keys failed again, {} are tried within seconds, {} were resolved meanwhile.",
            bulk.applied,
            bulk.failed,
            bulk.scheduled,
            bulk.resolved
        );
    }
    if bulk.has_more {
        outln!("There are more keys; repeat the command for them.");
    }
    Ok(())
}

fn print_outcome(outcome: &Outcome) -> anyhow::Result<()> {
    if outcome.is_scheduled {
        outln!("The policy tries the first event of the key within seconds.");
    } else {
        outln!("{} events were applied.", outcome.applied);
    }
    match &outcome.failure {
        Some((position, error)) => {
            anyhow::bail!("event {position} still cannot be applied: {error}")
        }
        None => Ok(()),
    }
}

async fn history(letters: &DeadLetters, limit: i64, json: bool) -> anyhow::Result<()> {
    let actions = operator_actions::list(&letters.pool, None, i64::MAX, limit).await?;
    if json {
        outln!("{}", serde_json::to_string_pretty(&actions)?);
        return Ok(());
    }
    for action in &actions {
        print_action(action)?;
    }
    Ok(())
}

fn print_action(action: &OperatorAction) -> Result<(), Failure> {
    let subject = match (action.subject, action.detail.get("position")) {
        (Subject::DeadLetter, Some(position)) => format!("{}:{position}", action.name),
        _ => format!("replay of {}", action.name),
    };
    let reason = action.reason.as_ref().map(|reason| format!(": {reason}"));
    outln!(
        "{}  {} {subject} by {}{}",
        action.at.format("%F %T UTC"),
        action.verb,
        action.by,
        reason.unwrap_or_default()
    );
    Ok(())
}

fn checked(reason: &str) -> anyhow::Result<String> {
    let checked = validate::text("--reason", reason, 1..=validate::NOTE_CHARS_MAX);
    checked.map_err(|error| Failure::BadInput(error.to_string()).into())
}

fn failure(error: Error) -> anyhow::Error {
    match error {
        Error::UnknownConsumer(_) | Error::NotFound(_) => Failure::BadInput(error.to_string()).into(),
        error => error.into(),
    }
}
