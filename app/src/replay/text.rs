//! Replays as text, for operators.

use std::fmt::Write as _;

use projector::replay::{DryRun, KeyReport, Phase, ReplayStatus, Report, RowDifference, Verb};

/// How many differing rows of a table are shown; JSON has more.
const ROWS_SHOWN_MAX: usize = 10;

const MEGABYTE: u64 = 1_000_000;

/// A verb as the command line calls it.
pub(super) fn name(verb: Verb) -> String {
    verb.as_str().replace('_', "-")
}

/// A table of replays. Errors come first.
pub(super) fn table(replays: &[ReplayStatus]) -> String {
    if replays.is_empty() {
        return "There was no replay yet. `waybill replay start PROJECTION` starts one.\n".to_owned();
    }
    let mut text = String::new();
    for replay in replays {
        if let Some(error) = &replay.error {
            line(&mut text, format_args!("{}: {error}", replay.projection));
        }
    }
    line(
        &mut text,
        format_args!(
            "{:<14} {:<12} {:>12} {:>12} {:>10} {:>10}",
            "replay", "phase", "position", "left", "events/s", "time left"
        ),
    );
    for replay in replays {
        let speed = replay
            .events_per_s
            .map_or_else(|| "-".to_owned(), |speed| format!("{speed:.0}"));
        let eta = replay
            .eta_s
            .map_or_else(|| "-".to_owned(), |eta_s| format!("{eta_s:.0} s"));
        line(
            &mut text,
            format_args!(
                "{:<14} {:<12} {:>12} {:>12} {speed:>10} {eta:>10}",
                replay.projection,
                replay.phase.as_str(),
                replay.position,
                replay.left()
            ),
        );
        for detail in details(replay) {
            line(&mut text, format_args!("  {detail}"));
        }
    }
    text
}

/// What else an operator should know of a replay.
fn details(replay: &ReplayStatus) -> Vec<String> {
    let mut details = vec![format!(
        "requested by {} at {}{}",
        replay.requested_by,
        replay.requested_at.format("%F %T UTC"),
        if replay.automatic {
            "; switches by itself"
        } else {
            ""
        }
    )];
    if let Some(owner) = &replay.owner {
        details.push(format!("runs in {owner}"));
    }
    if let Some(first) = &replay.waiting_for {
        details.push(format!("waits until the replay of {first} has caught up"));
    }
    if let Some(throttle) = replay.throttle {
        details.push(format!("at most {throttle} events/s"));
    }
    if let Some(workers) = replay.workers {
        details.push(format!("at most {workers} replays are built at once"));
    }
    if let Some(wanted) = replay.wanted {
        details.push(format!("about to {}", name(wanted)));
    }
    if let Some(report) = &replay.report {
        details.push(format!("compared: {}", report.sentence()));
    }
    if let Some(refused) = &replay.refused {
        details.push(format!("refused: {refused}"));
    }
    details.extend(kept(replay));
    details
}

/// Whether it can be rolled back, once it has switched.
fn kept(replay: &ReplayStatus) -> Option<String> {
    if replay.phase != Phase::Switched {
        return None;
    }
    match (&replay.dropped, replay.kept_until) {
        (Some(reason), _) => Some(format!("can't be rolled back: {reason}")),
        (None, Some(until)) => Some(format!(
            "the replaced tables follow the log; it can be rolled back until {}",
            until.format("%F %T UTC")
        )),
        (None, None) => None,
    }
}

/// The progress of a replay, in a line.
pub(super) fn progress(replay: &ReplayStatus) -> String {
    let mut text = format!(
        "{}: {} of {} events",
        replay.projection, replay.position, replay.target
    );
    let written = match (&replay.waiting_for, replay.events_per_s, replay.eta_s) {
        (Some(first), ..) => write!(text, ", waits for {first}"),
        (None, Some(speed), Some(eta_s)) => write!(text, ", {speed:.0} events/s, {eta_s:.0} s left"),
        _ => Ok(()),
    };
    written.expect("a String takes all text");
    text
}

