//! Money: integer minor units with a currency. Every operation is checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The supported currencies (ISO 4217), all with two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Pound sterling.
    Gbp,
    /// Euro.
    Eur,
    /// US dollar.
    Usd,
}

impl Currency {
    /// Its ISO 4217 code, as in events, tables and answers.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gbp => "GBP",
            Self::Eur => "EUR",
            Self::Usd => "USD",
        }
    }
}

/// The largest amount, in minor units: ten billion pounds. Sums of millions of such amounts still fit 64 bits.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount in minor units (pence, cents).
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}

/// Why an amount could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result exceeds [`AMOUNT_MAX`].
    #[error("the amount is too large")]
    Overflow,
    /// The two amounts have different currencies.
    #[error("all amounts must be in the same currency")]
    CurrencyMismatch,
}

impl From<MoneyError> for crate::Error {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::Overflow => Self::AmountOverflow,
            MoneyError::CurrencyMismatch => Self::CurrencyMismatch,
        }
    }
}

impl Money {
    /// An amount of `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Zero in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Adds two amounts.
    ///
    /// # Errors
    /// When the currencies differ or the sum overflows.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// Subtracts an amount.
    ///
    /// # Errors
    /// When the currencies differ or the difference overflows.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// Multiplies the amount by `quantity`.
    ///
    /// # Errors
    /// When the product overflows.
    pub fn checked_mul(self, quantity: i64) -> Result<Self, MoneyError> {
        self.bounded(self.minor.checked_mul(quantity))
    }

    fn combine(self, other: Self, operation: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        self.bounded(operation(self.minor, other.minor))
    }

    /// An amount in the currency of this one, unless it is too large.
    fn bounded(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        let is_within = |minor: &i64| minor.unsigned_abs() <= AMOUNT_MAX.unsigned_abs();
        let minor = minor.filter(is_within).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }
}

#[cfg(test)]
mod tests {
    use super::{AMOUNT_MAX, Currency, Money, MoneyError};

    const POUND: Money = Money::new(100, Currency::Gbp);
    const MOST: Money = Money::new(AMOUNT_MAX, Currency::Gbp);
    const LEAST: Money = Money::new(-AMOUNT_MAX, Currency::Gbp);

    #[test]
    fn amounts_of_one_currency_add_up() {
        assert_eq!(
            POUND.checked_mul(3).unwrap().checked_sub(POUND).unwrap(),
            Money::new(200, Currency::Gbp)
        );
        assert_eq!(Money::zero(Currency::Gbp).checked_add(POUND), Ok(POUND));
    }

    #[test]
    fn an_overflow_is_an_error() {
        assert_eq!(MOST.checked_add(POUND), Err(MoneyError::Overflow));
        assert_eq!(LEAST.checked_sub(POUND), Err(MoneyError::Overflow));
        assert_eq!(MOST.checked_mul(2), Err(MoneyError::Overflow));
        assert_eq!(MOST.checked_mul(i64::MAX), Err(MoneyError::Overflow));
        assert_eq!(MOST.checked_add(Money::zero(Currency::Gbp)), Ok(MOST));
    }

    #[test]
    fn currencies_do_not_mix() {
        let euro = Money::new(100, Currency::Eur);
        assert_eq!(POUND.checked_add(euro), Err(MoneyError::CurrencyMismatch));
        assert_eq!(POUND.checked_sub(euro), Err(MoneyError::CurrencyMismatch));
    }

    #[test]
    fn money_is_serialized_as_minor_units_with_its_currency() {
        let text = r#"{"minor":100,"currency":"GBP"}"#;
        assert_eq!(serde_json::to_string(&POUND).unwrap(), text);
        assert_eq!(serde_json::from_str::<Money>(text).unwrap(), POUND);
        for currency in [Currency::Gbp, Currency::Eur, Currency::Usd] {
            assert_eq!(serde_json::to_value(currency).unwrap(), currency.code());
        }
        assert!(serde_json::from_str::<Money>(r#"{"minor":"100","currency":"GBP"}"#).is_err());
    }
}
