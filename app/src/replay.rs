//! `waybill replay`: replays projections of a running instance, from the first event and without downtime.

use std::process::ExitCode;

use event_store::Store;
use projector::replay::{self, DryRun, Phase, ReplayStatus, Request, Requested, Verb};
use serde::Serialize;
use sqlx::PgPool;

use crate::cli::{ReplayCommand, Which};
use crate::exit::Failure;
use crate::instance::Instance;

pub mod http;
pub mod source;
mod text;
mod wait;

#[derive(Debug, Serialize)]
struct Listing {
    replays: Vec<ReplayStatus>,
}

/// What an operator asked for.
struct Wish<'a> {
    instance: &'a Instance,
    pool: PgPool,
    verb: Verb,
    accepted: Option<String>,
    throttle: Option<i32>,
    workers: Option<i32>,
}

#[derive(Debug, Serialize)]
struct DryRuns {
    dry_runs: Vec<DryRun>,
}

/// Does what the command says.
pub async fn run(instance: &Instance, command: ReplayCommand) -> anyhow::Result<ExitCode> {
    let pool = instance.pool("waybill-replay").await?;
    let mut wish = Wish {
        instance,
        pool,
        verb: Verb::Start,
        accepted: None,
        throttle: None,
        workers: None,
    };
    let (verb, which, json) = match command {
        ReplayCommand::Status { json } => return status(&wish.pool, json).await,
        ReplayCommand::Start {
            which: Which {
                projection: Some(projection),
                ..
            },
            key: Some(key),
            json,
            ..
        } => return wish.rebuild_key(&projection, &key, json).await,
        ReplayCommand::Start {
            which,
            throttle,
            workers,
            dry_run,
            json,
            ..
        } => {
            (wish.throttle, wish.workers) = (throttle, workers);
            if dry_run {
                return wish.dry_run(which, json).await;
            }
            (Verb::Start, which, json)
        }
        ReplayCommand::Pause { which } => (Verb::Pause, which, false),
        ReplayCommand::Resume {
            which,
            throttle,
            workers,
        } => {
            (wish.throttle, wish.workers) = (throttle, workers);
            (Verb::Resume, which, false)
        }
        ReplayCommand::Cancel { which } => (Verb::Cancel, which, false),
        ReplayCommand::Verify { which, json } => (Verb::Verify, which, json),
        ReplayCommand::Switch { which, accept, json } => {
            wish.accepted = accept;
            (Verb::Switch, which, json)
        }
        ReplayCommand::RollBack { which, json } => (Verb::RollBack, which, json),
        ReplayCommand::Drop { which } => (Verb::Drop, which, false),
    };
    wish.verb = verb;
    wish.grant(which, json).await
}

/// Prints the replays, as JSON or as a table.
async fn status(pool: &PgPool, json: bool) -> anyhow::Result<ExitCode> {
    let replays = replay::list(pool).await?;
    if json {
        outln!("{}", serde_json::to_string_pretty(&Listing { replays })?);
    } else {
        out!("{}", text::table(&replays));
    }
    Ok(ExitCode::SUCCESS)
}

