//! No text that a person types is in the clear anywhere: in the tables, the topics or the log of a whole instance. The
//! account is, until it is erased; then it is not even in the files of the database.

use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaError;
use rdkafka::message::{Headers as _, Message as _};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{eventually, rows_with};

use crate::crash::catch_up;
use crate::crash_instance::CrashInstance;
use crate::shop::{CANARY, PASSWORD, Shop, email, typed};
use crate::surroundings::until_ready;

const NONE: [String; 0] = [];
/// How long the broker may take to answer.
const BROKER_TIMEOUT: Duration = Duration::from_secs(30);

/// The messages of a topic, as text: keys, headers and values.
fn messages(instance: &CrashInstance, topic: &str) -> Vec<String> {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", instance.setting("kafka_brokers"))
        .set("security.protocol", "sasl_plaintext")
        .set("sasl.mechanisms", "PLAIN")
        .set("sasl.username", instance.setting("kafka_user"))
        .set("sasl.password", instance.setting("kafka_password"))
        .set("group.id", "canary")
        .set("enable.auto.commit", "false")
        .set("enable.partition.eof", "true")
        .create()
        .unwrap();
    let metadata = consumer.fetch_metadata(Some(topic), BROKER_TIMEOUT).unwrap();
    let partitions = metadata.topics()[0].partitions();
    let mut assignment = TopicPartitionList::new();
    for partition in partitions {
        assignment
            .add_partition_offset(topic, partition.id(), Offset::Beginning)
            .unwrap();
    }
    consumer.assign(&assignment).unwrap();
    let (mut open, mut read) = (partitions.len(), Vec::new());
    while open > 0 {
        match consumer.poll(BROKER_TIMEOUT).expect("the broker answers in time") {
            Err(KafkaError::PartitionEOF(_)) => open -= 1,
            message => {
                let message = message.unwrap();
                let mut text = String::from_utf8_lossy(message.payload().unwrap_or_default()).into_owned();
                text.push_str(&String::from_utf8_lossy(message.key().unwrap_or_default()));
                for header in message.headers().into_iter().flat_map(|headers| headers.iter()) {
                    text.push_str(&String::from_utf8_lossy(header.value.unwrap_or_default()));
                }
                read.push(text);
            }
        }
    }
    read
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_that_a_person_types_is_in_the_clear() {
    let mut instance = CrashInstance::new();
    instance.set("WAYBILL_LOG_FILTER", "debug");
    instance.start("up", None);
    until_ready(&instance).await;
    let shop = Shop::new(&instance).await;
    shop.stock_up().await;
    let (delivered, cancelled) = (shop.place().await, shop.place().await);
    shop.pay(&delivered).await;
    shop.deliver(&delivered).await;
    shop.annotate_and_cancel(&cancelled).await;
    let pool = PgPool::connect(&instance.setting("postgres_admin_url"))
        .await
        .unwrap();
    park_an_order(&instance, &shop, &pool).await;
    shop.withdraw().await;
    catch_up(&instance).await;
    assert_eq!(
        shop.reasons(&delivered).await,
        [typed("attempt_failed"), typed("reopening")]
    );
    assert_eq!(shop.reasons(&cancelled).await, [typed("cancellation")]);

    let rows = rows_with(&pool, CANARY).await.into_iter();
    let clear = rows.filter(|row| !row.starts_with("command.accounts: "));
    assert_eq!(clear.collect::<Vec<_>>(), NONE);
    let head: i64 = sqlx::query_scalar("SELECT position FROM event_store.log_head")
        .fetch_one(&pool)
        .await
        .unwrap();
    let head = usize::try_from(head).unwrap();
    eventually("all events are published", async || {
        messages(&instance, schemas::topic::EVENTS).len() >= head
    })
    .await;
    assert_not_published_or_logged(&instance);

    assert_erased(&instance, &shop, &pool, &cancelled).await;
    catch_up(&instance).await;
    assert_not_published_or_logged(&instance);
    let verified = instance.run(&["events", "verify"]);
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
}

/// Cancels an order whose row is missing in a read model, so that an event with a typed text is a dead letter.
async fn park_an_order(instance: &CrashInstance, shop: &Shop, pool: &PgPool) {
    let placed = shop.place().await;
    catch_up(instance).await;
    let id: uuid::Uuid = placed["id"].as_str().unwrap().parse().unwrap();
    let deleted = sqlx::query("DELETE FROM read_model.orders WHERE id = $1");
    let deleted = deleted.bind(id).execute(pool).await.unwrap();
    assert_eq!(deleted.rows_affected(), 1);
    shop.annotate_and_cancel(&placed).await;
    eventually("an event with a text is a dead letter", async || {
        let letters = messages(instance, schemas::topic::DEAD_LETTERS);
        letters.iter().any(|letter| letter.contains("ciphertext"))
    })
    .await;
}

/// Erases the customer, at home, and a courier, at the command line; fails if anything readable is left of them.
async fn assert_erased(instance: &CrashInstance, shop: &Shop, pool: &PgPool, cancelled: &Value) {
    let proof = json!({"password": PASSWORD});
    shop.send(&shop.customer, Method::DELETE, "auth/profile", Some(proof))
        .await;
    let courier = email("second");
    let erasing = ["privacy", "erase", &courier, "--reason", &typed("reason")];
    let erased = instance.run(&erasing);
    assert!(
        erased.status.success(),
        "{}",
        String::from_utf8_lossy(&erased.stderr)
    );
    for name in ["customer", "second"] {
        eventually("the person is in no file", async || {
            rows_with(pool, &email(name)).await == NONE && !is_in_a_file(instance, pool, &email(name)).await
        })
        .await;
        assert!(!is_in_a_file(instance, pool, &typed(name)).await);
    }
    eventually("the reasons are unreadable", async || {
        let order = format!("orders/{}", cancelled["id"].as_str().unwrap());
        let order = shop.send(&shop.admin, Method::GET, &order, None).await;
        !order.to_string().contains(CANARY)
    })
    .await;
    assert_eq!(shop.status(&shop.customer, "auth/profile").await, 401);
    assert!(
        is_in_a_file(instance, pool, &email("admin")).await,
        "the scan finds nothing at all"
    );
}

/// Fails if a text is in a topic or in the log.
fn assert_not_published_or_logged(instance: &CrashInstance) {
    for topic in [
        schemas::topic::EVENTS,
        schemas::topic::CHANGES,
        schemas::topic::DEAD_LETTERS,
    ] {
        let messages = messages(instance, topic);
        assert!(!messages.is_empty(), "{topic} is empty");
        let clear = messages.into_iter().filter(|message| message.contains(CANARY));
        assert_eq!(clear.collect::<Vec<_>>(), NONE, "{topic}");
    }
    let log = instance.log("up");
    assert!(log.contains("DEBUG"), "the log is not detailed");
    let clear = log.lines().filter(|line| line.contains(CANARY));
    assert_eq!(clear.map(str::to_owned).collect::<Vec<_>>(), NONE);
}

/// Whether a file of the database's tables and indexes has this text. The write-ahead log is not among them.
async fn is_in_a_file(instance: &CrashInstance, pool: &PgPool, text: &str) -> bool {
    sqlx::query("CHECKPOINT").execute(pool).await.unwrap();
    let mut folders = vec![instance.folder().join("postgres/base")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            // Files of temporary tables come and go.
            let bytes = std::fs::read(&path).unwrap_or_default();
            if memchr::memmem::find(&bytes, text.as_bytes()).is_some() {
                return true;
            }
        }
    }
    false
}
