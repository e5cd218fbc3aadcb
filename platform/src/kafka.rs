//! The base configuration of every Kafka client, the signatures of messages, and an error that names topic, partition
//! and offset.

use rdkafka::ClientConfig;
use rdkafka::error::KafkaError;

use crate::config::KafkaConfig;

mod message_key;

pub use message_key::{MessageKey, SIGNATURE_LEN};

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
