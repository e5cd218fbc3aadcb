//! Differences between a file and what was imported before under the same invoice numbers. They are found before
//! anything is appended: the stored orders and returns would stay as they are, and the file would not tell the truth.
//!
//! An invoice is compared with the first event of its order, which has all that its rows had. A credit invoice may be
//! longer or shorter than before, because a return is only imported together with its order; but rows of one SKU cannot
//! be replaced by others.

use std::collections::{BTreeMap, HashMap};

use domain::order::{Customer, OrderEvent, OrderLine, OrderPlaced};
use domain::text::{self, Lines};
use domain::{Event, OrderId, StreamId};
use event_store::Store;

use crate::credit;
use crate::imported_before::ImportedBefore;
use crate::report::pounds;
use crate::rows::Malformed;
use crate::sales::{Line, Order, Return, Sales};
use crate::{Error, first_events, ids};

/// Compares the file with what was imported before.
///
/// # Errors
/// [`Error::Contradictory`] with each difference, by line of the file.
pub async fn check(store: &Store, sales: &Sales, before: &ImportedBefore) -> Result<(), Error> {
    let mut found = of_credit_invoices(sales, before);
    found.extend(of_orders(store, sales, before).await?);
    found.sort();
    let mut malformed = Malformed::default();
    for (line, detail) in found {
        malformed.find(line, detail);
    }
    if malformed.count == 0 {
        Ok(())
    } else {
        Err(Error::Contradictory(malformed))
    }
}

/// A difference, and the line of the file that has it.
type Difference = (u64, String);

async fn of_orders(
    store: &Store,
    sales: &Sales,
    before: &ImportedBefore,
) -> Result<Vec<Difference>, event_store::Error> {
    let placed = sales.orders.iter().filter(|order| before.is_placed(order));
    let orders: HashMap<OrderId, &Order> = placed.map(|order| (ids::order(&order.invoice), order)).collect();
    let mut found = Vec::new();
    let streams = orders.keys().map(|order_id| StreamId::Order(*order_id));
    first_events::read(store, streams, |event, placed_at| {
        let Event::Order(OrderEvent::OrderPlaced(placed)) = event else {
            return;
        };
        if let Some(order) = orders.get(&placed.order_id) {
            let compared = Compared { sales, order };
            if placed_at != order.placed_at {
                found.push((order.line, compared.differs("InvoiceDate", placed_at)));
            }
            found.extend(compared.differences(&placed));
        }
    })
    .await?;
    Ok(found)
}

/// An order of the file whose invoice was imported before.
struct Compared<'a> {
    sales: &'a Sales,
    order: &'a Order,
}

impl Compared<'_> {
    fn differs(&self, column: &str, stored: impl std::fmt::Display) -> String {
        let invoice = &self.order.invoice;
        format!("invoice {invoice} was imported with another {column}: {stored}")
    }

    fn differences(&self, stored: &OrderPlaced) -> Vec<Difference> {
        let (sales, order) = (self.sales, self.order);
        let mut found = Vec::new();
        let customer = order.customer.map_or(Customer::Guest, |index| Customer::Account {
            account_id: ids::customer(&sales.customers[index as usize]),
        });
        if customer != stored.customer {
            let invoice = &order.invoice;
            found.push((
                order.line,
                format!("invoice {invoice} was imported with another CustomerID"),
            ));
        }
        if *sales.countries[order.country as usize] != text::cleaned(&stored.country, Lines::One) {
            found.push((order.line, self.differs("Country", &stored.country)));
        }
        let rows = order.lines.iter().zip(&stored.lines);
        found.extend(rows.filter_map(|(line, stored)| self.of_line(line, stored)));
        let (here, before) = (order.lines.len(), stored.lines.len());
        if here != before {
            let first_new = order.lines.get(before).or(order.lines.last());
            found.push((
                first_new.map_or(order.line, |line| line.line),
                format!(
                    "invoice {} was imported with {before} sale rows; it has {here} here",
                    order.invoice
                ),
            ));
        }
        found
    }

    fn of_line(&self, line: &Line, stored: &OrderLine) -> Option<Difference> {
        let sku = &self.sales.products[line.product as usize].sku;
        let is_same = (sku, line.quantity, line.unit_price_minor)
            == (&stored.sku, stored.quantity, stored.unit_price_minor);
        if !is_same {
            let detail = format!(
                "invoice {} was imported with {} × {} at {} in this row",
                self.order.invoice,
                stored.quantity,
                stored.sku,
                pounds(stored.unit_price_minor)
            );
            return Some((line.line, detail));
        }
        // A row without a description got one of another row.
        let name = &*self.sales.names[line.name? as usize];
        (name != text::cleaned(&stored.name, Lines::One))
            .then(|| (line.line, self.differs("Description", &stored.name)))
    }
}

fn of_credit_invoices(sales: &Sales, before: &ImportedBefore) -> Vec<Difference> {
    // Per invoice and SKU: the rows of the file, and those that were returned.
    let mut subjects: BTreeMap<String, (Vec<&Return>, Vec<&str>)> = BTreeMap::new();
    let matched = sales.orders.iter().flat_map(|order| &order.returns);
    for returned in matched.chain(&sales.unmatched) {
        let subject = subjects.entry(returned.credit.subject()).or_default();
        subject.0.push(returned);
    }
    for (content, count) in before.returned() {
        let mut parts = content.split('/');
        let (invoice, code) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if let Some(subject) = subjects.get_mut(&credit::subject(invoice, code)) {
            subject.1.extend(std::iter::repeat_n(content, count));
        }
    }
    let mut found = Vec::new();
    for (mut rows, mut stored) in subjects.into_values() {
        rows.retain(|row| {
            let content = row.credit.to_string();
            let position = stored.iter().position(|stored| *stored == content);
            position.map(|position| stored.swap_remove(position)).is_none()
        });
        if let Some(replaced) = stored.iter().min() {
            for row in rows {
                let (invoice, code) = (&row.credit.invoice, &row.credit.code);
                let detail = format!("invoice {invoice} was imported with another row of {code}: {replaced}");
                found.push((row.line, detail));
            }
        }
    }
    found
}
