//! I3: the topic holds exactly the store's events, and the first occurrences of each key's events are in order.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use event_store::Store;
use event_store::kafka::log_id;
use event_store::kafka::message::{self, Signer};
use futures_util::TryStreamExt as _;
use platform::config::KafkaConfig;
use platform::kafka::watermarks;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{BorrowedMessage, Headers as _, Message as _};
use rdkafka::metadata::MetadataTopic;
use rdkafka::{Offset, TopicPartitionList};
use schemas::topic::{self, header};
use uuid::Uuid;

use super::verdict::Verdict;
use super::wait;
use crate::progress;

/// How long the topic may deliver nothing new while events are missing from it.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a broker may take to respond.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait for a message.
const POLL: Duration = Duration::from_millis(200);

/// An event of the store.
#[derive(Debug, Clone, Copy)]
struct Stored {
    position: i64,
    hash: [u8; 32],
}

/// The events of the store up to a position, and which of them were found in the topic.
#[derive(Debug)]
struct Met {
    /// The position up to which the relay has published.
    published: i64,
    signer: Signer,
    deep: bool,
    stored: HashMap<Uuid, Stored>,
    /// By position, from 1.
    seen: Vec<bool>,
    /// Published events that were not found yet.
    missing: usize,
    newest_of_key: HashMap<Vec<u8>, i64>,
    messages: u64,
    repeats: u64,
    foreign: u64,
    /// Positions and ids of the events of this log that the store did not have.
    unknown: Vec<(i64, Uuid)>,
}

pub(super) async fn check(
    store: &Store,
    kafka: Option<&KafkaConfig>,
    (head, deep): (i64, bool),
) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::new("I3", "the topic holds the store's events, in order per key");
    let Some(kafka) = kafka.cloned() else {
        return Ok(verdict.skipped("the embedded log is in use"));
    };
    let published = wait::for_relay(store, head).await?.min(head);
    let signer = Signer::new(kafka.message_key.clone(), log_id(store).await?);
    let mut met = Met::load(store, signer, (head, published), deep).await?;
    let (met, mut verdict) = tokio::task::spawn_blocking(move || {
        read(&kafka, &mut met, &mut verdict)?;
        anyhow::Ok((met, verdict))
    })
    .await??;
    let lost = met.unknown.len() - known_now(store, &met.unknown).await?;
    if lost > 0 {
        verdict.find(format!(
            "the topic has another history than the store, as after restoring a copy of the database: {lost} of its \
             events were never stored here; when Waybill starts, the log gets a new id and is published again"
        ));
    }
    met.report(verdict)
}

/// How many of these events the store has by now: it may have stored some after they were looked up.
async fn known_now(store: &Store, events: &[(i64, Uuid)]) -> anyhow::Result<usize> {
    let (positions, ids): (Vec<i64>, Vec<Uuid>) = events.iter().copied().unzip();
    let known = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!" FROM event_store.events
           JOIN UNNEST($1::bigint[], $2::uuid[]) AS sent (position, event_id) USING (position, event_id)"#,
        &positions,
        &ids
    );
    Ok(usize::try_from(known.fetch_one(store.pool()).await?)?)
}

/// Reads the topic from its beginning until every event was found or nothing more arrives.
fn read(kafka: &KafkaConfig, met: &mut Met, verdict: &mut Verdict) -> anyhow::Result<()> {
    let mut config = platform::kafka::client_config(kafka, "waybill-check");
    config
        .set("group.id", "waybill-check")
        .set("enable.auto.commit", "false");
    let consumer: BaseConsumer = config.create()?;
    let metadata = consumer.fetch_metadata(Some(topic::EVENTS), ANSWER_TIMEOUT)?;
    let partitions = metadata.topics().iter().flat_map(MetadataTopic::partitions);
    let mut assignment = TopicPartitionList::new();
    // The end of each partition when the read began: repeats after the last new event are read too.
    let mut ends = HashMap::new();
    for partition in partitions {
        let (low, high) = watermarks(consumer.client(), topic::EVENTS, partition.id(), ANSWER_TIMEOUT)?;
        assignment.add_partition_offset(topic::EVENTS, partition.id(), Offset::Beginning)?;
        if high > low {
            ends.insert(partition.id(), high);
        }
    }
    consumer.assign(&assignment)?;
    let bar = progress::bar("messages");
    bar.set_length(met.published.unsigned_abs());
    let mut came = Instant::now();
    while (met.missing > 0 || !ends.is_empty()) && came.elapsed() < PATIENCE {
        let Some(message) = consumer.poll(POLL) else {
            continue;
        };
        let message = message?;
        came = Instant::now();
        if ends
            .get(&message.partition())
            .is_some_and(|end| message.offset() + 1 >= *end)
        {
            ends.remove(&message.partition());
        }
        if let Err(finding) = met.take(&message) {
            verdict.find(format!(
                "partition {} offset {}: {finding}",
                message.partition(),
                message.offset()
            ));
        }
        bar.set_position(met.published.unsigned_abs() - met.missing as u64);
    }
    bar.finish_and_clear();
    Ok(())
}

