//! Classifies rows: a sale, a return, or refused for the first reason that applies.

use serde::Serialize;

use crate::price::Price;

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Units sold.
    Sale {
        /// Price of one unit, in pence.
        unit_price_minor: i64,
    },
    /// Units that were returned.
    Return,
    /// Neither a sale nor a return.
    Refused(Reason),
}

/// Why a row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A sale of zero or fewer units.
    QuantityNotPositive,
    /// A sale with a price of zero or less.
    PriceNotPositive,
    /// A sale with a fraction of a penny in its price.
    PriceNotWholePence,
    /// A return of zero or fewer units.
    ReturnQuantityNotNegative,
    /// An invoice number that is neither digits nor C and digits.
    InvoiceFormat,
}

/// Classifies a row by its invoice number, quantity and price.
pub fn classify(invoice: &str, quantity: i64, price: Price) -> Kind {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(invoice) {
        return classify_sale(quantity, price);
    }
    match invoice.strip_prefix('C') {
        Some(number) if is_number(number) && quantity < 0 => Kind::Return,
        Some(number) if is_number(number) => Kind::Refused(Reason::ReturnQuantityNotNegative),
        _ => Kind::Refused(Reason::InvoiceFormat),
    }
}

fn classify_sale(quantity: i64, price: Price) -> Kind {
    if quantity <= 0 {
        Kind::Refused(Reason::QuantityNotPositive)
    } else if !price.is_positive() {
        Kind::Refused(Reason::PriceNotPositive)
    } else if let Some(unit_price_minor) = price.whole_pence() {
        Kind::Sale { unit_price_minor }
    } else {
        Kind::Refused(Reason::PriceNotWholePence)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Reason, classify};
    use crate::price::Price;

    fn classified(invoice: &str, quantity: i64, price: &str) -> Kind {
        classify(invoice, quantity, Price::parse(price).unwrap())
    }

    #[test]
    fn a_sale_has_digits_units_and_whole_pence() {
        assert_eq!(
            classified("536365", 6, "2.55"),
            Kind::Sale {
                unit_price_minor: 255
            }
        );
        assert_eq!(classified("0", 1, "0.01"), Kind::Sale { unit_price_minor: 1 });
    }

    #[test]
    fn a_return_has_c_digits_and_a_negative_quantity_at_any_price() {
        for price in ["2.55", "0", "0.001", "-1"] {
            assert_eq!(classified("C536365", -6, price), Kind::Return, "{price}");
        }
    }

    #[test]
    fn each_reason_is_given() {
        let cases = [
            ("536365", 0, "2.55", Reason::QuantityNotPositive),
            ("536365", -1, "2.55", Reason::QuantityNotPositive),
            ("536365", 1, "0", Reason::PriceNotPositive),
            ("536365", 1, "-2.55", Reason::PriceNotPositive),
            ("536365", 1, "0.001", Reason::PriceNotWholePence),
            ("C536365", 0, "2.55", Reason::ReturnQuantityNotNegative),
            ("C536365", 1, "2.55", Reason::ReturnQuantityNotNegative),
        ];
        for (invoice, quantity, price, reason) in cases {
            assert_eq!(
                classified(invoice, quantity, price),
                Kind::Refused(reason),
                "{invoice} {quantity} {price}"
            );
        }
        for invoice in [
            "A563185", "", "C", "c536365", "C53 6365", "536365C", "53.5", "٣", " 536365",
        ] {
            assert_eq!(
                classified(invoice, 1, "1"),
                Kind::Refused(Reason::InvoiceFormat),
                "{invoice}"
            );
            assert_eq!(
                classified(invoice, -1, "0"),
                Kind::Refused(Reason::InvoiceFormat),
                "{invoice}"
            );
        }
    }

    #[test]
    fn the_first_reason_that_applies_is_given() {
        assert_eq!(
            classified("536365", -1, "-0.001"),
            Kind::Refused(Reason::QuantityNotPositive)
        );
        assert_eq!(
            classified("536365", 0, "0"),
            Kind::Refused(Reason::QuantityNotPositive)
        );
        assert_eq!(
            classified("536365", 1, "-0.001"),
            Kind::Refused(Reason::PriceNotPositive)
        );
    }
}
