//! The parts of a file that are in the store already, from an earlier import of it or of another file.

use std::collections::{HashMap, HashSet};

use domain::{RefundId, ReturnId, StreamId};
use event_store::Store;

use crate::client::CommandClient;
use crate::sales::{Order, Return, Sales};
use crate::{Error, ids, lifecycle};

mod by_place;

/// The result of earlier imports.
#[derive(Debug, Default)]
pub struct ImportedBefore {
    placed: HashSet<String>,
    /// Keys of stored commands: the last one of each order and return, and all of those that are incomplete.
    keys: HashSet<String>,
    returned: HashMap<String, Returned>,
    /// Whether any file was imported before.
    pub has_imported: bool,
}

/// How often a row of a credit invoice was returned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Returned {
    /// The names under which releases that named returns by their place in a file stored it.
    by_place: Vec<String>,
    /// How many returns are named by its content.
    by_content: usize,
}

/// The names of a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnIdentity {
    /// Its id.
    pub return_id: ReturnId,
    /// The id of its refund.
    pub refund_id: RefundId,
    /// Its part of the keys of its steps.
    pub key: String,
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
        self.keys
            .contains(&lifecycle::last_return_key(&self.identity(returned)))
    }

    /// The names of a return that belongs to an order.
    pub fn identity(&self, returned: &Return) -> ReturnIdentity {
        let content = returned.credit.to_string();
        let by_place = self
            .returned
            .get(&content)
            .map_or(&[][..], |stored| &stored.by_place);
        let index = returned.ordinal as usize - 1;
        let old_name = by_place.get(index);
        let name = old_name.cloned().unwrap_or_else(|| {
            let ordinal = index - by_place.len() + 1;
            format!("{content}/{ordinal}")
        });
        let return_id = ids::returned(&name);
        ReturnIdentity {
            return_id,
            refund_id: ids::refund(&name),
            key: old_name.map_or(name, |_| return_id.to_string()),
        }
    }

    /// The rows of credit invoices that were returned, as their names, each with how often.
    pub fn returned(&self) -> impl Iterator<Item = (&str, usize)> {
        self.returned
            .iter()
            .map(|(content, stored)| (content.as_str(), stored.by_place.len() + stored.by_content))
    }
}

/// Queries the store, in a few statements regardless of the file's size.
///
/// # Errors
/// When the database fails.
pub async fn find(store: &Store, client: &CommandClient, sales: &Sales) -> Result<ImportedBefore, Error> {
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
        returned: returned(store, sales).await?,
        has_imported,
    };
    done.keys = stored_keys(&done, client, sales).await?;
    Ok(done)
}

/// The stored keys of the last steps, and of all steps of what was started but is incomplete.
async fn stored_keys(
    done: &ImportedBefore,
    client: &CommandClient,
    sales: &Sales,
) -> Result<HashSet<String>, sqlx::Error> {
    let orders = sales.orders.iter().filter(|order| done.is_placed(order));
    let returns: Vec<ReturnIdentity> = sales
        .orders
        .iter()
        .flat_map(|order| &order.returns)
        .map(|returned| done.identity(returned))
        .collect();
    let last_of_orders = orders
        .clone()
        .map(|order| lifecycle::last_order_key(&order.invoice));
    let last_of_returns = returns.iter().map(lifecycle::last_return_key);
    let mut keys = client
        .stored_keys(last_of_orders.chain(last_of_returns).collect())
        .await?;
    let orders = orders.filter(|order| !keys.contains(&lifecycle::last_order_key(&order.invoice)));
    let returns = returns
        .iter()
        .filter(|identity| !keys.contains(&lifecycle::last_return_key(identity)));
    let steps = orders
        .flat_map(|order| lifecycle::order_keys(&order.invoice))
        .chain(returns.flat_map(lifecycle::return_keys))
        .collect();
    let steps = client.stored_keys(steps).await?;
    keys.extend(steps);
    Ok(keys)
}

/// The rows of credit invoices that were returned, by their names.
async fn returned(store: &Store, sales: &Sales) -> Result<HashMap<String, Returned>, Error> {
    let requested = sqlx::query_scalar!(
        "SELECT idempotency_key FROM event_store.commands
         WHERE idempotency_key >= 'import/return/' AND idempotency_key < 'import/return0'
             AND idempotency_key LIKE '%/requested'"
    )
    .fetch_all(store.pool())
    .await?;
    let mut returned: HashMap<String, Returned> = HashMap::new();
    let mut by_place = HashSet::new();
    for key in &requested {
        let name = key
            .strip_prefix("import/return/")
            .and_then(|rest| rest.strip_suffix("/requested"))
            .unwrap_or_default();
        if let Ok(return_id) = name.parse::<ReturnId>() {
            by_place.insert(return_id);
        } else if let Some((content, _ordinal)) = name.rsplit_once('/') {
            returned.entry(content.to_owned()).or_default().by_content += 1;
        }
    }
    if !by_place.is_empty() {
        for (content, name) in by_place::find(store, sales, &by_place).await? {
            returned.entry(content).or_default().by_place.push(name);
        }
    }
    Ok(returned)
}

fn stream(order: &Order) -> String {
    StreamId::Order(ids::order(&order.invoice)).to_string()
}
