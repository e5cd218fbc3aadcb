//! What an admin sees of a person before exporting or erasing the data.

use std::collections::HashSet;

use domain::{OrderId, PersonId, PersonState, order};
use platform::auth::{Role, Roles};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Error, Subject};
use crate::accounts;
use crate::lookup::Lookup;

/// The most orders that are listed.
const ORDERS_MAX: usize = 50;

/// A person, and what an erasure would delete and keep.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonOverview")]
pub struct Overview {
    person_id: PersonId,
    /// The account, which is deleted; none for a guest and for an erased person.
    account: Option<AccountOverview>,
    /// The newest orders, at most 50, newest first. They stay, without name, address and texts.
    orders: Vec<OrderOverview>,
    /// The number of all orders.
    order_count: usize,
    /// What keeps the person from being erased.
    pub(crate) obstacle: Option<Obstacle>,
}

/// The account of a person.
#[derive(Debug, Serialize, JsonSchema)]
struct AccountOverview {
    id: Uuid,
    email: String,
    name: String,
    roles: Roles,
}

/// An order of a person.
#[derive(Debug, Serialize, JsonSchema)]
struct OrderOverview {
    id: OrderId,
    number: String,
    /// Whether it is neither delivered, cancelled nor expired.
    is_open: bool,
}

/// What keeps a person from being erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ErasureObstacle")]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The person was erased.
    Erased,
    /// The erasure was requested, and is carried out within seconds.
    ErasureRequested,
    /// An order is open.
    OrdersOpen,
    /// The account is that of an admin, which takes the right to manage accounts.
    AdminAccount,
}

/// Collects the overview of a person. `may_erase_admins` is the caller's right.
///
/// # Errors
/// When the database fails.
pub async fn overview(
    pool: &PgPool,
    lookup: &Lookup,
    subject: Subject,
    may_erase_admins: bool,
) -> Result<Overview, Error> {
    let (account, order_ids) = match subject {
        Subject::Account(account_id) => (
            accounts::find(pool, account_id).await.map_err(super::database)?,
            lookup.orders_of(account_id).await?,
        ),
        Subject::Guest(order_id) => (None, vec![order_id]),
    };
    let open = subject.open_orders(lookup).await?;
    let open: HashSet<OrderId> = open.into_iter().map(|order| order.0).collect();
    let is_admin = account.as_ref().is_some_and(|account| {
        account.roles.contains(Role::Admin) || account.roles.contains(Role::Superadmin)
    });
    let obstacle = match lookup.person(subject.person_id()).await?.state {
        PersonState::Erased => Some(Obstacle::Erased),
        PersonState::ErasureRequested { .. } => Some(Obstacle::ErasureRequested),
        PersonState::Known if is_admin && !may_erase_admins => Some(Obstacle::AdminAccount),
        PersonState::Known if !open.is_empty() => Some(Obstacle::OrdersOpen),
        PersonState::Known => None,
    };
    let orders = order_ids.iter().rev().take(ORDERS_MAX).map(|&id| OrderOverview {
        id,
        number: order::number(id),
        is_open: open.contains(&id),
    });
    Ok(Overview {
        person_id: subject.person_id(),
        orders: orders.collect(),
        order_count: order_ids.len(),
        obstacle,
        account: account.map(|account| AccountOverview {
            id: account.account_id.as_uuid(),
            email: account.email,
            name: account.name,
            roles: account.roles,
        }),
    })
}
