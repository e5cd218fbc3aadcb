//! Limits the unpaid orders of one buyer and of one address, and the units of a product that they hold.
//!
//! Without it, one visitor could keep the whole stock reserved and pay for nothing. The counts are kept in memory: a
//! restart forgets them, and each process has its own. They protect the shop against abuse; no decision depends on them.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{OrderId, OrderState, Sku};
use moka::sync::Cache;
use platform::config::{Limits, UnpaidLimits};
use platform::problem::Problem;

use super::problem::{IntoProblem, TOO_MANY_UNPAID};
use crate::lookup::{self, Lookup};

/// The most buyers and addresses that are remembered; more only weaken the limits.
const HOLDERS_MAX: u64 = 200_000;

/// The longest time that placing an order takes.
const PLACING_MAX: TimeDelta = TimeDelta::seconds(30);

/// Whose unpaid orders are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// An account, or a guest by e-mail address: the scope of its commands.
    Buyer(String),
    /// The address of the client.
    Address(IpAddr),
}

/// An unpaid order.
#[derive(Debug, Clone)]
pub(crate) struct Hold {
    pub(crate) order_id: OrderId,
    /// Idempotency scope and key of the command, which may be repeated.
    pub(crate) command: String,
    pub(crate) added_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) units: Vec<(Sku, i64)>,
}

type HoldsOfOne = Arc<Mutex<Vec<Arc<Hold>>>>;

/// The unpaid orders of each holder, as far as they were placed here.
#[derive(Debug)]
pub(crate) struct Holds {
    limits: UnpaidLimits,
    by_holder: Cache<Holder, HoldsOfOne>,
}

/// A limit that a further hold would exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exceeded {
    Orders(u32),
    Units(u32),
}

impl Holds {
    pub(crate) fn new(limits: &Limits) -> Self {
        let reservation = Duration::from_secs(limits.reservation_s.into());
        Self {
            limits: limits.unpaid,
            by_holder: Cache::builder()
                .max_capacity(HOLDERS_MAX)
                .time_to_idle(reservation)
                .build(),
        }
    }

    /// Counts `hold` for each holder, before the order is placed.
    ///
    /// # Errors
    /// 429 when it would exceed a limit of one of them, or when the store fails.
    pub(crate) async fn add(&self, holders: &[Holder], hold: Hold, lookup: &Lookup) -> Result<(), Problem> {
        if self.limits.is_unlimited() {
            return Ok(());
        }
        let now = hold.added_at;
        let hold = Arc::new(hold);
        for holder in holders {
            if self.try_add(holder, &hold, now).is_ok() {
                continue;
            }
            let settling = self.drop_settled(holder, now, lookup).await;
            settling.map_err(IntoProblem::into_problem)?;
            if let Err((exceeded, free_at)) = self.try_add(holder, &hold, now) {
                self.remove(holders, hold.order_id);
                return Err(problem(holder, exceeded, free_at - now));
            }
        }
        Ok(())
    }

    /// Forgets the hold of an order that was not placed.
    pub(crate) fn remove(&self, holders: &[Holder], order_id: OrderId) {
        for holder in holders {
            if let Some(holds) = self.by_holder.get(holder) {
                lock(&holds).retain(|hold| hold.order_id != order_id);
            }
        }
    }

    /// Adds a hold; or returns the limit that it would exceed, and when the first of the others expires.
    fn try_add(
        &self,
        holder: &Holder,
        hold: &Arc<Hold>,
        now: DateTime<Utc>,
    ) -> Result<(), (Exceeded, DateTime<Utc>)> {
        let holds = self.by_holder.get_with(holder.clone(), HoldsOfOne::default);
        let mut holds = lock(&holds);
        holds.retain(|hold| hold.expires_at > now);
        if holds.iter().any(|other| other.command == hold.command) {
            return Ok(());
        }
        if let Some(exceeded) = self.exceeded(holder, &holds, hold) {
            let first = holds.iter().map(|hold| hold.expires_at).min();
            return Err((exceeded, first.unwrap_or(hold.expires_at)));
        }
        holds.push(Arc::clone(hold));
        Ok(())
    }

    fn exceeded(&self, holder: &Holder, holds: &[Arc<Hold>], new: &Hold) -> Option<Exceeded> {
        let orders_max = match holder {
            Holder::Buyer(_) => self.limits.orders_per_buyer_max,
            Holder::Address(_) => self.limits.orders_per_address_max,
        };
        if u32::try_from(holds.len()).unwrap_or(u32::MAX) >= orders_max {
            return Some(Exceeded::Orders(orders_max));
        }
        let units_max = self.limits.units_per_product_max;
        let held = |sku: &Sku| -> i64 {
            let all = holds.iter().flat_map(|hold| &hold.units).chain(&new.units);
            all.filter(|(held, _)| held == sku).map(|(_, units)| units).sum()
        };
        let is_exceeded = new.units.iter().any(|(sku, _)| held(sku) > i64::from(units_max));
        is_exceeded.then_some(Exceeded::Units(units_max))
    }

    /// Forgets the orders that were paid, cancelled or never placed.
    async fn drop_settled(
        &self,
        holder: &Holder,
        now: DateTime<Utc>,
        lookup: &Lookup,
    ) -> Result<(), lookup::Error> {
        let Some(holds) = self.by_holder.get(holder) else {
            return Ok(());
        };
        let all = lock(&holds).clone();
        for hold in all {
            let order = lookup.order(hold.order_id).await?;
            let is_being_placed = order.version == 0 && now < hold.added_at + PLACING_MAX;
            if !is_being_placed && !matches!(order.state, OrderState::Pending(_)) {
                lock(&holds).retain(|other| other.order_id != hold.order_id);
            }
        }
        Ok(())
    }
}

fn problem(holder: &Holder, exceeded: Exceeded, free_in: TimeDelta) -> Problem {
    let whose = match holder {
        Holder::Buyer(_) => "You have",
        Holder::Address(_) => "Your network has",
    };
    let (limit, detail) = match exceeded {
        Exceeded::Orders(max) => (
            max,
            format!("{whose} {max} unpaid orders, which is the limit. Pay for one of them, or cancel one."),
        ),
        Exceeded::Units(max) => (
            max,
            format!(
                "{whose} more than {max} units of a product in unpaid orders. Order fewer, or pay first."
            ),
        ),
    };
    let seconds = u32::try_from(free_in.num_seconds()).unwrap_or_default().max(1);
    Problem::new(&TOO_MANY_UNPAID, detail)
        .with_member("limit", limit)
        .with_retry_after(seconds)
}

fn lock(holds: &HoldsOfOne) -> std::sync::MutexGuard<'_, Vec<Arc<Hold>>> {
    holds.lock().unwrap_or_else(PoisonError::into_inner)
}
