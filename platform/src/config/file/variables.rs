//! The environment variables that override settings of the file.

use crate::config::Error;

/// The variables that override settings. `WAYBILL_HTTP_WORKERS` is `http.workers`, and so on.
const VARIABLES: &[(&str, &[&str])] = &[
    ("WAYBILL_PORT", &["port"]),
    ("WAYBILL_POSTGRES_URL", &["postgres_url"]),
    ("WAYBILL_POSTGRES_ADMIN_URL", &["postgres_admin_url"]),
    ("WAYBILL_KAFKA_BROKERS", &["kafka_brokers"]),
    ("WAYBILL_KAFKA_USER", &["kafka_user"]),
    ("WAYBILL_KAFKA_PASSWORD", &["kafka_password"]),
    ("WAYBILL_LOG", &["log"]),
    ("WAYBILL_PUBLIC_URL", &["public_url"]),
    ("WAYBILL_ENVIRONMENT", &["environment"]),
    ("WAYBILL_PAYMENT_PROVIDER", &["payment_provider"]),
    ("WAYBILL_LOG_FORMAT", &["log_format"]),
    ("WAYBILL_TOKEN_SEED", &["secrets", "token_seed"]),
    ("WAYBILL_DATA_KEY", &["secrets", "data_key"]),
    ("WAYBILL_HTTP_BIND_ADDRESS", &["http", "bind_address"]),
    ("WAYBILL_HTTP_WORKERS", &["http", "workers"]),
    ("WAYBILL_HTTP_BEHIND_PROXY", &["http", "behind_proxy"]),
    ("WAYBILL_HTTP_WRITE_TIMEOUT_MS", &["http", "write_timeout_ms"]),
    ("WAYBILL_POSTGRES_POOL_SIZE", &["postgres", "pool_size"]),
    ("WAYBILL_LIMITS_REQUESTS_PER_S", &["limits", "requests_per_s"]),
    ("WAYBILL_LIMITS_REQUESTS_BURST", &["limits", "requests_burst"]),
    (
        "WAYBILL_LIMITS_LOGINS_PER_MINUTE",
        &["limits", "logins_per_minute"],
    ),
    ("WAYBILL_LIMITS_RESERVATION_S", &["limits", "reservation_s"]),
    (
        "WAYBILL_LIMITS_UNPAID_ORDERS_PER_BUYER_MAX",
        &["limits", "unpaid_orders_per_buyer_max"],
    ),
    (
        "WAYBILL_LIMITS_UNPAID_ORDERS_PER_ADDRESS_MAX",
        &["limits", "unpaid_orders_per_address_max"],
    ),
    (
        "WAYBILL_LIMITS_UNPAID_UNITS_PER_PRODUCT_MAX",
        &["limits", "unpaid_units_per_product_max"],
    ),
    ("WAYBILL_LIMITS_FREE_DISK_MIN_MB", &["limits", "free_disk_min_mb"]),
    (
        "WAYBILL_LIMITS_REPLACED_TABLES_KEPT_H",
        &["limits", "replaced_tables_kept_h"],
    ),
    ("WAYBILL_METRICS_ENABLED", &["metrics", "enabled"]),
    ("WAYBILL_METRICS_BIND_ADDRESS", &["metrics", "bind_address"]),
    ("WAYBILL_METRICS_PORT", &["metrics", "port"]),
    ("WAYBILL_TELEMETRY_OTLP_ENDPOINT", &["telemetry", "otlp_endpoint"]),
    ("WAYBILL_TELEMETRY_SAMPLE_RATIO", &["telemetry", "sample_ratio"]),
    ("WAYBILL_TELEMETRY_INSTANCE_ID", &["telemetry", "instance_id"]),
];

/// A variable that is set: its name, the keys of its setting, and its text.
pub(super) type Given = (&'static str, &'static [&'static str], String);

/// The variables that are set.
pub(super) fn given(variable: &dyn Fn(&str) -> Option<String>) -> Vec<Given> {
    let variables = VARIABLES.iter();
    variables
        .filter_map(|(name, path)| Some((*name, *path, variable(name)?)))
        .collect()
}

/// Overrides settings of the file.
pub(super) fn apply(table: &mut toml::Table, given: Vec<Given>) -> Result<(), Error> {
    for (name, path, value) in given {
        set(table, path, value).ok_or_else(|| Error::Variable {
            name: name.to_owned(),
            reason: "the file has a value where it needs a table",
        })?;
    }
    Ok(())
}

/// Writes a variable's text into the table, as a number or a boolean where it is one.
fn set(table: &mut toml::Table, path: &[&str], text: String) -> Option<()> {
    let (last, parents) = path.split_last()?;
    let mut table = table;
    for parent in parents {
        let entry = table
            .entry(*parent)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()));
        table = entry.as_table_mut()?;
    }
    let is_fraction = text.starts_with(|first: char| first.is_ascii_digit()) && text.contains('.');
    let fraction = text.parse::<f64>().ok().filter(|_| is_fraction);
    let value = match (text.parse::<i64>(), text.parse::<bool>()) {
        (Ok(number), _) => toml::Value::Integer(number),
        (_, Ok(truth)) => toml::Value::Boolean(truth),
        _ if fraction.is_some() => toml::Value::Float(fraction.unwrap_or_default()),
        _ => toml::Value::String(text),
    };
    table.insert((*last).to_owned(), value);
    Some(())
}
