//! Checks shared by several aggregates: limits, texts and times.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};

use crate::order::LINES_MAX;
use crate::text::{self, Lines};
use crate::{AMOUNT_MAX, Error, FreeText, Money};

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

/// The earliest time that a command may have: the beginning of 1970.
pub const TIME_MIN: DateTime<Utc> = DateTime::UNIX_EPOCH;
/// The latest time that a command may have: the end of 2200.
pub const TIME_MAX: DateTime<Utc> =
    DateTime::from_timestamp(7_289_654_399, 999_999_999).expect("it is a time of chrono's");

/// Accepts the times of the years 1970 to 2200, without leap seconds, which fall on another day elsewhere.
///
/// # Errors
/// [`Error::InvalidTime`].
pub fn time(at: DateTime<Utc>) -> Result<(), Error> {
    let is_leap_second = at.timestamp_subsec_nanos() >= 1_000_000_000;
    if (TIME_MIN..=TIME_MAX).contains(&at) && !is_leap_second {
        return Ok(());
    }
    Err(Error::InvalidTime { at })
}

/// A text of one line in its one form (see [`crate::text`]), whose length is within `chars`.
///
/// # Errors
/// [`Error::UnprintableText`] when it has an invisible character, [`Error::InvalidText`] with the bounds of its length.
pub fn text(field: &'static str, text: &str, chars: RangeInclusive<usize>) -> Result<String, Error> {
    checked(field, text, Lines::One, chars)
}

/// The same for a text of several lines.
///
/// # Errors
/// As for [`text`].
pub fn text_of_lines(field: &'static str, text: &str, chars: RangeInclusive<usize>) -> Result<String, Error> {
    checked(field, text, Lines::Many, chars)
}

fn checked(
    field: &'static str,
    text: &str,
    lines: Lines,
    chars: RangeInclusive<usize>,
) -> Result<String, Error> {
    let text = text::normalised(text, lines).map_err(|found| Error::UnprintableText { field, found })?;
    if chars.contains(&text.chars().count()) {
        return Ok(text);
    }
    Err(Error::InvalidText {
        field,
        chars_min: *chars.start(),
        chars_max: *chars.end(),
    })
}

/// A reason or reference, which may be empty.
///
/// # Errors
/// As for [`text`].
pub fn note(field: &'static str, note: &str) -> Result<String, Error> {
    text(field, note, 0..=NOTE_CHARS_MAX)
}

/// A reason, which must not be empty.
///
/// # Errors
/// As for [`text`].
pub fn reason(field: &'static str, reason: &str) -> Result<String, Error> {
    text(field, reason, 1..=NOTE_CHARS_MAX)
}

/// A free text: a sealed one, which was checked before it was sealed, or one in the clear that passes `check`.
pub(crate) fn free_text(
    field: &'static str,
    text: &FreeText,
    check: fn(&'static str, &str) -> Result<String, Error>,
) -> Result<FreeText, Error> {
    match text {
        FreeText::Clear(text) => check(field, text).map(FreeText::Clear),
        FreeText::Sealed(sealed) => Ok(FreeText::Sealed(sealed.clone())),
    }
}

/// The reason of a failed delivery attempt, in one or several lines, which must not be empty.
///
/// # Errors
/// As for [`text`].
pub fn reason_of_lines(field: &'static str, reason: &str) -> Result<String, Error> {
    text_of_lines(field, reason, 1..=NOTE_CHARS_MAX)
}

/// The payment provider's reason, without what a person's reason must not have: nobody can correct it, and what the
/// provider did is recorded in any case.
pub(crate) fn provider_note(note: &str) -> String {
    let short: String = text::cleaned(note, Lines::One)
        .chars()
        .take(NOTE_CHARS_MAX)
        .collect();
    text::cleaned(&short, Lines::One)
}
