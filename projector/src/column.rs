//! Columns: how the fields of rows are read and written.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Sealed;
use schemas::read_model::order::{FulfilmentStatus, OrderStage, OrderStatus, PaymentStatus, StoredLine};
use schemas::read_model::{DeliveryStatus, StoredStage};
use schemas::text_enum::TextEnum;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{Arguments as _, Encode, Postgres, Row as _, Type, ValueRef as _};
use uuid::Uuid;

use crate::copy::Copy;
use crate::projection::order::row::ReturnEntry;
use crate::projection::payment::row::Refund;

/// A type of column.
pub(crate) trait Column: Sized {
    /// Its Postgres type.
    const SQL_TYPE: &'static str;

    /// The array element sent to Postgres. `json`, and types for which Postgres has no arrays of arrays, are sent as
    /// text.
    type Element<'a>
    where
        Self: 'a;

    /// Converts the value to its element.
    fn element(&self) -> Self::Element<'_>;

    /// Adds the value to the rows of a copy.
    fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError>;

    /// Reads the column called `name`.
    fn read(row: &PgRow, name: &str) -> Result<Self, sqlx::Error>;
}

/// A group of columns that are read and written together: a row, or a part of one.
pub(crate) trait Columns: Sized {
    /// Names and Postgres types, in order.
    fn describe() -> Vec<(&'static str, &'static str)>;

    /// Adds one array for each column.
    fn bind(rows: &[&Self], arguments: &mut PgArguments) -> Result<(), BoxDynError>;

    /// Adds the values, in the same order, to the rows of a copy.
    fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError>;

    /// Reads the columns of a row.
    fn read(row: &PgRow) -> Result<Self, sqlx::Error>;
}

/// Adds the array of one column.
pub(crate) fn bind<'a, R, T>(
    rows: &[&'a R],
    arguments: &mut PgArguments,
    field: impl Fn(&'a R) -> &'a T,
) -> Result<(), BoxDynError>
where
    T: Column + 'a,
    Vec<T::Element<'a>>: Encode<'a, Postgres> + Type<Postgres>,
{
    let elements: Vec<T::Element<'a>> = rows.iter().map(|row| field(row).element()).collect();
    arguments.add(elements)
}

/// The Postgres type of a field.
pub(crate) const fn sql_type<R, T: Column>(_: fn(&R) -> &T) -> &'static str {
    T::SQL_TYPE
}

/// Types that are sent unchanged.
macro_rules! plain {
    ($($type:ty => $sql_type:literal),+ $(,)?) => {
        $(impl Column for $type {
            const SQL_TYPE: &'static str = $sql_type;
            type Element<'a> = Self;

            fn element(&self) -> Self {
                *self
            }

            fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError> {
                rows.value(self)
            }

            fn read(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
                row.try_get(name)
            }
        })+
    };
}

/// Enums stored as text.
macro_rules! texts {
    ($($type:ty),+ $(,)?) => {
        $(impl $crate::column::Column for $type {
            const SQL_TYPE: &'static str = "text";
            type Element<'a> = &'static str;

            fn element(&self) -> &'static str {
                schemas::text_enum::TextEnum::as_str(*self)
            }

            fn copy(&self, rows: &mut $crate::copy::Copy) -> Result<(), sqlx::error::BoxDynError> {
                rows.value(&schemas::text_enum::TextEnum::as_str(*self))
            }

            fn read(row: &sqlx::postgres::PgRow, name: &str) -> Result<Self, sqlx::Error> {
                $crate::column::read_text(row, name)
            }
        })+
    };
}
pub(crate) use texts;

/// Types stored as JSON.
macro_rules! documents {
    ($($type:ty),+ $(,)?) => {
        $(impl $crate::column::Column for $type {
            const SQL_TYPE: &'static str = "json";
            type Element<'a> = String;

            fn element(&self) -> String {
                serde_json::to_string(self).expect("rows have string keys and nothing that fails to serialise")
            }

            fn copy(&self, rows: &mut $crate::copy::Copy) -> Result<(), sqlx::error::BoxDynError> {
                rows.value(&$crate::column::Column::element(self))
            }

            fn read(row: &sqlx::postgres::PgRow, name: &str) -> Result<Self, sqlx::Error> {
                sqlx::Row::try_get::<sqlx::types::Json<Self>, _>(row, name).map(|json| json.0)
            }
        })+
    };
}
pub(crate) use documents;

plain! {
    bool => "boolean",
    i32 => "integer",
    i64 => "bigint",
    Uuid => "uuid",
    NaiveDate => "date",
    DateTime<Utc> => "timestamptz",
}

texts! { OrderStatus, PaymentStatus, FulfilmentStatus, DeliveryStatus }

documents! {
    Sealed,
    Vec<StoredLine>,
    Vec<Refund>,
    Vec<ReturnEntry>,
    Vec<StoredStage<DeliveryStatus>>,
    Vec<StoredStage<OrderStage>>,
}

impl Column for String {
    const SQL_TYPE: &'static str = "text";
    type Element<'a> = &'a str;

    fn element(&self) -> &str {
        self
    }

    fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError> {
        rows.value(self)
    }

    fn read(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
        row.try_get(name)
    }
}

impl Column for Vec<Uuid> {
    const SQL_TYPE: &'static str = "uuid[]";
    type Element<'a> = String;

    fn element(&self) -> String {
        let ids: Vec<String> = self.iter().map(Uuid::to_string).collect();
        format!("{{{}}}", ids.join(","))
    }

    fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError> {
        rows.value(self)
    }

    fn read(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
        row.try_get(name)
    }
}

impl<T: Column> Column for Option<T> {
    const SQL_TYPE: &'static str = T::SQL_TYPE;
    type Element<'a>
        = Option<T::Element<'a>>
    where
        T: 'a;

    fn element(&self) -> Self::Element<'_> {
        self.as_ref().map(T::element)
    }

    fn copy(&self, rows: &mut Copy) -> Result<(), BoxDynError> {
        if let Some(value) = self {
            return value.copy(rows);
        }
        rows.null();
        Ok(())
    }

    fn read(row: &PgRow, name: &str) -> Result<Self, sqlx::Error> {
        if row.try_get_raw(name)?.is_null() {
            return Ok(None);
        }
        T::read(row, name).map(Some)
    }
}

/// Reads an enum stored as text.
pub(crate) fn read_text<T: TextEnum>(row: &PgRow, name: &str) -> Result<T, sqlx::Error> {
    let text: &str = row.try_get(name)?;
    T::parse(text).ok_or_else(|| sqlx::Error::ColumnDecode {
        index: name.to_owned(),
        source: format!("`{text}` is not one of its values").into(),
    })
}
