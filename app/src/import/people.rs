//! Who sells and who brings what is imported.

use command_api::accounts::{self, Email};
use domain::AccountId;
use sqlx::PgPool;

use super::ids;

/// The demo's seller, who sells what the file sells.
pub const SELLER_EMAIL: &str = "seller@demo.waybill.dev";
/// The demo's courier, who has brought it.
pub const COURIER_EMAIL: &str = "courier@demo.waybill.dev";

/// The two the importer needs. Where the instance has no such account, an id stands for it.
#[derive(Debug, Clone, Copy)]
pub struct People {
    /// Who sells.
    pub seller_id: AccountId,
    /// Who brings.
    pub courier_id: AccountId,
}

/// Finds them.
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
