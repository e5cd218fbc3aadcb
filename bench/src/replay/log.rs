//! The log of a measurement: the commands of many orders, side by side.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use event_store::{Append, ChainedEvent, EventDraft, Outcome, Store, StreamClaim, StreamHead};
use uuid::Uuid;

use super::life::{Dated, Life, PRODUCTS, product};

/// Orders that are under way at the same time, so that the events of one are far apart in the log.
const ORDERS_OPEN: usize = 2_000;

/// Events of one append, about.
const APPEND_EVENTS: usize = 2_000;

/// The time between two orders: about 60,000 in a month.
const ORDER_INTERVAL: TimeDelta = TimeDelta::seconds(43);

/// Appends at least `events` events to an empty log. Returns the position of the last.
pub(super) async fn write(store: &Store, events: usize) -> anyhow::Result<i64> {
    let mut writer = Writer {
        store,
        heads: HashMap::new(),
        waiting: Vec::new(),
        position: 0,
    };
    let began: DateTime<Utc> = DateTime::from_timestamp(1_772_323_200, 0).expect("in 2026");
    for number in 0..PRODUCTS {
        writer.add(product(number, began)).await?;
    }
    let (mut open, mut number) = (Vec::new(), 0_u64);
    let mut written = 2 * usize::try_from(PRODUCTS)?;
    // A fixed sequence that looks random: which open order goes on next.
    let mut picks = (0_u64..).map(|step| step.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33);
    loop {
        while open.len() < ORDERS_OPEN && written + waiting(&open) < events {
            let placed_at = began + ORDER_INTERVAL * i32::try_from(number)?;
            open.push(Life::new(number).commands(placed_at).into_iter());
            number += 1;
        }
        if open.is_empty() {
            break;
        }
        let index = usize::try_from(picks.next().unwrap_or_default())? % open.len();
        match open[index].next() {
            Some(command) => {
                written += command.len();
                writer.add(command).await?;
            }
            None => drop(open.swap_remove(index)),
        }
    }
    writer.flush().await?;
    Ok(writer.position)
}

/// Events of open orders that are still to come, about.
fn waiting(open: &[std::vec::IntoIter<Vec<Dated>>]) -> usize {
    open.len() * 9
}

struct Writer<'a> {
    store: &'a Store,
    heads: HashMap<String, StreamHead>,
    waiting: Vec<Dated>,
    position: i64,
}

impl Writer<'_> {
    async fn add(&mut self, events: Vec<Dated>) -> anyhow::Result<()> {
        self.waiting.extend(events);
        if self.waiting.len() >= APPEND_EVENTS {
            self.flush().await?;
        }
        Ok(())
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        let mut append = Append::default();
        let mut claims: HashMap<String, StreamClaim> = HashMap::new();
        for (event, occurred_at) in self.waiting.drain(..) {
            let stream = event.stream_id();
            let name = stream.to_string();
            let head = self.heads.entry(name.clone()).or_default();
            let claim = claims.entry(name.clone()).or_insert_with(|| StreamClaim {
                stream_id: name.as_str().into(),
                stream_type: stream.stream_type().as_str(),
                expected: *head,
                after: *head,
            });
            let encoded = schemas::codec::encode(&event);
            let draft = EventDraft {
                event_id: Uuid::now_v7(),
                event_type: encoded.event_type,
                schema_version: encoded.schema_version,
                partition_key: event.ordering_key().into(),
                payload: encoded.payload,
                metadata: metadata(),
                occurred_at,
            };
            append
                .events
                .push(ChainedEvent::chain(draft, &claim.stream_id, head));
            claim.after = *head;
        }
        if append.events.is_empty() {
            return Ok(());
        }
        append.claims = claims.into_values().collect();
        match self.store.append(&[append]).await?.pop() {
            Some(Outcome::Appended { position }) => self.position = position,
            other => anyhow::bail!("the log was not written: {other:?}"),
        }
        Ok(())
    }
}

/// As long as the services' own.
fn metadata() -> Arc<str> {
    let id = Uuid::now_v7();
    format!(
        r#"{{"command_id":"{id}","correlation_id":"{id}","actor":{{"kind":"account","account_id":"{id}"}},"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"}}"#
    )
    .into()
}
