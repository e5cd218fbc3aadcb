//! Totals of a file.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::rules::Reason;

/// Totals of a file. Sale rows, return rows and refused rows add up to all rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows, without the header.
    pub rows: u64,
    /// Rows that became lines of orders.
    pub sale_rows: u64,
    /// Rows that take units back.
    pub return_rows: u64,
    /// Return rows that belong to an order of the file.
    pub returns_matched: u64,
    /// Return rows that do not.
    pub returns_unmatched: u64,
    /// Refused rows, by reason.
    pub refused: BTreeMap<Reason, u64>,
    /// Orders: invoices with a sale row.
    pub orders: u64,
    /// Customers of those orders, without guests.
    pub customers: u64,
    /// SKUs sold.
    pub skus: u64,
    /// Units sold.
    pub units: i64,
    /// The value of the sales, in pence.
    pub gross_minor: i64,
    /// The amount refunded for matched returns, in pence.
    pub refunded_minor: i64,
    /// The value of the unmatched returns, each rounded half up, in pence.
    pub unmatched_minor: i64,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |label: &str, value: String| writeln!(formatter, "{label:<28} {value:>14}");
        line("rows", self.rows.to_string())?;
        line("  sales", self.sale_rows.to_string())?;
        line("  returns", self.return_rows.to_string())?;
        for (reason, count) in &self.refused {
            let reason = format!("{reason:?}");
            line(&format!("  refused: {}", words(&reason)), count.to_string())?;
        }
        line("orders", self.orders.to_string())?;
        line("customers", self.customers.to_string())?;
        line("SKUs", self.skus.to_string())?;
        line("units", self.units.to_string())?;
        line("gross", pounds(self.gross_minor))?;
        line("returns matched", self.returns_matched.to_string())?;
        line("  refunded", pounds(self.refunded_minor))?;
        line("returns unmatched", self.returns_unmatched.to_string())?;
        line("  worth", pounds(self.unmatched_minor))
    }
}

/// `QuantityNotPositive` as `quantity not positive`.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// Pence as pounds: `£12.34`.
pub(crate) fn pounds(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}£{}.{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::{Reason, Report};

    #[test]
    fn the_json_has_the_fields_of_the_contract() {
        let report = Report {
            refused: [(Reason::InvoiceFormat, 3)].into(),
            ..Report::default()
        };
        let json = serde_json::to_value(report).unwrap();
        let mut fields: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        fields.sort_unstable();
        let expected = [
            "customers",
            "gross_minor",
            "orders",
            "refunded_minor",
            "refused",
            "return_rows",
            "returns_matched",
            "returns_unmatched",
            "rows",
            "sale_rows",
            "skus",
            "units",
            "unmatched_minor",
        ];
        assert_eq!(fields, expected);
        assert_eq!(json["refused"]["invoice_format"], 3);
    }

    #[test]
    fn the_text_has_the_same_totals() {
        let report = Report {
            gross_minor: 629_376_405,
            refused: [(Reason::QuantityNotPositive, 925)].into(),
            ..Report::default()
        };
        let text = report.to_string();
        assert!(text.contains("£6293764.05"), "{text}");
        assert!(text.contains("refused: quantity not positive"), "{text}");
    }
}
