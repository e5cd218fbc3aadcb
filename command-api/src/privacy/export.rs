//! The data of a person as one document: the account, and everything recorded about the orders.

use chrono::{DateTime, Utc};
use domain::{OrderId, PersonId, order};
use event_store::KeyRing;
use event_store::browse::{Direction, EventFilter, PositionRange};
use platform::auth::Roles;
use schemars::JsonSchema;
use schemas::envelope::{Metadata, RecordedEvent};
use serde::Serialize;
use serde_json::{Map, Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Error, Subject};
use crate::accounts;
use crate::lookup::Lookup;

/// Events read at a time.
const EVENTS_MAX: i64 = 1_000;

/// Everything that is stored about a person, in the clear.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonExport")]
pub struct Export {
    exported_at: DateTime<Utc>,
    person_id: PersonId,
    /// Absent for a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<ExportedAccount>,
    /// The orders, oldest first.
    orders: Vec<ExportedOrder>,
}

/// The account of a person.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportedAccount {
    id: Uuid,
    email: String,
    name: String,
    roles: Roles,
}

/// An order of a person, with its payment, delivery, returns and notes.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportedOrder {
    id: OrderId,
    number: String,
    /// What was recorded, oldest first.
    events: Vec<ExportedEvent>,
}

/// What was recorded about an order.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportedEvent {
    #[serde(rename = "type")]
    event_type: String,
    occurred_at: DateTime<Utc>,
    /// Addresses and texts of the person are in the clear; those of other people are left out.
    data: Map<String, Value>,
}

/// Collects the data of a person.
///
/// # Errors
/// When the database fails.
pub async fn export(
    pool: &PgPool,
    lookup: &Lookup,
    keys: &KeyRing,
    subject: Subject,
) -> Result<Export, Error> {
    let account = match subject {
        Subject::Account(account_id) => accounts::find(pool, account_id).await.map_err(super::database)?,
        Subject::Guest(_) => None,
    };
    let order_ids = match subject {
        Subject::Account(account_id) => lookup.orders_of(account_id).await?,
        Subject::Guest(order_id) => vec![order_id],
    };
    let mut orders = Vec::with_capacity(order_ids.len());
    for order_id in order_ids {
        orders.push(ExportedOrder {
            id: order_id,
            number: order::number(order_id),
            events: events(lookup, keys, subject.person_id(), order_id).await?,
        });
    }
    Ok(Export {
        exported_at: super::now(),
        person_id: subject.person_id(),
        account: account.map(|account| ExportedAccount {
            id: account.account_id.as_uuid(),
            email: account.email,
            name: account.name,
            roles: account.roles,
        }),
        orders,
    })
}

/// What was recorded about an order and what resulted from it.
async fn events(
    lookup: &Lookup,
    keys: &KeyRing,
    person_id: PersonId,
    order_id: OrderId,
) -> Result<Vec<ExportedEvent>, Error> {
    let store = lookup.store();
    let stream_id = domain::StreamId::Order(order_id).to_string();
    let Some(placed) = store.read_stream(&stream_id, 0, 1).await?.pop() else {
        return Ok(Vec::new());
    };
    let metadata: Metadata = serde_json::from_str(placed.metadata.get())?;
    let filter = EventFilter {
        correlation_id: Some(metadata.correlation_id),
        ..EventFilter::default()
    };
    let mut rest = Some(PositionRange {
        first: placed.position,
        last: store.head().await?,
    });
    let mut exported = Vec::new();
    while let Some(range) = rest {
        let page = store
            .browse(&filter, range, Direction::Forwards, EVENTS_MAX)
            .await?;
        for event in page.events {
            // The stock of a product concerns nobody.
            if event.partition_key == order_id.to_string() {
                exported.push(opened(keys, person_id, event).await?);
            }
        }
        rest = page.rest;
    }
    Ok(exported)
}

async fn opened(keys: &KeyRing, person_id: PersonId, event: RecordedEvent) -> Result<ExportedEvent, Error> {
    let mut data: Map<String, Value> = serde_json::from_str(event.payload.get())?;
    for value in data.values_mut() {
        let Some((owner, ciphertext)) = sealed(value) else {
            continue;
        };
        *value = if owner == person_id.as_uuid() {
            match keys.open(owner, &ciphertext).await? {
                Some(plaintext) => readable(plaintext),
                None => json!({"erased": true}),
            }
        } else {
            json!({"of_another_person": true})
        };
    }
    Ok(ExportedEvent {
        event_type: event.event_type,
        occurred_at: event.occurred_at,
        data,
    })
}

/// The person and the ciphertext of a sealed value.
fn sealed(value: &Value) -> Option<(Uuid, String)> {
    let owner = value.get("person_id")?.as_str()?.parse().ok()?;
    Some((owner, value.get("ciphertext")?.as_str()?.to_owned()))
}

/// A contact is sealed as JSON, other data as text.
fn readable(plaintext: Vec<u8>) -> Value {
    match serde_json::from_slice::<Value>(&plaintext) {
        Ok(value @ Value::Object(_)) => value,
        _ => Value::String(String::from_utf8_lossy(&plaintext).into_owned()),
    }
}
