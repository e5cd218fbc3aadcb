//! One payment, now and in the past.

use actix_web::web;
use domain::{OrderId, PaymentId, StreamId};
use platform::answer::Found;
use platform::auth::{Authenticated, Permission, Principal};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::Query;
use projector::past::{Past as _, PaymentPast, PaymentRow};
use schemas::text_enum::TextEnum as _;
use serde_json::Value;
use sqlx::types::chrono::{DateTime, Utc};
use uuid::Uuid;

use super::USES;
use crate::api::{Api, database};
use crate::position::ReadModels;
use crate::reads::Answer;
use crate::reads::past::{Entity, PastQuery, People, Sight, row_at};
use crate::view::{AsOf, Money, Payment};

/// Payments.
pub(crate) struct Payments;

/// A row of `payments`, with the customer of its order.
#[derive(Debug, sqlx::FromRow)]
struct StoredPayment {
    id: Uuid,
    order_id: Uuid,
    status: String,
    amount_minor: i64,
    captured_minor: i64,
    refunded_minor: i64,
    currency: String,
    created_at: DateTime<Utc>,
    position: i64,
    customer_id: Option<Uuid>,
}

impl From<PaymentRow> for StoredPayment {
    fn from(row: PaymentRow) -> Self {
        Self {
            id: row.id,
            order_id: row.order_id,
            status: row.status.as_str().to_owned(),
            amount_minor: row.amount_minor,
            captured_minor: row.captured_minor,
            refunded_minor: row.refunded_minor,
            currency: row.currency,
            created_at: row.created_at,
            position: row.position,
            customer_id: None,
        }
    }
}

impl StoredPayment {
    /// The payment with this id, if `reader` may see it: the customer or guest of its order, and those who read every
    /// order.
    async fn read(api: &Api, reader: &Principal, id: Uuid) -> Result<Self, Problem> {
        let payment: Option<Self> = sqlx::query_as(
            "SELECT p.id, p.order_id, p.status, p.amount_minor, p.captured_minor, p.refunded_minor, p.currency, \
                 p.created_at, p.position, o.customer_id \
             FROM read_model.payments AS p JOIN read_model.orders AS o ON o.id = p.order_id WHERE p.id = $1",
        )
        .bind(id)
        .fetch_optional(&api.pool)
        .await
        .map_err(database)?;
        let is_seen = |payment: &Self| {
            let is_customer = reader.account_id().is_some() && payment.customer_id == reader.account_id();
            reader.guest_order_id() == Some(payment.order_id)
                || is_customer
                || reader.may(Permission::ReadOrders)
        };
        payment.filter(is_seen).ok_or_else(Problem::not_found)
    }

    fn into_view(self, as_of: Option<AsOf>) -> Payment {
        Payment {
            id: self.id,
            order_id: self.order_id,
            order_number: domain::order::number(OrderId::from_uuid(self.order_id)),
            status: self.status,
            amount: Money::new(self.amount_minor, &self.currency),
            captured: Money::new(self.captured_minor, &self.currency),
            refunded: Money::new(self.refunded_minor, &self.currency),
            created_at: self.created_at,
            position: self.position,
            as_of,
        }
    }
}

/// One payment.
pub(crate) async fn one(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<Uuid>,
    query: Query<PastQuery>,
) -> Answer<Found<Payment>> {
    let id = id.0;
    let moment = query.0.moment()?;
    let reached = api.wait_for(USES, query.0.min_position).await?;
    let present = StoredPayment::read(&api, &reader, id).await?;
    let Some(moment) = moment else {
        return reached.found(present.into_view(None));
    };
    let (row, as_of) = row_at::<Payments>(&api, &id, moment).await?;
    reached.found(StoredPayment::from(row).into_view(Some(as_of)))
}

impl Entity for Payments {
    type Id = Uuid;
    type Past = PaymentPast;
    type Shown = ();

    const USES: ReadModels = USES;

    async fn sight(api: &Api, reader: &Principal, id: &Uuid) -> Result<Sight<()>, Problem> {
        let payment = StoredPayment::read(api, reader, *id).await?;
        let sees_all = reader.may(Permission::ReadOrders);
        Ok(Sight {
            shown: (),
            sees_all,
            sees_reasons: sees_all,
            account_id: reader.account_id(),
            people: People {
                customer_id: payment.customer_id,
                ..People::default()
            },
        })
    }

    fn stream(id: &Uuid) -> StreamId {
        StreamId::Payment(PaymentId::from_uuid(*id))
    }

    fn before_all(id: &Uuid) -> PaymentPast {
        PaymentPast::before_all(*id)
    }

    fn fields(_: &Sight<()>, row: PaymentRow) -> Result<Value, Problem> {
        serde_json::to_value(StoredPayment::from(row).into_view(None)).map_err(Problem::internal)
    }
}
