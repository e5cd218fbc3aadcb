//! Search of the log.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use event_store::browse::{Direction, EventFilter, PositionRange};
use event_store::{Append, ChainedEvent, EventDraft, Store, StreamClaim, StreamHead};
use schemas::envelope::{Actor, Metadata};
use uuid::Uuid;

use crate::support::{Writer, store};

const ALL: PositionRange = PositionRange {
    first: 1,
    last: i64::MAX,
};

fn metadata(actor: Actor, correlation_id: Uuid, causation_id: Option<Uuid>) -> Metadata {
    Metadata {
        command_id: Uuid::now_v7(),
        correlation_id,
        causation_id,
        actor,
        traceparent: None,
    }
}

/// Appends one event to a new stream, and returns its id.
async fn record(store: &Store, stream: &str, event_type: &'static str, metadata: &Metadata) -> Uuid {
    let event_id = Uuid::now_v7();
    let (stream_id, mut head): (Arc<str>, _) = (stream.into(), StreamHead::default());
    let draft = EventDraft {
        event_id,
        event_type,
        schema_version: 1,
        partition_key: stream.into(),
        payload: "{}".to_owned(),
        metadata: serde_json::to_string(metadata).unwrap().into(),
        occurred_at: DateTime::UNIX_EPOCH,
    };
    let events = vec![ChainedEvent::chain(draft, &stream_id, &mut head)];
    let claims = vec![StreamClaim {
        stream_id,
        stream_type: "test",
        expected: StreamHead::default(),
        after: head,
    }];
    let append = Append {
        events,
        claims,
        ..Append::default()
    };
    store.append(&[append]).await.unwrap();
    event_id
}

/// The positions of all events that meet the conditions, read `limit` at a time.
async fn positions(store: &Store, filter: &EventFilter, direction: Direction, limit: i64) -> Vec<i64> {
    let (mut found, mut rest) = (Vec::new(), Some(ALL));
    while let Some(range) = rest {
        let page = store.browse(filter, range, direction, limit).await.unwrap();
        assert!(i64::try_from(page.events.len()).unwrap() <= limit);
        found.extend(page.events.iter().map(|event| event.position));
        rest = page.rest;
    }
    found
}

#[tokio::test]
async fn events_are_found_by_each_condition_in_both_directions() {
    let (_database, store) = store().await;
    let (person, first, second) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let account = Actor::Account { account_id: person };
    let policy = Actor::Policy {
        name: "capture".to_owned(),
    };
    let cause = record(&store, "a", "Placed", &metadata(account, first, None)).await;
    record(&store, "b", "Placed", &metadata(Actor::Guest, second, None)).await;
    record(&store, "c", "Paid", &metadata(policy, first, Some(cause))).await;

    let stream = |id: &str| EventFilter {
        stream_id: Some(id.to_owned()),
        ..EventFilter::default()
    };
    let event_type = EventFilter {
        event_types: vec!["Placed".to_owned(), "Unheard".to_owned()],
        ..EventFilter::default()
    };
    let correlation = EventFilter {
        correlation_id: Some(first),
        ..EventFilter::default()
    };
    let actor = |text: &str| EventFilter {
        actor: Some(text.parse().unwrap()),
        ..EventFilter::default()
    };
    let both = EventFilter {
        event_types: vec!["Placed".to_owned()],
        ..correlation.clone()
    };
    for (filter, expected) in [
        (EventFilter::default(), vec![1, 2, 3]),
        (stream("b"), vec![2]),
        (stream("nowhere"), vec![]),
        (event_type, vec![1, 2]),
        (correlation, vec![1, 3]),
        (both, vec![1]),
        (actor(&format!("account:{person}")), vec![1]),
        (actor(&format!("account:{first}")), vec![]),
        (actor("guest"), vec![2]),
        (actor("policy"), vec![3]),
        (actor("policy:capture"), vec![3]),
        (actor("policy:void"), vec![]),
        (actor("tool"), vec![]),
    ] {
        for limit in [1, 2, 100] {
            let forwards = positions(&store, &filter, Direction::Forwards, limit).await;
            assert_eq!(forwards, expected, "{filter:?}");
            let mut backwards = positions(&store, &filter, Direction::Backwards, limit).await;
            backwards.reverse();
            assert_eq!(backwards, expected, "{filter:?}");
        }
    }
}

#[tokio::test]
async fn a_search_that_finds_little_covers_the_whole_log_in_pages() {
    let (_database, store) = store().await;
    let mut writer = Writer::default();
    store.append(&[writer.command(&[("many", 1_500)])]).await.unwrap();
    let rare = metadata(Actor::Guest, Uuid::now_v7(), None);
    record(&store, "rare", "Rare", &rare).await;
    store.append(&[writer.command(&[("many", 1_500)])]).await.unwrap();
    let filter = EventFilter {
        event_types: vec!["Rare".to_owned()],
        ..EventFilter::default()
    };
    for direction in [Direction::Forwards, Direction::Backwards] {
        assert_eq!(positions(&store, &filter, direction, 10).await, [1_501]);
        let all = positions(&store, &EventFilter::default(), direction, 700).await;
        assert_eq!(all.len(), 3_001);
    }
    let none = PositionRange { first: 5, last: 4 };
    let page = store
        .browse(&filter, none, Direction::Forwards, 10)
        .await
        .unwrap();
    assert!(page.events.is_empty() && page.rest.is_none());
}

#[tokio::test]
async fn an_event_is_found_by_id_and_time_and_knows_its_cause_and_effects() {
    let (_database, store) = store().await;
    assert_eq!(store.position_before(Utc::now()).await.unwrap(), 0);
    let order = Uuid::now_v7();
    let placed = metadata(Actor::Guest, order, None);
    let cause = record(&store, "order", "Placed", &placed).await;
    let mut effects = Vec::new();
    for stream in ["payment", "delivery", "stock"] {
        let policy = Actor::Policy {
            name: "fulfilment".to_owned(),
        };
        let reacting = metadata(policy, order, Some(cause));
        effects.push((record(&store, stream, "Moved", &reacting).await, reacting));
    }

    let related = store.related(cause, &placed, 2).await.unwrap();
    assert!(related.cause.is_none());
    assert_eq!(related.effect_count, 3);
    let found: Vec<Uuid> = related.effects.iter().map(|event| event.event_id).collect();
    assert_eq!(found, [effects[0].0, effects[1].0]);
    let (effect, reacting) = &effects[2];
    let related = store.related(*effect, reacting, 2).await.unwrap();
    assert_eq!(related.cause.map(|event| event.event_id), Some(cause));
    assert_eq!(related.effect_count, 0);

    assert_eq!(store.position_of(*effect).await.unwrap(), Some(4));
    assert_eq!(store.position_of(Uuid::now_v7()).await.unwrap(), None);
    for event in store.read(0, 10).await.unwrap() {
        let before = store.position_before(event.recorded_at).await.unwrap();
        assert!(before < event.position);
        let after = event.recorded_at + TimeDelta::microseconds(1);
        assert!(store.position_before(after).await.unwrap() >= event.position);
    }
}
