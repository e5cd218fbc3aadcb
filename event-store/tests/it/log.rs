//! Following the log: one suite for the embedded log and Kafka, and tests of the faults that only Kafka can have.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss
)]

pub mod fixture;
mod kafka;
mod poison;
mod suite;
