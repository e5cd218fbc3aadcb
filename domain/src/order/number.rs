//! The order number that is shown to people.

use crate::OrderId;

/// Crockford's base 32: without I, L, O and U, which are easily misread.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The order's number, `WB-XXXX-XXXX`: the last 40 bits of its id in Crockford's base 32. It is only a label and not
/// unique: among a million orders the probability that some two share a number is about 37 %.
pub fn number(order_id: OrderId) -> String {
    let bits = order_id.as_uuid().as_u128();
    let digit = |place: u32| char::from(DIGITS[((bits >> (5 * place)) & 31) as usize]);
    let half = |places: std::ops::Range<u32>| places.rev().map(digit).collect::<String>();
    format!("WB-{}-{}", half(4..8), half(0..4))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::number;
    use crate::OrderId;

    #[test]
    fn the_number_is_the_last_40_bits_in_base_32() {
        let order = |id| number(OrderId::from_uuid(Uuid::from_u128(id)));
        assert_eq!(order(0), "WB-0000-0000");
        assert_eq!(order(31), "WB-0000-000Z");
        assert_eq!(order(1 << 39), "WB-G000-0000");
        assert_eq!(order(u128::MAX), "WB-ZZZZ-ZZZZ");
        assert_eq!(order(1 << 40), "WB-0000-0000");
    }
}
