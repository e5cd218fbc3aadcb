//! The routes of a process, and the answer to requests that match none of them.

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};

use super::Route;
use crate::problem::{Problem, kind};

/// The routes of every service of the process, for answering requests that match none of them.
#[derive(Debug, Clone, Default)]
pub struct RouteTable(Vec<Route>);

impl RouteTable {
    /// Creates the table of `routes`, the routes of all services.
    pub fn new(routes: Vec<Route>) -> Self {
        Self(routes)
    }

    /// Every route.
    pub fn routes(&self) -> &[Route] {
        &self.0
    }

    /// The methods that `path` answers; empty if there is no such path. Of a path without parameters, such as
    /// `/products/categories`, only its own count, not those of `/products/{sku}`.
    pub fn methods(&self, path: &str) -> Vec<&'static str> {
        let is_literal = self.0.iter().any(|route| route.full_path() == path);
        let is_found = |route: &&Route| {
            let pattern = route.full_path();
            pattern == path || (!is_literal && matches(&pattern, path))
        };
        let mut methods: Vec<&'static str> = Vec::new();
        for route in self.0.iter().filter(is_found) {
            let names: &[&'static str] = match route.method {
                Method::GET => &["GET", "HEAD"],
                Method::POST => &["POST"],
                Method::PUT => &["PUT"],
                Method::PATCH => &["PATCH"],
                Method::DELETE => &["DELETE"],
                _ => &[],
            };
            for name in names {
                if !methods.contains(name) {
                    methods.push(*name);
                }
            }
        }
        methods
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(expected), Some(actual)) => {
                let is_parameter = expected.starts_with('{') && !actual.is_empty();
                if !is_parameter && expected != actual {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// The problem of a request that no route answers: 405 with `Allow` where the path exists, else 404. Needs
/// `web::Data<RouteTable>` in the application's data.
pub(crate) fn unanswered(request: &HttpRequest) -> Problem {
    let table = request.app_data::<web::Data<RouteTable>>();
    let methods = table
        .map(|table| table.methods(request.path()))
        .unwrap_or_default();
    if methods.is_empty() || methods.contains(&request.method().as_str()) {
        return Problem::not_found();
    }
    let allow = methods.join(", ");
    let problem = Problem::new(
        &kind::METHOD_NOT_ALLOWED,
        format!("This address answers {allow}."),
    );
    match HeaderValue::from_str(&allow) {
        Ok(value) => problem.with_header(header::ALLOW, value),
        Err(_) => problem,
    }
}

/// Answers requests that match no route.
#[allow(clippy::unused_async, reason = "a handler is async")]
pub async fn fallback(request: HttpRequest) -> HttpResponse {
    unanswered(&request).error_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::NoContent;
    use crate::route::Access;

    async fn nothing() -> NoContent {
        NoContent
    }

    #[test]
    fn the_methods_of_a_path_are_those_of_all_services() {
        let table = RouteTable::new(vec![
            Route::get("/orders/{id}", "getOrder", Access::GuestOrOwner, nothing),
            Route::post("/orders", "placeOrder", Access::Public, nothing),
            Route::post("/orders/search", "searchOrders", Access::Public, nothing),
            Route::post(
                "/orders/{id}/cancellation",
                "cancelOrder",
                Access::GuestOrOwner,
                nothing,
            ),
        ]);
        assert_eq!(table.methods("/api/v1/orders/7"), ["GET", "HEAD"]);
        assert_eq!(table.methods("/api/v1/orders/search"), ["POST"]);
        assert_eq!(table.methods("/api/v1/orders"), ["POST"]);
        assert_eq!(table.methods("/api/v1/orders/7/cancellation"), ["POST"]);
        for path in [
            "/orders",
            "/api/v1/order",
            "/api/v1/orders/",
            "/api/v1/orders/7/x",
            "/",
        ] {
            assert!(table.methods(path).is_empty(), "{path}");
        }
    }
}
