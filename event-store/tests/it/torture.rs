//! Eight writers in three processes, with conflicts, aborted transactions and slow commits, while readers assert that
//! the log never has a gap.

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::Stdio;

use event_store::Store;
use tokio::process::Command;

use crate::support::store;

/// The number of writers of each process.
const WRITERS: [u64; 3] = [3, 3, 2];
const BATCHES: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_never_see_a_gap_while_three_processes_write() {
    let (database, store) = store().await;
    let seed: u64 =
        std::env::var("WAYBILL_TEST_SEED").map_or_else(|_| rand::random(), |seed| seed.parse().unwrap());
    let seed = seed >> 1;
    println!("WAYBILL_TEST_SEED={}", seed << 1);

    let (writing, done) = tokio::sync::watch::channel(());
    let readers: Vec<_> = (0..3)
        .map(|_| tokio::spawn(read_on(store.clone(), done.clone())))
        .collect();
    let acknowledged = write_at_once(&database.url(), seed).await;
    drop(writing);

    let head = store.head().await.unwrap();
    for reader in readers {
        assert_eq!(reader.await.unwrap(), head, "every reader saw the whole log");
    }
    let stored: HashSet<String> = store
        .read(0, head)
        .await
        .unwrap()
        .into_iter()
        .map(|event| {
            format!(
                "{} {} {} {}",
                event.position, event.stream_id, event.version, event.event_id
            )
        })
        .collect();
    assert_eq!(
        stored, acknowledged,
        "what was acknowledged is stored, and nothing else"
    );
    let report = store.verify(&[], |_, _| ()).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert!(head > 500, "the writers made progress: {head}");
}

/// Starts the writer processes and waits for them. Returns one line for each acknowledged event.
async fn write_at_once(database_url: &str, seed: u64) -> HashSet<String> {
    let processes: Vec<_> = (0_u64..)
        .zip(WRITERS)
        .map(|(number, writers)| {
            Command::new(torture_writer())
                .arg(database_url)
                .arg((seed + number * 100).to_string())
                .arg(writers.to_string())
                .arg(BATCHES.to_string())
                .stdout(Stdio::piped())
                .spawn()
                .expect("the example torture_writer is built with the tests")
        })
        .collect();
    let mut acknowledged = HashSet::new();
    for process in processes {
        let output = process.wait_with_output().await.unwrap();
        assert!(output.status.success());
        let output = String::from_utf8(output.stdout).unwrap();
        acknowledged.extend(output.lines().map(str::to_owned));
    }
    acknowledged
}

/// Reads until the writers are done and the end of the log is reached, asserting that no poll misses a position.
/// Returns the last position.
async fn read_on(store: Store, mut done: tokio::sync::watch::Receiver<()>) -> i64 {
    let mut position = 0;
    loop {
        let writers_are_done = done.has_changed().is_err();
        let head = store.head().await.unwrap();
        let page = store.read(position, 1_000).await.unwrap();
        for event in &page {
            assert_eq!(event.position, position + 1, "a poll skipped a position");
            position = event.position;
        }
        assert!(
            position >= head.min(position + 1) || page.len() == 1_000,
            "a committed event was not seen"
        );
        if page.is_empty() {
            if writers_are_done {
                return position;
            }
            let _woken = tokio::time::timeout(std::time::Duration::from_millis(5), done.changed()).await;
        }
    }
}

/// The path of the example, which cargo builds with the tests: `target/PROFILE/examples/torture_writer`.
fn torture_writer() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent()
        .and_then(|deps| deps.parent())
        .unwrap()
        .join("examples/torture_writer")
}
