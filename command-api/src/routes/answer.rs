//! Answers to commands.

use platform::answer::{Created, Found, Versioned};
use schemars::JsonSchema;
use serde::Serialize;

use crate::executor::Accepted;

/// The command was carried out.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "CommandAnswer")]
pub(super) struct Answer {
    /// What was changed: a UUID; for products and stock the SKU.
    pub(super) id: String,
    /// The version of its stream now.
    #[schemars(range(min = 1))]
    pub(super) version: i64,
    /// The position of the last event; give it to reads as `min_position`.
    #[schemars(range(min = 1))]
    pub(super) position: i64,
}

/// 200 for a change.
pub(super) type Changed<T = Answer> = Versioned<Found<T>>;

/// 201 for a creation.
pub(super) type Made<T = Answer> = Versioned<Created<T>>;

impl From<&Accepted> for Answer {
    fn from(accepted: &Accepted) -> Self {
        Self {
            id: id(accepted).to_owned(),
            version: accepted.version,
            position: accepted.position,
        }
    }
}

/// Extracts the id from the stream's id: `order-0198…` is about `0198…`.
pub(super) fn id(accepted: &Accepted) -> &str {
    accepted.stream_id.split_once('-').map_or("", |(_, id)| id)
}

/// 200 for a change.
pub(super) fn changed(accepted: &Accepted) -> Changed {
    Versioned {
        answer: Found(Answer::from(accepted)),
        version: accepted.version,
    }
}

/// 201 for a creation.
pub(super) fn made(accepted: &Accepted) -> Made {
    Versioned {
        answer: Created(Answer::from(accepted)),
        version: accepted.version,
    }
}
