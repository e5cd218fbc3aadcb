//! Notes on orders: who may write which, and that their text is sealed.

use domain::order::{NoteAuthor, NoteVisibility, OrderEvent, OrderNoteAdded};
use domain::{AccountId, Event, OrderId};
use platform::auth::Role;
use reqwest::Method;
use schemas::codec;
use serde_json::{Value, json};

use crate::order_way::Cast;
use crate::test_app::{Person, TestApp, accepted, order, refused};

/// An order of the customer, with a line of the seller, and the path of its notes.
async fn placed(app: &TestApp, cast: &Cast) -> (OrderId, String) {
    app.product(&cast.seller, "MUG", 5).await;
    let placed = app
        .post(&cast.customer, "/orders", &order(&[("MUG", 1)], None))
        .await;
    notes_of(&placed)
}

fn notes_of(placed: &Value) -> (OrderId, String) {
    let id = placed["id"].as_str().unwrap();
    (id.parse().unwrap(), format!("/orders/{id}/notes"))
}

/// The notes in the event store, oldest first.
async fn stored_notes(app: &TestApp) -> Vec<OrderNoteAdded> {
    let events = app.store.read(0, 1_000).await.unwrap();
    let decoded = events
        .iter()
        .map(|event| codec::decode(&event.event_type, event.schema_version, event.payload.get()).unwrap());
    decoded
        .filter_map(|event| match event {
            Event::Order(OrderEvent::OrderNoteAdded(note)) => Some(note),
            _ => None,
        })
        .collect()
}

const fn account(person: &Person) -> AccountId {
    AccountId::from_uuid(person.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn customer_seller_and_admin_write_notes_that_only_a_key_opens() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    let (order_id, path) = placed(&app, &cast).await;
    let notes = [
        (&cast.customer, json!({"text": "  Leave it at the porch.\n"})),
        (
            &cast.seller,
            json!({"text": "Leave it at the porch.", "visibility": "internal"}),
        ),
        (
            &cast.admin,
            json!({"text": "Leave it at the porch.", "visibility": "shared"}),
        ),
    ];
    for ((author, body), version) in notes.iter().zip(2..) {
        let answer = app.send(Some(&author.token), Method::POST, &path, body).await;
        assert_eq!(answer.status().as_u16(), 201);
        let answer = accepted(answer).await;
        assert_eq!(answer["id"], order_id.to_string());
        assert_eq!(answer["version"], version);
    }
    let stored = stored_notes(&app).await;
    let seen: Vec<_> = stored.iter().map(|note| (note.author, note.visibility)).collect();
    let (customer, seller, admin) = (
        account(&cast.customer),
        account(&cast.seller),
        account(&cast.admin),
    );
    assert_eq!(
        seen,
        [
            (
                NoteAuthor::Customer { account_id: customer },
                NoteVisibility::Shared
            ),
            (
                NoteAuthor::Seller { account_id: seller },
                NoteVisibility::Internal
            ),
            (NoteAuthor::Admin { account_id: admin }, NoteVisibility::Shared),
        ]
    );
    for note in &stored {
        assert_eq!(note.order_id, order_id);
        let opened = app
            .keys
            .open(note.text.person_id.as_uuid(), &note.text.ciphertext)
            .await;
        assert_eq!(opened.unwrap().unwrap(), b"Leave it at the porch.");
    }
    let log = app.store.read(0, 1_000).await.unwrap();
    assert!(log.iter().all(|event| !event.payload.get().contains("porch")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_writes_notes_with_the_key_of_the_order() {
    let app = TestApp::new().await;
    let seller = app.person(Role::Seller).await;
    app.product(&seller, "MUG", 5).await;
    let body = order(&[("MUG", 1)], Some("ada@example.com"));
    let placed = accepted(app.send(None, Method::POST, "/orders", &body).await).await;
    let other = accepted(app.send(None, Method::POST, "/orders", &body).await).await;
    let (_, path) = notes_of(&placed);
    let note = json!({"text": "Ring twice."});
    let token = |placed: &Value| placed["guest_token"].as_str().unwrap().to_owned();
    accepted(app.send(Some(&token(&placed)), Method::POST, &path, &note).await).await;
    let refusal = refused(app.send(Some(&token(&other)), Method::POST, &path, &note).await).await;
    assert_eq!((refusal.0, refusal.1.as_str()), (404, "not-found"));
    assert_eq!(
        app.send(None, Method::POST, &path, &note).await.status().as_u16(),
        401
    );
    let stored = stored_notes(&app).await;
    assert_eq!(
        stored.iter().map(|note| note.author).collect::<Vec<_>>(),
        [NoteAuthor::Guest]
    );

    app.keys.erase(stored[0].text.person_id.as_uuid()).await.unwrap();
    let erased = app.send(Some(&token(&placed)), Method::POST, &path, &note).await;
    assert_eq!(erased.status().as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_does_not_exist_for_others_and_bad_notes_change_nothing() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    let (_, path) = placed(&app, &cast).await;
    let note = json!({"text": "Hello"});
    let unknown = format!("/orders/{}/notes", uuid::Uuid::now_v7());
    let strangers = [
        (app.person(Role::Customer).await, &path),
        (app.person(Role::Seller).await, &path),
        (cast.courier.clone(), &path),
        (cast.admin.clone(), &unknown),
    ];
    for (stranger, path) in &strangers {
        let refusal = refused(app.send(Some(&stranger.token), Method::POST, path, &note).await).await;
        assert_eq!((refusal.0, refusal.1.as_str()), (404, "not-found"));
    }
    let bad = [
        (json!({"text": "Hello", "visibility": "internal"}), "/visibility"),
        (json!({"text": " \n\t "}), "/text"),
        (json!({"text": "x".repeat(2_001)}), "/text"),
        (json!({"text": "Hello", "visibility": "secret"}), "/visibility"),
        (json!({"text": "Hello", "colour": "red"}), "/colour"),
    ];
    for (body, pointer) in &bad {
        let (status, _, problem) = refused(
            app.send(Some(&cast.customer.token), Method::POST, &path, body)
                .await,
        )
        .await;
        assert_eq!(
            (status, &problem["errors"][0]["pointer"]),
            (422, &json!(pointer)),
            "{problem}"
        );
    }
    assert_eq!(stored_notes(&app).await, []);
    let longest = json!({"text": "é".repeat(2_000)});
    app.post(&cast.customer, &path, &longest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_note_is_one_note() {
    let app = TestApp::new().await;
    let cast = Cast::new(&app).await;
    let (_, path) = placed(&app, &cast).await;
    let send = async |text: &str| {
        let body = json!({"text": text});
        app.send_keyed(Some(&cast.customer.token), (Method::POST, &path), &body, "one")
            .await
    };
    let first = accepted(send("Hello").await).await;
    assert_eq!(accepted(send("Hello").await).await, first);
    let (status, slug, _) = refused(send("Goodbye").await).await;
    assert_eq!((status, slug.as_str()), (422, "key-reused"));
    assert_eq!(stored_notes(&app).await.len(), 1);
}
