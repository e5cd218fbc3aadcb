//! Reads a request's body within its limits.

use std::future::Future;
use std::time::Duration;

use actix_web::dev::{Decompress, Payload};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::{HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};

use crate::problem::{Problem, kind};
use crate::route::Deadline;

/// The limits on a body's size and on the time to read it.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// The largest body, in bytes, compressed or not.
    pub bytes_max: usize,
    /// The time it may take to arrive.
    pub timeout: Duration,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self {
            bytes_max: 256 * 1024,
            timeout: Duration::from_secs(10),
        }
    }
}

impl From<&crate::config::HttpConfig> for BodyLimits {
    fn from(config: &crate::config::HttpConfig) -> Self {
        Self {
            bytes_max: config.body_bytes_max,
            timeout: config.body_timeout,
        }
    }
}

/// Reads the whole body of `request`.
pub(super) fn read(
    request: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = Result<Bytes, Problem>> + use<> {
    let limits = request
        .app_data::<web::Data<BodyLimits>>()
        .map_or_else(BodyLimits::default, |data| ***data);
    let checked = check_headers(request, limits);
    let payload = payload.take();
    let is_gzip = is_gzip(request);
    let deadline = Deadline::pause(request);
    async move {
        let _resumes_when_dropped = deadline;
        checked?;
        let reading = async {
            if is_gzip {
                collect(Decompress::new(payload, ContentEncoding::Gzip), limits).await
            } else {
                collect(payload, limits).await
            }
        };
        tokio::time::timeout(limits.timeout, reading)
            .await
            .unwrap_or_else(|_| {
                Err(Problem::new(
                    &kind::REQUEST_TIMEOUT,
                    "The body did not arrive in time.",
                ))
            })
    }
}

/// Refuses requests that can be refused by their headers alone.
fn check_headers(request: &HttpRequest, limits: BodyLimits) -> Result<(), Problem> {
    let headers = request.headers();
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > limits.bytes_max as u64) {
        return Err(too_large(limits));
    }
    let has_body = length.is_some_and(|length| length > 0) || headers.contains_key(header::TRANSFER_ENCODING);
    match headers.get(header::CONTENT_TYPE) {
        Some(value) if is_json(value.as_bytes()) => {}
        None if !has_body => {}
        _ => return Err(unsupported("The body's media type must be application/json.")),
    }
    match headers
        .get(header::CONTENT_ENCODING)
        .map(header::HeaderValue::as_bytes)
    {
        None | Some(b"" | b"identity" | b"gzip") => Ok(()),
        Some(_) => Err(unsupported("The body's encoding must be identity or gzip.")),
    }
}

fn is_gzip(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::CONTENT_ENCODING)
        .is_some_and(|value| value.as_bytes() == b"gzip")
}

async fn collect<S>(payload: S, limits: BodyLimits) -> Result<Bytes, Problem>
where
    S: Stream<Item = Result<Bytes, PayloadError>>,
{
    let mut payload = std::pin::pin!(payload);
    let mut first = match payload.next().await {
        None => return Ok(Bytes::new()),
        Some(chunk) => chunk.map_err(|error| unreadable(error, limits))?,
    };
    let mut rest = BytesMut::new();
    loop {
        if first.len() + rest.len() > limits.bytes_max {
            return Err(too_large(limits));
        }
        match payload.next().await {
            // A body of one chunk, the usual case, is not copied.
            None if rest.is_empty() => return Ok(first),
            None => return Ok(rest.freeze()),
            Some(chunk) => {
                let chunk = chunk.map_err(|error| unreadable(error, limits))?;
                if rest.is_empty() {
                    rest.extend_from_slice(&std::mem::take(&mut first));
                }
                rest.extend_from_slice(&chunk);
            }
        }
    }
}

fn unreadable(error: PayloadError, limits: BodyLimits) -> Problem {
    match error {
        PayloadError::Overflow => too_large(limits),
        error => Problem::new(&kind::BAD_REQUEST, "The body could not be read.").with_source(error),
    }
}

fn too_large(limits: BodyLimits) -> Problem {
    let detail = format!("The body may have at most {} bytes.", limits.bytes_max);
    Problem::new(&kind::PAYLOAD_TOO_LARGE, detail)
}

fn unsupported(detail: &str) -> Problem {
    Problem::new(&kind::UNSUPPORTED_MEDIA_TYPE, detail)
}

/// `application/json` or `application/…+json`, in UTF-8.
fn is_json(value: &[u8]) -> bool {
    if value == b"application/json" {
        return true;
    }
    let Ok(text) = std::str::from_utf8(value) else {
        return false;
    };
    let text = text.to_ascii_lowercase();
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let is_json_type =
        essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some(("charset", charset)) => matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
        _ => true,
    });
    is_json_type && is_utf8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_media_types_are_recognised() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/merge-patch+json",
        ] {
            assert!(is_json(good.as_bytes()), "{good}");
        }
        for bad in [
            "text/plain",
            "application/json; charset=latin1",
            "application/jsonp",
            "text/json",
            "",
        ] {
            assert!(!is_json(bad.as_bytes()), "{bad}");
        }
    }
}
