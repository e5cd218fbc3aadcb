//! `waybill show`, `history` and `diff`: any object as it was, its events, and the differences between two moments.

use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::Args;
use domain::StreamId;
use event_store::{Store, Wakeup};
use platform::auth::{Revocations, TokenVerifier};
use platform::clock::SystemClock;
use platform::problem::Problem;
use platform::shutdown::Shutdown;
use query_api::{Dependencies, Moment, QueryApi, Question};
use serde_json::Value;

use crate::events::time;
use crate::exit::Failure;
use crate::instance::Instance;
use crate::projections::Projections;

/// The object, and the form of the output.
#[derive(Debug, Args)]
pub struct Object {
    /// The object: `order-ID`, `delivery-ID`, `payment-ID`, `return-ID`, `product-SKU` or `stock-SKU`.
    #[arg(value_name = "OBJECT")]
    object: StreamId,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Options of `show`.
#[derive(Debug, Args)]
#[command(disable_version_flag = true)]
pub struct Show {
    /// What to show.
    #[command(flatten)]
    object: Object,
    /// As it was at this time, by the times at which its events were recorded: 2026-03-01T09:30:00Z, or 2026-03-01 (UTC).
    #[arg(long, value_name = "TIME", group = "moment", value_parser = time)]
    at: Option<DateTime<Utc>>,
    /// As it was right after the event with this version.
    #[arg(long, value_name = "N", group = "moment", value_parser = number)]
    version: Option<i64>,
    /// As it was at this position of the log.
    #[arg(long, value_name = "N", group = "moment", value_parser = number)]
    position: Option<i64>,
}

/// Options of `history`.
#[derive(Debug, Args)]
pub struct History {
    /// Whose history.
    #[command(flatten)]
    object: Object,
}

/// Options of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// What to compare.
    #[command(flatten)]
    object: Object,
    /// The earlier moment: a version, a time, or `position:` and a position of the log.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    from: Moment,
    /// The later moment; now if it is not given.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    to: Option<Moment>,
}

/// Reads a version or a position.
fn number(text: &str) -> Result<i64, &'static str> {
    let number = text.parse().ok().filter(|number| *number >= 1);
    number.ok_or("must be a number from 1")
}

/// Reads a moment as the HTTP API does; or a date, which is its first moment in UTC.
fn moment(text: &str) -> Result<Moment, String> {
    match (time(text), text.parse()) {
        (Ok(time), _) => Ok(Moment::Time(time)),
        (Err(_), Ok(moment)) => Ok(moment),
        (Err(detail), Err(_)) => Err(format!(
            "{detail}, or a version, or `position:` and a number from 1"
        )),
    }
}

/// Shows an object, now or as it was.
pub async fn show(instance: &Instance, options: Show) -> anyhow::Result<()> {
    let Show {
        object,
        at,
        version,
        position,
    } = options;
    let moments = [
        at.map(Moment::Time),
        version.map(Moment::Version),
        position.map(Moment::Position),
    ];
    let moment = moments.into_iter().flatten().next();
    let answer = ask(instance, &object, Question::Show(moment)).await?;
    if object.json {
        return print_json(&answer);
    }
    outln!("{}", object.object);
    print_moment("as of", &answer["as_of"])?;
    print_fields("", &answer["fields"])?;
    Ok(())
}

/// Lists the events of an object, and what each changed.
pub async fn history(instance: &Instance, options: History) -> anyhow::Result<()> {
    let object = options.object;
    let answer = ask(instance, &object, Question::History).await?;
    if object.json {
        return print_json(&answer);
    }
    for event in items(&answer) {
        print_event(event)?;
        for change in event["changes"].as_array().into_iter().flatten() {
            print_change(change)?;
        }
    }
    Ok(())
}

