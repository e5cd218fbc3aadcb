//! A change says what the reads of the same reader say: nothing more, and nothing else.

use std::collections::BTreeSet;

use platform::auth::Role;
use schemas::change::Change;
use serde_json::{Value, json};
use sqlx::types::Json;

use crate::history::{Dated, End, Life, account, courier, listed, seller};
use crate::test_app::TestApp;

/// Part of every personal text.
const CANARY: &str = "Canary Lovelace";

/// The changes of the newest batch.
async fn newest(app: &TestApp) -> Vec<Change> {
    let changes: Json<Vec<Change>> =
        sqlx::query_scalar("SELECT changes FROM read_model.changes ORDER BY to_position DESC LIMIT 1")
            .fetch_one(&app.world.pool)
            .await
            .unwrap();
    changes.0
}

/// The first row of a list, as a change announces it.
async fn row(app: &TestApp, token: &str, path: &str) -> Value {
    announced(app.read(Some(token), path).await["items"][0].clone())
}

/// The row without personal data: without the contact, and with a mark instead of each reason.
fn announced(mut row: Value) -> Value {
    row.as_object_mut().unwrap().remove("contact");
    for stage in row["timeline"].as_array_mut().unwrap() {
        let stage = stage.as_object_mut().unwrap();
        if stage.remove("reason").is_some() {
            stage.insert("has_reason".to_owned(), json!(true));
        }
    }
    row
}

fn parsed(data: &serde_json::value::RawValue) -> Value {
    serde_json::from_str(data.get()).unwrap()
}

/// Compares a change of the order with the lists of its readers.
async fn assert_order(app: &TestApp, change: &Change) {
    let whole = parsed(&change.data);
    let readers = [
        (app.anyone(Role::Admin), "/orders"),
        (app.token(account(0x101), Role::Customer), "/orders/my-orders"),
    ];
    for (token, path) in readers {
        assert_eq!(row(app, &token, path).await, whole, "{path}");
    }
    for number in [1, 2] {
        let seller = seller(number);
        let view = change.readers.seller_views.iter();
        let view = view.clone().find(|view| view.seller_id == seller.as_uuid());
        let view = view.map_or_else(|| whole.clone(), |view| parsed(&view.data));
        let token = app.token(seller, Role::Seller);
        assert_eq!(
            row(app, &token, "/orders/seller-orders").await,
            view,
            "seller {number}"
        );
        let path = format!("/orders/{}", view["id"].as_str().unwrap());
        let order = announced(app.read(Some(&token), &path).await);
        for field in [
            "status",
            "payment_status",
            "delivery_status",
            "courier_id",
            "timeline",
            "position",
        ] {
            assert_eq!(order[field], view[field], "{field}");
        }
        assert_eq!(order["totals"]["total"], view["total"]);
        assert_eq!(
            json!(order["lines"].as_array().unwrap().len()),
            view["line_count"]
        );
    }
}

/// Compares a change of the delivery with the reads of admins and of its courier.
async fn assert_delivery(app: &TestApp, change: &Change) {
    let whole = parsed(&change.data);
    assert_eq!(row(app, &app.anyone(Role::Admin), "/deliveries").await, whole);
    let channel = format!("courier:{}", courier().as_uuid());
    if change.channels.contains(&channel) {
        let token = app.token(courier(), Role::Courier);
        let path = format!("/deliveries/{}", whole["id"].as_str().unwrap());
        assert_eq!(announced(app.read(Some(&token), &path).await), whole);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_what_each_reader_reads() {
    let left = Life::unassigned;
    assert_agreement(End::OnTheWay, Some(left)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transferred_parcel_is_with_its_new_courier_only() {
    let left = Life::transferred;
    assert_agreement(End::OnTheWay, Some(left)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_returned_parcel_says_what_each_reader_reads() {
    assert_agreement(End::Reopened, None).await;
}

/// Compares each change of an order with the reads after it, up to the event by which its courier loses it.
async fn assert_agreement(end: End, lost: Option<fn(&Life) -> Dated>) {
    let mut app = TestApp::new().await;
    app.add(&[listed(1), listed(2)].concat()).await;
    let contact = json!({"name": CANARY, "email": "canary@example.com", "line1": "1", "city": "London",
                         "postal_code": "N1 1AA", "country": "United Kingdom"});
    let life = Life {
        customer: Some(1),
        contact: Some(app.sealed(&contact.to_string()).await),
        ..Life::new(1, &[(1, 2), (2, 3)], end)
    };
    let mut events = life.events();
    events.extend(lost.map(|lost| lost(&life)));
    let mut seen = BTreeSet::new();

    for event in events {
        app.add(&[event]).await;
        for change in newest(&app).await {
            assert!(!serde_json::to_string(&change).unwrap().contains(CANARY));
            match change.kind.as_str() {
                "order.changed" => assert_order(&app, &change).await,
                "delivery.changed" => assert_delivery(&app, &change).await,
                "delivery.left" => {
                    let id = parsed(&change.data)["id"].as_str().unwrap().to_owned();
                    let token = app.token(courier(), Role::Courier);
                    let path = format!("/deliveries/{id}");
                    assert_eq!(app.refused(Some(&token), &path).await.0, 404);
                }
                _ => {}
            }
            seen.insert(change.kind);
        }
    }

    let expected = [
        "delivery.changed",
        "delivery.left",
        "order.changed",
        "stock.changed",
    ];
    assert_eq!(seen, expected.map(str::to_owned).into());
}
