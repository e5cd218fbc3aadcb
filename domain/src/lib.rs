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

pub mod command;
mod decide;
pub mod delivery;
pub mod error;
pub mod event;
pub mod evolve;
pub mod id;
pub mod money;
pub mod order;
pub mod payment;
pub mod product;
pub mod returns;
pub mod sealed;
pub mod sku;
pub mod state;
pub mod stock;
pub mod stream;
pub mod validate;
mod view;

pub use command::Command;
pub use decide::{Context, NewEvent, Refusal, decide};
pub use delivery::DeliveryState;
pub use error::{Error, ErrorKind};
pub use event::Event;
pub use id::{AccountId, DeliveryId, OrderId, PaymentId, PersonId, ProviderReference, RefundId, ReturnId};
pub use money::{Currency, Money};
pub use order::OrderState;
pub use payment::PaymentState;
pub use product::ProductState;
pub use returns::ReturnState;
pub use sealed::Sealed;
pub use sku::Sku;
pub use state::State;
pub use stock::StockState;
pub use stream::{StreamId, StreamType};
pub use view::View;
