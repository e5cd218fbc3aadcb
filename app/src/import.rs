//! `waybill import online-retail`: the invoices of the UCI *Online Retail* data set as orders.
//!
//! The file is read whole and judged before anything is done: a malformed file is reported by line and changes
//! nothing. Then every order and every return that the file's rules give goes through the executor, the sandbox
//! provider and the courier's steps, at the data's own times, in a process and on an executor of its own beside
//! the running server.
//!
//! Every id and every idempotency key is made from the invoice's number, so an import that was killed goes on
//! where it stopped, and repeating one, or importing a file that overlaps with an earlier one, does nothing
//! twice. A return is matched within its own file only.
//!
//! **Architecture Invariant:** the report is a function of the file alone; what the store holds already cannot
//! change it.

use std::path::Path;
use std::process::ExitCode;

use event_store::Store;
use sqlx::PgPool;

use crate::exit::Failure;
use crate::instance::Instance;

pub mod catalogue;
pub mod client;
mod ids;
mod imported_before;
mod lifecycle;
mod lock;
mod matching;
pub mod people;
mod price;
mod progress;
mod report;
mod rows;
mod rules;
pub mod sales;
mod schedule;
pub mod source;
mod supply;

use client::CommandClient;
use sales::Sales;

/// Failures shown by name; further ones are only counted.
const FAILURES_SHOWN_MAX: usize = 20;

/// Reads `file`, brings it in, and prints the report.
pub async fn run(instance: &Instance, file: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let path = file.to_owned();
    let sales = tokio::task::spawn_blocking(move || read(&path)).await??;
    let pool = instance.pool("waybill-import").await?;
    let failures = bring_in(&pool, &sales).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&sales.report)?);
    } else {
        print!("{}", sales.report);
    }
    for failure in failures.iter().take(FAILURES_SHOWN_MAX) {
        eprintln!("waybill: {failure}");
    }
    if failures.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "waybill: {} of the file's orders and returns could not be brought in",
        failures.len()
    );
    Ok(ExitCode::FAILURE)
}

/// Reads and judges a file.
pub fn read(path: &Path) -> Result<Sales, Failure> {
    let unreadable =
        |error: std::io::Error| Failure::MissingFile(format!("{} cannot be read: {error}", path.display()));
    let file = std::fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Failure::MissingFile(format!("{} is a folder", path.display())));
    }
    let bad = |error: &dyn std::fmt::Display| {
        Failure::BadInput(format!("{} was not imported:\n{error}", path.display()))
    };
    let source = source::open(file).map_err(unreadable)?;
    sales::read(source).map_err(|error| bad(&error))
}

/// Brings in what a file holds, as far as it is not there yet. Gives what the store refused, which is empty
/// unless somebody else changed the same orders or the file contradicts an earlier one.
pub async fn bring_in(pool: &PgPool, sales: &Sales) -> anyhow::Result<Vec<schedule::Refused>> {
    let _lock = lock::take(pool).await?;
    let store = Store::new(pool.clone());
    let client = CommandClient::open(pool, "import");
    let people = people::find(pool).await?;
    let done = imported_before::find(&client, sales).await?;
    let result = async {
        supply::provide(&store, &client, sales, (&done, people.seller_id)).await?;
        Ok(schedule::carry_out(&client, sales, (&done, people.courier_id)).await?)
    }
    .await;
    client.close().await?;
    result
}
