//! Strict parsing of JSON bodies.
//!
//! A body is read once, into its type. Its type refuses what serde_json alone would let pass: unknown and duplicate keys,
//! and nesting. Only a body that is refused is read again, to find out why. See [`Json`] for the answers.
//!
//! **Architecture Invariant:** the type of a body is made of structs that deny unknown fields, and holds no map and no
//! [`serde_json::Value`], which would take the last of duplicate keys and nest without limit.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::problem::{Problem, kind};

mod body;
mod pointer;
mod refusal;

pub use body::BodyLimits;

/// The deepest nesting that is accepted.
pub const DEPTH_MAX: usize = 32;

/// A JSON body as a `T`, with the uncompressed bytes it was parsed from.
///
/// | what came | answer |
/// |---|---|
/// | another media type, another encoding than gzip | 415 |
/// | more bytes than [`BodyLimits`] allows, also after unpacking | 413 |
/// | too slowly | 408 |
/// | nothing | 400 `empty-body` |
/// | not JSON, not UTF-8, a lone surrogate | 400 `malformed-json` |
/// | a key twice in one object | 400 `duplicate-key` |
/// | nested deeper than [`DEPTH_MAX`] | 400 `too-deep` |
/// | a NUL character, a number out of range, an unknown or missing field, a wrong type | 422 `validation` |
#[derive(Debug, Clone)]
pub struct Json<T> {
    /// The parsed body.
    pub value: T,
    /// The uncompressed bytes of the body.
    pub bytes: Bytes,
}

/// A JSON body as [`Json`], where an empty body means the default of `T`.
#[derive(Debug, Clone)]
pub struct JsonOrDefault<T> {
    /// The parsed body.
    pub value: T,
    /// The uncompressed bytes of the body.
    pub bytes: Bytes,
}

/// Parses `bytes` as a `T`, as [`Json`] does.
///
/// # Errors
/// 400 or 422, as listed at [`Json`].
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new(&kind::EMPTY_BODY, "This needs a JSON body."));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Problem::new(&kind::MALFORMED_JSON, "The body is not UTF-8.").with_source(error))?;
    let value = serde_json::from_str(text).map_err(|error| refusal::of::<T>(text, &error))?;
    // In JSON, a NUL character in a string can only be written as this escape.
    match text.contains("\\u0000").then(|| refusal::of_nul(text)).flatten() {
        Some(problem) => Err(problem),
        None => Ok(value),
    }
}

/// A boxed future, because the body is read across awaits.
type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = body::read(request, payload);
        Box::pin(async move {
            let bytes = reading.await?;
            Ok(Self {
                value: parse(&bytes)?,
                bytes,
            })
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for JsonOrDefault<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = body::read(request, payload);
        Box::pin(async move {
            let bytes = reading.await?;
            let value = if bytes.is_empty() {
                T::default()
            } else {
                parse(&bytes)?
            };
            Ok(Self { value, bytes })
        })
    }
}

#[cfg(test)]
mod tests;
