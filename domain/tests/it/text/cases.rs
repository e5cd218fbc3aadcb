//! Every text of every command, in a history in which the command is accepted.

use domain::delivery::{
    CompletedBy, DeclineOffer, DeliverDelivery, FailDeliveryAttempt, ReopenDelivery, TransferDelivery,
    TransitStatus, UnassignDelivery,
};
use domain::order::{CancelOrder, ImportLine, PlaceOrder, RequestedLines};
use domain::payment::ConfirmPayment;
use domain::product::{ChangeProduct, ListProduct, WithdrawProduct};
use domain::returns::{RejectReturn, RequestReturn};
use domain::stock::{AdjustStock, AdjustmentCause, ReceiveStock};
use domain::{Command, Event, FreeText};

use crate::fixture::{
    COURIER, DELIVERY, OTHER_COURIER, RETURN, SELLER, assigned, cancel, captured, confirm_payment, gbp, mug,
    offered, on_the_way, payment_created, picked_up, place_lines, place_order, placed, request_return,
    return_requested, returned_to_sender, shelf, sku,
};

/// A history, a command with the text in one of its fields, and the field.
pub type Case = (Vec<Event>, Command, &'static str);

pub fn change() -> ChangeProduct {
    ChangeProduct {
        sku: mug(),
        name: None,
        description: None,
        category: None,
        price: None,
    }
}

fn list() -> ListProduct {
    ListProduct {
        sku: sku("POT"),
        name: "A pot".to_owned(),
        description: String::new(),
        category: "kitchen".to_owned(),
        price: gbp(1_000),
        seller_id: SELLER,
    }
}

fn of_products(text: &str) -> Vec<Case> {
    let text = || text.to_owned();
    let some = || Some(text());
    vec![
        (
            vec![],
            ListProduct {
                name: text(),
                ..list()
            }
            .into(),
            "name",
        ),
        (
            vec![],
            ListProduct {
                category: text(),
                ..list()
            }
            .into(),
            "category",
        ),
        (
            shelf(),
            ChangeProduct {
                name: some(),
                ..change()
            }
            .into(),
            "name",
        ),
        (
            shelf(),
            ChangeProduct {
                category: some(),
                ..change()
            }
            .into(),
            "category",
        ),
    ]
}

fn of_stock(text: &str) -> Vec<Case> {
    let text = || text.to_owned();
    let sku = mug();
    vec![
        (
            shelf(),
            WithdrawProduct {
                sku: sku.clone(),
                reason: FreeText::clear(text()),
            }
            .into(),
            "reason",
        ),
        (
            shelf(),
            ReceiveStock {
                sku: sku.clone(),
                quantity: 1,
                reference: FreeText::clear(text()),
            }
            .into(),
            "reference",
        ),
        (
            shelf(),
            AdjustStock {
                sku,
                delta: 1,
                cause: AdjustmentCause::Other,
                reason: FreeText::clear(text()),
            }
            .into(),
            "reason",
        ),
    ]
}

fn of_orders(text: &str) -> Vec<Case> {
    let text = || text.to_owned();
    let line = ImportLine {
        sku: mug(),
        name: text(),
        quantity: 1,
        unit_price: gbp(1),
    };
    vec![
        (
            shelf(),
            PlaceOrder {
                country: text(),
                ..place_order()
            }
            .into(),
            "country",
        ),
        (
            shelf(),
            place_lines(RequestedLines::Import(vec![line])).into(),
            "name",
        ),
        (
            placed(),
            CancelOrder {
                reason: FreeText::clear(text()),
                ..cancel()
            }
            .into(),
            "reason",
        ),
        (
            payment_created(),
            ConfirmPayment {
                method: text(),
                ..confirm_payment()
            }
            .into(),
            "method",
        ),
    ]
}

fn of_deliveries(text: &str) -> Vec<Case> {
    let text = || text.to_owned();
    let (delivery_id, courier_id) = (DELIVERY, COURIER);
    let by = CompletedBy::Admin {
        reason: FreeText::clear(text()),
    };
    let delivered = DeliverDelivery {
        delivery_id,
        by,
        from: TransitStatus::PickedUp,
    };
    let reopened = ReopenDelivery {
        delivery_id,
        reason: FreeText::clear(text()),
    };
    let transferred = TransferDelivery {
        delivery_id,
        from_courier_id: courier_id,
        courier_id: OTHER_COURIER,
        reason: FreeText::clear(text()),
    };
    let declined = DeclineOffer {
        delivery_id,
        courier_id,
        reason: FreeText::clear(text()),
    };
    let rejected = RejectReturn {
        return_id: RETURN,
        reason: FreeText::clear(text()),
    };
    vec![
        (offered(), declined.into(), "reason"),
        (
            assigned(),
            UnassignDelivery {
                delivery_id,
                reason: FreeText::clear(text()),
            }
            .into(),
            "reason",
        ),
        (picked_up(), delivered.into(), "reason"),
        (picked_up(), transferred.into(), "reason"),
        (returned_to_sender(), reopened.into(), "reason"),
        (
            captured(),
            RequestReturn {
                reason: FreeText::clear(text()),
                ..request_return(1, 1)
            }
            .into(),
            "reason",
        ),
        (return_requested(), rejected.into(), "reason"),
    ]
}

/// Every text of one line.
pub fn of_one_line(text: &str) -> Vec<Case> {
    [
        of_products(text),
        of_stock(text),
        of_orders(text),
        of_deliveries(text),
    ]
    .concat()
}

/// Every text of several lines.
pub fn of_several_lines(text: &str) -> Vec<Case> {
    let (description, reason) = (text.to_owned(), text.to_owned());
    let changed = ChangeProduct {
        description: Some(description.clone()),
        ..change()
    };
    let failed = FailDeliveryAttempt {
        delivery_id: DELIVERY,
        courier_id: COURIER,
        from: TransitStatus::OnTheWay,
        reason: FreeText::clear(reason),
    };
    vec![
        (
            vec![],
            ListProduct {
                description,
                ..list()
            }
            .into(),
            "description",
        ),
        (shelf(), changed.into(), "description"),
        (on_the_way(), failed.into(), "reason"),
    ]
}
