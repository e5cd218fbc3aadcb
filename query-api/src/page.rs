//! Pages by key: one item more than asked for says whether there is a next page.

use chrono::{DateTime, Utc};
use platform::problem::Problem;
use platform::query::{CursorKey, Limit, Page};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A list with its filters, as its cursors know it.
#[derive(Debug)]
pub(crate) struct List<'a> {
    /// The list's name, with everything that a cursor of it depends on.
    pub name: String,
    /// Signs the cursors.
    pub cursors: &'a CursorKey,
    /// How many items a page has at most.
    pub limit: Limit,
}

impl List<'_> {
    /// How many rows to read: one more than the page has.
    pub fn row_count(&self) -> i64 {
        i64::from(self.limit.get()) + 1
    }

    /// Where the page begins, or `first` without a cursor.
    ///
    /// # Errors
    /// 400 for a cursor that this list did not give out.
    pub fn place<P: DeserializeOwned>(&self, cursor: Option<&str>, first: P) -> Result<P, Problem> {
        cursor.map_or(Ok(first), |cursor| self.cursors.decode(&self.name, cursor))
    }

    /// The page of `rows`, of which the last one past the limit is only a sign.
    ///
    /// # Errors
    /// 500 when a cursor cannot be written.
    pub fn page<R, P: Serialize>(
        &self,
        mut rows: Vec<R>,
        place: impl Fn(&R) -> P,
    ) -> Result<Page<R>, Problem> {
        let limit = self.limit.get() as usize;
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = match rows.last() {
            Some(last) if has_more => Some(self.cursors.encode(&self.name, &place(last))?),
            _ => None,
        };
        Ok(Page {
            items: rows,
            next_cursor,
        })
    }
}

/// A place in a list by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimePlace(pub DateTime<Utc>, pub Uuid);

impl TimePlace {
    /// After everything: where a list begins whose newest item comes first.
    pub fn newest() -> Self {
        let end_of_time = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        Self(end_of_time, Uuid::max())
    }

    /// Before everything: where a list begins whose oldest item comes first.
    pub fn oldest() -> Self {
        Self(DateTime::UNIX_EPOCH, Uuid::nil())
    }
}
