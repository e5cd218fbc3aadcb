//! Tables of operations. A service declares each operation once, with its handler and who may call it; the table builds
//! the router, enforces the access, answers 404 and 405, and writes its part of the OpenAPI document. The types of the
//! handler define what an operation reads and answers.

use std::fmt;
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, Handler, HttpRequest, ResponseError, web};
use serde_json::{Map, Value, json};

use crate::answer::DocumentedAnswer;
use crate::auth::{Permission, authenticate};
use crate::http::throttle;
use crate::problem::{Kind, Problem, kind};

mod argument;
mod deadline;
mod operation;
mod table;

pub use argument::{DocumentedArgument, DocumentedArguments};
pub use operation::{Operation, Schemas};
pub(crate) use table::unanswered;
pub use table::{RouteTable, fallback};

pub(crate) use deadline::Deadline;

/// The prefix of every API operation.
pub const API_PREFIX: &str = "/api/v1";

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone; a token is not even read.
    Open,
    /// Anyone. A token, if sent, must be valid.
    Public,
    /// Any caller with an account.
    Authenticated,
    /// Any caller whose roles have the permission.
    Permission(Permission),
    /// Any caller with a token, guests included; the handler answers 404 for objects of others.
    GuestOrOwner,
}

impl Access {
    /// Its name in the OpenAPI document's `x-access`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open | Self::Public => "public",
            Self::Authenticated => "authenticated",
            Self::Permission(permission) => permission.as_str(),
            Self::GuestOrOwner => "guest-or-owner",
        }
    }

    /// Refuses a caller without access.
    ///
    /// # Errors
    /// 401 without a valid token, 403 without the permission.
    pub fn check(self, request: &HttpRequest) -> Result<(), Problem> {
        if self == Self::Open {
            return Ok(());
        }
        let principal = authenticate(request)?;
        if self == Self::Public {
            return Ok(());
        }
        let principal = principal.ok_or_else(|| Problem::unauthorized("Log in to continue."))?;
        match self {
            Self::Permission(permission) => principal.require(permission),
            Self::Authenticated if principal.is_guest() => Err(Problem::forbidden()),
            Self::Open | Self::Public | Self::Authenticated | Self::GuestOrOwner => Ok(()),
        }
    }

    /// Adds the authentication, and the problems that every operation with this access has.
    fn document(self, operation: &mut Operation<'_>) {
        operation.problem(&kind::INTERNAL);
        operation.problem(&kind::METHOD_NOT_ALLOWED);
        operation.problem(&kind::URI_TOO_LONG);
        operation.problem(&kind::HEADERS_TOO_LARGE);
        if self == Self::Open {
            return;
        }
        operation.problem(&kind::UNAUTHORIZED);
        operation.problem(&kind::NOT_ACCEPTABLE);
        operation.problem(&kind::RATE_LIMITED);
        operation.problem(&kind::UNAVAILABLE);
        match self {
            Self::Permission(_) | Self::Authenticated => operation.problem(&kind::FORBIDDEN),
            Self::Open | Self::Public | Self::GuestOrOwner => {}
        }
        if self == Self::Public {
            operation.no_security();
        }
        operation.security("bearer");
    }
}

/// One operation: its row in the table of a service.
#[derive(Clone)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The prefix of the path: [`API_PREFIX`], or nothing.
    prefix: &'static str,
    /// The path after the prefix, with `{name}` for a parameter.
    pub path: &'static str,
    /// Its name in the OpenAPI document.
    pub operation_id: &'static str,
    /// Who may call it.
    pub access: Access,
    summary: &'static str,
    description: &'static str,
    tag: &'static str,
    problems: Vec<&'static Kind>,
    handler: Arc<dyn Fn() -> actix_web::Route + Send + Sync>,
    document: fn(&mut Operation<'_>),
}

impl fmt::Debug for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Route")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("operation_id", &self.operation_id)
            .field("access", &self.access)
            .finish_non_exhaustive()
    }
}

