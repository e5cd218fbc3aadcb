//! The component: started once a process, configured once a worker.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{ResponseError as _, web};
use platform::auth::TokenVerifier;
use platform::shutdown::Shutdown;

use crate::admission::Admission;
use crate::feed::Feed;
use crate::hub::Hub;
use crate::metrics::Snapshot;
use crate::options::Options;
use crate::rights::{ChannelAccess, Redaction};
use crate::shard::Shard;
use crate::{upgrade, worker};

/// The socket's path. It stands outside `/api/v1`.
pub const PATH: &str = "/ws";

/// What connections ask.
pub struct Services {
    /// Says who holds a token, and whether it still counts.
    pub verifier: TokenVerifier,
    /// Says whose an order is.
    pub access: Box<dyn ChannelAccess>,
    /// Counts connections.
    pub admission: Admission,
}

/// What the node is made of.
pub struct Dependencies {
    /// Where changes come from.
    pub feed: Feed,
    /// Checks tokens. Its revocations have to be kept current, at least every few seconds.
    pub verifier: TokenVerifier,
    /// Says whose an order is.
    pub access: Box<dyn ChannelAccess>,
    /// What readers may not see.
    pub redaction: Box<dyn Redaction>,
}

/// A running node. Clones are the same node.
#[derive(Clone)]
pub struct Realtime {
    hub: Arc<Hub>,
    services: Arc<Services>,
    shutdown: Shutdown,
}

impl Realtime {
    /// Starts to take changes in. Call it within a Tokio runtime that outlives the HTTP workers.
    pub fn start(options: Options, dependencies: Dependencies, shutdown: Shutdown) -> Self {
        let Dependencies {
            feed,
            verifier,
            access,
            redaction,
        } = dependencies;
        let hub = Arc::new(Hub::new(options, redaction));
        let services = Arc::new(Services {
            verifier,
            access,
            admission: Admission::default(),
        });
        shutdown.spawn(feed.run(Arc::clone(&hub), shutdown.clone()));
        Self {
            hub,
            services,
            shutdown,
        }
    }

    /// What the node counts.
    pub fn metrics(&self) -> Snapshot {
        self.hub.metrics.snapshot()
    }

    /// Everything up to here was taken in.
    pub fn position(&self) -> i64 {
        self.hub.position()
    }

    /// Whether history was filled and no end has begun: whether clients are let in.
    pub fn is_serving(&self) -> bool {
        self.hub.is_live() && !self.shutdown.has_begun()
    }

    /// After the shutdown began: waits until every client was sent away. Says false when `timeout` passed
    /// first. Stop the HTTP server after this.
    pub async fn drained(&self, timeout: Duration) -> bool {
        let gone = async {
            while self.services.admission.total() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(timeout, gone).await.is_ok()
    }

    pub(crate) fn options(&self) -> &Options {
        &self.hub.options
    }

    pub(crate) fn services(&self) -> &Arc<Services> {
        &self.services
    }

    /// This thread's shard.
    pub(crate) fn shard(&self) -> Rc<Shard> {
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

/// Registers [`PATH`]. Give [`crate::on_connect`] to the server as well.
pub fn configure(config: &mut web::ServiceConfig, realtime: Realtime) {
    let resource = web::resource(PATH)
        .app_data(web::Data::new(realtime))
        .route(web::get().to(upgrade::upgrade))
        .default_service(web::to(|| async { upgrade::wrong_method().error_response() }));
    config.service(resource);
}
