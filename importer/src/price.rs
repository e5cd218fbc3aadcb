//! Prices of the file: exact decimal numbers.

/// Fractional digits that are kept.
const SCALE: usize = 6;
/// One, in units of [`Price`].
const ONE: i64 = 1_000_000;
/// A penny, in units of [`Price`].
const PENNY: i64 = ONE / 100;
/// The most digits before the decimal point.
const WHOLE_DIGITS_MAX: usize = 9;

/// A decimal number with up to six fractional digits, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(i64);

impl Price {
    /// Parses a decimal number such as `-12.34`; `None` when it is malformed or has too many digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = whole.len() <= WHOLE_DIGITS_MAX && fraction.len() <= SCALE;
        if whole.is_empty() || digits.ends_with('.') || !fits || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let millionths: i64 = format!("{fraction:0<SCALE$}").parse().ok()?;
        let value = whole.parse::<i64>().ok()? * ONE + millionths;
        Some(Self(if negative { -value } else { value }))
    }

    /// Whether it is greater than zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The price in pence, if it is a whole number of them.
    pub const fn whole_pence(self) -> Option<i64> {
        if self.0 % PENNY == 0 {
            Some(self.0 / PENNY)
        } else {
            None
        }
    }

    /// Price of `quantity` units, in pence, rounded half up.
    pub fn times(self, quantity: i64) -> i64 {
        let doubled = 2 * i128::from(quantity) * i128::from(self.0) + i128::from(PENNY);
        let pence = doubled.div_euclid(2 * i128::from(PENNY));
        i64::try_from(pence).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Price;

    #[test]
    fn prices_are_parsed_exactly() {
        for (text, pence) in [
            ("2.55", Some(255)),
            ("3", Some(300)),
            ("0.10", Some(10)),
            ("-11062.06", Some(-1_106_206)),
        ] {
            assert_eq!(Price::parse(text).unwrap().whole_pence(), pence, "{text}");
        }
        assert_eq!(Price::parse("0.001").unwrap().whole_pence(), None);
        assert_eq!(Price::parse("2.5500000000").unwrap().whole_pence(), Some(255));
    }

    #[test]
    fn text_that_is_not_a_decimal_number_is_refused() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1e3",
            "1,5",
            "£2",
            "0.0000001",
            "12345678901.00",
            "NaN",
            " 1",
        ] {
            assert_eq!(Price::parse(text), None, "{text}");
        }
    }

    #[test]
    fn values_are_rounded_half_up() {
        let price = |text| Price::parse(text).unwrap();
        assert_eq!(price("0.005").times(1), 1);
        assert_eq!(price("0.004").times(1), 0);
        assert_eq!(price("0.015").times(1), 2);
        assert_eq!(price("0.001").times(1_234), 123);
        assert_eq!(price("0.001").times(1_235), 124);
        assert_eq!(price("1.25").times(4), 500);
        assert_eq!(price("-0.005").times(1), 0);
    }
}
