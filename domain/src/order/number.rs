//! The order number that is shown to people.

use std::fmt;

use crate::OrderId;

/// Crockford's base 32: without I, L, O and U, which are easily misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of bits of a digit.
const DIGIT_BITS: u32 = 5;
/// How many digits a number has.
const DIGITS_LEN: u32 = 8;

/// The number of an order: the last 40 bits of its id. It is only a label and not unique: among a million orders the
/// probability that some two share a number is about 37 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number(u64);

/// The order's number, as it is shown.
pub fn number(order_id: OrderId) -> String {
    Number::of(order_id).to_string()
}

impl Number {
    /// The number of an order.
    pub fn of(order_id: OrderId) -> Self {
        let mask = (1 << (DIGIT_BITS * DIGITS_LEN)) - 1;
        Self(u64::try_from(order_id.as_uuid().as_u128() & mask).expect("40 bits fit into 64"))
    }

    /// Parses a number as people type it: in any letter case, with or without `WB`, hyphens and spaces, and with letters
    /// that are no digits for the digits that they resemble. `None` if it is no number.
    pub fn parse(text: &str) -> Option<Self> {
        let is_separator = |character: &char| character.is_whitespace() || *character == '-';
        let typed = text.chars().filter(|character| !is_separator(character));
        // One more than the longest number is enough to refuse any longer text.
        let typed: String = typed
            .take(11)
            .map(|character| character.to_ascii_uppercase())
            .collect();
        let digits = match typed.strip_prefix("WB") {
            Some(digits) if typed.len() == 10 => digits,
            _ => &typed,
        };
        if digits.chars().count() != DIGITS_LEN as usize {
            return None;
        }
        digits
            .chars()
            .try_fold(0, |bits, digit| Some((bits << DIGIT_BITS) | value(digit)?))
            .map(Self)
    }

    /// The last ten hexadecimal digits of the ids of orders with this number.
    pub fn id_suffix(self) -> String {
        format!("{:010x}", self.0)
    }
}

/// `WB-XXXX-XXXX`, in Crockford's base 32.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |place: u32| char::from(DIGITS[((self.0 >> (DIGIT_BITS * place)) & 31) as usize]);
        let half = |places: std::ops::Range<u32>| places.rev().map(digit).collect::<String>();
        write!(formatter, "WB-{}-{}", half(4..8), half(0..4))
    }
}

/// The value of a digit.
fn value(digit: char) -> Option<u64> {
    let digit = match digit {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = DIGITS.iter().position(|each| char::from(*each) == digit)?;
    u64::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Number, number};
    use crate::OrderId;

    fn order(id: u128) -> OrderId {
        OrderId::from_uuid(Uuid::from_u128(id))
    }

    #[test]
    fn the_number_is_the_last_40_bits_in_base_32() {
        assert_eq!(number(order(0)), "WB-0000-0000");
        assert_eq!(number(order(31)), "WB-0000-000Z");
        assert_eq!(number(order(1 << 39)), "WB-G000-0000");
        assert_eq!(number(order(u128::MAX)), "WB-ZZZZ-ZZZZ");
        assert_eq!(number(order(1 << 40)), "WB-0000-0000");
    }

    #[test]
    fn a_number_is_read_as_it_is_shown_and_as_people_type_it() {
        for id in [
            0,
            31,
            1 << 39,
            u128::MAX,
            0x0198_7e11_22f0_7000_8000_1234_5678_9abc,
        ] {
            let shown = number(order(id));
            let parsed = Number::parse(&shown).unwrap();
            assert_eq!(parsed, Number::of(order(id)), "{shown}");
            assert!(order(id).to_string().ends_with(&parsed.id_suffix()), "{shown}");
        }
        let expected = Number::parse("WB-7K2M-01XD");
        assert!(expected.is_some());
        for typed in ["wb 7k2m oixd", "7K2M01XD", " 7k2m-Olxd ", "WB7K2M01XD"] {
            assert_eq!(Number::parse(typed), expected, "{typed}");
        }
        // A number may itself begin with these letters.
        assert_eq!(Number::parse("WB00-0000").unwrap().to_string(), "WB-WB00-0000");
    }

    #[test]
    fn other_text_is_no_number() {
        let long = "7".repeat(1_000);
        for text in [
            "",
            "WB",
            "7K2M-Q9X",
            "7K2M-Q9XDA",
            "WB-7K2M-Q9XU",
            "7K2M\u{e9}Q9X",
            &long,
        ] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
