//! The demo accounts, one or two for each role, all with the same password.

use std::fmt::Write as _;

use command_api::accounts::{self, Email, NewAccount, Password};
use event_store::KeyRing;
use futures_util::future::try_join_all;
use platform::auth::{Role, Roles};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgPool;

use crate::people::{COURIER_EMAIL, SELLER_EMAIL};

/// Password of every demo account.
const PASSWORD: &str = "waybill-demo-2026";

const ACCOUNTS: [(&str, &str, Role); 6] = [
    ("customer@demo.waybill.dev", "Cleo Customer", Role::Customer),
    (SELLER_EMAIL, "Sami Seller", Role::Seller),
    (COURIER_EMAIL, "Kim Courier", Role::Courier),
    ("courier2@demo.waybill.dev", "Robin Courier", Role::Courier),
    ("admin@demo.waybill.dev", "Alex Admin", Role::Admin),
    ("analyst@demo.waybill.dev", "Ana Analyst", Role::Analyst),
];

/// Renders the accounts as a text table.
pub fn table() -> String {
    let mut table = String::new();
    for (email, _, role) in ACCOUNTS {
        let _never_fails = writeln!(table, "{:<9} {email:<26} {PASSWORD}", role.as_str());
    }
    table
}

/// Lists the accounts that the log-in page offers; `None` if the demo was not loaded.
///
/// # Errors
/// When the database fails.
pub async fn offered(pool: &PgPool) -> Result<Option<Vec<DemoAccount>>, sqlx::Error> {
    let (first, _, _) = ACCOUNTS[0];
    let email = Email::parse(first).expect("the demo's addresses are valid");
    let found = accounts::find_id(pool, &email).await?;
    let account = |(email, name, role): (&'static str, &'static str, Role)| DemoAccount {
        role: role.as_str(),
        name,
        email,
        password: PASSWORD,
    };
    Ok(found.map(|_| ACCOUNTS.map(account).into()))
}

/// Lists the addresses with which everyone can log in, because the demo's password is public.
///
/// # Errors
/// When the database fails.
pub async fn open_to_everyone(pool: &PgPool) -> Result<Vec<&'static str>, accounts::Error> {
    let mut open = Vec::new();
    for (address, _, _) in ACCOUNTS {
        let email = Email::parse(address).expect("the demo's addresses are valid");
        let password = Password::typed(PASSWORD);
        if accounts::authenticate(pool, &email, password).await?.is_some() {
            open.push(address);
        }
    }
    Ok(open)
}

/// A demo account, as `GET /demo-accounts` returns it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DemoAccount {
    #[schemars(with = "Role")]
    role: &'static str,
    name: &'static str,
    email: &'static str,
    password: &'static str,
}

/// Creates the accounts that are missing.
pub(super) async fn create(pool: &PgPool, keys: &KeyRing) -> Result<(), accounts::Error> {
    try_join_all(ACCOUNTS.map(|account| create_one(pool, keys, account))).await?;
    Ok(())
}

async fn create_one(
    pool: &PgPool,
    keys: &KeyRing,
    (email, name, role): (&str, &str, Role),
) -> Result<(), accounts::Error> {
    let account = NewAccount {
        email: Email::parse(email).expect("the demo's addresses are valid"),
        password: Password::parse(PASSWORD).expect("the demo's password is valid"),
        name: name.to_owned(),
        roles: Roles::NONE.with(role),
    };
    match accounts::create(pool, keys, account).await {
        Ok(_) | Err(accounts::Error::EmailTaken) => Ok(()),
        Err(error) => Err(error),
    }
}
