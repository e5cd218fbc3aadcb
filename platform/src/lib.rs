//! Building blocks that every service needs and no service owns: configuration, verified tokens, problem+json, strict
//! extractors, routing tables, telemetry, a clock, handles to Postgres and Kafka, and graceful shutdown.
//!
//! It is not a framework: each service composes these parts itself. It contains no business concept.
//!
//! ```
//! use platform::problem::{self, Problem};
//!
//! let problem = Problem::new(&problem::kind::NOT_FOUND, "Page not found.");
//! assert_eq!(problem.kind().status, 404);
//! ```
//!
//! **Architecture Invariant:** this crate depends on no other crate of the workspace.
//!
//! **Architecture Invariant:** every error answer is a [`problem::Problem`]; its cause is logged and never
//! sent.
//!
//! **Architecture Invariant:** which roles may call an operation is declared once, in its
//! [`route::Route`], and enforced there, before the handler runs.

pub mod answer;
pub mod auth;
pub mod causes;
pub mod clock;
pub mod config;
pub mod http;
pub mod json;
pub mod kafka;
pub mod metrics;
pub mod path;
pub mod permits;
pub mod postgres;
pub mod problem;
pub mod query;
pub mod rate;
pub mod route;
pub mod shutdown;
pub mod storage;
pub mod telemetry;
