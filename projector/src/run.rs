//! The loop: lead, read, apply, publish.

use std::time::{Duration, Instant};

use event_store::Store;
use platform::causes::with_causes;
use platform::telemetry::context;
use sqlx::{PgConnection, PgPool};
use tokio_util::sync::CancellationToken;

use crate::batch::{Applied, Effects, ProjectionBatch};
use crate::options::Options;
use crate::parking::{LetterState, Parked, Parking};
use crate::publish::Publisher;
use crate::reader::Reader;
use crate::{Error, checkpoint, isolate, leader};

/// How long to wait after a failure before trying to lead again.
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// How often old rows of `changes` are deleted.
const PRUNE_INTERVAL: Duration = Duration::from_secs(5);

/// Projects the log until `shutdown`. When Postgres, Kafka or the lead is lost it begins again at the
/// checkpoint.
///
/// # Errors
/// When another try cannot help: an event of a newer release, or rows that must be rebuilt.
pub async fn run(
    options: Options,
    store: Store,
    pool: PgPool,
    shutdown: CancellationToken,
) -> Result<(), Error> {
    let projector = Projector {
        options,
        store,
        pool,
        shutdown,
    };
    while !projector.shutdown.is_cancelled() {
        match projector.lead().await {
            Ok(()) => break,
            Err(error) if error.is_final() => {
                tracing::error!(error = with_causes(&error), "The projector stopped.");
                return Err(error);
            }
            Err(error) => {
                let error = with_causes(&error);
                tracing::warn!(
                    error,
                    "The projector lost its place; it begins again at the checkpoint."
                );
            }
        }
        tokio::select! {
            () = tokio::time::sleep(RETRY_DELAY) => {}
            () = projector.shutdown.cancelled() => {}
        }
    }
    Ok(())
}

struct Projector {
    options: Options,
    store: Store,
    pool: PgPool,
    shutdown: CancellationToken,
}

/// What the leader holds.
struct Lead {
    connection: PgConnection,
    parking: Parking,
    publisher: Option<Publisher>,
    pruned_at: Instant,
}

impl Projector {
    /// Leads until the shutdown or a failure.
    async fn lead(&self) -> Result<(), Error> {
        let Some(mut connection) = leader::acquire(&self.pool, &self.shutdown).await? else {
            return Ok(());
        };
        let checkpoint = checkpoint::load(&mut connection).await?;
        let parking = Parking::load(&mut connection).await?;
        tracing::info!(position = checkpoint.position, "This projector leads.");
        let publisher = self
            .options
            .changes_topic
            .clone()
            .map(|topic| Publisher::start(self.pool.clone(), self.store.clone(), topic));
        let mut lead = Lead {
            connection,
            parking,
            publisher,
            pruned_at: Instant::now(),
        };
        let mut reader = Reader::start(&self.options, self.store.clone(), checkpoint);
        let result = self.follow(&mut lead, &mut reader).await;
        if let Some(publisher) = lead.publisher {
            publisher.finish().await;
        }
        result
    }

    async fn follow(&self, lead: &mut Lead, reader: &mut Reader) -> Result<(), Error> {
        loop {
            let next = tokio::select! {
                next = reader.next() => next,
                () = self.shutdown.cancelled() => return Ok(()),
            };
            match next {
                Ok(batch) => lead.project(batch).await?,
                Err(error) => {
                    if let Error::NewerVersion(newer) = &error {
                        checkpoint::stop(&mut lead.connection, &newer.to_string()).await?;
                    }
                    return Err(error);
                }
            }
            lead.prune(self.options.changes_kept).await?;
        }
    }
}

impl Lead {
    /// Applies a batch and tells of it.
    async fn project(&mut self, batch: ProjectionBatch) -> Result<(), Error> {
        let publisher = self.publisher.as_ref();
        let on_applied = |applied: Applied| {
            for parked in applied
                .parked
                .iter()
                .filter(|parked| parked.state == LetterState::Poison)
            {
                context::sync_scope_if_some(parked.trace, || warn_of(parked));
            }
            if let Some(publisher) = publisher {
                publisher.offer(applied.changes);
            }
        };
        isolate::apply(
            &mut self.connection,
            batch,
            &mut self.parking,
            Effects::Announce,
            on_applied,
        )
        .await
    }

    /// Deletes rows of `changes` that are old and, where there is a topic, published.
    async fn prune(&mut self, kept: Duration) -> Result<(), Error> {
        if self.pruned_at.elapsed() < PRUNE_INTERVAL {
            return Ok(());
        }
        self.pruned_at = Instant::now();
        let published = self.publisher.as_ref().map(Publisher::published);
        sqlx::query(
            "DELETE FROM changes WHERE recorded_at < now() - make_interval(secs => $1) \
             AND to_position <= COALESCE($2, to_position)",
        )
        .bind(kept.as_secs_f64())
        .bind(published)
        .execute(&mut self.connection)
        .await?;
        Ok(())
    }
}

fn warn_of(parked: &Parked) {
    tracing::error!(
        projection = parked.projection,
        event.position = parked.position,
        event.r#type = parked.event_type,
        event.key = parked.key,
        reason = parked.reason,
        "An event could not be applied; it is parked, and later events of its key wait behind it."
    );
}
