//! `waybill status`: where the instance is, and how far its log consumers have come.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use event_store::Store;
use event_store::kafka::log_identity;
use event_store::relay::published_position;
use schemas::consumer::{ConsumerState, ConsumerStatus};
use schemas::topic;
use serde::Serialize;
use url::Url;
use uuid::Uuid;

use crate::instance::Instance;

#[derive(Debug, Serialize)]
struct Status {
    url: String,
    /// The URL of the metrics; none if they were never served.
    metrics_url: Option<String>,
    log: Log,
    /// Without the password, unless secrets are shown.
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
    /// The log's id, which its messages carry.
    id: Uuid,
    /// When the log got a new id because the topic held another history.
    #[serde(skip_serializing_if = "Option::is_none")]
    renewed_at: Option<DateTime<Utc>>,
    /// The position up to which Kafka has every event.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
}

impl std::fmt::Display for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind)?;
        if let (Some(brokers), Some(published)) = (&self.brokers, self.published) {
            write!(f, " at {brokers}, published to position {published}")?;
        }
        if let Some(renewed_at) = self.renewed_at {
            write!(f, "; new id since {}", renewed_at.format("%F %T UTC"))?;
        }
        Ok(())
    }
}

impl Status {
    /// The log consumers, by kind. All kinds use the same table format.
    fn consumers(&self) -> Vec<(&'static str, &[ConsumerStatus])> {
        vec![("projection", &self.projections), ("policy", &self.policies)]
    }
}

/// Prints the status, as JSON or as a small table.
pub async fn run(instance: &Instance, json: bool, show_secrets: bool) -> anyhow::Result<()> {
    let mut status = read(instance).await?;
    if show_secrets {
        instance
            .config
            .postgres
            .url
            .expose()
            .clone_into(&mut status.postgres_url);
    }
    if json {
        outln!("{}", serde_json::to_string_pretty(&status)?);
        return Ok(());
    }
    outln!("address    {}", status.url);
    if let Some(metrics_url) = &status.metrics_url {
        outln!("metrics    {metrics_url}");
    }
    outln!("log        {}", status.log);
    outln!("position   {}", status.position);
    for (kind, consumers) in status.consumers() {
        out!("{}", table(kind, consumers));
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

fn without_password(url: &str) -> anyhow::Result<String> {
    let mut url = Url::parse(url)?;
    // Fails for URLs without a host, which have no password.
    let _no_password = url.set_password(None);
    let parameters: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if parameters.iter().any(|(name, _)| name == "password") {
        let others = parameters.iter().filter(|(name, _)| name != "password");
        url.query_pairs_mut().clear().extend_pairs(others);
    }
    Ok(url.into())
}

async fn read(instance: &Instance) -> anyhow::Result<Status> {
    let config = &instance.config;
    let pool = instance.pool("waybill-status").await?;
    let store = Store::new(pool.clone());
    let position = store.head().await?;
    let projections = projector::status(&pool).await?;
    let policies = command_api::policies::status(&pool).await?;
    let identity = log_identity(&store).await?;
    let published = match config.kafka {
        Some(_) => Some(published_position(&pool, topic::EVENTS).await?),
        None => None,
    };
    Ok(Status {
        url: config.http.public_url.clone(),
        metrics_url: crate::serve::metrics_url(&config.data_dir),
        log: Log {
            kind: config.log.as_str(),
            brokers: config.kafka.as_ref().map(|kafka| kafka.brokers.clone()),
            id: identity.log_id,
            renewed_at: identity.renewed_at,
            published,
        },
        postgres_url: without_password(config.postgres.url.expose())?,
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
    fn a_database_url_is_shown_without_its_password() {
        let shown = |url| without_password(url).unwrap();
        assert_eq!(
            shown("postgres://app:s3cret%40@127.0.0.1:5432/waybill?sslmode=disable"),
            "postgres://app@127.0.0.1:5432/waybill?sslmode=disable"
        );
        assert_eq!(shown("postgres://app@db/waybill"), "postgres://app@db/waybill");
        assert_eq!(shown("postgres:///waybill"), "postgres:///waybill");
        assert_eq!(
            shown("postgres://db/waybill?password=s3cret&sslmode=disable"),
            "postgres://db/waybill?sslmode=disable"
        );
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
