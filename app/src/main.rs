//! The only binary: every service, and the operator's tools.
//!
//! `waybill up` runs all services in one process; `waybill command-api`, `projector`, `query-api`, `realtime`
//! and `relay` run one each, from the same code. Every command finds its instance by `--data DIR`.
//!
//! **Architecture Invariant:** this crate contains no business rule: it only assembles the services.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;

#[macro_use]
mod output;

mod access;
mod account;
mod anchors;
mod background;
mod benchmark;
mod changes;
mod check;
mod cli;
mod dead_letter;
mod demo;
mod environment;
mod events;
mod exit;
mod health;
mod import;
mod instance;
mod migrate;
mod openapi;
mod pages;
mod past;
mod policy;
mod privacy;
mod progress;
mod projection;
mod projections;
mod replay;
mod serve;
mod status;
mod system;
mod verification;

use cli::{AccountCommand, Check, Cli, Command, ImportSource, PolicyCommand, ProjectionCommand, Serve};
use events::EventsCommand;
use instance::Instance;
use serve::Services;

/// Memory is often freed by another thread than the one that allocated it, which is slow in the system's allocator: it
/// took a fifth of the CPU time of a busy instance.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    if let Err(error) = environment::forget_postgres_variables() {
        note!("waybill: {error}");
        return ExitCode::FAILURE;
    }
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            // Whoever closed the pipe wants to know nothing more.
            if !exit::is_closed_pipe(&error) {
                note!("waybill: {error:#}");
            }
            exit::code(&error)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if matches!(cli.command, Command::Openapi) {
        out!("{}", openapi::text());
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Events {
        command: EventsCommand::Lint(options),
    } = &cli.command
    {
        return events::lint(options);
    }
    let instance = Instance::open(&cli.data)?;
    // The services' HTTP workers and the background work have their own threads; this runtime runs the executor, the
    // sockets' hub and the connections to Postgres.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    runtime.block_on(dispatch(instance, cli.command))
}

async fn dispatch(instance: Instance, command: Command) -> anyhow::Result<ExitCode> {
    let none = Services::default();
    let (services, options) = match command {
        Command::Up(options) => (Services::ALL, options),
        Command::CommandApi(options) => (
            Services {
                command_api: true,
                relay: !options.no_relay,
                ..none
            },
            options,
        ),
        Command::Projector(process) => (
            Services {
                projector: true,
                ..none
            },
            Serve::of(process),
        ),
        Command::QueryApi(options) => (
            Services {
                query_api: true,
                ..none
            },
            options,
        ),
        Command::Realtime(options) => (
            Services {
                realtime: true,
                ..none
            },
            options,
        ),
        Command::Relay(process) => (Services { relay: true, ..none }, Serve::of(process)),
        tool => return use_tool(&instance, tool).await,
    };
    serve::run(instance, services, options)
        .await
        .map(|()| ExitCode::SUCCESS)
}

/// Runs one of the operator's tools to completion.
async fn use_tool(instance: &Instance, tool: Command) -> anyhow::Result<ExitCode> {
    match tool {
        Command::Migrate => migrate::run(instance).await?,
        Command::Demo { accounts } => return demo::run(instance, accounts).await,
        Command::Import {
            source: ImportSource::OnlineRetail { file, json },
        } => {
            return import::run(instance, &file, json).await;
        }
        Command::Check(Check { history, json, deep }) => {
            return check::run(instance, &check::Options { history, json, deep }).await;
        }
        Command::Events { command } => return events::run(instance, command).await,
        Command::Show(options) => past::show(instance, options).await?,
        Command::History(options) => past::history(instance, options).await?,
        Command::Diff(options) => past::diff(instance, options).await?,
        Command::Account { command } => match command {
            AccountCommand::Create {
                email,
                password,
                roles,
                name,
            } => {
                let new = account::New {
                    email,
                    password,
                    roles,
                    name,
                };
                account::create(instance, new).await?;
            }
            AccountCommand::Disable { email } => account::disable(instance, &email).await?,
            AccountCommand::Enable { email } => account::enable(instance, &email).await?,
        },
        Command::Policy { command } => match command {
            PolicyCommand::List { json } => policy::list(instance, json).await?,
            PolicyCommand::Restart { policy, from, reason } => {
                policy::restart(instance, &policy, from, &reason).await?;
            }
        },
        Command::DeadLetters { command } => dead_letter::cli::run(instance, command).await?,
        Command::Privacy { command } => privacy::run(instance, command).await?,
        Command::Replay { command } => return replay::run(instance, command).await,
        Command::Projection { command } => match command {
            ProjectionCommand::List { json } => projection::list(instance, json).await?,
            ProjectionCommand::Restart { reason } => projection::restart(instance, &reason).await?,
        },
        Command::Status { json, show_secrets } => status::run(instance, json, show_secrets).await?,
        Command::Bench { command } => benchmark::run(instance, command).await?,
        service => unreachable!("{service:?} is run by dispatch"),
    }
    Ok(ExitCode::SUCCESS)
}
