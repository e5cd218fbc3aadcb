//! `waybill events show`: one event, or a list.

use clap::Args;
use event_store::Store;
use event_store::browse::{Direction, RelatedEvents};
use query_api::Withholding;
use schemas::envelope::{Metadata, RecordedEvent};
use schemas::export::EventRecord;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::conditions::{Conditions, Period};
use super::table::{HEADING, Line};
use crate::exit::Failure;
use crate::instance::Instance;

/// The largest number of effects shown with an event.
const EFFECTS_MAX: i64 = 20;

/// Options of `events show`.
#[derive(Debug, Args)]
pub struct Options {
    /// Position or id of one event, to show all of it.
    #[arg(value_name = "POSITION|ID", value_parser = subject)]
    event: Option<Subject>,
    /// Conditions.
    #[command(flatten)]
    conditions: Conditions,
    /// When they were recorded.
    #[command(flatten)]
    period: Period,
    /// The largest number of events listed.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=100_000))]
    limit: i64,
    /// List the oldest events first.
    #[arg(long)]
    oldest_first: bool,
    /// Print JSON: one object for one event, one line per event for a list.
    #[arg(long)]
    json: bool,
}

/// How one event is named.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Position(i64),
    Id(Uuid),
}

fn subject(text: &str) -> Result<Subject, &'static str> {
    match text.parse::<i64>() {
        Ok(position) if position >= 1 => Ok(Subject::Position(position)),
        Ok(_) => Err("positions begin at 1"),
        Err(_not_a_number) => text
            .parse()
            .map(Subject::Id)
            .map_err(|_not_an_id| "must be a position or an event's id"),
    }
}

/// Shows one event or lists many.
pub async fn run(instance: &Instance, options: Options) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-events-show").await?;
    let store = Store::new(pool.clone());
    let withholding = Withholding::new(store.clone(), instance.keys(&pool).await?);
    match options.event {
        Some(subject) => show_one(&store, &withholding, subject, options.json).await,
        None => list(&store, &withholding, &options).await,
    }
}

async fn list(store: &Store, withholding: &Withholding, options: &Options) -> anyhow::Result<()> {
    let direction = if options.oldest_first {
        Direction::Forwards
    } else {
        Direction::Backwards
    };
    let filter = options.conditions.filter();
    let mut rest = Some(options.period.range(store).await?);
    let mut missing = options.limit;
    if !options.json {
        outln!("{HEADING}");
    }
    while let Some(range) = rest.filter(|_| missing > 0) {
        let page = store
            .browse(&filter, range, direction, missing.min(1_000))
            .await?;
        for event in withholding.apply_all(page.events).await? {
            print(&event, options.json)?;
            missing -= 1;
        }
        rest = page.rest;
    }
    if missing == options.limit {
        note!("No event meets the conditions.");
    } else if missing == 0 && rest.is_some() && !options.json {
        note!("There may be more; --limit shows them.");
    }
    Ok(())
}

/// Prints an event of a list.
pub fn print(event: &RecordedEvent, json: bool) -> anyhow::Result<()> {
    if json {
        outln!("{}", serde_json::to_string(&EventRecord::from(event))?);
    } else {
        outln!("{}", Line(event));
    }
    Ok(())
}

/// An event with its cause and effects.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    event: EventRecord<'a>,
    cause: Option<EventRecord<'a>>,
    effects: Vec<EventRecord<'a>>,
    effect_count: i64,
}

async fn show_one(
    store: &Store,
    withholding: &Withholding,
    subject: Subject,
    json: bool,
) -> anyhow::Result<()> {
    let event = match subject {
        Subject::Position(position) => store.read_at(&[position]).await?.pop(),
        Subject::Id(id) => match store.position_of(id).await? {
            Some(position) => store.read_at(&[position]).await?.pop(),
            None => None,
        },
    };
    let Some(event) = event else {
        let head = store.head().await?;
        return Err(
            Failure::BadInput(format!("there is no such event; the newest has position {head}")).into(),
        );
    };
    let event = withholding.apply(event).await?;
    let metadata: Metadata = serde_json::from_str(event.metadata.get())?;
    let mut related = store.related(event.event_id, &metadata, EFFECTS_MAX).await?;
    related.effects = withholding.apply_all(related.effects).await?;
    if let Some(cause) = related.cause.take() {
        related.cause = Some(withholding.apply(cause).await?);
    }
    if json {
        let shown = Shown {
            event: EventRecord::from(&event),
            cause: related.cause.as_ref().map(EventRecord::from),
            effects: related.effects.iter().map(EventRecord::from).collect(),
            effect_count: related.effect_count,
        };
        outln!("{}", serde_json::to_string_pretty(&shown)?);
        return Ok(());
    }
    print_one(&event, &metadata)?;
    print_related(&related)?;
    let payload: Value = serde_json::from_str(event.payload.get())?;
    outln!("payload\n{payload:#}");
    Ok(())
}

fn print_one(event: &RecordedEvent, metadata: &Metadata) -> Result<(), Failure> {
    outln!("{} at position {}", event.event_type, event.position);
    outln!("  stream       {}, version {}", event.stream_id, event.version);
    outln!("  id           {}", event.event_id);
    outln!(
        "  recorded     {}",
        event.recorded_at.format("%Y-%m-%d %H:%M:%S%.6f UTC")
    );
    outln!(
        "  happened     {}",
        event.occurred_at.format("%Y-%m-%d %H:%M:%S%.6f UTC")
    );
    outln!("  actor        {}", metadata.actor);
    outln!("  command      {}", metadata.command_id);
    outln!("  correlation  {}", metadata.correlation_id);
    if let Some(traceparent) = &metadata.traceparent {
        outln!("  trace        {traceparent}");
    }
    Ok(())
}

fn print_related(related: &RelatedEvents) -> Result<(), Failure> {
    let named = |event: &RecordedEvent| format!("{} at position {}", event.event_type, event.position);
    if let Some(cause) = &related.cause {
        outln!("  caused by    {}", named(cause));
    }
    for effect in &related.effects {
        outln!("  led to       {}", named(effect));
    }
    let shown = i64::try_from(related.effects.len()).unwrap_or(i64::MAX);
    if related.effect_count > shown {
        outln!("               and {} more", related.effect_count - shown);
    }
    Ok(())
}
