//! Status and lag of the projections.

use std::time::Duration;

use schemas::consumer::{ConsumerState, ConsumerStatus, STALLED_AFTER, Signs};
use serde::Serialize;
use sqlx::PgPool;

use crate::Error;
use crate::checkpoint::NEVER_BUILT;
use crate::registry::{self, Registration};
use crate::replay::Phase;

/// The status of one projection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProjectionStatus {
    /// Its name.
    pub name: String,
    /// Position up to which the live tables are complete.
    pub position: i64,
    /// The number of log events after that position.
    pub lag: i64,
    /// Its state.
    pub state: ConsumerState,
    /// The number of its parked events.
    pub parked: i64,
    /// Why it is stopped, or why its rows are not up to date.
    pub error: Option<String>,
    /// Whether the live tables are of the current code, and follow the log.
    pub is_current: bool,
    /// The recorded reason why the projector will not continue, whether or not one runs.
    #[serde(skip)]
    pub stopped: Option<String>,
    /// Whether a projector runs, and whether this projection moves.
    #[serde(skip)]
    pub signs: Signs,
    /// The phase of its last replay.
    pub replay: Option<Phase>,
}

impl From<ProjectionStatus> for ConsumerStatus {
    fn from(projection: ProjectionStatus) -> Self {
        Self {
            name: projection.name,
            state: projection.state,
            position: projection.position,
            lag: projection.lag,
            parked: projection.parked,
            error: projection.error,
        }
    }
}

/// Whether a projector leads: its last heartbeat is at most [`STALLED_AFTER`] old.
///
/// # Errors
/// When Postgres fails.
pub async fn is_running(pool: &PgPool) -> Result<bool, Error> {
    let is_running = sqlx::query_scalar!(
        r#"SELECT COALESCE(heartbeat_at > now() - make_interval(secs => $1), false) AS "is_running!"
           FROM read_model.leader"#,
        STALLED_AFTER.as_secs_f64()
    );
    Ok(is_running.fetch_one(pool).await?)
}

/// A projection's checkpoint, with the values it is compared to.
#[derive(Debug)]
struct Row {
    name: String,
    position: i64,
    lag: i64,
    code_version: i32,
    stopped: Option<String>,
    /// Whether a newer release is expected to take it over.
    is_handed_over: bool,
    parked: i64,
    leader_position: i64,
    heartbeat_age_s: Option<f64>,
    waiting_s: Option<f64>,
    replay: Option<String>,
    /// Why its replay failed or waits.
    replay_error: Option<String>,
}

/// The status of every projection of this release, by name.
///
/// # Errors
/// When Postgres fails.
pub async fn status(pool: &PgPool) -> Result<Vec<ProjectionStatus>, Error> {
    status_within(pool, STALLED_AFTER).await
}

/// As [`status`], with another limit than [`STALLED_AFTER`].
///
/// # Errors
/// When Postgres fails.
pub async fn status_within(pool: &PgPool, limit: Duration) -> Result<Vec<ProjectionStatus>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT n.name AS "name!", COALESCE(c.position, 0) AS "position!",
               GREATEST(h.position - COALESCE(c.position, 0), 0) AS "lag!",
               COALESCE(c.code_version, $2) AS "code_version!", c.stopped AS "stopped?",
               COALESCE(c.stopped IS NOT NULL AND c.stop_is_fault_at > now(), false) AS "is_handed_over!",
               l.position AS leader_position,
               (SELECT COUNT(*) FROM read_model.dead_letters AS d
                WHERE d.projection = n.name AND d.state <> 'skipped') AS "parked!",
               EXTRACT(EPOCH FROM now() - l.heartbeat_at)::float8 AS heartbeat_age_s,
               (SELECT EXTRACT(EPOCH FROM now() - GREATEST(l.moved_at, e.recorded_at))::float8
                FROM event_store.events AS e WHERE e.position = l.position + 1) AS waiting_s,
               r.phase AS "replay?", COALESCE(r.error, r.refused) AS replay_error
           FROM UNNEST($1::text[]) AS n (name)
           CROSS JOIN event_store.log_head AS h CROSS JOIN read_model.leader AS l
           LEFT JOIN read_model.checkpoints AS c ON c.projection = n.name
           LEFT JOIN read_model.replays AS r ON r.projection = n.name
           ORDER BY n.name COLLATE "C""#,
        &registry::names(&registry::all()),
        NEVER_BUILT
    )
    .fetch_all(pool)
    .await?;
    let status = |row: Row| registry::find(&row.name).map(|registration| row.status(registration, limit));
    Ok(rows.into_iter().filter_map(status).collect())
}

impl Row {
    fn status(self, registration: &Registration, limit: Duration) -> ProjectionStatus {
        let is_current =
            self.code_version == registration.code_version && self.position >= self.leader_position;
        let replay = self.replay.as_deref().and_then(Phase::parse);
        let is_built = is_current && self.code_version != NEVER_BUILT;
        let waiting_s = self.waiting_s.filter(|_| is_built && !self.is_handed_over);
        let signs = Signs::of_seconds(self.heartbeat_age_s, waiting_s);
        let error = self
            .error(is_current, replay)
            .or_else(|| signs.fault("projector", self.lag, limit));
        let fault = self.fault();
        let state = if error.is_some() {
            ConsumerState::Stopped
        } else if !is_current || replay.is_some_and(Phase::is_filling) {
            ConsumerState::Rebuilding
        } else if self.parked > 0 {
            ConsumerState::Parked
        } else {
            ConsumerState::Running
        };
        ProjectionStatus {
            name: self.name,
            position: self.position,
            lag: self.lag,
            state,
            parked: self.parked,
            error,
            is_current,
            stopped: fault,
            signs,
            replay,
        }
    }

