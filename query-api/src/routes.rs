//! The operations, and who answers them.

use actix_web::web;
use platform::auth::Permission;
use platform::route::{self, Access, Route};

use crate::reads::{analytics, board, delivery, history, order, payment, product, stock};

/// The operations of the query side.
///
/// Addresses without a parameter stand before those with one, which would match them too.
pub const ROUTES: &[Route] = &[
    Route::get("/products", "searchProducts", Access::Public),
    Route::get("/products/categories", "listCategories", Access::Public),
    Route::get(
        "/products/my-products",
        "listMyProducts",
        Access::Permission(Permission::SellProducts),
    ),
    Route::get("/products/{sku}", "getProduct", Access::Public),
    Route::get("/stock", "listStock", Access::Permission(Permission::KeepStock)),
    Route::get("/stock/{sku}", "getStock", Access::Public),
    Route::get(
        "/orders",
        "listOrders",
        Access::Permission(Permission::ReadOrders),
    ),
    Route::get("/orders/my-orders", "listMyOrders", Access::Authenticated),
    Route::get(
        "/orders/seller-orders",
        "listSellerOrders",
        Access::Permission(Permission::ReadSales),
    ),
    Route::get("/orders/{id}", "getOrder", Access::GuestOrOwner),
    Route::get(
        "/orders/{id}/history",
        "getOrderHistory",
        Access::Permission(Permission::ReadOrders),
    ),
    Route::get("/payments/history", "listMyPayments", Access::Authenticated),
    Route::get(
        "/deliveries",
        "listDeliveries",
        Access::Permission(Permission::ManageDeliveries),
    ),
    Route::get(
        "/deliveries/my-queue",
        "listMyQueue",
        Access::Permission(Permission::Deliver),
    ),
    Route::get("/deliveries/{id}", "getDelivery", Access::GuestOrOwner),
    Route::get(
        "/admin/couriers",
        "listCouriers",
        Access::Permission(Permission::ReadDashboard),
    ),
    Route::get(
        "/admin/dashboard",
        "getDashboard",
        Access::Permission(Permission::ReadDashboard),
    ),
    Route::get(
        "/analytics/summary",
        "getSalesSummary",
        Access::Permission(Permission::ReadAnalytics),
    ),
    Route::get(
        "/analytics/top-products",
        "listTopProducts",
        Access::Permission(Permission::ReadAnalytics),
    ),
    Route::get(
        "/analytics/sales-by-hour",
        "listSalesByHour",
        Access::Permission(Permission::ReadAnalytics),
    ),
];

/// Registers the operations.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::configure(config, ROUTES, handler);
}

fn handler(route: &Route) -> actix_web::Route {
    match route.operation_id {
        "searchProducts" => web::to(product::search),
        "listCategories" => web::to(product::categories),
        "listMyProducts" => web::to(product::mine),
        "getProduct" => web::to(product::one),
        "listStock" => web::to(stock::list),
        "getStock" => web::to(stock::one),
        "listOrders" => web::to(order::list),
        "listMyOrders" => web::to(order::mine),
        "listSellerOrders" => web::to(order::of_seller),
        "getOrder" => web::to(order::one),
        "getOrderHistory" => web::to(history::of_order),
        "listMyPayments" => web::to(payment::mine),
        "listDeliveries" => web::to(delivery::list),
        "listMyQueue" => web::to(delivery::queue),
        "getDelivery" => web::to(delivery::one),
        "listCouriers" => web::to(board::couriers),
        "getDashboard" => web::to(board::dashboard),
        "getSalesSummary" => web::to(analytics::summary),
        "listTopProducts" => web::to(analytics::top_products),
        "listSalesByHour" => web::to(analytics::sales_by_hour),
        unknown => unreachable!("the table has `{unknown}`, which no handler serves"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_handler_and_a_name_of_its_own() {
        let mut names = std::collections::HashSet::new();
        for route in ROUTES {
            handler(route);
            assert!(names.insert(route.operation_id), "{}", route.operation_id);
        }
    }
}
