//! Runs services: all in one process, or one in each, from the same code.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use command_api::sessions;
use event_store::follow::KafkaFollowerOptions;
use event_store::relay::{RelayOptions, RelayStatus};
use event_store::{KeyRing, Relay, Store, Wakeup};
use platform::auth::{Revocations, TokenVerifier};
use platform::clock::{Clock, SystemClock};
use platform::config::{Config, Environment};
use platform::shutdown::Shutdown;
use schemas::topic;
use sqlx::PgPool;
use tokio::sync::watch;

use crate::anchors;
use crate::background::Background;
use crate::cli::Serve;
use crate::exit::Failure;
use crate::instance::Instance;

mod descriptors;
mod disk;
mod http_server;
mod log_id;
mod metrics;
mod monitoring;
mod sampler;

pub use disk::{free_bytes, space};
pub use metrics::url as metrics_url;

use descriptors::Descriptors;
use http_server::HttpServer;
use monitoring::Monitoring;

/// Time limit for tasks to end after shutdown is requested.
const STOP_MAX: Duration = Duration::from_secs(20);
/// The name of a process that runs everything.
const UP: &str = "up";
/// How long socket clients may take to disconnect.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// The services that this process runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Services {
    /// Commands over HTTP, the executor and the policies.
    pub command_api: bool,
    /// Relay from the event store to Kafka.
    pub relay: bool,
    /// Projector from events to read models.
    pub projector: bool,
    /// Queries over HTTP.
    pub query_api: bool,
    /// Sockets.
    pub realtime: bool,
    /// The front end's files.
    pub pages: bool,
}

impl Services {
    /// All services.
    pub const ALL: Self = Self {
        command_api: true,
        relay: true,
        projector: true,
        query_api: true,
        realtime: true,
        pages: true,
    };

    /// The name of the process, derived from the services it runs.
    const fn name(self) -> &'static str {
        match self {
            Self { pages: true, .. } => UP,
            Self {
                command_api: true, ..
            } => "command-api",
            Self { projector: true, .. } => "projector",
            Self { query_api: true, .. } => "query-api",
            Self { realtime: true, .. } => "realtime",
            _ => "relay",
        }
    }

    fn has_http(self) -> bool {
        self.command_api || self.query_api || self.realtime || self.pages
    }
}

/// State shared by all services of the process.
struct Common {
    config: Config,
    pool: PgPool,
    store: Store,
    keys: KeyRing,
    verifier: TokenVerifier,
    clock: Arc<dyn Clock>,
    shutdown: Shutdown,
    pools: Pools,
    descriptors: Descriptors,
}

