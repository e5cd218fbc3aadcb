//! One process of the torture test: some writers that append to the same few streams as fast as they can,
//! with transactions that are aborted, commit slowly, or lose a conflict. Prints one line for each event that
//! was acknowledged: `position stream version event_id`.
//!
//! Usage: `torture_writer POSTGRES_URL SEED WRITERS BATCHES`
#![allow(clippy::unwrap_used, missing_docs, clippy::print_stdout)]

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Utc;
use event_store::append::append_on;
use event_store::store::StreamCursor;
use event_store::{Append, ChainedEvent, EventDraft, Outcome, Store, StreamClaim, StreamHead};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

const STREAMS: usize = 12;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, url, seed, writers, batches] = arguments.as_slice() else {
        anyhow::bail!("usage: torture_writer POSTGRES_URL SEED WRITERS BATCHES");
    };
    let (seed, writers, batches): (u64, u64, usize) = (seed.parse()?, writers.parse()?, batches.parse()?);
    let pool = PgPoolOptions::new().max_connections(16).connect(url).await?;
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            tokio::spawn(write(
                Store::new(pool.clone()),
                StdRng::seed_from_u64(seed + writer),
                batches,
            ))
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}

async fn write(store: Store, mut random: StdRng, batches: usize) -> anyhow::Result<()> {
    let mut heads = HashMap::new();
    for _ in 0..batches {
        let mut planned = heads.clone();
        let commands: Vec<Append> = (0..random.random_range(1..8))
            .map(|_| command(&mut random, &mut planned))
            .collect();
        let outcomes = match random.random_range(0..10) {
            0 => {
                let mut transaction = store.pool().begin().await?;
                append_on(&mut *transaction, &commands).await?;
                transaction.rollback().await?;
                continue;
            }
            1 => {
                let mut transaction = store.pool().begin().await?;
                let outcomes = append_on(&mut *transaction, &commands).await?;
                sqlx::query("SELECT pg_sleep(0.02)")
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
                outcomes
            }
            _ => store.append(&commands).await?,
        };
        report(&commands, &outcomes);
        refresh(&store, &mut heads).await?;
    }
    Ok(())
}

/// A command on one to three streams, decided on where the writer believes they are.
fn command(random: &mut StdRng, heads: &mut HashMap<String, StreamHead>) -> Append {
    let mut append = Append::default();
    for _ in 0..random.random_range(1..4) {
        let name = format!("torture-{}", random.random_range(0..STREAMS));
        if append.claims.iter().any(|claim| *claim.stream_id == *name) {
            continue;
        }
        let stream_id: Arc<str> = name.as_str().into();
        let head = heads.entry(name).or_default();
        let expected = *head;
        for _ in 0..random.random_range(0..3) {
            let draft = EventDraft {
                event_id: Uuid::now_v7(),
                event_type: "SomethingHappened",
                schema_version: 1,
                partition_key: Arc::clone(&stream_id),
                payload: format!(r#"{{"number":{}}}"#, random.random::<u32>()),
                metadata: "{}".into(),
                occurred_at: Utc::now(),
            };
            append.events.push(ChainedEvent::chain(draft, &stream_id, head));
        }
        append.claims.push(StreamClaim {
            stream_id,
            stream_type: "torture",
            expected,
            after: *head,
        });
    }
    append
}

fn report(commands: &[Append], outcomes: &[Outcome]) {
    for (command, outcome) in commands.iter().zip(outcomes) {
        let Outcome::Appended { position } = outcome else {
            continue;
        };
        let first = position - i64::try_from(command.events.len()).unwrap() + 1;
        for (position, event) in (first..).zip(&command.events) {
            println!(
                "{position} {} {} {}",
                event.stream_id(),
                event.version(),
                event.event_id()
            );
        }
    }
}

async fn refresh(store: &Store, heads: &mut HashMap<String, StreamHead>) -> anyhow::Result<()> {
    let cursors: Vec<StreamCursor> = (0..STREAMS)
        .map(|number| {
            let stream_id = format!("torture-{number}");
            let after_version = heads.get(&stream_id).map_or(0, |head: &StreamHead| head.version);
            StreamCursor {
                stream_id,
                after_version,
            }
        })
        .collect();
    store
        .fold::<event_store::Error>(&cursors, |event| {
            heads.insert(
                event.stream_id,
                StreamHead {
                    version: event.version,
                    hash: event.hash,
                },
            );
            Ok(())
        })
        .await?;
    Ok(())
}
