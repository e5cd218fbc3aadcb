//! Configuration of an instance: one struct per concern, read from `DIR/instance.toml` and from `WAYBILL_*` variables,
//! which take precedence.
//!
//! An unknown key, a wrong value or a weak secret is an error that names the key; the binary exits with [`EXIT_CODE`]
//! before it binds a port.

use std::path::{Path, PathBuf};
use std::time::Duration;

mod error;
mod file;
mod secret;

pub use error::Error;
pub use secret::{Secret32, SecretText};

use crate::kafka::MessageKey;
use crate::telemetry;

/// The exit code for a configuration that cannot be used (`EX_CONFIG`).
pub const EXIT_CODE: u8 = 78;

/// The file's name in the instance's folder.
pub const FILE_NAME: &str = "instance.toml";

/// The whole configuration of an instance.
#[derive(Debug, Clone)]
pub struct Config {
    /// The instance's folder.
    pub data_dir: PathBuf,
    /// How strictly secrets and headers are checked.
    pub environment: Environment,
    /// The format of log lines.
    pub log_format: telemetry::Format,
    /// Which log distributes events.
    pub log: LogKind,
    /// The HTTP server.
    pub http: HttpConfig,
    /// The database, as the role `waybill_app`.
    pub postgres: PostgresConfig,
    /// The database, as the owner of the schemas; only for migrations.
    pub postgres_admin: PostgresConfig,
    /// The broker; always present when [`Config::log`] is [`LogKind::Kafka`].
    pub kafka: Option<KafkaConfig>,
    /// The listener for metrics.
    pub metrics: MetricsConfig,
    /// The exporter of traces.
    pub telemetry: TelemetryConfig,
    /// Keys.
    pub secrets: Secrets,
    /// Rate limits and business limits.
    pub limits: Limits,
    /// Who takes payments.
    pub payment_provider: PaymentProviderKind,
}

/// Who takes payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentProviderKind {
    /// The fake provider, for development and tests: no money moves.
    Sandbox,
    /// Nobody: payments are refused.
    None,
}

/// The kind of environment the instance runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// A developer's machine: plain HTTP, default secrets tolerated.
    Development,
    /// Real use.
    Production,
}

/// Which log distributes the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogKind {
    /// Apache Kafka.
    Kafka,
    /// The event store itself.
    Embedded,
}

impl LogKind {
    /// Its name in files and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kafka => "kafka",
            Self::Embedded => "embedded",
        }
    }
}

/// The HTTP server's settings.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The address to listen on.
    pub bind_address: std::net::IpAddr,
    /// The port to listen on.
    pub port: u16,
    /// The address that browsers use for the instance, without a trailing slash.
    pub public_url: String,
    /// Other names under which clients may reach the instance, besides that of the public URL.
    pub allowed_hosts: Vec<String>,
    /// Worker threads.
    pub workers: usize,
    /// The largest body, in bytes.
    pub body_bytes_max: usize,
    /// How long a request's header may take.
    pub header_timeout: Duration,
    /// How long a request's body may take.
    pub body_timeout: Duration,
    /// How long an idle connection is kept.
    pub keep_alive: Duration,
    /// How long a client may leave sent data without reading it.
    pub write_timeout: Duration,
    /// Whether the peer is a reverse proxy whose `X-Forwarded-For` names the client's address.
    pub behind_proxy: bool,
}

impl HttpConfig {
    /// Whether browsers reach the instance by https.
    pub fn is_https(&self) -> bool {
        self.public_url.to_ascii_lowercase().starts_with("https://")
    }
}

/// A pool of Postgres connections.
#[derive(Debug, Clone)]
pub struct PostgresConfig {
    /// The connection URL, with user and password.
    pub url: SecretText,
    /// The most connections, at least 1.
    pub pool_size: u32,
    /// How long to wait for a free connection.
    pub acquire_timeout_ms: u64,
    /// How long a statement may wait for a lock.
    pub lock_timeout_ms: u64,
    /// How long a statement may take; 0 means no limit.
    pub statement_timeout_ms: u64,
    /// How long a transaction may be idle.
    pub idle_in_transaction_timeout_ms: u64,
}

/// The Kafka broker.
#[derive(Debug, Clone)]
pub struct KafkaConfig {
    /// `host:port`, comma separated.
    pub brokers: String,
    /// User and password (SASL PLAIN); `None` for a broker that asks for none.
    pub credentials: Option<KafkaCredentials>,
    /// The key that signs messages.
    pub message_key: MessageKey,
}

