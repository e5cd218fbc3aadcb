//! Converts a file's rows into orders and returns.

use std::collections::HashMap;
use std::io::Read as _;

use chrono::{DateTime, Utc};
use domain::returns::ReturnLine;
use domain::text::{self, Lines};
use domain::{Sku, order, product, validate};

use crate::credit::Credit;
use crate::matching::{self, ReturnRow};
use crate::report::Report;
use crate::rows::{self, Malformed, Row};
use crate::rules::{self, Kind};
use crate::source::Source;

mod interner;
mod prices;
#[cfg(test)]
mod tests;

use interner::Interner;
use prices::Prices;

/// The largest value of a row, in pence, so that no sum over a file overflows.
const ROW_VALUE_MINOR_MAX: i64 = 1_000_000_000_000;
/// The longest customer or invoice number, in characters.
const NUMBER_CHARS_MAX: usize = 64;

/// A file's content.
#[derive(Debug)]
pub struct Sales {
    /// SHA-256 of the uncompressed file, hex.
    pub hash: String,
    /// The products.
    pub products: Vec<Product>,
    /// The customers' numbers.
    pub customers: Vec<Box<str>>,
    /// The countries' names.
    pub countries: Vec<Box<str>>,
    /// The lines' descriptions.
    pub names: Vec<Box<str>>,
    /// The orders, by their first row.
    pub orders: Vec<Order>,
    /// The return rows that belong to none of them.
    pub unmatched: Vec<Return>,
    /// The totals.
    pub report: Report,
}

/// A product of the file.
#[derive(Debug)]
pub struct Product {
    /// Its SKU.
    pub sku: Sku,
    /// The last description in any row of the SKU; the SKU when there is none.
    pub name: String,
    /// The most frequent price, in pence.
    pub price_minor: i64,
}

/// An invoice with sale rows.
#[derive(Debug)]
pub struct Order {
    /// The invoice's number.
    pub invoice: Box<str>,
    /// Its first sale row.
    pub row: u32,
    /// The line of that row.
    pub line: u64,
    /// The customer, as an index; `None` for a guest.
    pub customer: Option<u32>,
    /// The country, as an index.
    pub country: u32,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// Its lines, in the order of the file.
    pub lines: Vec<Line>,
    /// Its returns, in the order of the file.
    pub returns: Vec<Return>,
}

impl Order {
    /// The price paid for units of its lines, in pence.
    pub fn paid_for(&self, lines: &[ReturnLine]) -> i64 {
        let price = |line: &ReturnLine| {
            self.lines[usize::from(line.line_number) - 1].unit_price_minor * line.quantity
        };
        lines.iter().map(price).sum()
    }

    /// Total of the order, in pence.
    pub fn total_minor(&self) -> i64 {
        self.lines
            .iter()
            .map(|line| line.unit_price_minor * line.quantity)
            .sum()
    }
}

/// A sale row.
#[derive(Debug)]
pub struct Line {
    /// Its line in the file.
    pub line: u64,
    /// The product, as an index.
    pub product: u32,
    /// The row's description, as an index; `None` when it is empty.
    pub name: Option<u32>,
    /// How many units.
    pub quantity: i64,
    /// How many of them were returned.
    pub returned: i64,
    /// Price of one unit, in pence.
    pub unit_price_minor: i64,
}

/// A return row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// Its line in the file.
    pub line: u64,
    /// Its content.
    pub credit: Credit,
    /// Its number among the equal rows that belong to an order, from 1; 0 if it belongs to none.
    pub ordinal: u32,
    /// The returned units, of one order.
    pub lines: Vec<ReturnLine>,
}

/// Reads a whole file.
///
/// # Errors
/// When its content is not valid.
pub fn read(mut source: Source) -> Result<Sales, Malformed> {
    let hash = source.hash();
    let mut builder = Builder::default();
    rows::read(&mut source, |row| builder.add(row))?;
    // The hash also covers what follows the last row; in practice there is nothing.
    let mut rest = Vec::new();
    let _at_the_end = source.read_to_end(&mut rest);
    builder.finish(hash.hex())
}

