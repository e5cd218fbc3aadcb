//! `waybill bench`: passes the load generator what it needs to know about the instance.

use std::sync::Arc;

use anyhow::Context as _;
use command_api::accounts::{self, Email, NewAccount, Password};
use command_api::sessions;
use command_api::tokens::TokenIssuer;
use platform::auth::{Role, Roles};
use platform::clock::{Clock as _, SystemClock};
use sqlx::PgPool;
use uuid::Uuid;

use crate::instance::Instance;

/// Customers, shared by the clients.
const CUSTOMERS: usize = 16;

/// Runs a measurement against the running instance.
pub async fn run(instance: &Instance, command: bench::Command) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-bench").await?;
    let issuer = Arc::new(TokenIssuer::new(&instance.config.secrets.token_seed)?);
    let mut customer_tokens = Vec::new();
    for number in 0..CUSTOMERS {
        customer_tokens.push(token(instance, &pool, &issuer, Role::Customer, number).await?);
    }
    let target = bench::Instance {
        address: format!(
            "{}:{}",
            instance.config.http.bind_address, instance.config.http.port
        ),
        data_dir: instance.config.data_dir.clone(),
        postgres: instance.config.postgres.clone(),
        postgres_url: instance.config.postgres_admin.url.expose().to_owned(),
        admin_token: token(instance, &pool, &issuer, Role::Admin, 0).await?,
        customer_tokens,
    };
    bench::run(target, command).await
}

/// A token for one of the bench's own accounts, which is created if it does not exist.
async fn token(
    instance: &Instance,
    pool: &PgPool,
    issuer: &TokenIssuer,
    role: Role,
    number: usize,
) -> anyhow::Result<String> {
    let email = format!("{}-{number}@bench.waybill.dev", role.as_str());
    let roles = Roles::only(role);
    let email = Email::parse(&email).context("the bench's own address")?;
    let account_id = if let Some(account_id) = accounts::find_id(pool, &email).await? {
        account_id
    } else {
        let account = NewAccount {
            email,
            // The password is never used: tokens are issued here.
            password: Password::parse(&Uuid::new_v4().to_string()).context("a random password")?,
            name: format!("Bench {} {number}", role.as_str()),
            roles,
        };
        accounts::create(pool, &instance.keys(pool).await?, account).await?
    };
    let now = SystemClock.now();
    let session = sessions::begin(pool, account_id, now).await?;
    Ok(issuer.access_token(account_id, roles, session.session_id, now)?)
}
