//! The interface of projections.

use async_trait::async_trait;
use domain::{Currency, Event};
use schemas::change::{Change, ChangeKind};
use serde::Serialize;
use sqlx::PgConnection;

use crate::decoded_event::{DecodedEvent, Inapplicable};

pub(crate) mod analytics;
pub(crate) mod delivery;
pub(crate) mod order;
pub(crate) mod payment;
pub(crate) mod product;
pub(crate) mod stock;
mod timeline;

/// A pure map from events to row changes, and the SQL that loads and writes the rows. One value serves one
/// batch: it holds the rows the batch touches.
///
/// **Architecture Invariant:** no clock, no randomness, no serial. After the same events the rows are the
/// same, wherever one batch ended and the next began.
#[async_trait]
pub(crate) trait Projection: Send {
    /// Reads the rows that `events` will change, by one statement a table.
    async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
    ) -> Result<(), sqlx::Error>;

    /// Applies one event. When it fails, nothing has changed.
    fn apply(
        &mut self,
        decoded: &DecodedEvent,
        event: &Event,
        changes: &mut Changes,
    ) -> Result<(), Inapplicable>;

    /// Writes what changed, by one statement a table.
    async fn write(
        &mut self,
        connection: &mut PgConnection,
        changes: &mut Changes,
    ) -> Result<(), sqlx::Error>;
}

/// The changes of one batch, for the sockets; a rebuild collects none.
#[derive(Debug)]
pub(crate) struct Changes {
    list: Vec<Change>,
    wanted: bool,
}

/// What a change is about.
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
    /// Collects changes.
    pub fn wanted() -> Self {
        Self {
            list: Vec::new(),
            wanted: true,
        }
    }

    /// Collects nothing.
    pub fn suppressed() -> Self {
        Self {
            list: Vec::new(),
            wanted: false,
        }
    }

    /// Adds the row `data` as it is after the event at the subject's position.
    pub fn push<T: Serialize>(&mut self, subject: Subject, channels: impl FnOnce() -> Vec<String>, data: &T) {
        if !self.wanted {
            return;
        }
        let data = serde_json::value::to_raw_value(data)
            .expect("rows have string keys and nothing that fails to serialise");
        let Subject { position, kind, key } = subject;
        self.list.push(Change {
            position,
            channels: channels(),
            kind: kind.as_str().to_owned(),
            key,
            data,
            origin: schemas::change::Origin::default(),
        });
    }

    /// The changes, by position.
    pub fn into_sorted(mut self) -> Vec<Change> {
        self.list.sort_by_key(|change| change.position);
        self.list
    }
}

/// The ISO 4217 code of a currency, as tables and answers have it.
const fn currency_code(currency: Currency) -> &'static str {
    match currency {
        Currency::Gbp => "GBP",
        Currency::Eur => "EUR",
        Currency::Usd => "USD",
    }
}
