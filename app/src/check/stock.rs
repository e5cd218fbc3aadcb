//! I6: stock adds up after every single event, in an independent fold with plain sums.

use std::collections::{HashMap, HashSet};

use event_store::Store;
use indicatif::ProgressBar;
use schemas::envelope::RecordedEvent;
use serde::Deserialize;

use super::read_models::Live;
use super::verdict::Verdict;
use crate::progress;

/// Positions queried at a time.
const SPAN: i64 = 20_000;

/// The event types that move stock, and those that start and end an order's pending state.
const TYPES: [&str; 12] = [
    "StockReceived",
    "StockAdjusted",
    "StockReserved",
    "StockReleased",
    "StockCommitted",
    "StockShipped",
    "StockTakenBack",
    "StockReturned",
    "OrderPlaced",
    "OrderConfirmed",
    "OrderCancelled",
    "OrderExpired",
];

/// The fields of all these event types.
#[derive(Debug, Default, Deserialize)]
struct Payload {
    sku: Option<String>,
    quantity: Option<i64>,
    delta: Option<i64>,
    order_id: Option<String>,
    from: Option<String>,
}

/// The sums for one SKU.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Item {
    received: i64,
    adjusted: i64,
    shipped: i64,
    taken_back: i64,
    returned: i64,
    reserved: i64,
    committed: i64,
}

impl Item {
    const fn on_hand(self) -> i64 {
        self.received + self.adjusted - self.shipped + self.taken_back + self.returned
    }

    /// Returns the rule that the sums violate, if any.
    fn broken(self) -> Option<&'static str> {
        [
            (self.on_hand() < 0, "on hand is negative"),
            (self.reserved < 0, "more was unreserved than reserved"),
            (self.committed < 0, "more was shipped or released than committed"),
            (
                self.on_hand() - self.reserved - self.committed < 0,
                "more is promised than on hand",
            ),
        ]
        .into_iter()
        .find_map(|(is_broken, rule)| is_broken.then_some(rule))
    }
}

/// The fold over all events.
#[derive(Debug, Default)]
struct Fold {
    items: HashMap<String, Item>,
    /// Units held, by order and SKU.
    reserved: HashMap<(String, String), i64>,
    committed: HashMap<(String, String), i64>,
    pending: HashSet<String>,
    /// The last position read.
    position: i64,
    events: u64,
}

pub(super) async fn check(store: &Store, live: &Live) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I6", "stock adds up after every event, and is never oversold");
    let mut fold = Fold::default();
    let bar = progress::bar("events folded");
    let head = store.head().await?;
    bar.set_length(head.unsigned_abs());
    // The read model is compared at its own position, which may lie between the events of one command. What orders hold
    // is compared at the head, which never does.
    fold.read(store, live.checksums.position, &mut verdict, &bar)
        .await?;
    compare(live, &fold, &mut verdict);
    fold.read(store, head, &mut verdict, &bar).await?;
    bar.finish_and_clear();
    for finding in fold.unheld() {
        verdict.find(finding);
    }
    Ok(verdict.on(format!("{} movements of {} SKUs", fold.events, fold.items.len())))
}

impl Fold {
    /// Folds the events up to position `up_to`.
    async fn read(
        &mut self,
        store: &Store,
        up_to: i64,
        verdict: &mut Verdict,
        bar: &ProgressBar,
    ) -> anyhow::Result<()> {
        while self.position < up_to {
            let span = SPAN.min(up_to - self.position);
            let page = store.read_types(self.position, &TYPES, span).await?;
            if page.up_to == self.position {
                verdict.find(format!(
                    "the log ends at position {}, before {up_to}",
                    self.position
                ));
                break;
            }
            for event in &page.events {
                if let Err(finding) = self.take(event) {
                    verdict.find(format!(
                        "position {}, {}: {finding}",
                        event.position, event.stream_id
                    ));
                }
            }
            self.position = page.up_to;
            bar.set_position(self.position.unsigned_abs());
        }
        Ok(())
    }

    fn take(&mut self, event: &RecordedEvent) -> Result<(), String> {
        if let Some(order) = event.stream_id.strip_prefix("order-") {
            if event.event_type == "OrderPlaced" {
                self.pending.insert(order.to_owned());
            } else {
                self.pending.remove(order);
            }
            return Ok(());
        }
        let payload: Payload = serde_json::from_str(event.payload.get())
            .map_err(|error| format!("its payload is not read: {error}"))?;
        let sku = payload.sku.clone().ok_or("it names no SKU")?;
        if event.stream_id.strip_prefix("stock-") != Some(sku.as_str()) {
            return Err(format!("it is about {sku}"));
        }
        self.events += 1;
        let held = self.hold(&event.event_type, &sku, &payload);
        let item = self.items.entry(sku).or_default();
        item.add(&event.event_type, &payload)?;
        item.broken().map_or(held, |rule| Err(rule.to_owned()))
    }

