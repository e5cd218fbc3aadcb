//! The load: clients that place orders, as fast as possible or on a schedule.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use hdrhistogram::Histogram;
use hyper::StatusCode;
use serde::Deserialize;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::Instance;
use crate::http::{Call, Connection};
use crate::{report, shop};

/// The parameters of a load.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) clients: u32,
    /// Orders per second; 0 for as many as the clients can send.
    pub(crate) rate: u32,
    /// The time that is not measured.
    pub(crate) warm_up: Duration,
    /// The measured time.
    pub(crate) duration: Duration,
}

/// An order that was accepted.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) id: Uuid,
    pub(crate) position: i64,
    /// When it was due.
    pub(crate) due: Instant,
    /// Whether it was placed after the warm-up.
    pub(crate) counted: bool,
}

/// The answers that the clients received.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) accepted: u64,
    /// Answers without success, by status.
    pub(crate) refused: BTreeMap<u16, u64>,
    /// The time from when an order was due to its answer, in microseconds.
    pub(crate) answer_us: Histogram<u64>,
    /// The length of the measured part.
    pub(crate) elapsed: Duration,
}

#[derive(Debug, Deserialize)]
struct Accepted {
    id: Uuid,
    position: i64,
}

/// Assigns numbers and due times of orders to the clients.
#[derive(Debug)]
struct Schedule {
    started: Instant,
    rate: u32,
    next: AtomicU64,
}

impl Schedule {
    /// The next order's number, and when it is due; immediately if no rate is set.
    fn take(&self) -> (u64, Instant) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = if self.rate == 0 {
            Instant::now()
        } else {
            self.started + Duration::from_nanos(number * 1_000_000_000 / u64::from(self.rate))
        };
        (number, due)
    }
}

/// Runs the load. Sends every accepted order to `placed`.
pub(crate) async fn run(
    instance: &Instance,
    load: Load,
    placed: mpsc::UnboundedSender<Placed>,
) -> anyhow::Result<Answers> {
    let mut connections = Vec::new();
    for _ in 0..load.clients {
        connections.push(Connection::open(&instance.address).await?);
    }
    let schedule = Arc::new(Schedule {
        started: Instant::now(),
        rate: load.rate,
        next: AtomicU64::new(0),
    });
    let counted_from = schedule.started + load.warm_up;
    let until = counted_from + load.duration;
    let clients: Vec<_> = connections
        .into_iter()
        .enumerate()
        .map(|(number, connection)| {
            let client = Client {
                connection,
                token: instance.customer_tokens[number % instance.customer_tokens.len()].clone(),
                schedule: Arc::clone(&schedule),
                counted_from,
                until,
                placed: placed.clone(),
            };
            tokio::spawn(client.run())
        })
        .collect();
    let mut answers = Answers::new(load.duration);
    for client in clients {
        answers.add(&client.await??)?;
    }
    Ok(answers)
}

struct Client {
    connection: Connection,
    token: String,
    schedule: Arc<Schedule>,
    counted_from: Instant,
    until: Instant,
    placed: mpsc::UnboundedSender<Placed>,
}

impl Client {
    async fn run(mut self) -> anyhow::Result<Answers> {
        let mut answers = Answers::new(Duration::ZERO);
        loop {
            let (number, due) = self.schedule.take();
            if due >= self.until {
                return Ok(answers);
            }
            tokio::time::sleep_until(due.into()).await;
            // A client that was free in time measures from when its timer fired, since the timer's inaccuracy belongs
            // to the generator. A client that is late was kept waiting, and that time is measured.
            let (now, late) = (Instant::now(), Duration::from_millis(2));
            let due = if now - due < late { now } else { due };
            let (status, body) = self.place(number).await?;
            let counted = due >= self.counted_from;
            if counted {
                answers.note(status, due.elapsed());
            }
            if status.is_success() {
                let accepted: Accepted = serde_json::from_slice(&body)?;
                // The receiver may be gone already; then the message is not needed.
                let _unheard = self.placed.send(Placed {
                    id: accepted.id,
                    position: accepted.position,
                    due,
                    counted,
                });
            }
        }
    }

    async fn place(&mut self, number: u64) -> anyhow::Result<(StatusCode, Bytes)> {
        let product = usize::try_from(number).unwrap_or_default() % shop::PRODUCTS;
        self.connection
            .send(Call::post(shop::ORDERS, &self.token, shop::order(product)))
            .await
    }
}

impl Answers {
    fn new(elapsed: Duration) -> Self {
        let answer_us = report::histogram();
        Self {
            accepted: 0,
            refused: BTreeMap::new(),
            answer_us,
            elapsed,
        }
    }

    fn note(&mut self, status: StatusCode, took: Duration) {
        if status.is_success() {
            self.accepted += 1;
            self.answer_us
                .saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        } else {
            *self.refused.entry(status.as_u16()).or_default() += 1;
        }
    }

    fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        self.accepted += other.accepted;
        for (status, count) in &other.refused {
            *self.refused.entry(*status).or_default() += count;
        }
        Ok(self.answer_us.add(&other.answer_us)?)
    }
}
