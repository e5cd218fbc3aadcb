//! Chooses the sample's products that the demo shop sells.

use crate::sales::{Product, Sales};

/// Products in the range.
const PRODUCTS: usize = 400;

/// Chooses the products with the most order lines, by index. Leaves out postage, fees and samples, and products
/// whose last description is a note such as "damaged" or "lost".
pub(super) fn choose(sales: &Sales) -> Vec<usize> {
    let mut lines = vec![0_u32; sales.products.len()];
    for line in sales.orders.iter().flat_map(|order| &order.lines) {
        lines[line.product as usize] += 1;
    }
    let mut chosen: Vec<usize> = (0..sales.products.len())
        .filter(|index| is_goods(&sales.products[*index]))
        .collect();
    chosen.sort_by_key(|index| (std::cmp::Reverse(lines[*index]), *index));
    chosen.truncate(PRODUCTS);
    chosen
}

/// Goods have a code of five digits and at most one letter, and a name in capitals; notes are in lower case.
fn is_goods(product: &Product) -> bool {
    let (digits, letter) = product.sku.as_str().split_at_checked(5).unwrap_or_default();
    let is_code = digits.len() == 5
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && letter.len() <= 1
        && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code && product.name != product.sku.as_str() && !product.name.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::demo::sample;

    #[test]
    fn the_range_is_a_few_hundred_buyable_products() {
        let sales = sample();
        let range = choose(&sales);
        assert_eq!(range.len(), super::PRODUCTS);
        let names: Vec<&str> = range
            .iter()
            .map(|index| sales.products[*index].name.as_str())
            .collect();
        assert!(names.contains(&"WHITE HANGING HEART T-LIGHT HOLDER"), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("POSTAGE")), "{names:?}");
    }

    #[test]
    fn the_sample_matches_independent_counts() {
        let expected = include_str!("../../demo-data/online-retail-slice.expected.json");
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
        assert_eq!(serde_json::to_value(sample().report).unwrap(), expected);
    }
}
