//! Imports many orders concurrently: each runs its steps in sequence, and the executor combines them into batches.

use std::fmt;

use domain::AccountId;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use crate::client::{self, CommandClient};
use crate::imported_before::ImportedBefore;
use crate::lifecycle::OrderLifecycle;
use crate::sales::{Order, Sales};
use crate::{Error, Progress};

/// Orders imported concurrently, as many as the executor takes into one batch: with 64 the same import costs a third
/// more CPU time.
const ORDERS_IN_FLIGHT_MAX: usize = 256;

/// An order or a return that the platform refused.
#[derive(Debug)]
pub struct Refused {
    invoice: Box<str>,
    error: client::Error,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "invoice {}: {}", self.invoice, self.error)
    }
}

/// One import.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Executes the commands.
    pub client: &'a CommandClient,
    /// The file's content.
    pub sales: &'a Sales,
    /// The result of earlier imports.
    pub before: &'a ImportedBefore,
    /// The courier of every delivery.
    pub courier_id: AccountId,
}

impl Run<'_> {
    /// Imports every incomplete order and return.
    ///
    /// # Errors
    /// When a step fails for any reason other than a refusal.
    pub async fn import_all(&self, progress: &dyn Progress) -> Result<Vec<Refused>, Error> {
        let is_done = |order: &&Order| {
            let mut returns = order.returns.iter();
            self.before.is_complete(order) && returns.all(|returned| self.before.is_return_complete(returned))
        };
        let (done, open): (Vec<_>, Vec<_>) = self.sales.orders.iter().partition(is_done);
        progress.start(done.len(), self.sales.orders.len());
        let refused = stream::iter(open)
            .map(|order| async {
                let refused = self.import(order).await;
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
        Ok(refused?)
    }

    /// Imports an order and its returns. A refused order stops there, and a refused return is skipped; any other
    /// failure ends the import.
    async fn import(&self, order: &Order) -> Result<Vec<Refused>, client::Error> {
        let lifecycle = OrderLifecycle::new(self.client, (self.sales, self.before), order);
        if !self.before.is_complete(order) {
            let result = lifecycle.run_order(self.courier_id).await;
            if let Some(refused) = refusal(&order.invoice, result)? {
                return Ok(vec![refused]);
            }
        }
        let mut refused = Vec::new();
        for returned in &order.returns {
            if !self.before.is_return_complete(returned) {
                let result = lifecycle.run_return(returned).await;
                refused.extend(refusal(&returned.credit.invoice, result)?);
            }
        }
        Ok(refused)
    }
}

fn refusal(invoice: &str, result: Result<(), client::Error>) -> Result<Option<Refused>, client::Error> {
    match result {
        Ok(()) => Ok(None),
        Err(error) if error.is_refusal() => Ok(Some(Refused {
            invoice: invoice.into(),
            error,
        })),
        Err(error) => Err(error),
    }
}
