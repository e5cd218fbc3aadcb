//! `/api/v1/admin/log`: verifications of the log, and its anchors.

use actix_web::web;
use chrono::{DateTime, Utc};
use event_store::anchor::Anchor;
use event_store::verification::Verification;
use platform::answer::{Found, Received};
use platform::auth::{Authenticated, Permission};
use platform::problem::{Kind, Problem};
use platform::route::{self, Access, Route};
use schemars::JsonSchema;
use serde::Serialize;

use super::LogChecks;
use crate::exit::Failure;

/// How soon clients may retry while Postgres is unavailable.
const RETRY_AFTER_S: u32 = 1;

/// The most verifications that are listed.
const VERIFICATIONS_MAX: i64 = 20;

/// The most anchors that are listed.
const ANCHORS_MAX: usize = 50;

/// The log is being verified.
static VERIFICATION_RUNNING: Kind = Kind::new("verification-running", "The log is being verified", 409);

/// The log has no event.
static LOG_EMPTY: Kind = Kind::new("log-empty", "The log is empty", 409);

/// A line of the file of anchors is damaged, or was signed by somebody else.
static ANCHORS_DAMAGED: Kind = Kind::new("anchors-damaged", "The anchors are damaged", 409);

/// The operations on the log.
pub fn routes() -> Vec<Route> {
    let access = Access::Permission(Permission::VerifyLog);
    let routes = [
        Route::get("/admin/log/verifications", "listLogVerifications", access, list)
            .summary("List the last verifications of the log, newest first")
            .description("A verification reads every event, checks positions, versions and hash chains, and compares the log with its anchors. Poll while one runs: `position` of `head` is its progress."),
        Route::post("/admin/log/verifications", "verifyLog", access, verify)
            .summary("Verify the log, in the background")
            .description("One runs at a time; a second is refused. It is the same as `waybill events verify`, and is read at low priority.")
            .problems(&[&VERIFICATION_RUNNING]),
        Route::get("/admin/log/anchors", "listLogAnchors", access, list_anchors)
            .summary("List the newest anchors of the log")
            .description("Those in the folder of the process that answers."),
        Route::post("/admin/log/anchors", "anchorLog", access, anchor)
            .summary("Anchor the log now")
            .description("Answers with the newest anchor; that is an earlier one if nothing was recorded since.")
            .problems(&[&LOG_EMPTY, &ANCHORS_DAMAGED]),
    ];
    routes.map(|route| route.tag("admin")).into()
}

/// Registers the operations.
pub fn configure(config: &mut web::ServiceConfig, checks: LogChecks) {
    config.app_data(web::Data::new(checks));
    route::configure(config, &routes());
}

/// Verifications of the log.
#[derive(Debug, Serialize, JsonSchema)]
struct LogVerificationList {
    /// At most 20, newest first.
    items: Vec<Verification>,
}

/// Anchors of the log.
#[derive(Debug, Serialize, JsonSchema)]
struct LogAnchorList {
    /// At most 50, newest first.
    items: Vec<LogAnchor>,
    /// The number of all anchors.
    count: usize,
    /// The file with the anchors.
    file: String,
    /// What is wrong with the file, a sentence; no anchor of it can be used then.
    damage: Option<String>,
}

/// A signed statement of what the log was.
#[derive(Debug, Serialize, JsonSchema)]
struct LogAnchor {
    /// The position of the last event.
    position: i64,
    /// When it was written.
    anchored_at: DateTime<Utc>,
    /// The digest of the log up to the position, hex.
    digest: String,
}

impl From<Anchor> for LogAnchor {
    fn from(anchor: Anchor) -> Self {
        Self {
            position: anchor.position,
            anchored_at: anchor.anchored_at,
            digest: anchor.digest,
        }
    }
}

async fn list(checks: web::Data<LogChecks>) -> Result<Found<LogVerificationList>, Problem> {
    let items = checks.store.verifications(VERIFICATIONS_MAX).await;
    let items = items.map_err(store)?;
    Ok(Found(LogVerificationList { items }))
}

async fn verify(
    checks: web::Data<LogChecks>,
    caller: Authenticated,
) -> Result<Received<Verification>, Problem> {
    let started = checks.start(&format!("account {}", caller.subject)).await;
    let started = started.map_err(store)?.ok_or_else(|| {
        let detail = "The log is being verified already. Wait until that is finished.";
        Problem::new(&VERIFICATION_RUNNING, detail)
    });
    started.map(Received)
}

async fn list_anchors(checks: web::Data<LogChecks>) -> Result<Found<LogAnchorList>, Problem> {
    let (anchors, damage) = match checks.anchors().await {
        Ok(anchors) => (anchors, None),
        Err(Failure::BadInput(damage)) => (Vec::new(), Some(damage)),
        Err(failure) => return Err(Problem::internal(failure)),
    };
    Ok(Found(LogAnchorList {
        count: anchors.len(),
        items: anchors
            .into_iter()
            .rev()
            .take(ANCHORS_MAX)
            .map(LogAnchor::from)
            .collect(),
        file: crate::anchors::file(&checks.data_dir).display().to_string(),
        damage,
    }))
}

async fn anchor(checks: web::Data<LogChecks>) -> Result<Found<LogAnchor>, Problem> {
    let anchor = checks.anchor().await.map_err(problem)?;
    let anchor = anchor.ok_or_else(|| Problem::new(&LOG_EMPTY, "The log has no event to anchor."))?;
    Ok(Found(anchor.into()))
}

fn problem(error: anyhow::Error) -> Problem {
    let error = match error.downcast::<event_store::Error>() {
        Ok(error) => return store(error),
        Err(error) => error,
    };
    match error.downcast::<Failure>() {
        Ok(Failure::BadInput(damage)) => Problem::new(&ANCHORS_DAMAGED, damage),
        Ok(failure) => Problem::internal(failure),
        Err(error) => Problem::internal(error),
    }
}

fn store(error: event_store::Error) -> Problem {
    if error.is_unavailable() {
        Problem::unavailable(RETRY_AFTER_S, error)
    } else {
        Problem::internal(error)
    }
}