/// A stock code of the file.
#[derive(Debug, Default)]
struct Code {
    name: Box<str>,
    product: Option<u32>,
}

#[derive(Debug, Default)]
struct Builder {
    report: Report,
    codes: HashMap<Box<str>, Code>,
    skus: Vec<(Sku, Prices)>,
    customers: Interner,
    countries: Interner,
    names: Interner,
    orders: Vec<Order>,
    order_by_invoice: HashMap<Box<str>, usize>,
    returns: Vec<ReturnRow>,
}

impl Builder {
    fn add(&mut self, row: &Row<'_>) -> Result<(), String> {
        self.report.rows += 1;
        let code = row.stock_code.trim().to_ascii_uppercase();
        if !row.description.is_empty() {
            self.code(&code).name = row.description.into();
        }
        match rules::classify(row.invoice, row.quantity, row.price) {
            Kind::Sale { unit_price_minor } => self.add_sale(row, &code, unit_price_minor),
            Kind::Return => self.add_return(row, &code),
            Kind::Refused(reason) => {
                *self.report.refused.entry(reason).or_default() += 1;
                Ok(())
            }
        }
    }

    fn code(&mut self, code: &str) -> &mut Code {
        if !self.codes.contains_key(code) {
            self.codes.insert(code.into(), Code::default());
        }
        self.codes.get_mut(code).expect("it was just made")
    }

    fn add_sale(&mut self, row: &Row<'_>, code: &str, unit_price_minor: i64) -> Result<(), String> {
        check_sale(row, unit_price_minor)?;
        let country = validate::text("Country", row.country, 1..=order::COUNTRY_CHARS_MAX);
        let country = country.map_err(|error| error.to_string())?;
        let description = checked_name(row.description)?;
        let product = self.product(code)?;
        self.skus[product as usize].1.add(unit_price_minor);
        let name = (!description.is_empty()).then(|| self.names.index(&description));
        let line = Line {
            line: row.line,
            product,
            name,
            quantity: row.quantity,
            returned: 0,
            unit_price_minor,
        };
        let order = self.order(row, &country);
        if order.lines.len() >= order::LINES_MAX {
            return Err(format!(
                "invoice {} has more than {} lines",
                row.invoice,
                order::LINES_MAX
            ));
        }
        order.lines.push(line);
        self.report.sale_rows += 1;
        self.report.units += row.quantity;
        self.report.gross_minor += unit_price_minor * row.quantity;
        Ok(())
    }

    fn product(&mut self, code: &str) -> Result<u32, String> {
        if let Some(product) = self.code(code).product {
            return Ok(product);
        }
        let sku = Sku::parse(code).map_err(|error| format!("StockCode: {error}"))?;
        if sku.is_reserved() {
            return Err(format!("StockCode: {}", domain::Error::ReservedSku { sku }));
        }
        let product = u32::try_from(self.skus.len()).expect("there are fewer SKUs than rows");
        self.skus.push((sku, Prices::default()));
        self.code(code).product = Some(product);
        Ok(product)
    }

    fn order(&mut self, row: &Row<'_>, country: &str) -> &mut Order {
        let index = self
            .order_by_invoice
            .get(row.invoice)
            .copied()
            .unwrap_or_else(|| {
                self.order_by_invoice
                    .insert(row.invoice.into(), self.orders.len());
                self.orders.push(Order {
                    invoice: row.invoice.into(),
                    row: row.number,
                    line: row.line,
                    customer: (!row.customer.is_empty()).then(|| self.customers.index(row.customer)),
                    country: self.countries.index(country),
                    placed_at: row.at,
                    lines: Vec::new(),
                    returns: Vec::new(),
                });
                self.orders.len() - 1
            });
        &mut self.orders[index]
    }

