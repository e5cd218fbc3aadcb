//! What the supervisor does next with a replay. Pure.

use super::phase::{Phase, Verb};
use super::row::Row;

/// The next thing to do with a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing: its shadow is closed.
    Rest,
    /// Its shadow is filled, or follows the log.
    Run,
    /// Its tables are dropped, for this reason.
    Drop(String),
    /// The leader does this with its shadow.
    Operate(Verb),
}

/// Plans for a replay: whether it is its turn to be built, and whether enough time has passed since a failure.
pub(crate) fn plan(row: &Row, is_turn: bool, is_due: bool) -> Plan {
    let stored = &row.stored;
    if let Some(reason) = drop_reason(row) {
        return if is_due { Plan::Drop(reason) } else { Plan::Rest };
    }
    // A newer release continues these tables, or drops them.
    if stored.code_version > row.registration.code_version {
        return Plan::Rest;
    }
    match row.phase {
        Phase::Building | Phase::CatchingUp if is_turn => Plan::Run,
        Phase::Ready | Phase::Verified => match row.wanted {
            Some(verb) if is_due => Plan::Operate(verb),
            None if is_due && stored.automatic => Plan::Operate(Verb::Switch),
            _ => Plan::Run,
        },
        Phase::Switched if stored.has_tables => match row.wanted {
            Some(verb) if is_due => Plan::Operate(verb),
            _ => Plan::Run,
        },
        _ => Plan::Rest,
    }
}

/// The replays that are built now: the first in line, and those that can share its pass over the log, at most as many as
/// each of them allows at once.
pub(crate) fn built_now<'a>(rows: &'a [Row]) -> Vec<&'a Row> {
    let line: Vec<&'a Row> = rows.iter().filter(|row| row.phase.is_filling()).collect();
    let Some(first) = line.first().copied() else {
        return Vec::new();
    };
    // One that fails must not delay the others, and a throttled one reads at its own speed.
    let can_share = |row: &Row| row.stored.throttle.is_none() && row.stored.error.is_none();
    let shares =
        |row: &Row| can_share(first) && can_share(row) && row.stored.automatic == first.stored.automatic;
    let is_first = |row: &Row| row.stored.projection == first.stored.projection;
    let mut built = Vec::new();
    let mut most = usize::MAX;
    for row in line.into_iter().filter(|row| is_first(row) || shares(row)) {
        let own = row
            .stored
            .workers
            .and_then(|workers| usize::try_from(workers).ok());
        let least = most.min(own.unwrap_or(usize::MAX));
        if built.len() < least {
            most = least;
            built.push(row);
        }
    }
    built
}

