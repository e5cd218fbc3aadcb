//! `waybill events tail`: follows the log.

use chrono::{DateTime, Utc};
use clap::Args;
use event_store::browse::{Direction, PositionRange};
use event_store::wakeup::EVENTS_NOTIFICATION;
use event_store::{Store, Wakeup};
use query_api::Withholding;

use super::conditions::{Conditions, time};
use super::show::print;
use super::table::HEADING;
use crate::instance::Instance;

/// Events read at a time.
const EVENTS_MAX: i64 = 1_000;

/// Options of `events tail`.
#[derive(Debug, Args)]
pub struct Options {
    /// Conditions.
    #[command(flatten)]
    conditions: Conditions,
    /// Begin with the events recorded since this time: 2026-03-01T09:30:00Z, or 2026-03-01 (UTC).
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<DateTime<Utc>>,
    /// Print JSON, one line per event.
    #[arg(long)]
    json: bool,
}

/// Prints each event that meets the conditions when it is recorded.
pub async fn run(instance: &Instance, options: Options) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-events-tail").await?;
    let store = Store::new(pool.clone());
    let withholding = Withholding::new(store.clone(), instance.keys(&pool).await?);
    let wakeup = Wakeup::listen(&pool, EVENTS_NOTIFICATION);
    let mut waiter = wakeup.waiter();
    let filter = options.conditions.filter();
    let mut first = match options.since {
        Some(since) => store.position_before(since).await? + 1,
        None => store.head().await? + 1,
    };
    if !options.json {
        outln!("{HEADING}");
    }
    loop {
        waiter.look();
        let head = store.head().await?;
        let mut rest = (first <= head).then_some(PositionRange { first, last: head });
        while let Some(range) = rest {
            let page = store
                .browse(&filter, range, Direction::Forwards, EVENTS_MAX)
                .await?;
            for event in withholding.apply_all(page.events).await? {
                print(&event, options.json)?;
            }
            rest = page.rest;
        }
        first = first.max(head + 1);
        waiter.wait().await;
    }
}
