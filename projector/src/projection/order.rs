//! Orders: one row per order, with the status of its payment, delivery and returns.
//!
//! The rows that a batch touches are loaded, the events are folded into them in order, and each row is written once.
//! For a web order the sockets receive the row as of each event; for an imported order only its newest state.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::order::{OrderEvent, SalesChannel};
use domain::{Event, StreamType};
use schemas::change::{ChangeKind, Readers, SellerView};
use schemas::channel::Channel;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Changes, Projection, Subject, raw};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::keyed_table::KeyedRows;

mod map;
pub(crate) mod note;
pub(crate) mod row;

use row::OrderRow;

/// The rows of one batch.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    rows: KeyedRows<OrderRow>,
    placed: BTreeSet<Uuid>,
}

/// Whether an event can change the row of its order.
fn is_relevant(event: &Event) -> bool {
    matches!(
        event.stream_id().stream_type(),
        StreamType::Order | StreamType::Payment | StreamType::Delivery | StreamType::Return
    )
}

impl Orders {
    /// The row of this order as of the events applied; `None` before it was placed.
    pub(crate) fn row(&self, id: Uuid) -> Option<&OrderRow> {
        self.rows.find(&id)
    }
}

#[async_trait]
impl Projection for Orders {
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error> {
        let key = |decoded: &DecodedEvent, event: &Event| {
            let is_placed = matches!(event, Event::Order(OrderEvent::OrderPlaced(_)));
            let id = is_relevant(event).then(|| decoded.order_id().ok()).flatten()?;
            Some((id, is_placed))
        };
        self.rows.load(connection, events, key).await
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
        let mut courier_before = None;
        if let Event::Order(OrderEvent::OrderPlaced(event)) = event {
            self.rows.insert(map::placed(id, event, decoded)?);
            self.placed.insert(id);
        } else {
            let row = self.rows.get_mut(&id)?;
            courier_before = row.summary.courier_id;
            if !map::evolve(row, event, decoded)? {
                return Ok(());
            }
        }
        let row = self.rows.changed(id);
        if changes.are_wanted() && row.channel == row::Channel::Web {
            announce(row, courier_before, changes);
        }
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        changes: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        let imported = |row: &&OrderRow| row.channel == row::Channel::Import;
        for row in self.rows.all_changed().filter(imported) {
            announce(row, None, changes);
        }
        self.rows.write(connection, writing).await?;
        let placed = self.placed.iter().map(|id| self.rows.row(id));
        let sellers: Vec<row::OrderSeller> = placed.flat_map(OrderRow::sellers).collect();
        row::add_sellers(connection, sellers.iter(), writing).await
    }
}

/// Publishes `row` as it is now, after an event before which this courier had it.
fn announce(row: &OrderRow, courier_before: Option<Uuid>, changes: &mut Changes) {
    let summary = &row.summary;
    let channels = || {
        let mut channels = vec![
            Channel::Order(summary.id).to_string(),
            Channel::Orders.to_string(),
        ];
        channels.extend(row.customer_id.map(|id| Channel::Account(id).to_string()));
        channels.extend(row.seller_ids.iter().map(|id| Channel::Seller(*id).to_string()));
        channels
    };
    let subject = Subject {
        position: summary.position,
        kind: ChangeKind::OrderChanged,
        key: format!("order:{}", summary.id),
    };
    let readers = || Readers {
        seller_views: seller_views(row),
        former_couriers: courier_before
            .filter(|id| summary.courier_id != Some(*id))
            .into_iter()
            .collect(),
    };
    changes.push_for(subject, channels, &summary.announced(), readers);
}

/// The views of the sellers who do not see the same as the other readers.
fn seller_views(row: &OrderRow) -> Vec<SellerView> {
    let views = row.seller_ids.iter().map(|&seller_id| {
        let view = row.summary.for_seller(seller_id, &row.lines);
        (view != row.summary).then(|| SellerView {
            seller_id,
            data: raw(&view.announced()),
        })
    });
    views.flatten().collect()
}

impl From<SalesChannel> for row::Channel {
    fn from(channel: SalesChannel) -> Self {
        match channel {
            SalesChannel::Web => Self::Web,
            SalesChannel::Import => Self::Import,
        }
    }
}
