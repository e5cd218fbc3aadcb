//! The projector turns events into read models and changes.
//!
//! One reader follows the log in its global order; each batch of events is applied in one transaction with the rows of
//! every projection, their checkpoints and the changes for the sockets. After the commit the changes are published to
//! Kafka, at least once and in order.
//!
//! ```no_run
//! # async fn example(pool: sqlx::PgPool) -> Result<(), projector::Error> {
//! for projection in projector::status(&pool).await? {
//!     println!("{} is at {}, {} behind", projection.name, projection.position, projection.lag);
//! }
//! # Ok(()) }
//! ```
//!
//! **Architecture Invariant:** projections depend on the domain's events but not on `decide`; they use no clock, no
//! randomness and no serial, so that rebuilt tables equal live ones byte for byte.
//!
//! **Architecture Invariant:** one projector leads. It holds an advisory lock on the connection that it writes with,
//! and every batch compares and sets its position: a projector that has lost the lead cannot write.
//!
//! **Architecture Invariant:** a projection whose rows are out of date does not stop the others. It is replayed next to
//! them (`replay/`), and the leader switches to the new tables between two of its batches.
//!
//! **Architecture Invariant:** no statement names its schema. The connection's search path selects the live tables or
//! the rebuilt ones, so that the same code fills both.

mod batch;
mod checkpoint;
mod checksum;
mod column;
mod copy;
pub mod dead_letters;
mod decoded_event;
mod error;
mod isolate;
mod keyed_table;
mod leader;
pub mod metrics;
pub mod operator_actions;
mod options;
mod parking;
pub mod past;
mod projection;
mod publish;
mod reader;
mod rebuild;
mod registry;
pub mod replay;
mod restart;
mod run;
mod status;
mod upsert;

pub use batch::CHANGES_NOTIFICATION;
pub use checksum::{LiveChecksums, checksums, hold_live_tables, live_checksums};
pub use decoded_event::NewerVersion;
pub use error::Error;
pub use leader::SCHEMA;
pub use options::{ChangesTopic, Log, Options};
pub use rebuild::rebuild;
pub use rebuild::scratch::ScratchSchema;
pub use registry::{Release, projection_names};
pub use restart::restart;
pub use run::run;
pub use schemas::replay::TableChecksum;
pub use status::{ProjectionStatus, is_running, status, status_within};

/// The migrations of schema `read_model`. Several crates' migrators share one database, so each ignores the
/// others' entries.
pub static MIGRATOR: sqlx::migrate::Migrator = {
    let mut migrator = sqlx::migrate!("./migrations");
    migrator.ignore_missing = true;
    migrator
};
