//! Tables with one row per key: a row's columns are declared once, and its statements are derived from them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::Event;
use sqlx::postgres::{PgArguments, PgHasArrayType};
use sqlx::{AssertSqlSafe, Encode, PgConnection, Postgres, Type};

use crate::column::Columns;
use crate::copy::{Copy, Writing};
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::registry::Table;
use crate::upsert::{self, Conflict};

/// Declares the row of a table: its name, its key, and its columns, each once with its type. A group of columns may
/// have a shared type.
///
/// The statements name no schema: the connection's search path selects the live tables or the rebuilt ones.
macro_rules! keyed_table {
    (
        $(#[$doc:meta])*
        $visibility:vis struct $name:ident in $table:literal key $key:literal: $key_type:ty = $key_of:expr;
        $(with $part:ident: $part_type:ty;)?
        { $($(#[$column_doc:meta])* $column:ident: $type:ty),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, reason = "a column is called what it holds")]
        $visibility struct $name {
            $(pub $part: $part_type,)?
            $($(#[$column_doc])* pub $column: $type),+
        }

        impl $crate::column::Columns for $name {
            fn describe() -> Vec<(&'static str, &'static str)> {
                #[allow(unused_mut, reason = "only some rows have a part")]
                let mut columns: Vec<(&'static str, &'static str)> = Vec::new();
                $(columns.extend(<$part_type as $crate::column::Columns>::describe());)?
                columns.extend([
                    $((stringify!($column), <$type as $crate::column::Column>::SQL_TYPE)),+
                ]);
                columns
            }

            fn bind(
                rows: &[&Self],
                arguments: &mut sqlx::postgres::PgArguments,
            ) -> Result<(), sqlx::error::BoxDynError> {
                $(
                    let parts: Vec<&$part_type> = rows.iter().map(|row| &row.$part).collect();
                    $crate::column::Columns::bind(&parts, arguments)?;
                )?
                $($crate::column::bind(rows, arguments, |row: &Self| &row.$column)?;)+
                Ok(())
            }

            fn copy(&self, rows: &mut $crate::copy::Copy) -> Result<(), sqlx::error::BoxDynError> {
                $($crate::column::Columns::copy(&self.$part, rows)?;)?
                $($crate::column::Column::copy(&self.$column, rows)?;)+
                Ok(())
            }

            fn read(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    $($part: $crate::column::Columns::read(row)?,)?
                    $($column: $crate::column::Column::read(row, stringify!($column))?),+
                })
            }
        }

        impl $crate::keyed_table::KeyedRow for $name {
            type Key = $key_type;

            const TABLE: $crate::registry::Table = $crate::registry::Table {
                name: $table,
                key: &[$key],
            };

            fn key(&self) -> $key_type {
                let key_of: fn(&Self) -> $key_type = $key_of;
                key_of(self)
            }

            fn statements() -> &'static $crate::keyed_table::Statements {
                static STATEMENTS: std::sync::LazyLock<$crate::keyed_table::Statements> =
                    std::sync::LazyLock::new($crate::keyed_table::Statements::of::<$name>);
                &STATEMENTS
            }
        }
    };
}
pub(crate) use keyed_table;

/// A row of a table with one row per key.
pub(crate) trait KeyedRow: Columns + Send + Sync {
    /// The type of its key.
    type Key: Ord + Clone + Send + Sync + Type<Postgres> + PgHasArrayType + for<'q> Encode<'q, Postgres>;

    /// Its table.
    const TABLE: Table;

    /// Returns its key.
    fn key(&self) -> Self::Key;

    /// The statements of its table, created once.
    fn statements() -> &'static Statements;
}

/// The statements of a table.
#[derive(Debug)]
pub(crate) struct Statements {
    load: Arc<str>,
    upsert: Arc<str>,
    /// The columns, in the order in which a copy has them.
    names: Vec<&'static str>,
}

impl Statements {
    /// The statements of the table of `R`.
    pub fn of<R: KeyedRow>() -> Self {
        let Table { name, key } = R::TABLE;
        let columns = R::describe();
        let names: Vec<&'static str> = columns.iter().map(|(name, _)| *name).collect();
        let load = format!(
            "SELECT {} FROM {name} WHERE {} = ANY ($1)",
            names.join(", "),
            key.join(", ")
        );
        Self {
            load: load.into(),
            upsert: upsert::statement(&R::TABLE, Conflict::Replace, &columns),
            names,
        }
    }
}

/// The rows of one batch, by key, with a mark on those that changed. The rows that the batch touches are loaded by one
/// statement, the events are folded into them, and all changed rows are written by one statement. A replay loads and folds
/// several times before it writes.
#[derive(Debug)]
pub(crate) struct KeyedRows<R: KeyedRow> {
    rows: BTreeMap<R::Key, R>,
    changed: BTreeSet<R::Key>,
    /// The rows that the table has.
    stored: BTreeSet<R::Key>,
}

impl<R: KeyedRow> Default for KeyedRows<R> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            changed: BTreeSet::new(),
            stored: BTreeSet::new(),
        }
    }
}

