//! Time travel: an object as it was at a version, a time or a position, the events of its life, and the differences
//! between two moments.
//!
//! The present is a row that a projection has made; the past is a row that the same projection makes of the events up to
//! the moment ([`projector::past`]). Both are shown by the same code, to the same readers: who may see an object now may
//! see its past, and as much of it as they see now.
//!
//! An object is registered by one implementation of [`Entity`].

use std::fmt::Display;
use std::str::FromStr;

use domain::{PersonId, StreamId};
use platform::auth::Principal;
use platform::problem::Problem;
use projector::past::Past;
use schemars::JsonSchema;
use schemas::envelope::RecordedEvent;
use serde_json::Value;
use uuid::Uuid;

use crate::api::Api;
use crate::position::ReadModels;
use crate::view::{AsOf, Stock};

mod difference;
mod fields;
mod history;
mod life;
mod moment;
mod step;

pub(crate) use difference::{diff, differences};
pub(crate) use history::{Part, events, history};
pub(crate) use life::{Life, before_first, unreadable};
pub use moment::Moment;
pub(crate) use moment::PastQuery;

/// The row of an entity.
pub(crate) type Row<E> = <<E as Entity>::Past as Past>::Row;

/// A kind of object whose past can be read.
pub(crate) trait Entity: 'static {
    /// The id in its address.
    type Id: FromStr + Display + JsonSchema + Clone + 'static;
    /// Makes its rows.
    type Past: Past;
    /// What decides which fields a reader sees.
    type Shown;

    /// The read models that rights are decided by.
    const USES: ReadModels;

    /// What `reader` may see of its history, by its present state.
    ///
    /// # Errors
    /// 404 if it does not exist for them.
    async fn sight(api: &Api, reader: &Principal, id: &Self::Id) -> Result<Sight<Self::Shown>, Problem>;

    /// Its own stream, whose versions are its versions.
    fn stream(id: &Self::Id) -> StreamId;

    /// The other streams whose events change its row, by the events of its own.
    fn further_streams(_own: &[RecordedEvent]) -> Vec<StreamId> {
        Vec::new()
    }

    /// The object before its first event.
    fn before_all(id: &Self::Id) -> Self::Past;

    /// The fields of the answer that this reader gets for `row`, with the stages of a timeline but not their reasons.
    ///
    /// # Errors
    /// 500 when they cannot be serialised.
    fn fields(sight: &Sight<Self::Shown>, row: Row<Self>) -> Result<Value, Problem>;

    /// The counts after an event, if the object is a stock level.
    fn level(_id: &Self::Id, _row: &Row<Self>) -> Option<Stock> {
        None
    }
}

/// What a reader may see of the history of an object.
#[derive(Debug)]
pub(crate) struct Sight<S> {
    /// What decides which fields they see.
    pub shown: S,
    /// Whether they see every event and who caused it. Otherwise they see the events that changed what they see.
    pub sees_all: bool,
    /// Whether they see reasons that are not in a timeline.
    pub sees_reasons: bool,
    /// The account of the reader.
    pub account_id: Option<Uuid>,
    /// The accounts that take part in it.
    pub people: People,
}

/// The accounts that take part in an object.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// The customer's account.
    pub customer_id: Option<Uuid>,
    /// The sellers' accounts.
    pub seller_ids: Vec<Uuid>,
    /// The person with whose key texts about it are sealed.
    pub person_id: Option<PersonId>,
}

/// The row of an object as of `moment`.
///
/// # Errors
/// 404 when it does not exist, or did not yet; 409 for an event that cannot be applied; 422 for a version or a position that does not exist.
pub(crate) async fn row_at<E: Entity>(
    api: &Api,
    id: &E::Id,
    moment: Moment,
) -> Result<(Row<E>, AsOf), Problem> {
    let life = Life::load::<E>(api, id).await?;
    let count = life.count_at(api, moment, moment.parameter()).await?;
    let row = life.row::<E>(id, count)?;
    Ok((row, life.as_of(count)?))
}
