//! The parameters of the sales figures: periods of whole UTC days, currencies and granularities.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use domain::Currency;
use platform::problem::{FieldError, Problem};
use platform::query::Limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::position::MinPosition;

/// The parameters of the currencies.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CurrenciesQuery {
    /// The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
    /// `position`.
    pub at: Option<DateTime<Utc>>,
    /// The figures as they were at this position of the log.
    #[schemars(range(min = 1))]
    pub position: Option<i64>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// The parameters of a period.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SummaryQuery {
    /// The first day, in UTC.
    #[schemars(example = &"2010-12-01")]
    pub from: NaiveDate,
    /// The day after the last day, in UTC.
    #[schemars(example = &"2010-12-15")]
    pub to: NaiveDate,
    /// The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
    /// `position`.
    pub at: Option<DateTime<Utc>>,
    /// The figures as they were at this position of the log.
    #[schemars(range(min = 1))]
    pub position: Option<i64>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// The parameters of a period and a list of products.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopProductsQuery {
    /// The first day, in UTC.
    #[schemars(example = &"2010-12-01")]
    pub from: NaiveDate,
    /// The day after the last day, in UTC.
    #[schemars(example = &"2010-12-15")]
    pub to: NaiveDate,
    /// The currency of the sales.
    pub currency: Currency,
    /// The largest number of items.
    #[serde(default)]
    pub limit: Limit,
    /// The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
    /// `position`.
    pub at: Option<DateTime<Utc>>,
    /// The figures as they were at this position of the log.
    #[schemars(range(min = 1))]
    pub position: Option<i64>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// The parameters of sales over time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SalesQuery {
    /// The first day, in UTC.
    #[schemars(example = &"2010-12-01")]
    pub from: NaiveDate,
    /// The day after the last day, in UTC.
    #[schemars(example = &"2010-12-15")]
    pub to: NaiveDate,
    /// The currency of the sales.
    pub currency: Currency,
    /// The unit of time.
    pub granularity: Granularity,
    /// The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
    /// `position`.
    pub at: Option<DateTime<Utc>>,
    /// The figures as they were at this position of the log.
    #[schemars(range(min = 1))]
    pub position: Option<i64>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    pub min_position: Option<MinPosition>,
}

/// A unit of time, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Granularity {
    /// In a period of at most 31 days.
    Hour,
    /// In a period of at most 400 days.
    Day,
    /// From Monday (ISO 8601), in a period of at most 2,800 days.
    Week,
    /// A calendar month, in a period of at most 36,600 days.
    Month,
}

impl Granularity {
    /// The longest period, in days. It bounds the items of an answer: 744 hours, 400 days, 401 weeks, 1,204 months.
    pub const fn days_max(self) -> i64 {
        match self {
            Self::Hour => 31,
            Self::Day => 400,
            Self::Week => 2_800,
            Self::Month => 36_600,
        }
    }

    /// The unit of Postgres's `date_trunc`, whose weeks start on Monday.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// A period of whole days: `from` is included, `to` is excluded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    pub fn parse(from: NaiveDate, to: NaiveDate) -> Result<Self, Problem> {
        // Postgres stores days from 4713 BC on; chrono's range is larger.
        let is_in_range = |day: NaiveDate| (1..=9_999).contains(&day.year());
        if from > to {
            return Err(invalid("must not be before `from`"));
        }
        if !is_in_range(from) || !is_in_range(to) {
            return Err(Problem::validation(vec![FieldError::new(
                "?from",
                "must be a day of the years 1 to 9999",
            )]));
        }
        Ok(Self { from, to })
    }

    /// A period that is short enough for the granularity.
    pub fn parse_for(granularity: Granularity, from: NaiveDate, to: NaiveDate) -> Result<Self, Problem> {
        let period = Self::parse(from, to)?;
        let days_max = granularity.days_max();
        if (to - from).num_days() > days_max {
            return Err(invalid(&format!(
                "must be at most {days_max} days after `from` for granularity `{}`",
                granularity.unit()
            )));
        }
        Ok(period)
    }

    pub fn start(self) -> DateTime<Utc> {
        self.from.and_time(NaiveTime::MIN).and_utc()
    }

    pub fn end(self) -> DateTime<Utc> {
        self.to.and_time(NaiveTime::MIN).and_utc()
    }
}

fn invalid(detail: &str) -> Problem {
    Problem::validation(vec![FieldError::new("?to", detail)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_as_long_as_its_granularity_allows() {
        let first: NaiveDate = "2010-12-01".parse().unwrap();
        for granularity in [
            Granularity::Hour,
            Granularity::Day,
            Granularity::Week,
            Granularity::Month,
        ] {
            let last = first + chrono::TimeDelta::days(granularity.days_max());
            assert!(
                Period::parse_for(granularity, first, last).is_ok(),
                "{granularity:?}"
            );
            let after = last.succ_opt().unwrap();
            assert!(
                Period::parse_for(granularity, first, after).is_err(),
                "{granularity:?}"
            );
        }
    }
}
