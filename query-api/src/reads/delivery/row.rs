//! The rows of deliveries, and the statements that read them.

use chrono::{DateTime, Utc};
use domain::Sealed;
use event_store::KeyRing;
use platform::problem::Problem;
use projector::past::DeliveryRow;
use schemas::read_model::{DeliveryStatus, Stage, StoredStage};
use schemas::text_enum::TextEnum as _;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::TimePlace;
use crate::sealed;
use crate::view::{AsOf, Delivery, Raw};

/// A row of `deliveries`, with the customer of its order.
#[derive(Debug)]
pub(super) struct StoredDelivery {
    pub id: Uuid,
    pub order_id: Uuid,
    order_number: String,
    pub status: String,
    pub courier_id: Option<Uuid>,
    pub customer_id: Option<Uuid>,
    country: String,
    pub contact: Option<Json<Sealed>>,
    line_count: i32,
    timeline: Json<Vec<StoredStage<DeliveryStatus>>>,
    pub created_at: DateTime<Utc>,
    position: i64,
}

impl StoredDelivery {
    /// The delivery with this row, whose order is of this customer.
    pub(super) fn of(row: DeliveryRow, customer_id: Option<Uuid>) -> Self {
        Self {
            id: row.id,
            order_id: row.order_id,
            order_number: row.order_number,
            status: row.status.as_str().to_owned(),
            courier_id: row.courier_id,
            customer_id,
            country: row.country,
            contact: row.contact.map(Json),
            line_count: row.line_count,
            timeline: Json(row.timeline),
            created_at: row.created_at,
            position: row.position,
        }
    }

    /// Its stages, without the reasons.
    pub(super) fn stages(&self) -> Vec<Stage<DeliveryStatus>> {
        self.timeline.0.iter().map(|stage| stage.with(None)).collect()
    }

    /// Its timeline, with the reasons opened.
    pub(super) async fn timeline(&self, keys: &KeyRing) -> Result<Vec<Stage<DeliveryStatus>>, Problem> {
        let person_id = self.contact.as_ref().map(|contact| contact.0.person_id);
        sealed::open_timeline(keys, &self.timeline.0, person_id).await
    }

    /// The delivery in the answer.
    pub(super) fn into_view(
        self,
        contact: Option<Raw>,
        timeline: Vec<Stage<DeliveryStatus>>,
        as_of: Option<AsOf>,
    ) -> Delivery {
        Delivery {
            id: self.id,
            order_id: self.order_id,
            order_number: self.order_number,
            status: self.status,
            courier_id: self.courier_id,
            country: self.country,
            contact,
            line_count: self.line_count,
            timeline,
            position: self.position,
            as_of,
        }
    }

    /// The delivery with this id.
    pub(super) async fn one(pool: &PgPool, id: Uuid) -> Result<Option<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT d.id, d.order_id, d.order_number, d.status, d.courier_id, o.customer_id, d.country,
                   d.contact AS "contact: Json<Sealed>", d.line_count, d.timeline AS "timeline: Json<Vec<StoredStage<DeliveryStatus>>>",
                   d.created_at, d.position
               FROM read_model.deliveries AS d JOIN read_model.orders AS o ON o.id = d.order_id
               WHERE d.id = $1"#,
            id
        )
        .fetch_optional(pool)
        .await
    }

    /// All deliveries before `place`, newest first.
    pub(super) async fn all(
        pool: &PgPool,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, order_id, order_number, status, courier_id, NULL::uuid AS customer_id, country,
                   contact AS "contact: Json<Sealed>", line_count, timeline AS "timeline: Json<Vec<StoredStage<DeliveryStatus>>>",
                   created_at, position
               FROM read_model.deliveries WHERE (created_at, id) < ($1, $2)
               ORDER BY created_at DESC, id DESC LIMIT $3"#,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }

    /// Those with one status.
    pub(super) async fn of_status(
        pool: &PgPool,
        status: &str,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, order_id, order_number, status, courier_id, NULL::uuid AS customer_id, country,
                   contact AS "contact: Json<Sealed>", line_count, timeline AS "timeline: Json<Vec<StoredStage<DeliveryStatus>>>",
                   created_at, position
               FROM read_model.deliveries WHERE status = $1 AND (created_at, id) < ($2, $3)
               ORDER BY created_at DESC, id DESC LIMIT $4"#,
            status,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }

    /// The open ones of one courier after `place`, oldest first.
    pub(super) async fn open_of_courier(
        pool: &PgPool,
        courier_id: Uuid,
        place: TimePlace,
        row_count: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        sqlx::query_as!(
            Self,
            r#"SELECT id, order_id, order_number, status, courier_id, NULL::uuid AS customer_id, country,
                   contact AS "contact: Json<Sealed>", line_count, timeline AS "timeline: Json<Vec<StoredStage<DeliveryStatus>>>",
                   created_at, position
               FROM read_model.deliveries
               WHERE courier_id = $1 AND status NOT IN ('delivered', 'returned', 'cancelled')
                   AND (created_at, id) > ($2, $3)
               ORDER BY created_at, id LIMIT $4"#,
            courier_id,
            place.0,
            place.1,
            row_count
        )
        .fetch_all(pool)
        .await
    }
}
