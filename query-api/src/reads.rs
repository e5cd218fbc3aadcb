//! The reads, one file per resource: handler, statement and answer.

use platform::answer::{At, Found, Versioned};
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::position::{MinPosition, Reached};

pub(crate) mod analytics;
pub(crate) mod board;
pub(crate) mod delivery;
pub(crate) mod event;
pub(crate) mod order;
pub(crate) mod past;
pub(crate) mod payment;
pub(crate) mod product;
pub(crate) mod returns;
pub(crate) mod stock;

/// The parameters of a read of one object.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneQuery {
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// The result of a handler: an answer, and the position that its read models had reached.
pub(crate) type Answer<A> = Result<At<A>, Problem>;

impl Reached {
    /// Answers 200 with a body.
    #[allow(clippy::unnecessary_wraps, reason = "it ends handlers, which may fail")]
    fn found<T>(self, body: T) -> Answer<Found<T>> {
        Ok(At {
            answer: Found(body),
            position: self.0,
        })
    }

    /// Answers 200 with a body, and with the version of the stream as its `ETag`.
    #[allow(clippy::unnecessary_wraps, reason = "it ends handlers, which may fail")]
    fn found_version<T>(self, body: T, version: i64) -> Answer<Versioned<Found<T>>> {
        let Reached(position) = self;
        let answer = Versioned {
            answer: Found(body),
            version,
        };
        Ok(At { answer, position })
    }
}
