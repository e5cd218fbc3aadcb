//! Where changes come from: topic `waybill.changes`, or whoever follows the table in its place.
//!
//! A feed hands whole batches to the hub, each beginning where the one before ended. What is sent again is
//! dropped; where something is missing the hub begins anew and every client is told to refetch.

use std::sync::Arc;
use std::time::SystemTime;

use platform::shutdown::Shutdown;
use schemas::change::ChangeBatch;
use tokio::sync::mpsc;

use crate::hub::Hub;

mod assembler;
mod kafka;

pub use kafka::KafkaFeed;

/// The source of changes.
#[derive(Debug)]
pub enum Feed {
    /// Read from the topic.
    Kafka(KafkaFeed),
    /// Handed in.
    Embedded(EmbeddedFeed),
}

/// Batches that somebody else reads for us, e.g. from table `read_model.changes`.
#[derive(Debug)]
pub struct EmbeddedFeed {
    /// Everything after this position will come: where the first batch begins. A few minutes back, so that
    /// clients can resume.
    pub start_position: i64,
    /// Positions up to here come at once: the node serves nobody before it has them.
    pub fill_position: i64,
    /// The batches, in order. Bounded by the sender.
    pub batches: mpsc::Receiver<ChangeBatch>,
}

impl Feed {
    /// Hands everything to `hub` until the shutdown begins.
    pub async fn run(self, hub: Arc<Hub>, shutdown: Shutdown) {
        match self {
            Self::Kafka(feed) => feed.run(&hub, &shutdown).await,
            Self::Embedded(feed) => feed.run(&hub, &shutdown).await,
        }
    }
}

impl EmbeddedFeed {
    async fn run(mut self, hub: &Hub, shutdown: &Shutdown) {
        hub.reset(self.start_position).await;
        loop {
            if !hub.is_live() && hub.position() >= self.fill_position {
                hub.go_live();
            }
            let batch = tokio::select! {
                () = shutdown.begun() => return,
                batch = self.batches.recv() => batch,
            };
            match batch {
                Some(batch) => hub.publish(batch, SystemTime::now()).await,
                None if shutdown.has_begun() => return,
                None => {
                    tracing::error!("Nobody follows the changes any more: sockets get no news.");
                    return;
                }
            }
        }
    }
}
