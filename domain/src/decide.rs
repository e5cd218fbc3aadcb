//! From a command and what is known to the events that follow, or the reason why none do.

use chrono::{DateTime, Utc};

use crate::view::{StreamStates, View};
use crate::{Command, Event, Refusal, StreamId};

/// What a decision may know beside the command and the streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The time of the decision; for imported orders, the time of what is imported.
    pub now: DateTime<Utc>,
}

/// An event that was decided on and is yet to be appended.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// The stream it goes to.
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

/// Decides `command` against `view`: the events to append together, in order, or why not.
///
/// Several events may go to one stream. No events mean that what the command wants is so already; only
/// commands that a process may repeat answer so: those that record what the payment provider did, and those
/// that set rather than change. Repeating a customer's or courier's step is an error.
///
/// # Errors
/// [`Refusal::NeedStreams`] when the view lacks a stream, [`Refusal::Rejected`] when the command cannot be.
pub fn decide(command: &Command, context: &Context, view: &dyn View) -> Result<Vec<NewEvent>, Refusal> {
    command.as_decide().decide(context, StreamStates::new(view))
}

/// The outcome of a command.
pub(crate) type Decision = Result<Vec<NewEvent>, Refusal>;

/// What each command tells about itself.
pub(crate) trait Decide {
    /// The stream whose id and version the answer carries.
    fn primary_stream(&self) -> StreamId;

    /// The streams that are known to be needed from the command alone.
    fn streams(&self) -> Vec<StreamId> {
        vec![self.primary_stream()]
    }

    /// Those of them that it creates under a fresh id.
    fn new_streams(&self) -> Vec<StreamId> {
        Vec::new()
    }

    /// Decides it.
    fn decide(&self, context: &Context, streams: StreamStates<'_>) -> Decision;
}

/// A decision for the events given; each becomes a [`NewEvent`] of its own stream.
macro_rules! events_of {
    ($($event:expr),* $(,)?) => { Ok(vec![$($crate::decide::NewEvent::from($event)),*]) };
}
pub(crate) use events_of;
