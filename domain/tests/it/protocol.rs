//! Guarantees that the executor relies on: the streams a command names, and that a decision reports all missing streams
//! at once.

use std::collections::HashMap;

use domain::payment::RecordAuthorisation;
use domain::{Command, Context, Error, ErrorKind, Refusal, StreamId, StreamState, StreamType, View, decide};

use crate::fixture::{
    DELIVERY, ORDER, PAYMENT, RETURN, cancel, confirmed, mug, now, place_order, processing,
    record_authorisation, request_return, tea,
};
use crate::world::given;

struct Only(HashMap<StreamId, StreamState>);

impl View for Only {
    fn state(&self, stream: &StreamId) -> Option<&StreamState> {
        self.0.get(stream)
    }
}

fn stock_streams() -> Vec<StreamId> {
    vec![StreamId::Stock(mug()), StreamId::Stock(tea())]
}

#[test]
fn placing_an_order_names_every_stream_in_advance() {
    let command = Command::from(place_order());
    assert_eq!(command.name(), "PlaceOrder");
    assert_eq!(command.primary_stream(), StreamId::Order(ORDER));
    assert_eq!(command.new_streams(), [StreamId::Order(ORDER)]);
    assert_eq!(
        command.streams(),
        [
            StreamId::Order(ORDER),
            StreamId::Product(mug()),
            StreamId::Stock(mug()),
            StreamId::Product(tea()),
            StreamId::Stock(tea()),
        ]
    );
}

#[test]
fn requesting_a_return_creates_its_stream() {
    let command = Command::from(request_return(1, 1));
    assert_eq!(command.new_streams(), [StreamId::Return(RETURN)]);
    assert_eq!(
        command.streams(),
        [StreamId::Return(RETURN), StreamId::Order(ORDER)]
    );
}

/// The streams that a decision reports as missing, round by round, when each round's streams are loaded.
fn rounds(history: Vec<domain::Event>, command: impl Into<Command>) -> Vec<Vec<StreamId>> {
    let (world, command) = (given(history), command.into());
    let mut view = Only(HashMap::new());
    let mut rounds = Vec::new();
    while let Err(Refusal::NeedStreams(streams)) = decide(&command, &Context { now: now() }, &view) {
        view.0
            .extend(streams.iter().map(|stream| (stream.clone(), world.state(stream))));
        rounds.push(streams);
    }
    rounds
}

#[test]
fn an_authorisation_needs_the_payment_then_the_order_then_all_other_streams() {
    let mut rest = stock_streams();
    rest.push(StreamId::Delivery(DELIVERY));
    assert_eq!(
        rounds(processing(), record_authorisation()),
        [
            vec![StreamId::Payment(PAYMENT)],
            vec![StreamId::Order(ORDER)],
            rest
        ]
    );
}

#[test]
fn a_cancellation_needs_the_order_then_all_other_streams() {
    let mut rest = stock_streams();
    rest.extend([StreamId::Payment(PAYMENT), StreamId::Delivery(DELIVERY)]);
    assert_eq!(
        rounds(confirmed(), cancel()),
        [vec![StreamId::Order(ORDER)], rest]
    );
}

#[test]
fn a_state_of_another_kind_is_an_internal_error_and_not_requested_again() {
    let stream = StreamId::Payment(PAYMENT);
    let view = Only(HashMap::from([(
        stream.clone(),
        StreamState::initial(StreamType::Order),
    )]));
    let command = Command::from(RecordAuthorisation {
        ..record_authorisation()
    });
    let refusal = decide(&command, &Context { now: now() }, &view).unwrap_err();
    let error = Error::ForeignState { stream };
    assert_eq!(error.kind(), ErrorKind::Internal);
    assert_eq!(refusal, Refusal::Rejected(error));
}

#[test]
fn errors_have_a_kind_and_a_stable_slug() {
    let cases = [
        (Error::AmountOverflow, ErrorKind::Validation, "amount-overflow"),
        (
            Error::InsufficientStock { lines: vec![] },
            ErrorKind::InsufficientStock,
            "insufficient-stock",
        ),
        (
            Error::OrderAlreadyCancelled { order_id: ORDER },
            ErrorKind::InvalidState,
            "invalid-state",
        ),
        (
            Error::UnknownOrder { order_id: ORDER },
            ErrorKind::NotFound,
            "not-found",
        ),
        (
            Error::TooManyLines {
                count: 2,
                count_max: 1,
            },
            ErrorKind::Validation,
            "too-many-lines",
        ),
        (
            Error::CurrencyMismatch,
            ErrorKind::Validation,
            "currency-mismatch",
        ),
    ];
    for (error, kind, slug) in cases {
        assert_eq!((error.kind(), error.slug()), (kind, slug), "{error}");
    }
}
