//! The operations, one file per resource.

use actix_web::web;
use platform::auth::Permission;
use platform::problem::kind;
use platform::route::{self, Access, Route};

use problem::{
    ALREADY_LISTED, AMOUNT_OVERFLOW, CURRENCY_MISMATCH, INSUFFICIENT_STOCK, INVALID_STATE, NOTHING_TO_RETURN,
    ORDERS_OPEN, PRICE_CHANGED, PRODUCT_WITHDRAWN, REFUND_EXCEEDS_CAPTURE, TOO_MANY_UNPAID, UNKNOWN_PRODUCT,
    WRONG_PAYMENT,
};

mod answer;
mod auth;
mod call;
mod contact;
mod delivery;
pub(crate) mod holds;
mod order;
mod payment;
mod privacy;
mod problem;
mod product;
mod returns;
mod sealing;
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
        persons(),
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
            .summary("Place an order and reserve its stock")
            .description("Without a token, or with a guest's token, this places a guest order: `email` is required, and the answer holds a `guest_token` that gives access to this order.")
            .problems(&[&kind::FORBIDDEN, &INSUFFICIENT_STOCK, &AMOUNT_OVERFLOW, &UNKNOWN_PRODUCT, &PRODUCT_WITHDRAWN, &CURRENCY_MISMATCH, &PRICE_CHANGED, &TOO_MANY_UNPAID]),
        Route::post("/guest-tokens", "findGuestOrder", Access::Public, order::find)
            .summary("Find a guest order by its number and e-mail address")
            .description("The answer holds a `guest_token` that gives access to this order. An unknown number and a wrong address get the same answer, after the same time. Orders of accounts are not found.")
            .problems(&[&kind::NOT_FOUND]),
        Route::post("/orders/{id}/cancellation", "cancelOrder", Access::GuestOrOwner, order::cancel)
            .summary("Cancel an order")
            .description("For its customer or guest, and an admin; before pick-up, or after the parcel was returned to the sender. Releases the stock, and voids or refunds the payment.")
            .problems(&[&INVALID_STATE]),
        Route::post("/orders/{id}/refund", "refundOrder", Access::Permission(Permission::ManageOrders), order::refund)
            .summary("Request the refund of a cancelled order again")
            .description("After the payment provider refused the refund that followed the cancellation. Refunds what was captured and is neither refunded nor about to be.")
            .problems(&[&INVALID_STATE]),
        Route::post("/orders/{id}/notes", "addOrderNote", Access::GuestOrOwner, order::add_note)
            .summary("Add a note to an order")
            .description("For its customer or guest, the seller of a line, and an admin. A `shared` note is visible to everyone who may read the order, an `internal` note to its author and admins only. Customers and guests can only write shared notes.")
            .problems(&[&kind::NOT_FOUND]),
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
        .summary("Create the payment intent of an order")
        .problems(&[&kind::NOT_FOUND, &INVALID_STATE, &WRONG_PAYMENT]),
        Route::post(
            "/payments/confirm",
            "confirmPayment",
            Access::GuestOrOwner,
            payment::confirm,
        )
        .summary("Confirm a payment with a payment method")
        .problems(&[&kind::NOT_FOUND, &INVALID_STATE]),
        Route::post(
            "/payments/{id}/action",
            "completePaymentAction",
            Access::GuestOrOwner,
            payment::complete_action,
        )
        .summary("Complete the action that a payment requires")
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
        .summary("Assign a delivery to a courier")
        .problems(&[&INVALID_STATE]),
        Route::put(
            "/deliveries/{id}/status",
            "setDeliveryStatus",
            Access::Permission(Permission::Deliver),
            delivery::set_status,
        )
        .summary("Update the status of a delivery")
        .description("For the assigned courier, and an admin. `from` is the status that was seen: if the delivery has another one, the answer is 409 with its present status in `delivery_status`.")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/deliveries/{id}/transfer",
            "transferDelivery",
            Access::Permission(Permission::ManageDeliveries),
            delivery::transfer,
        )
        .summary("Transfer a picked-up parcel to another courier")
        .description("From pick-up until it is delivered or returned; the status stays the same. The former courier can no longer read or move the delivery.")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/deliveries/{id}/reopening",
            "reopenDelivery",
            Access::Permission(Permission::ManageDeliveries),
            delivery::reopen,
        )
        .summary("Deliver a returned parcel again")
        .description("For a parcel that was returned to the sender. Its stock is taken back, and it waits for a courier as before the first pick-up. To end the order instead, cancel it.")
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
        .summary("List a product for sale")
        .problems(&[&ALREADY_LISTED, &INVALID_STATE, &AMOUNT_OVERFLOW]),
        Route::patch(
            "/products/{sku}",
            "changeProduct",
            Access::Permission(Permission::SellProducts),
            product::change,
        )
        .summary("Change a product's details or price")
        .problems(&[&INVALID_STATE, &CURRENCY_MISMATCH, &AMOUNT_OVERFLOW]),
        Route::delete(
            "/products/{sku}",
            "withdrawProduct",
            Access::Permission(Permission::SellProducts),
            product::withdraw,
        )
        .summary("Unlist a product")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/products/{sku}/relisting",
            "relistProduct",
            Access::Permission(Permission::SellProducts),
            product::relist,
        )
        .summary("List an unlisted product again")
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
        .summary("Receive stock")
        .problems(&[&AMOUNT_OVERFLOW, &INVALID_STATE]),
        Route::post(
            "/stock/{sku}/adjustments",
            "adjustStock",
            Access::Permission(Permission::KeepStock),
            stock::adjust,
        )
        .summary("Adjust stock after a count")
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
        .summary("Request a return of delivered units")
        .problems(&[&kind::NOT_FOUND, &INVALID_STATE, &NOTHING_TO_RETURN]),
        Route::post(
            "/returns/{id}/approval",
            "approveReturn",
            Access::Permission(Permission::ManageReturns),
            returns::approve,
        )
        .summary("Approve a return")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/returns/{id}/rejection",
            "rejectReturn",
            Access::Permission(Permission::ManageReturns),
            returns::reject,
        )
        .summary("Reject a return")
        .problems(&[&INVALID_STATE]),
        Route::post(
            "/returns/{id}/receipt",
            "receiveReturn",
            Access::Permission(Permission::ManageReturns),
            returns::receive,
        )
        .summary("Receive the units of a return")
        .description("Adds the units to stock and starts the refund.")
        .problems(&[&INVALID_STATE, &REFUND_EXCEEDS_CAPTURE]),
    ];
    routes.into_iter().map(|route| route.tag("returns")).collect()
}

