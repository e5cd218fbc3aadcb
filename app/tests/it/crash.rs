//! Kills processes at random while orders are placed, and checks that nothing is lost, duplicated or inconsistent.
//!
//! The schedule follows from a seed, which is printed; `WAYBILL_TEST_SEED` repeats it. For a longer run,
//! `WAYBILL_CRASH_FILE` names another file to import, and `WAYBILL_CRASH_ROUNDS` how often each process is killed.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord};
use tokio_util::sync::CancellationToken;

use crate::crash_driver::{Driver, SKU};
use crate::crash_instance::CrashInstance;
use crate::import_instance::sample;

/// Rows of the sample that the short run imports.
const ROWS: usize = 20_000;
/// How often each process is killed in the short run.
const ROUNDS: usize = 2;
/// How long an import may take, and how long the projections may take to catch up after it.
const PATIENCE: Duration = Duration::from_secs(900);

const EMAIL: &str = "crash@example.com";
const PASSWORD: &str = "crash-test-password";

/// A process that can be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Import,
    CommandSide,
    Projector,
    Broker,
    Postgres,
}

impl Victim {
    const ALL: [Self; 5] = [
        Self::Import,
        Self::CommandSide,
        Self::Projector,
        Self::Broker,
        Self::Postgres,
    ];
}

/// Which processes to kill, in which order, and how long to wait before each.
fn schedule(seed: u64, rounds: usize) -> Vec<(Duration, Victim)> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut victims: Vec<Victim> = Victim::ALL.iter().copied().cycle().take(rounds * 5).collect();
    victims.shuffle(&mut random);
    victims
        .into_iter()
        .map(|victim| (Duration::from_millis(random.random_range(300..1_800)), victim))
        .collect()
}

