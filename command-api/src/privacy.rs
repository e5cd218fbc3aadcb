//! Erasure and export of the data of a person ([ADR 13](../../docs/adr/0013-erasure.md)).
//!
//! The request is an event. The policy `erasure` then destroys the key and deletes the account, and records that it did.

use chrono::Utc;
use domain::order::{self, Customer, Number};
use domain::privacy::{ErasureRequester, RequestErasure};
use domain::{AccountId, FreeText, OrderId, OrderState, PersonId, Sealed};
use event_store::KeyRing;
use sqlx::PgPool;
use uuid::Uuid;

use crate::accounts::{self, Email};
use crate::lookup::{self, Lookup};
use crate::sessions::ACCESS_TOKEN_LIFETIME_S;
use crate::tokens::GUEST_TOKEN_LIFETIME_S;

mod erasures;
mod export;
mod overview;

pub use erasures::{Erasure, erasures};
pub use export::{Export, export};
pub use overview::{Obstacle, Overview, overview};

/// A person whose data can be erased and exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The owner of an account.
    Account(AccountId),
    /// The guest who placed this order.
    Guest(OrderId),
}

/// An order that keeps its person from being erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOrder(pub OrderId);

/// Why a person could not be found, erased or exported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The event store failed.
    #[error(transparent)]
    Lookup(#[from] lookup::Error),
    /// A key could not be used.
    #[error(transparent)]
    Store(#[from] event_store::Error),
    /// The accounts' database failed.
    #[error("the accounts' database failed")]
    Database(#[from] sqlx::Error),
    /// Stored data is not what was sealed.
    #[error("stored data cannot be read")]
    Malformed(#[from] serde_json::Error),
}

/// The person of an account.
pub const fn person_of(account_id: AccountId) -> PersonId {
    PersonId::from_uuid(account_id.as_uuid())
}

/// The person of a guest: each guest order has its own.
pub fn guest_of(order_id: OrderId) -> PersonId {
    PersonId::from_uuid(Uuid::new_v5(&order_id.as_uuid(), b"person"))
}

impl Subject {
    /// The id under which the person's data is sealed.
    pub fn person_id(self) -> PersonId {
        match self {
            Self::Account(account_id) => person_of(account_id),
            Self::Guest(order_id) => guest_of(order_id),
        }
    }

    /// The order of a guest.
    pub const fn guest_order(self) -> Option<OrderId> {
        match self {
            Self::Account(_) => None,
            Self::Guest(order_id) => Some(order_id),
        }
    }

    /// The command that requests the erasure, with the reason sealed by a key of its own: the record of an erasure
    /// outlives the person's key.
    ///
    /// # Errors
    /// When the key cannot be stored.
    pub async fn erasure(
        self,
        keys: &KeyRing,
        requested_by: ErasureRequester,
        reason: &str,
    ) -> Result<RequestErasure, event_store::Error> {
        let person_id = self.person_id();
        let mut text = FreeText::none();
        if !reason.is_empty() {
            let record_id = Uuid::new_v5(&person_id.as_uuid(), b"erasure");
            keys.create(record_id).await?;
            let ciphertext = keys.seal(record_id, reason.as_bytes()).await?;
            text = ciphertext.map_or(text, |ciphertext| {
                FreeText::Sealed(Sealed {
                    person_id: PersonId::from_uuid(record_id),
                    ciphertext,
                })
            });
        }
        Ok(RequestErasure {
            person_id,
            order_id: self.guest_order(),
            requested_by,
            reason: text,
        })
    }

    /// The person's orders that are neither delivered, cancelled nor expired: somebody still needs the address.
    ///
    /// # Errors
    /// When the event store fails.
    pub async fn open_orders(self, lookup: &Lookup) -> Result<Vec<OpenOrder>, lookup::Error> {
        match self {
            Self::Account(account_id) => {
                let orders = lookup.open_orders_of(account_id).await?;
                Ok(orders.into_iter().map(OpenOrder).collect())
            }
            Self::Guest(order_id) => {
                let state = lookup.order(order_id).await?.state;
                let is_open = matches!(state, OrderState::Pending(_) | OrderState::Confirmed(_));
                Ok(is_open.then_some(OpenOrder(order_id)).into_iter().collect())
            }
        }
    }
}

impl OpenOrder {
    /// The number that people know the order by.
    pub fn number(self) -> String {
        order::number(self.0)
    }
}

/// Finds a person by what an operator knows: the e-mail address or id of an account, or the number or id of a guest's
/// order.
///
/// # Errors
/// When the database fails.
pub async fn find(pool: &PgPool, lookup: &Lookup, text: &str) -> Result<Option<Subject>, Error> {
    if text.contains('@') {
        let Ok(email) = Email::typed(text) else {
            return Ok(None);
        };
        return Ok(accounts::find_id(pool, &email).await?.map(Subject::Account));
    }
    let orders = match (text.parse::<Uuid>(), Number::parse(text)) {
        (Ok(id), _) => {
            let account_id = AccountId::from_uuid(id);
            let is_erased = lookup.person(person_of(account_id)).await?.version > 0;
            let account = accounts::find(pool, account_id).await;
            if is_erased || account.map_err(database)?.is_some() {
                return Ok(Some(Subject::Account(account_id)));
            }
            vec![OrderId::from_uuid(id)]
        }
        (Err(_), Some(number)) => lookup.numbered(number).await?,
        (Err(_), None) => Vec::new(),
    };
    for order_id in orders {
        let state = lookup.order(order_id).await?.state;
        if state
            .order()
            .is_some_and(|order| order.customer == Customer::Guest)
        {
            return Ok(Some(Subject::Guest(order_id)));
        }
    }
    Ok(None)
}

/// Destroys the key of a person, and deletes the account with its sessions, in one transaction. Repeating it changes
/// nothing.
///
/// # Errors
/// When the database fails; nothing is deleted then.
pub(crate) async fn destroy(pool: &PgPool, subject: Subject) -> Result<(), event_store::Error> {
    let mut transaction = pool.begin().await?;
    KeyRing::erase_in(&mut transaction, subject.person_id().as_uuid()).await?;
    sqlx::query!("DELETE FROM command.ended_tokens WHERE ends_at < now()")
        .execute(&mut *transaction)
        .await?;
    match subject {
        Subject::Account(account_id) => {
            sqlx::query!(
                "WITH gone AS (DELETE FROM command.sessions WHERE account_id = $1 RETURNING session_id)
                 INSERT INTO command.ended_tokens (id, ends_at)
                 SELECT session_id, now() + make_interval(secs => $2) FROM gone ON CONFLICT DO NOTHING",
                account_id.as_uuid(),
                f64::from(ACCESS_TOKEN_LIFETIME_S + 60)
            )
            .execute(&mut *transaction)
            .await?;
            sqlx::query!(
                "DELETE FROM command.accounts WHERE account_id = $1",
                account_id.as_uuid()
            )
            .execute(&mut *transaction)
            .await?;
        }
        Subject::Guest(order_id) => {
            sqlx::query!(
                "INSERT INTO command.ended_tokens (id, ends_at)
                 VALUES ($1, now() + make_interval(secs => $2)) ON CONFLICT DO NOTHING",
                order_id.as_uuid(),
                f64::from(GUEST_TOKEN_LIFETIME_S + 60)
            )
            .execute(&mut *transaction)
            .await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// Rewrites the files that held the deleted rows. Returns false if a transaction may still see them.
///
/// # Errors
/// When the database fails, or a table stays locked for a second.
pub(crate) async fn rewrite(pool: &PgPool, subject: Subject) -> Result<bool, sqlx::Error> {
    let is_rewritten =
        sqlx::query_scalar!("SELECT command.rewrite_erased($1)", subject.person_id().as_uuid())
            .fetch_one(pool)
            .await?;
    Ok(is_rewritten.unwrap_or_default())
}

fn database(error: accounts::Error) -> Error {
    match error {
        accounts::Error::Database(error) => Error::Database(error),
        other => Error::Database(sqlx::Error::Decode(Box::new(other))),
    }
}

/// When an export is made.
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}
