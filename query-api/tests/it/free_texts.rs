//! The reasons that people give: who reads them, and that nobody does after their person was erased.

use domain::delivery::DeliveryEvent;
use domain::order::{NoteAuthor, NoteVisibility, OrderEvent};
use domain::returns::ReturnEvent;
use domain::{Event, FreeText, Sealed};
use platform::auth::Role;
use serde_json::{Value, json};

use crate::history::{Dated, End, Life, account, courier, listed, seller};
use crate::past_rights::moments;
use crate::test_app::TestApp;

/// The reasons of the life below, in its order.
const REASONS: [&str; 3] = ["nobody at home", "refused", "nobody wants it"];

/// The contact of the customer.
const CONTACT: &str = r#"{"name": "Ada Lovelace", "line1": "12 St James's Square", "city": "London",
                          "postal_code": "SW1Y 4JH", "country": "United Kingdom"}"#;

/// An order of customer 1 that was returned and cancelled.
fn life(contact: Option<Sealed>) -> Life {
    Life {
        contact,
        ..Life::new(1, &[(1, 2)], End::CancelledAfterReturn)
    }
}

/// Seals a text with the key of the person who owns `contact`.
async fn sealed(app: &TestApp, contact: &Sealed, text: &str) -> Sealed {
    let ciphertext = app.keys.seal(contact.person_id.as_uuid(), text.as_bytes()).await;
    Sealed {
        person_id: contact.person_id,
        ciphertext: ciphertext.unwrap().unwrap(),
    }
}

/// The reason of an event of the lives below.
fn reason(event: &mut Event) -> Option<&mut FreeText> {
    match event {
        Event::Order(OrderEvent::OrderCancelled(event)) => Some(&mut event.reason),
        Event::Delivery(DeliveryEvent::DeliveryAttemptFailed(event)) => Some(&mut event.reason),
        Event::Return(ReturnEvent::ReturnRequested(event)) => Some(&mut event.reason),
        Event::Return(ReturnEvent::ReturnRejected(event)) => Some(&mut event.reason),
        _ => None,
    }
}

/// The events of the order, with sealed reasons.
async fn sealed_events(app: &TestApp, life: &Life) -> Vec<Dated> {
    let mut events = life.events();
    for (event, _) in &mut events {
        if let Some(FreeText::Clear(text)) = reason(event).cloned() {
            let text = sealed(app, life.contact.as_ref().unwrap(), &text).await;
            *reason(event).unwrap() = FreeText::Sealed(text);
        }
    }
    events
}

/// The reasons in a timeline: nothing for a stage without one, null for an erased one.
fn reasons(read: &Value) -> Vec<Value> {
    let stages = read["timeline"].as_array().unwrap().iter();
    stages.filter_map(|stage| stage.get("reason").cloned()).collect()
}

/// Every read of the order's reasons, in the eyes of everyone who may read it.
async fn read_by_everyone(app: &TestApp, life: &Life) -> Vec<Vec<Value>> {
    let order = format!("/orders/{}", life.order_id());
    let delivery = format!("/deliveries/{}", life.delivery_id());
    let admin = app.anyone(Role::Admin);
    let customer = app.token(account(0x101), Role::Customer);
    let courier = app.token(courier(), Role::Courier);
    let seller = app.token(seller(1), Role::Seller);
    let mut read = Vec::new();
    for (token, path) in [
        (&admin, &order),
        (&customer, &order),
        (&courier, &order),
        (&seller, &order),
    ] {
        read.push(reasons(&app.read(Some(token), path).await));
    }
    for (token, path) in [
        (&admin, "/orders"),
        (&customer, "/orders/my-orders"),
        (&seller, "/orders/seller-orders"),
    ] {
        read.push(reasons(&app.read(Some(token), path).await["items"][0]));
    }
    let history = app.read(Some(&admin), &format!("{order}/history")).await;
    let cancelled = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["event_type"] == "OrderCancelled")
        .unwrap();
    assert_eq!(cancelled["event_type"], "OrderCancelled");
    // The timeline of the delivery ends with its return.
    for read_delivery in [
        app.read(Some(&admin), &delivery).await,
        app.read(Some(&courier), &delivery).await,
        app.read(Some(&admin), "/deliveries").await["items"][0].clone(),
    ] {
        let mut found = reasons(&read_delivery);
        found.push(cancelled["reason"].clone());
        read.push(found);
    }
    read
}

