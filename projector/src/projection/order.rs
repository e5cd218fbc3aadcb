//! Orders: one row an order, with how far its payment, delivery and returns are.
//!
//! The rows a batch touches are loaded, the events folded into them in order, and each is written once. So
//! every event of a web order tells the sockets the row as it was after that very event; an imported order
//! tells them its newest state alone.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use domain::order::{OrderEvent, SalesChannel};
use domain::{Event, StreamType};
use schemas::channel::Channel;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Changes, Projection, Subject, keys_to_load};
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::registry::Table;

mod change;
mod map;
mod row;

use change::OrderChange;
use row::OrderRow;

/// Its table.
pub(crate) const ORDERS: Table = Table {
    name: "orders",
    key: &["id"],
};

/// Its table.
pub(crate) const ORDER_SELLERS: Table = Table {
    name: "order_sellers",
    key: &["seller_id", "placed_at", "order_id"],
};

/// The rows of one batch.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    rows: BTreeMap<Uuid, OrderRow>,
    touched: BTreeSet<Uuid>,
    placed: BTreeSet<Uuid>,
}

/// Whether an event may change the row of its order.
fn is_relevant(event: &Event) -> bool {
    matches!(
        event.stream_id().stream_type(),
        StreamType::Order | StreamType::Payment | StreamType::Delivery | StreamType::Return
    )
}

#[async_trait]
impl Projection for Orders {
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error> {
        let ids = keys_to_load(events, |decoded, event| {
            let is_placed = matches!(event, Event::Order(OrderEvent::OrderPlaced(_)));
            is_relevant(event)
                .then(|| Some((decoded.order_id().ok()?, is_placed)))
                .flatten()
        });
        if !ids.is_empty() {
            self.rows = row::load(connection, &ids)
                .await?
                .into_iter()
                .map(|row| (row.id, row))
                .collect();
        }
        Ok(())
    }

    fn apply(
        &mut self,
        decoded: &DecodedEvent,
        event: &Event,
        changes: &mut Changes,
    ) -> Result<(), Inapplicable> {
        if !is_relevant(event) {
            return Ok(());
        }
        let id = decoded.order_id()?;
        if let Event::Order(OrderEvent::OrderPlaced(event)) = event {
            self.rows.insert(id, map::placed(id, event, decoded));
            self.placed.insert(id);
        } else {
            let row = self.rows.get_mut(&id).ok_or(Inapplicable::NoRow)?;
            if !map::evolve(row, event, decoded)? {
                return Ok(());
            }
        }
        self.touched.insert(id);
        let row = &self.rows[&id];
        if row.channel == row::Channel::Web {
            announce(row, changes);
        }
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        changes: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        let touched = || self.touched.iter().map(|id| &self.rows[id]);
        for row in touched().filter(|row| row.channel == row::Channel::Import) {
            announce(row, changes);
        }
        row::upsert(&mut *connection, touched()).await?;
        let placed = self.placed.iter().map(|id| &self.rows[id]);
        let sellers: Vec<row::OrderSeller> = placed.flat_map(OrderRow::sellers).collect();
        row::add_sellers(connection, sellers.iter()).await
    }
}

/// Tells the sockets how `row` stands now.
fn announce(row: &OrderRow, changes: &mut Changes) {
    let channels = || {
        let mut channels = vec![Channel::Order(row.id).to_string(), Channel::Orders.to_string()];
        channels.extend(row.customer_id.map(|id| Channel::Account(id).to_string()));
        channels.extend(row.seller_ids.iter().map(|id| Channel::Seller(*id).to_string()));
        channels
    };
    let subject = Subject {
        position: row.position,
        kind: "order.changed",
        key: format!("order:{}", row.id),
    };
    changes.push(subject, channels, &OrderChange::of(row));
}

impl From<SalesChannel> for row::Channel {
    fn from(channel: SalesChannel) -> Self {
        match channel {
            SalesChannel::Web => Self::Web,
            SalesChannel::Import => Self::Import,
        }
    }
}
