//! The products that the orders buy: the bench's own, with more stock than a run can sell.

use anyhow::ensure;
use hyper::StatusCode;
use serde_json::json;

use crate::Instance;
use crate::http::{Call, Connection};

/// Products that the orders are spread over.
pub(crate) const PRODUCTS: usize = 200;
/// Where orders are placed.
pub(crate) const ORDERS: &str = "/api/v1/orders";
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
        let listed = Call {
            idempotency_key: Some(format!("bench-list-{sku}")),
            ..Call::post("/api/v1/products", &instance.admin_token, product.to_string())
        };
        let (status, body) = connection.send(listed).await?;
        ensure!(
            status.is_success() || status == StatusCode::CONFLICT,
            "listing {sku}: {status} {}",
            String::from_utf8_lossy(&body)
        );
        let receipt = json!({"quantity": STOCK, "reference": "bench"});
        let path = format!("/api/v1/stock/{sku}/receipts");
        let received = Call {
            idempotency_key: Some(format!("bench-stock-{sku}")),
            ..Call::post(&path, &instance.admin_token, receipt.to_string())
        };
        connection.succeed(received).await?;
    }
    Ok(())
}

/// The body of a request for an order of one unit of the product `number`.
pub(crate) fn order(number: usize) -> String {
    let address = r#"{"name":"Ada Example","line1":"1 Example Street","city":"London","postal_code":"N1 1AA","country":"United Kingdom"}"#;
    let sku = sku(number);
    format!(r#"{{"lines":[{{"sku":"{sku}","quantity":1}}],"shipping_address":{address}}}"#)
}
