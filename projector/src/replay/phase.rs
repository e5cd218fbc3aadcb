//! The phases of a replay, and what each verb may do in each of them. Pure: the tables are read and written elsewhere.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident as $schema:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[schemars(rename = $schema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in tables, JSON and messages.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            /// The value called `name`.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// The phase of a replay.
    Phase as "ReplayPhase" {
        /// Its tables are filled up to the position that was fixed at the start. It may wait for another replay.
        Building = "building",
        /// It applies the events after that position.
        CatchingUp = "catching_up",
        /// It follows the log, and can be switched to.
        Ready = "ready",
        /// It was compared with the live tables at one position, without a difference that matters. It follows the log.
        Verified = "verified",
        /// It serves. The tables that it replaced follow the log while they are kept.
        Switched = "switched",
        /// An operator stopped it; it can be resumed.
        Paused = "paused",
        /// It failed again and again; it can be resumed.
        Failed = "failed",
        /// An operator cancelled it; its tables are dropped.
        Cancelled = "cancelled",
    }
}

words! {
    /// What an operator can do with a replay.
    Verb as "ReplayVerb" {
        /// Begin one.
        Start = "start",
        /// Stop the work, and keep what was built.
        Pause = "pause",
        /// Continue after a pause or a failure.
        Resume = "resume",
        /// End it and drop its tables.
        Cancel = "cancel",
        /// Compare its tables with the live ones.
        Verify = "verify",
        /// Make its tables the live ones.
        Switch = "switch",
        /// Make the replaced tables live again.
        RollBack = "roll_back",
        /// Drop the replaced tables.
        Drop = "drop",
    }
}

impl Phase {
    /// Whether its shadow is filled or follows the log.
    pub const fn is_driven(self) -> bool {
        matches!(
            self,
            Self::Building | Self::CatchingUp | Self::Ready | Self::Verified | Self::Switched
        )
    }

    /// Whether it still has a long way to go; one replay at a time is.
    pub const fn is_filling(self) -> bool {
        matches!(self, Self::Building | Self::CatchingUp)
    }

    /// Whether it is over: another one of its projection may start.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Switched | Self::Failed | Self::Cancelled)
    }
}

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
