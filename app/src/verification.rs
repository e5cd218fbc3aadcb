//! Verification of the log while the services run, and its anchors: what `waybill events verify` and `events anchor` do,
//! for admins.
//!
//! The work is done by the background's threads, on their connections, a page of events at a time, so that it does not
//! delay requests.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use event_store::Store;
use event_store::anchor::{Anchor, AnchorKey};
use event_store::verification::Verification;
use event_store::verify::Report;
use platform::config::Config;
use platform::shutdown::Shutdown;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, watch};

use crate::anchors;
use crate::exit::Failure;

pub mod http;

/// How often the progress is recorded.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(1);

/// Verifies and anchors the log. Clones share everything.
#[derive(Clone)]
pub struct LogChecks {
    /// The event store, on connections of the background.
    store: Store,
    background: Handle,
    key: Arc<AnchorKey>,
    data_dir: PathBuf,
    shutdown: Shutdown,
    /// One anchor is written after the other.
    anchoring: Arc<Mutex<()>>,
}

impl LogChecks {
    /// Checks the log of `store`, with the threads of `background`.
    ///
    /// # Errors
    /// When the data key makes no key for anchors, which does not happen.
    pub fn new(
        store: Store,
        background: Handle,
        config: &Config,
        shutdown: Shutdown,
    ) -> Result<Self, event_store::Error> {
        Ok(Self {
            store,
            background,
            key: Arc::new(AnchorKey::new(&config.secrets.data_key)?),
            data_dir: config.data_dir.clone(),
            shutdown,
            anchoring: Arc::default(),
        })
    }

    /// Starts a verification, unless one runs.
    async fn start(&self, requested_by: &str) -> Result<Option<Verification>, event_store::Error> {
        let begun = self.store.begin_verification(requested_by).await?;
        if let Some(begun) = &begun {
            let (checks, id) = (self.clone(), begun.id);
            self.background.spawn(async move { checks.run(id).await });
        }
        Ok(begun)
    }

    /// Verifies the log, and records the result.
    async fn run(&self, id: i64) {
        let (moved, progress) = watch::channel(0);
        let result = tokio::select! {
            result = self.verify(&moved) => result,
            reason = self.record_progress(id, progress) => Err(reason),
            () = self.shutdown.begun() => Err("The process that verified the log was stopped.".to_owned()),
        };
        match &result {
            Ok(report) if report.is_sound() => tracing::info!(events = report.events, "The log is sound."),
            Ok(report) => tracing::error!(findings = report.finding_count, "The log is damaged."),
            Err(reason) => tracing::warn!(reason, "The log could not be verified."),
        }
        let recorded = self
            .store
            .finish_verification(id, result.as_ref().map_err(String::as_str));
        if let Err(error) = recorded.await {
            // Without a sign of life, it counts as stopped.
            tracing::error!(%error, "The result of a verification could not be recorded.");
        }
    }

    async fn verify(&self, moved: &watch::Sender<i64>) -> Result<Report, String> {
        let anchors = self.anchors().await.map_err(|failure| failure.to_string())?;
        let verified = self.store.verify(&anchors, |position, _| {
            moved.send_replace(position);
        });
        verified.await.map_err(|error| {
            tracing::error!(
                error = format!("{:#}", anyhow::Error::from(error)),
                "The log could not be read."
            );
            "The event store could not be read; the log of the process says why.".to_owned()
        })
    }

    /// Records how far the verification is, until that is refused. Returns why.
    async fn record_progress(&self, id: i64, progress: watch::Receiver<i64>) -> String {
        let mut ticks = tokio::time::interval(PROGRESS_INTERVAL);
        loop {
            ticks.tick().await;
            let position = *progress.borrow();
            match self.store.continue_verification(id, position).await {
                Ok(true) => {}
                Ok(false) => return "Another verification took over.".to_owned(),
                // The verification fails too if the database stays away.
                Err(error) => tracing::debug!(%error, "The progress could not be recorded."),
            }
        }
    }

    /// The anchors in the instance's folder. Each signature is checked, so this takes a while.
    async fn anchors(&self) -> Result<Vec<Anchor>, Failure> {
        let (key, data_dir) = (Arc::clone(&self.key), self.data_dir.clone());
        let reading = self
            .background
            .spawn_blocking(move || anchors::known(&key, &data_dir));
        let read = reading.await;
        read.map_err(|error| Failure::CannotGoOn(format!("the anchors could not be read: {error}")))?
    }

    /// Anchors the log. Returns the newest anchor: an earlier one if nothing was recorded since, and none if the log is
    /// empty.
    async fn anchor(&self) -> anyhow::Result<Option<Anchor>> {
        let checks = self.clone();
        let anchoring = self.background.spawn(async move {
            let _one_at_a_time = checks.anchoring.lock().await;
            let written = anchors::anchor_once(&checks.key, &checks.store, &checks.data_dir).await?;
            match written {
                Some(anchor) => anyhow::Ok(Some(anchor)),
                None => Ok(checks.anchors().await?.pop()),
            }
        });
        anchoring.await?
    }
}
