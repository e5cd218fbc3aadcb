//! Pagination by key. One row more than the page holds is read, to find out whether there is a next page.

use chrono::{DateTime, Utc};
use platform::problem::Problem;
use platform::query::{CursorKey, Limit, Page};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::Api;
use crate::position::{MinPosition, Reached, ReadModels};

/// The parameters of a list without filters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    /// The largest number of items.
    #[serde(default)]
    pub limit: Limit,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// A list that is being read.
#[derive(Debug)]
pub(crate) struct List<'a> {
    /// Identifies the list and its filters in cursors.
    name: String,
    /// The key that signs the cursors.
    cursors: &'a CursorKey,
    limit: Limit,
    /// The position that its read models had reached.
    pub reached: Reached,
}

impl<'a> List<'a> {
    /// Opens the list that `query` asks for, when the read models that it `uses` have reached the position that the query
    /// asks for. `name` holds everything that its cursors depend on. Also returns where the page begins: at `first` if
    /// there is no cursor.
    ///
    /// # Errors
    /// 400 for a cursor of another list; 503 when the read models are too far behind.
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
        let reached = api.wait_for(uses, query.min_position).await?;
        let list = Self {
            name,
            cursors,
            limit: query.limit,
            reached,
        };
        Ok((list, place))
    }

    /// The number of rows to read: one more than the page holds.
    pub fn row_count(&self) -> i64 {
        i64::from(self.limit.get()) + 1
    }

    /// The page of `rows`, without the row past the limit. `place` is where a row stands in the list.
    ///
    /// # Errors
    /// 500 when a cursor cannot be encoded.
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
    /// The beginning of a list with the newest item first.
    pub fn newest() -> Self {
        let end_of_time = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        Self(end_of_time, Uuid::max())
    }

    /// The beginning of a list with the oldest item first.
    pub fn oldest() -> Self {
        Self(DateTime::UNIX_EPOCH, Uuid::nil())
    }
}
