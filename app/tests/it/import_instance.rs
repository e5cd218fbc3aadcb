//! An instance for one test: its own database, and a folder with its settings.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sqlx::PgPool;
use testkit::TestDatabase;
use uuid::Uuid;

/// The columns of an import's file.
pub const HEADER: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/// A folder that is deleted on drop.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("waybill-it-{}", Uuid::new_v4().simple()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// An instance with the embedded log.
pub struct Instance {
    pub folder: Folder,
    database: TestDatabase,
}

impl Instance {
    pub async fn new() -> Self {
        let migrators = [
            &event_store::MIGRATOR,
            &command_api::MIGRATOR,
            &projector::MIGRATOR,
        ];
        let database = TestDatabase::create(&migrators).await;
        let folder = Folder::new();
        let secret = || STANDARD.encode([Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat());
        let (url, token_seed, data_key) = (database.url(), secret(), secret());
        let settings = format!(
            "port = 18999\npublic_url = \"http://127.0.0.1:18999\"\nenvironment = \"development\"\n\
             log = \"embedded\"\npostgres_url = \"{url}\"\npostgres_admin_url = \"{url}\"\n\
             [secrets]\ntoken_seed = \"{token_seed}\"\ndata_key = \"{data_key}\"\n"
        );
        folder.write("instance.toml", settings);
        Self { folder, database }
    }

    /// Connections as the superuser.
    pub fn pool(&self) -> &PgPool {
        self.database.pool()
    }

    /// The command `waybill` with these arguments, not started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waybill"));
        command.arg("--data").arg(self.folder.path()).args(arguments);
        command
    }

    /// Runs `waybill` to completion.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts `waybill` and leaves it running.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Imports a file and returns the report.
    pub fn import(&self, file: &Path) -> serde_json::Value {
        let output = self.run(&["import", "online-retail", file.to_str().unwrap(), "--json"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Position of the newest event.
    pub async fn head(&self) -> i64 {
        sqlx::query_scalar("SELECT position FROM event_store.log_head")
            .fetch_one(self.pool())
            .await
            .unwrap()
    }

    /// The number of events of a type.
    pub async fn count(&self, event_type: &str) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM event_store.events WHERE event_type = $1")
            .bind(event_type)
            .fetch_one(self.pool())
            .await
            .unwrap()
    }

    /// SKUs whose units on hand differ from the returned units, computed from the events.
    pub async fn leftovers(&self) -> Vec<(String, i64)> {
        sqlx::query_as(
            "SELECT stream_id, left_over FROM (
                 SELECT stream_id, SUM(CASE event_type
                     WHEN 'StockReceived' THEN (payload ->> 'quantity')::bigint
                     WHEN 'StockShipped' THEN -(payload ->> 'quantity')::bigint ELSE 0 END)::bigint AS left_over
                 FROM event_store.events WHERE stream_id LIKE 'stock-%' GROUP BY stream_id) AS items
             WHERE left_over <> 0 ORDER BY stream_id",
        )
        .fetch_all(self.pool())
        .await
        .unwrap()
    }

    /// The amounts that the sandbox provider captured and refunded, in pence.
    pub async fn ledger(&self) -> (i64, i64) {
        sqlx::query_as(
            "SELECT COALESCE(SUM(amount_minor) FILTER (WHERE kind = 'capture'), 0)::bigint,
                    COALESCE(SUM(amount_minor) FILTER (WHERE kind = 'refund'), 0)::bigint
             FROM command.sandbox_operations",
        )
        .fetch_one(self.pool())
        .await
        .unwrap()
    }
}

/// The first `rows` rows, and the rest of their last invoice, of the demo's sample, uncompressed.
pub fn sample(rows: usize) -> String {
    use std::io::Read as _;

    let mut text = String::new();
    flate2::read::GzDecoder::new(importer::demo::SAMPLE)
        .read_to_string(&mut text)
        .unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let invoice = |line: usize| lines.get(line)?.split(',').next();
    // A part of an invoice would contradict a file with all of it.
    let ends = rows + 1..lines.len();
    let end = ends.into_iter().find(|end| invoice(*end) != invoice(end - 1));
    lines[..end.unwrap_or(lines.len())]
        .iter()
        .flat_map(|line| [line, "\n"])
        .collect()
}
