//! Time travel for the operator's terminal: any object by the id of its stream, as an admin sees it.

use domain::StreamId;
use platform::auth::{Principal, Role, Roles};
use platform::problem::Problem;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::QueryApi;
use crate::api::Api;
use crate::reads::past::{Entity, Life, Part, differences, events};
use crate::reads::{delivery, order, payment, product, returns, stock};

pub use crate::reads::past::Moment;

/// A question about the past of an object.
#[derive(Debug, Clone, Copy)]
pub enum Question {
    /// What it was at a moment; without one, what its newest event made of it.
    Show(Option<Moment>),
    /// Its events.
    History,
    /// What differs between two moments; without the second, up to now.
    Diff {
        /// The earlier moment.
        from: Moment,
        /// The later moment.
        to: Option<Moment>,
    },
}

impl QueryApi {
    /// Answers a question about the object with this stream: `{fields, as_of}`, `{items}` or `{from, to, items}`, in the
    /// words of the HTTP API.
    ///
    /// # Errors
    /// 404 when it does not exist, or did not yet; 409 when one of its events cannot be applied; 422 for a moment that
    /// does not exist.
    pub async fn past(&self, object: &StreamId, question: Question) -> Result<Value, Problem> {
        let api = &self.api;
        match object {
            StreamId::Order(id) => answer::<order::Orders>(api, &id.as_uuid(), question).await,
            StreamId::Delivery(id) => answer::<delivery::Deliveries>(api, &id.as_uuid(), question).await,
            StreamId::Payment(id) => answer::<payment::Payments>(api, &id.as_uuid(), question).await,
            StreamId::Return(id) => answer::<returns::Returns>(api, id, question).await,
            StreamId::Product(sku) => answer::<product::Products>(api, sku, question).await,
            StreamId::Stock(sku) => answer::<stock::StockLevels>(api, sku, question).await,
            StreamId::Person(_) => Err(Problem::not_found()),
        }
    }
}

/// The operator, who sees what an admin sees.
fn operator() -> Principal {
    Principal {
        subject: Uuid::nil(),
        roles: Roles::only(Role::Admin),
        session_id: Uuid::nil(),
        expires_at_s: i64::MAX,
    }
}

async fn answer<E: Entity>(api: &Api, id: &E::Id, question: Question) -> Result<Value, Problem> {
    let sight = E::sight(api, &operator(), id).await?;
    let life = Life::load::<E>(api, id).await?;
    match question {
        Question::Show(moment) => {
            let count = match moment {
                Some(moment) => life.count_at(api, moment, moment.parameter()).await?,
                None => life.events.len(),
            };
            let fields = E::fields(&sight, life.row::<E>(id, count)?)?;
            Ok(json!({ "fields": fields, "as_of": life.as_of(count)? }))
        }
        Question::History => {
            let events = events::<E>(api, &life, id, &sight, Part::ALL).await?;
            Ok(json!({ "items": events }))
        }
        Question::Diff { from, to } => {
            let differences = differences::<E>(api, &life, id, &sight, (from, to)).await?;
            serde_json::to_value(differences).map_err(Problem::internal)
        }
    }
}
