//! The context of a command in a request: caller, idempotency key, trace.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use domain::{AccountId, Command, OrderId};
use platform::auth::{Permission, Principal, authenticate};
use platform::http::context;
use platform::problem::{Problem, kind};
use platform::route::{DocumentedArgument, Operation};
use schemas::envelope::Actor;
use serde_json::json;

use super::problem::{IntoProblem, KEY_REUSED};
use crate::api::Api;
use crate::executor::{Accepted, Idempotency, Submission};
use crate::idempotency::{self, IdempotencyKey};

/// The context of a command.
#[derive(Debug, Clone)]
pub(super) struct Call {
    principal: Option<Arc<Principal>>,
    key: IdempotencyKey,
    method: String,
    path: String,
}

impl FromRequest for Call {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::new(request))
    }
}

impl Call {
    fn new(request: &HttpRequest) -> Result<Self, Problem> {
        let principal = authenticate(request)?;
        let api = request
            .app_data::<web::Data<Api>>()
            .ok_or_else(|| Problem::internal("the application has no command API"))?;
        api.storage.check()?;
        let key = IdempotencyKey::parse(
            request
                .headers()
                .get("idempotency-key")
                .map(header::HeaderValue::as_bytes),
        )?;
        let (method, path) = (request.method().to_string(), request.path().to_owned());
        Ok(Self {
            principal,
            key,
            method,
            path,
        })
    }

    /// The idempotency key.
    pub(super) fn key(&self) -> &str {
        self.key.as_str()
    }

    /// The authenticated caller. The route's access ensures that there is one.
    pub(super) fn principal(&self) -> Result<&Principal, Problem> {
        self.principal
            .as_deref()
            .ok_or_else(|| Problem::unauthorized("Log in to continue."))
    }

    /// The caller's account; `None` for guests and anonymous callers.
    pub(super) fn account_id(&self) -> Option<AccountId> {
        self.principal
            .as_deref()
            .and_then(Principal::account_id)
            .map(AccountId::from_uuid)
    }

    /// Whether the caller has `permission`.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.principal
            .as_deref()
            .is_some_and(|principal| principal.may(permission))
    }

    /// Whether the caller is the guest who placed this order.
    pub(super) fn is_guest_of(&self, order_id: OrderId) -> bool {
        let guest = self.principal.as_deref().and_then(Principal::guest_order_id);
        guest == Some(order_id.as_uuid())
    }

    /// The command with its context; `body` is the request body, for the idempotency key.
    pub(super) fn submission(&self, command: impl Into<Command>, body: &[u8]) -> Result<Submission, Problem> {
        let scope = idempotency::scope(self.principal.as_deref())
            .ok_or_else(|| Problem::unauthorized("Log in to continue."))?;
        Ok(self.submission_in(scope, command, body))
    }

    /// The command with its context, with the idempotency key in a scope chosen by the handler.
    pub(super) fn submission_in(
        &self,
        scope: String,
        command: impl Into<Command>,
        body: &[u8],
    ) -> Submission {
        Submission {
            command: command.into(),
            idempotency: Some(Idempotency {
                scope,
                key: self.key.as_str().to_owned(),
                request_hash: idempotency::request_hash(&self.method, &self.path, body),
            }),
            actor: self.actor(),
            occurred_at: None,
            cause: None,
            traceparent: context::traceparent(),
            new_keys: Vec::new(),
        }
    }

    /// Executes the command; `body` is the request body.
    pub(super) async fn execute(
        &self,
        api: &Api,
        command: impl Into<Command>,
        body: &[u8],
    ) -> Result<Accepted, Problem> {
        execute(api, self.submission(command, body)?).await
    }

    /// A further command of the same request. `step` makes its idempotency key different from that of the first.
    pub(super) fn step(first: &Submission, step: &str, command: impl Into<Command>) -> Submission {
        let mut next = first.clone();
        next.command = command.into();
        next.new_keys.clear();
        if let Some(idempotency) = &mut next.idempotency {
            // A caller's key cannot contain a space, so no caller can choose this one.
            idempotency.key = format!("{} {step}", idempotency.key);
        }
        next
    }

    fn actor(&self) -> Actor {
        match self.account_id() {
            Some(account_id) => Actor::Account {
                account_id: account_id.as_uuid(),
            },
            None => Actor::Guest,
        }
    }
}

/// Executes a command.
pub(super) async fn execute(api: &Api, submission: Submission) -> Result<Accepted, Problem> {
    let outcome = api.executor.execute(submission).await;
    outcome.map_err(IntoProblem::into_problem)
}

impl DocumentedArgument for Call {
    fn document(operation: &mut Operation<'_>) {
        operation.required_header(
            "Idempotency-Key",
            "Names this command, so that sending it again changes nothing.",
            json!({"type": "string", "minLength": 1, "maxLength": 255}),
        );
        for kind in [
            &kind::INVALID_HEADER,
            &kind::CONFLICT,
            &KEY_REUSED,
            &kind::STORAGE_FULL,
            &kind::OVERLOADED,
        ] {
            operation.problem(kind);
        }
    }
}

/// The version that a client expects, from `If-Match`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IfMatch {
    /// Any version, if the resource exists.
    Any,
    /// This version.
    Version(i64),
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::parse(
            request
                .headers()
                .get(header::IF_MATCH)
                .map(header::HeaderValue::as_bytes),
        ))
    }
}

impl IfMatch {
    fn parse(value: Option<&[u8]>) -> Result<Self, Problem> {
        let Some(value) = value else {
            let detail = "This needs an If-Match header with the version you have seen.";
            return Err(Problem::new(&kind::PRECONDITION_REQUIRED, detail));
        };
        if value == b"*" {
            return Ok(Self::Any);
        }
        let version = std::str::from_utf8(value)
            .ok()
            .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        version.map(Self::Version).ok_or_else(|| {
            Problem::new(
                &kind::INVALID_HEADER,
                "If-Match has one quoted version, such as \"7\".",
            )
        })
    }

    /// Rejects a version other than the expected one.
    pub(super) fn check(self, version: i64) -> Result<(), Problem> {
        match self {
            Self::Version(expected) if expected != version => {
                let detail = format!("You have seen version {expected}; it is {version} now.");
                Err(Problem::new(&kind::PRECONDITION_FAILED, detail).with_member("version", version))
            }
            _ => Ok(()),
        }
    }
}

impl DocumentedArgument for IfMatch {
    fn document(operation: &mut Operation<'_>) {
        operation.required_header(
            "If-Match",
            "The version that was seen, quoted, as the ETag gave it; or `*` for any.",
            json!({"type": "string"}),
        );
        for kind in [
            &kind::INVALID_HEADER,
            &kind::PRECONDITION_FAILED,
            &kind::PRECONDITION_REQUIRED,
        ] {
            operation.problem(kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_is_required_and_parsed() {
        assert_eq!(IfMatch::parse(None).unwrap_err().kind().status, 428);
        assert_eq!(IfMatch::parse(Some(b"*")).unwrap(), IfMatch::Any);
        assert_eq!(IfMatch::parse(Some(b"\"7\"")).unwrap(), IfMatch::Version(7));
        assert_eq!(IfMatch::parse(Some(b"7")).unwrap_err().kind().status, 400);
        assert_eq!(IfMatch::Version(7).check(8).unwrap_err().kind().status, 412);
        assert!(IfMatch::Version(7).check(7).is_ok());
    }
}
