//! What of a file is in the store already, from an earlier import of it or of another.

use std::collections::HashSet;

use domain::StreamId;

use super::client::CommandClient;
use super::sales::{Order, Return, Sales};
use super::{ids, lifecycle};

/// What is in the store already.
#[derive(Debug, Default)]
pub struct ImportedBefore {
    placed: HashSet<String>,
    /// Keys of commands that are stored: the last of everything, and all of what is not over.
    keys: HashSet<String>,
    /// Whether any file was imported before.
    pub has_imported: bool,
}

impl ImportedBefore {
    /// Whether the order was placed.
    pub fn is_placed(&self, order: &Order) -> bool {
        self.placed.contains(&stream(order))
    }

    /// Whether a command that is part of something begun is stored.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether the order has come to its end.
    pub fn is_over(&self, order: &Order) -> bool {
        self.keys.contains(&lifecycle::last_order_key(&order.invoice))
    }

    /// Whether the return has come to its end.
    pub fn is_returned(&self, returned: &Return) -> bool {
        self.keys.contains(&lifecycle::last_return_key(returned))
    }
}

/// Asks the store, in a few queries however large the file is.
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
    done.keys = client.stored(orders.chain(returns).collect()).await?;
    // Of what was begun and is not over, every step.
    let orders = placed.iter().filter(|order| !done.is_over(order));
    let returns = placed
        .iter()
        .flat_map(|order| &order.returns)
        .filter(|returned| !done.is_returned(returned));
    let steps = orders
        .flat_map(|order| lifecycle::order_keys(&order.invoice))
        .chain(returns.flat_map(lifecycle::return_keys))
        .collect();
    let steps = client.stored(steps).await?;
    done.keys.extend(steps);
    Ok(done)
}

fn stream(order: &Order) -> String {
    StreamId::Order(ids::order(&order.invoice)).to_string()
}
