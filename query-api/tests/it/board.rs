//! The admin's board: couriers and counts.

use std::collections::BTreeMap;

use domain::AccountId;
use platform::auth::Role;
use serde_json::json;
use uuid::Uuid;

use crate::history::{End, Life, listed};
use crate::test_app::{TestApp, log, texts};

async fn account(app: &TestApp, name: &str, roles: &[&str], is_disabled: bool) -> AccountId {
    let account_id = Uuid::new_v4();
    let email = format!("{name}@example.com");
    sqlx::query(
        "INSERT INTO command.accounts \
             (account_id, email, email_lookup, name, roles, password_hash, created_at, disabled_at) \
         VALUES ($1, $2, lower($2), $3, $4, '', now(), CASE WHEN $5 THEN now() END)",
    )
    .bind(account_id)
    .bind(email)
    .bind(name)
    .bind(roles.iter().map(|role| (*role).to_owned()).collect::<Vec<_>>())
    .bind(is_disabled)
    .execute(app.world.database.pool())
    .await
    .unwrap();
    AccountId::from_uuid(account_id)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_couriers_who_can_be_assigned_are_listed_by_name() {
    let app = TestApp::new().await;
    let admin = app.anyone(Role::Admin);
    assert_eq!(
        app.read(Some(&admin), "/admin/couriers").await,
        json!({"items": []})
    );
    account(&app, "Zoe", &["courier"], false).await;
    let cory = account(&app, "Cory", &["customer", "courier"], false).await;
    account(&app, "Gone", &["courier"], true).await;
    account(&app, "Ada", &["admin"], false).await;
    let couriers = app.read(Some(&admin), "/admin/couriers").await;
    assert_eq!(
        texts(couriers["items"].as_array().unwrap(), "name"),
        ["Cory", "Zoe"]
    );
    assert_eq!(
        couriers["items"][0],
        json!({"id": cory.as_uuid(), "name": "Cory", "email": "Cory@example.com"})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_counts_by_status_and_is_never_older_than_the_read_models() {
    let ends = [
        End::Placed,
        End::Completed,
        End::OnTheWay,
        End::Completed,
        End::Expired,
    ];
    let lives: Vec<_> = (0..25_u128)
        .map(|number| Life::new(number, &[(1, 1)], ends[usize::try_from(number).unwrap() % 5]))
        .collect();
    let mut app = TestApp::with(&log(3, &lives)).await;
    let admin = app.anyone(Role::Admin);
    let dashboard = app.read(Some(&admin), "/admin/dashboard").await;
    assert_eq!(
        dashboard["orders"],
        json!(BTreeMap::from([
            ("pending", 5),
            ("completed", 10),
            ("confirmed", 5),
            ("expired", 5)
        ]))
    );
    assert_eq!(dashboard["deliveries"], json!({"delivered": 10, "on_the_way": 5}));
    assert_eq!(dashboard["products"], 3);
    assert_eq!(dashboard["position"], app.world.store.head().await.unwrap());
    let projections = dashboard["projections"].as_array().unwrap();
    assert_eq!(
        texts(projections, "name"),
        [
            "deliveries",
            "order_notes",
            "orders",
            "payments",
            "products",
            "sales",
            "stock"
        ]
    );
    assert!(projections.iter().all(|projection| {
        projection["state"] == "running" && projection["lag"] == 0 && projection["error"].is_null()
    }));

    let position = app.add(&listed(4)).await;
    let dashboard = app.read(Some(&admin), "/admin/dashboard").await;
    assert_eq!(
        (&dashboard["products"], &dashboard["position"]),
        (&json!(4), &json!(position))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_shows_which_projection_has_stopped_and_why() {
    let app = TestApp::with(&log(1, &[])).await;
    let admin = app.anyone(Role::Admin);
    app.read(Some(&admin), "/admin/dashboard").await;
    // No position moves, so a cached answer would not show the stop.
    app.world
        .tamper(
            "UPDATE read_model.checkpoints SET stopped = 'an event is too new' WHERE projection = 'orders'",
        )
        .await;
    let dashboard = app.read(Some(&admin), "/admin/dashboard").await;
    let projections = dashboard["projections"].as_array().unwrap();
    let orders = projections
        .iter()
        .find(|projection| projection["name"] == "orders")
        .unwrap();
    assert_eq!(orders["state"], "stopped");
    assert_eq!(orders["error"], "an event is too new");
}
