use super::*;
use crate::config::FILE_NAME;

const STRONG: &str = "x7Zt0f3mQJr6Yb1sKp8Vd2Nw9Gh4Lc5TeRuIoAzXyC0=";
const OTHER: &str = "A1b2C3d4E5f6G7h8I9j0KzLyMxNwOvPuQtRsSrTqUpE=";

fn base(rest: &str) -> String {
    format!(
        "port = 8080\npostgres_url = 'postgres://a@127.0.0.1:5432/x'\nlog = 'embedded'\n{rest}\n\
         [secrets]\ntoken_seed = '{STRONG}'\ndata_key = '{OTHER}'\n"
    )
}

fn parse_text(text: &str) -> Result<Config, Error> {
    parse(Path::new("/data"), text, &|_| None)
}

#[test]
fn a_complete_file_is_read_with_defaults() {
    let config = parse_text(&base("environment = 'production'\npayment_provider = 'none'")).unwrap();
    assert_eq!(config.http.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.postgres.pool_size, 10);
    assert!(config.kafka.is_none());
}

#[test]
fn unusable_settings_are_refused_with_their_key() {
    let table: &[(&str, &str)] = &[
        (
            "environment = 'production'\npayment_provider = 'none'\ncolour = 'red'",
            "unknown field `colour`",
        ),
        ("environment = 'staging'", "unknown variant `staging`"),
        (
            "environment = 'production'\npayment_provider = 'none'\nkafka_brokers = 'here'",
            "`kafka_brokers`",
        ),
        (
            "environment = 'production'\npayment_provider = 'none'\npublic_url = 'ftp://x'",
            "`public_url`",
        ),
        (
            "environment = 'production'\npayment_provider = 'none'\npublic_url = 'http://shop.example'",
            "`public_url`",
        ),
        (
            "environment = 'production'\npayment_provider = 'none'\n[postgres]\npool_size = 0",
            "`postgres.pool_size`",
        ),
        ("environment = 'production'", "`payment_provider` is needed"),
        (
            "environment = 'production'\npayment_provider = 'sandbox'",
            "`payment_provider` must not be sandbox",
        ),
        (
            "environment = 'production'\npayment_provider = 'none'\n[http]\nworkers = 0",
            "`http.workers`",
        ),
        (
            "environment = 'production'\npayment_provider = 'none'\n[limits]\nspeed = 1",
            "unknown field `speed`",
        ),
    ];
    for (text, expected) in table {
        let error = parse_text(&base(text)).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn production_needs_a_fixed_port_and_development_does_not() {
    for (environment, is_accepted) in [("production", false), ("development", true)] {
        let text = base(&format!(
            "environment = '{environment}'\npayment_provider = 'none'"
        ));
        let parsed = parse_text(&text.replace("port = 8080", "port = 0"));
        assert_eq!(parsed.is_ok(), is_accepted, "{environment}");
    }
}

#[test]
fn a_file_that_others_can_read_is_refused_in_production() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = std::env::temp_dir().join(format!("waybill-config-{}", uuid::Uuid::new_v4().simple()));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join(FILE_NAME);
    for (environment, mode, is_accepted) in [
        ("production", 0o600, true),
        ("production", 0o640, false),
        ("production", 0o604, false),
        ("development", 0o644, true),
    ] {
        let text = base(&format!(
            "environment = '{environment}'\npayment_provider = 'none'"
        ));
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let loaded = Config::load(&folder);
        assert_eq!(loaded.is_ok(), is_accepted, "{environment} {mode:o}: {loaded:?}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_invalid_url_is_refused() {
    let text = base("environment = 'development'").replace("postgres://a@127.0.0.1:5432/x", "mysql://x");
    assert!(
        parse_text(&text)
            .unwrap_err()
            .to_string()
            .contains("postgres_url")
    );
}

#[test]
fn kafka_needs_brokers() {
    let text = base("environment = 'development'").replace("embedded", "kafka");
    assert!(
        parse_text(&text)
            .unwrap_err()
            .to_string()
            .contains("kafka_brokers")
    );
}

#[test]
fn short_and_weak_secrets_are_refused() {
    let short = base("environment = 'development'").replace(STRONG, "c2hvcnQ=");
    assert!(parse_text(&short).unwrap_err().to_string().contains("token_seed"));
    let weak = Secret32::new([7; 32]).to_base64();
    let production = base("environment = 'production'\npayment_provider = 'none'").replace(STRONG, &weak);
    assert!(parse_text(&production).unwrap_err().to_string().contains("weak"));
    let development = base("environment = 'development'").replace(STRONG, &weak);
    assert!(parse_text(&development).is_ok());
    let same = base("environment = 'production'\npayment_provider = 'none'").replace(OTHER, STRONG);
    assert!(parse_text(&same).unwrap_err().to_string().contains("differ"));
}

#[test]
fn variables_override_the_file() {
    let variables = |name: &str| match name {
        "WAYBILL_PORT" => Some("9090".to_owned()),
        "WAYBILL_POSTGRES_POOL_SIZE" => Some("3".to_owned()),
        "WAYBILL_HTTP_BODY_BYTES_MAX" => Some("2048".to_owned()),
        "WAYBILL_DATA_KEY" => Some(Secret32::new([9; 32]).to_base64()),
        _ => None,
    };
    let config = parse(
        Path::new("/data"),
        &base("environment = 'development'"),
        &variables,
    )
    .unwrap();
    assert_eq!((config.http.port, config.postgres.pool_size), (9090, 3));
    assert_eq!(config.http.body_bytes_max, 2_048);
    assert_eq!(config.secrets.data_key, Secret32::new([9; 32]));
}

/// The keys that the file may have where `text` has the key `unknown`, from the message of the error.
fn expected_keys(text: &str) -> Vec<String> {
    let error = parse_text(text).unwrap_err().to_string();
    let (_, expected) = error.split_once("expected one of ").unwrap();
    expected
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_setting_has_a_name() {
    let mut known = expected_keys(&base("environment = 'development'\nunknown = 1"));
    for (table, keys) in TABLES.iter().filter(|(table, _)| *table != "secrets") {
        let text = base(&format!("environment = 'development'\n[{table}]\nunknown = 1"));
        assert_eq!(expected_keys(&text), *keys, "{table}");
        known.retain(|key| key != table);
    }
    known.retain(|key| key != "secrets");
    assert_eq!(known, KEYS);
    assert_eq!(
        settings().len(),
        KEYS.len() + TABLES.iter().map(|(_, keys)| keys.len()).sum::<usize>()
    );
}

#[test]
fn debug_shows_no_secret() {
    let text = base("environment = 'development'").replace("//a@", "//a:hunter2@");
    let shown = format!("{:?}", parse_text(&text).unwrap());
    assert!(!shown.contains("hunter2") && !shown.contains(STRONG), "{shown}");
}

#[test]
fn errors_show_no_secret() {
    let text = base("environment = 'development'").replace(&format!("'{STRONG}'"), "hunter2");
    assert!(!parse_text(&text).unwrap_err().to_string().contains("hunter2"));
}