/// The result of a request.
pub(super) fn result(verb: Verb, replay: &ReplayStatus) -> String {
    let (name, position) = (&replay.projection, replay.position);
    let mut text = String::new();
    match (verb, replay.phase) {
        (Verb::Start | Verb::Resume, Phase::Ready) => line(
            &mut text,
            format_args!(
                "{name} has caught up at position {position} and follows the log. \
                 Next: `waybill replay verify {name}`, then `waybill replay switch {name}`."
            ),
        ),
        (Verb::Verify, _) => {
            if let Some(report) = &replay.report {
                line(&mut text, format_args!("{name}: {}", report.sentence()));
                rows(&mut text, report);
            }
        }
        (Verb::Switch, Phase::Switched) => {
            line(
                &mut text,
                format_args!("{name} has switched at position {position}."),
            );
            if let Some(kept) = kept(replay) {
                line(&mut text, format_args!("  {kept}"));
            }
        }
        (Verb::Switch, _) => {
            if let Some(report) = &replay.report {
                rows(&mut text, report);
            }
        }
        (Verb::RollBack, Phase::Ready) => line(
            &mut text,
            format_args!("{name} is rolled back; the replay is ready and can be switched to again."),
        ),
        (Verb::Drop, _) => line(
            &mut text,
            format_args!("The replaced tables of {name} are dropped."),
        ),
        (_, phase) => line(
            &mut text,
            format_args!("The replay of {name} is {phase} at position {position}."),
        ),
    }
    text
}

/// The first differing rows.
fn rows(text: &mut String, report: &Report) {
    for table in report.tables.iter().filter(|table| !table.rows.is_empty()) {
        for row in table.rows.iter().take(ROWS_SHOWN_MAX) {
            difference(text, &table.live.table, row);
        }
        let hidden = (table.changed + table.missing + table.added)
            - i64::try_from(table.rows.len().min(ROWS_SHOWN_MAX)).unwrap_or(i64::MAX);
        if hidden > 0 {
            line(
                text,
                format_args!("  and {hidden} more rows of {}", table.live.table),
            );
        }
    }
}

fn difference(text: &mut String, table: &str, row: &RowDifference) {
    let columns = row.columns.join(", ");
    line(
        text,
        format_args!("  {table} {} {}: {columns}", row.key, row.difference),
    );
}

/// What a start would do.
pub(super) fn dry_run(dry_run: &DryRun) -> String {
    let mut text = String::new();
    let time = dry_run.estimated_s.map_or_else(
        || "no replay was measured yet, so the time is unknown".to_owned(),
        |seconds| format!("about {seconds:.0} s"),
    );
    line(
        &mut text,
        format_args!(
            "{}: {} events to read, {time}; none of them is announced again.",
            dry_run.projection, dry_run.events
        ),
    );
    let free = dry_run.free_bytes.map_or_else(
        || "the free space of the database's disk can't be seen".to_owned(),
        |bytes| format!("{} MB are free", bytes / MEGABYTE),
    );
    line(
        &mut text,
        format_args!(
            "  writes about {} MB; needs {} MB of disk, {free}",
            dry_run.write_bytes / MEGABYTE,
            dry_run.needed_bytes / MEGABYTE
        ),
    );
    if let Some(first) = &dry_run.waiting_for {
        line(
            &mut text,
            format_args!("  waits until the replay of {first} has caught up"),
        );
    }
    if dry_run.drops_replaced {
        let text = &mut text;
        line(
            text,
            format_args!("  drops the tables that the last replay replaced"),
        );
    }
    for refusal in &dry_run.refusals {
        line(&mut text, format_args!("  would be refused: {refusal}"));
    }
    text
}

/// What the rebuild of a key has changed.
pub(super) fn key(report: &KeyReport) -> String {
    let KeyReport {
        projection,
        key,
        events,
        position,
        ..
    } = report;
    let mut text = String::new();
    let result = match report.differing() {
        0 => "its rows were right already; nothing has changed".to_owned(),
        1 => "1 row has changed:".to_owned(),
        rows => format!("{rows} rows have changed:"),
    };
    line(
        &mut text,
        format_args!("{projection}: {key} rebuilt from {events} events at position {position}; {result}"),
    );
    for table in &report.tables {
        for row in table.rows.iter().take(ROWS_SHOWN_MAX) {
            difference(&mut text, &table.table, row);
        }
    }
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a String takes all text");
}
