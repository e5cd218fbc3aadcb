//! Products: the catalogue.

use async_trait::async_trait;
use domain::product::ProductEvent;
use domain::{Event, Sku, StreamId};
use schemas::change::ChangeKind;
use schemas::channel::Channel;
use sqlx::PgConnection;

use super::{Changes, Projection, Subject};
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::keyed_table::KeyedRows;

pub(crate) mod row;

use row::{ProductChange, ProductRow, ProductStatus};

/// The rows of one batch.
#[derive(Debug, Default)]
pub(crate) struct Products {
    rows: KeyedRows<ProductRow>,
}

fn sku(event: &Event) -> Option<Sku> {
    match event.stream_id() {
        StreamId::Product(sku) => Some(sku),
        _ => None,
    }
}

impl Products {
    /// The row of this product as of the events applied; `None` before it was listed.
    pub(crate) fn row(&self, sku: &Sku) -> Option<&ProductRow> {
        self.rows.find(&sku.to_string())
    }
}

#[async_trait]
impl Projection for Products {
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error> {
        let key = |_: &DecodedEvent, event: &Event| {
            let is_listed = matches!(event, Event::Product(ProductEvent::ProductListed(_)));
            Some((sku(event)?.to_string(), is_listed))
        };
        self.rows.load(connection, events, key).await
    }

    fn apply(
        &mut self,
        decoded: &DecodedEvent,
        event: &Event,
        changes: &mut Changes,
    ) -> Result<(), Inapplicable> {
        let Event::Product(product) = event else {
            return Ok(());
        };
        let Some(sku) = sku(event) else { return Ok(()) };
        if let ProductEvent::ProductListed(listed) = product {
            self.rows.insert(ProductRow::listed(listed, decoded));
        }
        let row = self.rows.get_mut(&sku.to_string())?;
        evolve(row, product);
        row.version = decoded.version;
        row.position = decoded.position;
        let row = self.rows.changed(sku.to_string());
        let channels = || vec![Channel::Product(sku.clone()).to_string()];
        let subject = Subject {
            position: row.position,
            kind: ChangeKind::ProductChanged,
            key: format!("product:{sku}"),
        };
        changes.push(subject, channels, &ProductChange::of(row));
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        _: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        self.rows.write(connection, writing).await
    }
}

fn evolve(row: &mut ProductRow, event: &ProductEvent) {
    match event {
        ProductEvent::ProductListed(_) => {}
        ProductEvent::ProductDetailsChanged(event) => row.change(event),
        ProductEvent::ProductPriceChanged(event) => {
            row.price_minor = event.price.minor;
            event.price.currency.code().clone_into(&mut row.currency);
        }
        ProductEvent::ProductWithdrawn(_) => row.status = ProductStatus::Withdrawn,
        ProductEvent::ProductRelisted(_) => row.status = ProductStatus::Listed,
    }
}
