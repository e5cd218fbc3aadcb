use super::*;

fn situation(phase: Phase) -> Situation {
    Situation {
        phase,
        automatic: false,
        has_tables: true,
        is_built: true,
        left: 12,
        wanted: None,
        dropped: None,
        owner: Some("host:1".to_owned()),
        requested_by: "ada".to_owned(),
        requested_at: "2026-01-02 03:04:05 UTC".to_owned(),
    }
}

fn steps(verb: Verb) -> Vec<(Phase, Step)> {
    let allowed = |phase: &Phase| Some((*phase, step(verb, "orders", Some(&situation(*phase))).ok()?));
    Phase::ALL.iter().filter_map(allowed).collect()
}

fn refusal(verb: Verb, now: &Situation) -> String {
    step(verb, "orders", Some(now)).unwrap_err()
}

#[test]
fn each_verb_is_allowed_in_its_phases_only() {
    use Phase::*;

    let entering = |phases: &[Phase], next| phases.iter().map(|phase| (*phase, next)).collect::<Vec<_>>();
    let cases = [
        (Verb::Start, entering(&[Switched, Failed, Cancelled], Step::Begin)),
        (
            Verb::Pause,
            entering(&[Building, CatchingUp, Ready, Verified], Step::Enter(Paused)),
        ),
        (Verb::Resume, entering(&[Paused, Failed], Step::Enter(CatchingUp))),
        (
            Verb::Cancel,
            entering(
                &[Building, CatchingUp, Ready, Verified, Paused, Failed],
                Step::Enter(Cancelled),
            ),
        ),
        (
            Verb::Verify,
            entering(&[Ready, Verified], Step::Want(Verb::Verify)),
        ),
        (
            Verb::Switch,
            entering(&[Ready, Verified], Step::Want(Verb::Switch)),
        ),
        (Verb::RollBack, entering(&[Switched], Step::Want(Verb::RollBack))),
        (Verb::Drop, entering(&[Switched], Step::DropTables)),
    ];
    assert_eq!(cases.len(), Verb::ALL.len());
    for (verb, expected) in cases {
        assert_eq!(steps(verb), expected, "{verb}");
    }
}

#[test]
fn without_a_replay_only_a_start_is_possible() {
    assert_eq!(step(Verb::Start, "orders", None), Ok(Step::Begin));
    for verb in Verb::ALL.iter().filter(|verb| **verb != Verb::Start) {
        let said = step(*verb, "orders", None).unwrap_err();
        assert_eq!(said, "`orders` has no replay; start one first");
    }
}

#[test]
fn a_resumed_replay_builds_on_if_it_was_not_built() {
    let now = Situation {
        is_built: false,
        ..situation(Phase::Paused)
    };
    assert_eq!(
        step(Verb::Resume, "orders", Some(&now)),
        Ok(Step::Enter(Phase::Building))
    );
}

#[test]
fn a_refusal_says_what_stands_against_it() {
    let starting = refusal(Verb::Start, &situation(Phase::Building));
    for part in ["building", "ada", "2026-01-02 03:04:05 UTC", "host:1"] {
        assert!(starting.contains(part), "{starting}");
    }
    let early = refusal(Verb::Switch, &situation(Phase::CatchingUp));
    assert!(
        early.contains("has not caught up yet: 12 events are left"),
        "{early}"
    );
    let twice = refusal(Verb::RollBack, &situation(Phase::Ready));
    assert!(twice.contains("is ready, not switched"), "{twice}");
    let dropped = Situation {
        dropped: Some("24 h have passed".to_owned()),
        ..situation(Phase::Switched)
    };
    for verb in [Verb::RollBack, Verb::Drop] {
        let said = refusal(verb, &dropped);
        assert!(said.contains("not kept: 24 h have passed"), "{said}");
    }
    let busy = Situation {
        wanted: Some(Verb::Verify),
        ..situation(Phase::Ready)
    };
    assert!(refusal(Verb::Switch, &busy).contains("already: verify"));
}

#[test]
fn a_replay_that_the_projection_needs_is_not_cancelled() {
    let needed = Situation {
        automatic: true,
        ..situation(Phase::Building)
    };
    assert!(refusal(Verb::Cancel, &needed).contains("it can be paused"));
    assert_eq!(
        step(Verb::Pause, "orders", Some(&needed)),
        Ok(Step::Enter(Phase::Paused))
    );
}

#[test]
fn every_name_is_parsed_back() {
    for phase in Phase::ALL {
        assert_eq!(Phase::parse(phase.as_str()), Some(*phase));
    }
    for verb in Verb::ALL {
        assert_eq!(Verb::parse(verb.as_str()), Some(*verb));
    }
    assert_eq!(Phase::parse("done"), None);
}
