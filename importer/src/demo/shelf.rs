//! The demo's products: listed in sentence case, with stock on hand; the sample's other products are withdrawn.

use std::collections::HashSet;

use chrono::Utc;
use domain::product::{ListProduct, WithdrawProduct};
use domain::stock::ReceiveStock;
use domain::{AccountId, Command, Currency, FreeText, Money, Sku};
use event_store::Store;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use sqlx::PgPool;

use crate::Error;
use crate::catalogue;
use crate::client::{self, CommandClient};
use crate::sales::{Product, Sales};

/// Commands executed at the same time.
const COMMANDS_IN_FLIGHT_MAX: usize = 256;
/// One product in this many has little stock, so that the interface shows low stock.
const ONE_SCARCE_OF: u32 = 20;

/// Lists the products of the range, dated at the first order, for `seller_id`, in sentence case.
pub(super) async fn list(
    pool: &PgPool,
    sales: &Sales,
    (range, seller_id): (&[usize], AccountId),
) -> Result<(), Error> {
    let at = sales
        .orders
        .iter()
        .map(|order| order.placed_at)
        .min()
        .unwrap_or_else(Utc::now);
    let client = CommandClient::open(pool, "demo");
    let commands = range.iter().map(|index| {
        let product = &sales.products[*index];
        (
            listing(product, seller_id).into(),
            format!("product/{}", product.sku),
        )
    });
    execute_all(&client, commands, at).await?;
    client.close().await?;
    Ok(())
}

/// Receives stock of the range, in addition to what the sample's orders take, and withdraws the sample's other
/// products.
pub(super) async fn fill(store: &Store, sales: &Sales, range: &[usize]) -> Result<(), Error> {
    let chosen: HashSet<usize> = range.iter().copied().collect();
    let commands = sales.products.iter().enumerate().map(|(index, product)| {
        let sku = product.sku.clone();
        if chosen.contains(&index) {
            let quantity = quantity(&sku);
            let key = format!("stock/{sku}");
            (
                Command::from(ReceiveStock {
                    sku,
                    quantity,
                    reference: FreeText::clear("demo stock"),
                }),
                key,
            )
        } else {
            let key = format!("withdrawn/{sku}");
            (
                WithdrawProduct {
                    sku,
                    reason: FreeText::clear("sold out"),
                }
                .into(),
                key,
            )
        }
    });
    let client = CommandClient::open(store.pool(), "demo");
    execute_all(&client, commands, Utc::now()).await?;
    client.close().await?;
    Ok(())
}

async fn execute_all(
    client: &CommandClient,
    commands: impl Iterator<Item = (Command, String)>,
    at: chrono::DateTime<Utc>,
) -> Result<(), client::Error> {
    let executed = commands.map(|(command, key)| async move {
        match client.execute(command, key, at).await {
            // Done concurrently by another client.
            Err(client::Error::Rejected(
                domain::Error::ProductAlreadyListed { .. } | domain::Error::ProductAlreadyWithdrawn { .. },
            ))
            | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
    });
    stream::iter(executed)
        .buffer_unordered(COMMANDS_IN_FLIGHT_MAX)
        .try_collect()
        .await
}

fn listing(product: &Product, seller_id: AccountId) -> ListProduct {
    let name = catalogue::sentence_case(&product.name);
    let category = catalogue::category(&product.name);
    ListProduct {
        sku: product.sku.clone(),
        description: format!(
            "{name}, from the {} shelves of a British gift shop.",
            category.to_lowercase()
        ),
        name,
        category: category.to_owned(),
        price: Money::new(product.price_minor, Currency::Gbp),
        seller_id,
    }
}

/// Units to receive: always the same for a SKU, and only a few for one product in [`ONE_SCARCE_OF`].
fn quantity(sku: &Sku) -> i64 {
    // FNV-1a; any uniform distribution is fine.
    let hash = sku.as_str().bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    if hash.is_multiple_of(ONE_SCARCE_OF) {
        3
    } else {
        i64::from(40 + hash / ONE_SCARCE_OF % 200)
    }
}
