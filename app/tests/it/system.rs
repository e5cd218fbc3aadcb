//! The health of the system and the progress of replays, over HTTP and on the socket.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::replay_http::{Served, ask};

/// A client's end of a socket.
pub type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// Opens a socket to the process at `url`, with a token.
pub async fn connect(url: &str, token: &str) -> Socket {
    let url = url.replacen("http", "ws", 1);
    let mut request = format!("{url}/ws").into_client_request().unwrap();
    let protocol = "waybill.v1".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    send(&mut socket, &json!({"op": "auth", "token": token})).await;
    socket
}

pub async fn send(socket: &mut Socket, frame: &Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

/// The data of the next change of `kind` that meets the condition.
async fn change(socket: &mut Socket, kind: &str, is_it: impl Fn(&Value) -> bool) -> Value {
    let reading = async {
        loop {
            let message = socket.next().await.unwrap().unwrap();
            let Message::Text(text) = message else { continue };
            let frames = match serde_json::from_str(&text).unwrap() {
                Value::Array(frames) => frames,
                frame => vec![frame],
            };
            for mut frame in frames {
                assert_ne!(frame["op"], "error", "{frame}");
                if frame["kind"] == kind && is_it(&frame["data"]) {
                    return frame["data"].take();
                }
            }
        }
    };
    tokio::time::timeout(testkit::DEADLINE, reading)
        .await
        .expect("the change arrives within the deadline")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_replay_reaches_an_admin_as_the_list_shows_it() {
    let served = Served::new().await;
    let admin = served.log_in("admin").await;
    let mut socket = connect(&served.url, &admin).await;
    send(&mut socket, &json!({"op": "subscribe", "channel": "replays"})).await;
    served.send(Some(&admin), Some(ask("start"))).await;
    change(&mut socket, "replay.changed", |replay| replay["phase"] == "ready").await;
    served.send(Some(&admin), Some(ask("verify"))).await;
    let verified = change(&mut socket, "replay.changed", |replay| {
        replay["phase"] == "verified"
    })
    .await;
    let (_, listed) = served.send(Some(&admin), None).await;
    assert_eq!(listed["items"], json!([verified]));
    served.send(Some(&admin), Some(ask("cancel"))).await;
    change(&mut socket, "replay.changed", |replay| {
        replay["phase"] == "cancelled"
    })
    .await;
    // Whoever comes later gets the newest value at once.
    let mut later = connect(&served.url, &admin).await;
    send(&mut later, &json!({"op": "subscribe", "channel": "replays"})).await;
    let newest = change(&mut later, "replay.changed", |_| true).await;
    assert_eq!(newest["phase"], "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_reads_and_follows_the_health_of_the_system_and_others_do_not() {
    let served = Served::new().await;
    let (admin, analyst) = (served.log_in("admin").await, served.log_in("analyst").await);
    assert_eq!(served.get(None, "system").await.0, 401);
    assert_eq!(served.get(Some(&analyst), "system").await.0, 403);
    let (status, health) = served.get(Some(&admin), "system").await;
    assert_eq!((status, &health["postgres"]["is_reachable"]), (200, &json!(true)));
    for consumers in ["projections", "policies"] {
        let all = health[consumers].as_array().unwrap();
        assert!(
            !all.is_empty() && all.iter().all(|one| one["state"] == "running"),
            "{health}"
        );
    }
    assert_eq!(health["concerns"], json!([]));
    let free = health["disk"]["free_bytes"].as_u64().unwrap();
    assert!(free > 0 && free <= health["disk"]["total_bytes"].as_u64().unwrap());
    let mut socket = connect(&served.url, &admin).await;
    send(&mut socket, &json!({"op": "subscribe", "channel": "metrics"})).await;
    let first = change(&mut socket, "system.changed", |_| true).await;
    assert_eq!(first["sockets"]["open"], 1, "{first}");
    let next = change(&mut socket, "system.changed", |next| {
        next["read_at"] != first["read_at"]
    })
    .await;
    assert_eq!(next["version"], health["version"]);
}
