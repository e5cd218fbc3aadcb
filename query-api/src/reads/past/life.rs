//! The events of an object's life, and its row after some of them.

use event_store::store::StreamCursor;
use platform::problem::{Problem, kind};
use projector::past::{self, Past as _};
use schemas::envelope::RecordedEvent;

use super::{Entity, Moment, Row};
use crate::api::{Api, store};
use crate::view::AsOf;

/// The largest number of events of a life that is read.
const EVENTS_MAX: usize = 100_000;

/// The events that an object's row results from, by position.
#[derive(Debug)]
pub(crate) struct Life {
    /// The object's own stream.
    stream_id: String,
    pub events: Vec<RecordedEvent>,
}

/// Why a life cannot be read.
enum Unreadable {
    Store(event_store::Error),
    TooLong,
}

impl From<event_store::Error> for Unreadable {
    fn from(error: event_store::Error) -> Self {
        Self::Store(error)
    }
}

impl Unreadable {
    fn into_problem(self) -> Problem {
        match self {
            Self::Store(error) => store(error),
            Self::TooLong => Problem::new(
                &kind::HISTORY_TOO_LONG,
                format!("Its history has more than {EVENTS_MAX} events, the most that a read goes through."),
            ),
        }
    }
}

/// The problem of an event that makes no row. The read model, too, has stopped before it.
pub(crate) fn unreadable(error: past::Error) -> Problem {
    let position = error.position();
    Problem::new(
        &kind::HISTORY_UNREADABLE,
        format!(
            "The event at position {position} cannot be applied, so that nothing is known from it on. Earlier moments can be read."
        ),
    )
    .with_member("position", position)
    .with_source(error)
}

impl Life {
    /// Reads the life of the object with this id.
    ///
    /// # Errors
    /// 404 when it has none; 422 when it has too many events.
    pub async fn load<E: Entity>(api: &Api, id: &E::Id) -> Result<Self, Problem> {
        let stream_id = E::stream(id).to_string();
        let mut events = Vec::new();
        read(api, vec![stream_id.clone()], &mut events).await?;
        if events.is_empty() {
            return Err(Problem::not_found());
        }
        let further = E::further_streams(&events);
        if !further.is_empty() {
            let further = further.into_iter().map(|stream_id| stream_id.to_string());
            read(api, further.collect(), &mut events).await?;
            events.sort_unstable_by_key(|event| event.position);
        }
        Ok(Self { stream_id, events })
    }

    /// The number of its events up to `moment`, which the request names as `parameter`; at least 1.
    ///
    /// # Errors
    /// 404 for a moment before its first event; 422 for a version or a position that does not exist yet.
    pub async fn count_at(&self, api: &Api, moment: Moment, parameter: &str) -> Result<usize, Problem> {
        let last = match moment {
            Moment::Time(time) => self.events.iter().rposition(|event| event.recorded_at <= time),
            Moment::Position(position) => {
                let head = api.store.head().await.map_err(store)?;
                if position > head {
                    let detail = format!("must be at most {head}, the position of the newest event");
                    return Err(Moment::unknown(parameter, detail));
                }
                self.events.iter().rposition(|event| event.position <= position)
            }
            Moment::Version(version) => {
                let found = self.own().rev().find(|(_, event)| event.version <= version);
                let newest = self.own().next_back().map_or(0, |(_, event)| event.version);
                if version > newest {
                    let detail = format!("must be at most {newest}, its newest version");
                    return Err(Moment::unknown(parameter, detail));
                }
                found.map(|(index, _)| index)
            }
        };
        let created = self.own().next().map_or(0, |(index, _)| index);
        match last {
            Some(last) if last >= created => Ok(last + 1),
            _ => Err(before_first(&self.events[created])),
        }
    }

    /// The row after its first `count` events.
    ///
    /// # Errors
    /// 409 when one of them cannot be applied; 500 when they make none.
    pub fn row<E: Entity>(&self, id: &E::Id, count: usize) -> Result<Row<E>, Problem> {
        let mut past = E::before_all(id);
        for event in &self.events[..count] {
            past.apply(event).map_err(unreadable)?;
        }
        past.row()
            .ok_or_else(|| Problem::internal("the first event of a stream makes no row"))
    }

    /// Which moment the first `count` events lead to.
    ///
    /// # Errors
    /// 500 when there is no event of its own stream among them.
    pub fn as_of(&self, count: usize) -> Result<AsOf, Problem> {
        let events = &self.events[..count];
        let last = events.last();
        let own = events
            .iter()
            .rev()
            .find(|event| event.stream_id == self.stream_id);
        let (Some(last), Some(own)) = (last, own) else {
            return Err(Problem::internal("no event of its own stream"));
        };
        Ok(AsOf {
            version: own.version,
            position: last.position,
            event_type: last.event_type.clone(),
            occurred_at: last.occurred_at,
            recorded_at: last.recorded_at,
        })
    }

    /// The events of its own stream, with their places among all.
    fn own(&self) -> impl DoubleEndedIterator<Item = (usize, &RecordedEvent)> {
        let events = self.events.iter().enumerate();
        events.filter(|(_, event)| event.stream_id == self.stream_id)
    }
}

/// The problem of a moment before the first event.
pub(crate) fn before_first(first: &RecordedEvent) -> Problem {
    let at = first
        .recorded_at
        .to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    Problem::new(
        &kind::BEFORE_FIRST_EVENT,
        format!("It did not exist yet: its first event was recorded at {at}."),
    )
    .with_member("first_recorded_at", at)
    .with_member("first_position", first.position)
}

/// Adds the events of these streams.
async fn read(api: &Api, stream_ids: Vec<String>, events: &mut Vec<RecordedEvent>) -> Result<(), Problem> {
    let cursor = |stream_id| StreamCursor {
        stream_id,
        after_version: 0,
    };
    let cursors: Vec<StreamCursor> = stream_ids.into_iter().map(cursor).collect();
    let keep = |event| {
        if events.len() >= EVENTS_MAX {
            return Err(Unreadable::TooLong);
        }
        events.push(event);
        Ok(())
    };
    api.store
        .fold(&cursors, keep)
        .await
        .map_err(Unreadable::into_problem)
}
