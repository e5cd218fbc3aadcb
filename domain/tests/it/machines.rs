//! Every command in every state of each life cycle. The tables list the accepted pairs; every other pair must be
//! rejected, because the subject does not exist or is in another state.
//!
//! A state's label starts with its status; the part after the comma distinguishes histories with the same status. A
//! result is the status afterwards, or `=` if nothing is written because the requested state already exists.

mod delivery;

use domain::delivery::{CompletedBy, DeliverDelivery, TransitStatus};
use domain::product::{ChangeProduct, ListProduct, RelistProduct, WithdrawProduct};
use domain::returns::{ApproveReturn, ReceiveReturn, RejectReturn};
use domain::{Command, ErrorKind, FreeText, StreamId, StreamState};

use crate::fixture::{
    COURIER, DELIVERY, ORDER, PAYMENT, RETURN, SELLER, action_required, cancel, captured, completed,
    confirm_payment, confirmed, create_payment, expire, expires_at, gbp, method_attached, mug, on_the_way,
    payment_created, place_order, placed, processing, record_action_required, record_authorisation,
    record_capture, record_decline, record_refund, record_void, refund_requested, refund_return,
    request_refund, request_return, resolve_action, return_approved, return_received, return_requested,
    returned_to_sender, shelf,
};
use crate::world::{World, given};

fn status(state: &StreamState) -> &'static str {
    match state {
        StreamState::Product(state) => state.status(),
        StreamState::Stock(_) => "stocked",
        StreamState::Order(state) => state.status(),
        StreamState::Payment(state) => state.status(),
        StreamState::Delivery(state) => state.status(),
        StreamState::Return(state) => state.status(),
        StreamState::Person(state) => state.status(),
    }
}

