//! The accounts that imported orders name: seller and courier.

use command_api::accounts::{self, Email};
use domain::AccountId;
use sqlx::PgPool;

use crate::ids;

/// The demo's seller, to whom the file's products belong.
pub const SELLER_EMAIL: &str = "seller@demo.waybill.dev";
/// The demo's courier, to whom the file's deliveries are assigned.
pub const COURIER_EMAIL: &str = "courier@demo.waybill.dev";

/// Seller and courier of an import. If the instance has no such account, an id derived from the address is used.
#[derive(Debug, Clone, Copy)]
pub struct People {
    /// The seller.
    pub seller_id: AccountId,
    /// The courier.
    pub courier_id: AccountId,
}

/// Finds both accounts.
pub async fn find(pool: &PgPool) -> Result<People, sqlx::Error> {
    Ok(People {
        seller_id: account(pool, SELLER_EMAIL).await?,
        courier_id: account(pool, COURIER_EMAIL).await?,
    })
}

async fn account(pool: &PgPool, email: &str) -> Result<AccountId, sqlx::Error> {
    let address = Email::parse(email).expect("it is an address");
    let found = accounts::find_id(pool, &address).await?;
    Ok(found.unwrap_or_else(|| ids::account(email)))
}
