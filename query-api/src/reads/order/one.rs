//! One order: its row, and the answer.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use domain::Sealed;
use projector::past::OrderRow;
use schemas::read_model::Stage;
use schemas::read_model::order::{OrderStage, StoredLine};
use schemas::text_enum::TextEnum as _;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

use super::Visibility;
use super::party::Parties;
use super::row::{ListedOrder, columns};
use crate::view::{AsOf, Money, Order, OrderLine, Raw, Totals};

/// A whole row of `orders`.
#[derive(Debug, FromRow)]
pub(crate) struct StoredOrder {
    #[sqlx(flatten)]
    pub(super) listed: ListedOrder,
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

impl From<OrderRow> for StoredOrder {
    fn from(row: OrderRow) -> Self {
        let person_id = row.contact.as_ref().map(|contact| contact.person_id.as_uuid());
        Self {
            listed: ListedOrder::of(row.summary, person_id),
            return_status: row.return_status.as_str().to_owned(),
            customer_id: row.customer_id,
            channel: row.channel.as_str().to_owned(),
            lines: row.lines,
            seller_ids: row.seller_ids,
            subtotal_minor: row.subtotal_minor,
            discount_minor: row.discount_minor,
            tax_minor: row.tax_minor,
            shipping_minor: row.shipping_minor,
            contact: row.contact,
            payment_id: row.payment_id,
            delivery_id: row.delivery_id,
            reservation_expires_at: row.reservation_expires_at,
        }
    }
}

impl StoredOrder {
    /// Reads the order with this id.
    pub(crate) async fn read(pool: &PgPool, id: Uuid) -> Result<Option<Self>, sqlx::Error> {
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

    /// Whether this account sells the line.
    pub(crate) fn is_sold_by(&self, line_number: u16, account_id: Option<Uuid>) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| line.line_number == line_number && Some(line.seller_id) == account_id)
    }

    /// The order as a reader with this visibility sees it. A seller sees their own lines and the total of those.
    pub(super) fn into_view(
        self,
        visibility: Visibility,
        contact: Option<Raw>,
        timeline: Vec<Stage<OrderStage>>,
        as_of: Option<AsOf>,
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
            as_of,
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
