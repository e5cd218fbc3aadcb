//! Objects as they were, the events of their lives, and the differences between two moments.

use std::collections::BTreeSet;

use domain::StreamId;
use platform::auth::Role;
use serde_json::{Value, json};

use crate::history::{End, Life, account, seller, sku, start};
use crate::support::Raw;
use crate::test_app::{TestApp, log, texts};

/// An order that is refunded, in a log that was recorded and projected event by event; with the order's answers after
/// each event.
async fn told(life: &Life, reader: impl Fn(&TestApp) -> String) -> (TestApp, Vec<Value>) {
    let mut app = TestApp::with(&log(2, &[])).await;
    let token = reader(&app);
    let path = format!("/orders/{}", life.order_id());
    let mut answers = Vec::new();
    for event in life.events() {
        app.add(std::slice::from_ref(&event)).await;
        let answer = app.read(Some(&token), &path).await;
        if answers.last() != Some(&answer) {
            answers.push(answer);
        }
    }
    (app, answers)
}

fn without_as_of(mut answer: Value) -> Value {
    answer
        .as_object_mut()
        .unwrap()
        .remove("as_of")
        .expect("the moment");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_what_the_present_was() {
    let life = Life::new(1, &[(1, 3), (2, 1)], End::Refunded);
    let (app, answers) = told(&life, |app| app.anyone(Role::Admin)).await;
    let admin = app.anyone(Role::Admin);
    let path = format!("/orders/{}", life.order_id());
    assert!(answers.len() > 8, "{answers:#?}");
    for present in &answers {
        let at = format!("{path}?position={}", present["position"]);
        let past = app.read(Some(&admin), &at).await;
        assert_eq!(past["as_of"]["position"], present["position"]);
        assert_eq!(&without_as_of(past.clone()), present, "{at}");
        let time = past["as_of"]["recorded_at"].as_str().unwrap();
        let at_time = app.read(Some(&admin), &format!("{path}?at={time}")).await;
        assert_eq!(at_time, past, "{time}");
    }
    for (version, status) in [(1, "pending"), (2, "confirmed"), (3, "completed")] {
        let past = app.read(Some(&admin), &format!("{path}?version={version}")).await;
        assert_eq!(
            (&past["version"], &past["status"]),
            (&json!(version), &json!(status))
        );
        assert_eq!(past["as_of"]["version"], version);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_the_order_before_later_events_of_its_other_streams() {
    let mut later_streams = BTreeSet::new();
    for (end, number) in [
        (End::Refunded, 1),
        (End::CapturedAfterCancellation, 2),
        (End::CancelledAfterReturn, 3),
    ] {
        let life = Life::new(number, &[(1, 3), (2, 1)], end);
        let (app, answers) = told(&life, |app| app.anyone(Role::Admin)).await;
        let admin = app.anyone(Role::Admin);
        let path = format!("/orders/{}", life.order_id());
        let newest = answers.last().unwrap()["version"].as_i64().unwrap();
        for version in 1..=newest {
            let mut of_version = answers.iter().filter(|answer| answer["version"] == version);
            let present = of_version.next().unwrap();
            let past = app.read(Some(&admin), &format!("{path}?version={version}")).await;
            assert_eq!(past["as_of"]["version"], version, "{end:?}");
            assert_eq!(past["as_of"]["position"], present["position"], "{end:?}");
            assert_eq!(&without_as_of(past), present, "{end:?} {version}");
            assert!(
                version < newest || of_version.count() > 0,
                "{end:?}: no later event"
            );
        }
        let history = app.pages(Some(&admin), &format!("{path}/history?"), 100).await;
        let streams = texts(&history, "stream_id").into_iter().rev();
        let later = streams.take_while(|stream| !stream.starts_with("order-"));
        later_streams.extend(later.map(|stream| stream.split('-').next().unwrap().to_owned()));
    }
    assert_eq!(
        Vec::from_iter(later_streams),
        ["delivery", "payment", "return"],
        "the streams whose events came after the newest version"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_object_has_a_past_that_ends_in_its_present() {
    let life = Life::new(1, &[(1, 3), (2, 1)], End::Refunded);
    let app = TestApp::with(&log(2, std::slice::from_ref(&life))).await;
    let admin = app.anyone(Role::Admin);
    let sku = &life.order_lines()[0].sku;
    let table = [
        (format!("/orders/{}", life.order_id()), "status", json!("pending")),
        (
            format!("/deliveries/{}", life.delivery_id()),
            "status",
            json!("pending"),
        ),
        (
            format!("/payments/{}", life.payment_id()),
            "captured",
            json!({"minor": 0, "currency": "GBP"}),
        ),
        (
            format!("/returns/{}", life.return_id()),
            "status",
            json!("requested"),
        ),
        (format!("/products/{sku}"), "status", json!("listed")),
        (format!("/stock/{sku}"), "reserved", json!(0)),
    ];
    for (path, field, first) in table {
        let present = app.read(Some(&admin), &path).await;
        let head = format!("{path}?position={}", app.world.store.head().await.unwrap());
        assert_eq!(
            without_as_of(app.read(Some(&admin), &head).await),
            present,
            "{path}"
        );
        let past = app.read(Some(&admin), &format!("{path}?version=1")).await;
        assert_eq!(
            (&past[field], &past["as_of"]["version"]),
            (&first, &json!(1)),
            "{path}"
        );
        let history = app.pages(Some(&admin), &format!("{path}/history?"), 3).await;
        assert!(!history.is_empty(), "{path}");
        let diff = app.read(Some(&admin), &format!("{path}/diff?from=1&to=1")).await;
        assert_eq!(diff["items"], json!([]), "{path}");
        assert_eq!(diff["from"], diff["to"], "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn differences_name_the_event_that_made_them() {
    let life = Life::new(1, &[(1, 3)], End::Refunded);
    let app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
    let customer = app.token(account(0x101), Role::Customer);
    let path = format!("/orders/{}", life.order_id());
    let diff = app
        .read(Some(&customer), &format!("{path}/diff?from=1&to=2"))
        .await;
    let items = diff["items"].as_array().unwrap();
    let by = |field: &str| items.iter().find(|item| item["field"] == field).unwrap();
    let status = by("/status");
    assert_eq!(
        (&status["from"], &status["to"]),
        (&json!("pending"), &json!("confirmed"))
    );
    assert_eq!(status["event"]["event_type"], "OrderConfirmed");
    assert_eq!(by("/payment_status")["event"]["event_type"], "PaymentAuthorised");
    // Who caused an event is shown to others by the part they have in the order only.
    assert_eq!(status["event"]["role"], "tool");
    assert_eq!(status["event"].get("actor"), None);
    for (query, status) in [
        ("from=2&to=1", 422),
        ("from=0", 422),
        ("from=99", 422),
        ("to=1", 422),
        ("from=2020-01-01T00:00:00Z", 404),
    ] {
        let refused = app
            .refused(Some(&customer), &format!("{path}/diff?{query}"))
            .await;
        assert_eq!(refused.0, status, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_that_does_not_exist_is_refused() {
    let life = Life::new(1, &[(1, 3)], End::Completed);
    let app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
    let admin = app.anyone(Role::Admin);
    let path = format!("/orders/{}", life.order_id());
    let response = app
        .get(Some(&admin), &format!("{path}?at=2020-01-01T00:00:00Z"))
        .await;
    assert_eq!(response.status(), 404);
    let problem: Value = response.json().await.unwrap();
    assert!(problem["type"].as_str().unwrap().ends_with("/before-first-event"));
    let first = problem["first_recorded_at"].as_str().unwrap();
    let at_first = app.read(Some(&admin), &format!("{path}?at={first}")).await;
    assert_eq!(at_first["as_of"]["recorded_at"], first);
    assert_eq!(
        app.refused(Some(&admin), &format!("{path}?position=1")).await.0,
        404
    );
    for query in [
        "version=0",
        "version=99",
        "version=x",
        "at=yesterday",
        "position=0",
        "position=999999",
        "version=1&position=9",
    ] {
        let refused = app.refused(Some(&admin), &format!("{path}?{query}")).await;
        assert_eq!(refused, (422, "validation".to_owned()), "{query}");
    }
    let unknown = "/orders/0199a1c0-7c1e-7000-8000-000000000001";
    for path in ["?version=1", "/history", "/diff?from=1"] {
        let refused = app.refused(Some(&admin), &format!("{unknown}{path}")).await;
        assert_eq!(refused, (404, "not-found".to_owned()), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_of_the_past_what_they_see_of_the_present() {
    let life = Life::new(1, &[(1, 3), (2, 1)], End::Refunded);
    let app = TestApp::with(&log(2, std::slice::from_ref(&life))).await;
    let path = format!("/orders/{}", life.order_id());
    let stranger = app.token(account(0x999), Role::Customer);
    for query in ["?version=1", "/history", "/diff?from=1"] {
        assert_eq!(
            app.refused(Some(&stranger), &format!("{path}{query}")).await.0,
            404,
            "{query}"
        );
        assert_eq!(
            app.refused(None, &format!("{path}{query}")).await.0,
            401,
            "{query}"
        );
    }
    let seller_of_one = app.token(seller(1), Role::Seller);
    let past = app.read(Some(&seller_of_one), &format!("{path}?version=1")).await;
    let present = app.read(Some(&seller_of_one), &path).await;
    assert_eq!(
        past["lines"].as_array().unwrap().len(),
        present["lines"].as_array().unwrap().len()
    );
    assert_eq!(
        (&past["totals"], &past["customer_id"]),
        (&present["totals"], &json!(null))
    );
    let admin = app.anyone(Role::Admin);
    let all = app.pages(Some(&admin), &format!("{path}/history?"), 100).await;
    assert_eq!(all[0]["actor"], "tool:fixture");
    for (name, token) in [
        ("seller", seller_of_one),
        ("customer", app.token(account(0x101), Role::Customer)),
    ] {
        let history = app.pages(Some(&token), &format!("{path}/history?"), 4).await;
        assert_eq!(history[0]["event_type"], "OrderPlaced", "{name}");
        assert!(
            history.len() < all.len(),
            "{name}: {:?}",
            texts(&history, "event_type")
        );
        assert!(history.iter().all(|event| event.get("actor").is_none()), "{name}");
    }
    let sku = &life.order_lines()[0].sku;
    assert_eq!(
        app.refused(Some(&stranger), &format!("/stock/{sku}/history"))
            .await
            .0,
        403
    );
    let other = app.token(seller(2), Role::Seller);
    let own = app.token(seller(1), Role::Seller);
    let path = format!("/stock/{sku}/history");
    assert_eq!(app.refused(Some(&other), &path).await.0, 404);
    let levels = app.pages(Some(&own), &format!("{path}?"), 2).await;
    let last = &levels.last().unwrap()["level"];
    assert_eq!(last, &app.read(None, &format!("/stock/{sku}")).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_of_what_is_public_is_for_its_seller() {
    let life = Life::new(1, &[(1, 3), (2, 1)], End::Completed);
    let app = TestApp::with(&log(2, std::slice::from_ref(&life))).await;
    let sku = &life.order_lines()[0].sku;
    let (own, other) = (
        app.token(seller(1), Role::Seller),
        app.token(seller(2), Role::Seller),
    );
    let customer = app.token(account(0x101), Role::Customer);
    for path in [format!("/stock/{sku}"), format!("/products/{sku}")] {
        app.read(None, &path).await;
        for moment in ["version=1", "position=9", "at=2999-01-01T00:00:00Z"] {
            let path = format!("{path}?{moment}");
            assert_eq!(app.refused(None, &path).await.0, 401, "{path}");
            assert_eq!(app.refused(Some(&customer), &path).await.0, 403, "{path}");
            assert_eq!(app.refused(Some(&other), &path).await.0, 404, "{path}");
            app.read(Some(&own), &path).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_applied_ends_the_readable_past() {
    let mut app = TestApp::with(&log(1, &[])).await;
    let sku = sku(1);
    let raw = Raw {
        stream_id: StreamId::Product(sku.clone()),
        key: sku.to_string(),
        event_type: "ProductPriceChanged",
        schema_version: 1,
        payload: "{}".to_owned(),
    };
    let poison = app.world.append_raw(vec![(raw, start())]).await;
    app.world.project_all().await;
    let admin = app.anyone(Role::Admin);
    let path = format!("/products/{sku}");
    app.read(Some(&admin), &format!("{path}?version=1")).await;
    for read in [&*format!("?position={poison}"), "/history", "/diff?from=1"] {
        let response = app.get(Some(&admin), &format!("{path}{read}")).await;
        assert_eq!(response.status(), 409, "{read}");
        let problem: Value = response.json().await.unwrap();
        assert!(problem["type"].as_str().unwrap().ends_with("/history-unreadable"));
        assert_eq!(problem["position"], poison, "{read}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_causes_of_an_order_are_for_admins() {
    let life = Life::new(1, &[(1, 3)], End::Refunded);
    let app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
    let path = format!("/orders/{}/causation", life.order_id());
    let customer = app.token(account(0x101), Role::Customer);
    assert_eq!(app.refused(Some(&customer), &path).await.0, 403);
    let admin = app.anyone(Role::Admin);
    let tree = app.read(Some(&admin), &path).await;
    assert_eq!(tree["is_complete"], true);
    let placed = &tree["items"][0];
    assert_eq!((&placed["depth"], &placed["cause"]), (&json!(0), &json!(null)));
    assert_eq!(placed["actor"], "tool:fixture");
    assert_eq!(placed["events"][0]["event_type"], "OrderPlaced");
    let unknown = "/orders/0199a1c0-7c1e-7000-8000-000000000001/causation";
    assert_eq!(app.refused(Some(&admin), unknown).await.0, 404);
}
