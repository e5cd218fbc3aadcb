//! No text that a person types is in the clear anywhere: in the tables, the topics or the log of a whole instance. The
//! account is, until it is erased; then it is not even in the files of the database.

use std::time::{Duration, Instant};

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
use crate::surroundings::until_ready;

/// Part of every text that is typed.
const CANARY: &str = "canary";
const PASSWORD: &str = "correct horse battery";
/// Two erasures, on a machine that is busy with other tests; each takes a second.
const ERASED_WITHIN: Duration = Duration::from_secs(30);
const NONE: [String; 0] = [];
/// How long the broker may take to answer.
const BROKER_TIMEOUT: Duration = Duration::from_secs(30);

/// A person with an account.
struct Person {
    id: Value,
    token: String,
}

/// The people of the shop, and how they send their requests.
struct Shop {
    client: reqwest::Client,
    url: String,
    admin: Person,
    customer: Person,
    couriers: [Person; 2],
}

fn typed(name: &str) -> String {
    format!("{CANARY} {name}")
}

fn email(name: &str) -> String {
    format!("{CANARY}-{name}@example.com")
}

impl Shop {
    async fn new(instance: &CrashInstance) -> Self {
        let client = reqwest::Client::new();
        let url = format!("{}/api/v1", instance.url());
        let person = async |name: &str, role: &str| {
            let email = email(name);
            let account = [
                "account",
                "create",
                "--email",
                &email,
                "--password",
                PASSWORD,
                "--role",
                role,
                "--name",
                &typed(name),
            ];
            assert!(instance.run(&account).status.success());
            let login = json!({"email": email, "password": PASSWORD});
            let answer = client
                .post(format!("{url}/auth/login"))
                .json(&login)
                .send()
                .await
                .unwrap();
            let answer: Value = answer.json().await.unwrap();
            Person {
                id: answer["account"]["id"].clone(),
                token: answer["access_token"].as_str().unwrap().to_owned(),
            }
        };
        Self {
            admin: person("admin", "admin").await,
            customer: person("customer", "customer").await,
            couriers: [
                person("first", "courier").await,
                person("second", "courier").await,
            ],
            client,
            url,
        }
    }

