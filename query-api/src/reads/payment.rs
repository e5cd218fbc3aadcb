//! Payments.

use actix_web::web;
use platform::answer::Found;
use platform::auth::Authenticated;
use platform::query::{Page, Query};
use schemas::read_model;

use super::Answer;
use crate::api::{Api, database};
use crate::page::{List, ListQuery, TimePlace};
use crate::position::ReadModels;
use crate::view::{Money, Payment};

mod one;

pub(crate) use one::{Payments, one};

/// The read models that these reads use.
const USES: ReadModels = &[read_model::PAYMENTS, read_model::ORDERS];

/// The payments of the caller's own orders, newest order first.
pub(crate) async fn mine(
    api: web::Data<Api>,
    caller: Authenticated,
    query: Query<ListQuery>,
) -> Answer<Found<Page<Payment>>> {
    let name = format!("my-payments {}", caller.subject);
    let (list, place) = List::open(&api, USES, name, query.0, TimePlace::newest()).await?;
    let rows = sqlx::query!(
        "SELECT p.id, p.order_id, p.status, p.amount_minor, p.captured_minor, p.refunded_minor, p.currency,
             p.created_at, p.position, o.number, o.placed_at
         FROM read_model.orders AS o JOIN read_model.payments AS p ON p.id = o.payment_id
         WHERE o.customer_id = $1 AND (o.placed_at, o.id) < ($2, $3)
         ORDER BY o.placed_at DESC, o.id DESC LIMIT $4",
        caller.subject,
        place.0,
        place.1,
        list.row_count()
    );
    let rows = rows.fetch_all(&api.pool).await.map_err(database)?;
    let page = list.page(rows, |row| TimePlace(row.placed_at, row.order_id))?;
    let items = page.items.into_iter().map(|row| Payment {
        id: row.id,
        order_id: row.order_id,
        order_number: row.number,
        status: row.status,
        amount: Money::new(row.amount_minor, &row.currency),
        captured: Money::new(row.captured_minor, &row.currency),
        refunded: Money::new(row.refunded_minor, &row.currency),
        created_at: row.created_at,
        position: row.position,
        as_of: None,
    });
    list.reached.found(Page {
        items: items.collect(),
        next_cursor: page.next_cursor,
    })
}
