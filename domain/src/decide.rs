//! Decisions: from a command and the state of its streams to new events, or to a rejection.

use chrono::{DateTime, Utc};

use crate::view::{StreamStates, View};
use crate::{Command, Event, Refusal, StreamId, validate};

/// The input of a decision beside the command and the streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The time of the decision; for imports, the time of the imported record.
    pub now: DateTime<Utc>,
}

/// A decided event that is not appended yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// The stream to append it to.
    pub stream: StreamId,
    /// The event.
    pub event: Event,
}

impl<E: Into<Event>> From<E> for NewEvent {
    fn from(event: E) -> Self {
        let event = event.into();
        Self {
            stream: event.stream_id(),
            event,
        }
    }
}

/// Decides `command` on `view`: returns the events to append together, in order, or a refusal.
///
/// Several events may go to one stream. No events mean that the state is already as the command asks. Only commands
/// that processes may repeat return none: those that record what the payment provider did, and those that set a value.
/// Repeating a step of a customer or courier is an error.
///
/// # Errors
/// [`Refusal::NeedStreams`] when the view lacks a stream, [`Refusal::Rejected`] when the command is rejected.
pub fn decide(command: &Command, context: &Context, view: &dyn View) -> Result<Vec<NewEvent>, Refusal> {
    validate::time(context.now)?;
    command.as_decide().decide(context, StreamStates::new(view))
}

/// The outcome of a command.
pub(crate) type Decision = Result<Vec<NewEvent>, Refusal>;

/// The interface of a command.
pub(crate) trait Decide {
    /// The stream whose id and version are in the answer.
    fn primary_stream(&self) -> StreamId;

    /// The streams that the command itself names.
    fn streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream()]
    }

    /// Those of them that it creates under a new id.
    fn new_streams(&self) -> Vec<StreamId> {
        Vec::new()
    }

    /// Decides the command.
    fn decide(&self, context: &Context, streams: StreamStates<'_>) -> Decision;
}

/// Builds a decision from events; each becomes a [`NewEvent`] of its own stream.
macro_rules! events_of {
    ($($event:expr),* $(,)?) => { Ok(vec![$($crate::decide::NewEvent::from($event)),*]) };
}
pub(crate) use events_of;
