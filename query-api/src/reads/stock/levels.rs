//! A stock level over time, as points of a chart.

use actix_web::web;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc, Weekday};
use domain::Sku;
use platform::answer::Found;
use platform::auth::Authenticated;
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::Query;
use projector::past::Past as _;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{StockLevels, USES};
use crate::api::Api;
use crate::position::MinPosition;
use crate::reads::Answer;
use crate::reads::past::{Entity as _, Life, unreadable};

/// The largest number of points of an answer.
const POINTS_MAX: usize = 500;

/// The parameters of a stock level over time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelsQuery {
    /// The unit of time between two points. Without it, the finest with which there are at most 500 points.
    granularity: Option<LevelGranularity>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// The unit of time between two points, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelGranularity {
    /// A point for every event.
    Event,
    /// The last event of each hour.
    Hour,
    /// The last event of each day.
    Day,
    /// The last event of each week, from Monday (ISO 8601).
    Week,
    /// The last event of each calendar month.
    Month,
}

/// A stock level over time.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Levels {
    granularity: LevelGranularity,
    /// The points, oldest first. A unit of time without an event has none: the level stayed.
    items: Vec<LevelPoint>,
    /// The number of all events.
    event_count: usize,
}

/// A stock level right after an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct LevelPoint {
    position: i64,
    /// When the event was recorded.
    recorded_at: DateTime<Utc>,
    on_hand: i64,
    reserved: i64,
    committed: i64,
    available: i64,
}

impl LevelGranularity {
    const ALL: [Self; 5] = [Self::Event, Self::Hour, Self::Day, Self::Week, Self::Month];

    /// A number that all times of a unit share, and no other unit has.
    fn unit(self, point: &LevelPoint) -> i64 {
        let (time, day) = (point.recorded_at, point.recorded_at.date_naive());
        let days = |day: NaiveDate| i64::from(day.num_days_from_ce());
        match self {
            Self::Event => point.position,
            Self::Hour => time.timestamp().div_euclid(3_600),
            Self::Day => days(day),
            Self::Week => days(day.week(Weekday::Mon).first_day()),
            Self::Month => i64::from(day.year()) * 12 + i64::from(day.month0()),
        }
    }

    /// The last point of each unit.
    fn points(self, all: &[LevelPoint]) -> Vec<LevelPoint> {
        let units = all.chunk_by(|left, right| self.unit(left) == self.unit(right));
        units.filter_map(|unit| unit.last().cloned()).collect()
    }
}

/// The level of a SKU over time.
pub(crate) async fn levels(
    api: web::Data<Api>,
    reader: Authenticated,
    sku: PathId<Sku>,
    query: Query<LevelsQuery>,
) -> Answer<Found<Levels>> {
    let (sku, query) = (sku.0, query.0);
    let reached = api.wait_for(USES, query.min_position).await?;
    StockLevels::sight(&api, &reader, &sku).await?;
    let life = Life::load::<StockLevels>(&api, &sku).await?;
    let all = all_points(&life, &sku)?;
    let (granularity, items) = match query.granularity {
        Some(granularity) => (granularity, granularity.points(&all)),
        None => finest(&all),
    };
    if items.len() > POINTS_MAX {
        let detail = format!("gives {} points; at most {POINTS_MAX} are possible", items.len());
        return Err(Problem::invalid_field("?granularity", detail));
    }
    reached.found(Levels {
        granularity,
        items,
        event_count: all.len(),
    })
}

fn all_points(life: &Life, sku: &Sku) -> Result<Vec<LevelPoint>, Problem> {
    let mut past = StockLevels::before_all(sku);
    let mut points = Vec::with_capacity(life.events.len());
    for event in &life.events {
        past.apply(event).map_err(unreadable)?;
        let Some(row) = past.row() else { continue };
        points.push(LevelPoint {
            position: event.position,
            recorded_at: event.recorded_at,
            on_hand: row.on_hand,
            reserved: row.reserved,
            committed: row.committed,
            available: row.on_hand - row.reserved - row.committed,
        });
    }
    Ok(points)
}

/// The finest granularity with which there are not too many points; months if there is none.
fn finest(all: &[LevelPoint]) -> (LevelGranularity, Vec<LevelPoint>) {
    let mut found = (LevelGranularity::Month, Vec::new());
    for granularity in LevelGranularity::ALL {
        found = (granularity, granularity.points(all));
        if found.1.len() <= POINTS_MAX {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(position: i64, time: &str) -> LevelPoint {
        LevelPoint {
            position,
            recorded_at: time.parse().unwrap(),
            on_hand: position,
            reserved: 0,
            committed: 0,
            available: position,
        }
    }

    #[test]
    fn a_unit_of_time_has_the_level_at_its_end() {
        let all = [
            point(1, "2025-12-29T00:00:00Z"),
            point(2, "2025-12-29T00:59:59Z"),
            point(3, "2025-12-29T01:00:00Z"),
            point(4, "2025-12-31T23:00:00Z"),
            point(5, "2026-01-01T00:00:00Z"),
            point(6, "2026-01-05T00:00:00Z"),
        ];
        let positions = |granularity: LevelGranularity| {
            let points = granularity.points(&all);
            points.iter().map(|point| point.position).collect::<Vec<_>>()
        };
        assert_eq!(positions(LevelGranularity::Event), [1, 2, 3, 4, 5, 6]);
        assert_eq!(positions(LevelGranularity::Hour), [2, 3, 4, 5, 6]);
        assert_eq!(positions(LevelGranularity::Day), [3, 4, 5, 6]);
        assert_eq!(positions(LevelGranularity::Week), [5, 6]);
        assert_eq!(positions(LevelGranularity::Month), [4, 6]);
    }

    #[test]
    fn long_lives_are_shown_by_a_coarser_unit() {
        let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let all: Vec<_> = (0..2_000)
            .map(|number| LevelPoint {
                recorded_at: start + chrono::Duration::minutes(30 * number),
                ..point(number, "2026-01-01T00:00:00Z")
            })
            .collect();
        let (granularity, points) = finest(&all);
        assert_eq!((granularity, points.len()), (LevelGranularity::Day, 42));
        assert_eq!(finest(&all[..500]).0, LevelGranularity::Event);
    }
}
