//! Lists of orders. Each list has its own statement, which reads along an index.

use std::sync::LazyLock;

use domain::PersonId;
use event_store::KeyRing;
use platform::problem::Problem;
use schemas::read_model::order::{OrderStage, OrderSummary, StoredLine, StoredSummary};
use schemas::read_model::{Money, Stage};
use schemas::text_enum::TextEnum;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{FromRow, PgPool, Row as _};
use uuid::Uuid;

use crate::page::TimePlace;
use crate::sealed;

/// The columns of `orders` that a list shows.
#[derive(Debug)]
pub(super) struct ListedOrder {
    pub summary: StoredSummary,
    /// The person with whose key the contact is sealed.
    person_id: Option<Uuid>,
}

macro_rules! from_row {
    ($($kind:ident $field:ident,)+) => {
        impl<'row> FromRow<'row, PgRow> for ListedOrder {
            fn from_row(row: &'row PgRow) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    summary: StoredSummary { $($field: from_row!(@$kind row stringify!($field))),+ },
                    person_id: row.try_get("person_id")?,
                })
            }
        }
    };
    (@plain $row:ident $name:expr) => {
        $row.try_get($name)?
    };
    (@text $row:ident $name:expr) => {
        text($name, $row.try_get($name)?)?
    };
    (@nullable_text $row:ident $name:expr) => {
        $row.try_get::<Option<&str>, _>($name)?.map(|value| text($name, value)).transpose()?
    };
    (@json $row:ident $name:expr) => {
        $row.try_get::<Json<_>, _>($name)?.0
    };
    (@money $row:ident $name:expr) => {
        Money {
            minor: $row.try_get(concat!($name, "_minor"))?,
            currency: $row.try_get("currency")?,
        }
    };
}

schemas::order_summary_columns!(from_row);

fn text<T: TextEnum>(column: &str, value: &str) -> Result<T, sqlx::Error> {
    T::parse(value).ok_or_else(|| sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: format!("`{value}` is not one of its values").into(),
    })
}

/// The columns of a list over `orders AS o`.
pub(super) fn columns() -> String {
    let columns = StoredSummary::columns()
        .into_iter()
        .map(|name| format!("o.{name}"));
    let person_id = "(o.contact->>'person_id')::uuid AS person_id".to_owned();
    columns.chain([person_id]).collect::<Vec<_>>().join(", ")
}

/// The statement of a page of orders, newest first.
fn statement(filter: &str) -> String {
    format!(
        "SELECT {} FROM read_model.orders AS o WHERE (o.placed_at, o.id) < ($1, $2) {filter} \
         ORDER BY o.placed_at DESC, o.id DESC LIMIT $3",
        columns()
    )
}

static ALL: LazyLock<String> = LazyLock::new(|| statement(""));
static OF_STATUS: LazyLock<String> = LazyLock::new(|| statement("AND o.status = $4"));
static OF_CUSTOMER: LazyLock<String> = LazyLock::new(|| statement("AND o.customer_id = $4"));
static OF_SELLER: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, o.lines \
         FROM read_model.order_sellers AS s JOIN read_model.orders AS o ON o.id = s.order_id \
         WHERE (s.placed_at, s.order_id) < ($1, $2) AND s.seller_id = $4 \
         ORDER BY s.placed_at DESC, s.order_id DESC LIMIT $3",
        columns()
    )
});

/// An order in a seller's list.
#[derive(Debug, FromRow)]
struct ListedSale {
    #[sqlx(flatten)]
    listed: ListedOrder,
    #[sqlx(json)]
    lines: Vec<StoredLine>,
}

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageQuery {
    /// The page begins after this place.
    pub place: TimePlace,
    /// The largest number of rows.
    pub row_count: i64,
}

impl PageQuery {
    fn of<R: for<'row> FromRow<'row, PgRow>>(
        self,
        statement: &'static str,
    ) -> sqlx::query::QueryAs<'static, sqlx::Postgres, R, sqlx::postgres::PgArguments> {
        sqlx::query_as(statement)
            .bind(self.place.0)
            .bind(self.place.1)
            .bind(self.row_count)
    }
}

impl ListedOrder {
    /// The order with this summary, whose contact is sealed with the key of `person_id`.
    pub(super) const fn of(summary: StoredSummary, person_id: Option<Uuid>) -> Self {
        Self { summary, person_id }
    }

    /// The person with whose key the contact is sealed.
    pub(super) fn person_id(&self) -> Option<PersonId> {
        self.person_id.map(PersonId::from_uuid)
    }

    /// Its timeline, with the reasons opened.
    pub(super) async fn timeline(&self, keys: &KeyRing) -> Result<Vec<Stage<OrderStage>>, Problem> {
        sealed::open_timeline(keys, &self.summary.timeline, self.person_id()).await
    }

    /// The order in a list.
    pub(super) async fn into_view(self, keys: &KeyRing) -> Result<OrderSummary<Stage<OrderStage>>, Problem> {
        let timeline = self.timeline(keys).await?;
        Ok(self.summary.with_timeline(timeline))
    }

    /// All orders.
    pub(super) async fn all(pool: &PgPool, page: PageQuery) -> Result<Vec<Self>, sqlx::Error> {
        page.of(&ALL).fetch_all(pool).await
    }

    /// Those with one status.
    pub(super) async fn of_status(
        pool: &PgPool,
        status: &'static str,
        page: PageQuery,
    ) -> Result<Vec<Self>, sqlx::Error> {
        page.of(&OF_STATUS).bind(status).fetch_all(pool).await
    }

    /// Orders of one customer.
    pub(super) async fn of_customer(
        pool: &PgPool,
        customer_id: Uuid,
        page: PageQuery,
    ) -> Result<Vec<Self>, sqlx::Error> {
        page.of(&OF_CUSTOMER).bind(customer_id).fetch_all(pool).await
    }

    /// Those with lines of one seller, with the number and total of that seller's lines only.
    pub(super) async fn of_seller(
        pool: &PgPool,
        seller_id: Uuid,
        page: PageQuery,
    ) -> Result<Vec<Self>, sqlx::Error> {
        let sales: Vec<ListedSale> = page.of(&OF_SELLER).bind(seller_id).fetch_all(pool).await?;
        let seen = |sale: ListedSale| Self {
            summary: sale.listed.summary.for_seller(seller_id, &sale.lines),
            ..sale.listed
        };
        Ok(sales.into_iter().map(seen).collect())
    }
}
