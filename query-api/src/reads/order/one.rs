//! One order, as stored and as shown.

use chrono::{DateTime, Utc};
use domain::Sealed;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::Visibility;
use crate::view::{Money, Order, OrderLine, Raw, StoredLine, Totals};

/// A complete row of `orders`.
#[derive(Debug)]
pub(super) struct StoredOrder {
    pub id: Uuid,
    number: String,
    status: String,
    payment_status: String,
    fulfilment_status: String,
    delivery_status: Option<String>,
    return_status: String,
    pub customer_id: Option<Uuid>,
    channel: String,
    lines: Json<Vec<StoredLine>>,
    pub seller_ids: Vec<Uuid>,
    currency: String,
    subtotal_minor: i64,
    discount_minor: i64,
    tax_minor: i64,
    shipping_minor: i64,
    total_minor: i64,
    country: String,
    pub contact: Option<Json<Sealed>>,
    payment_id: Uuid,
    delivery_id: Uuid,
    pub courier_id: Option<Uuid>,
    reservation_expires_at: DateTime<Utc>,
    placed_at: DateTime<Utc>,
    timeline: Json<Raw>,
    pub version: i64,
    position: i64,
}

impl StoredOrder {
    /// Reads the order with this id.
    pub(super) async fn read(pool: &PgPool, id: Uuid) -> Result<Option<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, number, status, payment_status, fulfilment_status, delivery_status, return_status,
                   customer_id, channel, lines AS "lines: Json<Vec<StoredLine>>", seller_ids, currency,
                   subtotal_minor, discount_minor, tax_minor, shipping_minor, total_minor, country,
                   contact AS "contact: Json<Sealed>", payment_id, delivery_id, courier_id,
                   reservation_expires_at, placed_at, timeline AS "timeline: Json<Raw>", version, position
               FROM read_model.orders WHERE id = $1"#,
            id
        )
        .fetch_optional(pool)
        .await
    }

    /// The order as a reader with this visibility sees it. A seller sees their own lines, and the total of those.
    pub(super) fn into_view(self, visibility: Visibility, contact: Option<Raw>) -> Order {
        let totals = self.totals(visibility);
        let lines = self.lines.0.into_iter();
        let lines = lines
            .filter(|line| is_seen(visibility, line))
            .map(|line| shown(line, &self.currency))
            .collect();
        let (customer_id, courier_id) = match visibility {
            Visibility::All => (self.customer_id, self.courier_id),
            Visibility::LinesOf(_) => (None, None),
        };
        Order {
            id: self.id,
            number: self.number,
            status: self.status,
            payment_status: self.payment_status,
            fulfilment_status: self.fulfilment_status,
            delivery_status: self.delivery_status,
            return_status: self.return_status,
            customer_id,
            channel: self.channel,
            lines,
            totals,
            country: self.country,
            contact,
            payment_id: self.payment_id,
            delivery_id: self.delivery_id,
            courier_id,
            reservation_expires_at: self.reservation_expires_at,
            placed_at: self.placed_at,
            timeline: self.timeline.0,
            version: self.version,
            position: self.position,
        }
    }

    fn totals(&self, visibility: Visibility) -> Totals {
        let money = |minor| Money::new(minor, &self.currency);
        match visibility {
            Visibility::All => Totals {
                subtotal: money(self.subtotal_minor),
                discount: money(self.discount_minor),
                tax: money(self.tax_minor),
                shipping: money(self.shipping_minor),
                total: money(self.total_minor),
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
