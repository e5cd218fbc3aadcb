//! Running services: all in one process, or one each, from the same code.

use std::net::TcpListener;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use anyhow::Context as _;
use command_api::executor::{self, Executor};
use command_api::payment_provider::SandboxProvider;
use command_api::policies;
use command_api::{CommandApi, sessions};
use event_store::follow::KafkaFollowerOptions;
use event_store::relay::RelayOptions;
use event_store::{Relay, Store, Wakeup};
use platform::auth::{Revocations, TokenVerifier};
use platform::clock::{Clock, SystemClock};
use platform::config::Config;
use platform::http;
use platform::route::{self, Route, RouteTable};
use platform::shutdown::Shutdown;
use query_api::QueryApi;
use realtime::Realtime;
use schemas::topic;
use sqlx::PgPool;

use crate::access::ReadModelAccess;
use crate::cli::Serve;
use crate::exit::Failure;
use crate::health::{self, Health};
use crate::instance::Instance;
use crate::{changes, pages};

/// How long tasks may take to end after they were told to.
const STOP_MAX: Duration = Duration::from_secs(20);
/// How long clients of the sockets may take to leave.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// Which services this process runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Services {
    /// Commands over HTTP, the executor and the policies.
    pub command_api: bool,
    /// From the event store to Kafka.
    pub relay: bool,
    /// Events to read models.
    pub projector: bool,
    /// Queries over HTTP.
    pub query_api: bool,
    /// Sockets.
    pub realtime: bool,
    /// The front end's files.
    pub pages: bool,
}

impl Services {
    /// Everything.
    pub const ALL: Self = Self {
        command_api: true,
        relay: true,
        projector: true,
        query_api: true,
        realtime: true,
        pages: true,
    };

    fn has_http(self) -> bool {
        self.command_api || self.query_api || self.realtime || self.pages
    }
}

/// What every service of the process shares.
struct Common {
    config: Config,
    pool: PgPool,
    store: Store,
    wakeup: Wakeup,
    verifier: TokenVerifier,
    clock: Arc<dyn Clock>,
    shutdown: Shutdown,
    failed: Failed,
}

/// Why the process has to end though nobody asked for it.
#[derive(Debug, Clone, Default)]
struct Failed(Arc<OnceLock<anyhow::Error>>);

impl Failed {
    fn set(&self, error: anyhow::Error) {
        // The first reason is the one to tell.
        let _told = self.0.set(error);
    }
}

/// The services that answer HTTP, ready to be configured in each worker.
#[derive(Clone)]
struct Front {
    config: Config,
    command_api: Option<CommandApi>,
    query_api: Option<QueryApi>,
    realtime: Option<Realtime>,
    health: Health,
    routes: RouteTable,
    has_pages: bool,
}

/// Runs `services` until SIGINT or SIGTERM, or until one of them cannot go on.
pub async fn run(instance: Instance, services: Services, options: Serve) -> anyhow::Result<()> {
    let mut config = instance.config.clone();
    if let Some(port) = options.port {
        config.http.port = port;
    }
    platform::telemetry::init(config.log_format);
    // The port first: another instance in the way is the most likely mistake, and costs nothing to find.
    let listener = services.has_http().then(|| bind(&config)).transpose()?;
    let common = Common::new(&instance, config).await?;
    common
        .shutdown
        .on_signals()
        .context("signals cannot be handled")?;

    let executor = start_tasks(&common, services);
    let front = Front::build(&common, &instance, services, executor).await?;
    let realtime = front.realtime.clone();
    let server = listener.map(|listener| front.serve(listener)).transpose()?;
    let handle = server.as_ref().map(actix_web::dev::Server::handle);
    let serving = server.map(tokio::spawn);
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
    match common.failed.0.get() {
        Some(error) => Err(anyhow::anyhow!("{error:#}").context("the projector had to stop")),
        None => Ok(()),
    }
}

