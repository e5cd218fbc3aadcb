//! How long an operation may take: a database or another server that hangs must not hang its callers.

use std::time::Duration;

use actix_web::{HttpMessage as _, HttpRequest};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::problem::{Problem, kind};

/// How long an operation may take, without the time that its body takes to arrive.
const OPERATION_MAX: Duration = Duration::from_millis(4_500);
/// How much longer one may take that waits for a position first.
const WAIT_MAX: Duration = Duration::from_secs(5);
/// The query parameter that asks for the wait.
const WAIT_PARAMETER: &str = "min_position=";
/// Seconds after which to repeat a request that took too long.
const RETRY_AFTER_S: u32 = 2;

/// The deadline of one request; `None` while its body is read, which has its own limit.
#[derive(Debug, Clone)]
pub(crate) struct Deadline(watch::Sender<Option<Instant>>);

impl Deadline {
    /// Starts the time of `request`, and stores the deadline in its extensions.
    pub(super) fn start(request: &HttpRequest) -> Self {
        let waits = request.query_string().contains(WAIT_PARAMETER);
        let allowed = OPERATION_MAX + if waits { WAIT_MAX } else { Duration::ZERO };
        let deadline = Self(watch::Sender::new(Some(Instant::now() + allowed)));
        request.extensions_mut().insert(deadline.clone());
        deadline
    }

    /// Stops the time of `request` until the returned value is dropped.
    pub(crate) fn pause(request: &HttpRequest) -> Option<Paused> {
        let deadline = request.extensions().get::<Self>().cloned()?;
        deadline.0.send_replace(None);
        Some(Paused(deadline))
    }

    /// Resolves when the time is over.
    pub(super) async fn passed(&self) {
        let mut changes = self.0.subscribe();
        loop {
            let at = *changes.borrow_and_update();
            let passed = async {
                match at {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = passed => return,
                _changed = changes.changed() => {}
            }
        }
    }

    /// The answer to a request that took longer.
    pub(super) fn problem(is_read: bool) -> Problem {
        let detail = if is_read {
            "The server does not answer in time. Try again."
        } else {
            "The server does not answer in time. The outcome is unknown: send the same request again."
        };
        Problem::new(&kind::UNAVAILABLE, detail).with_retry_after(RETRY_AFTER_S)
    }
}

/// A deadline whose time does not run; dropping it starts the time again.
#[derive(Debug)]
pub(crate) struct Paused(Deadline);

impl Drop for Paused {
    fn drop(&mut self) {
        self.0.0.send_replace(Some(Instant::now() + OPERATION_MAX));
    }
}
