//! Delivered units that returns have claimed, so that no unit is returned twice.

use std::collections::BTreeMap;

use serde::Serialize;

use super::event::ReturnedLine;
use super::state::PlacedOrder;
use crate::ReturnId;

/// The units claimed by each return that was not rejected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Claims(BTreeMap<ReturnId, Vec<ReturnedLine>>);

impl Claims {
    /// The number of claimed units of a line.
    pub fn quantity(&self, line_number: u16) -> i64 {
        let lines = self
            .0
            .values()
            .flatten()
            .filter(|line| line.line_number == line_number);
        lines.fold(0, |sum: i64, line| sum.saturating_add(line.quantity))
    }

    /// These claims with those of one more return; `None` if it has claims already, or claims more than was sold.
    pub(super) fn with(
        &self,
        order: &PlacedOrder,
        return_id: ReturnId,
        lines: &[ReturnedLine],
    ) -> Option<Self> {
        if self.0.contains_key(&return_id) || lines.iter().any(|line| line.quantity < 1) {
            return None;
        }
        let mut claims = self.clone();
        claims.0.insert(return_id, lines.to_vec());
        let fits = |line: &ReturnedLine| {
            let sold = order.line(line.line_number).map_or(0, |sold| sold.quantity);
            claims.quantity(line.line_number) <= sold
        };
        lines.iter().all(fits).then_some(claims)
    }

    /// These claims without those of a return; `None` if it has none.
    pub(super) fn without(&self, return_id: ReturnId) -> Option<Self> {
        let mut claims = self.clone();
        claims.0.remove(&return_id)?;
        Some(claims)
    }
}
