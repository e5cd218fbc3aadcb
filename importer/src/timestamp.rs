//! The times of the file.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::validate;

/// An example, with each digit in its place.
pub const EXAMPLE: &str = "2010-12-01 08:26:00";

/// Parses a time like [`EXAMPLE`], of the years that the platform has; `None` for anything else, such as a leap second.
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    let has_shape = text.len() == EXAMPLE.len()
        && text
            .bytes()
            .zip(EXAMPLE.bytes())
            .all(|(byte, example)| byte.is_ascii_digit() == example.is_ascii_digit());
    if !has_shape {
        return None;
    }
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .ok()?
        .and_utc();
    validate::time(at).is_ok().then_some(at)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times_of_the_years_1970_to_2200_are_read() {
        for text in [
            "1970-01-01 00:00:00",
            "2012-02-29 23:59:59",
            "2200-12-31 23:59:59",
        ] {
            let at = parse(text).unwrap();
            assert_eq!(at.format("%Y-%m-%d %H:%M:%S").to_string(), text);
        }
    }

    #[test]
    fn other_times_are_refused() {
        for text in [
            "0010-12-01 08:26:00",
            "0000-12-01 08:26:00",
            "-0001-12-01 08:26:00",
            "10000-12-01 08:26:00",
            "1969-12-31 23:59:59",
            "2201-01-01 00:00:00",
            "2016-12-31 23:59:60",
            "2010-12-01 08:26:60",
            "2010-12-01 24:00:00",
            "2011-02-29 08:26:00",
            "2010-12-1 8:26:00",
            "2010-12-01 08:26",
            "2010-12-01T08:26:00",
            " 2010-12-01 08:26:0",
            "2010-12-01 08:26:00Z",
            "\u{662}010-12-01 08:26:0",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
