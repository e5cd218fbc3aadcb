//! Who takes part in an order. Reads and sockets decide by the same rule.

use platform::auth::{Permission, Principal};
use schemas::read_model::order::Party;
use sqlx::PgPool;
use uuid::Uuid;

/// The accounts that take part in an order.
#[derive(Debug)]
pub(super) struct Parties {
    pub customer_id: Option<Uuid>,
    pub courier_id: Option<Uuid>,
    pub seller_ids: Vec<Uuid>,
}

/// How `reader` takes part in the order; `None` if they do not.
pub(super) fn of(reader: &Principal, order_id: Uuid, parties: &Parties) -> Option<Party> {
    if reader.guest_order_id() == Some(order_id) {
        return Some(Party::Customer);
    }
    let account_id = reader.account_id()?;
    if parties.customer_id == Some(account_id) {
        return Some(Party::Customer);
    }
    if parties.courier_id == Some(account_id) && reader.may(Permission::Deliver) {
        return Some(Party::Courier(account_id));
    }
    let sells = parties.seller_ids.contains(&account_id) && reader.may(Permission::ReadSales);
    sells.then_some(Party::Seller(account_id))
}

/// How `reader` takes part in the order with this id; `None` if they do not, or if the order does not exist.
///
/// # Errors
/// When Postgres fails.
pub async fn party_to_order(
    pool: &PgPool,
    reader: &Principal,
    order_id: Uuid,
) -> Result<Option<Party>, sqlx::Error> {
    let parties = sqlx::query_as!(
        Parties,
        "SELECT customer_id, courier_id, seller_ids FROM read_model.orders WHERE id = $1",
        order_id
    );
    let parties = parties.fetch_optional(pool).await?;
    Ok(parties.and_then(|parties| of(reader, order_id, &parties)))
}