    fn add_return(&mut self, row: &Row<'_>, code: &str) -> Result<(), String> {
        check_numbers(row)?;
        let quantity = row.quantity.checked_neg().ok_or("Quantity is too large")?;
        let value_minor = row.price.times(quantity);
        if value_minor.abs() > ROW_VALUE_MINOR_MAX {
            return Err("the row is worth too much".to_owned());
        }
        self.report.return_rows += 1;
        let returned = Return {
            line: row.line,
            credit: Credit {
                invoice: row.invoice.into(),
                code: code.into(),
                quantity,
                at: row.at,
                customer: row.customer.into(),
            },
            ordinal: 0,
            lines: Vec::new(),
        };
        let customer = (!row.customer.is_empty()).then(|| self.customers.index(row.customer));
        let product = None;
        let row = ReturnRow {
            row: row.number,
            customer,
            product,
            quantity,
            value_minor,
            returned,
        };
        self.returns.push(row);
        Ok(())
    }

    fn finish(mut self, hash: String) -> Result<Sales, Malformed> {
        let mut returns = std::mem::take(&mut self.returns);
        for row in &mut returns {
            // The SKU may be sold for the first time after this row.
            let code = self.codes.get(&row.returned.credit.code);
            row.product = code.and_then(|code| code.product);
        }
        let matched = matching::match_returns(&mut self.orders, returns);
        let products = self.products()?;
        let mut bought: Vec<u32> = self.orders.iter().filter_map(|order| order.customer).collect();
        bought.sort_unstable();
        bought.dedup();
        let report = Report {
            returns_matched: matched.found,
            returns_unmatched: matched.lost.len() as u64,
            refunded_minor: matched.refunded_minor,
            unmatched_minor: matched.unmatched_minor,
            orders: self.orders.len() as u64,
            customers: bought.len() as u64,
            skus: products.len() as u64,
            ..self.report
        };
        Ok(Sales {
            hash,
            products,
            customers: self.customers.texts,
            countries: self.countries.texts,
            names: self.names.texts,
            orders: self.orders,
            unmatched: matched.lost,
            report,
        })
    }

    fn products(&mut self) -> Result<Vec<Product>, Malformed> {
        let mut malformed = Malformed::default();
        let mut products = Vec::with_capacity(self.skus.len());
        for (sku, prices) in std::mem::take(&mut self.skus) {
            let name = self.codes.get(sku.as_str()).map_or("", |code| &code.name);
            let name = checked_name(name).unwrap_or_else(|detail| {
                malformed.find(0, format!("SKU {sku}: {detail}"));
                String::new()
            });
            let name = if name.is_empty() { sku.to_string() } else { name };
            products.push(Product {
                sku,
                name,
                price_minor: prices.most_frequent(),
            });
        }
        if malformed.count == 0 {
            Ok(products)
        } else {
            Err(malformed)
        }
    }
}

/// Checks a sale against the platform's limits.
fn check_sale(row: &Row<'_>, unit_price_minor: i64) -> Result<(), String> {
    if row.quantity > validate::QUANTITY_MAX {
        return Err(format!("Quantity is more than {}", validate::QUANTITY_MAX));
    }
    let value_minor = unit_price_minor.checked_mul(row.quantity);
    if value_minor.is_none_or(|value_minor| value_minor > ROW_VALUE_MINOR_MAX) {
        return Err("the row is worth too much".to_owned());
    }
    check_numbers(row)
}

/// Checks the numbers of invoice and customer.
fn check_numbers(row: &Row<'_>) -> Result<(), String> {
    if row.customer.len() > NUMBER_CHARS_MAX || row.invoice.len() > NUMBER_CHARS_MAX {
        return Err(format!(
            "CustomerID or InvoiceNo has more than {NUMBER_CHARS_MAX} characters"
        ));
    }
    match text::normalised(row.customer, Lines::One) {
        Err(found) => Err(format!("remove {found} from `CustomerID`")),
        Ok(_) => Ok(()),
    }
}

/// The description in the form in which it is stored.
fn checked_name(name: &str) -> Result<String, String> {
    validate::text("Description", name, 0..=product::NAME_CHARS_MAX).map_err(|error| error.to_string())
}
