//! Erasing a person: the request is recorded first, a crash at any step is completed, and nothing readable is left.

use domain::privacy::PersonEvent;
use domain::{AccountId, Event, OrderId, PersonState};
use platform::auth::Role;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use testkit::{eventually, rows_with};
use uuid::Uuid;

use command_api::privacy::{guest_of, person_of};
use command_api::sessions;

use crate::order_way::{Cast, paid_order, take};
use crate::test_app::{PASSWORD, Person, TestApp, accepted, order, refused};

const NONE: [String; 0] = [];
const GUEST_EMAIL: &str = "canary-guest@example.com";

async fn erase(app: &TestApp, token: &str, proof: &Value) -> Response {
    app.send(Some(token), Method::DELETE, "/auth/profile", proof)
        .await
}

fn password() -> Value {
    json!({"password": PASSWORD})
}

async fn email_of(app: &TestApp, person: &Person) -> String {
    let account = command_api::accounts::find(app.store.pool(), AccountId::from_uuid(person.id)).await;
    account.unwrap().unwrap().email
}

async fn state(app: &TestApp, person_id: Uuid) -> PersonState {
    let person_id = domain::PersonId::from_uuid(person_id);
    app.api.lookup().person(person_id).await.unwrap().state
}

async fn until_erased(app: &TestApp, person_id: Uuid) {
    eventually("the person is erased", async || {
        state(app, person_id).await == PersonState::Erased
    })
    .await;
}

async fn count(app: &TestApp, statement: &'static str, id: Uuid) -> i64 {
    let counting = sqlx::query_scalar(statement).bind(id);
    counting.fetch_one(app.database.pool()).await.unwrap()
}

/// The number of rows that hold the key, the account and the sessions of a person.
async fn rows_of(app: &TestApp, person_id: Uuid) -> [i64; 3] {
    [
        count(
            app,
            "SELECT count(*) FROM event_store.subject_keys WHERE subject_id = $1",
            person_id,
        )
        .await,
        count(
            app,
            "SELECT count(*) FROM command.accounts WHERE account_id = $1",
            person_id,
        )
        .await,
        count(
            app,
            "SELECT count(*) FROM command.sessions WHERE account_id = $1",
            person_id,
        )
        .await,
    ]
}

/// Whether the files of the tables that held a person, or those of their indexes, have these bytes.
async fn files_have(app: &TestApp, bytes: &[u8]) -> bool {
    sqlx::query("CHECKPOINT")
        .execute(app.database.pool())
        .await
        .unwrap();
    sqlx::query_scalar(
        "SELECT bool_or(position($1 IN pg_read_binary_file(pg_relation_filepath(oid))) > 0) FROM pg_class
         WHERE oid IN ('event_store.subject_keys'::regclass, 'command.accounts'::regclass)
            OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN
               ('event_store.subject_keys'::regclass, 'command.accounts'::regclass))",
    )
    .bind(bytes)
    .fetch_one(app.database.pool())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_erased_and_others_are_not() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    let notes = format!("/orders/{}/notes", placed["id"].as_str().unwrap());
    app.post(&cast.customer, &notes, &json!({"text": "mine"})).await;
    app.post(&cast.admin, &notes, &json!({"text": "theirs"})).await;
    let email = email_of(&app, &cast.customer).await;
    let (status, slug, problem) = refused(erase(&app, &cast.customer.token, &password()).await).await;
    assert_eq!((status, slug.as_str()), (409, "orders-open"));
    assert_eq!(problem["orders"][0]["number"], placed["number"]);
    take(&app, &cast, &placed, &["picked_up", "on_the_way", "delivered"]).await;
    let wrong = json!({"password": "a wrong password"});
    let (status, _, problem) = refused(erase(&app, &cast.customer.token, &wrong).await).await;
    assert_eq!(
        (status, &problem["errors"][0]["pointer"]),
        (422, &json!("/password"))
    );
    let wrapped: Vec<u8> =
        sqlx::query_scalar("SELECT wrapped_key FROM event_store.subject_keys WHERE subject_id = $1")
            .bind(cast.customer.id)
            .fetch_one(app.database.pool())
            .await
            .unwrap();
    assert!(files_have(&app, &wrapped).await && files_have(&app, email.as_bytes()).await);

    accepted(erase(&app, &cast.customer.token, &password()).await).await;
    assert_eq!(
        refused(erase(&app, &cast.customer.token, &password()).await)
            .await
            .0,
        401
    );
    until_erased(&app, cast.customer.id).await;

    assert_eq!(rows_of(&app, cast.customer.id).await, [0, 0, 0]);
    assert_eq!(app.login(&email, PASSWORD).await, Err(401));
    assert_eq!(rows_with(app.database.pool(), &email).await, NONE);
    assert!(!files_have(&app, &wrapped).await && !files_have(&app, email.as_bytes()).await);
    // Other processes use a key for a second after it was deleted.
    eventually("the customer's note is unreadable, and only that", async || {
        notes_of(&app).await == [None, Some("theirs".to_owned())]
    })
    .await;
}

