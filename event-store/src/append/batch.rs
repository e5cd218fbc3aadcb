//! Conversion of a batch into the column arrays of the SQL function.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::QueryAs;
use uuid::Uuid;

use super::{Append, AppendRow, ChainedEvent, StreamClaim};

/// Arguments of `event_store.append`, column by column.
#[derive(Default)]
pub(super) struct AppendBatch<'a> {
    streams: StreamColumns<'a>,
    claims: Claims,
    keys: Keys<'a>,
    events: Events<'a>,
    subjects: Subjects<'a>,
}

#[derive(Default)]
struct StreamColumns<'a> {
    index: HashMap<&'a Arc<str>, usize>,
    id: Vec<&'a str>,
    stream_type: Vec<&'a str>,
    expected: Vec<i64>,
    version: Vec<i64>,
    hash: Vec<&'a [u8]>,
}

#[derive(Default)]
struct Claims {
    command: Vec<i32>,
    stream: Vec<i32>,
    writes: Vec<bool>,
}

#[derive(Default)]
struct Keys<'a> {
    command: Vec<i32>,
    key: Vec<&'a str>,
    request_hash: Vec<&'a [u8]>,
    stream_id: Vec<Option<&'a str>>,
    version: Vec<i64>,
    last_event: Vec<i64>,
}

#[derive(Default)]
struct Events<'a> {
    command: Vec<i32>,
    stream_id: Vec<&'a str>,
    version: Vec<i64>,
    event_id: Vec<Uuid>,
    event_type: Vec<&'a str>,
    schema_version: Vec<i16>,
    partition_key: Vec<&'a str>,
    payload: Vec<&'a str>,
    metadata: Vec<&'a str>,
    occurred_at: Vec<DateTime<Utc>>,
    hash: Vec<&'a [u8]>,
}

#[derive(Default)]
struct Subjects<'a> {
    command: Vec<i32>,
    id: Vec<Uuid>,
    wrapped_key: Vec<&'a [u8]>,
}

impl<'a> AppendBatch<'a> {
    pub(super) fn new(commands: &'a [Append]) -> Self {
        let mut batch = Self::default();
        for (index, command) in commands.iter().enumerate() {
            batch.push(ordinal(index), command);
        }
        batch
    }

    fn push(&mut self, number: i32, command: &'a Append) {
        for claim in &command.claims {
            let stream = self.streams.claim(claim);
            self.claims.command.push(number);
            self.claims.stream.push(stream);
            self.claims
                .writes
                .push(claim.after.version > claim.expected.version);
        }
        for event in &command.events {
            self.events.push(number, event);
        }
        if let Some(claim) = &command.idempotency {
            self.keys.command.push(number);
            self.keys.key.push(&claim.key);
            self.keys.request_hash.push(&claim.request_hash);
            self.keys
                .stream_id
                .push(claim.answer.as_ref().map(|answer| &*answer.stream_id));
            self.keys
                .version
                .push(claim.answer.as_ref().map_or(0, |answer| answer.version));
            self.keys
                .last_event
                .push(i64::try_from(self.events.command.len()).expect("a batch fits memory"));
        }
        for key in &command.new_keys {
            self.subjects.command.push(number);
            self.subjects.id.push(key.subject_id);
            self.subjects.wrapped_key.push(&key.wrapped_key);
        }
    }

    /// Builds the call, with arguments bound in the function's order.
    pub(super) fn query(&self) -> QueryAs<'_, Postgres, AppendRow, PgArguments> {
        let Self {
            streams,
            claims,
            keys,
            events,
            subjects,
        } = self;
        sqlx::query_as(
            "SELECT command, position_ AS position, stream_id_ AS stream_id, version_ AS version, \
             request_hash_ AS request_hash \
             FROM event_store.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
             $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
        )
        .bind(&streams.id)
        .bind(&streams.stream_type)
        .bind(&streams.expected)
        .bind(&streams.version)
        .bind(&streams.hash)
        .bind(&claims.command)
        .bind(&claims.stream)
        .bind(&claims.writes)
        .bind(&keys.command)
        .bind(&keys.key)
        .bind(&keys.request_hash)
        .bind(&keys.stream_id)
        .bind(&keys.version)
        .bind(&keys.last_event)
        .bind(&events.command)
        .bind(&events.stream_id)
        .bind(&events.version)
        .bind(&events.event_id)
        .bind(&events.event_type)
        .bind(&events.schema_version)
        .bind(&events.partition_key)
        .bind(&events.payload)
        .bind(&events.metadata)
        .bind(&events.occurred_at)
        .bind(&events.hash)
        .bind(&subjects.command)
        .bind(&subjects.id)
        .bind(&subjects.wrapped_key)
    }
}

impl<'a> StreamColumns<'a> {
    /// Adds the claim and returns the stream's number in the batch, from 1.
    fn claim(&mut self, claim: &'a StreamClaim) -> i32 {
        if let Some(&index) = self.index.get(&claim.stream_id) {
            self.version[index] = claim.after.version;
            self.hash[index] = &claim.after.hash;
            return ordinal(index);
        }
        let index = self.id.len();
        self.index.insert(&claim.stream_id, index);
        self.id.push(&claim.stream_id);
        self.stream_type.push(claim.stream_type);
        self.expected.push(claim.expected.version);
        self.version.push(claim.after.version);
        self.hash.push(&claim.after.hash);
        ordinal(index)
    }
}

impl<'a> Events<'a> {
    fn push(&mut self, number: i32, event: &'a ChainedEvent) {
        self.command.push(number);
        self.stream_id.push(&event.stream_id);
        self.version.push(event.version);
        self.event_id.push(event.draft.event_id);
        self.event_type.push(event.draft.event_type);
        self.schema_version.push(event.draft.schema_version);
        self.partition_key.push(&event.draft.partition_key);
        self.payload.push(&event.draft.payload);
        self.metadata.push(&event.draft.metadata);
        self.occurred_at.push(event.draft.occurred_at);
        self.hash.push(&event.hash);
    }
}

/// Converts `index` to a 1-based SQL ordinal.
fn ordinal(index: usize) -> i32 {
    i32::try_from(index + 1).expect("a batch has a few hundred commands")
}
