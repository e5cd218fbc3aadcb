//! Strict parsing of query strings; pages and their cursors.

use std::borrow::Cow;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde::{Deserialize, Serialize};

use crate::problem::{FieldError, Problem, kind};

mod cursor;
mod value;

pub use cursor::CursorKey;

/// The query's parameters as a `T`.
///
/// A repeated parameter, and a query that is not encoded text, is 400; an unknown one (let `T` deny unknown fields) or a wrong value is 422.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

/// How many items a page may have at most: 1 to 100, 20 when nothing was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "u32")]
#[schemars(inline, extend("minimum" = 1, "maximum" = Limit::MAX))]
pub struct Limit(u32);

impl Limit {
    /// The largest page.
    pub const MAX: u32 = 100;

    /// The number of items.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(20)
    }
}

impl TryFrom<u32> for Limit {
    type Error = &'static str;

    fn try_from(limit: u32) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&limit) {
            Ok(Self(limit))
        } else {
            Err("must be from 1 to 100")
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub struct Page<T> {
    /// The items, at most the limit.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last.
    pub next_cursor: Option<String>,
}

/// Parses `query_string` as a `T`.
///
/// # Errors
/// 400 for a repeated parameter or a query that is not encoded text, 422 for an unknown one or a wrong value.
pub fn parse<T: DeserializeOwned>(query_string: &str) -> Result<T, Problem> {
    if !is_encoded(query_string) {
        let detail = "The query has an escape that is not UTF-8, or a % without two hexadecimal digits.";
        return Err(Problem::new(&kind::MALFORMED_QUERY, detail));
    }
    let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(query_string.as_bytes()).collect();
    for (index, (name, _)) in pairs.iter().enumerate() {
        if pairs[..index].iter().any(|(earlier, _)| earlier == name) {
            let detail = "A query parameter is given more than once.";
            let error = FieldError::new(format!("?{name}"), "is repeated");
            return Err(Problem::new(&kind::MALFORMED_QUERY, detail).with_errors(vec![error]));
        }
    }
    let entries = pairs.into_iter().map(|(name, value)| (name, value::Value(value)));
    let deserializer: MapDeserializer<'_, _, value::Error> = MapDeserializer::new(entries);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let name = if path == "." { String::new() } else { path };
        Problem::invalid_field(format!("?{name}"), error.into_inner().to_string())
    })
}

/// Whether each `%` begins an escape, and the text is UTF-8 once they are decoded.
fn is_encoded(query_string: &str) -> bool {
    let is_escape = |after: &str| {
        let digits = after.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    query_string.split('%').skip(1).all(is_escape) && percent_decode_str(query_string).decode_utf8().is_ok()
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, rename_all = "snake_case")]
    enum Sort {
        Name,
        Newest,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Parameters {
        q: Option<String>,
        sort: Option<Sort>,
        in_stock: Option<bool>,
        min_price: Option<i64>,
        #[serde(default)]
        limit: Limit,
    }

    #[test]
    fn parameters_are_parsed_by_their_types() {
        let read: Parameters = parse("q=a%20b+c&sort=newest&in_stock=true&min_price=-5&limit=100").unwrap();
        assert_eq!(read.q.as_deref(), Some("a b c"));
        assert_eq!(
            (read.sort, read.in_stock, read.min_price),
            (Some(Sort::Newest), Some(true), Some(-5))
        );
        assert_eq!(read.limit.get(), 100);
        assert_eq!(parse::<Parameters>("").unwrap().limit, Limit::default());
    }

    #[test]
    fn invalid_parameters_are_refused() {
        let table = [
            ("q=1&q=2", 400, "?q"),
            ("limit=1000000", 422, "?limit"),
            ("limit=0", 422, "?limit"),
            ("limit=x", 422, "?limit"),
            ("limit=99999999999999999999", 422, "?limit"),
            ("sort=id%3Bdrop", 422, "?sort"),
            ("in_stock=yes", 422, "?in_stock"),
            ("min_price=1.5", 422, "?min_price"),
            ("colour=red", 422, "?colour"),
        ];
        for query in [
            "q=%ff",
            "q=%e2%82",
            "%c0%af=1",
            "q=%",
            "q=%2",
            "q=%zz",
            "q=100%+off",
        ] {
            let problem = parse::<Parameters>(query).unwrap_err();
            assert_eq!(problem.kind().slug, "malformed-query", "{query}");
        }
        for (query, status, pointer) in table {
            let problem = parse::<Parameters>(query).unwrap_err();
            assert_eq!(problem.kind().status, status, "{query}");
            assert_eq!(problem.errors()[0].pointer, pointer, "{query}");
        }
    }
}
