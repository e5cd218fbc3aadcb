//! Returns. No projection has rows of them: both the present and the past are folded from the events of the return, by the
//! state that commands are decided with.

use std::sync::Arc;

use actix_web::web;
use domain::returns::{RequestedReturn, ReturnState};
use domain::{Event, OrderId, ReturnId, StreamId};
use platform::answer::Found;
use platform::auth::{Authenticated, Permission, Principal};
use platform::causes::with_causes;
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::Query;
use projector::past::{self, Past};
use schemas::codec;
use schemas::envelope::RecordedEvent;
use schemas::read_model;
use serde_json::Value;

use super::Answer;
use super::order::StoredOrder;
use super::past::{Entity, Life, PastQuery, Row, Sight};
use crate::api::{Api, database};
use crate::position::ReadModels;
use crate::view::{AsOf, Money, ReturnedGoods, ReturnedLine};

/// Returns.
pub(crate) struct Returns;

/// A return as of some of its events.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReturnRow {
    status: &'static str,
    requested: Arc<RequestedReturn>,
    version: i64,
    position: i64,
}

/// The past of a return.
#[derive(Debug)]
pub(crate) struct ReturnPast {
    state: ReturnState,
    version: i64,
    position: i64,
}

impl Past for ReturnPast {
    type Key = ();
    type Row = ReturnRow;

    fn before_all((): ()) -> Self {
        Self {
            state: ReturnState::default(),
            version: 0,
            position: 0,
        }
    }

    fn apply(&mut self, recorded: &RecordedEvent) -> Result<(), past::Error> {
        let inapplicable = |reason| past::Error::Inapplicable {
            position: recorded.position,
            event_type: recorded.event_type.clone(),
            reason,
        };
        let payload = recorded.payload.get();
        let event = codec::decode(&recorded.event_type, recorded.schema_version, payload);
        match event.map_err(|error| inapplicable(with_causes(&error)))? {
            Event::Return(event) => self
                .state
                .evolve(&event)
                .map_err(|error| inapplicable(error.to_string()))?,
            _ => return Ok(()),
        }
        self.version = recorded.version;
        self.position = recorded.position;
        Ok(())
    }

    fn row(&self) -> Option<ReturnRow> {
        Some(ReturnRow {
            status: self.state.status(),
            requested: Arc::clone(self.state.requested()?),
            version: self.version,
            position: self.position,
        })
    }
}

impl Entity for Returns {
    type Id = ReturnId;
    type Past = ReturnPast;
    type Shown = ();

    const USES: ReadModels = &[read_model::ORDERS];

    async fn sight(api: &Api, reader: &Principal, id: &ReturnId) -> Result<Sight<()>, Problem> {
        let life = Life::load::<Self>(api, id).await?;
        let row = life.row::<Self>(id, life.events.len())?;
        let order = StoredOrder::read(&api.pool, row.requested.order_id.as_uuid());
        let order = order.await.map_err(database)?.ok_or_else(Problem::not_found)?;
        let people = order.people();
        let sees_all = reader.may(Permission::ReadOrders);
        let is_customer = reader.guest_order_id() == Some(row.requested.order_id.as_uuid())
            || (people.customer_id.is_some() && people.customer_id == reader.account_id());
        let sells_all = || {
            let mut lines = row.requested.lines.iter();
            reader.may(Permission::ReadSales)
                && lines.all(|line| order.is_sold_by(line.line_number, reader.account_id()))
        };
        if !sees_all && !is_customer && !sells_all() {
            return Err(Problem::not_found());
        }
        Ok(Sight {
            shown: (),
            sees_all,
            sees_reasons: true,
            account_id: reader.account_id(),
            people,
        })
    }

    fn stream(id: &ReturnId) -> StreamId {
        StreamId::Return(*id)
    }

    fn before_all(_: &ReturnId) -> ReturnPast {
        ReturnPast::before_all(())
    }

    fn fields(_: &Sight<()>, row: ReturnRow) -> Result<Value, Problem> {
        // The id is the same after each event, and is not in the row.
        let view = view(ReturnId::from_uuid(uuid::Uuid::nil()), row, None);
        let mut fields = serde_json::to_value(view).map_err(Problem::internal)?;
        if let Value::Object(members) = &mut fields {
            members.remove("id");
        }
        Ok(fields)
    }
}

/// One return: for the customer or guest of its order, the seller of all its lines, and admins.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<ReturnId>,
    query: Query<PastQuery>,
) -> Answer<Found<ReturnedGoods>> {
    let id = id.0;
    let moment = query.0.moment()?;
    let reached = api.wait_for(Returns::USES, query.0.min_position).await?;
    Returns::sight(&api, &reader, &id).await?;
    let life = Life::load::<Returns>(&api, &id).await?;
    let (count, as_of) = match moment {
        None => (life.events.len(), None),
        Some(moment) => {
            let count = life.count_at(&api, moment, moment.parameter()).await?;
            (count, Some(life.as_of(count)?))
        }
    };
    reached.found(view(id, life.row::<Returns>(&id, count)?, as_of))
}

fn view(id: ReturnId, row: Row<Returns>, as_of: Option<AsOf>) -> ReturnedGoods {
    let currency = row.requested.refund.currency.code();
    let lines = row.requested.lines.iter().map(|line| ReturnedLine {
        line_number: line.line_number,
        sku: line.sku.to_string(),
        quantity: line.quantity,
        unit_price: Money::new(line.unit_price_minor, currency),
    });
    let order_id: OrderId = row.requested.order_id;
    ReturnedGoods {
        id: id.as_uuid(),
        order_id: order_id.as_uuid(),
        order_number: domain::order::number(order_id),
        status: row.status,
        lines: lines.collect(),
        refund: Money::new(row.requested.refund.minor, currency),
        as_of,
        version: row.version,
        position: row.position,
    }
}
