//! The metrics of the process, on their own port.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use actix_web::{App, HttpResponse, web};
use anyhow::Context as _;
use platform::config::Config;
use platform::metrics::{Recorder, Table};

/// The media type of Prometheus's text format.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The metrics of every crate.
pub(super) const TABLES: &[Table] = &[
    event_store::metrics::METRICS,
    command_api::metrics::METRICS,
    projector::metrics::METRICS,
    realtime::METRICS,
];

/// Records metrics, and holds the port to serve them on.
pub(super) struct Metrics {
    pub(super) recorder: Recorder,
    pub(super) url: String,
    listener: TcpListener,
}

impl Metrics {
    /// Starts recording, unless metrics are disabled. `service` is the name of the process.
    pub(super) fn open(config: &Config, service: &str) -> anyhow::Result<Option<Self>> {
        let file = url_file(&config.data_dir, service);
        if !config.metrics.is_enabled {
            let _there_may_be_none = std::fs::remove_file(file);
            return Ok(None);
        }
        let listener = bind(config, &file).context("no port can be listened on for metrics")?;
        let url = format!("http://{}/metrics", listener.local_addr()?);
        if let Err(error) = std::fs::write(&file, format!("{url}\n")) {
            tracing::warn!(%error, file = %file.display(), "The address of the metrics cannot be kept.");
        }
        let recorder = Recorder::install(TABLES)?;
        Ok(Some(Self {
            recorder,
            url,
            listener,
        }))
    }

    /// Creates the server, which runs when it is awaited.
    pub(super) fn serve(self) -> anyhow::Result<actix_web::dev::Server> {
        let recorder = web::Data::new(self.recorder);
        let server = actix_web::HttpServer::new(move || {
            App::new()
                .app_data(recorder.clone())
                .route("/metrics", web::get().to(show))
        });
        Ok(server
            .workers(1)
            .shutdown_timeout(1)
            .disable_signals()
            .listen(self.listener)
            .context("the port for metrics cannot be listened on")?
            .run())
    }
}

#[allow(clippy::unused_async, reason = "a handler is async")]
async fn show(recorder: web::Data<Recorder>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(CONTENT_TYPE)
        .body(recorder.render())
}

/// The metrics URL of the instance's `waybill up`, if it has been started with metrics.
pub fn url(data_dir: &Path) -> Option<String> {
    let text = std::fs::read_to_string(url_file(data_dir, super::UP)).ok()?;
    Some(text.trim().to_owned())
}

/// The file that stores the address, for `waybill status` and for the next start.
fn url_file(data_dir: &Path, service: &str) -> PathBuf {
    if service == super::UP {
        data_dir.join("metrics.url")
    } else {
        data_dir.join(format!("metrics-{service}.url"))
    }
}

/// Binds the configured port, or else the last one. If another program uses it, binds a free one: metrics prevent no
/// service from starting.
fn bind(config: &Config, file: &Path) -> std::io::Result<TcpListener> {
    let address = config.metrics.bind_address;
    let wanted = match config.metrics.port {
        0 => last_port(file),
        port => Some(port),
    };
    if let Some(port) = wanted {
        match TcpListener::bind((address, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                tracing::warn!(%error, port, "The port for metrics is taken; a free one is used.");
            }
        }
    }
    TcpListener::bind((address, 0))
}

fn last_port(file: &Path) -> Option<u16> {
    let text = std::fs::read_to_string(file).ok()?;
    let address = text.trim().strip_prefix("http://")?.strip_suffix("/metrics")?;
    Some(address.parse::<SocketAddr>().ok()?.port())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// Generates the table of docs/metrics.md from the code.
    fn documented() -> String {
        let mut table = String::from("| metric | type | labels | meaning |\n|---|---|---|---|\n");
        for definition in platform::metrics::definitions(TABLES) {
            let labels = definition.labels.iter().map(|label| format!("`{label}`"));
            writeln!(
                table,
                "| `{}` | {} | {} | {} |",
                definition.name,
                definition.kind.as_str(),
                labels.collect::<Vec<_>>().join(", "),
                definition.help
            )
            .unwrap();
        }
        table
    }

    #[test]
    fn every_metric_is_documented() {
        let document = include_str!("../../../docs/metrics.md");
        let table = documented();
        assert!(
            document.contains(&table),
            "docs/metrics.md should have this table:\n{table}"
        );
    }

    #[test]
    fn names_follow_the_conventions_of_prometheus() {
        for definition in platform::metrics::definitions(TABLES) {
            let name = definition.name;
            let is_counter = definition.kind == platform::metrics::Kind::Counter;
            assert!(name.starts_with("waybill_"), "{name}");
            assert_eq!(name.ends_with("_total"), is_counter, "{name}");
            assert!(
                !name.contains("_ms") && !name.contains("millis"),
                "{name}: base units"
            );
            assert!(definition.help.ends_with('.'), "{name}");
        }
    }
}