    /// Records the units that each order holds.
    fn hold(&mut self, event_type: &str, sku: &str, payload: &Payload) -> Result<(), String> {
        let Some(order) = payload.order_id.clone() else {
            return Ok(());
        };
        let (key, quantity) = ((order, sku.to_owned()), payload.quantity.unwrap_or_default());
        let from_committed = payload.from.as_deref() == Some("committed");
        let (reserved, committed) = match event_type {
            "StockReserved" => (quantity, 0),
            "StockCommitted" => (-quantity, quantity),
            "StockReleased" if from_committed => (0, -quantity),
            "StockReleased" => (-quantity, 0),
            "StockShipped" => (0, -quantity),
            "StockTakenBack" => (0, quantity),
            _ => return Ok(()),
        };
        for (holds, change) in [(&mut self.reserved, reserved), (&mut self.committed, committed)] {
            if change == 0 {
                continue;
            }
            let held = holds.entry(key.clone()).or_default();
            *held += change;
            let left = *held;
            if left == 0 {
                holds.remove(&key);
            }
            if left < 0 {
                return Err(format!("order {} gives up {} more than it holds", key.0, -left));
            }
        }
        Ok(())
    }

    /// Lists SKUs whose reserved units differ from those of pending orders, or whose committed units differ from those
    /// of other orders.
    fn unheld(&self) -> Vec<String> {
        let mut findings = Vec::new();
        let mut sums: HashMap<&str, (i64, i64)> = HashMap::new();
        for ((order, sku), held) in &self.reserved {
            sums.entry(sku).or_default().0 += held;
            if !self.pending.contains(order) {
                findings.push(format!(
                    "{sku}: order {order} is not pending and holds {held} reserved"
                ));
            }
        }
        for ((order, sku), held) in &self.committed {
            sums.entry(sku).or_default().1 += held;
            if self.pending.contains(order) {
                findings.push(format!(
                    "{sku}: order {order} is pending and holds {held} committed"
                ));
            }
        }
        for (sku, item) in &self.items {
            let (reserved, committed) = sums.get(sku.as_str()).copied().unwrap_or_default();
            if (item.reserved, item.committed) != (reserved, committed) {
                findings.push(format!(
                    "{sku}: {} reserved and {} committed, but orders hold {reserved} and {committed}",
                    item.reserved, item.committed
                ));
            }
        }
        findings
    }
}

impl Item {
    fn add(&mut self, event_type: &str, payload: &Payload) -> Result<(), String> {
        if event_type == "StockAdjusted" {
            self.adjusted += payload.delta.ok_or("it has no delta")?;
            return Ok(());
        }
        let quantity = payload.quantity.ok_or("it has no quantity")?;
        if quantity < 1 {
            return Err(format!("it moves {quantity} units"));
        }
        match event_type {
            "StockReceived" => self.received += quantity,
            "StockReserved" => self.reserved += quantity,
            "StockReleased" if payload.from.as_deref() == Some("committed") => self.committed -= quantity,
            "StockReleased" => self.reserved -= quantity,
            "StockCommitted" => {
                self.reserved -= quantity;
                self.committed += quantity;
            }
            "StockShipped" => {
                self.committed -= quantity;
                self.shipped += quantity;
            }
            "StockTakenBack" => {
                self.committed += quantity;
                self.taken_back += quantity;
            }
            "StockReturned" => self.returned += quantity,
            _ => return Err("it is no movement of stock".to_owned()),
        }
        Ok(())
    }
}

/// Compares the sums with the read model behind the shop.
fn compare(live: &Live, fold: &Fold, verdict: &mut Verdict) {
    for (sku, shown) in &live.stock {
        let item = fold.items.get(sku).copied().unwrap_or_default();
        let folded = (item.on_hand(), item.reserved, item.committed);
        if folded != *shown {
            verdict.find(format!(
                "{sku}: the read model shows {shown:?}, the events say {folded:?}"
            ));
        }
    }
    if live.stock.len() != fold.items.len() {
        verdict.find(format!(
            "the read model has {} SKUs, the events {}",
            live.stock.len(),
            fold.items.len()
        ));
    }
}