impl Wish<'_> {
    /// Requests it for each projection, waits for what takes time, and prints the result. A refusal for one does not keep
    /// the others from it, but fails the command.
    async fn grant(&self, which: Which, json: bool) -> anyhow::Result<ExitCode> {
        let projections = self.projections(which).await?;
        let mut refusals = Vec::new();
        let mut requested = Vec::new();
        for projection in projections {
            match self.request(&projection).await {
                Ok(_) => requested.push(projection),
                Err(error @ projector::Error::ReplayRefused { .. }) => refusals.push(error.to_string()),
                Err(error) => return Err(bad_input(error)),
            }
        }
        if !requested.is_empty() {
            refusals.extend(wait::until_done(&self.pool, self.verb, &requested).await?);
        }
        let mut replays = replay::list(&self.pool).await?;
        replays.retain(|replay| requested.contains(&replay.projection));
        if json {
            outln!("{}", serde_json::to_string_pretty(&Listing { replays })?);
        } else {
            for replay in &replays {
                out!("{}", text::result(self.verb, replay));
            }
        }
        for refusal in &refusals {
            note!("waybill: {refusal}");
        }
        Ok(if refusals.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// Says what a start would do for each projection. Fails if one would be refused.
    async fn dry_run(&self, which: Which, json: bool) -> anyhow::Result<ExitCode> {
        let by = operator();
        let mut dry_runs = Vec::new();
        for projection in self.projections(which).await? {
            let dry_run = replay::dry_run(&self.pool, &self.request_for(&projection, &by)).await;
            dry_runs.push(dry_run.map_err(bad_input)?);
        }
        let is_refused = dry_runs.iter().any(|dry_run| !dry_run.refusals.is_empty());
        if json {
            outln!("{}", serde_json::to_string_pretty(&DryRuns { dry_runs })?);
        } else {
            for dry_run in &dry_runs {
                out!("{}", text::dry_run(dry_run));
            }
            outln!("Nothing was started.");
        }
        Ok(if is_refused {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    /// Rebuilds the rows of one key, and prints what that changed.
    async fn rebuild_key(&self, projection: &str, key: &str, json: bool) -> anyhow::Result<ExitCode> {
        let store = Store::new(self.pool.clone());
        let rebuilt = replay::rebuild_key(&store, projection, key, &operator()).await;
        let report = rebuilt.map_err(bad_input)?;
        if json {
            outln!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            out!("{}", text::key(&report));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn request_for<'a>(&'a self, projection: &'a str, by: &'a str) -> Request<'a> {
        Request {
            accepted: self.accepted.as_deref(),
            throttle: self.throttle,
            workers: self.workers,
            free_bytes: self.free_bytes(),
            ..Request::new(projection, self.verb, by)
        }
    }

    async fn request(&self, projection: &str) -> Result<Requested, projector::Error> {
        let by = operator();
        let requested = replay::request(&self.pool, &self.request_for(projection, &by)).await?;
        if requested.drops_replaced && self.verb == Verb::Start {
            note!(
                "The tables that the last replay of {projection} replaced are dropped: it can't be rolled back any more."
            );
        }
        Ok(requested)
    }

    /// The free space of the instance's private database, if it has one.
    fn free_bytes(&self) -> Option<u64> {
        let cluster = self.instance.config.data_dir.join("postgres");
        crate::serve::free_bytes(&cluster).ok()
    }

    /// The projections that are meant. All are those that the verb concerns.
    async fn projections(&self, which: Which) -> anyhow::Result<Vec<String>> {
        if let Some(projection) = which.projection {
            return Ok(vec![projection]);
        }
        let replays = replay::list(&self.pool).await?;
        let concerns = |phase: Phase| match self.verb {
            Verb::Start | Verb::Resume => matches!(phase, Phase::Paused | Phase::Failed),
            Verb::Pause => phase.is_driven() && phase != Phase::Switched,
            Verb::Cancel => !matches!(phase, Phase::Switched | Phase::Cancelled),
            Verb::Verify | Verb::Switch => !phase.is_over(),
            Verb::RollBack | Verb::Drop => phase == Phase::Switched,
        };
        let projections: Vec<String> = if self.verb == Verb::Start {
            projector::projection_names()
                .into_iter()
                .map(str::to_owned)
                .collect()
        } else {
            let concerned = replays.into_iter().filter(|replay| concerns(replay.phase));
            concerned.map(|replay| replay.projection).collect()
        };
        if projections.is_empty() {
            anyhow::bail!("there is no replay to {}", text::name(self.verb));
        }
        Ok(projections)
    }
}

/// An unknown projection has an exit code of its own.
fn bad_input(error: projector::Error) -> anyhow::Error {
    match error {
        projector::Error::UnknownProjection { .. } => Failure::BadInput(error.to_string()).into(),
        error => error.into(),
    }
}

/// The name under which an operator's requests are stored.
pub fn operator() -> String {
    std::env::var("USER").unwrap_or_else(|_| "an operator".to_owned())
}
