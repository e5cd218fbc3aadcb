//! `waybill demo`: loads the demo, and prints its accounts.

use std::process::ExitCode;

use importer::demo;
use platform::config::Environment;

use crate::exit::Failure;
use crate::import::TerminalProgress;
use crate::instance::Instance;

mod route;

pub use route::{configure, routes};

/// Loads the demo, or only prints its accounts.
pub async fn run(instance: &Instance, accounts_only: bool) -> anyhow::Result<ExitCode> {
    if !accounts_only {
        if instance.config.environment == Environment::Production {
            let refusal = "the demo's passwords are public: it is not loaded in production";
            return Err(Failure::BadInput(refusal.to_owned()).into());
        }
        let pool = instance.pool("waybill-demo").await?;
        demo::load(&pool, &instance.keys(&pool).await?, &TerminalProgress::default()).await?;
    }
    out!("{}", demo::table());
    Ok(ExitCode::SUCCESS)
}
