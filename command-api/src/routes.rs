//! The operations, one file per resource.

use actix_web::web;
use platform::auth::Permission;
use platform::problem::kind;
use platform::route::{self, Access, Route};

use problem::{
    ALREADY_LISTED, AMOUNT_OVERFLOW, CURRENCY_MISMATCH, EMAIL_TAKEN, INSUFFICIENT_STOCK, INVALID_STATE,
    NOTHING_TO_RETURN, PRICE_CHANGED, PRODUCT_WITHDRAWN, REFUND_EXCEEDS_CAPTURE, UNKNOWN_PRODUCT,
    WRONG_PAYMENT,
};

mod answer;
mod auth;
mod call;
mod contact;
mod delivery;
mod order;
mod payment;
mod problem;
mod product;
mod returns;
mod stock;

/// Every operation of this service, including the reads that only it can answer.
pub fn routes() -> Vec<Route> {
    [
        orders(),
        payments(),
        deliveries(),
        products(),
        stock_counts(),
        returned_goods(),
        accounts(),
    ]
    .concat()
}

/// Registers the operations.
pub(crate) fn configure(config: &mut web::ServiceConfig) {
    route::configure(config, &routes());
}

fn orders() -> Vec<Route> {
    let routes = vec![
        Route::post("/orders", "placeOrder", Access::Public, order::place)
            .summary("Place an order and hold its stock")
            .description("Without a token, or with the token of a guest, it is the order of a guest, which needs an e-mail address and gets a `guest_token`.")
            .problems(&[&kind::FORBIDDEN, &INSUFFICIENT_STOCK, &AMOUNT_OVERFLOW, &UNKNOWN_PRODUCT, &PRODUCT_WITHDRAWN, &CURRENCY_MISMATCH, &PRICE_CHANGED]),
        Route::post("/orders/{id}/cancellation", "cancelOrder", Access::GuestOrOwner, order::cancel)
            .summary("Cancel an order while nothing has been picked up")
            .description("For its customer or guest, and an admin.")
            .problems(&[&INVALID_STATE]),
    ];
    routes.into_iter().map(|route| route.tag("orders")).collect()
}

fn payments() -> Vec<Route> {
    let routes = vec![
        Route::post(
            "/payments/intent",
            "createPayment",
            Access::GuestOrOwner,
            payment::create,
        )
        .summary("Make the intent to collect an order's total")
        .problems(&[&kind::NOT_FOUND, &INVALID_STATE, &WRONG_PAYMENT]),
        Route::post(
            "/payments/confirm",
            "confirmPayment",
            Access::GuestOrOwner,
            payment::confirm,
        )
        .summary("Choose how to pay and ask the provider")
        .problems(&[&kind::NOT_FOUND, &INVALID_STATE]),
        Route::post(
            "/payments/{id}/action",
            "completePaymentAction",
            Access::GuestOrOwner,
            payment::complete_action,
        )
        .summary("Report how the provider's challenge ended")
        .problems(&[&INVALID_STATE]),
    ];
    routes.into_iter().map(|route| route.tag("payments")).collect()
}

fn deliveries() -> Vec<Route> {
    let routes = vec![
        Route::post(
            "/deliveries/{id}/assignment",
            "assignDelivery",
            Access::Permission(Permission::ManageDeliveries),
            delivery::assign,
        )
        .summary("Give a delivery to a courier")
        .problems(&[&INVALID_STATE]),
        Route::put(
            "/deliveries/{id}/status",
            "setDeliveryStatus",
            Access::Permission(Permission::Deliver),
            delivery::set_status,
        )
        .summary("Say how far a delivery has come")
        .description("For the assigned courier, and an admin.")
        .problems(&[&INVALID_STATE]),
    ];
    routes.into_iter().map(|route| route.tag("deliveries")).collect()
}

