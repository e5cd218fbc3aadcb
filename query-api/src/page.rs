//! Pages by key: each query reads one row more than the limit, to find out whether there is a next page.

use chrono::{DateTime, Utc};
use platform::problem::Problem;
use platform::query::{CursorKey, Limit, Page};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::Api;
use crate::position::{MinPosition, ReadModels};

/// The parameters of every list; of one without filters, all.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// How many items at most.
    #[serde(default)]
    pub limit: Limit,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Wait until the read models have reached this position.
    pub min_position: Option<MinPosition>,
}

/// A list with its filters, as identified by its cursors.
#[derive(Debug)]
pub(crate) struct List<'a> {
    name: String,
    /// The key that signs the cursors.
    cursors: &'a CursorKey,
    limit: Limit,
}

impl<'a> List<'a> {
    /// Opens the list that `query` requests, under a name with everything that its cursors depend on. The page starts
    /// at the cursor, or at `first` without one. Returns once the read models that it `uses` have reached the requested
    /// position.
    ///
    /// # Errors
    /// 400 for a cursor that was not issued for this list; 503 when the read models lag too far behind.
    pub async fn open<P: DeserializeOwned>(
        api: &'a Api,
        uses: ReadModels,
        name: String,
        query: ListQuery,
        first: P,
    ) -> Result<(Self, P), Problem> {
        let cursors = &api.cursors;
        let place = match query.cursor {
            Some(cursor) => cursors.decode(&name, &cursor)?,
            None => first,
        };
        api.wait_for(uses, query.min_position).await?;
        let list = Self {
            name,
            cursors,
            limit: query.limit,
        };
        Ok((list, place))
    }

    /// How many rows to read: one more than the limit.
    pub fn row_count(&self) -> i64 {
        i64::from(self.limit.get()) + 1
    }

    /// Builds the page of `rows`; a row beyond the limit only shows that there is a next page.
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

/// A place in a list that is sorted by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimePlace(pub DateTime<Utc>, pub Uuid);

impl TimePlace {
    /// The start of a list with the newest item first.
    pub fn newest() -> Self {
        let end_of_time = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        Self(end_of_time, Uuid::max())
    }

    /// The start of a list with the oldest item first.
    pub fn oldest() -> Self {
        Self(DateTime::UNIX_EPOCH, Uuid::nil())
    }
}
