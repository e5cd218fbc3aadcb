//! The interface of projections.

use async_trait::async_trait;
use domain::Event;
use schemas::change::{Change, ChangeKind, Readers};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use sqlx::PgConnection;

use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};

pub(crate) mod analytics;
pub(crate) mod delivery;
pub(crate) mod order;
pub(crate) mod payment;
pub(crate) mod product;
pub(crate) mod stock;
mod timeline;

/// A pure mapping from events to row changes, and the SQL that loads and writes the rows. One value serves one batch,
/// and holds the rows that the batch touches.
///
/// **Architecture Invariant:** no clock, no randomness, no serial. The same events result in the same rows, however
/// they are divided into batches.
#[async_trait]
pub(crate) trait Projection: Send {
    /// Loads the rows that `events` will change, by one statement per table. A replay loads and applies several times before
    /// it writes; rows that are loaded are not loaded again.
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error>;

    /// Applies one event. If it fails, nothing has changed.
    fn apply(
        &mut self,
        decoded: &DecodedEvent,
        event: &Event,
        changes: &mut Changes,
    ) -> Result<(), Inapplicable>;

    /// Writes the changed rows, by one statement per table, or two: one for the new ones.
    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        changes: &mut Changes,
    ) -> Result<(), sqlx::Error>;
}

/// The changes of one batch, for the sockets; a rebuild collects none.
#[derive(Debug)]
pub(crate) struct Changes {
    list: Vec<Change>,
    wanted: bool,
}

/// The subject of a change.
#[derive(Debug)]
pub(crate) struct Subject {
    /// Position of the event that caused it.
    pub position: i64,
    /// What changed.
    pub kind: ChangeKind,
    /// The row.
    pub key: String,
}

impl Changes {
    /// Creates a collection that keeps changes.
    pub fn wanted() -> Self {
        Self {
            list: Vec::new(),
            wanted: true,
        }
    }

    /// Creates a collection that discards changes.
    pub fn suppressed() -> Self {
        Self {
            list: Vec::new(),
            wanted: false,
        }
    }

    /// Whether changes are kept. If not, a projection need not collect their data.
    pub const fn are_wanted(&self) -> bool {
        self.wanted
    }

    /// Adds the row `data` as of the event at the subject's position.
    pub fn push<T: Serialize>(&mut self, subject: Subject, channels: impl FnOnce() -> Vec<String>, data: &T) {
        self.push_for(subject, channels, data, Readers::default);
    }

    /// Like [`Changes::push`], for channels whose readers do not all receive the same.
    pub fn push_for<T: Serialize>(
        &mut self,
        subject: Subject,
        channels: impl FnOnce() -> Vec<String>,
        data: &T,
        readers: impl FnOnce() -> Readers,
    ) {
        if !self.wanted {
            return;
        }
        let Subject { position, kind, key } = subject;
        self.list.push(Change {
            position,
            channels: channels(),
            kind: kind.as_str().to_owned(),
            key,
            data: raw(data),
            origin: schemas::change::Origin::default(),
            readers: readers(),
        });
    }

    /// Returns the changes, sorted by position.
    pub fn into_sorted(mut self) -> Vec<Change> {
        self.list.sort_by_key(|change| change.position);
        self.list
    }
}

/// A row as JSON.
pub(crate) fn raw<T: Serialize>(row: &T) -> Box<RawValue> {
    to_raw_value(row).expect("rows have string keys and nothing that fails to serialise")
}