#[cfg(test)]
mod tests {
    use schemas::envelope::RecordedEvent;
    use serde_json::{json, value::to_raw_value};
    use uuid::Uuid;

    use super::Fold;

    fn event(stream_id: &str, event_type: &str, payload: serde_json::Value) -> RecordedEvent {
        RecordedEvent {
            position: 1,
            stream_id: stream_id.to_owned(),
            version: 1,
            event_id: Uuid::nil(),
            event_type: event_type.to_owned(),
            schema_version: 1,
            partition_key: String::new(),
            payload: to_raw_value(&payload).unwrap(),
            metadata: to_raw_value(&json!({})).unwrap(),
            occurred_at: chrono::DateTime::UNIX_EPOCH,
            recorded_at: chrono::DateTime::UNIX_EPOCH,
            hash: [0; 32],
        }
    }

    fn stock(event_type: &str, quantity: i64) -> RecordedEvent {
        event(
            "stock-A1",
            event_type,
            json!({"sku": "A1", "quantity": quantity, "order_id": "7"}),
        )
    }

    /// The findings at each event, followed by those at the end.
    fn findings(events: &[RecordedEvent]) -> Vec<String> {
        let mut fold = Fold::default();
        let mut findings: Vec<String> = events.iter().filter_map(|event| fold.take(event).err()).collect();
        findings.extend(fold.unheld());
        findings
    }

    #[test]
    fn an_order_that_is_delivered_and_returned_adds_up() {
        let order = |event_type| event("order-7", event_type, json!({}));
        let events = [
            stock("StockReceived", 5),
            order("OrderPlaced"),
            stock("StockReserved", 3),
            order("OrderConfirmed"),
            stock("StockCommitted", 3),
            stock("StockShipped", 3),
            stock("StockReturned", 1),
            event("stock-A1", "StockAdjusted", json!({"sku": "A1", "delta": -3})),
        ];
        assert_eq!(findings(&events), Vec::<String>::new());
    }

    #[test]
    fn a_parcel_that_came_back_adds_up_when_it_is_shipped_again_or_its_order_is_cancelled() {
        let order = |event_type| event("order-7", event_type, json!({}));
        let mut events = vec![
            stock("StockReceived", 3),
            order("OrderPlaced"),
            stock("StockReserved", 3),
            order("OrderConfirmed"),
            stock("StockCommitted", 3),
        ];
        events.extend(
            ["StockShipped", "StockTakenBack", "StockShipped", "StockTakenBack"].map(|t| stock(t, 3)),
        );
        let found = findings(&[events.as_slice(), &[stock("StockReserved", 1)]].concat());
        assert!(found[0].contains("more is promised than on hand"), "{found:?}");
        events.push(event(
            "stock-A1",
            "StockReleased",
            json!({"sku": "A1", "quantity": 3, "order_id": "7", "from": "committed"}),
        ));
        assert_eq!(findings(&events), Vec::<String>::new());
    }

    #[test]
    fn overselling_is_found_at_the_event_that_causes_it() {
        let found = findings(&[stock("StockReceived", 5), stock("StockReserved", 6)]);
        assert!(found[0].contains("more is promised than on hand"), "{found:?}");
        let found = findings(&[stock("StockReceived", 5), stock("StockShipped", 1)]);
        assert!(found[0].contains("committed"), "{found:?}");
        let adjusted = event("stock-A1", "StockAdjusted", json!({"sku": "A1", "delta": -6}));
        let found = findings(&[stock("StockReceived", 5), adjusted]);
        assert!(found[0].contains("on hand is negative"), "{found:?}");
    }

    #[test]
    fn a_reservation_that_outlives_its_order_is_found() {
        let order = |event_type| event("order-7", event_type, json!({}));
        let events = [
            stock("StockReceived", 5),
            order("OrderPlaced"),
            stock("StockReserved", 3),
            order("OrderExpired"),
        ];
        let found = findings(&events);
        assert!(
            found[0].contains("is not pending and holds 3 reserved"),
            "{found:?}"
        );
    }

    #[test]
    fn an_event_in_a_foreign_stream_is_found() {
        let found = findings(&[event(
            "stock-B2",
            "StockReceived",
            json!({"sku": "A1", "quantity": 1}),
        )]);
        assert_eq!(found, ["it is about A1"]);
    }
}