/// The texts of all notes; none for one of an erased author.
async fn notes_of(app: &TestApp) -> Vec<Option<String>> {
    let mut notes = Vec::new();
    for event in app.store.read(0, 1_000).await.unwrap() {
        if event.event_type == "OrderNoteAdded" {
            let note: Value = serde_json::from_str(event.payload.get()).unwrap();
            let author = note["text"]["person_id"].as_str().unwrap().parse().unwrap();
            let text = note["text"]["ciphertext"].as_str().unwrap();
            let text = app.keys.open(author, text).await.unwrap();
            notes.push(text.map(|text| String::from_utf8(text).unwrap()));
        }
    }
    notes
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_is_completed_after_a_crash_at_any_step() {
    let steps = [
        "SELECT event_store.erase_subject($1)",
        "DELETE FROM command.accounts WHERE account_id = $1",
        "SELECT command.rewrite_erased($1)",
    ];
    for done in 0..=steps.len() {
        let mut app = TestApp::new().await;
        let customer = app.person(Role::Customer).await;
        app.stop_policies().await;
        accepted(erase(&app, &customer.token, &password()).await).await;
        // The request is recorded before anything is destroyed.
        assert!(matches!(
            state(&app, customer.id).await,
            PersonState::ErasureRequested { .. }
        ));
        assert!(app.keys.has(customer.id).await.unwrap());
        for step in &steps[..done] {
            let step = sqlx::query(*step).bind(customer.id);
            step.execute(app.database.pool()).await.unwrap();
        }
        app.start_policies();
        until_erased(&app, customer.id).await;
        assert_eq!(rows_of(&app, customer.id).await, [0, 0, 0], "after {done} steps");
        let mut recorded = Vec::new();
        for event in app.store.read(0, 1_000).await.unwrap() {
            let decoded =
                schemas::codec::decode(&event.event_type, event.schema_version, event.payload.get());
            if let Event::Person(event) = decoded.unwrap() {
                recorded.push(matches!(event, PersonEvent::PersonErased(_)));
            }
        }
        assert_eq!(recorded, [false, true], "after {done} steps");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_processes_refuse_the_tokens_of_an_erased_person() {
    let app = TestApp::new().await;
    let customer = app.person(Role::Customer).await;
    let shutdown = platform::shutdown::Shutdown::new();
    let other = platform::auth::Revocations::new();
    let following = sessions::follow_revocations(app.store.pool().clone(), other.clone(), shutdown.token());
    shutdown.spawn("revocations", following);
    accepted(erase(&app, &customer.token, &password()).await).await;
    until_erased(&app, customer.id).await;
    let session_id: Uuid = sqlx::query_scalar("SELECT id FROM command.ended_tokens")
        .fetch_one(app.database.pool())
        .await
        .unwrap();
    let principal = platform::auth::Principal {
        subject: customer.id,
        roles: platform::auth::Roles::only(Role::Customer),
        session_id,
        expires_at_s: i64::MAX,
    };
    eventually("the session is revoked elsewhere", async || {
        other.contains(&principal)
    })
    .await;
    shutdown.begin();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_erased_with_the_address_of_the_order() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = accepted(
        app.send(
            None,
            Method::POST,
            "/orders",
            &order(&[("MUG", 1)], Some(GUEST_EMAIL)),
        )
        .await,
    )
    .await;
    let token = placed["guest_token"].as_str().unwrap().to_owned();
    let order_id: OrderId = placed["id"].as_str().unwrap().parse().unwrap();
    let proof = json!({"email": GUEST_EMAIL});
    assert_eq!(refused(erase(&app, &token, &proof).await).await.1, "orders-open");
    let path = format!("/orders/{order_id}/cancellation");
    accepted(app.send(Some(&token), Method::POST, &path, &json!({})).await).await;
    let wrong = json!({"email": "other@example.com"});
    assert_eq!(refused(erase(&app, &token, &wrong).await).await.0, 422);
    accepted(erase(&app, &token, &proof).await).await;
    let person_id = guest_of(order_id);
    until_erased(&app, person_id.as_uuid()).await;
    eventually("the key is forgotten", async || {
        !app.keys.has(person_id.as_uuid()).await.unwrap()
    })
    .await;
    assert_eq!(refused(erase(&app, &token, &proof).await).await.0, 401);
    let find = json!({"number": placed["number"], "email": GUEST_EMAIL});
    assert_eq!(app.ask("/guest-tokens", &find).await.status().as_u16(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_erases_others_and_bad_input_changes_nothing() {
    let app = TestApp::new().await;
    let (admin, courier) = (app.person(Role::Admin).await, app.person(Role::Courier).await);
    let other_admin = app.person(Role::Admin).await;
    let email = email_of(&app, &courier).await;
    let path = "/admin/privacy/erasures";
    let head = app.store.head().await.unwrap();
    let cases = [
        (
            &courier,
            json!({"person": email, "reason": "Asked by letter"}),
            403,
        ),
        (
            &admin,
            json!({"person": other_admin.id, "reason": "Asked by letter"}),
            403,
        ),
        (
            &admin,
            json!({"person": "nobody@example.com", "reason": "Asked by letter"}),
            422,
        ),
        (
            &admin,
            json!({"person": "what?", "reason": "Asked by letter"}),
            422,
        ),
        (&admin, json!({"person": email, "reason": " "}), 422),
        (&admin, json!({"person": email}), 422),
    ];
    for (caller, body, expected) in cases {
        let answer = app.send(Some(&caller.token), Method::POST, path, &body).await;
        assert_eq!(refused(answer).await.0, expected, "{body}");
    }
    // The staff cannot leave without an admin.
    assert_eq!(
        refused(erase(&app, &courier.token, &password()).await).await.0,
        409
    );
    assert_eq!(app.store.head().await.unwrap(), head);

    let body = json!({"person": email, "reason": "Asked by letter"});
    let answer = app.post(&admin, path, &body).await;
    assert_eq!(
        answer["person_id"],
        json!(person_of(AccountId::from_uuid(courier.id)))
    );
    until_erased(&app, courier.id).await;
    // Again, by id: the person stays erased, and nothing is recorded.
    let head = app.store.head().await.unwrap();
    app.post(&admin, path, &json!({"person": courier.id, "reason": "Again"}))
        .await;
    assert_eq!(app.store.head().await.unwrap(), head);
    assert_eq!(rows_with(app.database.pool(), "Asked by").await, NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_has_everything_of_the_person_in_the_clear_and_nothing_of_others() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    app.product(&cast.seller, "MUG", 9).await;
    let placed = paid_order(&app, &cast.customer, &[("MUG", 1)], "sandbox_ok").await;
    let notes = format!("/orders/{}/notes", placed["id"].as_str().unwrap());
    app.post(&cast.customer, &notes, &json!({"text": "my note"}))
        .await;
    app.post(
        &cast.admin,
        &notes,
        &json!({"text": "hidden", "visibility": "internal"}),
    )
    .await;
    let request = app
        .client
        .get(app.path("/auth/profile/export"))
        .bearer_auth(&cast.customer.token);
    let export = accepted(app.answer(request).await).await;
    assert_eq!(
        export["account"]["email"],
        json!(email_of(&app, &cast.customer).await)
    );
    assert_eq!(export["orders"][0]["number"], placed["number"]);
    let text = export.to_string();
    for own in ["12 St James's Square", "my note", "PaymentAuthorised"] {
        assert!(text.contains(own), "{own} is not in {text}");
    }
    assert!(!text.contains("hidden") && !text.contains("ciphertext"), "{text}");
}
