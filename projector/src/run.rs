//! The main loop: leads, reads, applies, publishes, and supervises replays.

use std::time::{Duration, Instant};

use event_store::Store;
use event_store::handover::{Handover, Report};
use platform::causes::with_causes;
use platform::telemetry::context;
use sqlx::{PgConnection, PgPool};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::batch::{Applied, ProjectionBatch, Purpose, Target};
use crate::options::Options;
use crate::parking::{LetterState, Parked, Parking};
use crate::publish::Publisher;
use crate::reader::Reader;
use crate::registry::{Registration, Release};
use crate::replay::row;
use crate::replay::supervisor::{Leading, Supervisor};
use crate::{Error, checkpoint, isolate, leader};

/// The delay after a failure before trying to lead again; doubled while there is no progress.
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// The longest delay.
const RETRY_DELAY_MAX: Duration = Duration::from_secs(5);

/// The interval of the leader's other work: replays and its heartbeat.
const TICK_INTERVAL: Duration = Duration::from_millis(250);

/// How often the heartbeat is recorded while there are no batches.
const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(5);

/// How often old rows of `changes` are deleted.
const PRUNE_INTERVAL: Duration = Duration::from_secs(5);

/// Projects the log until `shutdown`. After any failure it retries from the checkpoint, so that it recovers
/// automatically once the cause is resolved. An event of a newer release is never skipped: the projector gives up the
/// lead, which the newer release takes over, and the checkpoints record why it stopped. That is an error only when nobody
/// has taken over after [`event_store::handover::TAKEOVER_MAX`].
pub async fn run(options: Options, store: Store, pool: PgPool, shutdown: CancellationToken) {
    let projector = Projector {
        options,
        store,
        pool,
        shutdown,
    };
    let mut delay = RETRY_DELAY;
    let mut last_reason = String::new();
    let mut handover = Handover::default();
    while !projector.shutdown.is_cancelled() {
        let (result, has_advanced) = projector.lead().await;
        let Err(error) = result else { break };
        if has_advanced {
            delay = RETRY_DELAY;
        }
        let reason = with_causes(&error);
        if let Error::NewerVersion(newer) = &error {
            report(handover.note(newer.position, Instant::now()), &reason);
        } else if has_advanced || reason != last_reason {
            tracing::warn!(
                error = reason,
                "The projector stopped; it tries again from the checkpoint."
            );
        }
        last_reason = reason;
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            () = projector.shutdown.cancelled() => {}
        }
        delay = (delay * 2).min(RETRY_DELAY_MAX);
    }
}

fn report(handover: Option<Report>, reason: &str) {
    match handover {
        Some(Report::Stopped) => tracing::info!(
            reason,
            "The projector has given up the lead, for a newer release to take over."
        ),
        Some(Report::Overdue) => tracing::error!(
            reason,
            "No newer release has taken over the projections; upgrade this one."
        ),
        None => {}
    }
}

struct Projector {
    options: Options,
    store: Store,
    pool: PgPool,
    shutdown: CancellationToken,
}

/// The state of the leader.
struct Lead {
    connection: PgConnection,
    target: Target,
    position: i64,
    release: Release,
    parking: Parking,
    publisher: Option<Publisher>,
    replays: Supervisor,
    has_advanced: bool,
    heartbeat_at: Instant,
    pruned_at: Instant,
}

impl Projector {
    /// Leads until the shutdown or a failure. Also returns whether it made progress.
    async fn lead(&self) -> (Result<(), Error>, bool) {
        match self.start().await {
            Ok(Some((mut lead, mut reader))) => {
                let result = self.follow(&mut lead, &mut reader).await;
                if let Some(publisher) = lead.publisher {
                    publisher.finish().await;
                }
                (result, lead.has_advanced)
            }
            Ok(None) => (Ok(()), false),
            Err(error) => (Err(error), false),
        }
    }

    async fn start(&self) -> Result<Option<(Lead, Reader)>, Error> {
        let Some(mut connection) = leader::acquire(&self.pool, &self.shutdown).await? else {
            return Ok(None);
        };
        leader::beat(&mut connection).await?;
        checkpoint::check_store(&mut connection, self.options.release).await?;
        let standing = checkpoint::load(&mut connection, self.options.release).await?;
        let position = standing.position;
        for outdated in &standing.outdated {
            tracing::info!(
                projection = outdated.registration.name,
                reason = outdated.reason.as_str(),
                "A projection must be replayed; the others go on."
            );
        }
        row::begin_outdated(&mut connection, &standing.outdated).await?;
        let parking = Parking::load(&mut connection, &standing.current).await?;
        tracing::info!(position, "This projector leads.");
        let publisher = self
            .options
            .changes_topic
            .clone()
            .map(|topic| Publisher::start(self.pool.clone(), self.store.clone(), topic));
        let lead = Lead {
            connection,
            target: Target {
                members: standing.current,
                purpose: Purpose::Live,
            },
            position,
            release: self.options.release,
            parking,
            publisher,
            replays: Supervisor::new(self.pool.clone(), self.store.clone(), &self.options),
            has_advanced: false,
            heartbeat_at: Instant::now(),
            pruned_at: Instant::now(),
        };
        let reader = Reader::start(&self.options, self.store.clone(), position, standing.offsets);
        Ok(Some((lead, reader)))
    }

    async fn follow(&self, lead: &mut Lead, reader: &mut Reader) -> Result<(), Error> {
        let mut ticks = tokio::time::interval(TICK_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let next = tokio::select! {
                next = reader.next() => next,
                _ = ticks.tick() => {
                    lead.tick().await?;
                    continue;
                }
                () = self.shutdown.cancelled() => return Ok(()),
            };
            match next {
                Ok(batch) => lead.project(batch).await?,
                Err(error) => {
                    if let Error::NewerVersion(newer) = &error {
                        checkpoint::hand_over(&mut lead.connection, &lead.target.members, &newer.to_string())
                            .await?;
                    }
                    return Err(error);
                }
            }
            lead.prune(self.options.changes_kept).await?;
        }
    }
}

impl Lead {
    /// Applies a batch and passes its changes to the publisher.
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
        let to = batch.to;
        isolate::apply(
            &mut self.connection,
            batch,
            &self.target,
            &mut self.parking,
            on_applied,
        )
        .await?;
        self.position = to;
        self.has_advanced = true;
        self.heartbeat_at = Instant::now();
        Ok(())
    }

    /// Does the work that is due between two batches.
    async fn tick(&mut self) -> Result<(), Error> {
        if self.publisher.as_ref().is_some_and(Publisher::has_ended) {
            return Err(Error::PublisherEnded);
        }
        if self.heartbeat_at.elapsed() >= HEARTBEAT_INTERVAL {
            leader::beat(&mut self.connection).await?;
            self.heartbeat_at = Instant::now();
        }
        let leading = Leading {
            connection: &mut self.connection,
            target: &self.target,
            position: self.position,
        };
        match self.replays.step(leading).await? {
            Some(registration) => self.adopt(registration).await,
            None => Ok(()),
        }
    }

    /// Continues a projection whose tables were exchanged at the leader's position.
    async fn adopt(&mut self, registration: &'static Registration) -> Result<(), Error> {
        let members = &self.target.members;
        self.target.members = self
            .release
            .all()
            .into_iter()
            .filter(|known| {
                known.name == registration.name || members.iter().any(|member| member.name == known.name)
            })
            .collect();
        self.parking = Parking::load(&mut self.connection, &self.target.members).await?;
        Ok(())
    }

    /// Deletes rows of `changes` that are old and, if there is a topic, published.
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
