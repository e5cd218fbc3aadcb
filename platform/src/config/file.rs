//! The shape of the file, the variables that override it, and the checks.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use super::{
    Config, Environment, Error, HttpConfig, KafkaConfig, LogKind, MetricsConfig, PaymentProviderKind,
    PostgresConfig, Secret32, SecretText, Secrets,
};
use crate::telemetry;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    port: u16,
    postgres_url: String,
    postgres_admin_url: Option<String>,
    kafka_brokers: Option<String>,
    kafka_user: Option<String>,
    kafka_password: Option<String>,
    log: LogKind,
    public_url: Option<String>,
    environment: Environment,
    #[serde(default)]
    log_format: telemetry::Format,
    secrets: SecretsTable,
    #[serde(default)]
    limits: limits::LimitsTable,
    payment_provider: Option<PaymentProviderKind>,
    #[serde(default)]
    http: HttpTable,
    #[serde(default)]
    postgres: PostgresTable,
    #[serde(default)]
    metrics: MetricsTable,
    #[serde(default)]
    telemetry: tracing::TelemetryTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretsTable {
    token_seed: String,
    data_key: String,
}

/// The keys of the file outside of its tables.
const KEYS: &[&str] = &[
    "port",
    "postgres_url",
    "postgres_admin_url",
    "kafka_brokers",
    "kafka_user",
    "kafka_password",
    "log",
    "public_url",
    "environment",
    "log_format",
    "payment_provider",
];

/// The tables of the file, and their keys.
const TABLES: &[(&str, &[&str])] = &[
    ("secrets", &["token_seed", "data_key"]),
    ("limits", limits::LimitsTable::KEYS),
    ("http", HttpTable::KEYS),
    ("postgres", PostgresTable::KEYS),
    ("metrics", MetricsTable::KEYS),
    ("telemetry", tracing::KEYS),
];

/// The keys of each setting: of its table, if it is in one, and its own.
pub(super) fn settings() -> Vec<Vec<&'static str>> {
    let outside = KEYS.iter().map(|key| vec![*key]);
    let inside = TABLES
        .iter()
        .flat_map(|(table, keys)| keys.iter().map(|key| vec![*table, *key]));
    outside.chain(inside).collect()
}

/// A table whose keys all have a default.
macro_rules! table {
    ($name:ident { $($field:ident: $type:ty = $default:expr),+ $(,)? }) => {
        impl $name {
            pub(super) const KEYS: &'static [&'static str] = &[$(stringify!($field)),+];
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $($field: $type),+ }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }
    };
}

table!(HttpTable {
    bind_address: std::net::IpAddr = std::net::IpAddr::from([127, 0, 0, 1]),
    workers: usize = std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
    body_bytes_max: usize = 256 * 1024,
    header_timeout_ms: u64 = 5_000,
    body_timeout_ms: u64 = 10_000,
    keep_alive_s: u64 = 75,
    write_timeout_ms: u64 = 30_000,
    behind_proxy: bool = false,
    allowed_hosts: Vec<String> = Vec::new(),
});

table!(PostgresTable {
    pool_size: u32 = 10,
    acquire_timeout_ms: u64 = 3_000,
    lock_timeout_ms: u64 = 5_000,
    statement_timeout_ms: u64 = 30_000,
    idle_in_transaction_timeout_ms: u64 = 15_000,
});

table!(MetricsTable {
    enabled: bool = true,
    bind_address: std::net::IpAddr = std::net::IpAddr::from([127, 0, 0, 1]),
    port: u16 = 0,
});

