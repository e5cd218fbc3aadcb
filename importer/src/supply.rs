//! Prepares the catalogue for the orders: lists every product and receives as much stock as the file's orders take.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::product::{ChangeProduct, ListProduct};
use domain::stock::ReceiveStock;
use domain::{
    AccountId, Currency, FreeText, Money, ProductState, Sku, StreamId, StreamState, StreamType, validate,
};
use event_store::Store;
use event_store::store::StreamCursor;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use schemas::codec;

use crate::Error;
use crate::catalogue;
use crate::client::{self, CommandClient};
use crate::imported_before::ImportedBefore;
use crate::sales::{Product, Sales};

/// Commands executed at the same time.
const COMMANDS_IN_FLIGHT_MAX: usize = 256;

/// Units that imports have received and ordered so far.
#[derive(Debug, Clone, Copy, Default)]
struct Moved {
    received: i64,
    ordered: i64,
}

/// Lists the file's products for `seller_id`, renames those that the seller listed before, and receives the units for
/// orders that are not placed yet, minus those received earlier for an order that was never placed.
pub async fn provide(
    store: &Store,
    client: &CommandClient,
    sales: &Sales,
    (done, seller_id): (&ImportedBefore, AccountId),
) -> Result<(), Error> {
    let mut needed: HashMap<u32, i64> = HashMap::new();
    for order in sales.orders.iter().filter(|order| !done.is_placed(order)) {
        for line in &order.lines {
            *needed.entry(line.product).or_default() += line.quantity;
        }
    }
    let Some(at) = sales.orders.iter().map(|order| order.placed_at).min() else {
        return Ok(());
    };
    if needed.is_empty() {
        return Ok(());
    }
    let products = Listing {
        client,
        hash: &sales.hash,
        seller_id,
        at,
    };
    products.list(store, &sales.products).await?;
    let moved = if done.has_imported {
        moved(store, &sales.products).await?
    } else {
        HashMap::new()
    };
    let receipts = needed.into_iter().map(|(product, needed)| {
        let sku = &sales.products[product as usize].sku;
        let moved = moved.get(sku.as_str()).copied().unwrap_or_default();
        receive(
            client,
            (sku, needed - (moved.received - moved.ordered), moved.received),
            &sales.hash,
            at,
        )
    });
    stream::iter(receipts)
        .buffer_unordered(COMMANDS_IN_FLIGHT_MAX)
        .try_collect::<()>()
        .await?;
    Ok(())
}

/// Receives units, in as many receipts as needed. The key contains the number of units received before, so that the
/// same receipt is stored only once, but a later one is stored too.
async fn receive(
    client: &CommandClient,
    (sku, mut missing, mut received): (&Sku, i64, i64),
    hash: &str,
    at: DateTime<Utc>,
) -> Result<(), client::Error> {
    while missing > 0 {
        let quantity = missing.min(validate::QUANTITY_MAX);
        let reference = format!("import online-retail, sha256 {hash}");
        let key = format!("receipt/{hash}/{sku}/{received}");
        client
            .execute(
                ReceiveStock {
                    sku: sku.clone(),
                    quantity,
                    reference: FreeText::clear(reference),
                },
                key,
                at,
            )
            .await?;
        missing -= quantity;
        received += quantity;
    }
    Ok(())
}

