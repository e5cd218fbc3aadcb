//! What channel `replays` shows: the items of `GET /api/v1/admin/replays`.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use projector::replay::{self, ReplayStatus};
use realtime::{ReadError, Source, Value};
use schemas::change::ChangeKind;
use schemas::channel::Channel;
use serde_json::value::to_raw_value;
use sqlx::PgPool;

/// How often the replays are read.
const INTERVAL: Duration = Duration::from_secs(1);

/// How often the position of a replay is sent that has caught up, and only follows the log.
const FOLLOWING_INTERVAL: Duration = Duration::from_secs(10);

/// Reads the replays.
#[derive(Debug)]
pub struct ReplaySource {
    pool: PgPool,
    /// What was sent last, and when, by projection.
    sent: HashMap<String, (Instant, ReplayStatus)>,
}

impl ReplaySource {
    /// Reads over connections of `pool`.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            sent: HashMap::new(),
        }
    }

    /// What to send of a replay: what was sent last, if nothing but the position has changed since.
    fn settled(&mut self, replay: ReplayStatus, now: Instant) -> &ReplayStatus {
        let name = replay.projection.clone();
        let is_sent = self.sent.get(&name).is_some_and(|(at, sent)| {
            now.duration_since(*at) < FOLLOWING_INTERVAL
                && !replay.phase.is_filling()
                && is_same(sent, &replay)
        });
        if !is_sent {
            self.sent.insert(name.clone(), (now, replay));
        }
        &self.sent[&name].1
    }
}

/// Whether they differ in nothing but the position.
fn is_same(one: &ReplayStatus, other: &ReplayStatus) -> bool {
    let moved = ReplayStatus {
        position: other.position,
        target: other.target,
        ..one.clone()
    };
    moved == *other
}

impl Source for ReplaySource {
    fn channel(&self) -> Channel {
        Channel::Replays
    }

    fn interval(&self) -> Duration {
        INTERVAL
    }

    fn read(&mut self) -> BoxFuture<'_, Result<Vec<Value>, ReadError>> {
        Box::pin(async move {
            let (replays, now) = (replay::list(&self.pool).await?, Instant::now());
            let mut values = Vec::with_capacity(replays.len());
            for replay in replays {
                let replay = self.settled(replay, now);
                values.push(Value {
                    key: format!("replay:{}", replay.projection),
                    kind: ChangeKind::ReplayChanged,
                    data: to_raw_value(replay)?,
                });
            }
            Ok(values)
        })
    }
}
