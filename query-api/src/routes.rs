//! The operations of the query side.

use actix_web::web;
use platform::auth::Permission;
use platform::problem::kind;
use platform::route::{self, Access, Route};

use crate::reads::{analytics, board, delivery, history, order, payment, product, stock};

/// The operations of the query side.
///
/// Paths without a parameter come before those with one, which would match them too.
pub fn routes() -> Vec<Route> {
    let routes = [
        products(),
        stock_counts(),
        orders(),
        payments(),
        deliveries(),
        platform_figures(),
        sales_figures(),
    ]
    .concat();
    // Each of them can time out waiting for a position.
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
            .description(
                "Without `sort`, the best match comes first when `q` is given, else the order is by name.",
            )
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get(
            "/products/categories",
            "listCategories",
            Access::Public,
            product::categories,
        )
        .summary("List the categories that have listed products"),
        Route::get(
            "/products/my-products",
            "listMyProducts",
            Access::Permission(Permission::SellProducts),
            product::mine,
        )
        .summary("List the seller's own products, withdrawn ones too")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/products/{sku}", "getProduct", Access::Public, product::one)
            .summary("Read one product")
            .description("It may be withdrawn."),
    ];
    routes.into_iter().map(|route| route.tag("products")).collect()
}

fn stock_counts() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/stock",
            "listStock",
            Access::Permission(Permission::KeepStock),
            stock::list,
        )
        .summary("List the stock of the seller's own products; of all products for an admin")
        .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/stock/{sku}", "getStock", Access::Public, stock::one)
            .summary("Read how many units of a product there are"),
    ];
    routes.into_iter().map(|route| route.tag("stock")).collect()
}

fn orders() -> Vec<Route> {
    let routes = vec![
        Route::get("/orders", "listOrders", Access::Permission(Permission::ReadOrders), order::list)
            .summary("List every order, newest first")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/orders/my-orders", "listMyOrders", Access::Authenticated, order::mine)
            .summary("List the caller's own orders, newest first")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/orders/seller-orders", "listSellerOrders", Access::Permission(Permission::ReadSales), order::of_seller)
            .summary("List the orders with a line of the caller's products, newest first")
            .description("`total` and `line_count` are of those lines.")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::get("/orders/{id}", "getOrder", Access::GuestOrOwner, order::one)
            .summary("Read one order")
            .description("For its customer or guest, an admin, the seller of a line, and the courier it is assigned to."),
        Route::get("/orders/{id}/history", "getOrderHistory", Access::Permission(Permission::ReadOrders), history::of_order)
            .summary("Read an order's events as recorded, and its state at a version or a time"),
    ];
    routes.into_iter().map(|route| route.tag("orders")).collect()
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
    ];
    routes.into_iter().map(|route| route.tag("payments")).collect()
}

fn deliveries() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/deliveries",
            "listDeliveries",
            Access::Permission(Permission::ManageDeliveries),
            delivery::list,
        )
        .summary("List every delivery, newest first")
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
        .summary("Read one delivery")
        .description("For the order's customer or guest, an admin, and the assigned courier."),
    ];
    routes.into_iter().map(|route| route.tag("deliveries")).collect()
}

fn platform_figures() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/admin/couriers",
            "listCouriers",
            Access::Permission(Permission::ReadDashboard),
            board::couriers,
        )
        .summary("List the couriers who can be given a delivery"),
        Route::get(
            "/admin/dashboard",
            "getDashboard",
            Access::Permission(Permission::ReadDashboard),
            board::dashboard,
        )
        .summary("Count the orders and deliveries in each state"),
    ];
    routes.into_iter().map(|route| route.tag("admin")).collect()
}

fn sales_figures() -> Vec<Route> {
    let routes = vec![
        Route::get(
            "/analytics/summary",
            "getSalesSummary",
            Access::Permission(Permission::ReadAnalytics),
            analytics::summary,
        )
        .summary("Read the sales of some days"),
        Route::get(
            "/analytics/top-products",
            "listTopProducts",
            Access::Permission(Permission::ReadAnalytics),
            analytics::top_products,
        )
        .summary("List what sold best, by value"),
        Route::get(
            "/analytics/sales-by-hour",
            "listSalesByHour",
            Access::Permission(Permission::ReadAnalytics),
            analytics::sales_by_hour,
        )
        .summary("List the sales of each hour")
        .description("At most 400 days at a time; hours without sales are left out."),
    ];
    routes.into_iter().map(|route| route.tag("analytics")).collect()
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