struct Machine {
    stream: StreamId,
    states: Vec<(&'static str, World)>,
    commands: Vec<Command>,
    accepted: Vec<(&'static str, &'static str, &'static str)>,
}

impl Machine {
    fn check(self) {
        let mut unseen = self.accepted.clone();
        for (label, world) in &self.states {
            let before = status(&world.state(&self.stream));
            assert_eq!(
                label.split(',').next(),
                Some(before),
                "the history does not lead to `{label}`"
            );
            for command in &self.commands {
                let expected = self
                    .accepted
                    .iter()
                    .find(|(state, name, _)| state == label && *name == command.name())
                    .map(|(_, _, after)| *after);
                assert_eq!(
                    self.outcome(world.clone(), command),
                    expected,
                    "{} when {label}",
                    command.name()
                );
                unseen.retain(|(state, name, _)| !(state == label && *name == command.name()));
            }
        }
        assert_eq!(
            unseen,
            [],
            "these transitions name no state or command of the table"
        );
    }

    fn outcome(&self, mut world: World, command: &Command) -> Option<&'static str> {
        let before = world.states.clone();
        match world.run(command) {
            Ok(events) if events.is_empty() => Some("="),
            Ok(_) => Some(status(&world.state(&self.stream))),
            Err(error) => {
                assert_eq!(world.states, before, "a rejection wrote something");
                let kinds = [ErrorKind::InvalidState, ErrorKind::NotFound, ErrorKind::Conflict];
                assert!(
                    kinds.contains(&error.kind()),
                    "{} was rejected for {error:?}",
                    command.name()
                );
                None
            }
        }
    }
}

#[test]
fn products() {
    let withdraw = || WithdrawProduct {
        sku: mug(),
        reason: FreeText::clear(String::new()),
    };
    let change = ChangeProduct {
        sku: mug(),
        name: Some("A big mug".to_owned()),
        description: None,
        category: None,
        price: Some(gbp(1)),
    };
    let list = ListProduct {
        sku: mug(),
        name: "A MUG".to_owned(),
        description: String::new(),
        category: "kitchen".to_owned(),
        price: gbp(1_000),
        seller_id: SELLER,
    };
    Machine {
        stream: StreamId::Product(mug()),
        states: vec![
            ("unlisted", given(vec![])),
            ("listed", given(shelf())),
            ("withdrawn", given(shelf()).after(withdraw())),
        ],
        commands: vec![
            list.into(),
            change.into(),
            withdraw().into(),
            RelistProduct { sku: mug() }.into(),
        ],
        accepted: vec![
            ("unlisted", "ListProduct", "listed"),
            ("listed", "ChangeProduct", "listed"),
            ("listed", "WithdrawProduct", "withdrawn"),
            ("withdrawn", "ChangeProduct", "withdrawn"),
            ("withdrawn", "RelistProduct", "listed"),
        ],
    }
    .check();
}

#[test]
fn orders() {
    let late = |history| given(history).at(expires_at());
    let deliver = DeliverDelivery {
        delivery_id: DELIVERY,
        by: CompletedBy::Courier(COURIER),
        from: TransitStatus::OnTheWay,
    };
    Machine {
        stream: StreamId::Order(ORDER),
        states: vec![
            ("unplaced", late(shelf())),
            ("pending", late(placed())),
            ("pending, paying", late(processing())),
            ("confirmed", late(confirmed())),
            ("confirmed, on the way", late(on_the_way())),
            ("confirmed, returned", late(returned_to_sender())),
            ("completed", late(completed())),
            ("cancelled", late(placed()).after(cancel())),
            ("cancelled, paying", late(processing()).after(cancel())),
            ("expired", late(placed()).after(expire())),
        ],
        commands: vec![
            place_order().into(),
            cancel().into(),
            expire().into(),
            record_authorisation().into(),
            deliver.into(),
            request_return(1, 1).into(),
        ],
        accepted: vec![
            ("unplaced", "PlaceOrder", "pending"),
            ("pending", "CancelOrder", "cancelled"),
            ("pending", "ExpireOrder", "expired"),
            ("pending, paying", "CancelOrder", "cancelled"),
            ("pending, paying", "RecordAuthorisation", "confirmed"),
            ("confirmed", "CancelOrder", "cancelled"),
            ("confirmed", "RecordAuthorisation", "="),
            ("confirmed, on the way", "RecordAuthorisation", "="),
            ("confirmed, on the way", "DeliverDelivery", "completed"),
            ("confirmed, returned", "RecordAuthorisation", "="),
            ("confirmed, returned", "CancelOrder", "cancelled"),
            ("completed", "RecordAuthorisation", "="),
            ("completed", "RequestReturn", "completed"),
            ("cancelled, paying", "RecordAuthorisation", "cancelled"),
        ],
    }
    .check();
}

fn payment_states() -> Vec<(&'static str, World)> {
    vec![
        ("uncreated", given(placed())),
        ("requires_payment_method", given(payment_created())),
        ("requires_confirmation", given(method_attached())),
        ("requires_action", given(action_required())),
        ("processing", given(processing())),
        ("requires_capture", given(confirmed())),
        ("succeeded", given(captured())),
        ("processing, order over", given(processing()).after(cancel())),
        ("requires_capture, order over", given(confirmed()).after(cancel())),
        ("cancelled", given(payment_created()).after(cancel())),
        (
            "cancelled, voided",
            given(confirmed()).after(cancel()).after(record_void()),
        ),
    ]
}

fn payment_commands() -> Vec<Command> {
    vec![
        create_payment().into(),
        confirm_payment().into(),
        resolve_action().into(),
        record_action_required().into(),
        record_authorisation().into(),
        record_decline().into(),
        record_capture().into(),
        record_void().into(),
        request_refund(100).into(),
        record_refund().into(),
    ]
}

#[test]
fn payments() {
    Machine {
        stream: StreamId::Payment(PAYMENT),
        states: payment_states(),
        commands: payment_commands(),
        accepted: vec![
            ("uncreated", "CreatePayment", "requires_payment_method"),
            ("requires_payment_method", "CreatePayment", "="),
            ("requires_payment_method", "ConfirmPayment", "processing"),
            ("requires_payment_method", "RecordDecline", "="),
            ("requires_confirmation", "CreatePayment", "="),
            ("requires_confirmation", "ConfirmPayment", "processing"),
            ("requires_action", "CreatePayment", "="),
            ("requires_action", "ResolvePaymentAction", "processing"),
            ("requires_action", "RecordPaymentActionRequired", "="),
            ("requires_action", "RecordAuthorisation", "requires_capture"),
            ("requires_action", "RecordDecline", "requires_payment_method"),
            ("processing", "CreatePayment", "="),
            ("processing", "RecordPaymentActionRequired", "requires_action"),
            ("processing", "RecordAuthorisation", "requires_capture"),
            ("processing", "RecordDecline", "requires_payment_method"),
            ("requires_capture", "RecordAuthorisation", "="),
            ("requires_capture", "RecordCapture", "succeeded"),
            ("succeeded", "RecordAuthorisation", "="),
            ("succeeded", "RecordCapture", "="),
            ("succeeded", "RequestRefund", "succeeded"),
            (
                "processing, order over",
                "RecordPaymentActionRequired",
                "cancelled",
            ),
            (
                "processing, order over",
                "RecordAuthorisation",
                "requires_capture",
            ),
            ("processing, order over", "RecordDecline", "cancelled"),
            ("processing, order over", "RecordVoid", "cancelled"),
            ("requires_capture, order over", "RecordAuthorisation", "="),
            ("requires_capture, order over", "RecordCapture", "succeeded"),
            ("requires_capture, order over", "RecordVoid", "cancelled"),
            ("cancelled", "RecordPaymentActionRequired", "="),
            ("cancelled", "RecordAuthorisation", "requires_capture"),
            ("cancelled", "RecordDecline", "="),
            ("cancelled", "RecordVoid", "="),
            ("cancelled, voided", "RecordPaymentActionRequired", "="),
            ("cancelled, voided", "RecordAuthorisation", "="),
            ("cancelled, voided", "RecordDecline", "="),
            ("cancelled, voided", "RecordVoid", "="),
        ],
    }
    .check();
}

#[test]
fn returns() {
    let return_id = RETURN;
    let reject = || RejectReturn {
        return_id,
        reason: FreeText::clear("worn"),
    };
    Machine {
        stream: StreamId::Return(RETURN),
        states: vec![
            ("unrequested", given(captured())),
            ("requested", given(return_requested())),
            ("approved", given(return_approved())),
            ("rejected", given(return_requested()).after(reject())),
            ("received", given(return_received())),
            ("received, refund under way", given(refund_requested())),
            ("closed", given(refund_requested()).after(record_refund())),
        ],
        commands: vec![
            request_return(1, 1).into(),
            ApproveReturn { return_id }.into(),
            reject().into(),
            ReceiveReturn { return_id }.into(),
            refund_return().into(),
            record_refund().into(),
        ],
        accepted: vec![
            ("unrequested", "RequestReturn", "requested"),
            ("requested", "ApproveReturn", "approved"),
            ("requested", "RejectReturn", "rejected"),
            ("approved", "ReceiveReturn", "received"),
            ("received", "RequestRefund", "received"),
            ("received, refund under way", "RequestRefund", "="),
            ("received, refund under way", "RecordRefund", "closed"),
            ("closed", "RequestRefund", "="),
            ("closed", "RecordRefund", "="),
        ],
    }
    .check();
}
