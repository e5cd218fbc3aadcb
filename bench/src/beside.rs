//! A replay of all projections beside a load.

use std::time::Duration;

use anyhow::ensure;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Instance;
use crate::http::{Call, Connection};

const REPLAYS: &str = "/api/v1/admin/replays";
/// Time between two looks at the replays.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Replays that this run has started.
pub(crate) struct Beside {
    instance: Instance,
    connection: Connection,
    projections: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct List {
    items: Vec<Replay>,
}

#[derive(Debug, Deserialize)]
struct Replay {
    projection: String,
    phase: String,
    position: i64,
    wanted: Option<Value>,
}

impl Beside {
    /// Starts a replay of every projection, and waits until one is being built.
    pub(crate) async fn start(instance: &Instance, throttle: u32) -> anyhow::Result<Self> {
        let projections = projector::projection_names();
        let mut beside = Self {
            instance: instance.clone(),
            connection: Connection::open(&instance.address).await?,
            projections: projections.into_iter().map(str::to_owned).collect(),
        };
        for projection in beside.projections.clone() {
            let start = json!({"projection": projection, "verb": "start", "throttle": throttle});
            beside.request(start).await?;
        }
        while !beside.list().await?.iter().any(Replay::is_under_way) {
            tokio::time::sleep(POLL_INTERVAL).await;
        }
        Ok(beside)
    }

    /// Cancels them.
    ///
    /// # Errors
    /// When they were done before: then the load did not run beside them.
    pub(crate) async fn cancel(mut self) -> anyhow::Result<()> {
        let is_under_way = self.list().await?.iter().any(Replay::is_under_way);
        for projection in self.projections.clone() {
            self.request(json!({"projection": projection, "verb": "cancel"}))
                .await?;
        }
        while self.list().await?.iter().any(|replay| replay.wanted.is_some()) {
            tokio::time::sleep(POLL_INTERVAL).await;
        }
        ensure!(
            is_under_way,
            "the replay was done before the load: choose a smaller --replay-throttle, or measure a longer log"
        );
        Ok(())
    }

    async fn request(&mut self, body: Value) -> anyhow::Result<()> {
        let call = Call::post(REPLAYS, &self.instance.admin_token, body.to_string());
        self.connection.succeed(call).await?;
        Ok(())
    }

    async fn list(&mut self) -> anyhow::Result<Vec<Replay>> {
        let call = Call::get(REPLAYS, &self.instance.admin_token);
        let mut list: List = serde_json::from_slice(&self.connection.succeed(call).await?)?;
        list.items
            .retain(|replay| self.projections.contains(&replay.projection));
        Ok(list.items)
    }
}

impl Replay {
    fn is_under_way(&self) -> bool {
        self.phase == "building" && self.position > 0
    }
}
