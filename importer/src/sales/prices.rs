//! The most frequent price of a SKU.

/// The prices of a SKU with their counts; the price used last is the last element.
#[derive(Debug, Default)]
pub(super) struct Prices(Vec<(i64, u32)>);

impl Prices {
    /// Counts a sale at this price.
    pub(super) fn add(&mut self, unit_price_minor: i64) {
        let count = match self.0.iter().position(|(price, _)| *price == unit_price_minor) {
            Some(index) => self.0.remove(index).1,
            None => 0,
        };
        self.0.push((unit_price_minor, count + 1));
    }

    /// The most frequent price; on a tie, the one used last. 1 when there is none.
    pub(super) fn most_frequent(&self) -> i64 {
        self.0
            .iter()
            .max_by_key(|(_, count)| *count)
            .map_or(1, |(price, _)| *price)
    }
}

#[cfg(test)]
mod tests {
    use super::Prices;

    #[test]
    fn the_most_frequent_price_wins_and_on_a_tie_the_last_used() {
        let most_frequent = |sold_at: &[i64]| {
            let mut prices = Prices::default();
            for price in sold_at {
                prices.add(*price);
            }
            prices.most_frequent()
        };
        assert_eq!(most_frequent(&[255, 300, 255]), 255);
        assert_eq!(most_frequent(&[255, 300]), 300);
        assert_eq!(most_frequent(&[300, 255, 255, 300]), 300);
    }
}
