//! Answers to commands.

use platform::answer::{Created, Found, Versioned};
use schemars::JsonSchema;
use serde::Serialize;

use crate::executor::Accepted;

/// The answer to a command that was accepted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "CommandAnswer")]
pub(super) struct Answer {
    /// The id of what was changed: a UUID, or the SKU of a product or stock item.
    pub(super) id: String,
    /// The version of its stream after the command.
    #[schemars(range(min = 1))]
    pub(super) version: i64,
    /// The position of the command's last event. Reads that pass it as `min_position` include the change.
    #[schemars(range(min = 1))]
    pub(super) position: i64,
}

/// 200: something was changed.
pub(super) type Changed<T = Answer> = Versioned<Found<T>>;

/// 201: something was created.
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

/// The id within the stream id: `0198…` of `order-0198…`.
pub(super) fn id(accepted: &Accepted) -> &str {
    accepted.stream_id.split_once('-').map_or("", |(_, id)| id)
}

/// Answers 200 for an accepted command.
pub(super) fn changed(accepted: &Accepted) -> Changed {
    Versioned {
        answer: Found(Answer::from(accepted)),
        version: accepted.version,
    }
}

/// Answers 201 for an accepted command.
pub(super) fn made(accepted: &Accepted) -> Made {
    Versioned {
        answer: Created(Answer::from(accepted)),
        version: accepted.version,
    }
}
