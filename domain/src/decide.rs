//! Decides commands: from a command and the loaded states to the resulting events, or the reason for a refusal.

use chrono::{DateTime, Utc};

use crate::view::{StreamStates, View};
use crate::{Command, Event, Refusal, StreamId};

/// The inputs of a decision besides the command and the streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The time of the decision; for imported orders, the time in the data.
    pub now: DateTime<Utc>,
}

/// An event that was decided and is not appended yet.
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
/// Several events may go to one stream. An empty result means that the requested state already exists. Only commands
/// that a process may repeat return it: those that record the provider's results, and those that set values rather than
/// change them. Repeating a customer's or courier's step is an error.
///
/// # Errors
/// [`Refusal::NeedStreams`] when the view lacks a stream, [`Refusal::Rejected`] when a rule forbids the command.
pub fn decide(command: &Command, context: &Context, view: &dyn View) -> Result<Vec<NewEvent>, Refusal> {
    command.as_decide().decide(context, StreamStates::new(view))
}

/// The outcome of a command.
pub(crate) type Decision = Result<Vec<NewEvent>, Refusal>;

/// The interface of each command.
pub(crate) trait Decide {
    /// The stream whose id and version are in the answer.
    fn primary_stream(&self) -> StreamId;

    /// The streams that the command itself names.
    fn streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream()]
    }

    /// Those of [`Self::streams`] that it creates under a new id.
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
