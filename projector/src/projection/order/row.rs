//! The row of an order, and the rows of its sellers.

use chrono::{DateTime, Utc};
use domain::Sealed;
use schemas::read_model::Money;
use schemas::read_model::order::{StoredLine, StoredSummary};
use schemas::text_enum;
use serde::{Deserialize, Serialize};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};
use uuid::Uuid;

use crate::column::{Column, Columns, bind, sql_type, texts};
use crate::copy::Copy;
use crate::keyed_table::keyed_table;
use crate::registry::Table;
use crate::upsert::upsert;

/// The table of which sellers have a line in which order.
pub(crate) const ORDER_SELLERS: Table = Table {
    name: "order_sellers",
    key: &["seller_id", "placed_at", "order_id"],
};

text_enum! {
    /// Where the order came from.
    #[allow(missing_docs, reason = "the texts say it")]
    pub enum Channel { Web = "web", Import = "import" }
}

text_enum! {
    /// How much of it came back.
    #[allow(missing_docs, reason = "the texts say it")]
    pub enum ReturnStatus { None = "none", Partial = "partial", Returned = "returned" }
}

texts! { Channel, ReturnStatus }

/// One return of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnEntry {
    /// Its id.
    pub return_id: Uuid,
    /// Its status.
    pub status: String,
    /// The units that it claims.
    pub lines: Vec<ReturnedUnits>,
    /// The amount to refund, in minor units of the order's currency.
    pub refund_minor: i64,
}

/// Units of one line in a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedUnits {
    /// The number of the line, from 1.
    pub line_number: u16,
    /// The number of units.
    pub quantity: i64,
}

macro_rules! summary_columns {
    ($($kind:ident $field:ident,)+) => {
        impl Columns for StoredSummary {
            fn describe() -> Vec<(&'static str, &'static str)> {
                [$(summary_columns!(@describe $kind $field)),+].concat()
            }

            fn bind(rows: &[&Self], arguments: &mut PgArguments) -> Result<(), BoxDynError> {
                $(summary_columns!(@bind $kind $field rows arguments);)+
                Ok(())
            }

            fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError> {
                $(summary_columns!(@copy $kind $field self rows);)+
                Ok(())
            }

            fn read(row: &PgRow) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: summary_columns!(@read $kind $field row)),+ })
            }
        }
    };
    (@describe money $field:ident) => {
        vec![(concat!(stringify!($field), "_minor"), i64::SQL_TYPE), ("currency", String::SQL_TYPE)]
    };
    (@describe $kind:ident $field:ident) => {
        vec![(stringify!($field), sql_type(|summary: &StoredSummary| &summary.$field))]
    };
    (@bind money $field:ident $rows:ident $arguments:ident) => {
        bind($rows, $arguments, |summary: &StoredSummary| &summary.$field.minor)?;
        bind($rows, $arguments, |summary: &StoredSummary| &summary.$field.currency)?
    };
    (@bind $kind:ident $field:ident $rows:ident $arguments:ident) => {
        bind($rows, $arguments, |summary: &StoredSummary| &summary.$field)?
    };
    (@copy money $field:ident $summary:ident $rows:ident) => {
        $summary.$field.minor.copy($rows)?;
        $summary.$field.currency.copy($rows)?
    };
    (@copy $kind:ident $field:ident $summary:ident $rows:ident) => {
        $summary.$field.copy($rows)?
    };
    (@read money $field:ident $row:ident) => {
        Money {
            minor: Column::read($row, concat!(stringify!($field), "_minor"))?,
            currency: Column::read($row, "currency")?,
        }
    };
    (@read $kind:ident $field:ident $row:ident) => {
        Column::read($row, stringify!($field))?
    };
}

schemas::order_summary_columns!(summary_columns);

keyed_table! {
    /// A row of table `orders`: the summary, and the fields of the detail view.
    pub struct OrderRow in "orders" key "id": Uuid = |row| row.summary.id;
    with summary: StoredSummary;
    {
        customer_id: Option<Uuid>,
        channel: Channel,
        return_status: ReturnStatus,
        lines: Vec<StoredLine>,
        seller_ids: Vec<Uuid>,
        returns: Vec<ReturnEntry>,
        subtotal_minor: i64,
        discount_minor: i64,
        tax_minor: i64,
        shipping_minor: i64,
        refunded_minor: i64,
        contact: Option<Sealed>,
        payment_id: Uuid,
        delivery_id: Uuid,
        reservation_expires_at: DateTime<Utc>,
    }
}

/// A row of table `order_sellers`.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderSeller {
    seller_id: Uuid,
    placed_at: DateTime<Utc>,
    order_id: Uuid,
}

impl OrderRow {
    /// The sellers of its lines.
    pub(super) fn sellers(&self) -> impl Iterator<Item = OrderSeller> {
        let (placed_at, order_id) = (self.summary.placed_at, self.summary.id);
        self.seller_ids.iter().map(move |seller_id| OrderSeller {
            seller_id: *seller_id,
            placed_at,
            order_id,
        })
    }
}

upsert! {
    /// Adds orders to their sellers' lists.
    pub(super) fn add_sellers(row: &OrderSeller) into ORDER_SELLERS
    on conflict Keep {
        seller_id: Uuid as "uuid" = row.seller_id,
        placed_at: DateTime<Utc> as "timestamptz" = row.placed_at,
        order_id: Uuid as "uuid" = row.order_id,
    }
}
