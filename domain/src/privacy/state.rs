//! The state of a person, folded from its events.

use serde::Serialize;

use super::event::PersonEvent;
use crate::stream::StreamType;
use crate::{OrderId, evolve};

/// The state of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum PersonState {
    /// Nothing was requested.
    #[default]
    Known,
    /// The erasure was requested, and is about to be carried out.
    ErasureRequested {
        /// The order of a guest.
        order_id: Option<OrderId>,
    },
    /// The person was erased.
    Erased,
}

impl PersonState {
    /// The name of the state.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::ErasureRequested { .. } => "erasure_requested",
            Self::Erased => "erased",
        }
    }

    /// Applies the next event.
    ///
    /// # Errors
    /// When the event is not possible in this state.
    pub fn evolve(&mut self, event: &PersonEvent) -> Result<(), evolve::Error> {
        *self = match (&*self, event) {
            (Self::Known, PersonEvent::PersonErasureRequested(event)) => Self::ErasureRequested {
                order_id: event.order_id,
            },
            (Self::ErasureRequested { .. }, PersonEvent::PersonErased(_)) => Self::Erased,
            (state, event) => {
                return Err(evolve::Error::OutOfOrder {
                    stream_type: StreamType::Person,
                    status: state.status(),
                    event: event.event_type().name,
                });
            }
        };
        Ok(())
    }
}
