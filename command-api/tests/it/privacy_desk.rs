//! Admins find persons, export their data, and see the record of erasures.

use platform::auth::Role;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use testkit::eventually;

use crate::order_way::Cast;
use crate::test_app::{Person, TestApp, accepted, order, refused};

const GUEST_EMAIL: &str = "guest@example.com";

async fn ask(app: &TestApp, caller: &Person, what: &str, person: &Value) -> Response {
    let request = app
        .client
        .post(app.path(&format!("/admin/privacy/{what}")))
        .bearer_auth(&caller.token)
        .json(&json!({"person": person}));
    app.answer(request).await
}

async fn list(app: &TestApp, caller: &Person, query: &str) -> Response {
    let request = app
        .client
        .get(app.path(&format!("/admin/privacy/erasures{query}")))
        .bearer_auth(&caller.token);
    app.answer(request).await
}

async fn erase(app: &TestApp, admin: &Person, person: &Value, reason: &str) -> Value {
    let body = json!({"person": person, "reason": reason});
    app.post(admin, "/admin/privacy/erasures", &body).await
}

async fn guest_order(app: &TestApp) -> Value {
    let order = order(&[("MUG", 1)], Some(GUEST_EMAIL));
    accepted(app.send(None, Method::POST, "/orders", &order).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_what_an_erasure_deletes_and_what_keeps_it_from_being_done() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = app
        .post(&cast.customer, "/orders", &order(&[("MUG", 1)], None))
        .await;
    let guest = guest_order(&app).await;
    let head = app.store.head().await.unwrap();
    let found = accepted(ask(&app, &cast.admin, "persons", &json!(cast.customer.id)).await).await;
    assert_eq!(found["obstacle"], "orders_open");
    assert_eq!(
        (&found["order_count"], &found["orders"][0]["is_open"]),
        (&json!(1), &json!(true))
    );
    assert_eq!(found["orders"][0]["number"], placed["number"]);
    // The same person by the address of the account.
    let email = &found["account"]["email"];
    assert_eq!(
        accepted(ask(&app, &cast.admin, "persons", email).await).await,
        found
    );
    let exported = accepted(ask(&app, &cast.admin, "exports", email).await).await;
    assert_eq!(exported["orders"][0]["number"], placed["number"]);
    let other_admin = app.person(Role::Admin).await;
    let found = accepted(ask(&app, &cast.admin, "persons", &json!(other_admin.id)).await).await;
    assert_eq!(found["obstacle"], "admin_account");
    let found = accepted(ask(&app, &cast.admin, "persons", &guest["number"]).await).await;
    assert_eq!(
        (&found["account"], &found["obstacle"]),
        (&Value::Null, &json!("orders_open"))
    );
    // Looking changes nothing.
    assert_eq!(app.store.head().await.unwrap(), head);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_names_who_was_erased_when_by_whom_and_why() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let guest = guest_order(&app).await;
    let path = format!("/orders/{}/cancellation", guest["id"].as_str().unwrap());
    let token = guest["guest_token"].as_str();
    accepted(app.send(token, Method::POST, &path, &json!({})).await).await;
    assert_eq!(
        accepted(list(&app, &cast.admin, "").await).await["items"],
        json!([])
    );
    erase(&app, &cast.admin, &guest["number"], "Asked by letter").await;
    let erased = erase(&app, &cast.admin, &json!(cast.customer.id), "Asked by phone").await;
    let listed = async |query: &str| accepted(list(&app, &cast.admin, query).await).await;
    eventually("both are erased", async || {
        let listed = listed("").await;
        listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| !one["erased_at"].is_null())
    })
    .await;

    let first = listed("?limit=1").await;
    let [newest] = first["items"].as_array().unwrap().as_slice() else {
        panic!("{first}");
    };
    assert_eq!(newest["person_id"], erased["person_id"]);
    assert_eq!(
        (&newest["requested_by"], &newest["reason"]),
        (&json!("admin"), &json!("Asked by phone"))
    );
    assert_eq!(newest["admin"]["id"], json!(cast.admin.id));
    assert!(newest["admin"]["email"].as_str().unwrap().contains('@'));
    let second = listed(&format!(
        "?limit=1&cursor={}",
        first["next_cursor"].as_str().unwrap()
    ))
    .await;
    assert_eq!(second["items"][0]["order_number"], guest["number"]);
    let last = listed(&format!(
        "?limit=1&cursor={}",
        second["next_cursor"].as_str().unwrap()
    ))
    .await;
    assert_eq!(last, json!({"items": [], "next_cursor": null}));
    let found = accepted(ask(&app, &cast.admin, "persons", &json!(cast.customer.id)).await).await;
    assert_eq!(
        (&found["account"], &found["obstacle"]),
        (&Value::Null, &json!("erased"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn others_and_bad_input_are_refused() {
    let app = TestApp::new().await;
    let (admin, seller) = (app.person(Role::Admin).await, app.person(Role::Seller).await);
    for what in ["persons", "exports"] {
        for (caller, person, expected) in [
            (&seller, json!("ada@example.com"), 403),
            (&admin, json!("ada@example.com"), 422),
            (&admin, json!("what?"), 422),
            (&admin, json!(7), 422),
        ] {
            let (status, _, problem) = refused(ask(&app, caller, what, &person).await).await;
            assert_eq!(status, expected, "{what} {person}");
            assert!(
                status == 403 || problem["errors"][0]["pointer"] == "/person",
                "{problem}"
            );
        }
    }
    assert_eq!(refused(list(&app, &seller, "").await).await.0, 403);
    assert_eq!(refused(list(&app, &admin, "?cursor=x").await).await.0, 400);
    assert_eq!(refused(list(&app, &admin, "?limit=0").await).await.0, 422);
}
