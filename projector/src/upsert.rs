//! Upserts of many rows by one statement: every column is sent as one array.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::registry::Table;

/// Declares how the rows of a table are written: a function that upserts any number of them by one statement, or copies
/// them if all are new. Each column names its Postgres type and where its value comes from. Types that Postgres has
/// no arrays of arrays for (`uuid[]`), and `json`, travel as text.
///
/// The statement names its table without a schema: the connection's search path selects it, so that the same code fills
/// the live tables and the rebuilt ones.
macro_rules! upsert {
    (
        $(#[$doc:meta])*
        $visibility:vis fn $name:ident($row:ident: &$row_type:ty) into $table:ident
        on conflict $conflict:ident
        { $($column:ident: $type:ty as $sql_type:literal = $value:expr),+ $(,)? }
    ) => {
        $(#[$doc])*
        $visibility async fn $name<'rows>(
            connection: &mut sqlx::PgConnection,
            rows: impl Iterator<Item = &'rows $row_type>,
            writing: $crate::copy::Writing,
        ) -> Result<(), sqlx::Error> {
            static STATEMENT: std::sync::LazyLock<std::sync::Arc<str>> = std::sync::LazyLock::new(|| {
                $crate::upsert::statement(
                    &$table,
                    $crate::upsert::Conflict::$conflict,
                    &[$((stringify!($column), $sql_type)),+],
                )
            });
            if writing == $crate::copy::Writing::CopyNew {
                let names = [$(stringify!($column)),+];
                let mut copied = $crate::copy::Copy::new(names.len());
                let mut is_empty = true;
                for $row in rows {
                    copied.begin_row();
                    $(
                        let value: $type = $value;
                        copied.value(&value).map_err(sqlx::Error::Encode)?;
                    )+
                    is_empty = false;
                }
                if is_empty {
                    return Ok(());
                }
                return copied.write(connection, &$table, &names).await;
            }
            $(let mut $column: Vec<$type> = Vec::new();)+
            let mut count = 0_usize;
            for $row in rows {
                $($column.push($value);)+
                count += 1;
            }
            if count == 0 {
                return Ok(());
            }
            sqlx::query(sqlx::AssertSqlSafe(std::sync::Arc::clone(&*STATEMENT)))
                $(.bind($column))+
                .execute(connection)
                .await?;
            Ok(())
        }
    };
}
pub(crate) use upsert;

/// What an upsert does with an existing row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// Replaces its values with the new ones.
    Replace,
    /// Adds the new values, all numbers, to its own.
    Add,
    /// Keeps it unchanged.
    Keep,
}

/// The text of an upsert of `columns` of `table`, each a name and a Postgres type.
pub(crate) fn statement(table: &Table, conflict: Conflict, columns: &[(&str, &str)]) -> Arc<str> {
    let Table {
        name: table,
        key: keys,
    } = table;
    let names = join(columns.iter().map(|(name, _)| (*name).to_owned()));
    let selected = join(columns.iter().map(|(name, sql_type)| match *sql_type {
        "json" | "uuid[]" => format!("rows.{name}::{sql_type}"),
        _ => format!("rows.{name}"),
    }));
    let arrays = join(columns.iter().enumerate().map(|(index, (_, sql_type))| {
        let element = if matches!(*sql_type, "json" | "uuid[]") {
            "text"
        } else {
            sql_type
        };
        format!("${}::{element}[]", index + 1)
    }));
    let mut text = format!(
        "INSERT INTO {table} ({names}) SELECT {selected} FROM UNNEST({arrays}) AS rows ({names}) \
         ON CONFLICT ({}) DO ",
        keys.join(", ")
    );
    let values = columns
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !keys.contains(name));
    let assignments = match conflict {
        Conflict::Keep => None,
        Conflict::Replace => Some(join(values.map(|name| format!("{name} = EXCLUDED.{name}")))),
        Conflict::Add => Some(join(
            values.map(|name| format!("{name} = {table}.{name} + EXCLUDED.{name}")),
        )),
    };
    match assignments {
        None => text.push_str("NOTHING"),
        Some(assignments) => write!(text, "UPDATE SET {assignments}").expect("a String takes all text"),
    }
    text.into()
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_every_column_once_in_each_part() {
        let table = Table {
            name: "a",
            key: &["id"],
        };
        let text = statement(&table, Conflict::Replace, &[("id", "uuid"), ("tags", "json")]);
        assert_eq!(
            &*text,
            "INSERT INTO a (id, tags) SELECT rows.id, rows.tags::json \
             FROM UNNEST($1::uuid[], $2::text[]) AS rows (id, tags) \
             ON CONFLICT (id) DO UPDATE SET tags = EXCLUDED.tags"
        );
    }

    #[test]
    fn sums_are_added_and_sets_are_kept() {
        let table = Table {
            name: "a",
            key: &["day"],
        };
        let columns = [("day", "date"), ("units", "bigint")];
        assert!(statement(&table, Conflict::Add, &columns).ends_with("units = a.units + EXCLUDED.units"));
        assert!(statement(&table, Conflict::Keep, &columns).ends_with("DO NOTHING"));
    }
}
