//! The business rules of Waybill as pure functions: commands, events, states, `decide` and `evolve`.
//!
//! The path of an order through this crate: [`Command::PlaceOrder`] is decided by [`decide`] on a [`View`] of the
//! streams it touches; the resulting [`Event`]s are appended by the executor; [`StreamState::evolve`] folds them into
//! state. Each aggregate is a module, with its life cycle in its first lines: [`product`], [`stock`], [`order`],
//! [`payment`], [`delivery`], [`returns`], [`privacy`].
//!
//! Permissions of accounts, texts of the interface and all I/O belong elsewhere. That only the assigned courier moves a
//! delivery is a business rule, and belongs here.
//!
//! ```
//! use std::collections::HashMap;
//!
//! use domain::order::{Customer, PlaceOrder, RequestedLines, WebLine};
//! use domain::product::ListProduct;
//! use domain::{Command, Context, Currency, Error, Money, Refusal, Sku, StreamState, StreamId, View, decide};
//! # use domain::{AccountId, DeliveryId, OrderId, PaymentId};
//! # let id = |number| uuid::Uuid::from_u128(number);
//!
//! /// The streams that were loaded.
//! #[derive(Default)]
//! struct Loaded(HashMap<StreamId, StreamState>);
//!
//! impl Loaded {
//!     fn load(&mut self, command: &Command) {
//!         for stream in command.streams() {
//!             let initial = StreamState::initial(stream.stream_type());
//!             self.0.entry(stream).or_insert(initial);
//!         }
//!     }
//! }
//!
//! impl View for Loaded {
//!     fn state(&self, stream: &StreamId) -> Option<&StreamState> {
//!         self.0.get(stream)
//!     }
//! }
//!
//! let mut loaded = Loaded::default();
//! let context = Context { now: "2026-03-01T12:00:00Z".parse()? };
//!
//! // A seller lists a mug: one event, which is folded into the product's state.
//! let list = Command::from(ListProduct {
//!     sku: Sku::parse("MUG")?,
//!     name: "A mug".to_owned(),
//!     description: String::new(),
//!     category: "kitchen".to_owned(),
//!     price: Money::new(1_000, Currency::Gbp),
//!     seller_id: AccountId::from_uuid(id(1)),
//! });
//! loaded.load(&list);
//! for new in decide(&list, &context, &loaded)? {
//!     assert_eq!(new.event.event_type().name, "ProductListed");
//!     loaded.0.get_mut(&new.stream).expect("it was loaded").evolve(&new.event, context.now)?;
//! }
//!
//! // A guest orders two, and none is available: a rejection with the facts, and no events.
//! let place = Command::from(PlaceOrder {
//!     order_id: OrderId::from_uuid(id(2)),
//!     customer: Customer::Guest,
//!     lines: RequestedLines::Web(vec![WebLine {
//!         sku: Sku::parse("MUG")?,
//!         quantity: 2,
//!         expected_unit_price_minor: Some(1_000),
//!     }]),
//!     country: "United Kingdom".to_owned(),
//!     contact: None,
//!     payment_id: PaymentId::from_uuid(id(3)),
//!     delivery_id: DeliveryId::from_uuid(id(4)),
//!     reservation_expires_at: "2026-03-01T12:15:00Z".parse()?,
//! });
//! loaded.load(&place);
//! let refusal = decide(&place, &context, &loaded).unwrap_err();
//! let Refusal::Rejected(Error::InsufficientStock { lines }) = refusal else { panic!("{refusal}") };
//! assert_eq!((lines[0].requested, lines[0].available), (2, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Architecture Invariant:** no I/O, no async, no clock, no randomness in this crate. Time and new ids come with the
//! command and the [`Context`]. `decide` and `evolve` are total and deterministic.
//!
//! **Architecture Invariant:** a decision writes only to streams whose state it has seen, so that their versions can be
//! checked when it is appended.
//!
//! **Architecture Invariant:** personal data in events is never in plain text; it is already [`Sealed`] in the command.

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
pub mod privacy;
pub mod product;
mod refusal;
pub mod returns;
pub mod sealed;
pub mod sku;
pub mod state;
pub mod stock;
pub mod stream;
pub mod text;
pub mod validate;
mod view;

pub use command::Command;
pub use decide::{Context, NewEvent, decide};
pub use delivery::DeliveryState;
pub use error::{Error, ErrorKind};
pub use event::Event;
pub use id::{AccountId, DeliveryId, OrderId, PaymentId, PersonId, ProviderReference, RefundId, ReturnId};
pub use money::{AMOUNT_MAX, Currency, Money};
pub use order::OrderState;
pub use payment::PaymentState;
pub use privacy::PersonState;
pub use product::ProductState;
pub use refusal::Refusal;
pub use returns::ReturnState;
pub use sealed::{FreeText, Sealed};
pub use sku::Sku;
pub use state::StreamState;
pub use stock::StockState;
pub use stream::{StreamId, StreamType};
pub use view::View;
