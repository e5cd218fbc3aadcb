//! The table of operations of the query side.

use actix_web::web;
use platform::auth::Permission;
use platform::problem::kind;
use platform::route::{self, Access, Route};

use crate::reads::past::Entity;
use crate::reads::{analytics, board, delivery, event, order, past, payment, product, returns, stock};

/// The operations of the query side.
///
/// Paths without a parameter come before those with one, which would match them too.
pub fn routes() -> Vec<Route> {
    let routes = [
        products(),
        stock_counts(),
        orders(),
        payments(),
        returned(),
        deliveries(),
        platform_figures(),
        sales_figures(),
    ]
    .concat();
    // Each of them can wait for a position and time out.
    routes
        .into_iter()
        .map(|route| route.problems(&[&kind::NOT_CAUGHT_UP]))
        .collect()
}

/// Registers the operations.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::configure(config, &routes());
}

fn products() -> Vec<Route> {
    let routes = vec![
        Route::get("/products", "searchProducts", Access::Public, product::search)
            .summary("Search the catalogue")
            .description("Sorted by relevance if `q` is given, otherwise by name, unless `sort` is given.")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get(
            "/products/categories",
            "listCategories",
            Access::Public,
            product::categories,
        )
        .summary("List the categories of listed products, with the number of products that match"),
        Route::get(
            "/products/my-products",
            "listMyProducts",
            Access::Permission(Permission::SellProducts),
            product::mine,
        )
        .summary("List the caller's own products, including unlisted ones")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/products/{sku}", "getProduct", Access::Public, product::one)
            .summary("Get a product")
            .description("Also returns unlisted products. The past is for the seller and admins.")
            .problems(PAST)
            .problems(&[&kind::FORBIDDEN]),
    ];
    let routes = routes.into_iter().chain(past_of::<product::Products>(
        &PRODUCT_PAST,
        Access::Permission(Permission::SellProducts),
    ));
    routes.map(|route| route.tag("products")).collect()
}

fn stock_counts() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/stock",
            "listStock",
            Access::Permission(Permission::KeepStock),
            stock::list,
        )
        .summary("List stock levels")
        .description("Those of the caller's own products; of all products for an admin.")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/stock/{sku}", "getStock", Access::Public, stock::one)
            .summary("Get the stock level of a product")
            .description("The past is for the seller and admins: it tells what was sold when.")
            .problems(PAST)
            .problems(&[&kind::FORBIDDEN]),
        Route::get(
            "/stock/{sku}/levels",
            "getStockLevels",
            Access::Permission(Permission::KeepStock),
            stock::levels,
        )
        .summary("Get the stock level of a product over time")
        .description(
            "For the seller and admins. At most 500 points: a long life by hour, day, week or month.",
        )
        .problems(&[&kind::HISTORY_UNREADABLE, &kind::HISTORY_TOO_LONG]),
    ];
    let routes = routes.into_iter().chain(past_of::<stock::StockLevels>(
        &STOCK_PAST,
        Access::Permission(Permission::KeepStock),
    ));
    routes.map(|route| route.tag("stock")).collect()
}

fn orders() -> Vec<Route> {
    let routes = vec![
        Route::get("/orders", "listOrders", Access::Permission(Permission::ReadOrders), order::list)
            .summary("List all orders, newest first")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/orders/my-orders", "listMyOrders", Access::Authenticated, order::mine)
            .summary("List the caller's own orders, newest first")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/orders/seller-orders", "listSellerOrders", Access::Permission(Permission::ReadSales), order::of_seller)
            .summary("List the orders that contain the caller's products, newest first")
            .description("`total` and `line_count` cover the caller's lines only.")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/orders/{id}", "getOrder", Access::GuestOrOwner, order::one)
            .summary("Get an order")
            .description("For its customer or guest, its courier, the sellers of its lines, and admins. Sellers see their own lines and no personal data; the courier sees the address while the delivery is under way.")
            .problems(PAST),
        Route::get("/orders/{id}/causation", "getOrderCausation", Access::Permission(Permission::ReadEvents), order::causation)
            .summary("Get the commands about an order and their events, as a tree of causes and effects"),
        Route::get("/orders/{id}/notes", "listOrderNotes", Access::GuestOrOwner, order::notes)
            .summary("List the notes on an order, newest first")
            .description("For everyone who may read the order. Internal notes are visible to their author and admins only.")
            .problems(&[&kind::INVALID_CURSOR]),
    ];
    let routes = routes
        .into_iter()
        .chain(past_of::<order::Orders>(&ORDER_PAST, Access::GuestOrOwner));
    routes.map(|route| route.tag("orders")).collect()
}

fn payments() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/payments/history",
            "listMyPayments",
            Access::Authenticated,
            payment::mine,
        )
        .summary("List the caller's own payments, newest first")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/payments/{id}", "getPayment", Access::GuestOrOwner, payment::one)
            .summary("Get a payment")
            .description("For the order's customer or guest, and admins.")
            .problems(PAST),
    ];
    let routes = routes
        .into_iter()
        .chain(past_of::<payment::Payments>(&PAYMENT_PAST, Access::GuestOrOwner));
    routes.map(|route| route.tag("payments")).collect()
}

