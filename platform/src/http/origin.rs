//! Checks which pages may open sockets and use the session's cookie. Browsers always send the origin of a page with such
//! requests; other programs need not.

use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::{HttpRequest, web};

use super::hosts::PublicHost;
use crate::problem::{Problem, kind};

/// Refuses a request of a page that does not belong to the instance.
///
/// # Errors
/// 403.
pub fn check(request: &HttpRequest) -> Result<(), Problem> {
    let public = request.app_data::<web::Data<PublicHost>>();
    let allowed: Vec<String> = public.map(|public| public.url.clone()).into_iter().collect();
    if is_allowed(request.headers(), &allowed) {
        Ok(())
    } else {
        Err(Problem::new(
            &kind::FORBIDDEN,
            "Pages of other sites may not use the session.",
        ))
    }
}

/// Returns whether a page may connect: its origin is the host itself or one of `allowed`. A request without `Origin`
/// does not come from a page, and is allowed.
pub fn is_allowed(headers: &HeaderMap, allowed: &[String]) -> bool {
    let mut origins = headers.get_all(ORIGIN);
    let Some(origin) = origins.next() else { return true };
    if origins.next().is_some() {
        return false;
    }
    let Ok(origin) = origin.to_str() else { return false };
    let is_listed = allowed
        .iter()
        .any(|other| other.trim_end_matches('/').eq_ignore_ascii_case(origin));
    is_listed || is_host(origin, headers)
}

fn is_host(origin: &str, headers: &HeaderMap) -> bool {
    let authority = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    match (authority, host) {
        (Some(authority), Some(host)) => !host.is_empty() && authority.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn only_the_host_and_listed_origins_are_allowed() {
        let allowed = [
            "https://shop.example".to_owned(),
            "https://admin.example/".to_owned(),
        ];
        for (origin, is_ok) in [
            (None, true),
            (Some("http://waybill.example:8080"), true),
            (Some("https://WAYBILL.example:8080"), true),
            (Some("https://shop.example"), true),
            (Some("https://admin.example"), true),
            (Some("http://shop.example"), false),
            (Some("https://shop.example:444"), false),
            (Some("https://shop.example.evil.example"), false),
            (Some("https://evilshop.example"), false),
            (Some("http://waybill.example:8080.evil.example"), false),
            (Some("http://waybill.example:8080@evil.example"), false),
            (Some("http://evil.example/http://waybill.example:8080"), false),
            (Some("http://waybill.example"), false),
            (Some("waybill.example:8080"), false),
            (Some("null"), false),
            (Some("file://"), false),
            (Some(""), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("waybill.example:8080"));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_allowed(&headers, &allowed), is_ok, "{origin:?}");
        }
    }

    #[test]
    fn two_origins_are_rejected() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("a.example"));
        headers.append(ORIGIN, HeaderValue::from_static("http://a.example"));
        headers.append(ORIGIN, HeaderValue::from_static("http://evil.example"));
        assert!(!is_allowed(&headers, &[]));
    }
}