    /// Sends a request that must succeed; returns its answer.
    async fn send(&self, person: &Person, method: Method, path: &str, body: Option<Value>) -> Value {
        let request = self
            .client
            .request(method, format!("{}/{path}", self.url))
            .bearer_auth(&person.token);
        let request = match body {
            Some(body) => request
                .header("Idempotency-Key", uuid::Uuid::new_v4().to_string())
                .json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let (status, body) = (answer.status(), answer.json::<Value>().await.unwrap());
        assert!(status.is_success(), "{path}: {status}: {body}");
        body
    }

    /// The status of the answer to a read.
    async fn status(&self, person: &Person, path: &str) -> u16 {
        let request = self.client.get(format!("{}/{path}", self.url));
        let answer = request.bearer_auth(&person.token).send().await.unwrap();
        answer.status().as_u16()
    }

    async fn post(&self, person: &Person, path: &str, body: Value) -> Value {
        self.send(person, Method::POST, path, Some(body)).await
    }

    /// Lists a product, and types every text about it but the last.
    async fn stock_up(&self) {
        let product = json!({"sku": "MUG", "name": "A mug", "description": "", "category": "Tests",
                             "price": {"minor": 100, "currency": "GBP"}});
        self.post(&self.admin, "products", product).await;
        let receipt = json!({"quantity": 9, "reference": typed("receipt")});
        self.post(&self.admin, "stock/MUG/receipts", receipt).await;
        let adjustment = json!({"delta": -1, "reason": typed("adjustment")});
        self.post(&self.admin, "stock/MUG/adjustments", adjustment).await;
    }

    async fn withdraw(&self) {
        let reason = json!({"reason": typed("withdrawal")});
        self.send(&self.admin, Method::DELETE, "products/MUG", Some(reason))
            .await;
    }

    async fn place(&self) -> Value {
        let address = json!({"name": typed("name"), "line1": typed("street"), "city": typed("city"),
                             "postal_code": "N1 1AA", "country": "United Kingdom"});
        let order = json!({"lines": [{"sku": "MUG", "quantity": 1}], "shipping_address": address});
        self.post(&self.customer, "orders", order).await
    }

    async fn pay(&self, placed: &Value) {
        let intent = json!({"order_id": placed["id"]});
        self.post(&self.customer, "payments/intent", intent).await;
        let confirmation = json!({"payment_id": placed["payment_id"], "method": "sandbox_ok"});
        self.post(&self.customer, "payments/confirm", confirmation).await;
    }

    /// Takes steps of a delivery, each from the one before it.
    async fn step(&self, person: &Person, placed: &Value, statuses: &[&str]) {
        let path = format!("deliveries/{}/status", placed["delivery_id"].as_str().unwrap());
        for pair in statuses.windows(2) {
            let body = json!({"from": pair[0], "status": pair[1], "reason": typed(pair[1])});
            self.send(person, Method::PUT, &path, Some(body)).await;
        }
    }

    async fn assign(&self, placed: &Value) {
        let path = format!(
            "deliveries/{}/assignment",
            placed["delivery_id"].as_str().unwrap()
        );
        let assignment = json!({"courier_id": self.couriers[0].id});
        self.post(&self.admin, &path, assignment).await;
    }

    /// Delivers an order at the second attempt, and has its return rejected.
    async fn deliver(&self, placed: &Value) {
        let [first, second] = &self.couriers;
        let delivery = format!("deliveries/{}", placed["delivery_id"].as_str().unwrap());
        self.assign(placed).await;
        self.step(first, placed, &["assigned", "picked_up"]).await;
        let transfer =
            json!({"from_courier_id": first.id, "courier_id": second.id, "reason": typed("transfer")});
        self.post(&self.admin, &format!("{delivery}/transfer"), transfer)
            .await;
        let way = [
            "picked_up",
            "on_the_way",
            "attempt_failed",
            "returning",
            "returned",
        ];
        self.step(second, placed, &way).await;
        let reason = json!({"reason": typed("reopening")});
        self.post(&self.admin, &format!("{delivery}/reopening"), reason)
            .await;
        self.assign(placed).await;
        self.step(first, placed, &["assigned", "picked_up", "on_the_way"])
            .await;
        self.step(&self.admin, placed, &["on_the_way", "delivered"]).await;
        let request = json!({"order_id": placed["id"], "lines": [{"line_number": 1, "quantity": 1}],
                             "reason": typed("return")});
        let returned = self.post(&self.customer, "returns", request).await;
        let path = format!("returns/{}/rejection", returned["id"].as_str().unwrap());
        self.post(&self.admin, &path, json!({"reason": typed("rejection")}))
            .await;
    }

    async fn annotate_and_cancel(&self, placed: &Value) {
        let order = format!("orders/{}", placed["id"].as_str().unwrap());
        self.post(
            &self.admin,
            &format!("{order}/notes"),
            json!({"text": typed("note")}),
        )
        .await;
        self.post(
            &self.customer,
            &format!("{order}/cancellation"),
            json!({"reason": typed("cancellation")}),
        )
        .await;
    }

    /// The reasons in the timeline of an order.
    async fn reasons(&self, placed: &Value) -> Vec<String> {
        let path = format!("orders/{}", placed["id"].as_str().unwrap());
        let order = self.send(&self.customer, Method::GET, &path, None).await;
        let stages = order["timeline"].as_array().unwrap().iter();
        stages
            .filter_map(|stage| Some(stage["reason"].as_str()?.to_owned()))
            .collect()
    }
}

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
    shop.withdraw().await;
    catch_up(&instance).await;
    assert_eq!(
        shop.reasons(&delivered).await,
        [typed("attempt_failed"), typed("reopening")]
    );
    assert_eq!(shop.reasons(&cancelled).await, [typed("cancellation")]);

    let pool = PgPool::connect(&instance.setting("postgres_admin_url"))
        .await
        .unwrap();
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

/// Erases the customer, at home, and a courier, at the command line; fails if anything readable is left of them.
async fn assert_erased(instance: &CrashInstance, shop: &Shop, pool: &PgPool, cancelled: &Value) {
    let started = Instant::now();
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
    assert!(started.elapsed() < ERASED_WITHIN, "{:?}", started.elapsed());
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
        let may_be_empty = topic == schemas::topic::DEAD_LETTERS;
        assert!(may_be_empty || !messages.is_empty(), "{topic} is empty");
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
            if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
                return true;
            }
        }
    }
    false
}
