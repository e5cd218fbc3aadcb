//! The parts of a file that are in the store already, from an earlier import of it or of another file.

use std::collections::HashSet;

use domain::StreamId;

use crate::client::CommandClient;
use crate::sales::{Order, Return, Sales};
use crate::{ids, lifecycle};

/// The result of earlier imports.
#[derive(Debug, Default)]
pub struct ImportedBefore {
    placed: HashSet<String>,
    /// Keys of stored commands: the last one of each order and return, and all of those that are incomplete.
    keys: HashSet<String>,
    /// Whether any file was imported before.
    pub has_imported: bool,
}

impl ImportedBefore {
    /// Whether the order was placed.
    pub fn is_placed(&self, order: &Order) -> bool {
        self.placed.contains(&stream(order))
    }

    /// Whether the command `key` of a started order or return is stored.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether every step of the order is stored.
    pub fn is_complete(&self, order: &Order) -> bool {
        self.keys.contains(&lifecycle::last_order_key(&order.invoice))
    }

    /// Whether every step of the return is stored.
    pub fn is_return_complete(&self, returned: &Return) -> bool {
        self.keys.contains(&lifecycle::last_return_key(returned))
    }
}

/// Queries the store, in a few statements regardless of the file's size.
pub async fn find(client: &CommandClient, sales: &Sales) -> Result<ImportedBefore, sqlx::Error> {
    let pool = client.pool();
    let has_imported = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM event_store.commands
                          WHERE idempotency_key >= 'import/' AND idempotency_key < 'import0') AS "exists!""#
    )
    .fetch_one(pool)
    .await?;
    if !has_imported {
        return Ok(ImportedBefore::default());
    }
    let streams: Vec<String> = sales.orders.iter().map(stream).collect();
    let placed = sqlx::query_scalar!(
        "SELECT stream_id FROM event_store.streams WHERE stream_id = ANY ($1)",
        &streams
    )
    .fetch_all(pool)
    .await?;
    let mut done = ImportedBefore {
        placed: placed.into_iter().collect(),
        keys: HashSet::new(),
        has_imported,
    };
    let placed: Vec<&Order> = sales
        .orders
        .iter()
        .filter(|order| done.is_placed(order))
        .collect();
    let orders = placed
        .iter()
        .map(|order| lifecycle::last_order_key(&order.invoice));
    let returns = placed
        .iter()
        .flat_map(|order| &order.returns)
        .map(lifecycle::last_return_key);
    done.keys = client.stored_keys(orders.chain(returns).collect()).await?;
    // Every step of the started but incomplete orders.
    let orders = placed.iter().filter(|order| !done.is_complete(order));
    let returns = placed
        .iter()
        .flat_map(|order| &order.returns)
        .filter(|returned| !done.is_return_complete(returned));
    let steps = orders
        .flat_map(|order| lifecycle::order_keys(&order.invoice))
        .chain(returns.flat_map(lifecycle::return_keys))
        .collect();
    let steps = client.stored_keys(steps).await?;
    done.keys.extend(steps);
    Ok(done)
}

fn stream(order: &Order) -> String {
    StreamId::Order(ids::order(&order.invoice)).to_string()
}
