//! Limits shared by several aggregates.

use std::ops::RangeInclusive;

use crate::order::LINES_MAX;
use crate::{AMOUNT_MAX, Error, Money};

/// The largest number of units of one line, receipt or adjustment.
pub const QUANTITY_MAX: i64 = 1_000_000;
/// The longest reason or reference, in characters.
pub const NOTE_CHARS_MAX: usize = 1_000;

/// Accepts 1 to [`QUANTITY_MAX`] units.
pub(crate) fn quantity(line_number: Option<u16>, quantity: i64) -> Result<(), Error> {
    if (1..=QUANTITY_MAX).contains(&quantity) {
        return Ok(());
    }
    Err(Error::InvalidQuantity {
        line_number,
        quantity,
        quantity_max: QUANTITY_MAX,
    })
}

/// Accepts 1 to [`LINES_MAX`] lines.
pub(crate) fn line_count(count: usize) -> Result<(), Error> {
    match count {
        0 => Err(Error::NoLines),
        1..=LINES_MAX => Ok(()),
        _ => Err(Error::TooManyLines {
            count,
            count_max: LINES_MAX,
        }),
    }
}

/// Accepts positive amounts of money up to the largest.
pub(crate) fn amount(line_number: Option<u16>, amount: Money) -> Result<(), Error> {
    if amount.minor > AMOUNT_MAX {
        Err(Error::AmountOverflow)
    } else if amount.minor > 0 {
        Ok(())
    } else {
        Err(Error::InvalidAmount {
            line_number,
            minor: amount.minor,
        })
    }
}

/// Accepts texts whose length without surrounding white space is within `chars`, and without NUL characters, which
/// Postgres cannot store.
///
/// # Errors
/// [`Error::InvalidText`] with the bounds.
pub fn text(field: &'static str, text: &str, chars: RangeInclusive<usize>) -> Result<(), Error> {
    if chars.contains(&text.trim().chars().count()) && !text.contains('\0') {
        return Ok(());
    }
    Err(Error::InvalidText {
        field,
        chars_min: *chars.start(),
        chars_max: *chars.end(),
    })
}

/// Accepts a reason, which may be empty.
pub(crate) fn note(field: &'static str, note: &str) -> Result<(), Error> {
    text(field, note, 0..=NOTE_CHARS_MAX)
}
