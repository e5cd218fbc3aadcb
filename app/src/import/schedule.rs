//! Many orders at once: each takes its own steps one after the other, and the executor makes batches of them.

use std::fmt;

use domain::AccountId;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::client::{CommandClient, Error};
use super::imported_before::ImportedBefore;
use super::lifecycle::OrderLifecycle;
use super::progress::Progress;
use super::sales::{Order, Sales};

/// Orders that are on their way at the same time. As many as the executor takes into one batch: with 64 the same
/// import costs a third more processor time.
const ORDERS_IN_FLIGHT_MAX: usize = 256;

/// An order or a return that the platform refused.
#[derive(Debug)]
pub struct Refused {
    invoice: Box<str>,
    error: Error,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "invoice {}: {}", self.invoice, self.error)
    }
}

/// Takes every order and return that is not done yet through its lifecycle.
pub async fn carry_out(
    client: &CommandClient,
    sales: &Sales,
    (done, courier_id): (&ImportedBefore, AccountId),
) -> Result<Vec<Refused>, Error> {
    let is_done = |order: &&Order| {
        done.is_over(order) && order.returns.iter().all(|returned| done.is_returned(returned))
    };
    let (over, open): (Vec<_>, Vec<_>) = sales.orders.iter().partition(is_done);
    let progress = Progress::start(over.len(), sales.orders.len());
    let refused = stream::iter(open)
        .map(|order| async {
            let refused = live(
                &OrderLifecycle::new(client, (sales, done), order),
                order,
                (done, courier_id),
            )
            .await;
            progress.step();
            refused
        })
        .buffer_unordered(ORDERS_IN_FLIGHT_MAX)
        .try_fold(Vec::new(), async |mut all, refused| {
            all.extend(refused);
            Ok(all)
        })
        .await;
    progress.finish();
    refused
}

/// An order's whole lifecycle. A refusal ends its part of it; anything worse ends the import.
async fn live(
    lifecycle: &OrderLifecycle<'_>,
    order: &Order,
    (done, courier_id): (&ImportedBefore, AccountId),
) -> Result<Vec<Refused>, Error> {
    let mut refused = Vec::new();
    if !done.is_over(order) {
        match lifecycle.order(courier_id).await {
            Ok(()) => {}
            Err(error) if error.is_refusal() => {
                refused.push(Refused {
                    invoice: order.invoice.clone(),
                    error,
                });
                return Ok(refused);
            }
            Err(error) => return Err(error),
        }
    }
    for returned in &order.returns {
        if done.is_returned(returned) {
            continue;
        }
        match lifecycle.take_back(returned).await {
            Ok(()) => {}
            Err(error) if error.is_refusal() => {
                refused.push(Refused {
                    invoice: returned.invoice.clone(),
                    error,
                });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(refused)
}