macro_rules! methods {
    ($($(#[$doc:meta])* $name:ident = $method:ident;)+) => {$(
        $(#[$doc])*
        pub fn $name<H, Args>(path: &'static str, operation_id: &'static str, access: Access, handler: H) -> Self
        where
            H: Handler<Args> + Send + Sync,
            H::Output: DocumentedAnswer + 'static,
            Args: FromRequest + DocumentedArguments + 'static,
        {
            Self::new((Method::$method, API_PREFIX, path), operation_id, access, handler)
        }
    )+};
}

impl Route {
    methods! {
        /// A GET (and HEAD) operation at `path` after [`API_PREFIX`].
        get = GET;
        /// A POST operation at `path` after [`API_PREFIX`].
        post = POST;
        /// A PUT operation at `path` after [`API_PREFIX`].
        put = PUT;
        /// A PATCH operation at `path` after [`API_PREFIX`].
        patch = PATCH;
        /// A DELETE operation at `path` after [`API_PREFIX`].
        delete = DELETE;
    }

    /// A GET operation outside of the API, at exactly `path`, for which no token is read.
    pub fn get_outside<H, Args>(path: &'static str, operation_id: &'static str, handler: H) -> Self
    where
        H: Handler<Args> + Send + Sync,
        H::Output: DocumentedAnswer + 'static,
        Args: FromRequest + DocumentedArguments + 'static,
    {
        Self::new((Method::GET, "", path), operation_id, Access::Open, handler)
    }

    fn new<H, Args>(
        (method, prefix, path): (Method, &'static str, &'static str),
        operation_id: &'static str,
        access: Access,
        handler: H,
    ) -> Self
    where
        H: Handler<Args> + Send + Sync,
        H::Output: DocumentedAnswer + 'static,
        Args: FromRequest + DocumentedArguments + 'static,
    {
        Self {
            method,
            prefix,
            path,
            operation_id,
            access,
            summary: "",
            description: "",
            tag: "",
            problems: Vec::new(),
            handler: Arc::new(move || web::to(handler.clone())),
            document: |operation| {
                Args::document(operation);
                <H::Output as DocumentedAnswer>::document(operation);
            },
        }
    }

    /// Sets the summary, a few words on what it does.
    pub fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// Sets the description, for what the summary leaves out.
    pub fn description(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Sets the tag under which the document groups it.
    pub fn tag(mut self, tag: &'static str) -> Self {
        self.tag = tag;
        self
    }

    /// Adds problems it answers with, besides those that follow from its access and its arguments.
    pub fn problems(mut self, kinds: &[&'static Kind]) -> Self {
        self.problems.extend(kinds);
        self
    }

    /// The path with its prefix.
    pub fn full_path(&self) -> String {
        format!("{}{}", self.prefix, self.path)
    }

    /// Its entry in the OpenAPI document.
    pub fn document(&self, schemas: &mut Schemas) -> Map<String, Value> {
        let mut operation = Operation::new(schemas, self.path);
        self.access.document(&mut operation);
        (self.document)(&mut operation);
        for kind in &self.problems {
            operation.problem(kind);
        }
        let mut entry = Map::new();
        entry.insert("operationId".to_owned(), self.operation_id.into());
        entry.insert("x-access".to_owned(), self.access.as_str().into());
        entry.insert("tags".to_owned(), json!([self.tag]));
        entry.insert("summary".to_owned(), self.summary.into());
        if !self.description.is_empty() {
            entry.insert("description".to_owned(), self.description.into());
        }
        entry.extend(operation.finish());
        entry
    }
}

/// Registers `routes` with `config`.
///
/// Several services may be registered one after the other, even with the same paths: each resource answers only its own
/// methods. Requests that match no route go to [`fallback`].
pub fn configure(config: &mut web::ServiceConfig, routes: &[Route]) {
    for route in routes {
        let access = route.access;
        let path = route.path;
        let enforce = move |request: ServiceRequest, next: Next<_>| {
            crate::http::found(path);
            enforce(access, request, next)
        };
        let service = (route.handler)().wrap(from_fn(enforce));
        let methods = if route.method == Method::GET {
            actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head())
        } else {
            actix_web::guard::Any(actix_web::guard::Method(route.method.clone()))
        };
        config.service(
            web::resource(route.full_path())
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
    let admitted = access.check(request.request()).and_then(|()| match access {
        Access::Open => Ok(()),
        _ => throttle::check(request.request()),
    });
    if let Err(problem) = admitted {
        return Ok(request
            .into_response(problem.error_response())
            .map_into_right_body());
    }
    let (deadline, is_read) = (Deadline::start(request.request()), request.method().is_safe());
    tokio::select! {
        response = next.call(request) => Ok(response?.map_into_left_body()),
        () = deadline.passed() => Err(Deadline::problem(is_read).into()),
    }
}
