//! The business rules, tested as given/when/then, as tables of the state machines, and as properties of random
//! histories.
#![allow(clippy::unwrap_used, missing_docs)]

mod delivery;
mod evolve;
mod fixture;
mod ledger;
mod machines;
mod order;
mod payment;
mod privacy;
mod product;
mod properties;
mod protocol;
mod refund;
mod returns;
mod steps;
mod stock;
mod text;
mod time;
mod ways_out;
mod world;
