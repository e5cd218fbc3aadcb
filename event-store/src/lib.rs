//! Event store: append, load, read by position, and the log that consumers follow.
//!
//! Postgres holds one table of immutable events and one row for the head of the log. [`Store::append`] stores
//! the events of many commands in one call. Positions are gapless and in commit order, so a reader that has
//! seen position *n* has seen every event up to *n*.
//!
//! ```no_run
//! # async fn example(pool: sqlx::PgPool) -> Result<(), event_store::Error> {
//! let store = event_store::Store::new(pool);
//! for event in store.read(0, 100).await? {
//!     println!("{} {} {}", event.position, event.stream_id, event.event_type);
//! }
//! # Ok(()) }
//! ```
//!
//! **Architecture Invariant:** no business concepts in this crate: it knows streams, events and keys, not
//! orders.
//!
//! **Architecture Invariant:** the only statement that writes events is the SQL function
//! `event_store.append`; no code updates or deletes events, and the database rejects it.

pub mod anchor;
pub mod append;
pub mod browse;
pub mod error;
pub mod follow;
pub mod handover;
pub mod hash;
pub mod kafka;
pub mod keys;
pub mod metrics;
pub mod relay;
pub mod store;
pub mod verification;
pub mod verify;
pub mod wakeup;

pub use append::{
    Append, ChainedEvent, ClaimedAnswer, EventDraft, IdempotencyClaim, NewSubjectKey, Outcome, StoredAnswer,
    StreamClaim,
};
pub use error::Error;
pub use follow::Follower;
pub use hash::StreamHead;
pub use keys::KeyRing;
pub use relay::Relay;
pub use store::Store;
pub use wakeup::Wakeup;

/// Migrations of schema `event_store`. Several crates' migrators share one database, so each ignores the
/// entries of the others.
pub static MIGRATOR: sqlx::migrate::Migrator = {
    let mut migrator = sqlx::migrate!("./migrations");
    migrator.ignore_missing = true;
    migrator
};
