//! Documentation of a handler's arguments.

use actix_web::{HttpRequest, web};
use schemars::JsonSchema;

use super::operation::Operation;
use crate::auth::{Authenticated, MaybeAuthenticated};
use crate::json::{Json, JsonOrDefault};
use crate::path::PathId;
use crate::problem::kind;
use crate::query::Query;

/// An argument of a handler, read from a part of the request.
pub trait DocumentedArgument {
    /// Adds what it reads, and the problems it answers with.
    fn document(operation: &mut Operation<'_>);
}

/// All arguments of a handler.
pub trait DocumentedArguments {
    /// Adds what each of them reads.
    fn document(operation: &mut Operation<'_>);
}

macro_rules! tuples {
    ($(($($argument:ident)*))+) => {$(
        impl<$($argument: DocumentedArgument),*> DocumentedArguments for ($($argument,)*) {
            #[allow(unused_variables, reason = "the empty tuple documents nothing")]
            fn document(operation: &mut Operation<'_>) {
                $($argument::document(operation);)*
            }
        }
    )+};
}

tuples! {
    () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F)
}

fn body_problems(operation: &mut Operation<'_>) {
    for kind in [
        &kind::MALFORMED_JSON,
        &kind::TOO_DEEP,
        &kind::DUPLICATE_KEY,
        &kind::REQUEST_TIMEOUT,
        &kind::PAYLOAD_TOO_LARGE,
        &kind::UNSUPPORTED_MEDIA_TYPE,
        &kind::VALIDATION,
    ] {
        operation.problem(kind);
    }
}

impl<T: JsonSchema> DocumentedArgument for Json<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.json_body::<T>(true);
        operation.problem(&kind::EMPTY_BODY);
        body_problems(operation);
    }
}

impl<T: JsonSchema> DocumentedArgument for JsonOrDefault<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.json_body::<T>(false);
        body_problems(operation);
    }
}

impl<T: JsonSchema> DocumentedArgument for Query<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.query_parameters::<T>();
        operation.problem(&kind::MALFORMED_QUERY);
        operation.problem(&kind::VALIDATION);
    }
}

impl<T: JsonSchema> DocumentedArgument for PathId<T> {
    fn document(operation: &mut Operation<'_>) {
        operation.path_parameter::<T>();
        operation.problem(&kind::NOT_FOUND);
    }
}

impl<T> DocumentedArgument for web::Data<T> {
    fn document(_: &mut Operation<'_>) {}
}

impl DocumentedArgument for Authenticated {
    fn document(_: &mut Operation<'_>) {}
}

impl DocumentedArgument for MaybeAuthenticated {
    fn document(_: &mut Operation<'_>) {}
}

impl DocumentedArgument for HttpRequest {
    fn document(_: &mut Operation<'_>) {}
}
