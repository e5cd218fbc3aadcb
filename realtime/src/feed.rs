//! The source of changes: topic `waybill.changes`, or batches read from a table instead.
//!
//! A feed passes whole batches to the hub, each starting where the previous one ended. Repeated changes are dropped. If
//! changes are missing, the hub restarts and every client reads its rows again.

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
    /// The topic.
    Kafka(KafkaFeed),
    /// Batches that the application reads.
    Embedded(EmbeddedFeed),
}

/// Batches that the application reads, e.g. from table `read_model.changes`.
#[derive(Debug)]
pub struct EmbeddedFeed {
    /// The start of the first batch; every change after this position follows. It is a few minutes old, so that clients
    /// can resume.
    pub start_position: i64,
    /// The position up to which batches are available at once. The node admits clients after receiving them.
    pub fill_position: i64,
    /// The batches, in order. The sender limits their number.
    pub batches: mpsc::Receiver<ChangeBatch>,
}

impl Feed {
    /// Passes batches to `hub` until the shutdown begins.
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
                    tracing::error!("The feed of changes has ended: sockets receive no more changes.");
                    return;
                }
            }
        }
    }
}
