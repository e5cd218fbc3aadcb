//! One order: its row, and the answer.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use domain::Sealed;
use schemas::read_model::order::StoredLine;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

use super::Visibility;
use super::row::{ListedOrder, columns};
use crate::view::{Money, Order, OrderLine, Raw, Totals};

/// A whole row of `orders`.
#[derive(Debug, FromRow)]
pub(super) struct StoredOrder {
    #[sqlx(flatten)]
    pub listed: ListedOrder,
    return_status: String,
    pub customer_id: Option<Uuid>,
    channel: String,
    #[sqlx(json)]
    lines: Vec<StoredLine>,
    pub seller_ids: Vec<Uuid>,
    subtotal_minor: i64,
    discount_minor: i64,
    tax_minor: i64,
    shipping_minor: i64,
    #[sqlx(json(nullable))]
    pub contact: Option<Sealed>,
    payment_id: Uuid,
    delivery_id: Uuid,
    reservation_expires_at: DateTime<Utc>,
}

static ONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, return_status, customer_id, channel, lines, seller_ids, subtotal_minor, discount_minor, tax_minor, \
             shipping_minor, contact, payment_id, delivery_id, reservation_expires_at \
         FROM read_model.orders AS o WHERE id = $1",
        columns(&[])
    )
});

impl StoredOrder {
    /// Reads the order with this id.
    pub(super) async fn read(pool: &PgPool, id: Uuid) -> Result<Option<Self>, sqlx::Error> {
        sqlx::query_as(ONE.as_str()).bind(id).fetch_optional(pool).await
    }

    /// The order as a reader with this visibility sees it. A seller sees their own lines and the total of those.
    pub(super) fn into_view(self, visibility: Visibility, contact: Option<Raw>) -> Order {
        let totals = self.totals(visibility);
        let summary = self.listed.0;
        let lines = self.lines.into_iter();
        let lines = lines
            .filter(|line| is_seen(visibility, line))
            .map(|line| shown(line, &summary.total.currency))
            .collect();
        let (customer_id, courier_id) = match visibility {
            Visibility::All => (self.customer_id, summary.courier_id),
            Visibility::LinesOf(_) => (None, None),
        };
        Order {
            id: summary.id,
            number: summary.number,
            status: summary.status,
            payment_status: summary.payment_status,
            fulfilment_status: summary.fulfilment_status,
            delivery_status: summary.delivery_status,
            return_status: self.return_status,
            customer_id,
            channel: self.channel,
            lines,
            totals,
            country: summary.country,
            contact,
            payment_id: self.payment_id,
            delivery_id: self.delivery_id,
            courier_id,
            reservation_expires_at: self.reservation_expires_at,
            placed_at: summary.placed_at,
            timeline: summary.timeline,
            version: summary.version,
            position: summary.position,
        }
    }

    fn totals(&self, visibility: Visibility) -> Totals {
        let total = &self.listed.0.total;
        let money = |minor| Money::new(minor, &total.currency);
        match visibility {
            Visibility::All => Totals {
                subtotal: money(self.subtotal_minor),
                discount: money(self.discount_minor),
                tax: money(self.tax_minor),
                shipping: money(self.shipping_minor),
                total: money(total.minor),
            },
            Visibility::LinesOf(_) => {
                let seen = self.lines.iter().filter(|line| is_seen(visibility, line));
                let sum = seen.fold(0_i64, |sum, line| sum.saturating_add(line.line_total_minor));
                let none = || money(0);
                Totals {
                    subtotal: money(sum),
                    discount: none(),
                    tax: none(),
                    shipping: none(),
                    total: money(sum),
                }
            }
        }
    }
}

fn is_seen(visibility: Visibility, line: &StoredLine) -> bool {
    match visibility {
        Visibility::All => true,
        Visibility::LinesOf(seller_id) => line.seller_id == seller_id,
    }
}

fn shown(line: StoredLine, currency: &str) -> OrderLine {
    OrderLine {
        line_number: line.line_number,
        sku: line.sku,
        name: line.name,
        quantity: line.quantity,
        unit_price: Money::new(line.unit_price_minor, currency),
        line_total: Money::new(line.line_total_minor, currency),
        returned_quantity: line.returned_quantity,
    }
}
