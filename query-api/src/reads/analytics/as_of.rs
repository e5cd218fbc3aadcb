//! Sales figures as of a moment of the past.
//!
//! The projection keeps an entry of each addition to its sums, at the position of the event. The figures as of a position
//! are the sums of the entries up to it, by the same statements as those of now: only the tables differ.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Sku, StreamId};
use event_store::store::StreamCursor;
use platform::problem::{Problem, kind};
use projector::past::{Past as _, ProductPast, SALES_ENTRIES_SINCE};
use schemas::read_model;

use super::view::SalesAsOf;
use crate::api::{Api, database, store};
use crate::position::{MinPosition, Reached, ReadModels, not_caught_up};
use crate::reads::past::{Moment, before_first, unreadable};

/// The sums that a read uses: those of now, or those as of a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums {
    /// The moment; `None` for now.
    pub as_of: Option<SalesAsOf>,
    /// The position of the answer.
    pub reached: Reached,
}

/// What a request says about the moment.
pub(super) struct Asked {
    pub at: Option<DateTime<Utc>>,
    pub position: Option<i64>,
    pub min_position: Option<MinPosition>,
}

impl Sums {
    /// Finds the moment, and waits until its sums are there.
    ///
    /// # Errors
    /// 404 for a time before the first event; 422 for a moment that has not come yet; 503 when the sums are not there in
    /// time.
    pub async fn find(api: &Api, uses: ReadModels, asked: Asked) -> Result<Self, Problem> {
        let Some(as_of) = moment(api, &asked).await? else {
            return Ok(Self {
                as_of: None,
                reached: api.wait_for(uses, asked.min_position).await?,
            });
        };
        let wanted = MinPosition::of_event(as_of.position);
        let wanted = asked.min_position.map_or(wanted, |asked| asked.max(wanted));
        api.wait_for(&[read_model::SALES], Some(wanted)).await?;
        check_entries(api).await?;
        Ok(Self {
            as_of: Some(as_of),
            reached: Reached(as_of.position),
        })
    }

    /// The sums by hour and currency, as a table of a statement. Several rows may have the same key.
    pub fn hours(self) -> String {
        match self.as_of {
            None => String::from("read_model.sales_by_hour"),
            Some(SalesAsOf { position, .. }) => {
                format!("(SELECT * FROM read_model.sales_entries WHERE position <= {position})")
            }
        }
    }

    /// As [`Self::hours`], by day, currency and customer.
    pub fn customers(self) -> String {
        match self.as_of {
            None => String::from("read_model.sales_by_customer"),
            Some(SalesAsOf { position, .. }) => format!(
                "(SELECT *, (hour AT TIME ZONE 'UTC')::date AS day FROM read_model.sales_entries \
                  WHERE position <= {position})"
            ),
        }
    }

    /// As [`Self::hours`], by day, currency and SKU.
    pub fn products(self) -> String {
        match self.as_of {
            None => String::from("read_model.sales_by_product"),
            Some(SalesAsOf { position, .. }) => format!(
                "(SELECT (entry.hour AT TIME ZONE 'UTC')::date AS day, entry.currency, \
                      (product ->> 0) COLLATE \"C\" AS sku, (product ->> 1)::bigint AS units, \
                      (product ->> 2)::bigint AS gross_minor, (product ->> 3)::bigint AS cancelled_minor, \
                      (product ->> 4)::bigint AS refunded_minor \
                  FROM read_model.sales_entries AS entry CROSS JOIN LATERAL json_array_elements(products) AS product \
                  WHERE position <= {position})"
            ),
        }
    }

    /// The names of products, by SKU: those of the moment.
    ///
    /// # Errors
    /// 409 when an event of a product up to the moment cannot be applied.
    pub async fn names(self, api: &Api, skus: Vec<Sku>) -> Result<HashMap<String, String>, Problem> {
        match self.as_of {
            None => names_now(api, &skus).await,
            Some(as_of) => names_at(api, skus, as_of.position).await,
        }
    }
}

