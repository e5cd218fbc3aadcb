//! The reads, one file per resource: handler, statement and answer.

use platform::answer::{Found, Versioned};
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::position::MinPosition;

pub(crate) mod analytics;
pub(crate) mod board;
pub(crate) mod delivery;
pub(crate) mod history;
pub(crate) mod order;
pub(crate) mod payment;
pub(crate) mod product;
pub(crate) mod stock;

/// The parameters of a single read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneQuery {
    /// Wait until the read models have reached this position.
    pub min_position: Option<MinPosition>,
}

/// The result of a handler.
pub(crate) type Answer<A> = Result<A, Problem>;

/// 200 with a body.
#[allow(clippy::unnecessary_wraps, reason = "it ends handlers, which may fail")]
fn found<T>(body: T) -> Answer<Found<T>> {
    Ok(Found(body))
}

/// 200 with a body, and the stream's version as its entity tag, for `If-Match`.
#[allow(clippy::unnecessary_wraps, reason = "it ends handlers, which may fail")]
fn found_version<T>(body: T, version: i64) -> Answer<Versioned<Found<T>>> {
    Ok(Versioned {
        answer: Found(body),
        version,
    })
}
