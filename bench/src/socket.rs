//! Measures how soon a socket that is subscribed to all orders receives each one.

use std::collections::HashSet;
use std::time::Instant;

use anyhow::{Context as _, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use uuid::Uuid;

use crate::Instance;

/// When the socket first received an order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) id: Uuid,
    pub(crate) at: Instant,
}

/// The parts of a frame that the bench reads.
#[derive(Debug, Deserialize)]
struct Frame {
    op: String,
    #[serde(default)]
    data: Option<Row>,
    #[serde(default)]
    detail: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    id: Uuid,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Frames {
    One(Frame),
    Many(Vec<Frame>),
}

/// Subscribes to `orders`; sends what it receives to `seen` until that is closed.
pub(crate) async fn watch(instance: &Instance, seen: mpsc::UnboundedSender<Seen>) -> anyhow::Result<()> {
    let mut request = format!("ws://{}/ws", instance.address).into_client_request()?;
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "waybill.v1".parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(request)
        .await
        .context("the socket")?;
    for frame in [
        json!({"op": "auth", "token": instance.admin_token}),
        json!({"op": "subscribe", "channel": "orders"}),
    ] {
        socket.send(Message::text(frame.to_string())).await?;
    }
    loop {
        let message = socket
            .next()
            .await
            .context("the socket was closed before it was subscribed")??;
        let Message::Text(text) = message else { continue };
        let frames = parse(&text)?;
        if let Some(error) = frames.iter().find(|frame| frame.op == "error") {
            bail!(
                "the socket was refused: {}",
                error.detail.as_deref().unwrap_or_default()
            );
        }
        if frames.iter().any(|frame| frame.op == "subscribed") {
            break;
        }
    }
    tokio::spawn(async move {
        let mut known: HashSet<Uuid> = HashSet::new();
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            let at = Instant::now();
            let frames = match parse(&text) {
                Ok(frames) => frames,
                Err(error) => {
                    note!("waybill bench: a frame could not be read: {error:#}");
                    return;
                }
            };
            for id in frames
                .into_iter()
                .filter_map(|frame| frame.data)
                .map(|row| row.id)
            {
                if known.insert(id) && seen.send(Seen { id, at }).is_err() {
                    return;
                }
            }
        }
    });
    Ok(())
}

fn parse(text: &str) -> anyhow::Result<Vec<Frame>> {
    Ok(match serde_json::from_str(text)? {
        Frames::One(frame) => vec![frame],
        Frames::Many(frames) => frames,
    })
}
