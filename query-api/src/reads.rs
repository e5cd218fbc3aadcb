//! The reads, one file a resource: the handler, the statement, the answer.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};
use platform::problem::Problem;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneQuery {
    pub min_position: Option<MinPosition>,
}

/// What a handler gives.
pub(crate) type Answer = Result<HttpResponse, Problem>;

/// 200 with a body.
#[allow(clippy::unnecessary_wraps, reason = "it ends handlers, which may fail")]
fn ok<T: Serialize>(body: &T) -> Answer {
    Ok(HttpResponse::Ok().json(body))
}

/// 200 with a body, and the stream's version as its tag, for `If-Match`.
fn ok_with_version<T: Serialize>(body: &T, version: i64) -> Answer {
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().insert_header((header::ETAG, tag)).json(body))
}
