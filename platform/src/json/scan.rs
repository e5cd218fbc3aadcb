//! One pass over a document for errors that serde_json does not report.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{DEPTH_MAX, pointer};
use crate::problem::{FieldError, Problem, kind};

/// Objects with more keys than this detect duplicates by hashing.
const KEYS_COMPARED_MAX: usize = 16;

/// Why a well-formed document is refused.
enum Finding {
    TooDeep,
    DuplicateKey(FieldError),
}

#[derive(Default)]
struct ScanState {
    finding: RefCell<Option<Finding>>,
    has_nul: std::cell::Cell<bool>,
}

/// Refuses a document that is not JSON, nests too deep, or holds a duplicate key or a NUL character.
pub(super) fn scan(text: &str) -> Result<(), Problem> {
    let state = ScanState::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let node = Node {
        state: &state,
        depth: 0,
    };
    let outcome = node
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
    match outcome {
        Ok(()) if state.has_nul.get() => Err(Problem::validation(vec![FieldError::new(
            nul_pointer(text),
            "must not hold a NUL character",
        )])),
        Ok(()) => Ok(()),
        Err(error) => Err(refusal(&error, state.finding.into_inner())),
    }
}

#[cold]
fn refusal(error: &serde_json::Error, finding: Option<Finding>) -> Problem {
    let place = format!("line {}, column {}", error.line(), error.column());
    match finding {
        Some(Finding::TooDeep) => Problem::new(
            &kind::TOO_DEEP,
            format!("The body nests deeper than {DEPTH_MAX} levels at {place}."),
        ),
        Some(Finding::DuplicateKey(field)) => Problem::new(
            &kind::DUPLICATE_KEY,
            format!("An object has the same key twice at {place}."),
        )
        .with_errors(vec![field]),
        None if error.to_string().starts_with("number out of range") => {
            Problem::validation(vec![FieldError::new(
                "",
                format!("holds a number out of range at {place}"),
            )])
        }
        None => Problem::new(
            &kind::MALFORMED_JSON,
            format!(
                "The body is not JSON: {} at {place}.",
                pointer::without_place(&error.to_string())
            ),
        ),
    }
}

/// The pointer of the first NUL character. The document is known to be well formed.
#[cold]
fn nul_pointer(text: &str) -> String {
    fn find(value: &serde_json::Value, pointer: &mut String) -> bool {
        let length = pointer.len();
        match value {
            serde_json::Value::String(text) => return text.contains('\0'),
            serde_json::Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointer::push(pointer, &index.to_string());
                    if find(item, pointer) {
                        return true;
                    }
                    pointer.truncate(length);
                }
            }
            serde_json::Value::Object(fields) => {
                for (key, item) in fields {
                    pointer::push(pointer, key);
                    if key.contains('\0') || find(item, pointer) {
                        return true;
                    }
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
        false
    }
    let mut pointer = String::new();
    if let Ok(value) = serde_json::from_str(text) {
        find(&value, &mut pointer);
    }
    pointer
}

/// One value of the document.
#[derive(Clone, Copy)]
struct Node<'s> {
    state: &'s ScanState,
    depth: usize,
}

impl Node<'_> {
    /// Returns the node for the values inside this one.
    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_MAX {
            *self.state.finding.borrow_mut() = Some(Finding::TooDeep);
            return Err(E::custom("too deep"));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    fn look(self, text: &str) {
        if text.as_bytes().contains(&0) {
            self.state.has_nul.set(true);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! accept {
    ($($method:ident: $type:ty),+) => {
        $(fn $method<E>(self, _: $type) -> Result<(), E> {
            Ok(())
        })+
    };
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    accept!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64);

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.look(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inner = self.inner()?;
        while items.next_element_seed(inner)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let inner = self.inner()?;
        let mut keys = Keys::new();
        while let Some(key) = fields.next_key_seed(Key)? {
            self.look(&key);
            if let Some(key) = keys.insert(key) {
                let mut pointer = String::new();
                pointer::push(&mut pointer, &key);
                let field = FieldError::new(pointer, "stands more than once in its object");
                *self.state.finding.borrow_mut() = Some(Finding::DuplicateKey(field));
                return Err(A::Error::custom("duplicate key"));
            }
            fields.next_value_seed(inner)?;
        }
        Ok(())
    }
}

/// The keys of one object. `Few` is kept on the stack: most objects have no more.
#[allow(clippy::large_enum_variant, reason = "lives on the stack, once a level")]
enum Keys<'de> {
    Few([Cow<'de, str>; KEYS_COMPARED_MAX], usize),
    Many(HashSet<Cow<'de, str>>),
}

impl<'de> Keys<'de> {
    fn new() -> Self {
        Self::Few([const { Cow::Borrowed("") }; KEYS_COMPARED_MAX], 0)
    }

    /// Adds `key`, or returns it when it is already there.
    fn insert(&mut self, key: Cow<'de, str>) -> Option<Cow<'de, str>> {
        match self {
            Self::Few(keys, len) => {
                if keys[..*len].contains(&key) {
                    return Some(key);
                }
                if *len < KEYS_COMPARED_MAX {
                    keys[*len] = key;
                    *len += 1;
                } else {
                    let mut many: HashSet<_> = keys.iter_mut().map(std::mem::take).collect();
                    many.insert(key);
                    *self = Self::Many(many);
                }
                None
            }
            Self::Many(keys) => keys.replace(key),
        }
    }
}

/// A key, borrowed from the document where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
