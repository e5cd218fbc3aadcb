//! What an audience does not see of a change.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemas::channel::{Audience, Channel};
use serde_json::value::{RawValue, to_raw_value};

/// Leaves out of a change what an audience may not see.
pub trait Redaction: Send + Sync + 'static {
    /// Whether some audience sees less than others on `channel`. Where none does, all share one frame.
    fn applies_to(&self, channel: &Channel) -> bool;

    /// The data for `audience` on `channel`; `None`: the data as it is.
    fn redact(&self, audience: Audience, channel: &Channel, data: &RawValue) -> Option<Box<RawValue>>;
}

/// The redaction that the table in `schemas::channel` declares.
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

/// The object `data` without `fields`; `None` when there are none. Data that is not an object is withheld whole.
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
    fn hidden_fields_are_left_out_and_the_others_are_kept() {
        let data = raw(r#"{"id":"a","courier_id":"b","total":{"minor":1.50}}"#);
        let redacted = without(["courier_id", "missing"].into_iter(), &data).unwrap();
        assert_eq!(redacted.get(), r#"{"id":"a","total":{"minor":1.50}}"#);
    }

    #[test]
    fn nothing_is_rewritten_when_nothing_is_hidden() {
        assert!(without(std::iter::empty(), &raw("{}")).is_none());
    }

    #[test]
    fn data_that_is_not_an_object_is_withheld() {
        assert_eq!(without(["a"].into_iter(), &raw("[1]")).unwrap().get(), "{}");
    }
}
