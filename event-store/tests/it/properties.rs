//! Random batches, compared with a model of the guarantees of append.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use event_store::{Append, Outcome, Store, StoredAnswer, StreamHead};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use crate::support::{Writer, store, with_key};

const STREAMS: usize = 4;
const KEYS: u8 = 6;

/// One command: how many events it writes to which streams (with none it only reads), and its key.
#[derive(Debug, Clone)]
struct Plan {
    touches: BTreeMap<usize, usize>,
    key: Option<u8>,
}

/// The commands of one batch, and the streams on which their writer has not seen the last batch.
#[derive(Debug, Clone)]
struct BatchPlan {
    stale: BTreeSet<usize>,
    commands: Vec<Plan>,
}

fn batches() -> impl Strategy<Value = Vec<BatchPlan>> {
    let touches = proptest::collection::btree_map(0..STREAMS, 0_usize..3, 1..=STREAMS);
    let plan = (touches, option::of(0..KEYS)).prop_map(|(touches, key)| Plan { touches, key });
    let stale = proptest::collection::btree_set(0..STREAMS, 0..2);
    let batch = (stale, vec(plan, 1..7)).prop_map(|(stale, commands)| BatchPlan { stale, commands });
    vec(batch, 1..6)
}

/// The expected content of the store.
struct Model {
    names: Vec<String>,
    /// Every head that each stream has had, starting with the empty one.
    heads: Vec<Vec<StreamHead>>,
    answers: HashMap<u8, StoredAnswer>,
    position: i64,
}

impl Model {
    fn new(position: i64) -> Self {
        let run = Uuid::new_v4().simple();
        Self {
            names: (0..STREAMS).map(|stream| format!("{run}-{stream}")).collect(),
            heads: vec![vec![StreamHead::default()]; STREAMS],
            answers: HashMap::new(),
            position,
        }
    }

    fn head(&self, stream: usize) -> StreamHead {
        *self.heads[stream].last().unwrap()
    }

    /// The streams on which a writer is behind, which needs at least one change to miss.
    fn behind(&self, plan: &BatchPlan) -> BTreeSet<usize> {
        let was_changed = |stream: &usize| self.heads[*stream].len() > 1;
        plan.stale.iter().copied().filter(was_changed).collect()
    }

    fn commands(&self, plan: &BatchPlan, behind: &BTreeSet<usize>) -> (Vec<Append>, Writer) {
        let mut writer = Writer::default();
        for (stream, name) in self.names.iter().enumerate() {
            let history = &self.heads[stream];
            let seen = history.len() - 1 - usize::from(behind.contains(&stream));
            writer.heads.insert(name.clone(), history[seen]);
        }
        let commands = plan
            .commands
            .iter()
            .map(|plan| {
                let counts: Vec<_> = plan
                    .touches
                    .iter()
                    .map(|(stream, count)| (self.names[*stream].as_str(), *count))
                    .collect();
                let append = writer.command(&counts);
                match plan.key {
                    Some(key) => with_key(append, &self.key(key), [key; 32]),
                    None => append,
                }
            })
            .collect();
        (commands, writer)
    }

    fn key(&self, key: u8) -> String {
        format!("{}/{key}", self.names[0])
    }

    /// The commands that are rejected: those that touch a stream on which the writer is behind, those with a used key,
    /// and those that share a stream with a write of a rejected one.
    fn rejected(&self, plan: &BatchPlan, behind: &BTreeSet<usize>) -> BTreeSet<usize> {
        let used = |plan: &Plan| plan.key.is_some_and(|key| self.answers.contains_key(&key));
        let mut bad = behind.clone();
        loop {
            let rejected: BTreeSet<usize> = (0..plan.commands.len())
                .filter(|command| {
                    let plan = &plan.commands[*command];
                    used(plan) || plan.touches.keys().any(|stream| bad.contains(stream))
                })
                .collect();
            let written = rejected.iter().flat_map(|command| {
                let touches = plan.commands[*command].touches.iter();
                touches
                    .filter(|(_, count)| **count > 0)
                    .map(|(stream, _)| *stream)
            });
            let grown: BTreeSet<usize> = bad.iter().copied().chain(written).collect();
            if grown == bad {
                return rejected;
            }
            bad = grown;
        }
    }

    /// The expected outcomes of an append; records what it stores.
    fn expect(&mut self, plan: &BatchPlan, commands: &[Append], writer: &Writer) -> Vec<Outcome> {
        let behind = self.behind(plan);
        let rejected = self.rejected(plan, &behind);
        let used = self.answers.clone();
        let mut written = BTreeSet::new();
        let mut outcomes = Vec::new();
        for (index, (plan, append)) in plan.commands.iter().zip(commands).enumerate() {
            if rejected.contains(&index) {
                let answer = plan.key.and_then(|key| used.get(&key));
                outcomes.push(answer.cloned().map_or(Outcome::Conflict, Outcome::Duplicate));
                continue;
            }
            self.position += i64::try_from(append.events.len()).unwrap();
            outcomes.push(Outcome::Appended {
                position: self.position,
            });
            if let Some(key) = plan.key {
                let first = &append.claims[0];
                let answer = StoredAnswer {
                    request_hash: vec![key; 32],
                    stream_id: first.stream_id.to_string(),
                    version: first.after.version,
                    position: self.position,
                };
                self.answers.insert(key, answer);
            }
            written.extend(
                plan.touches
                    .iter()
                    .filter(|(_, count)| **count > 0)
                    .map(|(stream, _)| *stream),
            );
        }
        for stream in written {
            self.heads[stream].push(writer.heads[&self.names[stream]]);
        }
        outcomes
    }
}

/// A key can occur only once in a batch: the executor defers the second one.
fn without_repeated_keys(mut plan: BatchPlan) -> BatchPlan {
    let mut keys = BTreeSet::new();
    for command in &mut plan.commands {
        command.key = command.key.filter(|key| keys.insert(*key));
    }
    plan
}

async fn holds(store: &Store, plans: Vec<BatchPlan>) -> Result<(), TestCaseError> {
    let start = store.head().await.unwrap();
    let mut model = Model::new(start);
    for plan in plans.into_iter().map(without_repeated_keys) {
        let (commands, writer) = model.commands(&plan, &model.behind(&plan));
        let expected = model.expect(&plan, &commands, &writer);
        let outcomes = store.append(&commands).await.unwrap();
        prop_assert_eq!(outcomes, expected);
    }
    let events = store.read(start, 10_000).await.unwrap();
    let mut heads: HashMap<&str, StreamHead> = HashMap::new();
    for (event, position) in events.iter().zip(start + 1..) {
        prop_assert_eq!(event.position, position);
        let head = heads.entry(&event.stream_id).or_default();
        prop_assert_eq!(event.version, head.version + 1);
        *head = StreamHead {
            version: event.version,
            hash: event.hash,
        };
    }
    prop_assert_eq!(start + i64::try_from(events.len()).unwrap(), model.position);
    for (stream, name) in model.names.iter().enumerate() {
        let stored = heads.get(name.as_str()).copied().unwrap_or_default();
        prop_assert_eq!(stored, model.head(stream));
    }
    Ok(())
}

#[test]
fn any_batch_is_stored_or_rejected_like_in_the_model_and_leaves_no_gap() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_database, store) = runtime.block_on(store());
    let config = Config {
        cases: 128,
        // The database keeps the data of earlier cases; each case has its own streams.
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&batches(), |plans| runtime.block_on(holds(&store, plans)))
        .unwrap();
    let report = runtime.block_on(store.verify(&[], |_, _| ())).unwrap();
    assert!(report.is_sound(), "{report:?}");
}
