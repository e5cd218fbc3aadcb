//! What each verb may do in each phase of a replay. Pure: the tables are read and written elsewhere.

pub use schemas::replay::{Phase, Verb};

/// What the next step of a replay depends on.
#[derive(Debug, Clone)]
pub(crate) struct Situation {
    pub phase: Phase,
    pub automatic: bool,
    pub has_tables: bool,
    /// Whether everything up to the target is in its tables.
    pub is_built: bool,
    /// Events that are not in its tables yet.
    pub left: i64,
    /// What is wanted of it already.
    pub wanted: Option<Verb>,
    /// Why there are no replaced tables.
    pub dropped: Option<String>,
    pub owner: Option<String>,
    pub requested_by: String,
    /// As text, for messages.
    pub requested_at: String,
}

/// The consequence of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A new replay takes the place of the last one.
    Begin,
    /// It enters this phase at once.
    Enter(Phase),
    /// Its owner does it between two batches.
    Want(Verb),
    /// Its owner drops the replaced tables.
    DropTables,
}

/// What `verb` does to the replay of `projection` in a situation, or the sentence that says why it can't be done; then
/// nothing changes.
pub(crate) fn step(verb: Verb, projection: &str, situation: Option<&Situation>) -> Result<Step, String> {
    let Some(now) = situation else {
        return match verb {
            Verb::Start => Ok(Step::Begin),
            _ => Err(format!("`{projection}` has no replay; start one first")),
        };
    };
    let refusal = match verb {
        Verb::Start if now.phase.is_over() => return Ok(Step::Begin),
        Verb::Start => running_already(projection, now),
        Verb::Pause if now.phase.is_driven() && now.phase != Phase::Switched => {
            return Ok(Step::Enter(Phase::Paused));
        }
        Verb::Pause => format!(
            "the replay of `{projection}` is {}, so there is nothing to pause",
            now.phase
        ),
        Verb::Resume if matches!(now.phase, Phase::Paused | Phase::Failed) => {
            return Ok(Step::Enter(if now.is_built {
                Phase::CatchingUp
            } else {
                Phase::Building
            }));
        }
        Verb::Resume => format!(
            "the replay of `{projection}` is {}, not paused or failed",
            now.phase
        ),
        Verb::Cancel if now.automatic && now.phase != Phase::Switched => format!(
            "the live rows of `{projection}` cannot be continued without this replay, so it is not cancelled; it can be paused"
        ),
        Verb::Cancel if !matches!(now.phase, Phase::Switched | Phase::Cancelled) => {
            return Ok(Step::Enter(Phase::Cancelled));
        }
        Verb::Cancel => format!("the replay of `{projection}` is {} already", now.phase),
        Verb::Drop if now.phase == Phase::Switched && now.has_tables && now.dropped.is_none() => {
            return Ok(Step::DropTables);
        }
        Verb::Drop => nothing_kept(projection, now),
        Verb::Verify | Verb::Switch | Verb::RollBack => return want(verb, projection, now),
    };
    Err(refusal)
}

fn want(verb: Verb, projection: &str, now: &Situation) -> Result<Step, String> {
    if let Some(wanted) = now.wanted {
        return Err(format!("`{projection}` is about to do this already: {wanted}"));
    }
    match (verb, now.phase) {
        (Verb::RollBack, Phase::Switched) if now.has_tables && now.dropped.is_none() => Ok(Step::Want(verb)),
        (Verb::RollBack, _) => Err(nothing_kept(projection, now)),
        (_, Phase::Ready | Phase::Verified) => Ok(Step::Want(verb)),
        (_, Phase::Building | Phase::CatchingUp) => Err(format!(
            "the replay of `{projection}` has not caught up yet: {} events are left",
            now.left
        )),
        (_, phase) => Err(format!(
            "the replay of `{projection}` is {phase}, so it can't {verb}; it must be ready or verified"
        )),
    }
}

fn running_already(projection: &str, now: &Situation) -> String {
    let owner = match &now.owner {
        Some(owner) => format!(", and runs in {owner}"),
        None => String::new(),
    };
    format!(
        "`{projection}` has a replay already: it is {}, was requested by {} at {}{owner}",
        now.phase, now.requested_by, now.requested_at
    )
}

/// Why there is nothing to go back to.
fn nothing_kept(projection: &str, now: &Situation) -> String {
    match (&now.dropped, now.phase) {
        (Some(reason), Phase::Switched) => {
            format!("the tables that the replay of `{projection}` replaced are not kept: {reason}")
        }
        (_, phase) => {
            format!("the replay of `{projection}` is {phase}, not switched, so no replaced tables are kept")
        }
    }
}

#[cfg(test)]
mod tests;
