//! The life cycle of a person.

use domain::privacy::{
    ErasureRequester, PersonErased, PersonErasureRequested, PersonEvent, RecordErasure, RequestErasure,
};
use domain::{Error, FreeText, PersonId, PersonState, evolve};
use uuid::Uuid;

use crate::fixture::events;
use crate::world::given;

const PERSON: PersonId = PersonId::from_uuid(Uuid::from_u128(9));

fn request() -> RequestErasure {
    RequestErasure {
        person_id: PERSON,
        order_id: None,
        requested_by: ErasureRequester::Person,
        reason: FreeText::none(),
    }
}

fn requested() -> PersonErasureRequested {
    PersonErasureRequested {
        person_id: PERSON,
        order_id: None,
        requested_by: ErasureRequester::Person,
        reason: FreeText::none(),
    }
}

const RECORD: RecordErasure = RecordErasure { person_id: PERSON };
const ERASED: PersonErased = PersonErased { person_id: PERSON };

#[test]
fn an_erasure_is_requested_and_then_recorded() {
    given(events![]).when(request()).then(events![requested()]);
    given(events![requested()]).when(RECORD).then(events![ERASED]);
}

#[test]
fn repeating_a_step_changes_nothing() {
    given(events![requested()]).when(request()).then(events![]);
    given(events![requested(), ERASED])
        .when(request())
        .then(events![]);
    given(events![requested(), ERASED]).when(RECORD).then(events![]);
}

#[test]
fn nobody_is_erased_without_a_request() {
    given(events![])
        .when(RECORD)
        .then_rejected(Error::ErasureNotRequested { person_id: PERSON });
}

#[test]
fn events_out_of_order_are_refused() {
    let mut state = PersonState::Known;
    let erased = PersonEvent::from(ERASED);
    assert!(matches!(
        state.evolve(&erased),
        Err(evolve::Error::OutOfOrder { .. })
    ));
    assert_eq!(state, PersonState::Known);
}
