//! Accounts: who can log in, and with which roles.
//!
//! They are rows, not events: they hold personal data in the clear, and erasing a person deletes them.

use chrono::Utc;
use domain::{AccountId, validate};
use event_store::KeyRing;
use platform::auth::{Role, Roles};
use sqlx::PgPool;
use uuid::Uuid;

mod email;
pub mod lookup;
pub mod password;

pub use email::{Email, InvalidEmail};
pub use password::{InvalidPassword, Password};

/// The longest name, in characters.
pub const NAME_CHARS_MAX: usize = 200;

/// The data of a new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its e-mail address.
    pub email: Email,
    /// Its password.
    pub password: Password,
    /// The owner's name, 1 to [`NAME_CHARS_MAX`] characters.
    pub name: String,
    /// The owner's roles; at least one, and never [`Role::Guest`].
    pub roles: Roles,
}

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub account_id: AccountId,
    /// Its e-mail address, as entered.
    pub email: String,
    /// The owner's name.
    pub name: String,
    /// The owner's roles.
    pub roles: Roles,
    /// Whether log-in is refused.
    pub is_disabled: bool,
}

/// Why an account could not be created or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address belongs to an existing account.
    #[error("there is an account with this e-mail address already")]
    EmailTaken,
    /// The roles are empty, or include the guest role.
    #[error("an account needs at least one role, and cannot be a guest's")]
    InvalidRoles,
    /// The name is empty or too long, or has an invisible character.
    #[error(transparent)]
    InvalidName(domain::Error),
    /// The password could not be hashed or checked.
    #[error(transparent)]
    Password(#[from] password::Error),
    /// The key for the person's data could not be stored.
    #[error("the person's key could not be stored")]
    Key(#[source] event_store::Error),
    /// The query failed, or Postgres could not be reached.
    #[error("the accounts' database failed")]
    Database(#[from] sqlx::Error),
}

/// Creates an account and the key that encrypts its owner's personal data in orders. A taken address takes as long as a
/// free one, and its account stays as it is.
///
/// # Errors
/// [`Error::EmailTaken`] when an account has this address already.
pub async fn create(pool: &PgPool, keys: &KeyRing, account: NewAccount) -> Result<AccountId, Error> {
    let name = validate::text("name", &account.name, 1..=NAME_CHARS_MAX).map_err(Error::InvalidName)?;
    if account.roles.is_empty() || account.roles.contains(Role::Guest) {
        return Err(Error::InvalidRoles);
    }
    let roles: Vec<String> = account
        .roles
        .iter()
        .map(|role| role.as_str().to_owned())
        .collect();
    let password_hash = password::hash(account.password).await?;
    let account_id = Uuid::now_v7();
    // The key comes first: a key without an account is harmless, but an account without a key cannot order.
    keys.create(account_id).await.map_err(Error::Key)?;
    // Writing the same address again makes the statement wait for the disk in both cases.
    let owner_id = sqlx::query_scalar!(
        "INSERT INTO command.accounts (account_id, email, email_lookup, name, roles, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (email_lookup) DO UPDATE SET email_lookup = excluded.email_lookup
         RETURNING account_id",
        account_id,
        account.email.as_str(),
        account.email.lookup(),
        name,
        &roles,
        password_hash,
        Utc::now()
    )
    .fetch_one(pool)
    .await?;
    if owner_id == account_id {
        Ok(AccountId::from_uuid(account_id))
    } else {
        Err(Error::EmailTaken)
    }
}

/// Finds an account by its id.
///
/// # Errors
/// When the database fails.
pub async fn find(pool: &PgPool, account_id: AccountId) -> Result<Option<Account>, Error> {
    let row = sqlx::query!(
        "SELECT account_id, email, name, roles, disabled_at FROM command.accounts WHERE account_id = $1",
        account_id.as_uuid()
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Account {
        account_id: AccountId::from_uuid(row.account_id),
        email: row.email,
        name: row.name,
        roles: roles(&row.roles),
        is_disabled: row.disabled_at.is_some(),
    }))
}

/// Finds the id of the account with this address.
///
/// # Errors
/// When the database fails.
pub async fn find_id(pool: &PgPool, email: &Email) -> Result<Option<AccountId>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        "SELECT account_id FROM command.accounts WHERE email_lookup IN ($1, $2)
         ORDER BY email_lookup = $2 DESC LIMIT 1",
        email.lookup(),
        email.former_lookup()
    )
    .fetch_optional(pool)
    .await?;
    Ok(found.map(AccountId::from_uuid))
}

/// Finds the account with this `email` and `password`. An unknown address takes as long as a wrong password.
///
/// # Errors
/// When the database fails, or too many passwords are being checked already.
pub async fn authenticate(
    pool: &PgPool,
    email: &Email,
    password: Password,
) -> Result<Option<Account>, Error> {
    let row = sqlx::query!(
        "SELECT account_id, email, name, roles, password_hash, disabled_at
         FROM command.accounts WHERE email_lookup IN ($1, $2)
         ORDER BY email_lookup = $2 DESC LIMIT 1",
        email.lookup(),
        email.former_lookup()
    )
    .fetch_optional(pool)
    .await?;
    let password_hash = row.as_ref().map(|row| row.password_hash.clone());
    let is_right = password::verify(password, password_hash).await?;
    Ok(row
        .filter(|row| is_right && row.disabled_at.is_none())
        .map(|row| Account {
            account_id: AccountId::from_uuid(row.account_id),
            email: row.email,
            name: row.name,
            roles: roles(&row.roles),
            is_disabled: false,
        }))
}

/// Disables an account and ends its sessions. Open sessions notice within seconds.
///
/// # Errors
/// When the database fails.
pub async fn disable(pool: &PgPool, account_id: AccountId) -> Result<(), Error> {
    sqlx::query!(
        "WITH disabled AS (
             UPDATE command.accounts SET disabled_at = now() WHERE account_id = $1 AND disabled_at IS NULL
         )
         UPDATE command.sessions SET revoked_at = now() WHERE account_id = $1 AND revoked_at IS NULL",
        account_id.as_uuid()
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Enables a disabled account. Its old sessions stay ended.
///
/// # Errors
/// When the database fails.
pub async fn enable(pool: &PgPool, account_id: AccountId) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE command.accounts SET disabled_at = NULL WHERE account_id = $1",
        account_id.as_uuid()
    )
    .execute(pool)
    .await?;
    Ok(())
}

fn roles(names: &[String]) -> Roles {
    names
        .iter()
        .filter_map(|name| name.parse::<Role>().ok())
        .collect()
}
