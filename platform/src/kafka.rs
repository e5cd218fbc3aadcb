//! The base configuration of every Kafka client, the signatures of messages, and an error that names topic, partition
//! and offset.

use std::time::{Duration, Instant};

use rdkafka::client::{Client, ClientContext};
use rdkafka::config::ClientConfig;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use crate::config::KafkaConfig;

mod message_key;

pub use message_key::{MessageKey, SIGNATURE_LEN};

/// Pause before a broker is asked again.
const RETRY_PAUSE: Duration = Duration::from_millis(50);

/// A failure, and the message it concerns. `partition` and `offset` are -1 where they are not known.
#[derive(Debug, thiserror::Error)]
#[error("Kafka failed at {topic} [{partition}] @ {offset}")]
pub struct Error {
    /// The topic.
    pub topic: String,
    /// The partition.
    pub partition: i32,
    /// The offset.
    pub offset: i64,
    /// The client's error.
    #[source]
    pub source: KafkaError,
}

impl Error {
    /// An error that concerns `topic` as a whole.
    pub fn topic(topic: &str, source: KafkaError) -> Self {
        Self::at(topic, -1, -1, source)
    }

    /// An error that concerns one message.
    pub fn at(topic: &str, partition: i32, offset: i64, source: KafkaError) -> Self {
        Self {
            topic: topic.to_owned(),
            partition,
            offset,
            source,
        }
    }
}

/// The base configuration of a client called `client_id`. The caller adds the settings of a producer or a consumer.
pub fn client_config(config: &KafkaConfig, client_id: &str) -> ClientConfig {
    let mut client = ClientConfig::new();
    client
        .set("bootstrap.servers", &config.brokers)
        .set("client.id", client_id)
        .set("broker.address.family", "v4")
        .set("socket.keepalive.enable", "true")
        .set("reconnect.backoff.ms", "50")
        .set("reconnect.backoff.max.ms", "1000");
    if let Some(credentials) = &config.credentials {
        client
            .set("security.protocol", "sasl_plaintext")
            .set("sasl.mechanisms", "PLAIN")
            .set("sasl.username", &credentials.user)
            .set("sasl.password", credentials.password.expose());
    }
    client
}

/// Returns the lowest offset of a partition, and the one after its last message.
///
/// Blocks up to `timeout`. Waits while the partition has no leader, as right after its topic was created or a broker
/// failed: the client library repeats such a request for producers and consumers, but not this one.
///
/// # Errors
/// When the broker refuses or does not answer in time.
pub fn watermarks<C: ClientContext>(
    client: &Client<C>,
    topic: &str,
    partition: i32,
    timeout: Duration,
) -> Result<(i64, i64), Error> {
    let asked_at = Instant::now();
    loop {
        let left = timeout.saturating_sub(asked_at.elapsed());
        match client.fetch_watermarks(topic, partition, left) {
            Err(error) if has_no_leader(&error) && left > RETRY_PAUSE => std::thread::sleep(RETRY_PAUSE),
            answer => return answer.map_err(|source| Error::at(topic, partition, -1, source)),
        }
    }
}

/// Whether the error ends when the partition has a leader that knows of it.
fn has_no_leader(error: &KafkaError) -> bool {
    matches!(
        error.rdkafka_error_code(),
        Some(RDKafkaErrorCode::NotLeaderForPartition | RDKafkaErrorCode::LeaderNotAvailable)
    )
}
