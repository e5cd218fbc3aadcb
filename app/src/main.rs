//! The one binary: every service, and the operator's tools.
//!
//! `waybill up` runs all services in one process; `waybill command-api`, `projector`, `query-api`, `realtime`
//! and `relay` run one each, from the same code. Every command finds its instance by `--data DIR`.
//!
//! **Architecture Invariant:** no rule of the business here: this crate only puts the services together.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;

mod access;
mod account;
mod benchmark;
mod changes;
mod check;
mod cli;
mod demo;
mod events;
mod exit;
mod health;
mod import;
mod instance;
mod migrate;
mod pages;
mod progress;
mod serve;
mod status;

use cli::{AccountCommand, Check, Cli, Command, EventsCommand, ImportSource, Serve};
use instance::Instance;
use serve::Services;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("waybill: {error:#}");
            exit::code(&error)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let instance = Instance::open(&cli.data)?;
    // The services' HTTP workers have threads of their own; this runtime has the executor, the relay, the
    // projector and the connections to Postgres.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    runtime.block_on(dispatch(instance, cli.command))
}

async fn dispatch(instance: Instance, command: Command) -> anyhow::Result<ExitCode> {
    let done = match command {
        Command::Up(options) => serve::run(instance, Services::ALL, options).await,
        Command::CommandApi(options) => {
            let relay = !options.no_relay;
            serve::run(
                instance,
                Services {
                    command_api: true,
                    relay,
                    ..Services::default()
                },
                options,
            )
            .await
        }
        Command::Projector => {
            serve::run(
                instance,
                Services {
                    projector: true,
                    ..Services::default()
                },
                Serve::default(),
            )
            .await
        }
        Command::QueryApi(options) => {
            serve::run(
                instance,
                Services {
                    query_api: true,
                    ..Services::default()
                },
                options,
            )
            .await
        }
        Command::Realtime(options) => {
            serve::run(
                instance,
                Services {
                    realtime: true,
                    ..Services::default()
                },
                options,
            )
            .await
        }
        Command::Relay => {
            serve::run(
                instance,
                Services {
                    relay: true,
                    ..Services::default()
                },
                Serve::default(),
            )
            .await
        }
        Command::Migrate => migrate::run(&instance).await,
        Command::Events {
            command: EventsCommand::Verify { json },
        } => return events::verify(&instance, json).await,
        Command::Account {
            command:
                AccountCommand::Create {
                    email,
                    password,
                    roles,
                    name,
                },
        } => {
            account::create(
                &instance,
                account::New {
                    email,
                    password,
                    roles,
                    name,
                },
            )
            .await
        }
        Command::Status { json } => status::run(&instance, json).await,
        Command::Bench { command } => benchmark::run(&instance, command).await,
        Command::Demo { accounts } => return demo::run(&instance, accounts).await,
        Command::Import {
            source: ImportSource::OnlineRetail { file, json },
        } => {
            return import::run(&instance, &file, json).await;
        }
        Command::Check(Check { history, json, deep }) => {
            return check::run(&instance, &check::Options { history, json, deep }).await;
        }
    };
    done.map(|()| ExitCode::SUCCESS)
}
