//! Deliveries.

use actix_web::web;
use platform::answer::Found;
use platform::auth::{Authenticated, Permission, Principal};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Limit, Page, Query};
use schemars::JsonSchema;
use schemas::read_model::{self, DeliveryStatus};
use schemas::text_enum::TextEnum as _;
use serde::Deserialize;
use uuid::Uuid;

use super::Answer;
use super::past::{PastQuery, row_at};
use crate::api::{Api, database};
use crate::page::{List, ListQuery, TimePlace};
use crate::position::{MinPosition, ReadModels};
use crate::sealed;
use crate::view::{Delivery, Raw};

mod past;
mod row;

pub(crate) use past::Deliveries;

use row::StoredDelivery;

/// The read models that these reads use.
const USES: ReadModels = &[read_model::DELIVERIES, read_model::ORDERS];

/// The parameters of the list of all deliveries.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeliveriesQuery {
    /// Only items with this status.
    status: Option<DeliveryStatus>,
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// Whether `reader` may see a delivery: admins, its courier, and the customer of its order.
fn is_seen(reader: &Principal, delivery: &StoredDelivery) -> bool {
    if reader.guest_order_id() == Some(delivery.order_id) || reader.may(Permission::ManageDeliveries) {
        return true;
    }
    let Some(account_id) = reader.account_id() else {
        return false;
    };
    let is_courier = delivery.courier_id == Some(account_id) && reader.may(Permission::Deliver);
    is_courier || delivery.customer_id == Some(account_id)
}

/// The address of a delivery, if `reader` sees it: its courier does while the delivery is under way.
async fn seen_contact(
    api: &Api,
    reader: &Principal,
    delivery: &StoredDelivery,
) -> Result<Option<Raw>, Problem> {
    let is_for_courier = delivery.courier_id.is_some()
        && delivery.courier_id == reader.account_id()
        && delivery.customer_id != reader.account_id()
        && !reader.may(Permission::ManageDeliveries);
    let is_under_way = DeliveryStatus::parse(&delivery.status).is_some_and(DeliveryStatus::is_under_way);
    match &delivery.contact {
        Some(contact) if !is_for_courier || is_under_way => {
            sealed::open_json(&api.keys, Some(&contact.0)).await
        }
        _ => Ok(None),
    }
}

/// The delivery as `reader` sees it.
async fn shown(api: &Api, reader: &Principal, delivery: StoredDelivery) -> Result<Delivery, Problem> {
    let contact = seen_contact(api, reader, &delivery).await?;
    let timeline = delivery.timeline(&api.keys).await?;
    Ok(delivery.into_view(contact, timeline, None))
}

/// The present state of a delivery that `reader` may see.
async fn present(api: &Api, reader: &Principal, id: Uuid) -> Result<StoredDelivery, Problem> {
    let delivery = StoredDelivery::one(&api.pool, id).await.map_err(database)?;
    delivery
        .filter(|delivery| is_seen(reader, delivery))
        .ok_or_else(Problem::not_found)
}

/// One delivery.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<Uuid>,
    query: Query<PastQuery>,
) -> Answer<Found<Delivery>> {
    let id = id.0;
    let moment = query.0.moment()?;
    let reached = api.wait_for(USES, query.0.min_position).await?;
    let present = present(&api, &reader, id).await?;
    let Some(moment) = moment else {
        return reached.found(shown(&api, &reader, present).await?);
    };
    let contact = seen_contact(&api, &reader, &present).await?;
    let (row, as_of) = row_at::<Deliveries>(&api, &id, moment).await?;
    let past = StoredDelivery::of(row, present.customer_id);
    let timeline = past.timeline(&api.keys).await?;
    reached.found(past.into_view(contact, timeline, Some(as_of)))
}

/// All deliveries, newest first.
pub(crate) async fn list(
    api: web::Data<Api>,
    reader: Authenticated,
    query: Query<DeliveriesQuery>,
) -> Answer<Found<Page<Delivery>>> {
    let DeliveriesQuery {
        status,
        limit,
        cursor,
        min_position,
    } = query.0;
    let status = status.map(DeliveryStatus::as_str);
    let query = ListQuery {
        limit,
        cursor,
        min_position,
    };
    let name = format!("deliveries {status:?}");
    let (list, place) = List::open(&api, USES, name, query, TimePlace::newest()).await?;
    let deliveries = match status {
        None => StoredDelivery::all(&api.pool, place, list.row_count()).await,
        Some(status) => StoredDelivery::of_status(&api.pool, status, place, list.row_count()).await,
    };
    page(&api, &reader, &list, deliveries.map_err(database)?).await
}

/// The open deliveries of the calling courier, oldest first.
pub(crate) async fn queue(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Delivery>>> {
    let name = format!("my-queue {}", caller.subject);
    let (list, place) = List::open(&api, USES, name, query.0, TimePlace::oldest()).await?;
    let deliveries =
        StoredDelivery::open_of_courier(&api.pool, caller.subject, place, list.row_count()).await;
    page(&api, &caller, &list, deliveries.map_err(database)?).await
}

async fn page(
    api: &Api,
    reader: &Principal,
    list: &List<'_>,
    deliveries: Vec<StoredDelivery>,
) -> Answer<Found<Page<Delivery>>> {
    let page = list.page(deliveries, |delivery: &StoredDelivery| {
        TimePlace(delivery.created_at, delivery.id)
    })?;
    let mut items = Vec::with_capacity(page.items.len());
    for delivery in page.items {
        items.push(shown(api, reader, delivery).await?);
    }
    list.reached.found(Page {
        items,
        next_cursor: page.next_cursor,
    })
}