impl KafkaConfig {
    /// The connection to `brokers`, as `user` with a password if the broker asks for them. Messages are signed with a key
    /// derived from `data_key`.
    pub fn new(
        brokers: impl Into<String>,
        credentials: Option<(String, String)>,
        data_key: &Secret32,
    ) -> Self {
        Self {
            brokers: brokers.into(),
            credentials: credentials.map(|(user, password)| KafkaCredentials {
                user,
                password: SecretText::new(password),
            }),
            message_key: MessageKey::new(data_key),
        }
    }
}

/// A user of the broker.
#[derive(Debug, Clone)]
pub struct KafkaCredentials {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretText,
}

/// The listener for Prometheus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricsConfig {
    /// Whether anything is recorded.
    pub is_enabled: bool,
    /// The address to listen on.
    pub bind_address: std::net::IpAddr,
    /// The port to listen on; 0 reuses the last one, or takes a free one.
    pub port: u16,
}

/// The exporter of traces.
#[derive(Debug, Clone, PartialEq)]
pub struct TelemetryConfig {
    /// The OTLP over HTTP endpoint for spans, e.g. `http://127.0.0.1:4318/v1/traces`; `None` disables spans.
    pub otlp_endpoint: Option<String>,
    /// The share of traces starting here that is recorded, from 0 to 1. A caller's sampling decision takes precedence.
    pub sample_ratio: f64,
    /// The `service.instance.id`; random for each process unless it is set.
    pub instance_id: String,
}

/// Keys. They never appear in logs.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The Ed25519 seed that tokens are signed with.
    pub token_seed: Secret32,
    /// The key that wraps each person's key, and from which the keys of cursors and messages are derived.
    pub data_key: Secret32,
}

/// Limits that an operator may want to change.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests per second for one account or address, on average.
    pub requests_per_s: u32,
    /// Requests in one burst for one account or address.
    pub requests_burst: u32,
    /// Log-in attempts per minute for one account, or from one address.
    pub logins_per_minute: u32,
    /// How long a stock reservation lasts, in seconds.
    pub reservation_s: u32,
    /// Unpaid orders, which hold stock.
    pub unpaid: UnpaidLimits,
    /// Commands that may wait for the executor.
    pub command_queue_len_max: usize,
    /// Commands are refused while less is free on the disk of the instance's folder, in megabytes.
    pub free_disk_min_mb: u64,
    /// How long the tables that a replay replaced are kept, and follow the log, in hours; 0 drops them at once.
    pub replaced_tables_kept_h: u32,
    /// How often the log is anchored, in minutes; 0 means never.
    pub anchor_every_min: u32,
}

/// Limits of unpaid orders. [`u32::MAX`] is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnpaidLimits {
    /// Unpaid orders of one account, or of one guest's e-mail address.
    pub orders_per_buyer_max: u32,
    /// Unpaid orders that came from one address.
    pub orders_per_address_max: u32,
    /// Units of one product in all unpaid orders of a buyer, or from one address.
    pub units_per_product_max: u32,
}

impl UnpaidLimits {
    /// No limits.
    pub const NONE: Self = Self {
        orders_per_buyer_max: u32::MAX,
        orders_per_address_max: u32::MAX,
        units_per_product_max: u32::MAX,
    };

    /// Whether there is no limit.
    pub fn is_unlimited(&self) -> bool {
        *self == Self::NONE
    }
}

impl Config {
    /// Reads `data_dir/instance.toml` and the environment.
    ///
    /// # Errors
    /// When the file cannot be read or something in it cannot be used.
    pub fn load(data_dir: &Path) -> Result<Self, Error> {
        let path = data_dir.join(FILE_NAME);
        let text = std::fs::read_to_string(&path);
        let text = text.map_err(|source| Error::Unreadable {
            path: path.clone(),
            source,
        })?;
        let config = Self::parse(data_dir, &text, &|name| std::env::var(name).ok())?;
        if config.environment == Environment::Production && is_exposed(&path) {
            return Err(Error::Exposed { path });
        }
        Ok(config)
    }

    /// Reads `text`, with variables from `variable`.
    ///
    /// # Errors
    /// When something in it cannot be used.
    pub fn parse(
        data_dir: &Path,
        text: &str,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        file::parse(data_dir, text, variable)
    }
}

/// The name of each setting of the file, with that of its table: `port`, `http.workers`.
pub fn setting_names() -> Vec<String> {
    file::settings().iter().map(|keys| keys.join(".")).collect()
}

/// Whether other users of the machine may read the file. False if it cannot be found out.
fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    const OF_OTHERS: u32 = 0o077;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & OF_OTHERS != 0)
}
