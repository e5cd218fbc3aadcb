//! Refuses requests whose head is too large, or whose `Accept` header does not allow JSON.

use actix_web::dev::RequestHead;
use actix_web::http::header::{self, HeaderMap};

use super::{HEADERS_BYTES_MAX, HEADERS_COUNT_MAX, URI_LEN_MAX, header_bytes};
use crate::problem::{Problem, kind};
use crate::route::API_PREFIX;

/// Checks a request's head.
pub(super) fn check(head: &RequestHead) -> Result<(), Problem> {
    let uri_len = head.uri.path_and_query().map_or(0, |part| part.as_str().len());
    if uri_len > URI_LEN_MAX {
        let detail = format!("An address may have at most {URI_LEN_MAX} bytes.");
        return Err(Problem::new(&kind::URI_TOO_LONG, detail));
    }
    if head.headers.len() > HEADERS_COUNT_MAX || header_bytes(&head.headers) > HEADERS_BYTES_MAX {
        let detail =
            format!("A request may have at most {HEADERS_COUNT_MAX} headers of {HEADERS_BYTES_MAX} bytes.");
        return Err(Problem::new(&kind::HEADERS_TOO_LARGE, detail));
    }
    if head.uri.path().starts_with(API_PREFIX) && !accepts_json(&head.headers) {
        return Err(Problem::new(
            &kind::NOT_ACCEPTABLE,
            "The answer is application/json.",
        ));
    }
    Ok(())
}

/// Whether some `Accept` range allows JSON. A missing header allows everything.
fn accepts_json(headers: &HeaderMap) -> bool {
    let mut accepts = headers.get_all(header::ACCEPT).peekable();
    if accepts.peek().is_none() {
        return true;
    }
    accepts
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|range| {
            let mut parts = range.split(';').map(str::trim);
            let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
            let is_refused = parts.any(|parameter| {
                parameter
                    .strip_prefix("q=")
                    .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
            });
            let is_json = matches!(
                essence.as_str(),
                "" | "*/*" | "application/*" | "application/json" | "application/problem+json"
            );
            is_json && !is_refused
        })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn accept_ranges_are_matched() {
        let table = [
            ("application/json", true),
            ("text/html, */*;q=0.1", true),
            ("application/*", true),
            ("", true),
            ("application/xml", false),
            ("application/json;q=0", false),
            ("text/html", false),
        ];
        for (accept, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(accepts_json(&headers), expected, "{accept}");
        }
        assert!(accepts_json(&HeaderMap::new()));
    }
}
