//! The messages and exit codes of the binary when it is used incorrectly.

use std::path::Path;
use std::process::{Command, Output};

fn waybill(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waybill"))
        .args(arguments)
        .output()
        .unwrap()
}

/// A folder with the settings `toml`, deleted on drop.
struct Folder(std::path::PathBuf);

impl Folder {
    fn with(toml: &str) -> Self {
        let path = std::env::temp_dir().join(format!("waybill-cli-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("instance.toml"), toml).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Valid settings whose Postgres is not running.
fn settings() -> String {
    let secret = |byte: u8| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode([byte; 32].map(|byte| byte.wrapping_mul(31)))
    };
    format!(
        r#"port = 18999
public_url = "http://127.0.0.1:18999"
environment = "development"
log = "embedded"
postgres_url = "postgres://waybill_app:x@127.0.0.1:1/waybill"
postgres_admin_url = "postgres://waybill_owner:x@127.0.0.1:1/waybill"
[secrets]
token_seed = "{}"
data_key = "{}"
"#,
        secret(3),
        secret(5)
    )
}

fn exits(arguments: &[&str], code: i32, says: &str) {
    let output = waybill(arguments);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    assert!(text.contains(says), "{arguments:?} says: {text}");
    assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn every_command_explains_itself() {
    for command in [
        "up",
        "command-api",
        "projector",
        "query-api",
        "realtime",
        "relay",
        "migrate",
        "demo",
        "import",
        "check",
        "events",
        "account",
        "policy",
        "status",
        "bench",
    ] {
        let output = waybill(&[command, "--help"]);
        assert!(output.status.success(), "{command}");
        assert!(output.stdout.len() > 100, "{command}");
    }
}

#[test]
fn an_unknown_flag_or_command_is_a_usage_error() {
    exits(&["up", "--prot", "80"], 2, "--prot");
    exits(&["fly"], 2, "fly");
    for role in ["boss", "guest"] {
        let create = [
            "account",
            "create",
            "--email",
            "a@example.com",
            "--password",
            "-",
            "--role",
        ];
        exits(&[&create[..], &[role]].concat(), 2, "a role is one of");
    }
    exits(&["up", "--port", "eighty"], 2, "eighty");
    exits(&["bench", "orders", "--clients", "0"], 2, "0");
}

#[test]
fn an_instance_that_cannot_be_used_is_refused_before_anything_else() {
    let missing = std::env::temp_dir().join("waybill-no-such-folder");
    exits(&["--data", missing.to_str().unwrap(), "up"], 78, "instance.toml");

    let right = settings();
    let cases = [
        (right.replace("port = 18999", "prot = 18999"), "prot"),
        (
            right.replace("postgres://waybill_app:x@127.0.0.1:1/waybill", "mysql://x"),
            "postgres_url",
        ),
        (format!("{right}\n[postgres]\npool_size = 0\n"), "pool_size"),
        (
            right.replace("token_seed = \"", "token_seed = \"AAAA\" # "),
            "token_seed",
        ),
        (
            right.replace("log = \"embedded\"", "log = \"kafka\""),
            "kafka_brokers",
        ),
        ("port = ".to_owned(), "line 1"),
    ];
    for (toml, says) in cases {
        let folder = Folder::with(&toml);
        for command in [&["up"][..], &["migrate"], &["status"]] {
            exits(&[&["--data", folder.path()], command].concat(), 78, says);
        }
    }
}

#[test]
fn an_unreachable_postgres_is_reported() {
    let folder = Folder::with(&settings());
    for command in [
        &["up"][..],
        &["migrate"],
        &["status", "--json"],
        &["events", "verify"],
        &["policy", "list"],
        &["projector"],
    ] {
        exits(&[&["--data", folder.path()], command].concat(), 69, "Postgres");
    }
}

#[test]
fn a_port_in_use_is_reported() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = Folder::with(&settings());
    exits(&["--data", folder.path(), "up", "--port", &port], 69, &port);
}

#[test]
fn a_missing_file_to_import_is_reported() {
    let folder = Folder::with(&settings());
    let missing = Path::new("no-such-file.csv");
    exits(
        &[
            "--data",
            folder.path(),
            "import",
            "online-retail",
            missing.to_str().unwrap(),
        ],
        66,
        "no-such-file.csv",
    );
}