impl Met {
    async fn load(
        store: &Store,
        signer: Signer,
        (head, published): (i64, i64),
        deep: bool,
    ) -> anyhow::Result<Self> {
        let count = usize::try_from(head)?;
        let mut stored = HashMap::with_capacity(count);
        let mut rows = sqlx::query!(
            "SELECT position, event_id, hash FROM event_store.events WHERE position <= $1",
            head
        )
        .fetch(store.pool());
        while let Some(row) = rows.try_next().await? {
            let hash = row.hash.try_into().unwrap_or_default();
            stored.insert(
                row.event_id,
                Stored {
                    position: row.position,
                    hash,
                },
            );
        }
        Ok(Self {
            published,
            signer,
            deep,
            stored,
            seen: vec![false; count],
            missing: usize::try_from(published)?,
            newest_of_key: HashMap::new(),
            messages: 0,
            repeats: 0,
            foreign: 0,
            unknown: Vec::new(),
        })
    }

    fn take(&mut self, message: &BorrowedMessage<'_>) -> Result<(), String> {
        self.messages += 1;
        if header_of(message, header::LOG).is_some_and(|log| log != self.signer.log_id().as_bytes()) {
            self.foreign += 1;
            return Ok(());
        }
        let id =
            header_of(message, header::ID).and_then(|id| std::str::from_utf8(id).ok()?.parse::<Uuid>().ok());
        let id = id.ok_or("it names no event")?;
        let Some(Stored { position, hash }) = self.stored.get(&id).copied() else {
            return match message::read(message, &self.signer) {
                Ok(received) => {
                    self.unknown.push((received.event.position, id));
                    Ok(())
                }
                Err(error) => Err(format!("event {id} is not in the store: {error}")),
            };
        };
        if self.deep {
            let received = message::read(message, &self.signer).map_err(|error| error.to_string())?;
            if received.event.hash != hash || received.event.position != position {
                return Err(format!(
                    "event {id} is not as it is stored at position {position}"
                ));
            }
        }
        let index = usize::try_from(position - 1).map_err(|_| "its position is not positive")?;
        let seen = self
            .seen
            .get_mut(index)
            .ok_or("its position is behind the head")?;
        if std::mem::replace(seen, true) {
            self.repeats += 1;
            return Ok(());
        }
        if position <= self.published {
            self.missing -= 1;
        }
        let key = message.key().ok_or("it has no key")?;
        let newest = self.newest_of_key.entry(key.to_vec()).or_default();
        if *newest > position {
            return Err(format!(
                "position {position} comes after {newest} of the same key"
            ));
        }
        *newest = position;
        Ok(())
    }

    /// Adds what is missing, and what was read.
    fn report(self, mut verdict: Verdict) -> anyhow::Result<Verdict> {
        let unseen = self.seen.iter().zip(1_i64..).filter(|(seen, _)| !**seen);
        for (_, position) in unseen.take_while(|(_, position)| *position <= self.published) {
            verdict.find(format!("position {position} is not in the topic"));
        }
        let published = usize::try_from(self.published)?;
        let waiting = self.seen.iter().skip(published).filter(|seen| !**seen).count();
        if waiting > 0 {
            verdict.cannot_determine(format!(
                "{waiting} events wait to be published: the relay is at position {published} and does not advance"
            ));
        }
        let Self {
            messages,
            repeats,
            foreign,
            ..
        } = self;
        let foreign = if foreign == 0 {
            String::new()
        } else {
            format!(", {foreign} of other logs")
        };
        Ok(verdict.on(format!("{messages} messages, {repeats} repeated{foreign}")))
    }
}

fn header_of<'m>(message: &'m BorrowedMessage<'_>, name: &str) -> Option<&'m [u8]> {
    message.headers()?.iter().find(|header| header.key == name)?.value
}
