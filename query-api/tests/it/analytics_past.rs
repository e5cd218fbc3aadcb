//! Sales figures as of a moment: what the same read answered then, for ever.

use std::pin::pin;
use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::product::{ProductDetailsChanged, ProductEvent};
use domain::{Currency, Event, Sealed};
use platform::auth::Role;
use serde_json::{Value, json};
use testkit::eventually;

use crate::history::{Dated, End, Life, sku, start};
use crate::support::position_of;
use crate::test_app::{TestApp, log};

const DAYS: &str = "from=2000-01-01&to=2100-01-01";

/// Reads that together have every figure.
fn reads() -> [String; 6] {
    [
        "currencies?".to_owned(),
        format!("summary?{DAYS}"),
        format!("top-products?{DAYS}&currency=GBP"),
        format!("top-products?{DAYS}&currency=EUR&limit=1"),
        format!("sales?{DAYS}&currency=GBP&granularity=month"),
        "sales?from=2026-01-01&to=2026-01-02&currency=GBP&granularity=hour".to_owned(),
    ]
}

/// An order of each end, in two currencies, by one person.
fn events(contact: &Sealed) -> Vec<Dated> {
    let lives = (1..).zip(End::ALL).map(|(number, end)| Life {
        customer: (number % 3 != 0).then_some(number % 2),
        placed_after_min: i64::try_from(number).unwrap() * 200,
        currency: if number % 4 == 0 {
            Currency::Eur
        } else {
            Currency::Gbp
        },
        shipping_minor: 99,
        contact: Some(contact.clone()),
        ..Life::new(number, &[(1, 3), (2, 1)], *end)
    });
    lives.flat_map(|life| life.events()).collect()
}

fn renamed(name: &str) -> Dated {
    let event = ProductDetailsChanged {
        sku: sku(1),
        name: name.to_owned(),
        description: String::new(),
        category: "Mugs".to_owned(),
    };
    (
        Event::Product(ProductEvent::ProductDetailsChanged(event)),
        start(),
    )
}

/// The bytes of the answer to each read.
async fn answers(app: &TestApp, analyst: &str, moment: &str) -> Vec<String> {
    let mut answers = Vec::new();
    for read in reads() {
        let response = app
            .get(Some(analyst), &format!("/analytics/{read}{moment}"))
            .await;
        assert_eq!(response.status(), 200, "{read}{moment}");
        answers.push(response.text().await.unwrap());
    }
    answers
}

/// The path of a read as of `time`.
fn as_of(time: &str) -> String {
    format!("/analytics/summary?{DAYS}&at={time}")
}

fn text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The time, as Postgres has it.
async fn now(app: &TestApp) -> String {
    let now = sqlx::query_scalar("SELECT clock_timestamp()");
    text(now.fetch_one(app.world.database.pool()).await.unwrap())
}

