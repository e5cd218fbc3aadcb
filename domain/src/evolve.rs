//! Errors of folding an event into a state.

use crate::Event;
use crate::stream::StreamType;

/// The stream is corrupt, or its events were read out of order. Decided events never cause this. The state is left
/// unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The event belongs to another type of stream.
    #[error("{event} does not belong in a {} stream", stream_type.as_str())]
    Foreign {
        /// The type of the stream it was found in.
        stream_type: StreamType,
        /// The event's type.
        event: &'static str,
    },
    /// The event is not possible in this state.
    #[error("{event} cannot follow in a {} stream that is {status}", stream_type.as_str())]
    OutOfOrder {
        /// The type of the stream.
        stream_type: StreamType,
        /// The status before the event.
        status: &'static str,
        /// The event's type.
        event: &'static str,
    },
}

impl Error {
    /// The error for an `event` in a stream of another kind.
    pub(crate) fn foreign(stream_type: StreamType, event: &Event) -> Self {
        Self::Foreign {
            stream_type,
            event: event.event_type().name,
        }
    }
}
