//! `waybill demo`: something to look at. Accounts for every role, a few hundred products of the sample with
//! stock on hand, and two weeks of the sample's orders, loaded once: again it changes nothing, and after a kill
//! it goes on where it stopped.

use std::io::Cursor;
use std::process::ExitCode;

use anyhow::Context as _;
use event_store::Store;
use platform::config::Environment;

use crate::exit::Failure;
use crate::import::sales::{self, Sales};
use crate::import::source::{FILE_BYTES_MAX, Source};
use crate::import::{self, people};
use crate::instance::Instance;

mod accounts;
mod range;
mod route;
mod shelf;

pub use route::configure;

/// The two weeks; see `app/demo-data/ATTRIBUTION.md`.
const SLICE: &[u8] = include_bytes!("../demo-data/online-retail-slice.csv.gz");

/// Loads the demo, or only prints its accounts.
pub async fn run(instance: &Instance, accounts_only: bool) -> anyhow::Result<ExitCode> {
    if accounts_only {
        print!("{}", accounts::table());
        return Ok(ExitCode::SUCCESS);
    }
    if instance.config.environment == Environment::Production {
        let refusal = "the demo's passwords are known to everybody: it is not loaded in production";
        return Err(Failure::BadInput(refusal.to_owned()).into());
    }
    load(instance).await?;
    print!("{}", accounts::table());
    Ok(ExitCode::SUCCESS)
}

async fn load(instance: &Instance) -> anyhow::Result<()> {
    let pool = instance.pool("waybill-demo").await?;
    eprintln!("making the demo's accounts");
    accounts::create(&pool, &instance.keys(&pool)).await?;
    let sales = tokio::task::spawn_blocking(slice).await??;
    let range = range::choose(&sales);
    let people = people::find(&pool).await?;
    eprintln!("putting {} products on sale", range.len());
    shelf::list(&pool, &sales, (&range, people.seller_id)).await?;
    eprintln!("bringing in two weeks of orders");
    let refused = import::bring_in(&pool, &sales).await?;
    if let Some(first) = refused.first() {
        anyhow::bail!(
            "{} of the sample's orders were refused; the first is {first}",
            refused.len()
        );
    }
    eprintln!("filling the shelves");
    shelf::fill(&Store::new(pool.clone()), &sales, &range).await
}

fn slice() -> anyhow::Result<Sales> {
    let source = Source::new(Cursor::new(SLICE), FILE_BYTES_MAX)?;
    sales::read(source).context("the sample is damaged")
}
