//! Orders.

use actix_web::web;
use platform::answer::{Found, Versioned};
use platform::auth::{Authenticated, Permission, Principal};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Limit, Page, Query};
use schemars::JsonSchema;
use schemas::read_model;
use schemas::read_model::order::{OrderStatus, OrderSummary};
use schemas::text_enum::TextEnum as _;
use serde::Deserialize;
use uuid::Uuid;

use super::{Answer, OneQuery, found, found_version};
use crate::api::{Api, database};
use crate::contact;
use crate::page::{List, ListQuery, TimePlace};
use crate::position::{MinPosition, ReadModels};
use crate::view::Order;

mod one;
mod row;

use one::StoredOrder;
use row::{ListedOrder, PageQuery};

/// The read models that these reads use.
const USES: ReadModels = &[read_model::ORDERS];

/// The parameters of the list of all orders.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrdersQuery {
    /// Only those with this status.
    status: Option<OrderStatus>,
    /// How many items at most.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Wait until the read models have reached this position.
    min_position: Option<MinPosition>,
}

/// The part of an order that a reader may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// All of it.
    All,
    /// One seller's lines, without any data of the customer.
    LinesOf(Uuid),
}

/// What `reader` may see of an order; `None` if it is hidden from them.
fn visibility(reader: &Principal, order: &StoredOrder) -> Option<Visibility> {
    if reader.guest_order_id() == Some(order.id) || reader.may(Permission::ReadOrders) {
        return Some(Visibility::All);
    }
    let account_id = reader.account_id()?;
    let is_customer = order.customer_id == Some(account_id);
    let is_courier = order.courier_id == Some(account_id) && reader.may(Permission::Deliver);
    if is_customer || is_courier {
        return Some(Visibility::All);
    }
    let sells = order.seller_ids.contains(&account_id) && reader.may(Permission::ReadSales);
    sells.then_some(Visibility::LinesOf(account_id))
}

/// One order.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<Uuid>,
    query: Query<OneQuery>,
) -> Answer<Versioned<Found<Order>>> {
    let id = id.0;
    api.wait_for(USES, query.0.min_position).await?;
    let stored = StoredOrder::read(&api.pool, id)
        .await
        .map_err(database)?
        .ok_or_else(Problem::not_found)?;
    let visibility = visibility(&reader, &stored).ok_or_else(Problem::not_found)?;
    let contact = match visibility {
        Visibility::All => {
            contact::open(&api.keys, stored.contact.as_ref().map(|contact| &contact.0)).await?
        }
        Visibility::LinesOf(_) => None,
    };
    let version = stored.version;
    found_version(stored.into_view(visibility, contact), version)
}

/// All orders, newest first.
pub(crate) async fn list(
    api: web::Data<Api>,
    query: Query<OrdersQuery>,
) -> Answer<Found<Page<OrderSummary>>> {
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
    page(&list, orders.map_err(database)?)
}

/// The caller's own orders, newest first.
pub(crate) async fn mine(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<OrderSummary>>> {
    let name = format!("my-orders {}", caller.subject);
    let (list, place) = List::open(&api, USES, name, query.0, TimePlace::newest()).await?;
    let orders = ListedOrder::of_customer(&api.pool, caller.subject, page_query(&list, place)).await;
    page(&list, orders.map_err(database)?)
}

/// The orders with lines of the calling seller, newest first.
pub(crate) async fn of_seller(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<OrderSummary>>> {
    let name = format!("seller-orders {}", caller.subject);
    let (list, place) = List::open(&api, USES, name, query.0, TimePlace::newest()).await?;
    let orders = ListedOrder::of_seller(&api.pool, caller.subject, page_query(&list, place)).await;
    page(&list, orders.map_err(database)?)
}

fn page_query(list: &List<'_>, place: TimePlace) -> PageQuery {
    PageQuery {
        place,
        row_count: list.row_count(),
    }
}

fn page(list: &List<'_>, orders: Vec<ListedOrder>) -> Answer<Found<Page<OrderSummary>>> {
    let orders = orders.into_iter().map(|order| order.0).collect();
    found(list.page(orders, |order: &OrderSummary| {
        TimePlace(order.placed_at, order.id)
    })?)
}
