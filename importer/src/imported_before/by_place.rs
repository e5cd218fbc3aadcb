//! Returns from releases that named them by their place in a file: the number of the row among the return rows of its
//! invoice. Their content is in their events.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::returns::ReturnEvent;
use domain::{Event, ReturnId, StreamId};
use event_store::Store;

use crate::credit::Credit;
use crate::sales::{Return, Sales};
use crate::{Error, first_events, ids};

/// How many more rows than here an invoice may have had in an earlier file: far more than any of the data
/// set has.
const ROWS_MORE: u32 = 1_000;

/// The stored returns of the file's credit invoices: the name of each row's content, and the name of its place.
pub(super) async fn find(
    store: &Store,
    sales: &Sales,
    return_ids: &HashSet<ReturnId>,
) -> Result<Vec<(String, String)>, Error> {
    let mut rows: BTreeMap<&str, Vec<&Credit>> = BTreeMap::new();
    for returned in returns(sales) {
        rows.entry(&returned.credit.invoice)
            .or_default()
            .push(&returned.credit);
    }
    let mut places = HashMap::new();
    for (invoice, rows) in &rows {
        let rows_max = u32::try_from(rows.len()).expect("a file has few rows") + ROWS_MORE;
        for ordinal in 1..=rows_max {
            let name = format!("{invoice}/{ordinal}");
            let return_id = ids::returned(&name);
            if return_ids.contains(&return_id) {
                places.insert(return_id, (*invoice, name));
            }
        }
    }
    let mut found = Vec::new();
    for (place, mut credit) in stored(store, &places).await? {
        let is_same =
            |row: &&&Credit| (&row.code, row.quantity, row.at) == (&credit.code, credit.quantity, credit.at);
        // The event does not have the customer's number.
        if let Some(row) = rows[&*credit.invoice].iter().find(is_same) {
            credit.customer.clone_from(&row.customer);
        }
        found.push((credit.to_string(), place));
    }
    // The order in which they are named must not depend on the map.
    found.sort();
    Ok(found)
}

/// Every return row of the file.
fn returns(sales: &Sales) -> impl Iterator<Item = &Return> {
    let matched = sales.orders.iter().flat_map(|order| &order.returns);
    matched.chain(&sales.unmatched)
}

/// Reads the returns called by their places, without their customers.
async fn stored(
    store: &Store,
    places: &HashMap<ReturnId, (&str, String)>,
) -> Result<Vec<(String, Credit)>, event_store::Error> {
    let mut found = Vec::with_capacity(places.len());
    let streams = places.keys().map(|return_id| StreamId::Return(*return_id));
    first_events::read(store, streams, |event, at| {
        let Event::Return(ReturnEvent::ReturnRequested(requested)) = event else {
            return;
        };
        let place = places.get(&requested.return_id);
        if let (Some((invoice, name)), Some(line)) = (place, requested.lines.first()) {
            let credit = Credit {
                invoice: (*invoice).into(),
                code: line.sku.as_str().into(),
                quantity: requested.lines.iter().map(|line| line.quantity).sum(),
                at,
                customer: "".into(),
            };
            found.push((name.clone(), credit));
        }
    })
    .await?;
    Ok(found)
}
