//! Waits for what the projector does with replays. The work goes on if this is interrupted.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use projector::replay::{self, Phase, ReplayStatus, Verb};
use sqlx::PgPool;

use super::text;
use crate::exit::Failure;
use crate::progress;

/// Time between two looks.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// The interval between two plain lines of progress, where there is no terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(5);

/// Waits until the projector has done what was requested with each of `projections`. Returns the sentences of those for
/// which it could not.
pub(super) async fn until_done(
    pool: &PgPool,
    verb: Verb,
    projections: &[String],
) -> anyhow::Result<Vec<String>> {
    let mut display = Display::new();
    loop {
        let mut replays = replay::list(pool).await?;
        replays.retain(|replay| projections.contains(&replay.projection));
        if verb == Verb::Start || verb == Verb::Resume {
            display.show(&replays);
        }
        if !replays.iter().any(|replay| is_pending(verb, replay)) {
            display.finish();
            return Ok(replays
                .iter()
                .filter_map(|replay| refusal(verb, replay))
                .collect());
        }
        if !projector::is_running(pool).await? {
            let text = "no projector is running; the request is stored, and granted when one starts";
            return Err(Failure::Unavailable(text.to_owned()).into());
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}

/// Whether the projector has work to do before the command ends.
fn is_pending(verb: Verb, replay: &ReplayStatus) -> bool {
    match verb {
        Verb::Start | Verb::Resume => replay.phase.is_filling(),
        Verb::Verify | Verb::Switch | Verb::RollBack => replay.wanted.is_some() && replay.error.is_none(),
        Verb::Pause | Verb::Cancel | Verb::Drop => false,
    }
}

/// Why the projector could not do it, if so.
fn refusal(verb: Verb, replay: &ReplayStatus) -> Option<String> {
    let name = &replay.projection;
    if let Some(refused) = &replay.refused {
        return Some(format!("{name}: {refused}"));
    }
    let is_done = match verb {
        Verb::Start | Verb::Resume => {
            matches!(replay.phase, Phase::Ready | Phase::Verified | Phase::Switched)
        }
        Verb::Verify | Verb::Switch | Verb::RollBack => replay.wanted.is_none(),
        Verb::Pause | Verb::Cancel | Verb::Drop => true,
    };
    let reason = replay.error.as_deref().unwrap_or("an operator ended it");
    (!is_done).then(|| format!("{name}: the replay is {}: {reason}", replay.phase))
}

/// Progress on standard error: a bar on a terminal, a plain line every few seconds elsewhere.
struct Display {
    bar: Option<ProgressBar>,
    line_at: Instant,
}

impl Display {
    fn new() -> Self {
        Self {
            bar: std::io::stderr().is_terminal().then(|| progress::bar("events")),
            line_at: Instant::now(),
        }
    }

    fn show(&mut self, replays: &[ReplayStatus]) {
        if let Some(bar) = &self.bar {
            let sum = |of: fn(&ReplayStatus) -> i64| replays.iter().map(of).sum::<i64>().unsigned_abs();
            bar.set_length(sum(|replay| replay.target));
            bar.set_position(sum(|replay| replay.position));
        } else if self.line_at.elapsed() >= LINE_INTERVAL {
            self.line_at = Instant::now();
            for replay in replays.iter().filter(|replay| replay.phase.is_filling()) {
                note!("{}", text::progress(replay));
            }
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
