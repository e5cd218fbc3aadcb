//! Replays: a projection is built anew from the event store, in a schema of its own beside the live tables, and takes
//! their place.
//!
//! [`phase`] is the state machine, [`verbs`] what operators do, [`status`] what they see. The leader's [`supervisor`]
//! drives a [`shadow`] per replay, [`compare`]s it with the live tables, and [`switch`]es.
//!
//! **Architecture Invariant:** a shadow writes rows of its own schema, and nothing else: no change, no notification, no
//! letter of its events is published.

pub(crate) mod compare;
mod dry_run;
mod key;
pub(crate) mod phase;
mod plan;
pub(crate) mod row;
pub(crate) mod shadow;
pub(crate) mod shared_log;
mod slot;
mod speed;
pub(crate) mod status;
pub(crate) mod supervisor;
pub(crate) mod switch;
pub(crate) mod verbs;
mod verify;

pub use compare::{ColumnDifference, Report, RowDifference, TableReport};
pub use dry_run::dry_run;
pub use key::rebuild_key;
pub use phase::{Phase, Verb};
pub use schemas::replay::{DryRun, KeyReport};
pub use status::{ReplayStatus, list};
pub use verbs::{Request, Requested, request};

use crate::registry::Registration;

/// The prefix of the schemas of shadows.
const SCHEMA_PREFIX: &str = "read_model_replay_";

/// The schema of a projection's shadow.
pub(crate) fn schema_of(registration: &Registration) -> String {
    format!("{SCHEMA_PREFIX}{}", registration.name)
}
