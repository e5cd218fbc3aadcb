//! Lists of orders, payments and deliveries, and their sort orders.

use platform::auth::Role;
use serde_json::json;

use crate::history::{End, Life, account, courier, seller};
use crate::test_app::{TestApp, log, texts};

/// Orders of two customers; two orders have the same time, so that the id decides.
fn lives(ends: &[End]) -> Vec<Life> {
    let numbered = (1_u128..).zip(ends);
    let lives = numbered.map(|(number, end)| Life {
        customer: Some(number % 2),
        placed_after_min: i64::try_from(number / 2).unwrap() * 60,
        ..Life::new(number, &[(1 + usize::try_from(number).unwrap() % 3, 1)], *end)
    });
    lives.collect()
}

fn newest_first<'a>(lives: impl Iterator<Item = &'a Life>) -> Vec<String> {
    let mut lives: Vec<&Life> = lives.collect();
    lives.sort_by_key(|life| std::cmp::Reverse((life.placed_after_min, life.order_id())));
    lives.iter().map(|life| life.order_id().to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_list_of_orders_has_its_orders_once_newest_first() {
    let lives = lives(&[
        End::Placed,
        End::Completed,
        End::Expired,
        End::Completed,
        End::Confirmed,
        End::Completed,
        End::Placed,
    ]);
    let app = TestApp::with(&log(3, &lives)).await;
    let admin = app.anyone(Role::Admin);
    let customer = app.token(account(0x101), Role::Customer);
    let one_seller = app.token(seller(2), Role::Seller);
    let that = |keep: &dyn Fn(&Life) -> bool| newest_first(lives.iter().filter(|life| keep(life)));
    let table = [
        ("/orders?", &admin, "id", that(&|_| true)),
        (
            "/orders?status=completed",
            &admin,
            "id",
            that(&|life| life.end == End::Completed),
        ),
        (
            "/orders/my-orders?",
            &customer,
            "id",
            that(&|life| life.customer == Some(1)),
        ),
        (
            "/payments/history?",
            &customer,
            "order_id",
            that(&|life| life.customer == Some(1)),
        ),
        (
            "/orders/seller-orders?",
            &one_seller,
            "id",
            that(&|life| life.lines[0].0 == 2),
        ),
    ];
    for (path, token, field, expected) in table {
        let found = texts(&app.pages(Some(token), path, 2).await, field);
        assert_eq!(found, expected, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_shown_in_the_order_and_its_payment() {
    let life = &lives(&[End::Refunded])[0];
    let app = TestApp::with(&log(3, std::slice::from_ref(life))).await;
    let owner = app.token(account(0x101), Role::Customer);
    let order = app
        .read(Some(&owner), &format!("/orders/{}", life.order_id()))
        .await;
    assert_eq!(
        order["payment_status"], "refunded",
        "it was one unit, and it came back"
    );
    assert_eq!(order["timeline"][0]["status"], "placed");
    assert_eq!(order["lines"][0]["returned_quantity"], 1);
    let payments = app.read(Some(&owner), "/payments/history").await;
    let payment = &payments["items"][0];
    assert_eq!(
        (&payment["status"], &payment["refunded"]["minor"]),
        (&json!("succeeded"), &json!(life.refund_minor()))
    );
    assert_eq!(payment["order_number"], order["number"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_couriers_queue_has_undelivered_deliveries_oldest_first() {
    let lives = lives(&[
        End::OnTheWay,
        End::Completed,
        End::OnTheWay,
        End::Confirmed,
        End::OnTheWay,
    ]);
    let app = TestApp::with(&log(3, &lives)).await;
    let own = app.token(courier(), Role::Courier);
    let queue = texts(&app.pages(Some(&own), "/deliveries/my-queue?", 2).await, "id");
    let mut expected: Vec<&Life> = lives.iter().filter(|life| life.end == End::OnTheWay).collect();
    expected.sort_by_key(|life| (life.placed_after_min, life.delivery_id()));
    let expected: Vec<_> = expected
        .iter()
        .map(|life| life.delivery_id().to_string())
        .collect();
    assert_eq!(queue, expected);
    let admin = app.anyone(Role::Admin);
    let delivered = app.read(Some(&admin), "/deliveries?status=delivered").await;
    let delivered = delivered["items"].as_array().unwrap();
    assert_eq!(texts(delivered, "id"), [lives[1].delivery_id().to_string()]);
    assert_eq!(delivered[0]["line_count"], 1);
}
