//! `waybill account`: accounts from the command line, for the first admin and for scripts.

use std::io::Read as _;

use anyhow::Context as _;
use command_api::accounts::{self, Email, NewAccount, Password};
use domain::AccountId;
use platform::auth::{Role, Roles, UnknownRole};
use sqlx::PgPool;

use crate::exit::Failure;
use crate::instance::Instance;

/// An account to create, from the command line.
#[derive(Debug)]
pub struct New {
    /// The e-mail address to log in with.
    pub email: String,
    /// The password, or `-` for standard input.
    pub password: String,
    /// The account's roles.
    pub roles: Vec<Role>,
    /// The person's name; defaults to the part of the address before the @.
    pub name: String,
}

/// Creates an account and prints its id.
pub async fn create(instance: &Instance, new: New) -> anyhow::Result<()> {
    let account = parse(new)?;
    let pool = instance.pool("waybill-account").await?;
    let id = match accounts::create(&pool, &instance.keys(&pool).await?, account).await {
        Err(
            error @ (accounts::Error::EmailTaken
            | accounts::Error::InvalidName
            | accounts::Error::InvalidRoles),
        ) => {
            return Err(Failure::BadInput(error.to_string()).into());
        }
        created => created?,
    };
    outln!("{id}");
    Ok(())
}

/// Disables an account and ends its sessions.
pub async fn disable(instance: &Instance, email: &str) -> anyhow::Result<()> {
    let (pool, id) = find(instance, email).await?;
    Ok(accounts::disable(&pool, id).await?)
}

/// Enables a disabled account.
pub async fn enable(instance: &Instance, email: &str) -> anyhow::Result<()> {
    let (pool, id) = find(instance, email).await?;
    Ok(accounts::enable(&pool, id).await?)
}

async fn find(instance: &Instance, email: &str) -> anyhow::Result<(PgPool, AccountId)> {
    let address = Email::parse(email).map_err(|error| Failure::BadInput(error.to_string()))?;
    let pool = instance.pool("waybill-account").await?;
    let id = accounts::find_id(&pool, &address).await?;
    let id = id.ok_or_else(|| Failure::BadInput(format!("no account has the address {email}")))?;
    Ok((pool, id))
}

/// Parses a role that an account can have.
pub fn role(name: &str) -> Result<Role, UnknownRole> {
    let role: Role = name.parse()?;
    if role == Role::Guest {
        Err(UnknownRole)
    } else {
        Ok(role)
    }
}

fn parse(new: New) -> anyhow::Result<NewAccount> {
    let bad = |error: &dyn std::fmt::Display| Failure::BadInput(error.to_string());
    let password = if new.password == "-" {
        read_password()?
    } else {
        new.password
    };
    let roles = new.roles.into_iter().fold(Roles::NONE, Roles::with);
    let email = Email::parse(&new.email).map_err(|error| bad(&error))?;
    let name = if new.name.is_empty() {
        new.email.split('@').next().unwrap_or_default().to_owned()
    } else {
        new.name
    };
    Ok(NewAccount {
        email,
        password: Password::parse(&password).map_err(|error| bad(&error))?,
        name,
        roles,
    })
}

fn read_password() -> anyhow::Result<String> {
    let mut password = String::new();
    std::io::stdin()
        .read_to_string(&mut password)
        .context("the password could not be read")?;
    Ok(password.trim_end_matches(['\n', '\r']).to_owned())
}
