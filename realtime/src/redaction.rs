//! Hides parts of a change from an audience.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemas::channel::{Audience, Channel};
use serde_json::value::{RawValue, to_raw_value};

/// Removes the data of a change that an audience may not see.
pub trait Redaction: Send + Sync + 'static {
    /// Returns whether audiences see different data on `channel`. Otherwise all share one frame.
    fn applies_to(&self, channel: &Channel) -> bool;

    /// Returns the data for `audience` on `channel`; `None` when the data is unchanged.
    fn redact(&self, audience: Audience, channel: &Channel, data: &RawValue) -> Option<Box<RawValue>>;
}

/// The redaction declared by the table in `schemas::channel`.
#[derive(Debug, Clone, Copy, Default)]
pub struct TableRedaction;

impl Redaction for TableRedaction {
    fn applies_to(&self, channel: &Channel) -> bool {
        !channel.info().hidden.is_empty()
    }

    fn redact(&self, audience: Audience, channel: &Channel, data: &RawValue) -> Option<Box<RawValue>> {
        without(channel.info().hidden_from(audience), data)
    }
}

/// Removes `fields` from the object `data`; `None` when there are none. Other data is hidden completely.
fn without(fields: impl Iterator<Item = &'static str>, data: &RawValue) -> Option<Box<RawValue>> {
    let mut fields = fields.peekable();
    fields.peek()?;
    let mut object: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(data.get()).unwrap_or_default();
    for field in fields {
        object.remove(field);
    }
    Some(to_raw_value(&object).expect("the keys are strings and the values are JSON already"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn hidden_fields_are_removed_and_others_are_kept() {
        let data = raw(r#"{"id":"a","courier_id":"b","total":{"minor":1.50}}"#);
        let redacted = without(["courier_id", "missing"].into_iter(), &data).unwrap();
        assert_eq!(redacted.get(), r#"{"id":"a","total":{"minor":1.50}}"#);
    }

    #[test]
    fn data_without_hidden_fields_is_unchanged() {
        assert!(without(std::iter::empty(), &raw("{}")).is_none());
    }

    #[test]
    fn data_that_is_not_an_object_is_hidden() {
        assert_eq!(without(["a"].into_iter(), &raw("[1]")).unwrap().get(), "{}");
    }
}
