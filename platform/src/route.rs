//! Tables of operations. A service declares each operation once, with who may call it; the table builds the
//! router, enforces the access, answers 404 and 405, and is compared with the OpenAPI document by a test.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};

use crate::auth::{Permission, authenticate};
use crate::problem::{Problem, kind};

/// The prefix of every API operation.
pub const API_PREFIX: &str = "/api/v1";

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody. A token that is sent all the same must count.
    Public,
    /// Everybody with an account.
    Authenticated,
    /// Whose roles have the permission.
    Permission(Permission),
    /// Everybody with a token, guests included; the handler answers 404 for objects of others.
    GuestOrOwner,
}

impl Access {
    /// Its name in the OpenAPI document's `x-access`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Authenticated => "authenticated",
            Self::Permission(permission) => permission.as_str(),
            Self::GuestOrOwner => "guest-or-owner",
        }
    }

    /// Refuses a caller who may not.
    ///
    /// # Errors
    /// 401 without a token that counts, 403 without the permission.
    pub fn check(self, request: &HttpRequest) -> Result<(), Problem> {
        let principal = authenticate(request)?;
        if self == Self::Public {
            return Ok(());
        }
        let principal = principal.ok_or_else(|| Problem::unauthorized("Log in to continue."))?;
        match self {
            Self::Permission(permission) => principal.require(permission),
            Self::Authenticated if principal.is_guest() => Err(Problem::forbidden()),
            Self::Public | Self::Authenticated | Self::GuestOrOwner => Ok(()),
        }
    }
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path after [`API_PREFIX`], with `{name}` for parameters.
    pub path: &'static str,
    /// Its name in the OpenAPI document.
    pub operation_id: &'static str,
    /// Who may call it.
    pub access: Access,
}

impl Route {
    /// An operation.
    pub const fn new(method: Method, path: &'static str, operation_id: &'static str, access: Access) -> Self {
        Self {
            method,
            path,
            operation_id,
            access,
        }
    }

    /// A GET (and HEAD) operation.
    pub const fn get(path: &'static str, operation_id: &'static str, access: Access) -> Self {
        Self::new(Method::GET, path, operation_id, access)
    }

    /// A POST operation.
    pub const fn post(path: &'static str, operation_id: &'static str, access: Access) -> Self {
        Self::new(Method::POST, path, operation_id, access)
    }

    /// A PUT operation.
    pub const fn put(path: &'static str, operation_id: &'static str, access: Access) -> Self {
        Self::new(Method::PUT, path, operation_id, access)
    }

    /// A PATCH operation.
    pub const fn patch(path: &'static str, operation_id: &'static str, access: Access) -> Self {
        Self::new(Method::PATCH, path, operation_id, access)
    }

    /// A DELETE operation.
    pub const fn delete(path: &'static str, operation_id: &'static str, access: Access) -> Self {
        Self::new(Method::DELETE, path, operation_id, access)
    }
}

/// Registers `routes` with `config`. `handler` gives the handler of each operation as `web::to(…)`; method,
/// path and access come from the table.
///
/// Several services may be registered one after the other, also with the same paths: each resource answers
/// for the methods that it has alone. What nobody answers goes to [`fallback`].
pub fn configure(
    config: &mut web::ServiceConfig,
    routes: &[Route],
    handler: impl Fn(&Route) -> actix_web::Route,
) {
    for route in routes {
        let access = route.access;
        let path = route.path;
        let enforce = move |request: ServiceRequest, next: Next<_>| {
            crate::http::found(path);
            enforce(access, request, next)
        };
        let service = handler(route).wrap(from_fn(enforce));
        let methods = if route.method == Method::GET {
            actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head())
        } else {
            actix_web::guard::Any(actix_web::guard::Method(route.method.clone()))
        };
        let path = format!("{API_PREFIX}{}", route.path);
        config.service(
            web::resource(path)
                .name(route.operation_id)
                .guard(methods)
                .route(service),
        );
    }
}

async fn enforce<B: MessageBody + 'static>(
    access: Access,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<actix_web::body::EitherBody<B>>, actix_web::Error> {
    match access.check(request.request()) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(problem) => Ok(request
            .into_response(problem.error_response())
            .map_into_right_body()),
    }
}

/// The routes of every service of the process, for the answer to what nobody answers.
#[derive(Debug, Clone, Default)]
pub struct RouteTable(Vec<Route>);

impl RouteTable {
    /// The table of all `services`' routes.
    pub fn new(services: &[&[Route]]) -> Self {
        Self(
            services
                .iter()
                .flat_map(|routes| routes.iter().cloned())
                .collect(),
        )
    }

    /// Every route.
    pub fn routes(&self) -> &[Route] {
        &self.0
    }

    /// The methods that `path` (with its prefix) answers; none when there is no such path.
    pub fn methods(&self, path: &str) -> Vec<&'static str> {
        let Some(path) = path.strip_prefix(API_PREFIX) else {
            return Vec::new();
        };
        let mut methods: Vec<&'static str> = Vec::new();
        for route in self.0.iter().filter(|route| matches(route.path, path)) {
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

/// Answers what no route answers: 405 with `Allow` where the path exists, else 404. Needs
/// `web::Data<RouteTable>` in the application's data.
#[allow(clippy::unused_async, reason = "a handler is async")]
pub async fn fallback(request: HttpRequest) -> HttpResponse {
    let table = request.app_data::<web::Data<RouteTable>>();
    let methods = table
        .map(|table| table.methods(request.path()))
        .unwrap_or_default();
    if methods.is_empty() {
        return Problem::not_found().error_response();
    }
    let allow = methods.join(", ");
    let problem = Problem::new(
        &kind::METHOD_NOT_ALLOWED,
        format!("This address answers {allow}."),
    );
    match HeaderValue::from_str(&allow) {
        Ok(value) => problem.with_header(header::ALLOW, value).error_response(),
        Err(_) => problem.error_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READS: &[Route] = &[Route::get("/orders/{id}", "getOrder", Access::GuestOrOwner)];
    const WRITES: &[Route] = &[
        Route::post("/orders", "placeOrder", Access::Public),
        Route::post("/orders/{id}/cancellation", "cancelOrder", Access::GuestOrOwner),
    ];

    #[test]
    fn the_methods_of_a_path_are_those_of_all_services() {
        let table = RouteTable::new(&[READS, WRITES]);
        assert_eq!(table.methods("/api/v1/orders/7"), ["GET", "HEAD"]);
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