async fn names_now(api: &Api, skus: &[Sku]) -> Result<HashMap<String, String>, Problem> {
    let skus: Vec<&str> = skus.iter().map(Sku::as_str).collect();
    let names: Vec<(String, String)> =
        sqlx::query_as("SELECT sku, name FROM read_model.products WHERE sku = ANY ($1)")
            .bind(skus)
            .fetch_all(&api.pool)
            .await
            .map_err(database)?;
    Ok(names.into_iter().collect())
}

async fn names_at(api: &Api, skus: Vec<Sku>, position: i64) -> Result<HashMap<String, String>, Problem> {
    let cursor = |sku: &Sku| StreamCursor {
        stream_id: StreamId::Product(sku.clone()).to_string(),
        after_version: 0,
    };
    let cursors: Vec<StreamCursor> = skus.iter().map(cursor).collect();
    let mut events = Vec::new();
    let keep = |event: schemas::envelope::RecordedEvent| -> Result<(), event_store::Error> {
        if event.position <= position {
            events.push(event);
        }
        Ok(())
    };
    api.store.fold(&cursors, keep).await.map_err(store)?;
    let streams = cursors.into_iter().map(|cursor| cursor.stream_id);
    let mut pasts: HashMap<String, ProductPast> = streams
        .zip(skus.into_iter().map(ProductPast::before_all))
        .collect();
    for event in &events {
        if let Some(past) = pasts.get_mut(&event.stream_id) {
            past.apply(event).map_err(unreadable)?;
        }
    }
    let rows = pasts.into_values().filter_map(|past| past.row());
    Ok(rows.map(|row| (row.sku, row.name)).collect())
}

/// The moment that a request asks for; `None` for now.
async fn moment(api: &Api, asked: &Asked) -> Result<Option<SalesAsOf>, Problem> {
    let position = match (asked.at, asked.position) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            let detail = "cannot be combined with another moment";
            return Err(Problem::invalid_field("?position", detail));
        }
        (Some(time), None) => api
            .store
            .position_at(time)
            .await
            .map_err(store)?
            .ok_or_else(|| Problem::invalid_field("?at", "must not be in the future"))?,
        (None, Some(position)) => {
            check_position(api, position).await?;
            position
        }
    };
    // The first event stands for the start of the log, before which there was nothing.
    let events = api.store.read_at(&[position.max(1)]).await.map_err(store)?;
    match events.first() {
        Some(event) if position > 0 => Ok(Some(SalesAsOf {
            position,
            recorded_at: event.recorded_at,
        })),
        Some(first) => Err(before_first(first)),
        None => Err(Problem::new(
            &kind::BEFORE_FIRST_EVENT,
            "Nothing has been recorded yet.",
        )),
    }
}

async fn check_position(api: &Api, position: i64) -> Result<(), Problem> {
    if position < 1 {
        return Err(Problem::invalid_field("?position", "must be 1 or more"));
    }
    let head = api.store.head().await.map_err(store)?;
    if position > head {
        let detail = format!("must be at most {head}, the position of the newest event");
        return Err(Moment::unknown("?position", detail));
    }
    Ok(())
}

/// Fails while the rows in place are of a release that kept no entries.
async fn check_entries(api: &Api) -> Result<(), Problem> {
    let has_entries: Option<bool> =
        sqlx::query_scalar("SELECT code_version >= $1 FROM read_model.checkpoints WHERE projection = $2")
            .bind(SALES_ENTRIES_SINCE)
            .bind(read_model::SALES)
            .fetch_optional(&api.pool)
            .await
            .map_err(database)?;
    if has_entries == Some(true) {
        return Ok(());
    }
    let detail = "The sales figures of the past are being built.".to_owned();
    Err(not_caught_up(detail, 0))
}
