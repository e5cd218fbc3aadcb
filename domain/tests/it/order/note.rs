//! Notes on orders.

use domain::order::{AddOrderNote, Customer, NoteAuthor, NoteVisibility, OrderNoteAdded, OrderPlaced};
use domain::{AccountId, Error, Event, PersonId, Sealed, StreamId};
use uuid::Uuid;

use crate::fixture::{
    COURIER, ORDER, SELLER, cancel, completed, confirmed, events, expire, expires_at, order_placed, placed,
};
use crate::world::given;

const CUSTOMER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x31));
const ADMIN: AccountId = AccountId::from_uuid(Uuid::from_u128(0x32));

fn text() -> Sealed {
    Sealed {
        person_id: PersonId::from_uuid(Uuid::from_u128(0x33)),
        ciphertext: "c2VhbGVk".to_owned(),
    }
}

fn note(author: NoteAuthor, visibility: NoteVisibility) -> AddOrderNote {
    AddOrderNote {
        order_id: ORDER,
        author,
        visibility,
        text: text(),
    }
}

fn added(author: NoteAuthor, visibility: NoteVisibility) -> Vec<Event> {
    events![OrderNoteAdded {
        order_id: ORDER,
        author,
        visibility,
        text: text(),
    }]
}

fn placed_by(customer: Customer) -> Vec<Event> {
    events![OrderPlaced {
        customer,
        ..order_placed()
    }]
}

fn unknown() -> Error {
    Error::UnknownOrder { order_id: ORDER }
}

#[test]
fn every_party_to_an_order_can_write_shared_notes() {
    let customer = Customer::Account { account_id: CUSTOMER };
    let table = [
        (customer, NoteAuthor::Customer { account_id: CUSTOMER }),
        (Customer::Guest, NoteAuthor::Guest),
        (customer, NoteAuthor::Seller { account_id: SELLER }),
        (customer, NoteAuthor::Admin { account_id: ADMIN }),
    ];
    for (customer, author) in table {
        given(placed_by(customer))
            .when(note(author, NoteVisibility::Shared))
            .then(added(author, NoteVisibility::Shared));
    }
}

#[test]
fn the_order_does_not_exist_for_others() {
    let customer = Customer::Account { account_id: CUSTOMER };
    let table = [
        (customer, NoteAuthor::Customer { account_id: COURIER }),
        (customer, NoteAuthor::Guest),
        (Customer::Guest, NoteAuthor::Customer { account_id: CUSTOMER }),
        (customer, NoteAuthor::Seller { account_id: COURIER }),
    ];
    for (customer, author) in table {
        given(placed_by(customer))
            .when(note(author, NoteVisibility::Shared))
            .then_rejected(unknown());
    }
    let admin = NoteAuthor::Admin { account_id: ADMIN };
    given(vec![])
        .when(note(admin, NoteVisibility::Shared))
        .then_rejected(unknown());
}

#[test]
fn only_sellers_and_admins_can_write_internal_notes() {
    let customer = Customer::Account { account_id: CUSTOMER };
    for author in [
        NoteAuthor::Seller { account_id: SELLER },
        NoteAuthor::Admin { account_id: ADMIN },
    ] {
        given(placed_by(customer))
            .when(note(author, NoteVisibility::Internal))
            .then(added(author, NoteVisibility::Internal));
    }
    let rejection = || Error::InternalNoteOfCustomer { order_id: ORDER };
    given(placed_by(customer))
        .when(note(
            NoteAuthor::Customer { account_id: CUSTOMER },
            NoteVisibility::Internal,
        ))
        .then_rejected(rejection());
    given(placed_by(Customer::Guest))
        .when(note(NoteAuthor::Guest, NoteVisibility::Internal))
        .then_rejected(rejection());
}

#[test]
fn a_note_does_not_change_the_state_of_the_order() {
    let stream = StreamId::Order(ORDER);
    let mut expired = given(placed());
    expired.now = expires_at();
    let worlds = [
        given(placed()),
        given(placed()).after(cancel()),
        expired.after(expire()),
        given(confirmed()),
        given(completed()),
    ];
    for world in worlds {
        let before = world.state(&stream);
        let after = world.after(note(NoteAuthor::Guest, NoteVisibility::Shared));
        assert_eq!(after.state(&stream), before);
    }
}
