//! Small streams for the tests.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, SubsecRound as _, Utc};
use event_store::{
    Append, ChainedEvent, ClaimedAnswer, EventDraft, IdempotencyClaim, Store, StreamClaim, StreamHead,
};
use testkit::TestDatabase;
use uuid::Uuid;

/// A store in its own database, as the role that the services use.
pub async fn store() -> (TestDatabase, Store) {
    let database = TestDatabase::create(&[&event_store::MIGRATOR]).await;
    let store = Store::new(database.app_pool().await);
    (database, store)
}

/// Builds commands on the stream heads that earlier commands of the same writer produced.
#[derive(Debug, Default, Clone)]
pub struct Writer {
    pub heads: HashMap<String, StreamHead>,
}

impl Writer {
    /// A command that writes `counts` events to each named stream, and depends on those with 0.
    pub fn command(&mut self, counts: &[(&str, usize)]) -> Append {
        let mut append = Append::default();
        for (name, count) in counts {
            let stream_id: Arc<str> = (*name).into();
            let head = self.heads.entry((*name).to_owned()).or_default();
            let expected = *head;
            for number in 0..*count {
                append
                    .events
                    .push(ChainedEvent::chain(draft(name, number), &stream_id, head));
            }
            append.claims.push(StreamClaim {
                stream_id,
                stream_type: "test",
                expected,
                after: *head,
            });
        }
        append
    }
}

/// Adds an idempotency key to `append`, whose answer names the first claimed stream.
pub fn with_key(mut append: Append, key: &str, request_hash: [u8; 32]) -> Append {
    let first = &append.claims[0];
    let answer = ClaimedAnswer {
        stream_id: Arc::clone(&first.stream_id),
        version: first.after.version,
    };
    append.idempotency = Some(IdempotencyClaim {
        key: key.to_owned(),
        request_hash,
        answer: Some(answer),
    });
    append
}

fn draft(stream: &str, number: usize) -> EventDraft {
    EventDraft {
        event_id: Uuid::now_v7(),
        event_type: "SomethingHappened",
        schema_version: 1,
        partition_key: stream.into(),
        payload: format!(r#"{{"z":{number},"a":"é \u0000 kept as written",  "price":1.50}}"#),
        metadata: r#"{"actor":{"kind":"guest"}}"#.into(),
        occurred_at: DateTime::<Utc>::from_timestamp_micros(1_291_191_960_000_001)
            .unwrap()
            .trunc_subsecs(6),
    }
}