    /// The recorded reason why it makes no progress, if there is one. The most specific reason is returned.
    fn error(&self, is_current: bool, replay: Option<Phase>) -> Option<String> {
        // A replay beside current tables is no concern of its projection.
        if let Some(error) = self.replay_error.as_ref().filter(|_| !is_current) {
            return Some(format!("its replay could not go on: {error}"));
        }
        if replay == Some(Phase::Paused) && !is_current {
            return Some("its replay is paused".to_owned());
        }
        self.fault()
    }

    /// The recorded reason why the projector will not continue, unless a newer release is still expected to.
    fn fault(&self) -> Option<String> {
        self.stopped.clone().filter(|_| !self.is_handed_over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::PROJECTIONS;

    /// The row of a projection that has applied the whole log.
    fn row() -> Row {
        Row {
            name: PROJECTIONS[0].name.to_owned(),
            position: 7,
            lag: 0,
            code_version: PROJECTIONS[0].code_version,
            stopped: None,
            is_handed_over: false,
            parked: 0,
            leader_position: 7,
            heartbeat_age_s: Some(1.0),
            waiting_s: None,
            replay: None,
            replay_error: None,
        }
    }

    fn state_of(row: Row) -> (ConsumerState, Option<String>) {
        let status = row.status(&PROJECTIONS[0], STALLED_AFTER);
        (status.state, status.error)
    }

    #[test]
    fn a_projection_that_follows_the_log_runs() {
        assert_eq!(state_of(row()), (ConsumerState::Running, None));
        let busy = Row {
            lag: 900,
            waiting_s: Some(2.0),
            ..row()
        };
        assert_eq!(state_of(busy), (ConsumerState::Running, None));
        let parked = Row { parked: 2, ..row() };
        assert_eq!(state_of(parked), (ConsumerState::Parked, None));
    }

    #[test]
    fn a_missing_heartbeat_and_a_stalled_position_are_reported_differently() {
        let silent = Row {
            heartbeat_age_s: Some(45.0),
            ..row()
        };
        let (state, error) = state_of(silent);
        assert_eq!(state, ConsumerState::Stopped);
        assert_eq!(error.as_deref(), Some("no projector has run for 45 s"));
        let stalled = Row {
            lag: 12,
            waiting_s: Some(31.0),
            ..row()
        };
        let (state, error) = state_of(stalled);
        assert_eq!(state, ConsumerState::Stopped);
        assert_eq!(
            error.as_deref(),
            Some("it has not advanced for 31 s while 12 events wait")
        );
    }

    #[test]
    fn rows_of_other_code_are_being_rebuilt() {
        let old = Row {
            code_version: 0,
            position: 3,
            ..row()
        };
        let status = old.status(&PROJECTIONS[0], STALLED_AFTER);
        assert_eq!(
            (status.state, status.is_current),
            (ConsumerState::Rebuilding, false)
        );
    }

    #[test]
    fn a_replay_is_a_concern_only_if_the_live_tables_need_it() {
        let building = Row {
            replay: Some("building".to_owned()),
            replay_error: Some("the disk is full".to_owned()),
            ..row()
        };
        assert_eq!(state_of(building), (ConsumerState::Rebuilding, None));
        let kept = Row {
            replay: Some("switched".to_owned()),
            ..row()
        };
        assert_eq!(state_of(kept), (ConsumerState::Running, None));
        let needed = |replay: &str, error: Option<&str>| Row {
            code_version: 0,
            replay: Some(replay.to_owned()),
            replay_error: error.map(str::to_owned),
            ..row()
        };
        let (state, error) = state_of(needed("building", Some("the disk is full")));
        assert_eq!(state, ConsumerState::Stopped);
        assert!(error.unwrap().contains("the disk is full"));
        assert_eq!(
            state_of(needed("paused", None)),
            (ConsumerState::Stopped, Some("its replay is paused".to_owned()))
        );
    }

    #[test]
    fn a_stop_that_a_newer_release_is_expected_to_end_is_no_fault() {
        let handed_over = Row {
            stopped: Some("an event is too new".to_owned()),
            is_handed_over: true,
            waiting_s: Some(45.0),
            lag: 3,
            ..row()
        };
        assert_eq!(state_of(handed_over), (ConsumerState::Running, None));
    }

    #[test]
    fn the_reason_of_a_stop_is_reported() {
        let stopped = Row {
            stopped: Some("an event is too new".to_owned()),
            heartbeat_age_s: Some(99.0),
            ..row()
        };
        assert_eq!(
            state_of(stopped),
            (ConsumerState::Stopped, Some("an event is too new".to_owned()))
        );
    }
}
