//! A minimal HTTP client, which sends one request at a time at the lowest possible cost.

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use uuid::Uuid;

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

impl<'a> Call<'a> {
    /// A query.
    pub(crate) fn get(path: &'a str, token: &'a str) -> Self {
        Self {
            method: Method::GET,
            path,
            token,
            idempotency_key: None,
            body: Bytes::new(),
        }
    }

    /// A command, which is carried out once for each call of this function.
    pub(crate) fn post(path: &'a str, token: &'a str, body: impl Into<Bytes>) -> Self {
        Self {
            method: Method::POST,
            path,
            token,
            idempotency_key: Some(Uuid::new_v4().to_string()),
            body: body.into(),
        }
    }
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

    /// Sends `call` and reads the complete answer.
    ///
    /// # Errors
    /// When there is no answer, or one without success.
    pub(crate) async fn succeed(&mut self, call: Call<'_>) -> anyhow::Result<Bytes> {
        let request = format!("{} {}", call.method, call.path);
        let (status, body) = self.send(call).await.with_context(|| request.clone())?;
        ensure!(
            status.is_success(),
            "{request}: {status} {}",
            String::from_utf8_lossy(&body)
        );
        Ok(body)
    }
}
