//! Visibility of orders, their deliveries and payments.

use domain::Sealed;
use platform::auth::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::history::{Dated, End, Life, account, courier, listed, seller};
use crate::test_app::{TestApp, texts};

/// The customer's name, which makes personal data in answers easy to detect.
const CANARY: &str = "Canary Lovelace";

/// Seals a contact for a new person.
async fn contact(app: &TestApp) -> Sealed {
    let contact = json!({
        "name": CANARY, "email": "canary@example.com", "line1": "12 St James's Square", "city": "London",
        "postal_code": "SW1Y 4JH", "country": "United Kingdom"
    });
    app.sealed(&contact.to_string()).await
}

/// An order of customer 1 with one line of each of two sellers, up to the stage `end`.
async fn house_with_order(end: End, customer: Option<u128>) -> (TestApp, Life) {
    let mut app = TestApp::new().await;
    let life = Life {
        customer,
        contact: Some(contact(&app).await),
        ..Life::new(1, &[(1, 2), (2, 3)], end)
    };
    let events: Vec<Dated> = [listed(1), listed(2), life.events()].concat();
    app.add(&events).await;
    (app, life)
}

fn with_id(path: &str, life: &Life) -> String {
    path.replace("{order}", &life.order_id().as_uuid().to_string())
        .replace("{delivery}", &life.delivery_id().as_uuid().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_complete_for_its_parties_and_hidden_from_others() {
    let (app, life) = house_with_order(End::OnTheWay, Some(1)).await;
    let path = with_id("/orders/{order}", &life);
    let owner = app.token(account(0x101), Role::Customer);
    let response = app.get(Some(&owner), &path).await;
    let tag = response
        .headers()
        .get("etag")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let order: Value = response.json().await.unwrap();
    assert_eq!(tag, format!("\"{}\"", order["version"]));
    assert_eq!(order["contact"]["name"], CANARY);
    assert_eq!(order["totals"]["total"]["minor"], 2 * 101 + 3 * 102);
    assert_eq!(order["lines"].as_array().unwrap().len(), 2);
    assert_eq!(order["delivery_status"], "on_the_way");

    for (account_id, role) in [(account(0x999), Role::Admin), (courier(), Role::Courier)] {
        let token = app.token(account_id, role);
        assert_eq!(app.read(Some(&token), &path).await, order, "{role}");
    }
    let strangers = [
        app.anyone(Role::Customer),
        app.anyone(Role::Seller),
        app.anyone(Role::Courier),
        app.anyone(Role::Analyst),
        app.guest(life.order_id()),
        // The right account, but without the role that grants access.
        app.token(courier(), Role::Customer),
        app.token(seller(1), Role::Customer),
    ];
    for (index, token) in strangers.iter().enumerate() {
        let expected = if index == 4 { 200 } else { 404 };
        let response = app.get(Some(token), &path).await;
        assert_eq!(response.status(), expected, "stranger {index}");
    }
    let other = domain::OrderId::from_uuid(Uuid::from_u128(9));
    assert_eq!(app.refused(Some(&app.guest(other)), &path).await.0, 404);
}

/// The reason of the failed attempt in a timeline.
fn failure_reason(read: &Value) -> &Value {
    let mut stages = read["timeline"].as_array().unwrap().iter();
    let failed = stages.find(|stage| stage["status"] == "attempt_failed");
    &failed.unwrap()["reason"]
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_who_sees_an_order_reads_why_an_attempt_failed() {
    let (app, life) = house_with_order(End::OnTheWay, Some(1)).await;
    let [order, delivery] = ["/orders/{order}", "/deliveries/{delivery}"].map(|path| with_id(path, &life));
    let owner = app.token(account(0x101), Role::Customer);
    let readers = [
        owner,
        app.anyone(Role::Admin),
        app.token(courier(), Role::Courier),
        app.guest(life.order_id()),
    ];
    for token in &readers {
        for path in [&order, &delivery] {
            assert_eq!(
                failure_reason(&app.read(Some(token), path).await),
                "nobody at home"
            );
        }
    }
    let seller = app.token(seller(1), Role::Seller);
    assert_eq!(
        failure_reason(&app.read(Some(&seller), &order).await),
        "nobody at home"
    );
    let list = app.read(Some(&readers[0]), "/orders/my-orders").await;
    assert_eq!(failure_reason(&list["items"][0]), "nobody at home");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_courier_sees_the_address_only_while_the_delivery_is_under_way() {
    for (end, is_seen) in [(End::OnTheWay, true), (End::Completed, false)] {
        let (mut app, life) = house_with_order(end, Some(1)).await;
        let token = app.token(courier(), Role::Courier);
        let paths = ["/orders/{order}", "/deliveries/{delivery}"].map(|path| with_id(path, &life));
        for path in &paths {
            let contact = &app.read(Some(&token), path).await["contact"];
            assert_eq!(contact.is_null(), !is_seen, "{end:?} {path}: {contact}");
        }
        let owner = app.token(account(0x101), Role::Customer);
        assert_eq!(app.read(Some(&owner), &paths[1]).await["contact"]["name"], CANARY);
        app.add(&[life.unassigned()]).await;
        for path in &paths {
            assert_eq!(app.refused(Some(&token), path).await.0, 404, "{end:?} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_sees_their_own_lines_and_no_name() {
    let (app, life) = house_with_order(End::Confirmed, Some(1)).await;
    let token = app.token(seller(2), Role::Seller);
    let order = app.read(Some(&token), &with_id("/orders/{order}", &life)).await;
    assert_eq!(texts(order["lines"].as_array().unwrap(), "sku"), ["SKU-0002"]);
    assert_eq!(order["totals"]["total"]["minor"], 3 * 102);
    assert!(!order.to_string().contains(CANARY));
    assert_eq!(
        (&order["customer_id"], &order["contact"]),
        (&Value::Null, &Value::Null)
    );
    let list = app.read(Some(&token), "/orders/seller-orders").await;
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(
        (
            &items[0]["total"]["minor"],
            &items[0]["line_count"],
            &items[0]["courier_id"]
        ),
        (&json!(3 * 102), &json!(1), &Value::Null)
    );
    assert!(!list.to_string().contains(CANARY));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_no_longer_has_a_contact() {
    let (app, life) = house_with_order(End::OnTheWay, None).await;
    let admin = app.anyone(Role::Admin);
    let paths = ["/orders/{order}", "/deliveries/{delivery}"].map(|path| with_id(path, &life));
    for path in &paths {
        assert_eq!(
            app.read(Some(&admin), path).await["contact"]["name"],
            CANARY,
            "{path}"
        );
    }
    let person_id = life.contact.as_ref().unwrap().person_id.as_uuid();
    app.keys.erase(person_id).await.unwrap();
    for path in &paths {
        assert_eq!(
            app.read(Some(&admin), path).await["contact"],
            Value::Null,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_only_the_callers_own_items() {
    let mut app = TestApp::with(&[listed(1), listed(2)].concat()).await;
    let lives: Vec<_> = (0..12_u128)
        .map(|number| Life {
            customer: (number % 4 != 3).then_some(number % 4),
            ..Life::new(number, &[(1 + (number % 2) as usize, 1)], End::Completed)
        })
        .collect();
    let events: Vec<Dated> = lives.iter().flat_map(Life::events).collect();
    app.add(&events).await;
    let customer = app.token(account(0x102), Role::Customer);
    let expected = |keep: &dyn Fn(&Life) -> bool| {
        let ids = lives.iter().filter(|life| keep(life));
        let mut ids: Vec<_> = ids.map(|life| life.order_id().as_uuid().to_string()).collect();
        ids.sort();
        ids
    };
    let table = [
        ("/orders/my-orders", &customer, "id", 2_u128),
        ("/payments/history", &customer, "order_id", 2),
    ];
    for (path, token, field, number) in table {
        let page = app.read(Some(token), path).await;
        let mut ids = texts(page["items"].as_array().unwrap(), field);
        ids.sort();
        assert_eq!(ids, expected(&|life| life.customer == Some(number)), "{path}");
    }
    let one_seller = app.token(seller(2), Role::Seller);
    let page = app.read(Some(&one_seller), "/orders/seller-orders").await;
    let mut ids = texts(page["items"].as_array().unwrap(), "id");
    ids.sort();
    assert_eq!(ids, expected(&|life| life.lines[0].0 == 2));
    for path in ["/orders/my-orders", "/payments/history"] {
        let nobody = app.anyone(Role::Customer);
        assert_eq!(app.read(Some(&nobody), path).await["items"], json!([]), "{path}");
    }
    let admin = app.anyone(Role::Admin);
    app.read(Some(&admin), "/orders").await;
    app.read(Some(&admin), "/deliveries").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_in_its_couriers_queue_until_it_ends() {
    let (mut app, life) = house_with_order(End::OnTheWay, Some(1)).await;
    let done = Life::new(2, &[(1, 1)], End::Completed);
    app.add(&done.events()).await;
    let token = app.token(courier(), Role::Courier);
    let queue = app.read(Some(&token), "/deliveries/my-queue").await;
    let items = queue["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["id"], json!(life.delivery_id().as_uuid()));
    assert_eq!(items[0]["contact"]["name"], CANARY);
    let path = with_id("/deliveries/{delivery}", &life);
    let delivery = app.read(Some(&token), &path).await;
    assert_eq!(delivery, items[0]);
    let owner = app.token(account(0x101), Role::Customer);
    assert_eq!(app.read(Some(&owner), &path).await, delivery);
    assert_eq!(app.read(Some(&app.guest(life.order_id())), &path).await, delivery);
    for role in [Role::Customer, Role::Courier, Role::Seller] {
        let stranger = app.anyone(role);
        assert_eq!(app.refused(Some(&stranger), &path).await.0, 404, "{role}");
    }
    let other = app.anyone(Role::Courier);
    assert_eq!(
        app.read(Some(&other), "/deliveries/my-queue").await["items"],
        json!([])
    );
}
