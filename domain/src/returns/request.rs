//! Requesting a return.

use std::collections::BTreeMap;

use super::event::ReturnRequested;
use super::state::ReturnState;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::order::{Claims, OrderLinesReturned, OrderState, PlacedOrder, ReturnedLine};
use crate::view::StreamStates;
use crate::{Error, FreeText, Money, OrderId, ReturnId, StreamId, validate};

/// Request to return units of a delivered order for the price paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestReturn {
    /// The return's new id.
    pub return_id: ReturnId,
    /// The order of the units.
    pub order_id: OrderId,
    /// The units to return. The quantities of a line that is named twice are added up.
    pub lines: Vec<ReturnLine>,
    /// The reason; may be empty.
    pub reason: FreeText,
}

/// Units of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnLine {
    /// The line's number in the order, from 1.
    pub line_number: u16,
    /// Units, 1 to [`validate::QUANTITY_MAX`].
    pub quantity: i64,
}

impl Decide for RequestReturn {
    fn primary_stream(&self) -> StreamId {
        StreamId::Return(self.return_id)
    }

    fn streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream(), StreamId::Order(self.order_id)]
    }

    fn new_streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream()]
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let reason = validate::free_text("reason", &self.reason, validate::note)?;
        let quantities = self.quantities()?;
        streams.need(self.streams())?;
        if *streams.returns(self.return_id)? != ReturnState::Unrequested {
            return Err(Error::ReturnAlreadyRequested {
                return_id: self.return_id,
            }
            .into());
        }
        let state = streams.order(self.order_id)?;
        let OrderState::Completed { order, claims } = state else {
            return Err(state.unfit(self.order_id).into());
        };
        let lines = quantities
            .into_iter()
            .map(|(line_number, quantity)| claim(order, claims, line_number, quantity))
            .collect::<Result<Vec<_>, _>>()?;
        events_of![
            ReturnRequested {
                return_id: self.return_id,
                order_id: self.order_id,
                payment_id: order.payment_id,
                refund: refund(order, &lines)?,
                lines: lines.clone(),
                reason,
            },
            OrderLinesReturned {
                order_id: self.order_id,
                return_id: self.return_id,
                lines
            },
        ]
    }
}

impl RequestReturn {
    /// The units of each line, after all checks that need no other data.
    fn quantities(&self) -> Result<BTreeMap<u16, i64>, Error> {
        validate::line_count(self.lines.len())?;
        let mut quantities = BTreeMap::new();
        for line in &self.lines {
            validate::quantity(Some(line.line_number), line.quantity)?;
            *quantities.entry(line.line_number).or_insert(0) += line.quantity;
        }
        Ok(quantities)
    }
}

/// The units at the prices at which they were sold, if no other return has claimed them.
fn claim(
    order: &PlacedOrder,
    claims: &Claims,
    line_number: u16,
    quantity: i64,
) -> Result<ReturnedLine, Error> {
    let line = order
        .line(line_number)
        .ok_or(Error::UnknownLine { line_number })?;
    let returnable = line.quantity.saturating_sub(claims.quantity(line_number));
    if quantity > returnable {
        return Err(Error::NotReturnable {
            line_number,
            returnable,
            requested: quantity,
        });
    }
    Ok(ReturnedLine {
        line_number,
        sku: line.sku.clone(),
        quantity,
        unit_price_minor: line.unit_price_minor,
    })
}

/// The price that was paid for the units.
fn refund(order: &PlacedOrder, lines: &[ReturnedLine]) -> Result<Money, Error> {
    let currency = order.totals.currency;
    let price = |line: &ReturnedLine| Money::new(line.unit_price_minor, currency).checked_mul(line.quantity);
    Ok(lines
        .iter()
        .try_fold(Money::zero(currency), |sum, line| sum.checked_add(price(line)?))?)
}
