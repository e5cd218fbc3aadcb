//! `waybill bench orders`.

use std::collections::HashMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use hdrhistogram::Histogram;
use sqlx::{Connection as _, PgConnection};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::beside::Beside;
use crate::ceiling;
use crate::load::{self, Load, Placed};
use crate::process::Watch;
use crate::read_model::{self, Lag};
use crate::report::{self, Durability, Percentiles, Report, Run};
use crate::socket::{self, Seen};
use crate::{Instance, OrdersOptions, shop};

/// The loads that are run when no rate is given.
const RATES: [u32; 3] = [0, 2_500, 500];
/// How long the bare append is measured for each batch size.
const CEILING_TIME: Duration = Duration::from_secs(5);
/// Orders of one bare append: the executor's largest batch.
const CEILING_ORDERS: usize = 256;
/// How long the socket may take to receive the last order after the load.
const SOCKET_GRACE: Duration = Duration::from_secs(10);

/// Runs the measurement and prints the report.
pub(crate) async fn run(instance: Instance, options: OrdersOptions) -> anyhow::Result<()> {
    let durability = durability(&instance.postgres_url).await?;
    shop::stock_up(&instance).await?;
    let runs = put_loads_on(&instance, &options).await?;
    // The ceilings are measured after the loads, because the vacuum and the checkpoint they cause would slow the loads.
    // The second ceiling uses the most orders that these clients can have waiting.
    let mut sizes = vec![
        CEILING_ORDERS,
        usize::try_from(options.clients)?.min(CEILING_ORDERS),
    ];
    sizes.dedup();
    let mut ceilings = Vec::new();
    for batch_orders in sizes {
        note!(
            "Measuring the bare append of {batch_orders} orders at a time for {} s",
            CEILING_TIME.as_secs()
        );
        ceilings.push(ceiling::measure(&instance.postgres_url, batch_orders, CEILING_TIME).await?);
    }
    let report = Report::new(durability, ceilings, runs);
    let json = serde_json::to_string_pretty(&report)?;
    if let Some(path) = &options.out {
        std::fs::write(path, &json).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    if options.json {
        writeln!(std::io::stdout(), "{json}")?;
    } else {
        write!(std::io::stdout(), "{report}")?;
    }
    Ok(())
}

/// Runs the requested loads, one after the other.
async fn put_loads_on(instance: &Instance, options: &OrdersOptions) -> anyhow::Result<Vec<Run>> {
    let rates = options.rate.map_or_else(|| RATES.to_vec(), |rate| vec![rate]);
    let mut runs = Vec::new();
    for rate in rates {
        let wanted = if rate == 0 {
            "as many orders as they can".to_owned()
        } else {
            format!("{rate} orders/s")
        };
        note!(
            "{} clients place {wanted} for {} s",
            options.clients,
            options.seconds
        );
        let duration = Duration::from_secs(options.seconds.into());
        let load = Load {
            clients: options.clients,
            rate,
            warm_up: duration / 10,
            duration,
        };
        runs.push(measure(instance, load, options.answers_only).await?);
        if let Some(throttle) = options.replay_throttle {
            note!("The same beside a replay of {throttle} events/s");
            let replay = Beside::start(instance, throttle).await?;
            let measured = measure(instance, load, options.answers_only).await;
            replay.cancel().await?;
            runs.push(Run {
                replay_throttle: Some(throttle),
                ..measured?
            });
        }
    }
    Ok(runs)
}

async fn durability(postgres_url: &str) -> anyhow::Result<Durability> {
    let mut connection = PgConnection::connect(postgres_url)
        .await
        .context("Postgres, as its owner")?;
    let (fsync, synchronous_commit) =
        sqlx::query_as("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            .fetch_one(&mut connection)
            .await?;
    Ok(Durability {
        fsync,
        synchronous_commit,
    })
}

/// Runs one load, observed by one socket and one reader unless only the answers are measured.
async fn measure(instance: &Instance, load: Load, answers_only: bool) -> anyhow::Result<Run> {
    let (placed_sender, placed) = mpsc::unbounded_channel();
    let watching = if answers_only {
        None
    } else {
        Some(Watching::start(instance, placed).await?)
    };
    let usage = Watch::start(&instance.data_dir);
    let answers = load::run(instance, load, placed_sender).await?;
    let processes = usage.usage();
    let seen = match watching {
        Some(watching) => Some(watching.finish().await?),
        None => None,
    };
    #[allow(clippy::cast_precision_loss)]
    let accepted_per_s = answers.accepted as f64 / answers.elapsed.as_secs_f64();
    Ok(Run {
        clients: load.clients,
        rate: load.rate,
        replay_throttle: None,
        accepted: answers.accepted,
        accepted_per_s,
        shares_of_ceilings: Vec::new(),
        refused: answers.refused,
        answer_ms: Percentiles::of(&answers.answer_us),
        seen,
        processes,
    })
}

/// The observers of a load: a socket, a reader, and the lag.
struct Watching {
    asking: JoinHandle<anyhow::Result<Histogram<u64>>>,
    matching: JoinHandle<SocketTimes>,
    lag: JoinHandle<anyhow::Result<Lag>>,
    running: watch::Sender<()>,
}

impl Watching {
    async fn start(instance: &Instance, placed: mpsc::UnboundedReceiver<Placed>) -> anyhow::Result<Self> {
        let (seen_sender, seen) = mpsc::unbounded_channel();
        // Only one order at a time is queried; orders due in the meantime are skipped.
        let (ask_sender, to_ask) = mpsc::channel(1);
        let (running, until) = watch::channel(());
        socket::watch(instance, seen_sender).await?;
        Ok(Self {
            asking: tokio::spawn(read_model::ask(instance.clone(), to_ask)),
            matching: tokio::spawn(match_socket(placed, seen, ask_sender)),
            lag: tokio::spawn(read_model::lag(instance.postgres_url.clone(), until)),
            running,
        })
    }

    /// Waits until all observations are complete.
    async fn finish(self) -> anyhow::Result<report::Seen> {
        drop(self.running);
        let lag = self.lag.await??;
        let socket = self.matching.await?;
        let read_model_us = self.asking.await??;
        Ok(report::Seen {
            command_to_read_model_ms: Percentiles::of(&read_model_us),
            command_to_socket_ms: Percentiles::of(&socket.us),
            socket_missed: socket.missed,
            lag,
        })
    }
}

/// Times from command to socket.
struct SocketTimes {
    us: Histogram<u64>,
    /// Orders that the socket had not received when the grace period was over.
    missed: usize,
}

/// Matches the placed orders with those that the socket received, which may arrive first.
async fn match_socket(
    mut placed: mpsc::UnboundedReceiver<Placed>,
    mut seen: mpsc::UnboundedReceiver<Seen>,
    ask: mpsc::Sender<Placed>,
) -> SocketTimes {
    let mut us = report::histogram();
    let mut waiting: HashMap<Uuid, Instant> = HashMap::new();
    let mut early: HashMap<Uuid, Instant> = HashMap::new();
    let mut record = |due: Instant, at: Instant| {
        us.saturating_record(
            u64::try_from(at.saturating_duration_since(due).as_micros()).unwrap_or(u64::MAX),
        );
    };
    let mut deadline = None;
    loop {
        let grace_over = async {
            match deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            order = placed.recv(), if deadline.is_none() => match order {
                Some(order) => {
                    match early.remove(&order.id) {
                        Some(at) if order.counted => record(order.due, at),
                        None if order.counted => drop(waiting.insert(order.id, order.due)),
                        Some(_) | None => {}
                    }
                    if order.counted {
                        // The queue is full while another order is being queried.
                        let _busy = ask.try_send(order);
                    }
                }
                None => deadline = Some(tokio::time::Instant::now() + SOCKET_GRACE),
            },
            order = seen.recv() => match order {
                Some(Seen { id, at }) => match waiting.remove(&id) {
                    Some(due) => record(due, at),
                    None if deadline.is_none() => drop(early.insert(id, at)),
                    None => {}
                },
                None => break,
            },
            () = grace_over => break,
        }
        if deadline.is_some() && waiting.is_empty() {
            break;
        }
    }
    SocketTimes {
        us,
        missed: waiting.len(),
    }
}
