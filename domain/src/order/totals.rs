//! The only place that computes an order's totals.

use super::event::{OrderLine, Totals};
use crate::{Currency, Error, Money};

impl Totals {
    /// Computes the totals of these lines. Discounts, taxes and shipping are not offered yet and are zero.
    ///
    /// # Errors
    /// [`Error::AmountOverflow`] when a sum overflows.
    pub(super) fn of(currency: Currency, lines: &[OrderLine]) -> Result<Self, Error> {
        let subtotal = lines.iter().try_fold(Money::zero(currency), |sum, line| {
            sum.checked_add(Money::new(line.unit_price_minor, currency).checked_mul(line.quantity)?)
        })?;
        let [discount, tax, shipping] = [Money::zero(currency); 3];
        let total = subtotal
            .checked_sub(discount)?
            .checked_add(tax)?
            .checked_add(shipping)?;
        Ok(Self {
            currency,
            subtotal_minor: subtotal.minor,
            discount_minor: discount.minor,
            tax_minor: tax.minor,
            shipping_minor: shipping.minor,
            total_minor: total.minor,
        })
    }

    /// The amount that the customer pays.
    pub const fn total(&self) -> Money {
        Money::new(self.total_minor, self.currency)
    }
}