/// Every pool of the process, by its name.
#[derive(Debug, Clone, Default)]
pub struct Pools(Arc<Mutex<Vec<(&'static str, PgPool)>>>);

impl Pools {
    fn of(name: &'static str, pool: &PgPool) -> Self {
        let pools = Self::default();
        pools.add(name, pool);
        pools
    }

    fn add(&self, name: &'static str, pool: &PgPool) {
        self.lock().push((name, pool.clone()));
    }

    /// Every pool that has been added so far.
    pub fn all(&self) -> Vec<(&'static str, PgPool)> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(&'static str, PgPool)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs `services` until SIGINT or SIGTERM.
pub async fn run(instance: Instance, services: Services, options: Serve) -> anyhow::Result<()> {
    let config = configured(&instance, &options);
    platform::telemetry::init(config.log_format);
    // The port comes first: a second running instance is the most likely mistake, and costs little to detect.
    let listener = services.has_http().then(|| bind(&config)).transpose()?;
    let mut monitoring = Monitoring::open(&config, services)?;
    let common = Common::new(&instance, config).await?;
    common
        .shutdown
        .on_signals()
        .context("signals cannot be handled")?;

    if services.has_http() {
        let revocations = common.verifier.revocations().clone();
        let following =
            sessions::follow_revocations(common.pool.clone(), revocations, common.shutdown.token());
        common.shutdown.spawn("revocations", following);
    }
    log_id::guard(&common).await?;
    let background = Background::start(&instance).await?;
    common.pools.add("waybill-background", &background.pool);
    let relay = background.run(|| start_tasks(&common, &background, services));
    let http_server = HttpServer::build(&common, &instance, &background, services, relay.clone()).await?;
    let realtime = http_server.realtime.clone();
    monitoring.start(&common, &background, http_server.sources(services, relay))?;
    let server = listener.map(|listener| http_server.serve(listener)).transpose()?;
    let handle = server.as_ref().map(actix_web::dev::Server::handle);
    let serving = server.map(|server| tokio::spawn(serving(server, common.shutdown.clone())));
    tracing::info!(
        url = common.config.http.public_url,
        log = common.config.log.as_str(),
        "Waybill is running."
    );

    common.shutdown.begun().await;
    if let Some(realtime) = realtime
        && !realtime.drained(DRAIN_MAX).await
    {
        tracing::warn!("Some sockets did not leave in time.");
    }
    if let Some(handle) = handle {
        handle.stop(true).await;
    }
    if let Some(serving) = serving {
        serving
            .await
            .context("the HTTP server panicked")?
            .context("the HTTP server failed")?;
    }
    if !common.shutdown.finished(STOP_MAX).await {
        tracing::warn!("Some tasks did not end in time.");
    }
    monitoring.finish().await?;
    match common.shutdown.failure() {
        Some(reason) => Err(Failure::CannotGoOn(reason.to_owned()).into()),
        None => Ok(()),
    }
}

/// Serves HTTP until the shutdown. The process cannot go on without it.
async fn serving(server: actix_web::dev::Server, shutdown: Shutdown) -> std::io::Result<()> {
    let ended = server.await;
    if !shutdown.has_begun() {
        shutdown.fail("the HTTP server has ended");
    }
    ended
}

/// The instance's settings, with overrides from the command line.
fn configured(instance: &Instance, options: &Serve) -> Config {
    let mut config = instance.config.clone();
    config.http.port = options.port.unwrap_or(config.http.port);
    config.metrics.port = options.process.metrics_port.unwrap_or(config.metrics.port);
    if let Some(log_format) = options.process.log_format {
        config.log_format = log_format.into();
    }
    config
}

impl Common {
    async fn new(instance: &Instance, config: Config) -> anyhow::Result<Self> {
        let pool = instance.pool("waybill").await?;
        if config.environment == Environment::Production {
            refuse_demo_accounts(&pool).await?;
        }
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let verifier = TokenVerifier::from_seed(
            config.secrets.token_seed.expose(),
            Revocations::new(),
            Arc::clone(&clock),
        )
        .context("the token seed makes no key")?;
        Ok(Self {
            pools: Pools::of("waybill", &pool),
            store: Store::new(pool.clone()),
            keys: instance.keys(&pool).await?,
            pool,
            config,
            verifier,
            clock,
            shutdown: Shutdown::new(),
            descriptors: descriptors::raise(),
        })
    }
}

/// Fails if somebody can log in with one of the demo's passwords, which are public.
async fn refuse_demo_accounts(pool: &PgPool) -> anyhow::Result<()> {
    let open = importer::demo::open_to_everyone(pool).await?;
    if open.is_empty() {
        return Ok(());
    }
    let reason = format!(
        "the passwords of the demo accounts are public; disable them in production with `waybill account disable --email …`: {}",
        open.join(", ")
    );
    Err(Failure::BadConfig(reason).into())
}

fn bind(config: &Config) -> anyhow::Result<TcpListener> {
    let address = (config.http.bind_address, config.http.port);
    TcpListener::bind(address).map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => "it is in use by another program".to_owned(),
            _ => error.to_string(),
        };
        Failure::Unavailable(format!(
            "port {} of {} cannot be listened on: {reason}",
            address.1, address.0
        ))
        .into()
    })
}

/// Starts the background services. Returns the status of the relay, if it runs here.
fn start_tasks(
    common: &Common,
    background: &Background,
    services: Services,
) -> Option<watch::Receiver<RelayStatus>> {
    let Common { config, shutdown, .. } = common;
    let Background {
        pool, store, wakeup, ..
    } = background;
    let mut relay_status = None;
    if let (true, Some(kafka)) = (services.relay, &config.kafka) {
        let relay = Relay::new(store.clone(), wakeup.clone(), RelayOptions::new(kafka.clone()));
        relay_status = Some(relay.status());
        shutdown.spawn("relay", relay.run(shutdown.token()));
    }
    if services.relay && config.limits.anchor_every_min > 0 {
        let anchoring = anchors::keep(config.clone(), store.clone(), shutdown.clone());
        shutdown.spawn("anchors", anchoring);
    }
    if services.projector {
        let projecting = projector::run(
            projector_options(config, wakeup),
            store.clone(),
            pool.clone(),
            shutdown.token(),
        );
        shutdown.spawn("projector", projecting);
    }
    relay_status
}

fn projector_options(config: &Config, wakeup: &Wakeup) -> projector::Options {
    let mut options = projector_log(config, wakeup);
    options.replaced_tables_kept = Duration::from_hours(config.limits.replaced_tables_kept_h.into());
    let host = rustix::system::uname();
    options.owner = format!(
        "{}, process {}",
        host.nodename().to_string_lossy(),
        std::process::id()
    );
    options
}

fn projector_log(config: &Config, wakeup: &Wakeup) -> projector::Options {
    let wakeup = wakeup.clone();
    let Some(kafka) = config.kafka.clone() else {
        return projector::Options::new(projector::Log::Embedded(wakeup));
    };
    let follower = KafkaFollowerOptions {
        kafka: kafka.clone(),
        topic: topic::EVENTS.to_owned(),
        group: "waybill-projector".to_owned(),
        dead_letters: Some(topic::DEAD_LETTERS.to_owned()),
    };
    let changes = projector::ChangesTopic {
        kafka,
        topic: topic::CHANGES.to_owned(),
        dead_letters_topic: topic::DEAD_LETTERS.to_owned(),
    };
    projector::Options::new(projector::Log::Kafka(follower, wakeup)).with_changes_topic(changes)
}
