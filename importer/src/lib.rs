//! Imports the invoices of the UCI *Online Retail* data set as orders, and loads the demo.
//!
//! [`read`] reads and checks a whole file before anything is changed: a malformed file is reported by line and changes
//! nothing. [`import`] first compares the file with what was imported before: an invoice that has more, fewer or other
//! rows now is reported by line and changes nothing. It then sends every order and every return of the file through the
//! executor, the sandbox provider and the courier's steps, with the times in the data, on its own executor next to the
//! running server. [`demo`] does the same with a sample that is part of the binary, and adds accounts, products and
//! stock.
//!
//! Every id and every idempotency key is derived from the content: those of an order from its invoice number, those of a
//! return from its row. An import that was killed resumes where it stopped; repeating one, or importing a file that
//! overlaps with an earlier one, repeats no step. A return is matched only within its own file.
//!
//! This crate is not a command line tool: it prints nothing, and reports through [`Progress`], [`Report`] and
//! [`Error`].
//!
//! ```no_run
//! # async fn example(pool: sqlx::PgPool, progress: &dyn importer::Progress) -> Result<(), importer::Error> {
//! let sales = importer::read("online-retail.csv.gz".as_ref())?;
//! let refused = importer::import(&pool, &sales, progress).await?;
//! println!("{}{} refused", sales.report, refused.len());
//! # Ok(())
//! # }
//! ```
//!
//! **Architecture Invariant:** the report is a function of the file alone; the contents of the store cannot change it.
//! Events are written only through the executor.

use std::path::Path;

use event_store::Store;
use sqlx::PgPool;

mod catalogue;
mod client;
mod contradiction;
mod credit;
pub mod demo;
mod error;
mod first_events;
mod ids;
mod imported_before;
mod lifecycle;
mod lock;
mod matching;
mod people;
mod price;
mod progress;
mod report;
mod rows;
mod rules;
mod sales;
mod schedule;
mod source;
mod supply;
mod timestamp;

pub use credit::Credit;
pub use error::Error;
pub use progress::Progress;
pub use report::Report;
pub use rules::Reason;
pub use sales::{Line, Order, Product, Return, Sales};
pub use schedule::Refused;

use client::CommandClient;

/// Reads and checks a file: CSV, or CSV in gzip.
///
/// # Errors
/// When there is no such file, or its content is not valid.
pub fn read(path: &Path) -> Result<Sales, Error> {
    let unreadable = |source| Error::Unreadable {
        path: path.to_owned(),
        source,
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Error::IsFolder(path.to_owned()));
    }
    let source = source::open(file).map_err(unreadable)?;
    sales::read(source).map_err(|malformed| Error::Malformed {
        path: path.to_owned(),
        malformed,
    })
}

/// Imports the parts of a file that are not stored yet. Returns what the store refused, which is empty unless others
/// changed the same orders.
///
/// # Errors
/// When the file contradicts what was imported before, the store or the payment provider stays unavailable, or another
/// import is running.
pub async fn import(pool: &PgPool, sales: &Sales, progress: &dyn Progress) -> Result<Vec<Refused>, Error> {
    let _lock = lock::acquire(pool).await?;
    let store = Store::new(pool.clone());
    let client = CommandClient::open(pool, "import");
    let people = people::find(pool).await?;
    let result = async {
        let before = imported_before::find(&store, &client, sales).await?;
        contradiction::check(&store, sales, &before).await?;
        supply::provide(&store, &client, sales, (&before, people.seller_id)).await?;
        let run = schedule::Run {
            client: &client,
            sales,
            before: &before,
            courier_id: people.courier_id,
        };
        run.import_all(progress).await
    }
    .await;
    client.close().await?;
    result
}
