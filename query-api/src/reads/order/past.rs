//! The past of orders.

use domain::order::OrderEvent;
use domain::{Event, OrderId, StreamId};
use platform::auth::{Permission, Principal};
use platform::problem::Problem;
use projector::past::{OrderPast, OrderRow, Past as _};
use schemas::codec;
use schemas::envelope::RecordedEvent;
use schemas::read_model::StoredStage;
use serde_json::Value;
use uuid::Uuid;

use super::one::StoredOrder;
use super::{Shown, USES};
use crate::api::{Api, database};
use crate::position::ReadModels;
use crate::reads::past::{Entity, People, Sight};
use crate::view::Raw;

/// Orders. Their rows result from the events of the order, its payment, its delivery and its returns.
pub(crate) struct Orders;

impl Entity for Orders {
    type Id = Uuid;
    type Past = OrderPast;
    type Shown = Shown;

    const USES: ReadModels = USES;

    async fn sight(api: &Api, reader: &Principal, id: &Uuid) -> Result<Sight<Shown>, Problem> {
        let order = StoredOrder::read(&api.pool, *id).await.map_err(database)?;
        let order = order.ok_or_else(Problem::not_found)?;
        let shown = Shown::of(api, reader, &order).await?;
        let sees_all = reader.may(Permission::ReadOrders);
        Ok(Sight {
            shown,
            sees_all,
            sees_reasons: sees_all,
            account_id: reader.account_id(),
            people: order.people(),
        })
    }

    fn stream(id: &Uuid) -> StreamId {
        StreamId::Order(OrderId::from_uuid(*id))
    }

    fn further_streams(own: &[RecordedEvent]) -> Vec<StreamId> {
        let mut streams = Vec::new();
        for recorded in own {
            if !matches!(recorded.event_type.as_str(), "OrderPlaced" | "OrderLinesReturned") {
                continue;
            }
            let payload = recorded.payload.get();
            match codec::decode(&recorded.event_type, recorded.schema_version, payload) {
                Ok(Event::Order(OrderEvent::OrderPlaced(placed))) => streams.extend([
                    StreamId::Payment(placed.payment_id),
                    StreamId::Delivery(placed.delivery_id),
                ]),
                Ok(Event::Order(OrderEvent::OrderLinesReturned(returned))) => {
                    streams.push(StreamId::Return(returned.return_id));
                }
                // An event that cannot be read is reported when it is applied.
                Ok(_) | Err(_) => {}
            }
        }
        streams
    }

    fn before_all(id: &Uuid) -> OrderPast {
        OrderPast::before_all(*id)
    }

    fn fields(sight: &Sight<Shown>, row: OrderRow) -> Result<Value, Problem> {
        let order = StoredOrder::from(row);
        let stages = order.listed.summary.timeline.iter();
        let stages = stages.map(|stage: &StoredStage<_>| stage.with(None)).collect();
        let contact: Option<Raw> = sight.shown.contact.clone();
        let view = order.into_view(sight.shown.visibility, contact, stages, None);
        serde_json::to_value(view).map_err(Problem::internal)
    }
}

impl StoredOrder {
    /// The accounts that take part in it.
    pub(crate) fn people(&self) -> People {
        let parties = self.parties();
        People {
            customer_id: parties.customer_id,
            seller_ids: parties.seller_ids,
            person_id: self.listed.person_id(),
        }
    }
}
