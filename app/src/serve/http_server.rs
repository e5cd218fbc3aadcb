//! The server for HTTP and sockets, on one port.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::{App, web};
use anyhow::Context as _;
use command_api::CommandApi;
use command_api::executor::{self, Executor, Stores};
use command_api::lookup::Lookup;
use command_api::payment_provider::{NoProvider, PaymentProvider, SandboxProvider};
use command_api::payments::Payments;
use command_api::policies;
use event_store::relay::RelayStatus;
use event_store::{Store, Wakeup};
use platform::config::{Config, Environment, PaymentProviderKind};
use platform::http::{self, ConnectionLimits, Connections};
use platform::query::CursorKey;
use platform::route::{self, Route, RouteTable};
use platform::storage::Storage;
use query_api::QueryApi;
use realtime::Realtime;
use sqlx::PgPool;
use tokio::sync::watch;

use super::sampler::Sources;
use super::{Common, Services, disk};
use crate::access::ReadModelAccess;
use crate::background::Background;
use crate::dead_letter::DeadLetters;
use crate::health::{self, Health};
use crate::instance::Instance;
use crate::pages::crawlers::Crawlers;
use crate::projections::Projections;
use crate::replay::http::Replays;
use crate::replay::source::ReplaySource;
use crate::system::System;
use crate::verification::LogChecks;
use crate::{changes, dead_letter, demo, pages, replay, system, verification};

/// The services that answer HTTP, ready to be configured in each worker.
#[derive(Clone)]
pub(super) struct HttpServer {
    config: Config,
    connection_limits: ConnectionLimits,
    command_api: Option<CommandApi>,
    query_api: Option<QueryApi>,
    pub(super) realtime: Option<Realtime>,
    pool: PgPool,
    health: Health,
    system: System,
    log_checks: LogChecks,
    dead_letters: DeadLetters,
    shared: http::Shared,
    crawlers: Option<Crawlers>,
    has_pages: bool,
}

impl HttpServer {
    pub(super) async fn build(
        common: &Common,
        instance: &Instance,
        background: &Background,
        services: Services,
        relay: Option<watch::Receiver<RelayStatus>>,
    ) -> anyhow::Result<Self> {
        let storage = if services.command_api {
            disk::watch(&common.config, &common.shutdown)
        } else {
            Storage::default()
        };
        let command_api = if services.command_api {
            Some(command_api(common, instance, background, storage.clone()).await?)
        } else {
            None
        };
        let projections = Projections::new(common.pool.clone());
        let system = system(common, &projections, relay);
        let realtime = if services.realtime {
            Some(sockets(common, &system).await?)
        } else {
            None
        };
        let query_api = services.query_api.then(|| query_api(common, &projections));
        let public_url = common.config.http.public_url.clone();
        let crawlers = query_api
            .clone()
            .map(|products| Crawlers::new(public_url, products));
        Ok(Self {
            connection_limits: common.descriptors.connection_limits(&common.config.http),
            config: common.config.clone(),
            pool: common.pool.clone(),
            health: Health {
                store: common.store.clone(),
                realtime: realtime.clone(),
                projections: projections.clone(),
                shutdown: common.shutdown.clone(),
                storage,
            },
            command_api,
            query_api,
            realtime,
            system,
            log_checks: log_checks(common, background)?,
            dead_letters: DeadLetters::new(common.pool.clone(), common.keys.clone()),
            shared: http::Shared::new(
                &common.config.http,
                common.config.environment,
                &common.config.limits,
                RouteTable::new(routes(services, common.config.environment)),
            ),
            crawlers,
            has_pages: services.pages,
        })
    }

    /// The sources for sampled metrics.
    pub(super) fn sources(&self, services: Services, relay: Option<watch::Receiver<RelayStatus>>) -> Sources {
        Sources {
            services,
            relay,
            executor: self.command_api.as_ref().map(|api| api.executor().clone()),
            realtime: self.realtime.clone(),
        }
    }

    /// Creates the server, which runs when it is awaited.
    pub(super) fn serve(self, listener: TcpListener) -> anyhow::Result<actix_web::dev::Server> {
        let http_config = self.config.http.clone();
        let connections = Connections::new(self.connection_limits, http_config.behind_proxy);
        let server = actix_web::HttpServer::new(move || {
            App::new()
                .wrap(from_fn(http::shield))
                .configure(|config| self.configure(config))
        });
        let server = http::server_defaults(server, &http_config).on_connect(move |connection, extensions| {
            connections.on_connect(connection, extensions);
            realtime::on_connect(connection, extensions);
        });
        Ok(server
            .listen(listener)
            .context("the port cannot be listened on")?
            .run())
    }

    fn configure(&self, config: &mut web::ServiceConfig) {
        self.shared.configure(config);
        health::configure(config, self.health.clone());
        if let Some(realtime) = &self.realtime {
            realtime::configure(config, realtime.clone());
        }
        if let Some(command_api) = &self.command_api {
            command_api.configure(config);
            if self.config.environment != Environment::Production {
                demo::configure(config, self.pool.clone());
            }
        }
        if let Some(query_api) = &self.query_api {
            query_api.configure(config);
            let replays = Replays {
                pool: self.pool.clone(),
                cluster: self.config.data_dir.join("postgres"),
            };
            replay::http::configure(config, replays);
            system::http::configure(config, self.system.clone());
            let cursors = CursorKey::new(&self.config.secrets.data_key);
            dead_letter::http::configure(config, self.dead_letters.clone(), cursors);
            verification::http::configure(config, self.log_checks.clone());
        }
        if self.has_pages {
            if let Some(crawlers) = &self.crawlers {
                pages::crawlers::configure(config, crawlers.clone());
            }
            pages::configure(config, pages::dir());
        } else {
            config.default_service(web::to(route::fallback));
        }
    }
}

