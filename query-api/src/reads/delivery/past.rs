//! The past of deliveries.

use domain::{DeliveryId, StreamId};
use platform::auth::{Permission, Principal};
use platform::problem::Problem;
use projector::past::{DeliveryPast, DeliveryRow, Past as _};
use serde_json::Value;
use uuid::Uuid;

use super::row::StoredDelivery;
use super::{USES, present, seen_contact};
use crate::api::Api;
use crate::position::ReadModels;
use crate::reads::past::{Entity, People, Sight};
use crate::view::Raw;

/// Deliveries.
pub(crate) struct Deliveries;

/// What a reader sees of a delivery.
#[derive(Debug)]
pub(crate) struct Shown {
    contact: Option<Raw>,
    customer_id: Option<Uuid>,
}

impl Entity for Deliveries {
    type Id = Uuid;
    type Past = DeliveryPast;
    type Shown = Shown;

    const USES: ReadModels = USES;

    async fn sight(api: &Api, reader: &Principal, id: &Uuid) -> Result<Sight<Shown>, Problem> {
        let delivery = present(api, reader, *id).await?;
        let sees_all = reader.may(Permission::ManageDeliveries);
        Ok(Sight {
            sees_all,
            sees_reasons: sees_all,
            account_id: reader.account_id(),
            people: People {
                customer_id: delivery.customer_id,
                seller_ids: Vec::new(),
                person_id: delivery.contact.as_ref().map(|contact| contact.0.person_id),
            },
            shown: Shown {
                contact: seen_contact(api, reader, &delivery).await?,
                customer_id: delivery.customer_id,
            },
        })
    }

    fn stream(id: &Uuid) -> StreamId {
        StreamId::Delivery(DeliveryId::from_uuid(*id))
    }

    fn before_all(id: &Uuid) -> DeliveryPast {
        DeliveryPast::before_all(*id)
    }

    fn fields(sight: &Sight<Shown>, row: DeliveryRow) -> Result<Value, Problem> {
        let delivery = StoredDelivery::of(row, sight.shown.customer_id);
        let stages = delivery.stages();
        let view = delivery.into_view(sight.shown.contact.clone(), stages, None);
        serde_json::to_value(view).map_err(Problem::internal)
    }
}
