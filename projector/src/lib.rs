//! The projector: events to read models and changes.
//!
//! One reader follows the log in its one global order; each batch of events becomes one transaction that holds
//! the rows of every projection, their checkpoints and the changes for the sockets. After the commit the changes
//! are published to Kafka, at least once and in order.
//!
//! ```no_run
//! # async fn example(pool: sqlx::PgPool) -> Result<(), projector::Error> {
//! for projection in projector::status(&pool).await? {
//!     println!("{} is at {}, {} behind", projection.name, projection.position, projection.lag);
//! }
//! # Ok(()) }
//! ```
//!
//! **Architecture Invariant:** projections know the domain's events and nothing of `decide`; they see no clock,
//! no randomness and no serial, so that rebuilt tables equal live ones byte for byte.
//!
//! **Architecture Invariant:** one projector leads. It holds an advisory lock on the very connection it writes
//! by, and every batch compares and sets the checkpoint: who has lost the lead cannot write.
//!
//! **Architecture Invariant:** no statement names its schema. The connection's search path says whether the live
//! tables or the rebuilt ones are meant, so that both are filled by the same code.

mod batch;
mod checkpoint;
mod checksum;
pub mod dead_letters;
mod decoded_event;
mod error;
mod isolate;
mod leader;
pub mod metrics;
mod options;
mod parking;
mod projection;
mod publish;
mod reader;
mod rebuild;
mod run;
mod status;
mod text_enum;
mod upsert;

pub use batch::CHANGES_CHANNEL;
pub use checksum::{TableChecksum, checksums};
pub use decoded_event::NewerVersion;
pub use error::Error;
pub use leader::SCHEMA;
pub use options::{ChangesTopic, Log, Options};
pub use rebuild::{Rebuilt, drop_rebuilt, rebuild};
pub use run::run;
pub use status::{ProjectionStatus, status};

/// The migrations of schema `read_model`. Several crates' migrators share one database, so each ignores the
/// others' entries.
pub static MIGRATOR: sqlx::migrate::Migrator = {
    let mut migrator = sqlx::migrate!("./migrations");
    migrator.ignore_missing = true;
    migrator
};
