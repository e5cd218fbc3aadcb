//! Following the log: one suite against the embedded log and Kafka, and what Kafka alone can do wrong.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss
)]

pub mod fixture;
mod kafka;
mod poison;
mod suite;
