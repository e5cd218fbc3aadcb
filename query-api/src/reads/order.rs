//! Orders.

use actix_web::web;
use platform::answer::{Found, Versioned};
use platform::auth::{Authenticated, Permission, Principal};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Limit, Page, Query};
use schemars::JsonSchema;
use schemas::read_model::order::{OrderStage, OrderStatus, OrderSummary, Party};
use schemas::read_model::{self, DeliveryStatus, Stage};
use schemas::text_enum::TextEnum as _;
use serde::Deserialize;
use uuid::Uuid;

use super::Answer;
use super::past::{PastQuery, row_at};
use crate::api::{Api, database};
use crate::page::{List, ListQuery, TimePlace};
use crate::position::{MinPosition, ReadModels};
use crate::sealed;
use crate::view::{Order, Raw};

mod causation;
mod note;
mod one;
mod party;
mod past;
mod row;

pub(crate) use causation::causation;
pub(crate) use note::list as notes;
pub use party::party_to_order;
pub(crate) use past::Orders;

pub(crate) use one::StoredOrder;
use row::{ListedOrder, PageQuery};

/// The read models that these reads use.
const USES: ReadModels = &[read_model::ORDERS];

/// An order in a list.
type Summary = OrderSummary<Stage<OrderStage>>;

/// The parameters of the list of all orders.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrdersQuery {
    /// Only items with this status.
    status: Option<OrderStatus>,
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// The part of an order that a reader may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// The whole order.
    All,
    /// The whole order, with the address only while the delivery is under way.
    ForDelivery,
    /// The lines of one seller, without personal data.
    LinesOf(Uuid),
}

/// The part of an order that `reader` may see; `None` if the order does not exist for them.
fn visibility(reader: &Principal, order: &StoredOrder) -> Option<Visibility> {
    if reader.may(Permission::ReadOrders) {
        return Some(Visibility::All);
    }
    party::of(reader, order.listed.summary.id, &order.parties()).map(|party| match party {
        Party::Customer => Visibility::All,
        Party::Courier(_) => Visibility::ForDelivery,
        Party::Seller(id) => Visibility::LinesOf(id),
    })
}

/// What a reader sees of an order. It depends on its present state, also when an earlier one is read.
#[derive(Debug)]
pub(crate) struct Shown {
    visibility: Visibility,
    /// The address, if they may see it.
    contact: Option<Raw>,
}

impl Shown {
    /// What `reader` sees of the order.
    ///
    /// # Errors
    /// 404 when it does not exist for them.
    async fn of(api: &Api, reader: &Principal, order: &StoredOrder) -> Result<Self, Problem> {
        let visibility = visibility(reader, order).ok_or_else(Problem::not_found)?;
        let is_under_way = || {
            let status = order.listed.summary.delivery_status;
            status.is_some_and(DeliveryStatus::is_under_way)
        };
        let shows_contact = match visibility {
            Visibility::All => true,
            Visibility::ForDelivery => is_under_way(),
            Visibility::LinesOf(_) => false,
        };
        let contact = order.contact.as_ref().filter(|_| shows_contact);
        Ok(Self {
            visibility,
            contact: sealed::open_json(&api.keys, contact).await?,
        })
    }
}

/// One order.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<Uuid>,
    query: Query<PastQuery>,
) -> Answer<Versioned<Found<Order>>> {
    let id = id.0;
    let moment = query.0.moment()?;
    let reached = api.wait_for(USES, query.0.min_position).await?;
    let present = StoredOrder::read(&api.pool, id)
        .await
        .map_err(database)?
        .ok_or_else(Problem::not_found)?;
    let shown = Shown::of(&api, &reader, &present).await?;
    let (stored, as_of) = match moment {
        None => (present, None),
        Some(moment) => {
            let (row, as_of) = row_at::<Orders>(&api, &id, moment).await?;
            (StoredOrder::from(row), Some(as_of))
        }
    };
    let timeline = stored.listed.timeline(&api.keys).await?;
    let version = stored.listed.summary.version;
    let view = stored.into_view(shown.visibility, shown.contact, timeline, as_of);
    reached.found_version(view, version)
}

/// All orders, newest first.
pub(crate) async fn list(api: web::Data<Api>, query: Query<OrdersQuery>) -> Answer<Found<Page<Summary>>> {
    let OrdersQuery {
        status,
        limit,
        cursor,
        min_position,
    } = query.0;
    let status = status.map(OrderStatus::as_str);
    let query = ListQuery {
        limit,
        cursor,
        min_position,
    };
    let name = format!("orders {status:?}");
    let (list, place) = List::open(&api, USES, name, query, TimePlace::newest()).await?;
    let orders = match status {
        None => ListedOrder::all(&api.pool, page_query(&list, place)).await,
        Some(status) => ListedOrder::of_status(&api.pool, status, page_query(&list, place)).await,
    };
    page(&api, &list, orders.map_err(database)?).await
}

/// The caller's own orders, newest first.
pub(crate) async fn mine(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Summary>>> {
    let name = format!("my-orders {}", caller.subject);
    let (list, place) = List::open(&api, USES, name, query.0, TimePlace::newest()).await?;
    let orders = ListedOrder::of_customer(&api.pool, caller.subject, page_query(&list, place)).await;
    page(&api, &list, orders.map_err(database)?).await
}

/// The orders with lines of the calling seller, newest first.
pub(crate) async fn of_seller(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Summary>>> {
    let name = format!("seller-orders {}", caller.subject);
    let (list, place) = List::open(&api, USES, name, query.0, TimePlace::newest()).await?;
    let orders = ListedOrder::of_seller(&api.pool, caller.subject, page_query(&list, place)).await;
    page(&api, &list, orders.map_err(database)?).await
}

fn page_query(list: &List<'_>, place: TimePlace) -> PageQuery {
    PageQuery {
        place,
        row_count: list.row_count(),
    }
}

async fn page(api: &Api, list: &List<'_>, orders: Vec<ListedOrder>) -> Answer<Found<Page<Summary>>> {
    let page = list.page(orders, |order: &ListedOrder| {
        TimePlace(order.summary.placed_at, order.summary.id)
    })?;
    let mut items = Vec::with_capacity(page.items.len());
    for order in page.items {
        items.push(order.into_view(&api.keys).await?);
    }
    list.reached.found(Page {
        items,
        next_cursor: page.next_cursor,
    })
}
