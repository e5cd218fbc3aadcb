//! `waybill status`: where the instance is, and how far its log consumers have come.

use std::fmt::Write as _;

use event_store::Store;
use schemas::consumer::{ConsumerState, ConsumerStatus};
use serde::Serialize;

use crate::instance::Instance;

#[derive(Debug, Serialize)]
struct Status {
    url: String,
    /// The URL of the metrics; none if they were never served.
    metrics_url: Option<String>,
    log: Log,
    postgres_url: String,
    position: i64,
    projections: Vec<ConsumerStatus>,
    policies: Vec<ConsumerStatus>,
}

#[derive(Debug, Serialize)]
struct Log {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    brokers: Option<String>,
}

impl Status {
    /// The log consumers, by kind. All kinds use the same table format.
    fn consumers(&self) -> Vec<(&'static str, &[ConsumerStatus])> {
        vec![("projection", &self.projections), ("policy", &self.policies)]
    }
}

/// Prints the status, as JSON or as a small table.
pub async fn run(instance: &Instance, json: bool) -> anyhow::Result<()> {
    let status = read(instance).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&status)?);
        return Ok(());
    }
    println!("address    {}", status.url);
    if let Some(metrics_url) = &status.metrics_url {
        println!("metrics    {metrics_url}");
    }
    println!(
        "log        {}{}",
        status.log.kind,
        status
            .log
            .brokers
            .as_ref()
            .map_or_else(String::new, |at| format!(" at {at}"))
    );
    println!("position   {}", status.position);
    for (kind, consumers) in status.consumers() {
        print!("{}", table(kind, consumers));
    }
    Ok(())
}

/// A table of consumers of one kind.
pub fn table(kind: &str, consumers: &[ConsumerStatus]) -> String {
    let mut table = format!("{kind:<20} {:>12} {:>8}  state\n", "position", "lag");
    for consumer in consumers {
        let mut state = match (consumer.state, consumer.parked) {
            (ConsumerState::Parked, parked) => format!("parked {parked}"),
            (state, 0) | (state @ ConsumerState::Stopped, _) => state.as_str().to_owned(),
            (state, parked) => format!("{}, parked {parked}", state.as_str()),
        };
        if let Some(error) = &consumer.error {
            write!(state, ": {error}").expect("a String takes all text");
        }
        writeln!(
            table,
            "{:<20} {:>12} {:>8}  {state}",
            consumer.name, consumer.position, consumer.lag
        )
        .expect("a String takes all text");
    }
    table
}

async fn read(instance: &Instance) -> anyhow::Result<Status> {
    let config = &instance.config;
    let pool = instance.pool("waybill-status").await?;
    let position = Store::new(pool.clone()).head().await?;
    let projections = projector::status(&pool).await?;
    let policies = command_api::policies::status(&pool).await?;
    Ok(Status {
        url: config.http.public_url.clone(),
        metrics_url: crate::serve::metrics_url(&config.data_dir),
        log: Log {
            kind: config.log.as_str(),
            brokers: config.kafka.as_ref().map(|kafka| kafka.brokers.clone()),
        },
        postgres_url: config.postgres.url.expose().to_owned(),
        position,
        projections: projections.into_iter().map(ConsumerStatus::from).collect(),
        policies: policies.into_iter().map(ConsumerStatus::from).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consumer(state: ConsumerState, parked: i64, error: Option<&str>) -> ConsumerStatus {
        ConsumerStatus {
            name: "orders".to_owned(),
            position: 7,
            lag: 1,
            state,
            parked,
            error: error.map(str::to_owned),
        }
    }

    #[test]
    fn the_table_shows_what_each_consumer_does_and_why_it_stopped() {
        let consumers = [
            consumer(ConsumerState::Running, 0, None),
            consumer(ConsumerState::Parked, 3, None),
            consumer(ConsumerState::Parked, 1, Some("the provider does not answer")),
            consumer(ConsumerState::Rebuilding, 2, None),
            consumer(ConsumerState::Stopped, 3, Some("an event is too new")),
        ];
        let table = table("projection", &consumers);
        let states: Vec<&str> = table
            .lines()
            .skip(1)
            .map(|line| line.rsplit_once("  ").unwrap().1)
            .collect();
        let expected = [
            "running",
            "parked 3",
            "parked 1: the provider does not answer",
            "rebuilding, parked 2",
            "stopped: an event is too new",
        ];
        assert_eq!(states, expected);
    }
}