impl Common {
    async fn new(instance: &Instance, config: Config) -> anyhow::Result<Self> {
        let pool = instance.pool("waybill").await?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let verifier = TokenVerifier::from_seed(
            config.secrets.token_seed.expose(),
            Revocations::new(),
            Arc::clone(&clock),
        )
        .context("the token seed makes no key")?;
        Ok(Self {
            store: Store::new(pool.clone()),
            wakeup: Wakeup::listen(&pool, event_store::wakeup::EVENTS_CHANNEL),
            pool,
            config,
            verifier,
            clock,
            shutdown: Shutdown::new(),
            failed: Failed::default(),
        })
    }
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

/// Starts what does not answer HTTP. Gives the executor, where there is one.
fn start_tasks(common: &Common, services: Services) -> Option<Executor> {
    let Common {
        config,
        pool,
        store,
        wakeup,
        shutdown,
        ..
    } = common;
    if let (true, Some(kafka)) = (services.relay, &config.kafka) {
        let relay = Relay::new(store.clone(), wakeup.clone(), RelayOptions::new(kafka.clone()));
        shutdown.spawn(relay.run(shutdown.token()));
    }
    if services.projector {
        let projecting = projector::run(
            projector_options(common),
            store.clone(),
            pool.clone(),
            shutdown.token(),
        );
        let (failed, shutdown, alone) = (common.failed.clone(), shutdown.clone(), !services.has_http());
        common.shutdown.spawn(async move {
            if let Err(error) = projecting.await {
                // Beside other services the queries go on with what there is; alone there is nothing left to do.
                failed.set(error.into());
                if alone {
                    shutdown.begin();
                }
            }
        });
    }
    if services.has_http() {
        let revocations = common.verifier.revocations().clone();
        shutdown.spawn(sessions::follow_revocations(
            pool.clone(),
            revocations,
            shutdown.token(),
        ));
    }
    services.command_api.then(|| {
        let options = executor::Options {
            queue_len_max: config.limits.command_queue_len_max,
            ..executor::Options::default()
        };
        let (executor, task) = Executor::start(
            options,
            store.clone(),
            Arc::clone(&common.clock),
            shutdown.token(),
        );
        shutdown.spawn(task);
        executor
    })
}

fn projector_options(common: &Common) -> projector::Options {
    let wakeup = common.wakeup.clone();
    let Some(kafka) = common.config.kafka.clone() else {
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

impl Front {
    async fn build(
        common: &Common,
        instance: &Instance,
        services: Services,
        executor: Option<Executor>,
    ) -> anyhow::Result<Self> {
        let command_api = executor
            .map(|executor| command_api(common, instance, executor))
            .transpose()?;
        let realtime = if services.realtime {
            Some(sockets(common).await?)
        } else {
            None
        };
        let query_api = services.query_api.then(|| query_api(common, instance));
        let mut routes: Vec<&[Route]> = Vec::new();
        if services.command_api {
            routes.extend([command_api::ROUTES, command_api::READ_ROUTES]);
        }
        if services.query_api {
            routes.push(query_api::ROUTES);
        }
        Ok(Self {
            config: common.config.clone(),
            health: Health {
                store: common.store.clone(),
                realtime: realtime.clone(),
            },
            command_api,
            query_api,
            realtime,
            routes: RouteTable::new(&routes),
            has_pages: services.pages,
        })
    }

    /// The server, which runs when it is awaited.
    fn serve(self, listener: TcpListener) -> anyhow::Result<actix_web::dev::Server> {
        let http_config = self.config.http.clone();
        let server = HttpServer::new(move || {
            App::new()
                .wrap(from_fn(http::shield))
                .configure(|config| self.configure(config))
        });
        let server = http::server_defaults(server, &http_config).on_connect(realtime::on_connect);
        Ok(server
            .listen(listener)
            .context("the port cannot be listened on")?
            .run())
    }

    fn configure(&self, config: &mut web::ServiceConfig) {
        http::configure(
            config,
            &self.config.http,
            self.config.environment,
            self.routes.clone(),
        );
        health::configure(config, self.health.clone());
        if let Some(realtime) = &self.realtime {
            realtime::configure(config, realtime.clone());
        }
        if let Some(command_api) = &self.command_api {
            command_api.configure(config);
        }
        if let Some(query_api) = &self.query_api {
            query_api.configure(config);
        }
        if self.has_pages {
            pages::configure(config, pages::dir());
        } else {
            config.default_service(web::to(route::fallback));
        }
    }
}

fn command_api(common: &Common, instance: &Instance, executor: Executor) -> anyhow::Result<CommandApi> {
    let command_api = CommandApi::new(command_api::Parts {
        pool: common.pool.clone(),
        store: common.store.clone(),
        executor: executor.clone(),
        keys: instance.keys(&common.pool),
        provider: Arc::new(SandboxProvider::new(common.pool.clone())),
        verifier: common.verifier.clone(),
        clock: Arc::clone(&common.clock),
        secrets: common.config.secrets.clone(),
        limits: common.config.limits,
    })?;
    let tools = policies::Tools {
        executor,
        lookup: command_api.lookup().clone(),
        payments: command_api.payments().clone(),
        store: common.store.clone(),
        wakeup: common.wakeup.clone(),
        clock: Arc::clone(&common.clock),
    };
    policies::start(&tools, &common.shutdown);
    Ok(command_api)
}

fn query_api(common: &Common, instance: &Instance) -> QueryApi {
    QueryApi::new(query_api::Parts {
        pool: common.pool.clone(),
        store: common.store.clone(),
        keys: instance.keys(&common.pool),
        verifier: common.verifier.clone(),
        projected: Wakeup::listen(&common.pool, projector::CHANGES_CHANNEL),
        cursor_secret: common.config.secrets.data_key.clone(),
    })
}

async fn sockets(common: &Common) -> anyhow::Result<Realtime> {
    let epoch = event_store::kafka::log_id(&common.store).await?;
    let mut options = realtime::Options::new(epoch.to_string());
    options.allowed_origins = vec![common.config.http.public_url.clone()];
    let feed = changes::feed(
        &common.pool,
        common.config.kafka.as_ref(),
        &options,
        &common.shutdown,
    )
    .await?;
    let parts = realtime::Parts {
        feed,
        verifier: common.verifier.clone(),
        access: Box::new(ReadModelAccess::new(common.pool.clone())),
        redaction: Box::new(realtime::Unredacted),
    };
    Ok(Realtime::start(options, parts, common.shutdown.clone()))
}