fn all(reason: impl Fn(&str) -> Value) -> Vec<Vec<Value>> {
    vec![REASONS.map(reason).to_vec(); 10]
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_reads_sealed_reasons_until_the_customer_is_erased() {
    let mut app = TestApp::new().await;
    let life = life(Some(app.sealed(CONTACT).await));
    let events = sealed_events(&app, &life).await;
    app.add(&[listed(1), events].concat()).await;
    assert_eq!(read_by_everyone(&app, &life).await, all(|reason| json!(reason)));
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT row_to_json(o)::text FROM read_model.orders AS o
         UNION ALL SELECT row_to_json(d)::text FROM read_model.deliveries AS d
         UNION ALL SELECT changes::text FROM read_model.changes",
    )
    .fetch_all(&app.world.pool)
    .await
    .unwrap();
    assert_eq!(rows.len(), 3, "an order, its delivery, and one batch of changes");
    for (row,) in rows {
        assert!(!REASONS.iter().any(|reason| row.contains(reason)), "{row}");
    }

    let person_id = life.contact.as_ref().unwrap().person_id.as_uuid();
    app.keys.erase(person_id).await.unwrap();
    assert_eq!(read_by_everyone(&app, &life).await, all(|_| Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_from_before_they_were_sealed_are_hidden_with_their_customer() {
    let mut app = TestApp::new().await;
    let life = life(Some(app.sealed(CONTACT).await));
    app.add(&[listed(1), life.events()].concat()).await;
    assert_eq!(read_by_everyone(&app, &life).await, all(|reason| json!(reason)));

    assert_eq!(
        raw_reasons(&app).await,
        ["nobody at home", "refused", "nobody wants it"].map(Value::from)
    );

    let person_id = life.contact.as_ref().unwrap().person_id.as_uuid();
    app.keys.erase(person_id).await.unwrap();
    assert_eq!(read_by_everyone(&app, &life).await, all(|_| Value::Null));
    assert_eq!(raw_reasons(&app).await, vec![json!({"erased": true}); 3]);
}

/// The reasons in the payloads that the events screen shows.
async fn raw_reasons(app: &TestApp) -> Vec<Value> {
    let admin = app.anyone(Role::Admin);
    let mut reasons = Vec::new();
    let events = app
        .read(Some(&admin), "/admin/events?sort=oldest&limit=100")
        .await;
    for event in events["items"].as_array().unwrap() {
        let path = format!("/admin/events/{}", event["position"]);
        let payload = app.read(Some(&admin), &path).await["payload"].take();
        let is_shown = ["OrderCancelled", "DeliveryAttemptFailed"]
            .map(Value::from)
            .contains(&event["event_type"]);
        reasons.extend(payload.get("reason").filter(|_| is_shown).cloned());
    }
    reasons
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_names_nobody_keeps_its_reasons() {
    let mut app = TestApp::new().await;
    let life = life(None);
    app.add(&[listed(1), life.events()].concat()).await;
    assert_eq!(read_by_everyone(&app, &life).await, all(|reason| json!(reason)));
}

/// The text of a note on the order.
const NOTE: &str = "Ring twice.";

/// Every read of the past of the order, its delivery and its return, by everyone who may see them: who, what, and the
/// answer.
async fn past_read_by_everyone(app: &TestApp, life: &Life) -> Vec<(Role, String, Value)> {
    let mut objects = vec![
        format!("/orders/{}", life.order_id()),
        format!("/deliveries/{}", life.delivery_id()),
    ];
    if life.end == End::ReturnRejected {
        objects.push(format!("/returns/{}", life.return_id()));
    }
    let mut read = Vec::new();
    for (token, role, is_seen) in [
        (app.anyone(Role::Admin), Role::Admin, [true, true, true]),
        (
            app.token(account(0x101), Role::Customer),
            Role::Customer,
            [true; 3],
        ),
        (
            app.token(seller(1), Role::Seller),
            Role::Seller,
            [true, false, true],
        ),
        (
            app.token(courier(), Role::Courier),
            Role::Courier,
            [true, true, false],
        ),
    ] {
        for (object, _) in objects.iter().zip(is_seen).filter(|(_, is_seen)| *is_seen) {
            for moment in moments(app, object).await {
                let path = format!("{object}{moment}");
                let answer = app.read(Some(&token), &path).await;
                read.push((role, path, answer));
            }
        }
    }
    read
}

/// The texts that an answer contains.
fn found<'a>(texts: &[&'a str], answer: &Value) -> Vec<&'a str> {
    let answer = answer.to_string();
    let is_found = |text: &&&str| answer.contains(&format!("\"{text}\""));
    texts.iter().filter(is_found).copied().collect()
}

/// The answer without the fields that an event changed; and, if they are to be `hidden`, without contact and reasons.
fn compared(mut answer: Value, hidden: bool) -> Value {
    match &mut answer {
        Value::Object(members) => {
            members.remove("changes");
            for (name, value) in members.iter_mut() {
                let is_hidden = hidden && (name == "contact" || name == "reason");
                *value = if is_hidden {
                    Value::Null
                } else {
                    compared(value.take(), hidden)
                };
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = compared(item.take(), hidden);
            }
        }
        _ => {}
    }
    answer
}

/// Asserts that an order shows its texts in its past, and after an erasure none of them to anyone.
async fn assert_erased_from_the_past(end: End, is_sealed: bool, reasons: &[&str]) {
    let mut app = TestApp::new().await;
    let contact = app.sealed(CONTACT).await;
    let life = Life {
        contact: Some(contact.clone()),
        ..Life::new(1, &[(1, 2)], end)
    };
    let events = if is_sealed {
        sealed_events(&app, &life).await
    } else {
        life.events()
    };
    let author = NoteAuthor::Customer {
        account_id: account(0x101),
    };
    let note = life.note(author, NoteVisibility::Shared, sealed(&app, &contact, NOTE).await);
    app.add(&[listed(1), events, vec![note]].concat()).await;
    let texts = [reasons, &["Ada Lovelace", NOTE]].concat();
    let before = past_read_by_everyone(&app, &life).await;
    for text in reasons.iter().chain(&["Ada Lovelace"]) {
        let is_shown =
            |(role, _, answer): &(Role, _, _)| *role == Role::Admin && !found(&[text], answer).is_empty();
        assert!(before.iter().any(is_shown), "{end:?}: {text} is shown to admins");
    }
    for (role, path, answer) in &before {
        let hidden: &[_] = if *role == Role::Seller {
            &["Ada Lovelace", NOTE]
        } else {
            &[NOTE]
        };
        assert_eq!(found(hidden, answer), [""; 0], "{role} {path}");
    }

    app.keys.erase(contact.person_id.as_uuid()).await.unwrap();
    let after = past_read_by_everyone(&app, &life).await;
    assert_eq!(after.len(), before.len());
    for ((_, _, before), (role, path, after)) in before.into_iter().zip(after) {
        assert_eq!(found(&texts, &after), [""; 0], "{role} {path}");
        assert_eq!(compared(after, false), compared(before, true), "{role} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_customer_is_erased_from_the_past() {
    for is_sealed in [true, false] {
        assert_erased_from_the_past(End::CancelledAfterReturn, is_sealed, &REASONS).await;
        let reasons = ["nobody at home", "wrong colour", "too late"];
        assert_erased_from_the_past(End::ReturnRejected, is_sealed, &reasons).await;
    }
}
