//! Sums the units of lines by SKU, because stock changes once per SKU.

use std::collections::BTreeMap;

use crate::Sku;

/// The units of each SKU over all lines, by SKU.
pub(crate) fn by_sku<'a>(lines: impl IntoIterator<Item = (&'a Sku, i64)>) -> BTreeMap<&'a Sku, i64> {
    let mut quantities = BTreeMap::new();
    for (sku, quantity) in lines {
        let sum: &mut i64 = quantities.entry(sku).or_default();
        // Lines are bounded far below this; saturating keeps the function total for any stream.
        *sum = sum.saturating_add(quantity);
    }
    quantities
}
