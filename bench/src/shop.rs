//! The products that the orders buy: the bench's own, with more stock than a run can sell.

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use hyper::{Method, StatusCode};
use serde_json::json;

use crate::Instance;
use crate::http::{Call, Connection};

/// Products that the orders are spread over.
pub(crate) const PRODUCTS: usize = 200;
const STOCK: i64 = 1_000_000;

/// The SKU of the bench's product `number`.
pub(crate) fn sku(number: usize) -> String {
    format!("BENCH-{number:03}")
}

/// Lists the products and receives their stock, unless an earlier run did.
pub(crate) async fn stock_up(instance: &Instance) -> anyhow::Result<()> {
    let mut connection = Connection::open(&instance.address).await?;
    for number in 0..PRODUCTS {
        let sku = sku(number);
        let product = json!({
            "sku": sku,
            "name": format!("Bench product number {number:03}"),
            "description": "For measuring; take it off sale when done.",
            "category": "bench",
            "price": {"minor": 250, "currency": "GBP"},
        });
        let listed = post(
            &mut connection,
            instance,
            "/api/v1/products",
            &format!("bench-list-{sku}"),
            &product,
        )
        .await?;
        ensure!(
            listed.0.is_success() || listed.0 == StatusCode::CONFLICT,
            "listing {sku}: {} {}",
            listed.0,
            String::from_utf8_lossy(&listed.1)
        );
        let receipt = json!({"quantity": STOCK, "reference": "bench"});
        let path = format!("/api/v1/stock/{sku}/receipts");
        let key = format!("bench-stock-{sku}");
        let (status, body) = post(&mut connection, instance, &path, &key, &receipt).await?;
        ensure!(
            status.is_success(),
            "stock of {sku}: {status} {}",
            String::from_utf8_lossy(&body)
        );
    }
    Ok(())
}

async fn post(
    connection: &mut Connection,
    instance: &Instance,
    path: &str,
    key: &str,
    body: &serde_json::Value,
) -> anyhow::Result<(StatusCode, Bytes)> {
    let call = Call {
        method: Method::POST,
        path,
        token: &instance.admin_token,
        idempotency_key: Some(key.to_owned()),
        body: Bytes::from(body.to_string()),
    };
    connection
        .send(call)
        .await
        .with_context(|| format!("POST {path}"))
}
