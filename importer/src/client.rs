//! Runs the importer's commands and calls to the payment provider. Each has an idempotency key derived from its
//! subject, so that it can be retried while the store or the provider is unavailable.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};
use command_api::executor::{self, Executor, Idempotency, Submission};
use command_api::payment_provider::{self, PaymentProvider, SandboxProvider};
use domain::Command;
use event_store::Store;
use platform::causes::with_causes;
use platform::clock::SystemClock;
use schemas::envelope::Actor;
use sqlx::PgPool;
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;

/// How long the store or the provider may be unavailable before the importer gives up.
const RETRY_TIMEOUT: Duration = Duration::from_mins(1);
/// The delay between two attempts.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Why a command or a call failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A business rule rejects it.
    #[error(transparent)]
    Rejected(domain::Error),
    /// The payment provider refused.
    #[error("the payment provider refuses: {0}")]
    ProviderRefused(&'static str),
    /// The idempotency key was used for another command.
    #[error("its key was used for another command")]
    KeyReused,
    /// The store or the provider was unavailable for too long.
    #[error("Postgres cannot be reached any more; the import can be run again")]
    Unavailable,
    /// A failure that a retry cannot fix.
    #[error("the import cannot continue")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Whether it concerns one order only, so that other orders can continue.
    pub const fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Rejected(_) | Self::ProviderRefused(_) | Self::KeyReused
        )
    }
}

/// Runs commands for one tool, on its own executor.
#[derive(Debug)]
pub struct CommandClient {
    executor: Executor,
    worker: JoinHandle<()>,
    shutdown: CancellationToken,
    provider: Arc<dyn PaymentProvider>,
    pool: PgPool,
    tool: &'static str,
}

impl CommandClient {
    /// Opens a client for `tool`, whose name is the actor of every event and the scope of every key.
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
            pool: pool.clone(),
            tool,
        }
    }

    /// Returns the connection pool.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Returns the `keys` whose commands are stored.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stored_keys(&self, keys: Vec<String>) -> Result<HashSet<String>, sqlx::Error> {
        let scope = format!("{}/", self.tool);
        let keys: Vec<String> = keys.into_iter().map(|key| format!("{scope}{key}")).collect();
        let stored = sqlx::query_scalar!(
            "SELECT idempotency_key FROM event_store.commands WHERE idempotency_key = ANY ($1)",
            &keys
        )
        .fetch_all(&self.pool)
        .await?;
        let bare = stored
            .iter()
            .filter_map(|key| key.strip_prefix(&scope).map(str::to_owned));
        Ok(bare.collect())
    }

    /// Waits until every command has been executed.
    ///
    /// # Errors
    /// When the executor's task panicked.
    pub async fn close(self) -> Result<(), JoinError> {
        self.shutdown.cancel();
        self.worker.await
    }

    /// Executes a command once, with the time `at`.
    ///
    /// # Errors
    /// When it is rejected, or the store stays unavailable.
    pub async fn execute(
        &self,
        command: impl Into<Command>,
        key: String,
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let submission = self.submission(command.into(), key.clone(), at);
        let mut retries = Retries::default();
        loop {
            let Err(error) = self.executor.execute_when_free(submission.clone()).await else {
                return Ok(());
            };
            match error {
                executor::Error::Rejected(error) => return Err(Error::Rejected(error)),
                executor::Error::KeyReused => return Err(Error::KeyReused),
                executor::Error::Conflict { .. } | executor::Error::QueueFull => retries.wait().await?,
                executor::Error::Unavailable => {
                    if self.was_stored(&key, &mut retries).await? {
                        return Ok(());
                    }
                }
                executor::Error::Internal(cause) => {
                    return Err(Error::Internal(with_causes(cause.as_ref()).into()));
                }
                executor::Error::Stopping => return Err(Error::Internal(error.into())),
            }
        }
    }

    /// Whether a command whose outcome is unknown was stored; retries until the store answers.
    async fn was_stored(&self, key: &str, retries: &mut Retries) -> Result<bool, Error> {
        loop {
            retries.wait().await?;
            match self.stored_keys(vec![key.to_owned()]).await {
                Ok(stored) => return Ok(!stored.is_empty()),
                Err(error) if platform::postgres::is_unavailable(&error) => {}
                Err(error) => return Err(Error::Internal(error.into())),
            }
        }
    }

    fn submission(&self, command: Command, key: String, at: DateTime<Utc>) -> Submission {
        let mut request_hash = [0; 32];
        request_hash.copy_from_slice(digest::digest(&digest::SHA256, key.as_bytes()).as_ref());
        let scope = self.tool.to_owned();
        Submission {
            command,
            idempotency: Some(Idempotency {
                scope,
                key,
                request_hash,
            }),
            actor: Actor::Tool {
                name: self.tool.to_owned(),
            },
            occurred_at: Some(at),
            cause: None,
            traceparent: None,
            new_keys: Vec::new(),
        }
    }

    /// Calls the payment provider, and retries while it is unavailable: idempotency keys make that safe.
    ///
    /// # Errors
    /// When it refuses or stays unavailable.
    pub async fn call_provider<T>(
        &self,
        call: impl AsyncFn(&dyn PaymentProvider) -> Result<T, payment_provider::Error>,
    ) -> Result<T, Error> {
        let mut retries = Retries::default();
        loop {
            match call(self.provider.as_ref()).await {
                Ok(answer) => return Ok(answer),
                Err(payment_provider::Error::Refused(reason)) => return Err(Error::ProviderRefused(reason)),
                Err(payment_provider::Error::Unavailable(_)) => retries.wait().await?,
            }
        }
    }
}

/// Waits between attempts, for at most [`RETRY_TIMEOUT`] in total.
#[derive(Default)]
struct Retries(Option<Instant>);

impl Retries {
    async fn wait(&mut self) -> Result<(), Error> {
        if self.0.get_or_insert_with(Instant::now).elapsed() > RETRY_TIMEOUT {
            return Err(Error::Unavailable);
        }
        tokio::time::sleep(RETRY_INTERVAL).await;
        Ok(())
    }
}
