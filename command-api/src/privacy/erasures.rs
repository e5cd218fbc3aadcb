//! The record of erasures: who was erased, when, by whom and why. It is read from the events.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::privacy::{ErasureRequester, PersonErasureRequested, PersonEvent};
use domain::{AccountId, Event, FreeText, PersonId, order};
use event_store::KeyRing;
use schemars::JsonSchema;
use schemas::codec;
use schemas::envelope::{Actor, Metadata};
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::Error;
use crate::accounts;

/// An erasure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Erasure {
    /// The position of the request in the log.
    pub(crate) position: i64,
    /// The random id under which the orders of the person remain.
    person_id: PersonId,
    /// The number of the order, if the person was a guest.
    order_number: Option<String>,
    requested_at: DateTime<Utc>,
    requested_by: ErasureRequester,
    /// The admin who requested it.
    admin: Option<ErasingAdmin>,
    /// The reason; none if the person requested it.
    reason: Option<String>,
    /// When key, account and sessions were deleted; none until then.
    erased_at: Option<DateTime<Utc>>,
}

/// The admin who requested an erasure.
#[derive(Debug, Serialize, JsonSchema)]
struct ErasingAdmin {
    id: Uuid,
    /// None if the admin has left.
    email: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    position: i64,
    schema_version: i16,
    payload: sqlx::types::Json<Box<serde_json::value::RawValue>>,
    metadata: sqlx::types::Json<Metadata>,
    recorded_at: DateTime<Utc>,
    erased_at: Option<DateTime<Utc>>,
}

/// The erasures requested before a position of the log, newest first.
///
/// # Errors
/// When the database fails.
pub async fn erasures(pool: &PgPool, keys: &KeyRing, before: i64, limit: i64) -> Result<Vec<Erasure>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT position, schema_version, payload, metadata, recorded_at, ( \
             SELECT min(erased.recorded_at) FROM event_store.events AS erased \
             WHERE erased.stream_id = requested.stream_id AND erased.event_type = 'PersonErased' \
         ) AS erased_at \
         FROM event_store.events AS requested \
         WHERE event_type = 'PersonErasureRequested' AND position < $1 ORDER BY position DESC LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    let mut emails = HashMap::new();
    let mut erasures = Vec::with_capacity(rows.len());
    for row in rows {
        let requested = decoded(&row)?;
        let admin = match (requested.requested_by, &row.metadata.actor) {
            (ErasureRequester::Admin, Actor::Account { account_id }) => {
                Some(admin(pool, &mut emails, *account_id).await?)
            }
            _ => None,
        };
        erasures.push(Erasure {
            position: row.position,
            person_id: requested.person_id,
            order_number: requested.order_id.map(order::number),
            requested_at: row.recorded_at,
            requested_by: requested.requested_by,
            admin,
            reason: reason(keys, &requested.reason).await?,
            erased_at: row.erased_at,
        });
    }
    Ok(erasures)
}

fn decoded(row: &Row) -> Result<PersonErasureRequested, Error> {
    let decoded = codec::decode("PersonErasureRequested", row.schema_version, row.payload.get());
    match decoded {
        Ok(Event::Person(PersonEvent::PersonErasureRequested(requested))) => Ok(requested),
        Ok(_) => unreachable!("an event is decoded as its type"),
        Err(source) => Err(event_store::Error::Undecodable {
            position: row.position,
            source,
        }
        .into()),
    }
}

async fn admin(
    pool: &PgPool,
    emails: &mut HashMap<Uuid, Option<String>>,
    id: Uuid,
) -> Result<ErasingAdmin, Error> {
    if let Some(email) = emails.get(&id) {
        return Ok(ErasingAdmin {
            id,
            email: email.clone(),
        });
    }
    let account = accounts::find(pool, AccountId::from_uuid(id)).await;
    let email = account.map_err(super::database)?.map(|account| account.email);
    emails.insert(id, email.clone());
    Ok(ErasingAdmin { id, email })
}

async fn reason(keys: &KeyRing, reason: &FreeText) -> Result<Option<String>, Error> {
    Ok(match reason {
        FreeText::Clear(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        FreeText::Sealed(sealed) => {
            let opened = keys.open(sealed.person_id.as_uuid(), &sealed.ciphertext).await?;
            opened.map(|text| String::from_utf8_lossy(&text).into_owned())
        }
    })
}
