//! The demo's accounts, one or two for each role, all with the same password.

use std::fmt::Write as _;

use command_api::accounts::{self, Email, NewAccount, Password};
use event_store::KeyRing;
use futures_util::future::try_join_all;
use platform::auth::{Role, Roles};
use serde::Serialize;
use sqlx::PgPool;

use crate::import::people::{COURIER_EMAIL, SELLER_EMAIL};

/// What all of them log in with.
const PASSWORD: &str = "waybill-demo-2026";

const ACCOUNTS: [(&str, &str, Role); 6] = [
    ("customer@demo.waybill.dev", "Cleo Customer", Role::Customer),
    (SELLER_EMAIL, "Sami Seller", Role::Seller),
    (COURIER_EMAIL, "Kim Courier", Role::Courier),
    ("courier2@demo.waybill.dev", "Robin Courier", Role::Courier),
    ("admin@demo.waybill.dev", "Alex Admin", Role::Admin),
    ("analyst@demo.waybill.dev", "Ana Analyst", Role::Analyst),
];

/// The accounts as people want to read them.
pub(super) fn table() -> String {
    let mut table = String::new();
    for (email, _, role) in ACCOUNTS {
        let _never_fails = writeln!(table, "{:<9} {email:<26} {PASSWORD}", role.as_str());
    }
    table
}

/// Who can be logged in as, for the page that offers it; `None` where the demo was not loaded.
pub(super) async fn offered(pool: &PgPool) -> Result<Option<Vec<Offered>>, sqlx::Error> {
    let (first, _, _) = ACCOUNTS[0];
    let email = Email::parse(first).expect("it is an address");
    let found = accounts::find_id(pool, &email).await?;
    let account = |(email, name, role): (&'static str, &'static str, Role)| Offered {
        role: role.as_str(),
        name,
        email,
        password: PASSWORD,
    };
    Ok(found.map(|_| ACCOUNTS.map(account).into()))
}

/// An account of the demo, as `GET /demo-accounts` shows it.
#[derive(Debug, Serialize)]
pub(super) struct Offered {
    role: &'static str,
    name: &'static str,
    email: &'static str,
    password: &'static str,
}

/// Makes those that are missing.
pub(super) async fn create(pool: &PgPool, keys: &KeyRing) -> anyhow::Result<()> {
    try_join_all(ACCOUNTS.map(|account| create_one(pool, keys, account))).await?;
    Ok(())
}

async fn create_one(
    pool: &PgPool,
    keys: &KeyRing,
    (email, name, role): (&str, &str, Role),
) -> anyhow::Result<()> {
    let account = NewAccount {
        email: Email::parse(email)?,
        password: Password::parse(PASSWORD)?,
        name: name.to_owned(),
        roles: Roles::NONE.with(role),
    };
    match accounts::create(pool, keys, account).await {
        Ok(_) | Err(accounts::Error::EmailTaken) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
