//! The whole: how the crates hang together, and flows across services.
#![allow(clippy::unwrap_used, missing_docs)]

mod check;
mod cli;
mod contract;
mod dependencies;
mod import;
mod import_instance;