/// Compares an object at two moments.
pub async fn diff(instance: &Instance, options: Diff) -> anyhow::Result<()> {
    let Diff { object, from, to } = options;
    let answer = ask(instance, &object, Question::Diff { from, to }).await?;
    if object.json {
        return print_json(&answer);
    }
    print_moment("from", &answer["from"])?;
    print_moment("to", &answer["to"])?;
    for difference in items(&answer) {
        print_change(difference)?;
        let event = &difference["event"];
        outln!(
            "      by {} at position {}, {}{}",
            text(&event["event_type"]),
            event["position"],
            text(&event["actor"]),
            reason(event)
        );
    }
    if items(&answer).is_empty() {
        note!("No field differs.");
    }
    Ok(())
}

async fn ask(instance: &Instance, object: &Object, question: Question) -> anyhow::Result<Value> {
    let pool = instance.pool("waybill-past").await?;
    let keys = instance.keys(&pool).await?;
    let secrets = &instance.config.secrets;
    let clock = Arc::new(SystemClock);
    let shutdown = Shutdown::new();
    let query_api = QueryApi::new(Dependencies {
        store: Store::new(pool.clone()),
        keys,
        verifier: TokenVerifier::from_seed(secrets.token_seed.expose(), Revocations::new(), clock)
            .context("the token seed")?,
        projected: Wakeup::listen(&pool, projector::CHANGES_NOTIFICATION),
        shutdown,
        consumers: Arc::new(Projections::new(pool.clone())),
        cursor_secret: secrets.data_key.clone(),
        pool,
    });
    let answer = query_api.past(&object.object, question).await;
    Ok(answer.map_err(|problem| failure(&object.object, &problem))?)
}

fn failure(object: &StreamId, problem: &Problem) -> Failure {
    let errors = problem.errors().iter();
    let details: Vec<String> = errors
        .map(|error| format!("{} {}", error.pointer.trim_start_matches('?'), error.detail))
        .collect();
    let detail = match details.as_slice() {
        [] if problem.kind().status == 404 && problem.kind().slug == "not-found" => {
            "there is no such object".to_owned()
        }
        [] => problem.detail().to_owned(),
        details => details.join("; "),
    };
    let text = format!("{object}: {detail}");
    match problem.kind().status {
        503 => Failure::Unavailable(text),
        _ => Failure::BadInput(text),
    }
}

fn items(answer: &Value) -> &[Value] {
    answer["items"].as_array().map_or(&[], Vec::as_slice)
}

fn print_json(answer: &Value) -> anyhow::Result<()> {
    outln!("{}", serde_json::to_string_pretty(answer)?);
    Ok(())
}

/// A text without quotation marks; other values as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        other => other.to_string(),
    }
}

fn print_moment(name: &str, moment: &Value) -> Result<(), Failure> {
    outln!(
        "{name} {}: version {}, position {}, {}",
        text(&moment["recorded_at"]),
        moment["version"],
        moment["position"],
        text(&moment["event_type"])
    );
    Ok(())
}

fn print_event(event: &Value) -> Result<(), Failure> {
    outln!(
        "{}  {}  {} version {}, {}{}{}",
        event["position"],
        text(&event["recorded_at"]),
        text(&event["event_type"]),
        event["version"],
        text(&event["actor"]),
        match &event["cause"] {
            Value::Null => String::new(),
            cause => format!(
                ", after {} at position {}",
                text(&cause["event_type"]),
                cause["position"]
            ),
        },
        reason(event)
    );
    Ok(())
}

fn reason(event: &Value) -> String {
    match event.get("reason") {
        None => String::new(),
        Some(Value::Null) => ", reason erased".to_owned(),
        Some(reason) => format!(", reason: {}", text(reason)),
    }
}

fn print_change(change: &Value) -> Result<(), Failure> {
    outln!(
        "    {}: {} -> {}",
        text(&change["field"]).trim_start_matches('/'),
        text(&change["from"]),
        text(&change["to"])
    );
    Ok(())
}

fn print_fields(path: &str, value: &Value) -> Result<(), Failure> {
    let joined = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}/{name}"),
    };
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                print_fields(&joined(name), value)?;
            }
        }
        Value::Array(values) if !values.is_empty() => {
            for (index, value) in values.iter().enumerate() {
                print_fields(&joined(&index.to_string()), value)?;
            }
        }
        value => outln!("  {path}: {}", text(value)),
    }
    Ok(())
}
