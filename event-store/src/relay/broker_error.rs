//! Errors between relay and broker.

use std::time::Duration;

use rdkafka::error::KafkaError;

use crate::kafka;

/// Reason that a producer was discarded.
#[derive(Debug, thiserror::Error)]
pub(super) enum BrokerError {
    #[error("the broker did not answer")]
    Unreachable(#[source] Box<kafka::Error>),
    #[error("the producer could not be created or used")]
    Client(#[source] KafkaError),
    #[error("position {position} could not be delivered")]
    Delivery {
        position: i64,
        source: Box<kafka::Error>,
    },
    #[error("the producer failed permanently")]
    Fatal(#[source] KafkaError),
    #[error("nothing was acknowledged for {} s", .0.as_secs())]
    Stalled(Duration),
    #[error("partition {partition} went back to offset {offset}: the topic was replaced")]
    Replaced { partition: i32, offset: i64 },
    #[error("partition {0} has lost messages")]
    Truncated(i32),
}

impl From<kafka::Error> for BrokerError {
    fn from(error: kafka::Error) -> Self {
        Self::Unreachable(Box::new(error))
    }
}
