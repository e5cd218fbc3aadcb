//! The operations, one file per resource.

use actix_web::web;
use platform::auth::Permission;
use platform::route::{self, Access, Route};

mod answer;
mod auth;
mod call;
mod contact;
mod delivery;
mod order;
mod path;
mod payment;
mod problem;
mod product;
mod returns;
mod stock;

/// Every operation that changes something.
pub const ROUTES: &[Route] = &[
    Route::post("/orders", "placeOrder", Access::Public),
    Route::post("/orders/{id}/cancellation", "cancelOrder", Access::GuestOrOwner),
    Route::post("/payments/intent", "createPayment", Access::GuestOrOwner),
    Route::post("/payments/confirm", "confirmPayment", Access::GuestOrOwner),
    Route::post(
        "/payments/{id}/action",
        "completePaymentAction",
        Access::GuestOrOwner,
    ),
    Route::post(
        "/deliveries/{id}/assignment",
        "assignDelivery",
        Access::Permission(Permission::ManageDeliveries),
    ),
    Route::put(
        "/deliveries/{id}/status",
        "setDeliveryStatus",
        Access::Permission(Permission::Deliver),
    ),
    Route::post(
        "/products",
        "listProduct",
        Access::Permission(Permission::SellProducts),
    ),
    Route::patch(
        "/products/{sku}",
        "changeProduct",
        Access::Permission(Permission::SellProducts),
    ),
    Route::delete(
        "/products/{sku}",
        "withdrawProduct",
        Access::Permission(Permission::SellProducts),
    ),
    Route::post(
        "/stock/{sku}/receipts",
        "receiveStock",
        Access::Permission(Permission::KeepStock),
    ),
    Route::post(
        "/stock/{sku}/adjustments",
        "adjustStock",
        Access::Permission(Permission::KeepStock),
    ),
    Route::post("/returns", "requestReturn", Access::GuestOrOwner),
    Route::post(
        "/returns/{id}/approval",
        "approveReturn",
        Access::Permission(Permission::ManageReturns),
    ),
    Route::post(
        "/returns/{id}/rejection",
        "rejectReturn",
        Access::Permission(Permission::ManageReturns),
    ),
    Route::post(
        "/returns/{id}/receipt",
        "receiveReturn",
        Access::Permission(Permission::ManageReturns),
    ),
    Route::post("/auth/register", "registerAccount", Access::Public),
    Route::post("/auth/login", "login", Access::Public),
    Route::post("/auth/refresh", "refreshSession", Access::Public),
    Route::post("/auth/logout", "logout", Access::Authenticated),
];

/// The operations that read what only this service knows. They are registered beside the query service's.
pub const READ_ROUTES: &[Route] = &[Route::get("/auth/profile", "getProfile", Access::Authenticated)];

/// Registers the operations, and `/.well-known/jwks.json`.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::configure(config, ROUTES, handler);
    route::configure(config, READ_ROUTES, handler);
    config.service(
        web::resource("/.well-known/jwks.json")
            .guard(actix_web::guard::Get())
            .route(web::get().to(auth::jwks)),
    );
}

fn handler(route: &Route) -> actix_web::Route {
    match route.operation_id {
        "placeOrder" => web::to(order::place),
        "cancelOrder" => web::to(order::cancel),
        "createPayment" => web::to(payment::create),
        "confirmPayment" => web::to(payment::confirm),
        "completePaymentAction" => web::to(payment::complete_action),
        "assignDelivery" => web::to(delivery::assign),
        "setDeliveryStatus" => web::to(delivery::set_status),
        "listProduct" => web::to(product::list),
        "changeProduct" => web::to(product::change),
        "withdrawProduct" => web::to(product::withdraw),
        "receiveStock" => web::to(stock::receive),
        "adjustStock" => web::to(stock::adjust),
        "requestReturn" => web::to(returns::request),
        "approveReturn" => web::to(returns::approve),
        "rejectReturn" => web::to(returns::reject),
        "receiveReturn" => web::to(returns::receive),
        "registerAccount" => web::to(auth::register),
        "login" => web::to(auth::login),
        "refreshSession" => web::to(auth::refresh),
        "logout" => web::to(auth::logout),
        "getProfile" => web::to(auth::profile),
        unknown => unreachable!("the table has `{unknown}`, which no handler serves"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_handler_and_a_name_of_its_own() {
        let mut names = std::collections::HashSet::new();
        for route in ROUTES.iter().chain(READ_ROUTES) {
            handler(route);
            assert!(names.insert(route.operation_id), "{}", route.operation_id);
        }
    }
}
