//! Random commands over a few SKUs, orders, couriers and returns. Many are sensible next steps, so that histories
//! become long as well as contain errors.

mod delivery;
mod sensible;

use chrono::TimeDelta;
use domain::order::{
    AddOrderNote, CancelOrder, CancelledBy, ExpireOrder, NoteAuthor, NoteVisibility, PlaceOrder,
};
use domain::payment::{
    ConfirmPayment, CreatePayment, RecordAuthorisation, RecordCapture, RecordDecline,
    RecordPaymentActionRequired, RecordRefund, RecordRefundFailure, RecordVoid, RequestRefund,
    ResolvePaymentAction,
};
use domain::privacy::{ErasureRequester, RecordErasure, RequestErasure};
use domain::product::{ChangeProduct, ListProduct, RelistProduct, WithdrawProduct};
use domain::returns::{ReceiveReturn, RejectReturn, RequestReturn, ReturnLine};
use domain::stock::{AdjustStock, AdjustmentCause, ReceiveStock};
use domain::{
    AccountId, Command, DeliveryId, FreeText, Money, OrderId, PaymentId, PersonId, RefundId, ReturnId,
    Sealed, Sku, StreamId, StreamState,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::fixture::{gbp, place, reference, sku, web_line};
use crate::world::World;

const ORDERS: u8 = 3;

/// One random step: a command, its subject, and a quantity.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    kind: u8,
    which: u8,
    other: u8,
    count: i64,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    // A third of the steps are sensible for any history.
    let kind = prop_oneof![1 => Just(u8::MAX), 2 => 0..37_u8];
    let step = (kind, 0..12_u8, 0..12_u8, -1..8_i64).prop_map(|(kind, which, other, count)| Step {
        kind,
        which,
        other,
        count,
    });
    prop::collection::vec(step, 1..200)
}

/// The subject of a step: one of three orders with everything that belongs to it.
#[derive(Clone, Copy)]
#[allow(clippy::struct_field_names)] // The names are those of the events.
struct About {
    order_id: OrderId,
    payment_id: PaymentId,
    delivery_id: DeliveryId,
    return_id: ReturnId,
    refund_id: RefundId,
}

fn uuid(kind: u128, number: u8) -> Uuid {
    Uuid::from_u128(kind << 64 | u128::from(number))
}

impl Step {
    fn about(self) -> About {
        let order = self.which % ORDERS;
        About {
            order_id: OrderId::from_uuid(uuid(1, order)),
            payment_id: PaymentId::from_uuid(uuid(2, order)),
            delivery_id: DeliveryId::from_uuid(uuid(3, order)),
            return_id: ReturnId::from_uuid(uuid(4, self.which)),
            refund_id: RefundId::from_uuid(uuid(5, self.which)),
        }
    }

    fn sku(self) -> Sku {
        sku(["MUG", "TEA", "POT"][usize::from(self.other % 3)])
    }

    fn courier_id(self) -> AccountId {
        AccountId::from_uuid(uuid(6, self.other % 2))
    }

    fn place(self) -> Command {
        let About {
            order_id,
            payment_id,
            delivery_id,
            ..
        } = self.about();
        let lines = ["MUG", "TEA", "MUG", "POT"]
            .into_iter()
            .take(1 + usize::from(self.other % 4));
        let lines = lines.map(|name| web_line(sku(name), self.count)).collect();
        PlaceOrder {
            order_id,
            payment_id,
            delivery_id,
            ..place(lines)
        }
        .into()
    }

    fn add_note(self) -> Command {
        let account_id = self.courier_id();
        let author = match self.which % 4 {
            0 => NoteAuthor::Customer { account_id },
            1 => NoteAuthor::Guest,
            2 => NoteAuthor::Seller { account_id },
            _ => NoteAuthor::Admin { account_id },
        };
        AddOrderNote {
            order_id: self.about().order_id,
            author,
            visibility: NoteVisibility::Shared,
            text: Sealed {
                person_id: PersonId::from_uuid(account_id.as_uuid()),
                ciphertext: String::new(),
            },
        }
        .into()
    }

    fn of_person(self) -> Command {
        let person_id = PersonId::from_uuid(self.courier_id().as_uuid());
        if self.count % 2 == 0 {
            RequestErasure {
                person_id,
                order_id: None,
                requested_by: ErasureRequester::Person,
                reason: FreeText::none(),
            }
            .into()
        } else {
            RecordErasure { person_id }.into()
        }
    }

