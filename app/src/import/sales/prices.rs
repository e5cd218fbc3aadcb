//! Which price is asked for a SKU most often.

/// The prices a SKU was sold for, each with how often and, among equals, how lately.
#[derive(Debug, Default)]
pub(super) struct Prices(Vec<(i64, u32)>);

impl Prices {
    /// Counts a sale at this price.
    pub(super) fn ask(&mut self, unit_price_minor: i64) {
        let count = match self.0.iter().position(|(price, _)| *price == unit_price_minor) {
            Some(index) => self.0.remove(index).1,
            None => 0,
        };
        // The price asked last stands last.
        self.0.push((unit_price_minor, count + 1));
    }

    /// The price asked most often; of several, the one asked last. 1 when there is none.
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
    fn the_price_asked_most_often_wins_and_the_last_of_several() {
        let most_frequent = |asked: &[i64]| {
            let mut prices = Prices::default();
            for price in asked {
                prices.ask(*price);
            }
            prices.most_frequent()
        };
        assert_eq!(most_frequent(&[255, 300, 255]), 255);
        assert_eq!(most_frequent(&[255, 300]), 300);
        assert_eq!(most_frequent(&[300, 255, 255, 300]), 300);
    }
}
