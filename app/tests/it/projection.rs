//! Projections from the operator's view: status and health.

use std::net::TcpListener;
use std::process::Child;

use serde_json::{Value, json};
use testkit::eventually;

use crate::import_instance::{Instance, sample};

/// A process that is killed when the test ends.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub async fn imported() -> Instance {
    let instance = Instance::new().await;
    let file = instance.folder.write("sales.csv", sample(40));
    instance.import(&file);
    instance
}

pub fn json_of(instance: &Instance, arguments: &[&str]) -> Value {
    let output = instance.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

pub fn projection(instance: &Instance, name: &str) -> Value {
    let status = json_of(instance, &["status", "--json"]);
    let projections = status["projections"].as_array().unwrap();
    projections
        .iter()
        .find(|projection| projection["name"] == name)
        .unwrap()
        .clone()
}

pub async fn until_all_run(instance: &Instance) {
    eventually("every projection runs at the head", async || {
        let status = json_of(instance, &["status", "--json"]);
        let projections = status["projections"].as_array().unwrap();
        projections
            .iter()
            .all(|projection| projection["state"] == "running" && projection["lag"] == 0)
    })
    .await;
}

pub async fn tamper(instance: &Instance, statement: &'static str) {
    sqlx::raw_sql(statement).execute(instance.pool()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_projection_degrades_health_and_is_named() {
    let instance = imported().await;
    let _projector = Running(instance.start(&["projector"]));
    until_all_run(&instance).await;
    let [port, command_port] = [(); 2].map(|()| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    });
    let _policies = Running(instance.start(&["command-api", "--port", &command_port.to_string()]));
    let _queries = Running(instance.start(&["query-api", "--port", &port.to_string()]));
    let ready = async || -> Option<(u16, Value)> {
        let url = format!("http://127.0.0.1:{port}/health/ready");
        let response = reqwest::get(url).await.ok()?;
        Some((response.status().as_u16(), response.json().await.unwrap()))
    };
    let all_is_well = json!({
        "status": "ready", "event_store": "ready", "sockets": "ready", "storage": "ready", "ended_task": null,
        "projections": [], "policies": []
    });
    eventually("the process is ready", async || {
        ready().await == Some((200, all_is_well.clone()))
    })
    .await;
    tamper(
        &instance,
        "UPDATE read_model.checkpoints SET stopped = 'an event is too new' WHERE projection = 'orders'",
    )
    .await;
    let degraded = json!({
        "status": "degraded", "event_store": "ready", "sockets": "ready", "storage": "ready", "ended_task": null,
        "projections": [{"name": "orders", "state": "stopped", "lag": 0, "error": "an event is too new"}],
        "policies": []
    });
    eventually("the projection is named", async || {
        ready().await == Some((200, degraded.clone()))
    })
    .await;
    let orders = projection(&instance, "orders");
    assert_eq!(
        (&orders["state"], &orders["error"], &orders["parked"]),
        (&json!("stopped"), &json!("an event is too new"), &json!(0))
    );
    let table = instance.run(&["projection", "list"]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.contains("stopped: an event is too new"), "{table}");
}