    fn request_refund(self, world: &World) -> Command {
        let About {
            payment_id,
            refund_id,
            return_id,
            ..
        } = self.about();
        let refund = match world.state(&StreamId::Return(return_id)) {
            StreamState::Return(state) => state.requested().map(|requested| requested.refund),
            other => panic!("{other:?}"),
        };
        let free = gbp(self.count * 300);
        let (amount, return_id) = match refund {
            Some(refund) if self.other > 3 => (refund, Some(return_id)),
            _ => (free, None),
        };
        RequestRefund {
            payment_id,
            refund_id,
            amount,
            return_id,
        }
        .into()
    }

    /// The command, which may be invalid in every state. Time passes in a separate kind of step.
    pub fn command(self, world: &mut World) -> Command {
        match self.kind {
            0..10 => self.of_shelf(),
            10..21 => self.of_payment(world),
            21..33 => self.of_delivery(world),
            33 => {
                world.now += TimeDelta::minutes(5);
                ExpireOrder {
                    order_id: self.about().order_id,
                }
                .into()
            }
            34..37 => self.of_return(),
            _ => self.sensible(world),
        }
    }

    fn of_shelf(self) -> Command {
        let sku = self.sku();
        match self.kind {
            0 => ListProduct {
                sku,
                name: "A product".to_owned(),
                description: String::new(),
                category: "kitchen".to_owned(),
                price: gbp(self.count * 100),
                seller_id: self.courier_id(),
            }
            .into(),
            1 | 2 => ChangeProduct {
                sku,
                name: (self.kind == 2).then(|| format!("Product {}", self.count)),
                description: None,
                category: None,
                price: (self.kind == 1 || self.count % 2 == 0).then(|| gbp(self.count * 50)),
            }
            .into(),
            3 => WithdrawProduct {
                sku,
                reason: FreeText::clear(String::new()),
            }
            .into(),
            4 => RelistProduct { sku }.into(),
            5 => ReceiveStock {
                sku,
                quantity: self.count * 5,
                reference: FreeText::clear(String::new()),
            }
            .into(),
            6 if self.other > 8 => self.of_person(),
            6 => self.add_note(),
            7 => AdjustStock {
                sku,
                delta: self.count - 4,
                cause: AdjustmentCause::Counted,
                reason: FreeText::clear("counted"),
            }
            .into(),
            8 => self.place(),
            _ => {
                let by = CancelledBy::Customer;
                CancelOrder {
                    order_id: self.about().order_id,
                    by,
                    reason: FreeText::clear(String::new()),
                    restock: self.count % 2 == 0,
                }
                .into()
            }
        }
    }

    fn of_payment(self, world: &World) -> Command {
        let About {
            order_id,
            payment_id,
            refund_id,
            ..
        } = self.about();
        let amount = self.total(world);
        let provider_reference = reference(&format!("reference-{}", self.count));
        match self.kind {
            10 => CreatePayment { payment_id, order_id }.into(),
            11 => ConfirmPayment {
                payment_id,
                method: "sandbox_ok".to_owned(),
            }
            .into(),
            12 => ResolvePaymentAction { payment_id }.into(),
            13 => RecordPaymentActionRequired {
                payment_id,
                provider_reference,
            }
            .into(),
            14 => RecordAuthorisation {
                payment_id,
                amount,
                provider_reference,
            }
            .into(),
            15 => RecordDecline {
                payment_id,
                reason: "no funds".to_owned(),
            }
            .into(),
            16 => RecordCapture {
                payment_id,
                amount,
                provider_reference,
            }
            .into(),
            17 => RecordVoid {
                payment_id,
                reason: String::new(),
            }
            .into(),
            18 => self.request_refund(world),
            19 => RecordRefund {
                payment_id,
                refund_id,
                provider_reference,
            }
            .into(),
            _ => RecordRefundFailure {
                payment_id,
                refund_id,
                reason: String::new(),
            }
            .into(),
        }
    }

    fn of_return(self) -> Command {
        let About {
            order_id, return_id, ..
        } = self.about();
        match self.kind {
            34 => {
                let lines = vec![ReturnLine {
                    line_number: u16::from(self.other % 5),
                    quantity: self.count,
                }];
                RequestReturn {
                    return_id,
                    order_id,
                    lines,
                    reason: FreeText::clear(String::new()),
                }
                .into()
            }
            35 => RejectReturn {
                return_id,
                reason: FreeText::clear("worn"),
            }
            .into(),
            _ => ReceiveReturn { return_id }.into(),
        }
    }

    fn total(self, world: &World) -> Money {
        match world.state(&StreamId::Order(self.about().order_id)) {
            StreamState::Order(state) => state.order().map_or(gbp(1), |order| order.totals.total()),
            other => panic!("{other:?}"),
        }
    }
}