fn number(variable: &str) -> Option<u64> {
    Some(std::env::var(variable).ok()?.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_duplicated_when_processes_are_killed() {
    let seed = number("WAYBILL_TEST_SEED").unwrap_or_else(|| rand::rng().random());
    let rounds = number("WAYBILL_CRASH_ROUNDS").map_or(ROUNDS, |rounds| usize::try_from(rounds).unwrap());
    let schedule = schedule(seed, rounds);
    println!("WAYBILL_TEST_SEED={seed} runs this schedule again: {schedule:?}");
    let mut instance = open();
    let file = std::env::var_os("WAYBILL_CRASH_FILE")
        .map_or_else(|| instance.write("sample.csv", sample(ROWS)), PathBuf::from);
    instance.start("command-api", None);
    instance.start("projector", None);
    instance.start("import", Some(&file));
    let stop = CancellationToken::new();
    let driver = tokio::spawn(Driver::new(instance.url(), EMAIL, PASSWORD).drive(stop.clone()));
    let killed = inflict(&mut instance, schedule, &file).await;
    println!("killed: {killed:?}");
    stop.cancel();
    finish(&mut instance, &file).await;
    let (history, units) = driver.await.unwrap();
    catch_up(&instance).await;
    let history = instance.write("history.jsonl", history);
    assert_sound(&instance, &history, units);
    assert_eq!(
        on_hand(&instance.setting("postgres_url")).await,
        units,
        "each command once, whatever was told of it"
    );
    forge(&instance).await;
    let output = instance.run(&["check", "--json"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        !output.status.success() && text.contains("is not in the store"),
        "a forged message: {text}"
    );
}

/// Postgres is the source of truth, and Kafka only distributes events: nothing waits for it while it is down.
#[tokio::test(flavor = "multi_thread")]
async fn commands_are_accepted_and_projected_while_the_broker_is_down() {
    let mut instance = open();
    instance.start("command-api", None);
    instance.start("projector", None);
    let stop = CancellationToken::new();
    let driver = tokio::spawn(Driver::new(instance.url(), EMAIL, PASSWORD).drive(stop.clone()));
    reach(&instance, 20).await;
    assert!(instance.kill_service("kafka"), "the broker runs");
    let accepted = position(&instance);
    reach(&instance, accepted + 50).await;
    stop.cancel();
    let (history, units) = driver.await.unwrap();
    catch_up(&instance).await;
    assert_eq!(on_hand(&instance.setting("postgres_url")).await, units);

    tokio::task::spawn_blocking({
        let repair = instance.repair();
        move || repair.join().unwrap()
    })
    .await
    .unwrap();
    eventually(&instance, "the events are published", |status| {
        status["log"]["published"] == status["position"]
    })
    .await;
    let history = instance.write("history.jsonl", history);
    assert_sound(&instance, &history, units);
}

/// Creates an instance with an admin account.
fn open() -> CrashInstance {
    let instance = CrashInstance::new();
    let account = [
        "account",
        "create",
        "--email",
        EMAIL,
        "--password",
        PASSWORD,
        "--role",
        "admin",
    ];
    assert!(instance.run(&account).status.success());
    instance
}

/// The newest position of the store; 0 if it cannot be read.
fn position(instance: &CrashInstance) -> i64 {
    status(instance).map_or(0, |status| status["position"].as_i64().unwrap())
}

/// Waits until the store has at least this many events.
async fn reach(instance: &CrashInstance, wanted: i64) {
    eventually(instance, "commands are accepted", |status| {
        status["position"].as_i64().unwrap() >= wanted
    })
    .await;
}

/// Waits until a condition holds for the output of `waybill status`.
async fn eventually(instance: &CrashInstance, what: &str, is_met: impl Fn(&serde_json::Value) -> bool) {
    let started = Instant::now();
    while !status(instance).is_some_and(|status| is_met(&status)) {
        assert!(
            started.elapsed() < PATIENCE,
            "not met: {what}: {}",
            instance.logs()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Kills processes according to the schedule. Each is restarted at once; the services in the background.
async fn inflict(
    instance: &mut CrashInstance,
    schedule: Vec<(Duration, Victim)>,
    file: &Path,
) -> Vec<Victim> {
    let mut killed = Vec::new();
    let mut repairs = Vec::new();
    for (pause, victim) in schedule {
        tokio::time::sleep(pause).await;
        let hit = match victim {
            Victim::Import => restart(instance, "import", Some(file)),
            Victim::CommandSide => restart(instance, "command-api", None),
            Victim::Projector => restart(instance, "projector", None),
            Victim::Broker | Victim::Postgres => {
                let hit = instance.kill_service(if victim == Victim::Broker {
                    "kafka"
                } else {
                    "postgres"
                });
                repairs.push(instance.repair());
                hit
            }
        };
        if hit {
            killed.push(victim);
        }
    }
    tokio::task::spawn_blocking(move || repairs.into_iter().for_each(|repair| repair.join().unwrap()))
        .await
        .unwrap();
    killed
}

fn restart(instance: &mut CrashInstance, name: &'static str, file: Option<&Path>) -> bool {
    let hit = instance.kill(name);
    instance.start(name, file);
    hit
}

/// Waits until the import ends. Services that gave up because Postgres was down for too long are restarted, as their
/// supervisor would do.
async fn finish(instance: &mut CrashInstance, file: &Path) {
    let started = Instant::now();
    let mut is_imported = false;
    while !is_imported {
        assert!(
            started.elapsed() < PATIENCE,
            "the import does not end: {}",
            instance.logs()
        );
        for name in ["command-api", "projector"] {
            if instance.ended(name).is_some() {
                instance.start(name, None);
            }
        }
        match instance.ended("import") {
            Some(status) if status.success() => is_imported = true,
            Some(_) => instance.start("import", Some(file)),
            None => {}
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    catch_up(instance).await;
}

/// Waits until the projections have processed all events.
pub async fn catch_up(instance: &CrashInstance) {
    eventually(instance, "the projections catch up", |status| {
        let projections = status["projections"].as_array().unwrap();
        !projections.is_empty() && projections.iter().all(|projection| projection["lag"] == 0)
    })
    .await;
}

/// The output of `waybill status`, if it succeeds.
fn status(instance: &CrashInstance) -> Option<serde_json::Value> {
    let output = instance.run(&["status", "--json"]);
    serde_json::from_slice(&output.stdout).ok()
}

/// Asserts that the deep check passes and that the stored events match the answers the driver received.
fn assert_sound(instance: &CrashInstance, history: &Path, units: i64) {
    let output = instance.run(&["check", history.to_str().unwrap(), "--json", "--deep"]);
    let said = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{said}{}", instance.logs());
    let findings: serde_json::Value = serde_json::from_str(&text).unwrap();
    let held: HashSet<&str> = findings["invariants"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|verdict| verdict["status"] == "held")
        .map(|verdict| verdict["invariant"].as_str().unwrap())
        .collect();
    assert_eq!(
        held,
        HashSet::from(["I1", "I2", "I3", "I4", "I5", "I6"]),
        "{text}"
    );
    println!("{units} commands over HTTP; {text}");
}

/// The units on hand of the driver's product.
async fn on_hand(postgres_url: &str) -> i64 {
    use sqlx::Connection as _;

    let mut connection = sqlx::PgConnection::connect(postgres_url).await.unwrap();
    sqlx::query_scalar("SELECT on_hand FROM read_model.stock WHERE sku = $1")
        .bind(SKU)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

/// Publishes a message to the topic that is in no store.
async fn forge(instance: &CrashInstance) {
    let producer: FutureProducer = rdkafka::ClientConfig::new()
        .set("bootstrap.servers", instance.setting("kafka_brokers"))
        .set("security.protocol", "sasl_plaintext")
        .set("sasl.mechanisms", "PLAIN")
        .set("sasl.username", instance.setting("kafka_user"))
        .set("sasl.password", instance.setting("kafka_password"))
        .create()
        .unwrap();
    let header = |key, value| Header {
        key,
        value: Some(value),
    };
    let id = uuid::Uuid::new_v4().to_string();
    let headers = OwnedHeaders::new()
        .insert(header("ce_id", id.as_str()))
        .insert(header("waybill_position", "1"));
    let record = FutureRecord::to(schemas::topic::EVENTS)
        .key(SKU)
        .payload("{}")
        .headers(headers);
    producer.send(record, Duration::from_secs(30)).await.unwrap();
}

#[test]
fn a_seed_always_gives_the_same_schedule() {
    assert_eq!(schedule(7, 3), schedule(7, 3));
    assert_ne!(schedule(7, 3), schedule(8, 3));
    assert_eq!(schedule(7, 3).len(), 15);
}
