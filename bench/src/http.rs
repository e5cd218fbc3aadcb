//! A minimal HTTP client, which sends one request at a time at the lowest possible cost.

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One keep-alive connection to an instance.
#[derive(Debug)]
pub(crate) struct Connection {
    address: String,
    sender: SendRequest<Full<Bytes>>,
}

/// A request, without the parts that every request shares.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) token: &'a str,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Bytes,
}

impl Connection {
    /// Connects to `address`, `host:port`.
    pub(crate) async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)
            .await
            .with_context(|| format!("nobody answers at {address}"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                note!("waybill bench: a connection broke: {error}");
            }
        });
        Ok(Self {
            address: address.to_owned(),
            sender,
        })
    }

    /// Sends `call` and reads the complete answer.
    pub(crate) async fn send(&mut self, call: Call<'_>) -> anyhow::Result<(StatusCode, Bytes)> {
        self.sender.ready().await?;
        let mut request = Request::builder()
            .method(call.method)
            .uri(call.path)
            .header("host", &self.address)
            .header("accept", "application/json")
            .header("authorization", format!("Bearer {}", call.token));
        if let Some(key) = call.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        if !call.body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        let answer = self
            .sender
            .send_request(request.body(Full::new(call.body))?)
            .await?;
        let status = answer.status();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }
}