pub(super) fn parse(
    data_dir: &Path,
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Config, Error> {
    // The unchanged text is parsed first, so that errors carry its line numbers.
    let overrides = variables::given(variable);
    let file: File = if overrides.is_empty() {
        toml::from_str(text).map_err(|error| syntax(text, &error))?
    } else {
        let mut table: toml::Table = toml::from_str(text).map_err(|error| syntax(text, &error))?;
        variables::apply(&mut table, overrides)?;
        table
            .try_into()
            .map_err(|error: toml::de::Error| syntax(text, &error))?
    };
    check(data_dir, file, variable)
}

fn syntax(text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text[..start].split('\n').count();
    Error::Syntax {
        line,
        message: error.message().to_owned(),
    }
}

fn check(data_dir: &Path, file: File, variable: &dyn Fn(&str) -> Option<String>) -> Result<Config, Error> {
    let postgres = postgres("postgres_url", file.postgres_url, &file.postgres)?;
    let postgres_admin = match file.postgres_admin_url {
        Some(url) => self::postgres("postgres_admin_url", url, &file.postgres)?,
        None => postgres.clone(),
    };
    let environment = file.environment;
    let secrets = Secrets {
        token_seed: secret("secrets.token_seed", &file.secrets.token_seed, environment)?,
        data_key: secret("secrets.data_key", &file.secrets.data_key, environment)?,
    };
    if environment == Environment::Production && secrets.token_seed == secrets.data_key {
        return Err(Error::value(
            "secrets.data_key",
            "must differ from secrets.token_seed",
        ));
    }
    let kafka = match file.kafka_brokers {
        Some(brokers) => {
            let credentials = kafka_credentials(file.kafka_user, file.kafka_password)?;
            Some(KafkaConfig::new(
                kafka_brokers(brokers)?,
                credentials,
                &secrets.data_key,
            ))
        }
        None if file.log == LogKind::Kafka => {
            return Err(Error::value("kafka_brokers", "is needed when `log` is kafka"));
        }
        None => None,
    };
    Ok(Config {
        data_dir: data_dir.to_owned(),
        environment,
        log_format: file.log_format,
        log: file.log,
        http: http(file.port, file.public_url, environment, &file.http)?,
        postgres,
        postgres_admin,
        kafka,
        metrics: MetricsConfig {
            is_enabled: file.metrics.enabled,
            bind_address: file.metrics.bind_address,
            port: file.metrics.port,
        },
        telemetry: tracing::check(file.telemetry, variable)?,
        secrets,
        limits: limits::check(&file.limits, environment)?,
        payment_provider: payment_provider(file.payment_provider, environment)?,
    })
}

fn postgres(key: &'static str, url: String, table: &PostgresTable) -> Result<PostgresConfig, Error> {
    let has_scheme = url.starts_with("postgres://") || url.starts_with("postgresql://");
    if !has_scheme || url.parse::<sqlx::postgres::PgConnectOptions>().is_err() {
        return Err(Error::value(
            key,
            "must be a URL such as postgres://user@host:5432/database",
        ));
    }
    if table.pool_size == 0 || table.pool_size > 500 {
        return Err(Error::value("postgres.pool_size", "must be from 1 to 500"));
    }
    if table.acquire_timeout_ms == 0 || table.lock_timeout_ms == 0 {
        return Err(Error::value("postgres", "needs time-outs above 0"));
    }
    Ok(PostgresConfig {
        url: SecretText::new(url),
        pool_size: table.pool_size,
        acquire_timeout_ms: table.acquire_timeout_ms,
        lock_timeout_ms: table.lock_timeout_ms,
        statement_timeout_ms: table.statement_timeout_ms,
        idle_in_transaction_timeout_ms: table.idle_in_transaction_timeout_ms,
    })
}

fn kafka_brokers(brokers: String) -> Result<String, Error> {
    let is_address = |address: &str| {
        address.trim().rsplit_once(':').is_some_and(|(host, port)| {
            !host.is_empty() && !host.contains('/') && port.parse::<u16>().is_ok_and(|port| port != 0)
        })
    };
    if brokers.split(',').all(is_address) {
        Ok(brokers)
    } else {
        Err(Error::value(
            "kafka_brokers",
            "must be host:port, comma separated",
        ))
    }
}

fn kafka_credentials(
    user: Option<String>,
    password: Option<String>,
) -> Result<Option<(String, String)>, Error> {
    match (user, password) {
        (Some(user), Some(password)) => Ok(Some((user, password))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Error::value("kafka_password", "is needed with `kafka_user`")),
        (None, Some(_)) => Err(Error::value("kafka_user", "is needed with `kafka_password`")),
    }
}

fn payment_provider(
    kind: Option<PaymentProviderKind>,
    environment: Environment,
) -> Result<PaymentProviderKind, Error> {
    match (environment, kind) {
        (Environment::Development, kind) => Ok(kind.unwrap_or(PaymentProviderKind::Sandbox)),
        (Environment::Production, Some(kind @ PaymentProviderKind::None)) => Ok(kind),
        (Environment::Production, Some(PaymentProviderKind::Sandbox)) => Err(Error::value(
            "payment_provider",
            "must not be sandbox in production: no money moves",
        )),
        (Environment::Production, None) => Err(Error::value("payment_provider", "is needed in production")),
    }
}

fn secret(key: &'static str, text: &str, environment: Environment) -> Result<Secret32, Error> {
    let secret = Secret32::parse(text).ok_or(Error::value(key, "must be base64 of 32 bytes"))?;
    if environment != Environment::Development && secret.is_weak() {
        return Err(Error::value(key, "is weak; make it of 32 random bytes"));
    }
    Ok(secret)
}

fn http(
    port: u16,
    public_url: Option<String>,
    environment: Environment,
    table: &HttpTable,
) -> Result<HttpConfig, Error> {
    let public_url = public_url.unwrap_or_else(|| format!("http://127.0.0.1:{port}"));
    let uri: actix_web::http::Uri = public_url
        .parse()
        .map_err(|_| Error::value("public_url", "must be an http or https URL"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none() || uri.path() != "/" {
        return Err(Error::value(
            "public_url",
            "must be an http or https URL without a path",
        ));
    }
    let is_plain = uri.scheme_str() == Some("http");
    let is_local = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if environment == Environment::Production && port == 0 {
        return Err(Error::value("port", "must not be 0 in production"));
    }
    if environment == Environment::Production && is_plain && !is_local {
        return Err(Error::value("public_url", "must be https outside development"));
    }
    if table.workers == 0 || table.workers > 256 {
        return Err(Error::value("http.workers", "must be from 1 to 256"));
    }
    if !(1_024..=16 * 1024 * 1024).contains(&table.body_bytes_max) {
        return Err(Error::value(
            "http.body_bytes_max",
            "must be from 1 KiB to 16 MiB",
        ));
    }
    let timeouts = [
        table.header_timeout_ms,
        table.body_timeout_ms,
        table.keep_alive_s,
        table.write_timeout_ms,
    ];
    if timeouts.contains(&0) {
        return Err(Error::value("http", "needs time-outs above 0"));
    }
    Ok(HttpConfig {
        bind_address: table.bind_address,
        port,
        public_url: public_url.trim_end_matches('/').to_owned(),
        allowed_hosts: table.allowed_hosts.clone(),
        workers: table.workers,
        body_bytes_max: table.body_bytes_max,
        header_timeout: Duration::from_millis(table.header_timeout_ms),
        body_timeout: Duration::from_millis(table.body_timeout_ms),
        keep_alive: Duration::from_secs(table.keep_alive_s),
        write_timeout: Duration::from_millis(table.write_timeout_ms),
        behind_proxy: table.behind_proxy,
    })
}

mod limits;
mod tracing;
mod variables;

#[cfg(test)]
mod tests;
