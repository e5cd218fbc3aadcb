//! The rows of credit ("C") invoices.
//!
//! A return is named by the content of its row, not by its place in a file, so that a row that stands in several files
//! is returned and refunded once. The name is part of the idempotency keys of its steps, and they tell a later import
//! what was returned.

use std::fmt;

use chrono::{DateTime, Utc};

/// The content of a row. Equal rows of an invoice are told apart by counting those that belong to an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Credit {
    /// The C invoice's number.
    pub invoice: Box<str>,
    /// The stock code, in upper case.
    pub code: Box<str>,
    /// How many units.
    pub quantity: i64,
    /// When they were returned.
    pub at: DateTime<Utc>,
    /// The customer's number; empty when unknown.
    pub customer: Box<str>,
}

impl Credit {
    /// The invoice and the stock code, with which every name of a row of theirs begins.
    pub fn subject(&self) -> String {
        subject(&self.invoice, &self.code)
    }
}

/// The beginning of the names of an invoice's rows with this stock code.
pub fn subject(invoice: &str, code: &str) -> String {
    format!("{invoice}/{code}/")
}

/// The name of a row: its content.
impl fmt::Display for Credit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            invoice,
            code,
            quantity,
            at,
            customer,
        } = self;
        let at = at.format("%Y-%m-%dT%H:%M:%SZ");
        write!(formatter, "{}{quantity}/{at}/{customer}", subject(invoice, code))
    }
}
