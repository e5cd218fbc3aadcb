//! Where the importer hands in commands and asks the payment provider: each under a key made of what it is
//! about, and again as long as the store or the provider is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use command_api::executor::{self, Accepted, Executor, Idempotency, Submission};
use command_api::payment_provider::{self, PaymentProvider, SandboxProvider};
use domain::Command;
use event_store::Store;
use platform::clock::SystemClock;
use schemas::envelope::Actor;
use sqlx::PgPool;
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::exit::Failure;

/// How long the store or the provider may be away before the importer gives up.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules of the business refuse it.
    #[error(transparent)]
    Rejected(domain::Error),
    /// The payment provider refuses it.
    #[error("the payment provider refuses: {0}")]
    ProviderRefused(&'static str),
    /// The key was used for something else.
    #[error("its key was used for another command")]
    KeyReused,
    /// The store or the provider was away for too long.
    #[error("the import cannot go on now, but can be run again")]
    Away(#[source] Failure),
    /// Something is broken.
    #[error("the import cannot go on")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Whether it concerns this one order, and the others can go on.
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Rejected(_) | Self::ProviderRefused(_) | Self::KeyReused
        )
    }
}

/// Hands in commands for one tool, through an executor of its own.
#[derive(Debug)]
pub struct Desk {
    executor: Executor,
    worker: JoinHandle<()>,
    shutdown: CancellationToken,
    provider: Arc<dyn PaymentProvider>,
    tool: &'static str,
}

impl Desk {
    /// Opens a desk for `tool`, whose name is the actor of every event and the scope of every key.
    pub fn open(pool: &PgPool, tool: &'static str) -> Self {
        let store = Store::new(pool.clone());
        let shutdown = CancellationToken::new();
        let (executor, worker) = Executor::start(
            executor::Options::default(),
            store,
            Arc::new(SystemClock),
            shutdown.clone(),
        );
        let provider = Arc::new(SandboxProvider::new(pool.clone()));
        Self {
            executor,
            worker,
            shutdown,
            provider,
            tool,
        }
    }

    /// Waits until everything that was handed in is done.
    ///
    /// # Errors
    /// When the executor's task panicked.
    pub async fn close(self) -> Result<(), JoinError> {
        self.shutdown.cancel();
        self.worker.await
    }

    /// Has a command carried out, once, as of `at`.
    ///
    /// # Errors
    /// When it is refused, or the store stays away.
    pub async fn give(
        &self,
        command: impl Into<Command>,
        key: String,
        at: DateTime<Utc>,
    ) -> Result<Accepted, Error> {
        let command = command.into();
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, key.as_bytes()).as_ref());
        let submission = Submission {
            command,
            idempotency: Some(Idempotency {
                scope: self.tool.to_owned(),
                key,
                request_hash: hash,
            }),
            actor: Actor::Tool {
                name: self.tool.to_owned(),
            },
            occurred_at: Some(at),
            traceparent: None,
            new_keys: Vec::new(),
        };
        let mut patience = Patience::default();
        loop {
            let error = match self.executor.execute_when_free(submission.clone()).await {
                Ok(accepted) => return Ok(accepted),
                Err(error) => error,
            };
            match error {
                executor::Error::Rejected(error) => return Err(Error::Rejected(error)),
                executor::Error::KeyReused => return Err(Error::KeyReused),
                executor::Error::Unavailable
                | executor::Error::Conflict { .. }
                | executor::Error::QueueFull => {
                    patience.wait().await?;
                }
                broken @ (executor::Error::Stopping | executor::Error::Internal(_)) => {
                    return Err(Error::Broken(broken.into()));
                }
            }
        }
    }

    /// Asks the provider, again as long as it is away: its keys make that safe.
    ///
    /// # Errors
    /// When it refuses or stays away.
    pub async fn ask<T>(
        &self,
        ask: impl AsyncFn(&dyn PaymentProvider) -> Result<T, payment_provider::Error>,
    ) -> Result<T, Error> {
        let mut patience = Patience::default();
        loop {
            match ask(self.provider.as_ref()).await {
                Ok(answer) => return Ok(answer),
                Err(payment_provider::Error::Refused(reason)) => return Err(Error::ProviderRefused(reason)),
                Err(payment_provider::Error::Unavailable(_)) => patience.wait().await?,
            }
        }
    }
}

/// Waits between tries, until it has run out.
#[derive(Default)]
struct Patience(Option<Instant>);

impl Patience {
    async fn wait(&mut self) -> Result<(), Error> {
        if self.0.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
            return Err(Error::Away(Failure::Unavailable(
                "Postgres cannot be reached any more".to_owned(),
            )));
        }
        tokio::time::sleep(PAUSE).await;
        Ok(())
    }
}
