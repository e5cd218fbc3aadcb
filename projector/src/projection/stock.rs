//! Stock: how many units of each SKU are on hand, reserved and committed.
//!
//! The mapping consists only of increments, summed per SKU: a batch of any size is one upsert.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::stock::{HoldKind, StockEvent};
use domain::{Event, Sku};
use schemas::change::ChangeKind;
use schemas::channel::Channel;
use serde::Serialize;
use sqlx::PgConnection;

use super::{Changes, Projection, Subject};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::registry::Table;

/// Its table.
pub(crate) const STOCK: Table = Table {
    name: "stock",
    key: &["sku"],
};

/// The increments of one batch.
#[derive(Debug, Default)]
pub(crate) struct Stock {
    movements: BTreeMap<Sku, Movement>,
}

/// The change of one SKU's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Movement {
    on_hand: i64,
    reserved: i64,
    committed: i64,
    position: i64,
}

impl Movement {
    /// The change that one event makes.
    fn of(event: &StockEvent) -> Self {
        let mut movement = Self::default();
        match event {
            StockEvent::StockReceived(event) => movement.on_hand = event.quantity,
            StockEvent::StockAdjusted(event) => movement.on_hand = event.delta,
            StockEvent::StockReserved(event) => movement.reserved = event.quantity,
            StockEvent::StockReleased(event) => match event.from {
                HoldKind::Reserved => movement.reserved = -event.quantity,
                HoldKind::Committed => movement.committed = -event.quantity,
            },
            StockEvent::StockCommitted(event) => {
                movement.reserved = -event.quantity;
                movement.committed = event.quantity;
            }
            StockEvent::StockShipped(event) => {
                movement.on_hand = -event.quantity;
                movement.committed = -event.quantity;
            }
            StockEvent::StockTakenBack(event) => {
                movement.on_hand = event.quantity;
                movement.committed = event.quantity;
            }
            StockEvent::StockReturned(event) => movement.on_hand = event.quantity,
        }
        movement
    }

    fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            on_hand: self.on_hand.checked_add(other.on_hand)?,
            reserved: self.reserved.checked_add(other.reserved)?,
            committed: self.committed.checked_add(other.committed)?,
            position: other.position,
        })
    }
}

/// The counts of one SKU as of some event, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockRow {
    /// Units in the warehouse.
    pub on_hand: i64,
    /// Units reserved for orders that are not confirmed yet.
    pub reserved: i64,
    /// Units committed to confirmed orders that have not been shipped yet.
    pub committed: i64,
    /// The position of the last event that changed them.
    pub position: i64,
}

impl Stock {
    /// The counts of this SKU, which are the sums of all its movements; `None` before the first.
    pub(crate) fn row(&self, sku: &Sku) -> Option<StockRow> {
        let sum = self.movements.get(sku)?;
        Some(StockRow {
            on_hand: sum.on_hand,
            reserved: sum.reserved,
            committed: sum.committed,
            position: sum.position,
        })
    }
}

/// The counts of one SKU, as published to the sockets.
#[derive(Debug, Serialize, sqlx::FromRow)]
struct Level {
    sku: String,
    on_hand: i64,
    reserved: i64,
    committed: i64,
    available: i64,
    position: i64,
}

#[async_trait]
impl Projection for Stock {
    async fn load(&mut self, _: &mut PgConnection, _: &[DecodedEvent]) -> Result<(), sqlx::Error> {
        Ok(())
    }

    fn apply(&mut self, decoded: &DecodedEvent, event: &Event, _: &mut Changes) -> Result<(), Inapplicable> {
        let Event::Stock(event) = event else { return Ok(()) };
        let domain::StreamId::Stock(sku) = event.stream_id() else {
            return Err(Inapplicable::ForeignKey);
        };
        let sum = self.movements.entry(sku).or_default();
        let movement = Movement {
            position: decoded.position,
            ..Movement::of(event)
        };
        *sum = sum.checked_add(movement).ok_or(Inapplicable::Overflow)?;
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        _: Writing,
        changes: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        if self.movements.is_empty() {
            return Ok(());
        }
        let skus: Vec<&str> = self.movements.keys().map(Sku::as_str).collect();
        let column = |of: fn(&Movement) -> i64| self.movements.values().map(of).collect::<Vec<i64>>();
        let levels: Vec<Level> = sqlx::query_as(
            "INSERT INTO stock (sku, on_hand, reserved, committed, position) \
             SELECT * FROM UNNEST($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) \
             ON CONFLICT (sku) DO UPDATE SET on_hand = stock.on_hand + EXCLUDED.on_hand, \
                 reserved = stock.reserved + EXCLUDED.reserved, \
                 committed = stock.committed + EXCLUDED.committed, position = EXCLUDED.position \
             RETURNING sku, on_hand, reserved, committed, on_hand - reserved - committed AS available, position",
        )
        .bind(skus)
        .bind(column(|movement| movement.on_hand))
        .bind(column(|movement| movement.reserved))
        .bind(column(|movement| movement.committed))
        .bind(column(|movement| movement.position))
        .fetch_all(connection)
        .await?;
        for level in &levels {
            let channels = || {
                Sku::parse(&level.sku)
                    .map(|sku| Channel::Product(sku).to_string())
                    .into_iter()
                    .collect()
            };
            let subject = Subject {
                position: level.position,
                kind: ChangeKind::StockChanged,
                key: format!("stock:{}", level.sku),
            };
            changes.push(subject, channels, level);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::stock::{StockCommitted, StockReceived, StockReserved, StockShipped};
    use domain::{FreeText, OrderId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn units_move_from_on_hand_to_shipped() {
        let sku = Sku::parse("A").unwrap();
        let order_id = OrderId::from_uuid(Uuid::nil());
        let expires_at = chrono::DateTime::UNIX_EPOCH;
        let events: [StockEvent; 4] = [
            StockReceived {
                sku: sku.clone(),
                quantity: 10,
                reference: FreeText::none(),
            }
            .into(),
            StockReserved {
                sku: sku.clone(),
                order_id,
                quantity: 3,
                expires_at,
            }
            .into(),
            StockCommitted {
                sku: sku.clone(),
                order_id,
                quantity: 3,
            }
            .into(),
            StockShipped {
                sku,
                order_id,
                quantity: 3,
            }
            .into(),
        ];
        let counts: Vec<_> = events
            .iter()
            .scan(Movement::default(), |sum, event| {
                *sum = sum.checked_add(Movement::of(event))?;
                Some((sum.on_hand, sum.reserved, sum.committed))
            })
            .collect();
        assert_eq!(counts, [(10, 0, 0), (10, 3, 0), (10, 0, 3), (7, 0, 0)]);
    }
}
