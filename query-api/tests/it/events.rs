//! The log of events, searched over HTTP.

use platform::auth::Role;
use serde_json::Value;

use crate::history::{End, Life};
use crate::test_app::{TestApp, log, texts};

fn positions(list: &Value) -> Vec<i64> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|event| event["position"].as_i64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_searched_by_conditions_and_read_in_pages() {
    let life = Life::new(1, &[(1, 3)], End::Refunded);
    let app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
    let admin = app.anyone(Role::Admin);
    let all = app.read(Some(&admin), "/admin/events?limit=100").await;
    let head = all["head"].as_i64().unwrap();
    assert_eq!(positions(&all), (1..=head).rev().collect::<Vec<_>>());
    assert!(all["items"][0].get("payload").is_none());

    let mut found = Vec::new();
    let mut path = "/admin/events?sort=oldest&limit=4".to_owned();
    loop {
        let page = app.read(Some(&admin), &path).await;
        found.extend(positions(&page));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/admin/events?sort=oldest&limit=4&cursor={cursor}");
    }
    assert_eq!(found, (1..=head).collect::<Vec<_>>());

    let stream = format!("/admin/events?stream=order-{}&sort=oldest", life.order_id());
    let of_order = app.read(Some(&admin), &stream).await;
    let types = texts(of_order["items"].as_array().unwrap(), "event_type");
    assert_eq!(
        types,
        [
            "OrderPlaced",
            "OrderConfirmed",
            "OrderCompleted",
            "OrderLinesReturned"
        ]
    );
    let two = app
        .read(Some(&admin), "/admin/events?type=OrderPlaced,OrderConfirmed")
        .await;
    assert_eq!(
        texts(two["items"].as_array().unwrap(), "event_type"),
        ["OrderConfirmed", "OrderPlaced"]
    );
    let newer = app
        .read(Some(&admin), &format!("/admin/events?after={}", head - 2))
        .await;
    assert_eq!(positions(&newer), [head, head - 1]);
    for none in [
        "since=2200-01-01T00:00:00Z",
        "until=2000-01-01T00:00:00Z",
        "stream=order-0",
        "after=999999",
    ] {
        let list = app.read(Some(&admin), &format!("/admin/events?{none}")).await;
        assert_eq!(positions(&list), [0; 0], "{none}");
        assert_eq!(list["next_cursor"], Value::Null, "{none}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_is_read_with_its_payload_and_bad_input_is_refused() {
    let life = Life::new(1, &[(1, 3)], End::Refunded);
    let app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
    let admin = app.anyone(Role::Admin);
    let placed = app.read(Some(&admin), "/admin/events?type=OrderPlaced").await;
    let summary = &placed["items"][0];
    let event = app
        .read(Some(&admin), &format!("/admin/events/{}", summary["position"]))
        .await;
    for (field, value) in summary.as_object().unwrap() {
        assert_eq!(&event[field], value, "{field}");
    }
    assert_eq!(event["payload"]["lines"][0]["quantity"], 3);
    assert_eq!(event["effect_count"], 0);

    for query in [
        "type=OrderLost",
        "actor=robot",
        "after=-1",
        "since=today",
        "correlation_id=1",
        "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z",
        "limit=0",
        "sort=oldest_first",
    ] {
        let refused = app.refused(Some(&admin), &format!("/admin/events?{query}")).await;
        assert_eq!(refused.0, 422, "{query}");
    }
    assert_eq!(app.refused(Some(&admin), "/admin/events?cursor=x").await.0, 400);
    for position in ["0", "999999", "-1", "one"] {
        let path = format!("/admin/events/{position}");
        assert_eq!(app.refused(Some(&admin), &path).await.0, 404, "{position}");
    }
}