fn deliveries() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/deliveries",
            "listDeliveries",
            Access::Permission(Permission::ManageDeliveries),
            delivery::list,
        )
        .summary("List all deliveries, newest first")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get(
            "/deliveries/my-queue",
            "listMyQueue",
            Access::Permission(Permission::Deliver),
            delivery::queue,
        )
        .summary("List the courier's own open deliveries, oldest first")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get(
            "/deliveries/{id}",
            "getDelivery",
            Access::GuestOrOwner,
            delivery::one,
        )
        .summary("Get a delivery")
        .description("For the order's customer or guest, its courier, and admins. The courier sees the address while the delivery is under way.")
        .problems(PAST),
    ];
    let routes = routes.into_iter().chain(past_of::<delivery::Deliveries>(
        &DELIVERY_PAST,
        Access::GuestOrOwner,
    ));
    routes.map(|route| route.tag("deliveries")).collect()
}

fn returned() -> Vec<Route> {
    let one = Route::get("/returns/{id}", "getReturn", Access::GuestOrOwner, returns::one)
        .summary("Get a return")
        .description("For the order's customer or guest, the seller of all its lines, and admins.")
        .problems(PAST);
    let routes = std::iter::once(one).chain(past_of::<returns::Returns>(&RETURN_PAST, Access::GuestOrOwner));
    routes.map(|route| route.tag("returns")).collect()
}

/// The problems of a read of the past.
const PAST: &[&kind::Kind] = &[
    &kind::BEFORE_FIRST_EVENT,
    &kind::HISTORY_UNREADABLE,
    &kind::HISTORY_TOO_LONG,
];

/// The operations on the past of a kind of object: paths, names and summaries.
struct PastOf {
    history: [&'static str; 3],
    diff: [&'static str; 3],
}

macro_rules! past_of {
    ($($name:ident = $path:literal, $type:literal, $words:literal;)+) => {$(
        static $name: PastOf = PastOf {
            history: [
                concat!($path, "/history"),
                concat!("get", $type, "History"),
                concat!("List the events of ", $words, ", and what each changed, oldest first"),
            ],
            diff: [
                concat!($path, "/diff"),
                concat!("diff", $type),
                concat!("Compare ", $words, " at two moments, field by field"),
            ],
        };
    )+};
}

past_of! {
    ORDER_PAST = "/orders/{id}", "Order", "an order";
    DELIVERY_PAST = "/deliveries/{id}", "Delivery", "a delivery";
    PAYMENT_PAST = "/payments/{id}", "Payment", "a payment";
    RETURN_PAST = "/returns/{id}", "Return", "a return";
    PRODUCT_PAST = "/products/{sku}", "Product", "a product";
    STOCK_PAST = "/stock/{sku}", "Stock", "the stock level of a product";
}

fn past_of<E: Entity>(names: &PastOf, access: Access) -> [Route; 2] {
    let [path, name, summary] = names.history;
    let history = Route::get(path, name, access, past::history::<E>)
        .summary(summary)
        .description(
            "As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.",
        )
        .problems(&[
            &kind::INVALID_CURSOR,
            &kind::HISTORY_UNREADABLE,
            &kind::HISTORY_TOO_LONG,
        ]);
    let [path, name, summary] = names.diff;
    let diff = Route::get(path, name, access, past::diff::<E>)
        .summary(summary)
        .description("Each field that differs has the event that changed it last, with who and why.")
        .problems(PAST);
    [history, diff]
}

fn platform_figures() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/admin/couriers",
            "listCouriers",
            Access::Permission(Permission::ReadDashboard),
            board::couriers,
        )
        .summary("List the couriers that deliveries can be assigned to"),
        Route::get(
            "/admin/dashboard",
            "getDashboard",
            Access::Permission(Permission::ReadDashboard),
            board::dashboard,
        )
        .summary("Get the counts of orders and deliveries by status, and the state of each projection"),
        Route::get(
            "/admin/events",
            "listEvents",
            Access::Permission(Permission::ReadEvents),
            event::list,
        )
        .summary("Search the log of events")
        .description(
            "Without payloads. A search by stream or correlation uses an index; any other covers up to 50,000 positions a \
             page.",
        )
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get(
            "/admin/events/{position}",
            "getEvent",
            Access::Permission(Permission::ReadEvents),
            event::one,
        )
        .summary("Get an event with its payload, its cause and its effects"),
    ];
    routes.into_iter().map(|route| route.tag("admin")).collect()
}

fn sales_figures() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/analytics/currencies",
            "listSalesCurrencies",
            Access::Permission(Permission::ReadAnalytics),
            analytics::currencies,
        )
        .summary("List the currencies with sales, and the days of their first and latest sale")
        .description("Most orders first."),
        Route::get(
            "/analytics/summary",
            "getSalesSummary",
            Access::Permission(Permission::ReadAnalytics),
            analytics::summary,
        )
        .summary("Get the sales of a period in each currency")
        .description("Amounts of different currencies are never added."),
        Route::get(
            "/analytics/top-products",
            "listTopProducts",
            Access::Permission(Permission::ReadAnalytics),
            analytics::top_products,
        )
        .summary("List the products with the highest net sales in a period, in one currency"),
        Route::get(
            "/analytics/sales",
            "listSales",
            Access::Permission(Permission::ReadAnalytics),
            analytics::sales,
        )
        .summary("List the sales of a period by hour, day, week or month, in one currency")
        .description(
            "The granularity limits the length of the period: 31 days by hour, 400 by day, 2,800 by week, 36,600 by \
             month. Days are UTC days, weeks start on Monday (ISO 8601). Units of time without sales are omitted.",
        ),
    ];
    let past = &[&kind::BEFORE_FIRST_EVENT, &kind::HISTORY_UNREADABLE];
    let routes = routes.into_iter().map(|route| route.problems(past));
    routes.map(|route| route.tag("analytics")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_unique_name() {
        let mut names = std::collections::HashSet::new();
        for route in routes() {
            assert!(names.insert(route.operation_id), "{}", route.operation_id);
        }
    }
}
