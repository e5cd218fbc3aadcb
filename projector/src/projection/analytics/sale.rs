//! The row of an order in the sales figures: what its later events need in order to be counted.

use chrono::{DateTime, Utc};
use domain::order::{Customer, OrderConfirmed, OrderLine, OrderLinesReturned, ReturnedLine};
use domain::payment::{RefundRequested, RefundSucceeded};
use domain::{Money, ReturnId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::spread::spread;
use super::sums::{Effect, Effects, Figures};
use crate::column::documents;
use crate::decoded_event::Inapplicable;
use crate::keyed_table::keyed_table;

/// The SKU under which amounts are counted that belong to no product.
const NO_PRODUCT: &str = "";

/// A line that was sold. Its line number is its index in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SoldLine {
    pub sku: String,
    pub units: i64,
    pub amount_minor: i64,
    pub refunded_minor: i64,
}

/// A return, and its newest refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SaleReturn {
    pub return_id: Uuid,
    pub refund_id: Option<Uuid>,
    pub lines: Vec<LineValue>,
}

/// The value of returned units of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LineValue {
    pub line_number: u16,
    pub amount_minor: i64,
}

documents! { Vec<SoldLine>, Vec<SaleReturn> }

keyed_table! {
    /// A row of table `sales`.
    pub(super) struct SaleRow in "sales" key "order_id": Uuid = |row| row.order_id;
    {
        order_id: Uuid,
        currency: String,
        customer_id: Uuid,
        is_guest: bool,
        placed_at: DateTime<Utc>,
        lines: Vec<SoldLine>,
        other_minor: i64,
        other_refunded_minor: i64,
        is_captured: bool,
        cancelled_at: Option<DateTime<Utc>>,
        returns: Vec<SaleReturn>,
    }
}

impl SaleRow {
    /// The sale of a confirmed order.
    pub fn confirmed(event: &OrderConfirmed) -> Result<(Self, Effects), Inapplicable> {
        let order_id = event.order_id.as_uuid();
        let (customer_id, is_guest) = match event.customer {
            Customer::Account { account_id } => (account_id.as_uuid(), false),
            Customer::Guest => (order_id, true),
        };
        let lines = event.lines.iter().map(sold).collect::<Result<Vec<_>, _>>()?;
        let of_lines = sum(lines.iter().map(|line| line.amount_minor))?;
        let row = Self {
            order_id,
            currency: event.totals.currency.code().to_owned(),
            customer_id,
            is_guest,
            placed_at: event.placed_at,
            lines,
            other_minor: difference(event.totals.total_minor, of_lines)?,
            other_refunded_minor: 0,
            is_captured: false,
            cancelled_at: None,
            returns: Vec::new(),
        };
        let sale = row.sale()?;
        Ok((row, vec![sale]))
    }

    /// The sale of an order that was never confirmed, and whose payment was captured all the same.
    pub fn captured_only(
        order_id: Uuid,
        amount: Money,
        at: DateTime<Utc>,
    ) -> Result<(Self, Effects), Inapplicable> {
        let row = Self {
            order_id,
            currency: amount.currency.code().to_owned(),
            customer_id: order_id,
            is_guest: true,
            placed_at: at,
            lines: Vec::new(),
            other_minor: amount.minor,
            other_refunded_minor: 0,
            is_captured: false,
            cancelled_at: None,
            returns: Vec::new(),
        };
        let sale = row.sale()?;
        let (row, captured) = row.captured(amount, at)?;
        Ok((row, std::iter::once(sale).chain(captured).collect()))
    }

    /// The order was cancelled at `at`. After its capture that moves no money: the refund does.
    pub fn cancelled(self, at: DateTime<Utc>) -> Result<Option<(Self, Effects)>, Inapplicable> {
        if self.is_captured || self.cancelled_at.is_some() {
            return Ok(None);
        }
        let cancellation = self.cancellation(at, 1)?;
        let row = Self {
            cancelled_at: Some(at),
            ..self
        };
        Ok(Some((row, vec![cancellation])))
    }

    /// The payment was captured at `at`. A cancellation that came too late to prevent that is taken back.
    pub fn captured(self, amount: Money, at: DateTime<Utc>) -> Result<(Self, Effects), Inapplicable> {
        self.check_currency(amount)?;
        let figures = Figures {
            captured_minor: amount.minor,
            ..Figures::default()
        };
        let mut effects = vec![Effect::new(at, Vec::new(), figures)?];
        if let Some(cancelled_at) = self.cancelled_at {
            effects.push(self.cancellation(cancelled_at, -1)?);
        }
        let row = Self {
            is_captured: true,
            cancelled_at: None,
            ..self
        };
        Ok((row, effects))
    }

    /// A return claimed units of the order.
    pub fn with_return(mut self, event: &OrderLinesReturned) -> Result<Self, Inapplicable> {
        let value = |line: &ReturnedLine| {
            Ok(LineValue {
                line_number: line.line_number,
                amount_minor: product(line.unit_price_minor, line.quantity)?,
            })
        };
        self.returns.push(SaleReturn {
            return_id: event.return_id.as_uuid(),
            refund_id: None,
            lines: event.lines.iter().map(value).collect::<Result<_, _>>()?,
        });
        Ok(self)
    }

