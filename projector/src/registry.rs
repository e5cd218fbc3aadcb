//! The table of projections, from which checkpoints, rebuilds, checksums and status are derived.

use schemas::read_model as name;

use crate::keyed_table::KeyedRow as _;
use crate::projection::delivery::row::DeliveryRow;
use crate::projection::order::note::OrderNoteRow;
use crate::projection::order::row::{ORDER_SELLERS, OrderRow};
use crate::projection::payment::row::PaymentRow;
use crate::projection::product::row::ProductRow;
use crate::projection::{Projection, analytics, delivery, order, payment, product, stock};

/// The projections, in the order in which they are applied. One line registers one: its name, the version of its
/// code, its tables, and the columns with the key of the events, if each row depends on one key. Raise the version when its rows come out different: it is then rebuilt beside the others
/// when the release starts.
pub(crate) static PROJECTIONS: [Registration; 7] = [
    Registration::of::<product::Products>(name::PRODUCTS, 2, &[ProductRow::TABLE]).by_key(&["sku"]),
    Registration::of::<stock::Stock>(name::STOCK, 1, &[stock::STOCK]).by_key(&["sku"]),
    Registration::of::<order::Orders>(name::ORDERS, 2, &[OrderRow::TABLE, ORDER_SELLERS])
        .by_key(&["id", "order_id"]),
    Registration::of::<order::note::OrderNotes>(name::ORDER_NOTES, 1, &[OrderNoteRow::TABLE])
        .by_key(&["order_id"]),
    Registration::of::<delivery::Deliveries>(name::DELIVERIES, 2, &[DeliveryRow::TABLE])
        .by_key(&["order_id"]),
    Registration::of::<payment::Payments>(name::PAYMENTS, 1, &[PaymentRow::TABLE]).by_key(&["order_id"]),
    Registration::of::<analytics::Sales>(name::SALES, analytics::CODE_VERSION, &analytics::TABLES),
];

/// The projections of one release. A projector continues only rows of their code versions.
#[derive(Debug, Clone, Copy)]
pub struct Release(&'static [Registration]);

impl Release {
    /// This release.
    pub const CURRENT: Self = Self(&PROJECTIONS);

    /// The same with another version of the code of one projection, as an earlier or a later release has it: to run both
    /// side by side. It takes memory until the process ends.
    pub fn with_code_version(self, projection: &str, code_version: i32) -> Self {
        let registrations = self.0.iter().cloned().map(|mut registration| {
            if registration.name == projection {
                registration.code_version = code_version;
            }
            registration
        });
        Self(registrations.collect::<Vec<_>>().leak())
    }

    /// Its projections.
    pub(crate) fn all(self) -> Vec<&'static Registration> {
        self.0.iter().collect()
    }

    /// Its projection called `name`.
    pub(crate) fn find(self, name: &str) -> Option<&'static Registration> {
        self.0.iter().find(|registration| registration.name == name)
    }
}

/// A registered projection.
#[derive(Debug, Clone)]
pub(crate) struct Registration {
    /// Its name in `checkpoints`.
    pub name: &'static str,
    /// The version of its code; rows of any other version are out of date.
    pub code_version: i32,
    /// The tables that only it writes.
    pub tables: &'static [Table],
    /// For each table, the column with the key of the events that made the row: the order's id, or the SKU. Empty if rows
    /// depend on events of many keys.
    pub key_columns: &'static [&'static str],
    /// Creates an instance for one batch.
    pub create: fn() -> Box<dyn Projection>,
}

/// A table of read models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its name, without a schema.
    pub name: &'static str,
    /// The columns of its primary key.
    pub key: &'static [&'static str],
}

impl Registration {
    const fn of<P: Projection + Default + 'static>(
        name: &'static str,
        code_version: i32,
        tables: &'static [Table],
    ) -> Self {
        Self {
            name,
            code_version,
            tables,
            key_columns: &[],
            create: create::<P>,
        }
    }

    /// Says that each row depends on the events of one key, and which column of each table has that key.
    const fn by_key(mut self, key_columns: &'static [&'static str]) -> Self {
        self.key_columns = key_columns;
        self
    }

    /// The tables, each with the column of the key.
    pub fn keyed_tables(&self) -> impl Iterator<Item = (&'static Table, &'static str)> {
        self.tables.iter().zip(self.key_columns.iter().copied())
    }

    /// The names of its tables.
    pub fn table_names(&self) -> Vec<String> {
        self.tables.iter().map(|table| table.name.to_owned()).collect()
    }
}

fn create<P: Projection + Default + 'static>() -> Box<dyn Projection> {
    Box::<P>::default()
}

/// All projections of this release.
pub(crate) fn all() -> Vec<&'static Registration> {
    Release::CURRENT.all()
}

/// The names of all projections, in the order in which events are applied to them.
pub fn projection_names() -> Vec<&'static str> {
    PROJECTIONS.iter().map(|registration| registration.name).collect()
}

/// The projection called `name`.
pub(crate) fn find(name: &str) -> Option<&'static Registration> {
    Release::CURRENT.find(name)
}

/// The names of `registrations`.
pub(crate) fn names(registrations: &[&'static Registration]) -> Vec<String> {
    registrations
        .iter()
        .map(|registration| registration.name.to_owned())
        .collect()
}

/// The tables of all projections.
pub(crate) fn tables() -> impl Iterator<Item = &'static Table> {
    PROJECTIONS.iter().flat_map(|registration| registration.tables)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_projection_and_table_is_registered_once() {
        let names: HashSet<_> = PROJECTIONS.iter().map(|registration| registration.name).collect();
        assert_eq!(names.len(), PROJECTIONS.len());
        let table_names: HashSet<_> = tables().map(|table| table.name).collect();
        assert_eq!(table_names.len(), tables().count());
        for registration in &PROJECTIONS {
            assert!(!registration.tables.is_empty(), "{}", registration.name);
            let columns = registration.key_columns.len();
            assert!(
                [0, registration.tables.len()].contains(&columns),
                "{}",
                registration.name
            );
            // 0 is the version in a checkpoint before its projection was first built.
            assert!(registration.code_version > 0, "{}", registration.name);
        }
    }
}
