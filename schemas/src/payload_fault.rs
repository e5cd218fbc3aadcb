//! What is wrong with a payload, in words that may be stored and logged.

use serde_json::error::Category;

/// Errors whose text goes on with a value of the payload.
const QUOTING: [&str; 3] = ["invalid type", "invalid value", "invalid length"];

/// Errors that name a field of the schema.
const NAMING: [&str; 2] = ["missing field `", "duplicate field `"];

/// Why a payload does not match its schema, without any of its values: those may be personal data, and the messages of
/// `serde_json` quote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PayloadFault(String);

impl From<serde_json::Error> for PayloadFault {
    fn from(error: serde_json::Error) -> Self {
        let message = error.to_string();
        // What is wrong with the syntax is said without the text.
        if error.classify() != Category::Data {
            return Self(message);
        }
        if error.line() == 0 {
            return Self(without_values(&message));
        }
        let place = format!(" at line {} column {}", error.line(), error.column());
        let fault = without_values(message.strip_suffix(&place).unwrap_or(&message));
        Self(fault + &place)
    }
}

fn without_values(message: &str) -> String {
    for naming in NAMING {
        let name = message.strip_prefix(naming).and_then(|rest| rest.split_once('`'));
        if let Some((name, _)) = name {
            return format!("{naming}{name}`");
        }
    }
    let quoting = QUOTING.into_iter().find(|quoting| message.starts_with(quoting));
    match (quoting, message.rsplit_once(", expected ")) {
        (Some(quoting), Some((_, expected))) => format!("{quoting}, expected {expected}"),
        _ => "a value is not allowed".to_owned(),
    }
}
