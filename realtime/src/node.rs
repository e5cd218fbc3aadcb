//! The component, started once per process.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use platform::auth::TokenVerifier;
use platform::shutdown::Shutdown;

use crate::admission::Admission;
use crate::connection::Connection;
use crate::feed::Feed;
use crate::hub::Hub;
use crate::metrics::{self, Snapshot};
use crate::options::Options;
use crate::rights::ChannelAccess;
use crate::services::Services;
use crate::shard::Shard;
use crate::source::{self, Source};
use crate::worker;

/// The dependencies of a node.
pub struct Dependencies {
    /// The source of changes.
    pub feed: Feed,
    /// What the channels without history show, one source each.
    pub sources: Vec<Box<dyn Source>>,
    /// Verifies tokens. Its revocations must be kept current, at least every few seconds.
    pub verifier: TokenVerifier,
    /// Returns who takes part in an order.
    pub access: Box<dyn ChannelAccess>,
}

/// A running node. Clones refer to the same node.
#[derive(Clone)]
pub struct Realtime {
    hub: Arc<Hub>,
    services: Arc<Services>,
    shutdown: Shutdown,
}

impl Realtime {
    /// Starts reading the feed. Must be called within a Tokio runtime that outlives the HTTP workers.
    pub fn start(options: Options, dependencies: Dependencies, shutdown: Shutdown) -> Self {
        let Dependencies {
            feed,
            sources,
            verifier,
            access,
        } = dependencies;
        let hub = Arc::new(Hub::new(options));
        let services = Arc::new(Services {
            verifier,
            access,
            admission: Admission::default(),
        });
        shutdown.spawn("sockets", feed.run(Arc::clone(&hub), shutdown.clone()));
        for source in sources {
            shutdown.spawn(
                "values",
                source::follow(source, Arc::clone(&hub), shutdown.clone()),
            );
        }
        Self {
            hub,
            services,
            shutdown,
        }
    }

    /// Returns the current counters of the node.
    pub fn metrics(&self) -> Snapshot {
        self.hub.metrics.snapshot()
    }

    /// Exports the counters to Prometheus.
    pub fn export_metrics(&self) {
        metrics::export(&self.metrics());
    }

    /// Returns the position up to which the node has received changes.
    pub fn position(&self) -> i64 {
        self.hub.position()
    }

    /// Returns whether clients are admitted: history has been filled and no shutdown has begun.
    pub fn is_serving(&self) -> bool {
        self.hub.is_live() && !self.shutdown.has_begun()
    }

    /// Waits, after the shutdown began, until every client has been disconnected. Returns false after `timeout`. Stop
    /// the HTTP server afterwards.
    pub async fn drained(&self, timeout: Duration) -> bool {
        let disconnected = async {
            while self.services.admission.total() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(timeout, disconnected).await.is_ok()
    }

    pub(crate) fn options(&self) -> &Options {
        &self.hub.options
    }

    pub(crate) fn services(&self) -> &Arc<Services> {
        &self.services
    }

    /// Returns the shard of this thread.
    pub(crate) fn shard(&self) -> Rc<Shard<Connection>> {
        worker::shard(&self.hub, &self.shutdown)
    }
}

impl std::fmt::Debug for Realtime {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Realtime")
            .field("hub", &self.hub)
            .finish_non_exhaustive()
    }
}
