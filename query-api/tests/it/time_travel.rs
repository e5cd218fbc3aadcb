//! An order as of a version or a time.

use platform::auth::Role;
use serde_json::json;

use crate::history::{End, Life, account};
use crate::test_app::{TestApp, log, texts};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_shown_as_it_was_at_a_version_or_a_time() {
    let life = Life::new(1, &[(1, 3)], End::Refunded);
    let app = TestApp::with(&log(1, std::slice::from_ref(&life))).await;
    let admin = app.anyone(Role::Admin);
    let path = format!("/orders/{}/history", life.order_id());
    let whole = app.read(Some(&admin), &path).await;
    let events = whole["items"].as_array().unwrap();
    assert_eq!(
        texts(events, "event_type"),
        [
            "OrderPlaced",
            "OrderConfirmed",
            "OrderCompleted",
            "OrderLinesReturned"
        ]
    );
    assert_eq!(events[0]["payload"]["lines"][0]["quantity"], 3);
    let table = [
        ("", 4, "completed"),
        ("?version=1", 1, "pending"),
        ("?version=2", 2, "confirmed"),
        ("?version=99", 4, "completed"),
        ("?at=2026-03-01T09:31:30Z", 2, "confirmed"),
        // An event at exactly this time is included.
        ("?at=2026-03-01T09:31:00.123456Z", 2, "confirmed"),
        ("?at=2027-01-01T00:00:00Z", 4, "completed"),
    ];
    for (query, count, status) in table {
        let past = app.read(Some(&admin), &format!("{path}{query}")).await;
        assert_eq!(past["items"], json!(events[..count]), "{query}");
        assert_eq!(past["state"]["status"], status, "{query}");
    }
    let before = app
        .read(Some(&admin), &format!("{path}?at=2020-01-01T00:00:00Z"))
        .await;
    assert_eq!(before, json!({"items": [], "state": null}));

    let unknown = "/orders/0199a1c0-7c1e-7000-8000-000000000001/history";
    assert_eq!(app.refused(Some(&admin), unknown).await.0, 404);
    for query in [
        "version=0",
        "version=x",
        "at=yesterday",
        "at=2026-03-01T09:31:30Z&version=1",
    ] {
        let refused = app.refused(Some(&admin), &format!("{path}?{query}")).await;
        assert_eq!(refused.0, 422, "{query}");
    }
    let customer = app.token(account(0x101), Role::Customer);
    assert_eq!(app.refused(Some(&customer), &path).await.0, 403);
}
