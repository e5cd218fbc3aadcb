//! Compares the committed contracts with the code.
#![allow(clippy::unwrap_used, missing_docs)]

mod codec;
mod golden;
mod json_schemas;
mod sample;
