//! Path parameters. A value that cannot be an id is answered as if the route were not there: with 404, or with 405 if it is
//! a word that another method answers (`/payments/{id}` and `POST /payments/confirm`). The router has already percent-decoded
//! everything except `%2F`, `%25` and `%2B`, and no id contains those characters.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::problem::Problem;
use crate::route;

/// The path's only parameter, as an id or a SKU.
#[derive(Debug, Clone)]
pub struct PathId<T>(pub T);

impl<T: FromStr + 'static> FromRequest for PathId<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request
            .match_info()
            .iter()
            .next()
            .map(|(_, text)| text)
            .unwrap_or_default();
        ready(text.parse().map(Self).map_err(|_| route::unanswered(request)))
    }
}
