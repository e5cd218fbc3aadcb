//! Spreads an amount over the parts of an order.

use crate::decoded_event::Inapplicable;

/// Spreads `amount` over `parts` in proportion to their size, to the minor unit: the shares add up to `amount`, and
/// the shares of the whole are the parts themselves. A part may be negative, as a discount is. `None` if `amount` is
/// more than the parts together, which then give no proportion.
///
/// Each share is the difference of two rounded running totals, so that rounding never gains or loses a unit.
///
/// # Errors
/// When the sum of the parts does not fit 64 bits.
pub(super) fn spread(amount: i64, parts: &[i64]) -> Result<Option<Vec<i64>>, Inapplicable> {
    let whole = parts
        .iter()
        .try_fold(0_i64, |sum, part| sum.checked_add(*part))
        .ok_or(Inapplicable::Overflow)?;
    if whole <= 0 || amount > whole {
        return Ok(None);
    }
    let (mut running, mut spread_before) = (0_i128, 0_i128);
    let shares = parts.iter().map(|part| {
        running += i128::from(*part);
        // Two 64-bit factors fit 128 bits.
        let spread = (running * i128::from(amount)).div_euclid(i128::from(whole));
        let share = spread - spread_before;
        spread_before = spread;
        i64::try_from(share).map_err(|_| Inapplicable::Overflow)
    });
    shares.collect::<Result<Vec<_>, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_amount_is_spread_to_the_minor_unit() {
        let table: [(i64, &[i64], &[i64]); 4] = [
            (1_000, &[700, 200, 100], &[700, 200, 100]),
            (500, &[1_000], &[500]),
            (100, &[100, 100, 100], &[33, 33, 34]),
            // A discount of 500 is given back with the goods.
            (1_500, &[1_000, 1_000, -500], &[1_000, 1_000, -500]),
        ];
        for (amount, parts, expected) in table {
            let shares = spread(amount, parts).unwrap();
            assert_eq!(shares.as_deref(), Some(expected), "{amount} over {parts:?}");
        }
        assert_eq!(spread(1, &[0]), Ok(None));
        assert_eq!(spread(11, &[5, 5]), Ok(None));
        assert_eq!(spread(1, &[i64::MAX, 1]), Err(Inapplicable::Overflow));
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_exceeds_its_part(
            parts in prop::collection::vec(0..=domain::AMOUNT_MAX, 1..20),
            portion in 0.0..=1.0_f64,
        ) {
            let whole: i64 = parts.iter().sum();
            prop_assume!(whole > 0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any portion will do")]
            let amount = ((whole as f64 * portion) as i64).min(whole);
            let shares = spread(amount, &parts).unwrap().unwrap();
            prop_assert_eq!(shares.iter().sum::<i64>(), amount);
            for (share, part) in shares.iter().zip(&parts) {
                prop_assert!((0..=*part).contains(share), "{} of {}", share, part);
            }
        }
    }
}