    /// A refund was requested for a return.
    pub fn with_refund(mut self, event: &RefundRequested) -> Self {
        let return_id = event.return_id.map(ReturnId::as_uuid);
        let returns = self.returns.iter_mut();
        for entry in returns.filter(|entry| return_id == Some(entry.return_id)) {
            entry.refund_id = Some(event.refund_id.as_uuid());
        }
        self
    }

    /// A refund was paid at `at`.
    pub fn refunded(
        mut self,
        event: &RefundSucceeded,
        at: DateTime<Utc>,
    ) -> Result<(Self, Effects), Inapplicable> {
        self.check_currency(event.amount)?;
        let shares = self.shares(event)?;
        let refund = self.effect(at, Figures::default(), |index, _| {
            Ok(Figures {
                refunded_minor: shares[index],
                ..Figures::default()
            })
        })?;
        for (line, share) in self.lines.iter_mut().zip(&shares) {
            line.refunded_minor = sum([line.refunded_minor, *share])?;
        }
        self.other_refunded_minor = sum([self.other_refunded_minor, shares[self.lines.len()]])?;
        Ok((self, vec![refund]))
    }

    /// What each line, and last the rest of the order, gets of a refund: of a return, the value of its units; of any
    /// other, in proportion to what has not been refunded yet.
    fn shares(&self, event: &RefundSucceeded) -> Result<Vec<i64>, Inapplicable> {
        let (amount, refund_id) = (event.amount.minor, Some(event.refund_id.as_uuid()));
        let mut shares = vec![0; self.lines.len() + 1];
        if let Some(entry) = self.returns.iter().find(|entry| entry.refund_id == refund_id) {
            for line in &entry.lines {
                let index = usize::from(line.line_number)
                    .checked_sub(1)
                    .filter(|index| *index < self.lines.len())
                    .ok_or(Inapplicable::NoLine)?;
                shares[index] = sum([shares[index], line.amount_minor])?;
            }
            if sum(shares.iter().copied())? == amount {
                return Ok(shares);
            }
        }
        let left = self
            .parts()
            .map(|part| difference(part.amount_minor, part.refunded_minor));
        if let Some(shares) = spread(amount, &left.collect::<Result<Vec<_>, _>>()?)? {
            return Ok(shares);
        }
        shares.fill(0);
        shares[self.lines.len()] = amount;
        Ok(shares)
    }

    /// The effect of the sale.
    fn sale(&self) -> Result<Effect, Inapplicable> {
        let figures = Figures {
            orders: 1,
            ..Figures::default()
        };
        self.effect(self.placed_at, figures, |_, part| {
            Ok(Figures {
                units: part.units,
                gross_minor: part.amount_minor,
                ..Figures::default()
            })
        })
    }

    /// The effect of the cancellation (`sign` 1), or of taking it back (`sign` −1).
    fn cancellation(&self, at: DateTime<Utc>, sign: i64) -> Result<Effect, Inapplicable> {
        let figures = Figures {
            cancelled_orders: sign,
            ..Figures::default()
        };
        self.effect(at, figures, |_, part| {
            Ok(Figures {
                cancelled_minor: product(sign, part.amount_minor)?,
                ..Figures::default()
            })
        })
    }

    /// The effect with the figures of each part, without those that are zero.
    fn effect(
        &self,
        at: DateTime<Utc>,
        more: Figures,
        of_part: impl Fn(usize, &SoldLine) -> Result<Figures, Inapplicable>,
    ) -> Result<Effect, Inapplicable> {
        let figures = self
            .parts()
            .enumerate()
            .map(|(index, part)| Ok((part.sku.clone(), of_part(index, &part)?)))
            .filter(|part| !matches!(part, Ok((_, figures)) if *figures == Figures::default()));
        Effect::new(at, figures.collect::<Result<_, _>>()?, more)
    }

    /// The lines, and last the rest of the order as a line without a product.
    fn parts(&self) -> impl Iterator<Item = SoldLine> {
        let rest = SoldLine {
            sku: NO_PRODUCT.to_owned(),
            units: 0,
            amount_minor: self.other_minor,
            refunded_minor: self.other_refunded_minor,
        };
        self.lines.iter().cloned().chain([rest])
    }

    fn check_currency(&self, amount: Money) -> Result<(), Inapplicable> {
        if amount.currency.code() == self.currency {
            Ok(())
        } else {
            Err(Inapplicable::OtherCurrency)
        }
    }
}

fn sold(line: &OrderLine) -> Result<SoldLine, Inapplicable> {
    Ok(SoldLine {
        sku: line.sku.to_string(),
        units: line.quantity,
        amount_minor: product(line.unit_price_minor, line.quantity)?,
        refunded_minor: 0,
    })
}

fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, Inapplicable> {
    let mut amounts = amounts.into_iter();
    amounts
        .try_fold(0_i64, i64::checked_add)
        .ok_or(Inapplicable::Overflow)
}

fn difference(amount: i64, other: i64) -> Result<i64, Inapplicable> {
    amount.checked_sub(other).ok_or(Inapplicable::Overflow)
}

fn product(amount: i64, factor: i64) -> Result<i64, Inapplicable> {
    amount.checked_mul(factor).ok_or(Inapplicable::Overflow)
}