impl<R: KeyedRow> KeyedRows<R> {
    /// Loads the rows that `events` change, and that are not here yet. `key` returns the key of an event's row and whether the event creates it: a
    /// row that is created in the batch does not exist yet.
    pub async fn load(
        &mut self,
        connection: &mut PgConnection,
        events: &[DecodedEvent],
        key: impl Fn(&DecodedEvent, &Event) -> Option<(R::Key, bool)>,
    ) -> Result<(), sqlx::Error> {
        let mut keys = keys_to_load(events, key);
        keys.retain(|key| !self.rows.contains_key(key));
        if keys.is_empty() {
            return Ok(());
        }
        let rows = sqlx::query(AssertSqlSafe(Arc::clone(&R::statements().load)))
            .bind(keys)
            .fetch_all(connection)
            .await?;
        for row in &rows {
            let row = R::read(row)?;
            self.stored.insert(row.key());
            self.rows.insert(row.key(), row);
        }
        Ok(())
    }

    /// Adds a row.
    pub fn insert(&mut self, row: R) {
        self.rows.insert(row.key(), row);
    }

    /// The row with this key, if there is one.
    pub fn find(&self, key: &R::Key) -> Option<&R> {
        self.rows.get(key)
    }

    /// The row with this key, for modification. Call [`Self::changed`] if it was modified.
    ///
    /// # Errors
    /// When there is no such row.
    pub fn get_mut(&mut self, key: &R::Key) -> Result<&mut R, Inapplicable> {
        self.rows.get_mut(key).ok_or(Inapplicable::NoRow)
    }

    /// Marks the row with this key as changed, and returns it.
    pub fn changed(&mut self, key: R::Key) -> &R {
        let row = &self.rows[&key];
        self.changed.insert(key);
        row
    }

    /// The rows that must be written.
    pub fn all_changed(&self) -> impl Iterator<Item = &R> {
        self.changed.iter().map(|key| &self.rows[key])
    }

    /// The row with this key, which must exist.
    pub fn row(&self, key: &R::Key) -> &R {
        &self.rows[key]
    }

    /// Writes the rows that changed.
    pub async fn write(&self, connection: &mut PgConnection, writing: Writing) -> Result<(), sqlx::Error> {
        let (new, rows): (Vec<&R>, Vec<&R>) = self
            .all_changed()
            .partition(|row| writing == Writing::CopyNew && !self.stored.contains(&row.key()));
        if !new.is_empty() {
            copy(connection, &new).await?;
        }
        if rows.is_empty() {
            return Ok(());
        }
        let mut arguments = PgArguments::default();
        R::bind(&rows, &mut arguments).map_err(sqlx::Error::Encode)?;
        sqlx::query_with(AssertSqlSafe(Arc::clone(&R::statements().upsert)), arguments)
            .execute(connection)
            .await?;
        Ok(())
    }
}

/// Copies rows that the table does not have.
async fn copy<R: KeyedRow>(connection: &mut PgConnection, rows: &[&R]) -> Result<(), sqlx::Error> {
    let names = &R::statements().names;
    let mut copied = Copy::new(names.len());
    for row in rows {
        copied.begin_row();
        row.copy(&mut copied).map_err(sqlx::Error::Encode)?;
    }
    copied.write(connection, &R::TABLE, names).await
}

/// The distinct keys that `key` returns for `events`, without those whose first event in the batch creates the row.
fn keys_to_load<K: Ord>(
    events: &[DecodedEvent],
    key: impl Fn(&DecodedEvent, &Event) -> Option<(K, bool)>,
) -> Vec<K> {
    let mut first = BTreeMap::new();
    for decoded in events {
        let Ok(event) = &decoded.event else { continue };
        if let Some((key, is_created)) = key(decoded, event) {
            first.entry(key).or_insert(is_created);
        }
    }
    first
        .into_iter()
        .filter(|(_, is_created)| !is_created)
        .map(|(key, _)| key)
        .collect()
}