fn accounts() -> Vec<Route> {
    let routes = vec![
        Route::post("/auth/register", "registerAccount", Access::Public, auth::register)
            .summary("Create a customer account")
            .description("The answer is the same whether or not the address had an account, which stays as it is. To learn whether the account was created, log in.")
            .problems(&[&kind::STORAGE_FULL, &kind::OVERLOADED]),
        Route::post("/auth/login", "login", Access::Public, auth::login)
            .summary("Log in with e-mail address and password")
            .problems(&[&kind::FORBIDDEN, &kind::OVERLOADED]),
        Route::post("/auth/refresh", "refreshSession", Access::Public, auth::refresh)
            .summary("Get a new access token")
            .description("Uses the refresh token in the cookie that `login` and this operation set. Each refresh token is valid once. Within a minute, using it again returns the newest token; after that, it ends the session.")
            .problems(&[&kind::FORBIDDEN]),
        Route::post("/auth/logout", "logout", Access::Authenticated, auth::logout)
            .summary("Log out"),
        Route::get("/auth/profile", "getProfile", Access::Authenticated, auth::profile)
            .summary("Get the caller's account"),
        Route::get_outside("/.well-known/jwks.json", "getJwks", auth::jwks)
            .summary("Get the public keys that verify access tokens"),
    ];
    routes.into_iter().map(|route| route.tag("auth")).collect()
}

fn persons() -> Vec<Route> {
    let routes = vec![
        Route::delete("/auth/profile", "eraseOwnData", Access::GuestOrOwner, privacy::erase_own)
            .summary("Delete the caller's account and erase the caller's data")
            .description("For a customer, with the password again, and for a guest, with the e-mail address of the order. Ends all sessions at once; names, addresses, notes and other texts are unreadable within seconds, also for admins. Orders, amounts and times stay. Refused while an order is open; `orders` lists those that are.")
            .problems(&[&kind::FORBIDDEN, &kind::NOT_FOUND, &kind::OVERLOADED, &INVALID_STATE, &ORDERS_OPEN]),
        Route::get("/auth/profile/export", "exportOwnData", Access::GuestOrOwner, privacy::export_own)
            .summary("Get everything that is stored about the caller")
            .description("The account, and everything recorded about the orders, with addresses and texts in the clear; for a guest, the order of the token."),
        Route::post("/admin/privacy/erasures", "erasePerson", Access::Permission(Permission::ErasePersons), privacy::erase_other)
            .summary("Erase a person on their behalf")
            .description("As `eraseOwnData`, for the account of any role. Erasing an admin needs the right to manage accounts. A person who was erased before stays erased.")
            .problems(&[&ORDERS_OPEN]),
        Route::get("/admin/privacy/erasures", "listErasures", Access::Permission(Permission::ErasePersons), privacy::erasures)
            .summary("List the erasures, newest first")
            .description("Those that customers and guests requested themselves, too. It names nobody but the admin.")
            .problems(&[&kind::INVALID_CURSOR]),
        Route::post("/admin/privacy/persons", "findPerson", Access::Permission(Permission::ErasePersons), privacy::find)
            .summary("Find a person, and see what an erasure would delete")
            .description("It changes nothing. The person is in the body, so that the address of the request names nobody."),
        Route::post("/admin/privacy/exports", "exportPerson", Access::Permission(Permission::ErasePersons), privacy::export)
            .summary("Get everything that is stored about a person")
            .description("As `exportOwnData`, for the person of an account or a guest's order. It changes nothing."),
    ];
    routes.into_iter().map(|route| route.tag("privacy")).collect()
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
