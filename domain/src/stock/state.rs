//! The counts of a stock item.

use serde::Serialize;

use super::event::{HoldKind, StockEvent};
use crate::evolve;
use crate::stream::StreamType;

/// Units on hand, reserved and committed: three integers for any number of orders.
///
/// **Invariant:** no count is negative and `reserved + committed ≤ on_hand`, so available is never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct StockState {
    on_hand: i64,
    reserved: i64,
    committed: i64,
}

impl StockState {
    /// Units in the warehouse.
    pub const fn on_hand(self) -> i64 {
        self.on_hand
    }

    /// Units reserved for orders that are not paid yet.
    pub const fn reserved(self) -> i64 {
        self.reserved
    }

    /// Units committed to confirmed orders.
    pub const fn committed(self) -> i64 {
        self.committed
    }

    /// Units available for sale: on hand − reserved − committed.
    pub const fn available(self) -> i64 {
        self.on_hand - self.reserved - self.committed
    }

    /// Returns the counts after these changes; `None` if that would break the invariant.
    pub(crate) fn moved(self, on_hand: i64, reserved: i64, committed: i64) -> Option<Self> {
        let next = Self {
            on_hand: self.on_hand.checked_add(on_hand)?,
            reserved: self.reserved.checked_add(reserved)?,
            committed: self.committed.checked_add(committed)?,
        };
        let held = next.reserved.checked_add(next.committed)?;
        (next.reserved >= 0 && next.committed >= 0 && held <= next.on_hand).then_some(next)
    }

    /// Applies the next event.
    ///
    /// # Errors
    /// When the event would break the invariant, or moves less than one unit.
    pub fn evolve(&mut self, event: &StockEvent) -> Result<(), evolve::Error> {
        use StockEvent as E;
        let next = match event {
            E::StockReceived(event) => positive(event.quantity).and_then(|n| self.moved(n, 0, 0)),
            E::StockAdjusted(event) => self.moved(event.delta, 0, 0),
            E::StockReserved(event) => positive(event.quantity).and_then(|n| self.moved(0, n, 0)),
            E::StockReleased(event) => positive(event.quantity).and_then(|n| match event.from {
                HoldKind::Reserved => self.moved(0, -n, 0),
                HoldKind::Committed => self.moved(0, 0, -n),
            }),
            E::StockCommitted(event) => positive(event.quantity).and_then(|n| self.moved(0, -n, n)),
            E::StockShipped(event) => positive(event.quantity).and_then(|n| self.moved(-n, 0, -n)),
            E::StockTakenBack(event) => positive(event.quantity).and_then(|n| self.moved(n, 0, n)),
            E::StockReturned(event) => positive(event.quantity).and_then(|n| self.moved(n, 0, 0)),
        };
        *self = next.ok_or(evolve::Error::OutOfOrder {
            stream_type: StreamType::Stock,
            status: "out of such units",
            event: event.event_type().name,
        })?;
        Ok(())
    }
}

fn positive(quantity: i64) -> Option<i64> {
    (quantity > 0).then_some(quantity)
}
