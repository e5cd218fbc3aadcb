//! The demo: accounts for every role, a few hundred products of the sample with stock on hand, and two weeks of the
//! sample's orders. Loading it again changes nothing; after a kill it resumes where it stopped.

use std::io::Cursor;

use event_store::{KeyRing, Store};
use sqlx::PgPool;

use crate::source::{FILE_BYTES_MAX, Source};
use crate::{Error, Progress, Sales, people, sales};

mod accounts;
mod range;
mod shelf;

pub use accounts::{DemoAccount, offered, open_to_everyone, table};

/// The sample: two weeks of orders, CSV in gzip; see `importer/demo-data/ATTRIBUTION.md`.
pub const SAMPLE: &[u8] = include_bytes!("../demo-data/online-retail-slice.csv.gz");

/// Loads the demo.
///
/// # Errors
/// When the store stays unavailable, or the instance refuses a part of it.
pub async fn load(pool: &PgPool, keys: &KeyRing, progress: &dyn Progress) -> Result<(), Error> {
    progress.stage("creating the demo accounts");
    accounts::create(pool, keys).await?;
    let sales = tokio::task::spawn_blocking(sample).await?;
    let range = range::choose(&sales);
    let people = people::find(pool).await?;
    progress.stage(&format!("listing {} products", range.len()));
    shelf::list(pool, &sales, (&range, people.seller_id)).await?;
    progress.stage("importing two weeks of orders");
    let refused = crate::import(pool, &sales, progress).await?;
    if let Some(first) = refused.first() {
        return Err(Error::SampleRefused {
            count: refused.len(),
            first: first.to_string(),
        });
    }
    progress.stage("receiving stock");
    shelf::fill(&Store::new(pool.clone()), &sales, &range).await
}

/// The sample's content.
fn sample() -> Sales {
    let source = Source::new(Cursor::new(SAMPLE), FILE_BYTES_MAX).expect("the sample is in memory");
    sales::read(source).expect("the sample is well formed: a test reads it")
}
