//! The business of Waybill as pure functions: commands, events, state, `decide` and `evolve`.
//!
//! An order's way through this crate: [`Command::PlaceOrder`] is decided by [`decide`] against a [`View`]
//! of the streams it touches; the resulting [`Event`]s are appended by the executor; [`State::evolve`] folds
//! them back into state.
//!
//! **Architecture Invariant:** no I/O, no async, no clock, no randomness in this crate. Time and new ids come
//! in with the command and the [`Context`]. `decide` and `evolve` are total and deterministic.
//!
//! **Architecture Invariant:** personal data never stands in an event in the clear; it arrives here already
//! [`Sealed`].

pub mod delivery;
pub mod event;
pub mod id;
pub mod money;
pub mod order;
pub mod payment;
pub mod product;
pub mod returns;
pub mod sealed;
pub mod sku;
pub mod stock;
pub mod stream;

pub use event::Event;
pub use id::{AccountId, DeliveryId, OrderId, PaymentId, PersonId, ProviderReference, RefundId, ReturnId};
pub use money::{Currency, Money};
pub use sealed::Sealed;
pub use sku::Sku;
pub use stream::{StreamId, StreamType};
