//! Withholds texts of erased people in raw events. Events of the first schema versions hold such texts in the clear, and
//! events never change; so every way to read raw events goes through here.

use domain::event::FREE_TEXT_FIELDS;
use event_store::{Error, KeyRing, Store};
use schemas::envelope::{Actor, Metadata, RecordedEvent};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Withholds the clear texts of erased people. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Withholding {
    store: Store,
    keys: KeyRing,
}

impl Withholding {
    /// Uses the keys to tell who was erased.
    pub const fn new(store: Store, keys: KeyRing) -> Self {
        Self { store, keys }
    }

    /// The event, with `{"erased":true}` in place of each clear text about an order of an erased customer, and of each
    /// other clear text of an erased author. The hash is that of the event as stored.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn apply(&self, mut event: RecordedEvent) -> Result<RecordedEvent, Error> {
        let Some(mut payload) = with_clear_text(&event.payload) else {
            return Ok(event);
        };
        let Some(person_id) = self.person_of(&event).await? else {
            return Ok(event);
        };
        if self.keys.has(person_id).await? {
            return Ok(event);
        }
        for field in FREE_TEXT_FIELDS {
            if let Some(value) = payload.get_mut(*field).filter(|value| value.is_string()) {
                *value = json!({"erased": true});
            }
        }
        event.payload = to_raw_value(&payload).map_err(|_| Error::Key("an object is not JSON"))?;
        Ok(event)
    }

    /// As [`Self::apply`], for many events.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn apply_all(&self, events: Vec<RecordedEvent>) -> Result<Vec<RecordedEvent>, Error> {
        let mut shown = Vec::with_capacity(events.len());
        for event in events {
            shown.push(self.apply(event).await?);
        }
        Ok(shown)
    }

    /// The customer of the order that the event is about; without one, the author.
    async fn person_of(&self, event: &RecordedEvent) -> Result<Option<Uuid>, Error> {
        let order = format!("order-{}", event.partition_key);
        if let Some(placed) = self.store.read_stream(&order, 0, 1).await?.pop() {
            let placed: Option<Value> = serde_json::from_str(placed.payload.get()).ok();
            let customer = placed
                .as_ref()
                .and_then(|placed| placed["contact"]["person_id"].as_str());
            if let Some(person_id) = customer.and_then(|id| id.parse().ok()) {
                return Ok(Some(person_id));
            }
        }
        let metadata: Option<Metadata> = serde_json::from_str(event.metadata.get()).ok();
        Ok(match metadata.map(|metadata| metadata.actor) {
            Some(Actor::Account { account_id }) => Some(account_id),
            _ => None,
        })
    }
}

/// The payload, if a text in it is in the clear.
fn with_clear_text(payload: &RawValue) -> Option<Map<String, Value>> {
    if !FREE_TEXT_FIELDS.iter().any(|field| payload.get().contains(field)) {
        return None;
    }
    let payload: Map<String, Value> = serde_json::from_str(payload.get()).ok()?;
    let is_clear = |field: &&str| {
        payload
            .get(*field)?
            .as_str()
            .filter(|text| !text.is_empty())
            .map(drop)
    };
    FREE_TEXT_FIELDS
        .iter()
        .any(|field| is_clear(field).is_some())
        .then_some(payload)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::Event;

    use super::*;

    #[test]
    fn every_free_text_of_an_event_is_known() {
        let mut fields = BTreeSet::new();
        Event::visit_schemas(&mut |_, schema| {
            let properties = schema.as_value()["properties"].clone();
            for (name, property) in properties.as_object().into_iter().flatten() {
                if property.to_string().contains("#/$defs/FreeText") {
                    fields.insert(name.clone());
                }
            }
        });
        let known = FREE_TEXT_FIELDS.iter().map(|field| (*field).to_owned());
        assert_eq!(fields, known.collect());
    }
}
