//! `waybill replay`: replays projections of a running instance, from the first event and without downtime.

use std::process::ExitCode;

use projector::replay::{self, Phase, ReplayStatus, Request, Requested, Verb};
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
}

/// Does what the command says.
pub async fn run(instance: &Instance, command: ReplayCommand) -> anyhow::Result<ExitCode> {
    let pool = instance.pool("waybill-replay").await?;
    let (verb, which, accepted, throttle, json) = match command {
        ReplayCommand::Status { json } => return status(&pool, json).await,
        ReplayCommand::Start {
            which,
            throttle,
            json,
        } => (Verb::Start, which, None, throttle, json),
        ReplayCommand::Pause { which } => (Verb::Pause, which, None, None, false),
        ReplayCommand::Resume { which, throttle } => (Verb::Resume, which, None, throttle, false),
        ReplayCommand::Cancel { which } => (Verb::Cancel, which, None, None, false),
        ReplayCommand::Verify { which, json } => (Verb::Verify, which, None, None, json),
        ReplayCommand::Switch { which, accept, json } => (Verb::Switch, which, accept, None, json),
        ReplayCommand::RollBack { which, json } => (Verb::RollBack, which, None, None, json),
        ReplayCommand::Drop { which } => (Verb::Drop, which, None, None, false),
    };
    let wish = Wish {
        instance,
        pool,
        verb,
        accepted,
        throttle,
    };
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
                Err(error @ projector::Error::UnknownProjection { .. }) => {
                    return Err(Failure::BadInput(error.to_string()).into());
                }
                Err(error) => return Err(error.into()),
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

    async fn request(&self, projection: &str) -> Result<Requested, projector::Error> {
        let by = operator();
        let request = Request {
            accepted: self.accepted.as_deref(),
            throttle: self.throttle,
            free_bytes: self.free_bytes(),
            ..Request::new(projection, self.verb, &by)
        };
        let requested = replay::request(&self.pool, &request).await?;
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

/// The name under which an operator's requests are stored.
pub fn operator() -> String {
    std::env::var("USER").unwrap_or_else(|_| "an operator".to_owned())
}
