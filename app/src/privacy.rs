//! `waybill privacy`: erases persons, and exports what is stored about them.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Subcommand;
use command_api::accounts;
use command_api::executor::{Executor, Options, Submission};
use command_api::lookup::Lookup;
use command_api::privacy::{self, Subject};
use domain::PersonState;
use domain::privacy::ErasureRequester;
use domain::validate;
use event_store::Store;
use platform::clock::SystemClock;
use platform::shutdown::Shutdown;
use schemas::envelope::Actor;
use sqlx::PgPool;

use crate::exit::Failure;
use crate::instance::Instance;

/// How long the command waits for the policy that carries an erasure out.
const ERASED_WITHIN: Duration = Duration::from_secs(30);

/// Commands for the data of persons.
#[derive(Debug, Subcommand)]
pub enum PrivacyCommand {
    /// Erase a person: the key of their data, the account and its sessions. It cannot be undone. Refused while an order
    /// of the person is open.
    Erase {
        /// The e-mail address or id of an account, or the number or id of a guest's order.
        #[arg(value_name = "PERSON|EMAIL")]
        person: String,
        /// The reason, which is kept. Do not name the person in it.
        #[arg(long)]
        reason: String,
    },
    /// Write everything that is stored about a person as JSON, in the clear.
    Export {
        /// The e-mail address or id of an account, or the number or id of a guest's order.
        #[arg(value_name = "PERSON|EMAIL")]
        person: String,
        /// The file, which must not exist yet; `-` is standard output.
        #[arg(value_name = "FILE", default_value = "-")]
        file: PathBuf,
    },
}

/// Runs one of the commands.
pub async fn run(instance: &Instance, command: PrivacyCommand) -> anyhow::Result<()> {
    match command {
        PrivacyCommand::Erase { person, reason } => erase(instance, &person, &reason).await,
        PrivacyCommand::Export { person, file } => export(instance, &person, &file).await,
    }
}

async fn erase(instance: &Instance, person: &str, reason: &str) -> anyhow::Result<()> {
    let reason = validate::text("--reason", reason, 1..=validate::NOTE_CHARS_MAX)
        .map_err(|error| Failure::BadInput(error.to_string()))?;
    let pool = instance.pool("waybill-privacy").await?;
    let lookup = Lookup::new(Store::new(pool.clone()));
    let subject = find(&pool, &lookup, person).await?;
    let open = subject.open_orders(&lookup).await?;
    if !open.is_empty() {
        let numbers: Vec<String> = open.iter().map(|order| order.number()).collect();
        let numbers = numbers.join(", ");
        return Err(Failure::BadInput(format!(
            "orders of this person are still open: {numbers}; cancel them, or wait until they are delivered"
        ))
        .into());
    }
    let keys = instance.keys(&pool).await?;
    let command = subject
        .erasure(&keys, ErasureRequester::Operator, &reason)
        .await?;
    let shutdown = Shutdown::new();
    let (executor, worker) = Executor::start(
        Options::default(),
        Store::new(pool.clone()),
        Arc::new(SystemClock),
        shutdown.token(),
    );
    let submission = Submission {
        command: command.into(),
        idempotency: None,
        actor: Actor::Tool {
            name: "privacy".to_owned(),
        },
        occurred_at: None,
        cause: None,
        traceparent: None,
        new_keys: Vec::new(),
    };
    let requested = executor.execute(submission).await;
    shutdown.begin();
    worker.await?;
    requested?;
    if let Subject::Account(account_id) = subject {
        accounts::disable(&pool, account_id).await?;
    }
    report(&lookup, subject).await
}

/// Waits until the person is erased, and says so.
async fn report(lookup: &Lookup, subject: Subject) -> anyhow::Result<()> {
    let started = Instant::now();
    while lookup.person(subject.person_id()).await?.state != PersonState::Erased {
        if started.elapsed() > ERASED_WITHIN {
            return Err(Failure::Unavailable(format!(
                "the erasure of person {} is recorded, and will be carried out when the command service runs; `waybill policy list` shows what it waits for",
                subject.person_id()
            ))
            .into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    outln!("Person {} is erased.", subject.person_id());
    Ok(())
}

async fn export(instance: &Instance, person: &str, file: &Path) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-privacy").await?;
    let lookup = Lookup::new(Store::new(pool.clone()));
    let subject = find(&pool, &lookup, person).await?;
    let keys = instance.keys(&pool).await?;
    let export = privacy::export(&pool, &lookup, &keys, subject).await?;
    let text = serde_json::to_string_pretty(&export)?;
    if file == Path::new("-") {
        outln!("{text}");
        return Ok(());
    }
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    let mut output = opened.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::BadInput(format!(
            "{} exists; choose another name, or delete it first",
            file.display()
        )),
        _ => Failure::Output(error),
    })?;
    let written = output.write_all(text.as_bytes()).and_then(|()| output.sync_all());
    if let Err(error) = written {
        // The reason of the failed export says more than that of a failed deletion.
        let _deleted = std::fs::remove_file(file);
        return Err(Failure::Output(error).into());
    }
    note!("Written to {}.", file.display());
    Ok(())
}

async fn find(pool: &PgPool, lookup: &Lookup, person: &str) -> anyhow::Result<Subject> {
    let subject = privacy::find(pool, lookup, person.trim()).await?;
    subject
        .ok_or_else(|| Failure::BadInput(format!("{person} is no account, and no order of a guest")).into())
}