/// Sums the units that imports have received and ordered, by SKU.
async fn moved(store: &Store, products: &[Product]) -> Result<HashMap<String, Moved>, sqlx::Error> {
    let streams: Vec<String> = products
        .iter()
        .map(|product| StreamId::Stock(product.sku.clone()).to_string())
        .collect();
    let rows = sqlx::query!(
        r#"SELECT e.stream_id AS "stream_id!",
               COALESCE(SUM((e.payload ->> 'quantity')::bigint) FILTER (WHERE e.event_type = 'StockReceived'), 0)::bigint
                   AS "received!",
               COALESCE(SUM((e.payload ->> 'quantity')::bigint) FILTER (WHERE e.event_type = 'StockReserved'), 0)::bigint
                   AS "ordered!"
           FROM UNNEST($1::text[]) AS s (stream_id)
           JOIN event_store.events AS e ON e.stream_id = s.stream_id
           WHERE e.event_type IN ('StockReceived', 'StockReserved')
             AND e.metadata -> 'actor' ->> 'kind' = 'tool' AND e.metadata -> 'actor' ->> 'name' = 'import'
           GROUP BY e.stream_id"#,
        &streams
    )
    .fetch_all(store.pool())
    .await?;
    let sku = |stream_id: &str| stream_id.strip_prefix("stock-").unwrap_or(stream_id).to_owned();
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                sku(&row.stream_id),
                Moved {
                    received: row.received,
                    ordered: row.ordered,
                },
            )
        })
        .collect())
}

/// Lists the file's products.
struct Listing<'a> {
    client: &'a CommandClient,
    hash: &'a str,
    seller_id: AccountId,
    at: DateTime<Utc>,
}

impl Listing<'_> {
    async fn list(&self, store: &Store, products: &[Product]) -> Result<(), Error> {
        let known = load_listed(store, products).await?;
        let commands = products
            .iter()
            .map(|product| self.one(product, known.get(product.sku.as_str())));
        stream::iter(commands)
            .buffer_unordered(COMMANDS_IN_FLIGHT_MAX)
            .try_collect::<()>()
            .await?;
        Ok(())
    }

    async fn one(&self, product: &Product, known: Option<&ProductState>) -> Result<(), client::Error> {
        let Some(known) = known.and_then(ProductState::product) else {
            let list = ListProduct {
                sku: product.sku.clone(),
                name: product.name.clone(),
                description: String::new(),
                category: catalogue::category(&product.name).to_owned(),
                price: Money::new(product.price_minor, Currency::Gbp),
                seller_id: self.seller_id,
            };
            return match self
                .client
                .execute(list, format!("product/{}", product.sku), self.at)
                .await
            {
                // Listed concurrently by another client.
                Err(client::Error::Rejected(domain::Error::ProductAlreadyListed { .. })) => Ok(()),
                result => result,
            };
        };
        let is_same_name = known.name.to_lowercase() == product.name.to_lowercase();
        if is_same_name || known.seller_id != self.seller_id {
            return Ok(());
        }
        let rename = ChangeProduct {
            sku: product.sku.clone(),
            name: Some(product.name.clone()),
            description: None,
            category: None,
            price: None,
        };
        self.client
            .execute(rename, format!("name/{}/{}", self.hash, product.sku), self.at)
            .await
    }
}

/// Loads the state of the products that were listed before.
async fn load_listed(
    store: &Store,
    products: &[Product],
) -> Result<HashMap<String, ProductState>, event_store::Error> {
    let cursors: Vec<StreamCursor> = products
        .iter()
        .map(|product| StreamCursor {
            stream_id: StreamId::Product(product.sku.clone()).to_string(),
            after_version: 0,
        })
        .collect();
    let mut states: HashMap<String, StreamState> = HashMap::new();
    store
        .fold::<event_store::Error>(&cursors, |event| {
            let decoded = codec::decode(&event.event_type, event.schema_version, event.payload.get())
                .map_err(|source| event_store::Error::Undecodable {
                    position: event.position,
                    source,
                })?;
            let state = states
                .entry(event.stream_id.clone())
                .or_insert_with(|| StreamState::initial(StreamType::Product));
            state
                .evolve(&decoded, event.occurred_at)
                .map_err(|_| event_store::Error::Damaged {
                    stream_id: event.stream_id.clone(),
                    version: event.version,
                    detail: "it does not follow from the events before it",
                })
        })
        .await?;
    let sku = |stream_id: &str| stream_id.strip_prefix("product-").unwrap_or(stream_id).to_owned();
    Ok(states
        .into_iter()
        .filter_map(|(stream_id, state)| match state {
            StreamState::Product(state) => Some((sku(&stream_id), state)),
            _ => None,
        })
        .collect())
}
