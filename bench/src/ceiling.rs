//! The ceiling: the same rows written by only the event store's append, one batch after the other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use event_store::{
    Append, ChainedEvent, ClaimedAnswer, EventDraft, IdempotencyClaim, Outcome, Store, StreamClaim,
    StreamHead,
};
use serde::Serialize;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use crate::scratch::Scratch;

/// SKUs that the orders are spread over.
const SKUS: usize = 200;

/// The throughput of the bare append.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ceiling {
    /// Orders of two events each, per second.
    pub(crate) orders_per_s: f64,
    /// Orders per append.
    pub(crate) batch_orders: usize,
}

/// Appends `batch_orders` at a time for `duration`, in a scratch database next to the instance's own.
pub(crate) async fn measure(
    postgres_url: &str,
    batch_orders: usize,
    duration: Duration,
) -> anyhow::Result<Ceiling> {
    let scratch = Scratch::create(postgres_url).await?;
    let ceiling = append(scratch.owner(), batch_orders, duration).await;
    scratch.drop().await?;
    ceiling
}

async fn append(
    database: PgConnectOptions,
    batch_orders: usize,
    duration: Duration,
) -> anyhow::Result<Ceiling> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(database)
        .await?;
    event_store::MIGRATOR.run(&pool).await?;
    let store = Store::new(pool);
    let mut skus: Vec<(Arc<str>, StreamHead)> = (0..SKUS)
        .map(|number| (format!("stock-BENCH-{number:03}").into(), StreamHead::default()))
        .collect();
    let customer = Uuid::now_v7();
    let (mut appended, mut spent) = (0_usize, Duration::ZERO);
    while spent < duration {
        let batch: Vec<Append> = (0..batch_orders)
            .map(|number| {
                let (stream, head) = &mut skus[(appended + number) % SKUS];
                order(customer, stream, head)
            })
            .collect();
        // Only the append is timed: building the rows is the executor's part.
        let started = Instant::now();
        let outcomes = store.append(&batch).await?;
        spent += started.elapsed();
        anyhow::ensure!(
            outcomes
                .iter()
                .all(|outcome| matches!(outcome, Outcome::Appended { .. }))
        );
        appended += batch.len();
    }
    store.pool().close().await;
    #[allow(clippy::cast_precision_loss)]
    let orders_per_s = appended as f64 / spent.as_secs_f64();
    Ok(Ceiling {
        orders_per_s,
        batch_orders,
    })
}

/// Builds the rows of one single-line order, as large as those the services write.
fn order(customer: Uuid, stock: &Arc<str>, stock_head: &mut StreamHead) -> Append {
    let order_id = Uuid::now_v7();
    let stream_id: Arc<str> = format!("order-{order_id}").into();
    let metadata: Arc<str> = format!(
        r#"{{"command_id":"{order_id}","correlation_id":"{order_id}","actor":{{"kind":"account","account_id":"{customer}"}},"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}"#
    )
    .into();
    let placed = format!(
        r#"{{"order_id":"{order_id}","customer":{{"kind":"account","account_id":"{customer}"}},"channel":"web","lines":[{{"sku":"BENCH-000","name":"Bench product number 000","seller_id":"{order_id}","quantity":1,"unit_price_minor":250}}],"totals":{{"currency":"GBP","subtotal_minor":250,"discount_minor":0,"tax_minor":0,"shipping_minor":0,"total_minor":250}},"country":"United Kingdom","contact":{{"person_id":"{customer}","ciphertext":"{sealed}"}},"payment_id":"{order_id}","delivery_id":"{order_id}","reservation_expires_at":"2026-01-01T00:00:00.000000Z"}}"#,
        sealed = "A".repeat(240),
    );
    let reserved = format!(
        r#"{{"sku":"BENCH-000","order_id":"{order_id}","quantity":1,"expires_at":"2026-01-01T00:00:00.000000Z"}}"#
    );
    let draft = |event_type, payload, key: &str| EventDraft {
        event_id: Uuid::now_v7(),
        event_type,
        schema_version: 1,
        partition_key: key.into(),
        payload,
        metadata: Arc::clone(&metadata),
        occurred_at: Utc::now(),
    };
    let mut order_head = StreamHead::default();
    let stock_before = *stock_head;
    let events = vec![
        ChainedEvent::chain(
            draft("OrderPlaced", placed, &order_id.to_string()),
            &stream_id,
            &mut order_head,
        ),
        ChainedEvent::chain(draft("StockReserved", reserved, "BENCH-000"), stock, stock_head),
    ];
    let claim = |stream_id: &Arc<str>, stream_type, expected, after| StreamClaim {
        stream_id: Arc::clone(stream_id),
        stream_type,
        expected,
        after,
    };
    Append {
        claims: vec![
            claim(&stream_id, "order", StreamHead::default(), order_head),
            claim(stock, "stock", stock_before, *stock_head),
        ],
        events,
        idempotency: Some(IdempotencyClaim {
            key: format!("account/{customer}/{}", Uuid::new_v4()),
            request_hash: [0; 32],
            answer: Some(ClaimedAnswer {
                stream_id,
                version: 1,
            }),
        }),
        new_keys: Vec::new(),
    }
}