fn without_as_of(answer: &str) -> (Value, Value) {
    let mut answer: Value = serde_json::from_str(answer).unwrap();
    let as_of = answer.as_object_mut().unwrap().remove("as_of");
    (answer, as_of.unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_as_of_a_moment_are_those_that_were_answered_then_for_ever() {
    let mut app = TestApp::with(&log(2, &[])).await;
    let analyst = app.anyone(Role::Analyst);
    let contact = app.sealed("{}").await;
    let mut known = Vec::new();
    for (number, some) in events(&contact).chunks(24).enumerate() {
        let position = app.add(some).await;
        let then = answers(&app, &analyst, "").await;
        let past = answers(&app, &analyst, &format!("&position={position}")).await;
        known.push((position, then, past));
        // The names of products are those of the moment, too.
        app.add(&[renamed(&format!("Name {number}"))]).await;
    }
    assert!(known.len() > 10);
    // An erasure takes the key of the customer, and changes no figure.
    app.keys.erase(contact.person_id.as_uuid()).await.unwrap();
    for (position, then, past) in &known {
        let again = answers(&app, &analyst, &format!("&position={position}")).await;
        assert_eq!(&again, past, "the same bytes as of {position}");
        let recorded_at = without_as_of(&past[0]).1["recorded_at"].clone();
        for (then, past) in then.iter().zip(past) {
            let (figures, as_of) = without_as_of(past);
            assert_eq!(figures, without_as_of(then).0, "as of {position}");
            assert_eq!(as_of, json!({"position": position, "recorded_at": recorded_at}));
        }
    }
    let distinct: std::collections::HashSet<_> = known.iter().map(|(_, then, _)| then).collect();
    assert!(distinct.len() > 10, "the figures changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_means_the_last_event_recorded_by_then() {
    let mut app = TestApp::with(&log(2, &[])).await;
    let analyst = app.anyone(Role::Analyst);
    let first = app.add(&Life::new(1, &[(1, 3)], End::Confirmed).events()).await;
    let past = answers(&app, &analyst, &format!("&position={first}")).await;
    let recorded_at = without_as_of(&past[0]).1["recorded_at"]
        .as_str()
        .unwrap()
        .to_owned();
    let at = format!("&at={recorded_at}");
    assert_eq!(answers(&app, &analyst, &at).await, past);
    // The order was placed years before it was recorded: it is a fact that was learnt later.
    let now = now(&app).await;
    assert_eq!(answers(&app, &analyst, &format!("&at={now}")).await, past);
    app.add(&Life::new(2, &[(1, 1)], End::Refunded).events()).await;
    assert_eq!(answers(&app, &analyst, &at).await, past);
    assert_eq!(answers(&app, &analyst, &format!("&at={now}")).await, past);
    assert_ne!(answers(&app, &analyst, "").await, past);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moment_that_was_not_is_refused() {
    let app = TestApp::with(&log(2, &[])).await;
    let analyst = app.anyone(Role::Analyst);
    let head = app.world.store.head().await.unwrap();
    for (moment, refusal) in [
        ("at=2001-01-01T00:00:00Z".to_owned(), (404, "before-first-event")),
        ("at=2999-01-01T00:00:00Z".to_owned(), (422, "validation")),
        ("at=yesterday".to_owned(), (422, "validation")),
        (format!("position={}", head + 1), (422, "validation")),
        ("position=0".to_owned(), (422, "validation")),
        (
            "at=2026-01-01T00:00:00Z&position=1".to_owned(),
            (422, "validation"),
        ),
    ] {
        for read in reads() {
            let path = format!("/analytics/{read}&{moment}");
            let (status, slug) = app.refused(Some(&analyst), &path).await;
            assert_eq!((status, slug.as_str()), refusal, "{path}");
        }
    }
    let customer = app.anyone(Role::Customer);
    let path = format!("/analytics/summary?{DAYS}&position=1");
    assert_eq!(app.refused(Some(&customer), &path).await.0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_a_release_that_kept_no_entries_answer_for_now_only() {
    let app = TestApp::with(&log(2, &[Life::new(1, &[(1, 3)], End::Confirmed)])).await;
    let analyst = app.anyone(Role::Analyst);
    let older = "UPDATE read_model.checkpoints SET code_version = 2 WHERE projection = 'sales'";
    sqlx::query(older)
        .execute(app.world.database.pool())
        .await
        .unwrap();
    let path = format!("/analytics/summary?{DAYS}");
    assert_eq!(app.read(Some(&analyst), &path).await["items"][0]["orders"], 1);
    let refused = app.refused(Some(&analyst), &format!("{path}&position=1")).await;
    assert_eq!(refused, (503, "not-caught-up".to_owned()));
}

/// Stops each append before its end while another transaction holds the lock 7.
const STOP_APPENDS: &str = "
    CREATE FUNCTION event_store.stop() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN NULL; END';
    CREATE TRIGGER stop AFTER INSERT ON event_store.events EXECUTE FUNCTION event_store.stop();";

/// Waits until an append is stopped.
async fn until_stopped(app: &TestApp) {
    let stopped = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
                       AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
    eventually("an append is stopped", || async {
        let stopped = sqlx::query_scalar(stopped);
        stopped.fetch_one(app.world.database.pool()).await.unwrap()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_that_is_under_way_counts_once_it_is_recorded() {
    let mut app = TestApp::with(&log(2, &[])).await;
    let analyst = app.anyone(Role::Analyst);
    app.add(&Life::new(1, &[(1, 3)], End::Confirmed).events()).await;
    app.world.tamper(STOP_APPENDS).await;
    let mut stop = app.world.database.pool().begin().await.unwrap();
    sqlx::query("SELECT pg_advisory_xact_lock(7)")
        .execute(&mut *stop)
        .await
        .unwrap();
    let append = app
        .world
        .prepare(&Life::new(2, &[(1, 1)], End::Confirmed).events());
    let store = app.world.store.clone();
    let appended = tokio::spawn(async move { position_of(store.append(&[append]).await.unwrap()) });
    until_stopped(&app).await;
    let path = as_of(&now(&app).await);
    let mut read = pin!(app.read(Some(&analyst), &path));
    let early = tokio::time::timeout(Duration::from_millis(500), &mut read).await;
    assert!(early.is_err(), "answered before the append ended: {early:?}");
    // The figures of a time before the newest event cannot change any more.
    let first = app.world.store.read_at(&[1]).await.unwrap().remove(0);
    let earlier = as_of(&text(first.recorded_at));
    let earlier = tokio::time::timeout(Duration::from_secs(10), app.read(Some(&analyst), &earlier)).await;
    assert_eq!(earlier.expect("it waits for nothing")["items"], json!([]));

    let running = app.world.project(100);
    stop.rollback().await.unwrap();
    let figures = read.await;
    assert_eq!(figures["as_of"]["position"], appended.await.unwrap());
    assert_eq!(figures["items"][0]["orders"], 2);
    assert_eq!(app.read(Some(&analyst), &path).await, figures);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_that_does_not_end_is_waited_for_until_the_lock_timeout() {
    let mut app = TestApp::with(&log(2, &[])).await;
    let analyst = app.anyone(Role::Analyst);
    let lock_timeout = Duration::from_millis(700);
    app.reconnect(lock_timeout).await;
    let mut append = app.world.database.pool().begin().await.unwrap();
    sqlx::query("SELECT FROM event_store.log_head FOR UPDATE")
        .execute(&mut *append)
        .await
        .unwrap();
    let path = as_of(&now(&app).await);
    let began = Instant::now();
    let response = app.get(Some(&analyst), &path).await;
    assert!(began.elapsed() >= lock_timeout);
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["type"], "https://waybill.dev/problems/unavailable");
    append.rollback().await.unwrap();
    let head = app.world.store.head().await.unwrap();
    assert_eq!(app.read(Some(&analyst), &path).await["as_of"]["position"], head);
}
