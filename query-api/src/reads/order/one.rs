//! One order: its row, and the answer.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use domain::Sealed;
use schemas::read_model::Stage;
use schemas::read_model::order::{OrderStage, StoredLine};
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

use super::Visibility;
use super::party::Parties;
use super::row::{ListedOrder, columns};
use crate::view::{Money, Order, OrderLine, Raw, Totals};

/// A whole row of `orders`.
#[derive(Debug, FromRow)]
pub(super) struct StoredOrder {
    #[sqlx(flatten)]
    pub listed: ListedOrder,
    return_status: String,
    customer_id: Option<Uuid>,
    channel: String,
    #[sqlx(json)]
    lines: Vec<StoredLine>,
    seller_ids: Vec<Uuid>,
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
        columns()
    )
});

impl StoredOrder {
    /// Reads the order with this id.
    pub(super) async fn read(pool: &PgPool, id: Uuid) -> Result<Option<Self>, sqlx::Error> {
        sqlx::query_as(ONE.as_str()).bind(id).fetch_optional(pool).await
    }

    /// Those who take part in it.
    pub(super) fn parties(&self) -> Parties {
        Parties {
            customer_id: self.customer_id,
            courier_id: self.listed.summary.courier_id,
            seller_ids: self.seller_ids.clone(),
        }
    }

    /// The order as a reader with this visibility sees it. A seller sees their own lines and the total of those.
    pub(super) fn into_view(
        self,
        visibility: Visibility,
        contact: Option<Raw>,
        timeline: Vec<Stage<OrderStage>>,
    ) -> Order {
        let seller_id = match visibility {
            Visibility::All | Visibility::ForDelivery => None,
            Visibility::LinesOf(seller_id) => Some(seller_id),
        };
        let (summary, totals) = match seller_id {
            None => (self.listed.summary.clone(), self.totals()),
            Some(seller_id) => {
                let summary = self.listed.summary.for_seller(seller_id, &self.lines);
                let totals = Totals::of_lines(summary.total.minor, &summary.total.currency);
                (summary, totals)
            }
        };
        let lines = self.lines.into_iter();
        let lines = lines
            .filter(|line| seller_id.is_none_or(|seller_id| line.seller_id == seller_id))
            .map(|line| shown(line, &summary.total.currency))
            .collect();
        Order {
            id: summary.id,
            number: summary.number,
            status: summary.status,
            payment_status: summary.payment_status,
            fulfilment_status: summary.fulfilment_status,
            delivery_status: summary.delivery_status,
            return_status: self.return_status,
            customer_id: self.customer_id.filter(|_| seller_id.is_none()),
            channel: self.channel,
            lines,
            totals,
            country: summary.country,
            contact,
            payment_id: self.payment_id,
            delivery_id: self.delivery_id,
            courier_id: summary.courier_id,
            reservation_expires_at: self.reservation_expires_at,
            placed_at: summary.placed_at,
            timeline,
            version: summary.version,
            position: summary.position,
        }
    }

    fn totals(&self) -> Totals {
        let total = &self.listed.summary.total;
        let money = |minor| Money::new(minor, &total.currency);
        Totals {
            subtotal: money(self.subtotal_minor),
            discount: money(self.discount_minor),
            tax: money(self.tax_minor),
            shipping: money(self.shipping_minor),
            total: money(total.minor),
        }
    }
}

impl Totals {
    /// The totals of lines alone.
    fn of_lines(minor: i64, currency: &str) -> Self {
        let money = |minor| Money::new(minor, currency);
        Self {
            subtotal: money(minor),
            discount: money(0),
            tax: money(0),
            shipping: money(0),
            total: money(minor),
        }
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
