//! The commands for the erasure of a person.

use super::event::{ErasureRequester, PersonErased, PersonErasureRequested};
use super::state::PersonState;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::view::StreamStates;
use crate::{Error, FreeText, OrderId, PersonId, StreamId};

/// Request the erasure of a person. A second request changes nothing. The caller checks that no order of the person is
/// open: the person's stream does not know the orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestErasure {
    /// The person.
    pub person_id: PersonId,
    /// The order of a guest.
    pub order_id: Option<OrderId>,
    /// Who asks for it.
    pub requested_by: ErasureRequester,
    /// The reason, sealed.
    pub reason: FreeText,
}

impl Decide for RequestErasure {
    fn primary_stream(&self) -> StreamId {
        StreamId::Person(self.person_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        match streams.person(self.person_id)? {
            PersonState::Known => events_of![PersonErasureRequested {
                person_id: self.person_id,
                order_id: self.order_id,
                requested_by: self.requested_by,
                reason: self.reason.clone(),
            }],
            PersonState::ErasureRequested { .. } | PersonState::Erased => events_of![],
        }
    }
}

/// Record that a person was erased, after the key and the account were deleted. Recording it again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordErasure {
    /// The person.
    pub person_id: PersonId,
}

impl Decide for RecordErasure {
    fn primary_stream(&self) -> StreamId {
        StreamId::Person(self.person_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        match streams.person(self.person_id)? {
            PersonState::Known => Err(Error::ErasureNotRequested {
                person_id: self.person_id,
            }
            .into()),
            PersonState::ErasureRequested { .. } => events_of![PersonErased {
                person_id: self.person_id,
            }],
            PersonState::Erased => events_of![],
        }
    }
}
