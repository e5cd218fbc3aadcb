//! Where the importer hands in commands and asks the payment provider: each under a key made of what it is
//! about, and again as long as the store or the provider is away.

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

    /// The connections.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Those of `keys` whose commands are stored.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stored(&self, keys: Vec<String>) -> Result<HashSet<String>, sqlx::Error> {
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
    ) -> Result<(), Error> {
        let submission = self.submission(command.into(), key.clone(), at);
        let mut patience = Patience::default();
        loop {
            let Err(error) = self.executor.execute_when_free(submission.clone()).await else {
                return Ok(());
            };
            match error {
                executor::Error::Rejected(error) => return Err(Error::Rejected(error)),
                executor::Error::KeyReused => return Err(Error::KeyReused),
                executor::Error::Conflict { .. } | executor::Error::QueueFull => patience.wait().await?,
                executor::Error::Unavailable => {
                    if self.came_through(&key, &mut patience).await? {
                        return Ok(());
                    }
                }
                executor::Error::Internal(cause) => {
                    return Err(Error::Broken(with_causes(cause.as_ref()).into()));
                }
                executor::Error::Stopping => return Err(Error::Broken(error.into())),
            }
        }
    }

    /// Whether a command whose outcome is unknown was stored; asks until the store answers.
    async fn came_through(&self, key: &str, patience: &mut Patience) -> Result<bool, Error> {
        loop {
            patience.wait().await?;
            match self.stored(vec![key.to_owned()]).await {
                Ok(stored) => return Ok(!stored.is_empty()),
                Err(error) if platform::postgres::is_unavailable(&error) => {}
                Err(error) => return Err(Error::Broken(error.into())),
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
            traceparent: None,
            new_keys: Vec::new(),
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