/// The operations of the services that run here.
fn routes(services: Services, environment: Environment) -> Vec<Route> {
    let mut routes = health::routes();
    if services.command_api {
        routes.extend(command_api::routes());
    }
    if services.command_api && environment != Environment::Production {
        routes.extend(demo::routes());
    }
    if services.query_api {
        routes.extend(query_api::routes());
        routes.extend(replay::http::routes());
        routes.extend(system::http::routes());
        routes.extend(dead_letter::http::routes());
        routes.extend(verification::http::routes());
    }
    routes
}

fn log_checks(common: &Common, background: &Background) -> Result<LogChecks, event_store::Error> {
    let (store, handle) = (background.store.clone(), background.handle());
    LogChecks::new(store, handle, &common.config, common.shutdown.clone())
}

async fn start_executor(common: &Common, instance: &Instance) -> anyhow::Result<Executor> {
    let options = executor::Options {
        queue_len_max: common.config.limits.command_queue_len_max,
        ..executor::Options::default()
    };
    let session = instance.executor_session().await?;
    common.pools.add("waybill-executor", &session);
    let stores = Stores {
        append: Store::new(session),
        load: common.store.clone(),
    };
    let (executor, task) = Executor::start(
        options,
        stores,
        Arc::clone(&common.clock),
        common.shutdown.token(),
    );
    common.shutdown.spawn("command executor", task);
    Ok(executor)
}

async fn command_api(
    common: &Common,
    instance: &Instance,
    background: &Background,
    storage: Storage,
) -> anyhow::Result<CommandApi> {
    let executor = start_executor(common, instance).await?;
    let command_api = CommandApi::new(command_api::Dependencies {
        pool: common.pool.clone(),
        store: common.store.clone(),
        executor: executor.clone(),
        keys: common.keys.clone(),
        provider: payment_provider(common.config.payment_provider, &common.pool),
        verifier: common.verifier.clone(),
        clock: Arc::clone(&common.clock),
        secrets: common.config.secrets.clone(),
        limits: common.config.limits,
        storage,
        is_https: common.config.http.is_https(),
    })?;
    let lookup = Lookup::new(background.store.clone());
    let provider = payment_provider(common.config.payment_provider, &background.pool);
    let policy_context = policies::PolicyContext {
        payments: Payments::new(executor.clone(), lookup.clone(), provider),
        executor,
        lookup,
        store: background.store.clone(),
        wakeup: background.wakeup.clone(),
        clock: Arc::clone(&common.clock),
        options: policies::Options::default(),
    };
    background.run(|| policies::start(&policy_context, &common.shutdown));
    Ok(command_api)
}

fn payment_provider(kind: PaymentProviderKind, pool: &PgPool) -> Arc<dyn PaymentProvider> {
    match kind {
        PaymentProviderKind::Sandbox => Arc::new(SandboxProvider::new(pool.clone())),
        PaymentProviderKind::None => Arc::new(NoProvider),
    }
}

fn query_api(common: &Common, projections: &Projections) -> QueryApi {
    QueryApi::new(query_api::Dependencies {
        pool: common.pool.clone(),
        store: common.store.clone(),
        keys: common.keys.clone(),
        verifier: common.verifier.clone(),
        projected: Wakeup::listen(&common.pool, projector::CHANGES_NOTIFICATION),
        shutdown: common.shutdown.clone(),
        consumers: Arc::new(projections.clone()),
        cursor_secret: common.config.secrets.data_key.clone(),
    })
}

fn system(common: &Common, projections: &Projections, relay: Option<watch::Receiver<RelayStatus>>) -> System {
    System {
        store: common.store.clone(),
        pool: common.pool.clone(),
        pools: common.pools.clone(),
        projections: projections.clone(),
        relay,
        data_dir: common.config.data_dir.clone(),
        config: Arc::new(common.config.clone()),
        started_at: common.clock.now(),
        sockets: Arc::default(),
    }
}

async fn sockets(common: &Common, system: &System) -> anyhow::Result<Realtime> {
    let epoch = event_store::kafka::log_id(&common.store).await?;
    let mut options = realtime::Options::new(epoch.to_string());
    options.allowed_origins = vec![common.config.http.public_url.clone()];
    options.limits.connections_max = common.descriptors.sockets_max();
    let feed = changes::feed(
        &common.pool,
        common.config.kafka.as_ref(),
        &options,
        &common.shutdown,
    )
    .await?;
    let dependencies = realtime::Dependencies {
        feed,
        sources: vec![
            Box::new(ReplaySource::new(common.pool.clone())),
            Box::new(system.clone()),
        ],
        verifier: common.verifier.clone(),
        access: Box::new(ReadModelAccess::new(common.pool.clone())),
    };
    let realtime = Realtime::start(options, dependencies, common.shutdown.clone());
    Ok(system.sockets.get_or_init(|| realtime).clone())
}