fn products() -> Vec<Route> {
    let routes = vec![
        Route::post(
            "/products",
            "listProduct",
            Access::Permission(Permission::SellProducts),
            product::list,
        )
        .summary("Put a product on sale")
        .problems(&[&ALREADY_LISTED, &INVALID_STATE]),
        Route::patch(
            "/products/{sku}",
            "changeProduct",
            Access::Permission(Permission::SellProducts),
            product::change,
        )
        .summary("Change a product's details or price")
        .problems(&[&INVALID_STATE, &CURRENCY_MISMATCH]),
        Route::delete(
            "/products/{sku}",
            "withdrawProduct",
            Access::Permission(Permission::SellProducts),
            product::withdraw,
        )
        .summary("Take a product off sale")
        .problems(&[&INVALID_STATE]),
    ];
    routes.into_iter().map(|route| route.tag("products")).collect()
}

fn stock_counts() -> Vec<Route> {
    let routes = vec![
        Route::post(
            "/stock/{sku}/receipts",
            "receiveStock",
            Access::Permission(Permission::KeepStock),
            stock::receive,
        )
        .summary("Take units in")
        .problems(&[&AMOUNT_OVERFLOW, &INVALID_STATE]),
        Route::post(
            "/stock/{sku}/adjustments",
            "adjustStock",
            Access::Permission(Permission::KeepStock),
            stock::adjust,
        )
        .summary("Correct the count")
        .problems(&[&AMOUNT_OVERFLOW, &INSUFFICIENT_STOCK, &INVALID_STATE]),
    ];
    routes.into_iter().map(|route| route.tag("stock")).collect()
}

fn returned_goods() -> Vec<Route> {
    let routes = vec![
        Route::post(
            "/returns",
            "requestReturn",
            Access::GuestOrOwner,
            returns::request,
        )
        .summary("Ask to give delivered units back")
        .problems(&[&kind::NOT_FOUND, &INVALID_STATE, &NOTHING_TO_RETURN]),
        Route::post(
            "/returns/{id}/approval",
            "approveReturn",
            Access::Permission(Permission::ManageReturns),
            returns::approve,
        )
        .summary("Agree to take the units back")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/returns/{id}/rejection",
            "rejectReturn",
            Access::Permission(Permission::ManageReturns),
            returns::reject,
        )
        .summary("Decline to take the units back")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/returns/{id}/receipt",
            "receiveReturn",
            Access::Permission(Permission::ManageReturns),
            returns::receive,
        )
        .summary("Take the units in")
        .description("They go to stock, and the refund follows.")
        .problems(&[&INVALID_STATE, &REFUND_EXCEEDS_CAPTURE]),
    ];
    routes.into_iter().map(|route| route.tag("returns")).collect()
}

fn accounts() -> Vec<Route> {
    let routes = vec![
        Route::post("/auth/register", "registerAccount", Access::Public, auth::register)
            .summary("Make a customer's account")
            .problems(&[&EMAIL_TAKEN, &kind::RATE_LIMITED, &kind::OVERLOADED]),
        Route::post("/auth/login", "login", Access::Public, auth::login)
            .summary("Exchange e-mail address and password for an access token")
            .problems(&[&kind::RATE_LIMITED, &kind::OVERLOADED]),
        Route::post("/auth/refresh", "refreshSession", Access::Public, auth::refresh)
            .summary("Exchange the refresh token for an access token")
            .description("The refresh token is in the cookie that `login` and this operation set. It counts once, and for a minute more, in which it gives the same cookie again; using it later ends the session.")
            .problems(&[&kind::RATE_LIMITED]),
        Route::post("/auth/logout", "logout", Access::Authenticated, auth::logout)
            .summary("End this session"),
        Route::get("/auth/profile", "getProfile", Access::Authenticated, auth::profile)
            .summary("Read the caller's account"),
        Route::get_outside("/.well-known/jwks.json", "getJwks", auth::jwks)
            .summary("Read the public keys that access tokens are signed with"),
    ];
    routes.into_iter().map(|route| route.tag("auth")).collect()
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