/// Why the tables are not needed any more, if so.
fn drop_reason(row: &Row) -> Option<String> {
    let (stored, version) = (&row.stored, row.registration.code_version);
    if !stored.has_tables {
        return None;
    }
    match row.phase {
        Phase::Cancelled => Some("the replay was cancelled".to_owned()),
        Phase::Switched if stored.dropped.is_some() => stored.dropped.clone(),
        Phase::Switched if stored.is_expired => {
            Some("the time for which replaced tables are kept has passed".to_owned())
        }
        Phase::Switched if stored.code_version < version => Some(format!(
            "code version {version} of this release can't continue rows of code version {}",
            stored.code_version
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(phase: Phase) -> Row {
        let mut row = Row::example(phase);
        row.stored.has_tables = true;
        row.stored.code_version = row.registration.code_version;
        row
    }

    #[test]
    fn replays_are_built_in_turn_and_all_others_follow() {
        for phase in [Phase::Building, Phase::CatchingUp] {
            assert_eq!(plan(&row(phase), true, true), Plan::Run);
            assert_eq!(plan(&row(phase), false, true), Plan::Rest);
        }
        for phase in [Phase::Ready, Phase::Verified, Phase::Switched] {
            assert_eq!(plan(&row(phase), false, true), Plan::Run);
        }
        for phase in [Phase::Paused, Phase::Failed] {
            assert_eq!(plan(&row(phase), true, true), Plan::Rest);
        }
    }

    #[test]
    fn replays_without_a_throttle_share_one_pass_and_others_wait_in_line() {
        let row_of = |projection: &str, change: fn(&mut Row)| {
            let mut row = row(Phase::Building);
            row.stored.projection = projection.to_owned();
            change(&mut row);
            row
        };
        let rows = [
            row_of("a", |_| ()),
            row_of("b", |row| row.stored.throttle = Some(5)),
            row_of("c", |row| row.phase = Phase::CatchingUp),
            row_of("d", |row| row.stored.error = Some("it failed".to_owned())),
            row_of("e", |row| row.stored.automatic = true),
            row_of("f", |row| row.phase = Phase::Paused),
        ];
        let names = |rows: &[Row]| -> Vec<String> {
            let built = built_now(rows).into_iter();
            built.map(|row| row.stored.projection.clone()).collect()
        };
        assert_eq!(names(&rows), ["a", "c"]);
        assert_eq!(names(&rows[1..]), ["b"], "a throttled one is alone");
        assert_eq!(names(&rows[5..]), [""; 0]);
    }

    #[test]
    fn no_more_replays_are_built_at_once_than_each_of_them_allows() {
        let names = |workers: [Option<i32>; 4]| -> Vec<String> {
            let rows: Vec<Row> = (["a", "b", "c", "d"].iter().zip(workers))
                .map(|(name, workers)| {
                    let mut row = row(Phase::Building);
                    row.stored.projection = (*name).to_owned();
                    row.stored.workers = workers;
                    row
                })
                .collect();
            let built = built_now(&rows).into_iter();
            built.map(|row| row.stored.projection.clone()).collect()
        };
        assert_eq!(names([None; 4]), ["a", "b", "c", "d"]);
        assert_eq!(names([Some(2); 4]), ["a", "b"]);
        assert_eq!(names([Some(1), None, None, None]), ["a"]);
        assert_eq!(names([None, Some(1), Some(3), None]), ["a", "c", "d"]);
    }

    #[test]
    fn a_wish_is_granted_and_an_automatic_replay_switches_once_it_is_due() {
        let mut wanted = row(Phase::Ready);
        wanted.wanted = Some(Verb::Verify);
        assert_eq!(plan(&wanted, false, true), Plan::Operate(Verb::Verify));
        assert_eq!(plan(&wanted, false, false), Plan::Run);
        let mut automatic = row(Phase::Ready);
        automatic.stored.automatic = true;
        assert_eq!(plan(&automatic, false, true), Plan::Operate(Verb::Switch));
        let mut back = row(Phase::Switched);
        back.wanted = Some(Verb::RollBack);
        assert_eq!(plan(&back, false, true), Plan::Operate(Verb::RollBack));
    }

    #[test]
    fn tables_that_nobody_needs_are_dropped() {
        assert!(matches!(plan(&row(Phase::Cancelled), false, true), Plan::Drop(_)));
        let mut expired = row(Phase::Switched);
        expired.stored.is_expired = true;
        assert!(matches!(plan(&expired, false, true), Plan::Drop(_)));
        assert_eq!(
            plan(&expired, false, false),
            Plan::Rest,
            "not right after a failure"
        );
        let mut gone = row(Phase::Cancelled);
        gone.stored.has_tables = false;
        assert_eq!(plan(&gone, false, true), Plan::Rest);
    }

    #[test]
    fn tables_of_other_code_are_dropped_by_a_newer_release_and_left_to_it_by_an_older_one() {
        let mut older = row(Phase::Switched);
        older.stored.code_version -= 1;
        assert!(matches!(plan(&older, false, true), Plan::Drop(_)));
        let mut newer = row(Phase::Building);
        newer.stored.code_version += 1;
        assert_eq!(plan(&newer, true, true), Plan::Rest);
    }
}
