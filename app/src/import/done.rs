//! What of a file is in the store already, from an earlier import of it or of another.

use std::collections::HashSet;

use domain::StreamId;
use sqlx::PgPool;

use super::sales::{Order, Return, Sales};
use super::{ids, life};

/// What is in the store already.
#[derive(Debug, Default)]
pub struct Done {
    placed: HashSet<String>,
    keys: HashSet<String>,
    /// Whether any file was imported before.
    pub has_imported: bool,
}

impl Done {
    /// Whether the order was placed.
    pub fn is_placed(&self, order: &Order) -> bool {
        self.placed.contains(&stream(order))
    }

    /// Whether the order has come to its end.
    pub fn is_over(&self, order: &Order) -> bool {
        self.keys
            .contains(&stored_key(&life::last_order_key(&order.invoice)))
    }

    /// Whether the return has come to its end.
    pub fn is_returned(&self, returned: &Return) -> bool {
        self.keys.contains(&stored_key(&life::last_return_key(returned)))
    }
}

/// Asks the store, in a few queries however large the file is.
pub async fn find(pool: &PgPool, sales: &Sales) -> Result<Done, sqlx::Error> {
    let has_imported = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM event_store.commands
                          WHERE idempotency_key >= 'import/' AND idempotency_key < 'import0') AS "exists!""#
    )
    .fetch_one(pool)
    .await?;
    if !has_imported {
        return Ok(Done::default());
    }
    let streams: Vec<String> = sales.orders.iter().map(stream).collect();
    let placed = sqlx::query_scalar!(
        "SELECT stream_id FROM event_store.streams WHERE stream_id = ANY ($1)",
        &streams
    )
    .fetch_all(pool)
    .await?;
    let orders = sales
        .orders
        .iter()
        .map(|order| life::last_order_key(&order.invoice));
    let returns = sales
        .orders
        .iter()
        .flat_map(|order| &order.returns)
        .map(life::last_return_key);
    let keys: Vec<String> = orders.chain(returns).map(|key| stored_key(&key)).collect();
    let keys = sqlx::query_scalar!(
        "SELECT idempotency_key FROM event_store.commands WHERE idempotency_key = ANY ($1)",
        &keys
    )
    .fetch_all(pool)
    .await?;
    Ok(Done {
        placed: placed.into_iter().collect(),
        keys: keys.into_iter().collect(),
        has_imported,
    })
}

fn stream(order: &Order) -> String {
    StreamId::Order(ids::order(&order.invoice)).to_string()
}

/// A key as the store has it: the importer's scope in front.
fn stored_key(key: &str) -> String {
    format!("import/{key}")
}
