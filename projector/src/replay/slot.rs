//! The supervisor's work on one replay.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

use super::shadow::Shadow;
use crate::Error;

/// The delay after a failure; doubled with each further one.
pub(crate) const RETRY_DELAY: Duration = Duration::from_secs(1);

/// The longest delay.
const RETRY_DELAY_MAX: Duration = Duration::from_secs(30);

/// The work on one replay.
#[derive(Debug)]
pub(crate) struct Slot {
    pub work: Work,
    /// When the next attempt is due.
    pub next_at: Instant,
    delay: Duration,
    /// Failures without progress.
    attempts: u32,
    /// Position of the last failure.
    failed_at: i64,
}

/// What happens to the shadow.
#[derive(Debug, Default)]
pub(crate) enum Work {
    /// It is closed.
    #[default]
    Idle,
    /// A task has it.
    Running(Running),
    /// It is open, and waits.
    Held(Box<Shadow>),
}

/// A task that has a shadow.
#[derive(Debug)]
pub(crate) struct Running {
    /// The replay.
    id: Uuid,
    stop: CancellationToken,
    task: AbortOnDropHandle<Result<Option<Shadow>, Error>>,
}

impl Default for Slot {
    fn default() -> Self {
        Self {
            work: Work::Idle,
            next_at: Instant::now(),
            delay: RETRY_DELAY,
            attempts: 0,
            failed_at: 0,
        }
    }
}

impl Slot {
    /// Takes the shadow of a task that has ended. The work on an earlier replay than `id` is stopped.
    ///
    /// # Errors
    /// When the task failed.
    pub async fn look(&mut self, id: Uuid) -> Result<(), Error> {
        match std::mem::take(&mut self.work) {
            Work::Running(running) if running.task.is_finished() => {
                let is_current = running.id == id;
                let result = running.task.await.map_err(|_panic| Error::BuilderEnded);
                if is_current && let Some(shadow) = result?? {
                    self.work = Work::Held(Box::new(shadow));
                }
            }
            Work::Running(running) => {
                if running.id != id {
                    running.stop.cancel();
                }
                self.work = Work::Running(running);
            }
            Work::Held(shadow) if shadow.id == id => self.work = Work::Held(shadow),
            Work::Held(_) | Work::Idle => {}
        }
        Ok(())
    }

    /// Stops the task between two of its batches. Returns true if none is running.
    pub fn stop(&self) -> bool {
        match &self.work {
            Work::Running(running) => {
                running.stop.cancel();
                false
            }
            _ => true,
        }
    }

    /// Starts a task of the replay `id`.
    pub fn spawn<F>(&mut self, id: Uuid, work: impl FnOnce(CancellationToken) -> F)
    where
        F: Future<Output = Result<Option<Shadow>, Error>> + Send + 'static,
    {
        let stop = CancellationToken::new();
        let task = AbortOnDropHandle::new(tokio::spawn(work(stop.clone())));
        self.work = Work::Running(Running { id, stop, task });
    }

    /// Takes note of a failure at `position`. Returns how many there were without progress.
    pub fn failed(&mut self, position: i64) -> u32 {
        self.work = Work::Idle;
        if position != self.failed_at {
            (self.attempts, self.delay, self.failed_at) = (0, RETRY_DELAY, position);
        }
        self.attempts += 1;
        self.next_at = Instant::now() + self.delay;
        self.delay = (self.delay * 2).min(RETRY_DELAY_MAX);
        self.attempts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_without_progress_are_counted_and_delay_the_next_attempt() {
        let mut slot = Slot::default();
        let counts: Vec<u32> = [7, 7, 7, 8].map(|position| slot.failed(position)).into();
        assert_eq!(counts, [1, 2, 3, 1]);
        let mut delays = Vec::new();
        for _ in 0..7 {
            slot.failed(9);
            delays.push((slot.next_at - Instant::now()).as_secs_f64().round());
        }
        assert_eq!(delays, [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]);
    }
}
