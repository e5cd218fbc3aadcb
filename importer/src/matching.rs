//! Matches returns to orders: the newest order of the same customer whose first row precedes the return and that
//! has that many units of the SKU left.

use std::collections::HashMap;

use domain::returns::ReturnLine;

use crate::credit::Credit;
use crate::sales::{Order, Return};

/// A return row of the file.
#[derive(Debug)]
pub struct ReturnRow {
    /// Its number in the file.
    pub row: u32,
    /// The customer, an index; `None` when unknown.
    pub customer: Option<u32>,
    /// The product, an index; `None` when the file never sells it.
    pub product: Option<u32>,
    /// How many units.
    pub quantity: i64,
    /// Its value if it stays unmatched, in pence.
    pub value_minor: i64,
    /// The return to create; matching fills its lines.
    pub returned: Return,
}

/// Totals of the return rows.
#[derive(Debug, Default)]
pub struct Matched {
    /// Rows that belong to an order.
    pub found: u64,
    /// Rows that do not belong to any order.
    pub lost: Vec<Return>,
    /// The amount paid for the units of the found rows, in pence.
    pub refunded_minor: i64,
    /// The value of the lost rows, in pence.
    pub unmatched_minor: i64,
}

/// Adds each return, in file order, to the order it belongs to.
pub fn match_returns(orders: &mut [Order], rows: Vec<ReturnRow>) -> Matched {
    let mut by_customer: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, order) in orders.iter().enumerate() {
        if let Some(customer) = order.customer {
            by_customer.entry(customer).or_default().push(index);
        }
    }
    for indices in by_customer.values_mut() {
        indices.sort_by_key(|index| (orders[*index].placed_at, orders[*index].row));
    }
    let mut matched = Matched::default();
    let mut ordinals: HashMap<Credit, u32> = HashMap::new();
    for row in rows {
        let newest_first = row.customer.and_then(|customer| by_customer.get(&customer));
        let found = newest_first
            .into_iter()
            .flatten()
            .rev()
            .copied()
            .find_map(|index| {
                let order = &mut orders[index];
                let lines = if order.row < row.row {
                    take(order, row.product?, row.quantity)?
                } else {
                    return None;
                };
                Some((index, lines))
            });
        if let Some((index, lines)) = found {
            let order = &mut orders[index];
            matched.found += 1;
            matched.refunded_minor += order.paid_for(&lines);
            let ordinal = ordinals.entry(row.returned.credit.clone()).or_default();
            *ordinal += 1;
            order.returns.push(Return {
                lines,
                ordinal: *ordinal,
                ..row.returned
            });
        } else {
            matched.unmatched_minor += row.value_minor;
            matched.lost.push(row.returned);
        }
    }
    matched
}

/// Takes units of a product from the order's lines, in sequence; `None` if too few are left.
fn take(order: &mut Order, product: u32, quantity: i64) -> Option<Vec<ReturnLine>> {
    let mut missing = quantity;
    let mut taken = Vec::new();
    for (line_number, line) in (1_u16..).zip(&order.lines) {
        if line.product == product && missing > 0 {
            let quantity = missing.min(line.quantity - line.returned);
            missing -= quantity;
            if quantity > 0 {
                taken.push(ReturnLine {
                    line_number,
                    quantity,
                });
            }
        }
    }
    if missing > 0 {
        return None;
    }
    for ReturnLine {
        line_number,
        quantity,
    } in &taken
    {
        order.lines[usize::from(*line_number) - 1].returned += quantity;
    }
    Some(taken)
}
