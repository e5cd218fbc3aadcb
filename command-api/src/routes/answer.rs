//! What commands answer.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};
use serde::Serialize;

use crate::executor::Accepted;

/// What every accepted command answers: what it was about, that stream's version, and the position from which
/// on readers see it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Answer {
    pub(super) id: String,
    pub(super) version: i64,
    pub(super) position: i64,
}

impl From<&Accepted> for Answer {
    fn from(accepted: &Accepted) -> Self {
        Self {
            id: id(accepted).to_owned(),
            version: accepted.version,
            position: accepted.position,
        }
    }
}

/// The id in the stream's id: `order-0198…` is about `0198…`.
pub(super) fn id(accepted: &Accepted) -> &str {
    accepted.stream_id.split_once('-').map_or("", |(_, id)| id)
}

/// 200 for what was changed.
pub(super) fn changed(accepted: &Accepted) -> HttpResponse {
    with_version(HttpResponse::Ok(), accepted.version).json(Answer::from(accepted))
}

/// 201 for what was made.
pub(super) fn made(accepted: &Accepted) -> HttpResponse {
    with_version(HttpResponse::Created(), accepted.version).json(Answer::from(accepted))
}

/// Adds the stream's version as the entity tag.
pub(super) fn with_version(
    mut response: actix_web::HttpResponseBuilder,
    version: i64,
) -> actix_web::HttpResponseBuilder {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.insert_header((header::ETAG, tag));
    }
    response
}
