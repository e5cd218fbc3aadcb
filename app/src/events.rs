//! `waybill events`: verifies, shows, follows and exports the event log, and compares its schemas.

use std::process::ExitCode;

use clap::Subcommand;

use crate::instance::Instance;

mod anchor;
mod conditions;
mod event_file;
mod export;
mod lint;
mod show;
mod table;
mod tail;
mod verify;

pub use conditions::time;
pub use lint::run as lint;

/// Commands for the event log.
#[derive(Debug, Subcommand)]
pub enum EventsCommand {
    /// Read the whole log and verify positions, versions and hash chains, and compare it with its anchors.
    Verify(verify::Options),
    /// Write a signed statement of what the log is now, which shows later whether it was rewritten.
    Anchor(anchor::Options),
    /// Show one event with its cause and effects, or list the events that meet the conditions.
    Show(show::Options),
    /// List events as they are recorded, until interrupted.
    Tail(tail::Options),
    /// Write events to a file, oldest first. Sealed texts stay sealed.
    Export(export::Options),
    /// Compare the event schemas of this program with the committed ones, and say whether every stored event can be read.
    Lint(lint::Options),
}

/// Runs one of the commands.
pub async fn run(instance: &Instance, command: EventsCommand) -> anyhow::Result<ExitCode> {
    match command {
        EventsCommand::Verify(options) => return verify::run(instance, options).await,
        EventsCommand::Anchor(options) => anchor::run(instance, options).await?,
        EventsCommand::Lint(options) => return lint(&options),
        EventsCommand::Show(options) => show::run(instance, options).await?,
        EventsCommand::Tail(options) => tail::run(instance, options).await?,
        EventsCommand::Export(options) => export::run(instance, options).await?,
    }
    Ok(ExitCode::SUCCESS)
}
