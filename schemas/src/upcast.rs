//! Upcasters: each converts the payload of one event type from one schema version to the next, so that the code knows
//! only the current versions. A reader applies them in a chain ([`crate::codec`]).
//!
//! A version whose every payload is valid in the next one, too, needs no upcaster: version 2 of events with a text of a
//! person may hold it sealed ([`domain::FreeText`]), version 1 held it in the clear. `waybill events lint` compares the
//! committed schemas, and says where an upcaster is missing. The golden files in `schemas/tests/golden` have payloads of
//! every version, which a test decodes forever.

use domain::event::TypedEvent as _;
use domain::stock::{AdjustmentCause, StockAdjusted};
use serde_json::{Map, Value, json};

/// One step of a chain.
struct Upcaster {
    event_type: &'static str,
    /// The schema version that it reads; it makes the next one.
    from: i16,
    upcast: fn(&mut Map<String, Value>),
}

/// Every upcaster. To add one, add a line here.
static UPCASTERS: &[Upcaster] = &[Upcaster {
    event_type: StockAdjusted::TYPE.name,
    from: 2,
    upcast: |members| {
        members.insert("cause".to_owned(), json!(AdjustmentCause::Other));
    },
}];

/// Whether an upcaster converts this version to the next one.
pub(crate) fn has_upcaster(event_type: &str, from: i16) -> bool {
    UPCASTERS
        .iter()
        .any(|upcaster| upcaster.event_type == event_type && upcaster.from == from)
}

/// The members of a payload of version `stored`, in the current version; none if it is valid as it is.
pub(crate) fn members(
    event_type: &str,
    stored: i16,
    payload: &str,
) -> Option<Result<Map<String, Value>, serde_json::Error>> {
    let mut chain = UPCASTERS
        .iter()
        .filter(|upcaster| upcaster.event_type == event_type && upcaster.from >= stored)
        .peekable();
    chain.peek()?;
    Some(serde_json::from_str(payload).map(|mut members| {
        for upcaster in chain {
            (upcaster.upcast)(&mut members);
        }
        members
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chain_is_sorted_and_ends_before_the_current_version() {
        for upcaster in UPCASTERS {
            let current = domain::Event::types().find(|known| known.name == upcaster.event_type);
            assert!(upcaster.from < current.unwrap().schema_version.cast_signed());
        }
        assert!(UPCASTERS.is_sorted_by(|a, b| (a.event_type, a.from) < (b.event_type, b.from)));
    }
}
