//! The people of a shop, who type texts that can be found again.

use reqwest::Method;
use serde_json::{Value, json};

use crate::crash_instance::CrashInstance;

/// Part of every text that is typed.
pub const CANARY: &str = "canary";
pub const PASSWORD: &str = "correct horse battery";

/// A person with an account.
pub struct Person {
    pub id: Value,
    pub token: String,
}

/// The people of the shop, and how they send their requests.
pub struct Shop {
    client: reqwest::Client,
    url: String,
    pub admin: Person,
    pub customer: Person,
    couriers: [Person; 2],
}

pub fn typed(name: &str) -> String {
    format!("{CANARY} {name}")
}

pub fn email(name: &str) -> String {
    format!("{CANARY}-{name}@example.com")
}

impl Shop {
    pub async fn new(instance: &CrashInstance) -> Self {
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
    pub async fn send(&self, person: &Person, method: Method, path: &str, body: Option<Value>) -> Value {
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
    pub async fn status(&self, person: &Person, path: &str) -> u16 {
        let request = self.client.get(format!("{}/{path}", self.url));
        let answer = request.bearer_auth(&person.token).send().await.unwrap();
        answer.status().as_u16()
    }

    pub async fn post(&self, person: &Person, path: &str, body: Value) -> Value {
        self.send(person, Method::POST, path, Some(body)).await
    }

    /// Lists a product, and types every text about it but the last.
    pub async fn stock_up(&self) {
        let product = json!({"sku": "MUG", "name": "A mug", "description": "", "category": "Tests",
                             "price": {"minor": 100, "currency": "GBP"}});
        self.post(&self.admin, "products", product).await;
        let receipt = json!({"quantity": 9, "reference": typed("receipt")});
        self.post(&self.admin, "stock/MUG/receipts", receipt).await;
        let adjustment = json!({"delta": -1, "reason": typed("adjustment")});
        self.post(&self.admin, "stock/MUG/adjustments", adjustment).await;
    }

    pub async fn withdraw(&self) {
        let reason = json!({"reason": typed("withdrawal")});
        self.send(&self.admin, Method::DELETE, "products/MUG", Some(reason))
            .await;
    }

    pub async fn place(&self) -> Value {
        let address = json!({"name": typed("name"), "line1": typed("street"), "city": typed("city"),
                             "postal_code": "N1 1AA", "country": "United Kingdom"});
        let order = json!({"lines": [{"sku": "MUG", "quantity": 1}], "shipping_address": address});
        self.post(&self.customer, "orders", order).await
    }

    pub async fn pay(&self, placed: &Value) {
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
    pub async fn deliver(&self, placed: &Value) {
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

    pub async fn annotate_and_cancel(&self, placed: &Value) {
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
    pub async fn reasons(&self, placed: &Value) -> Vec<String> {
        let path = format!("orders/{}", placed["id"].as_str().unwrap());
        let order = self.send(&self.customer, Method::GET, &path, None).await;
        let stages = order["timeline"].as_array().unwrap().iter();
        stages
            .filter_map(|stage| Some(stage["reason"].as_str()?.to_owned()))
            .collect()
    }
}
