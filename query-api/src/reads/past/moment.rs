//! Moments: how a request names a point of an object's past.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use platform::problem::{FieldError, Problem};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::position::MinPosition;

/// The parameters of a read of one object, now or as it was.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PastQuery {
    /// As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
    /// `position`.
    #[schemars(example = &"2026-03-01T09:30:00Z")]
    at: Option<DateTime<Utc>>,
    /// As it was right after the event with this version of its stream.
    #[schemars(range(min = 1), example = 3)]
    version: Option<i64>,
    /// As it was at this position of the log.
    #[schemars(range(min = 1))]
    position: Option<i64>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// A point of the past. Written as a time, as a version, or as `position:` and a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Moment {
    /// After the last event that was recorded at this time or earlier.
    Time(DateTime<Utc>),
    /// After the event with this version of the object's own stream.
    Version(i64),
    /// After the last event up to this position.
    Position(i64),
}

impl PastQuery {
    /// The moment that is asked for; `None` for the present.
    ///
    /// # Errors
    /// 422 when there is more than one, or when it is not positive.
    pub fn moment(&self) -> Result<Option<Moment>, Problem> {
        let moments = [
            self.at.map(Moment::Time),
            self.version.map(Moment::Version),
            self.position.map(Moment::Position),
        ];
        let mut given = moments.into_iter().flatten();
        let moment = given.next();
        if let Some(other) = given.next() {
            let detail = "cannot be combined with another moment";
            return Err(Problem::invalid_field(other.parameter(), detail));
        }
        match moment {
            Some(Moment::Version(number) | Moment::Position(number)) if number < 1 => {
                let parameter = if self.version.is_some() {
                    "?version"
                } else {
                    "?position"
                };
                Err(Problem::invalid_field(parameter, "must be 1 or more"))
            }
            moment => Ok(moment),
        }
    }
}

impl Moment {
    /// The parameter that names a moment of its kind.
    pub(crate) const fn parameter(self) -> &'static str {
        match self {
            Self::Time(_) => "?at",
            Self::Version(_) => "?version",
            Self::Position(_) => "?position",
        }
    }

    /// The problem of a moment that does not exist, named by `parameter`.
    pub(crate) fn unknown(parameter: &str, detail: String) -> Problem {
        Problem::validation(vec![FieldError::new(parameter, detail)])
    }
}

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const DETAIL: &str = "must be a version, a time, or `position:` and a number from 1";
        let (moment, number) = match text.strip_prefix("position:") {
            Some(position) => {
                let position = position.parse().map_err(|_| DETAIL)?;
                (Self::Position(position), position)
            }
            None => match (text.parse::<i64>(), text.parse()) {
                (Ok(version), _) => (Self::Version(version), version),
                (_, Ok(time)) => return Ok(Self::Time(time)),
                _ => return Err(DETAIL),
            },
        };
        if number < 1 { Err(DETAIL) } else { Ok(moment) }
    }
}

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_version_a_time_or_a_position() {
        let time: DateTime<Utc> = "2026-03-01T09:30:00Z".parse().unwrap();
        assert_eq!("3".parse(), Ok(Moment::Version(3)));
        assert_eq!("2026-03-01T09:30:00Z".parse(), Ok(Moment::Time(time)));
        assert_eq!("position:70".parse(), Ok(Moment::Position(70)));
        for text in [
            "",
            "0",
            "-1",
            "yesterday",
            "position:",
            "position:0",
            "position:x",
            "2026-03-01",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }
}
