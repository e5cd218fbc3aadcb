//! One order's life, event by event: two mugs, a tea and one more mug.

use chrono::{DateTime, TimeDelta, Utc};
use domain::delivery::{
    DeliveryAssigned, DeliveryAttemptFailed, DeliveryCreated, DeliveryDelivered, DeliveryDeparted,
    DeliveryOffered, DeliveryPickedUp, DeliveryReturnStarted, DeliveryReturnedToSender,
};
use domain::order::{
    CancelOrder, CancelledBy, Customer, ExpireOrder, OrderCompleted, OrderConfirmed, OrderLine,
    OrderLinesReturned, OrderPlaced, PlaceOrder, RequestedLines, ReturnedLine, SalesChannel, Totals, WebLine,
};
use domain::payment::{
    ConfirmPayment, CreatePayment, PaymentActionRequired, PaymentAuthorised, PaymentCaptured,
    PaymentConfirmed, PaymentCreated, PaymentMethodAttached, RecordAuthorisation, RecordCapture,
    RecordDecline, RecordPaymentActionRequired, RecordRefund, RecordVoid, RefundRequested, RequestRefund,
    ResolvePaymentAction,
};
use domain::product::ProductListed;
use domain::returns::{RequestReturn, ReturnApproved, ReturnLine, ReturnReceived, ReturnRequested};
use domain::stock::{StockCommitted, StockReceived, StockReserved, StockReturned, StockShipped};
use domain::{
    AccountId, Currency, DeliveryId, Event, Money, OrderId, PaymentId, ProviderReference, RefundId, ReturnId,
    Sku, StreamId,
};
use uuid::Uuid;

pub const ORDER: OrderId = OrderId::from_uuid(Uuid::from_u128(0x01));
pub const PAYMENT: PaymentId = PaymentId::from_uuid(Uuid::from_u128(0x02));
pub const DELIVERY: DeliveryId = DeliveryId::from_uuid(Uuid::from_u128(0x03));
pub const RETURN: ReturnId = ReturnId::from_uuid(Uuid::from_u128(0x04));
pub const REFUND: RefundId = RefundId::from_uuid(Uuid::from_u128(0x05));
pub const SELLER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x06));
pub const COURIER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x07));
pub const OTHER_COURIER: AccountId = AccountId::from_uuid(Uuid::from_u128(0x08));
pub const OTHER_PAYMENT: PaymentId = PaymentId::from_uuid(Uuid::from_u128(0x12));
pub const OTHER_RETURN: ReturnId = ReturnId::from_uuid(Uuid::from_u128(0x14));
pub const OTHER_REFUND: RefundId = RefundId::from_uuid(Uuid::from_u128(0x15));

/// Three mugs at 10.00 and a tea at 2.50.
pub const TOTAL: Money = Money::new(3_250, Currency::Gbp);

pub fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

pub fn expires_at() -> DateTime<Utc> {
    now() + TimeDelta::minutes(15)
}

pub fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

pub fn mug() -> Sku {
    sku("MUG")
}

pub fn tea() -> Sku {
    sku("TEA")
}

pub fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}

pub fn reference(text: &str) -> ProviderReference {
    ProviderReference(text.to_owned())
}

pub fn stock_of(sku: Sku) -> StreamId {
    StreamId::Stock(sku)
}

/// Events of several types as a history.
macro_rules! events {
    ($($event:expr),* $(,)?) => { vec![$(domain::Event::from($event)),*] };
}
pub(crate) use events;

fn then(mut history: Vec<Event>, more: Vec<Event>) -> Vec<Event> {
    history.extend(more);
    history
}

pub fn listed(sku: Sku, price: Money) -> ProductListed {
    ProductListed {
        name: format!("A {sku}"),
        sku,
        description: String::new(),
        category: "kitchen".to_owned(),
        price,
        seller_id: SELLER,
    }
}

pub fn received(sku: Sku, quantity: i64) -> StockReceived {
    StockReceived {
        sku,
        quantity,
        reference: "first batch".to_owned(),
    }
}

/// Ten mugs and five teas.
pub fn shelf() -> Vec<Event> {
    events![
        listed(mug(), gbp(1_000)),
        received(mug(), 10),
        listed(tea(), gbp(250)),
        received(tea(), 5),
    ]
}

pub fn order_lines() -> Vec<OrderLine> {
    [(mug(), 2, 1_000), (tea(), 1, 250), (mug(), 1, 1_000)]
        .into_iter()
        .map(|(sku, quantity, unit_price_minor)| OrderLine {
            name: format!("A {sku}"),
            sku,
            seller_id: SELLER,
            quantity,
            unit_price_minor,
        })
        .collect()
}

pub fn totals(minor: i64) -> Totals {
    Totals {
        currency: Currency::Gbp,
        subtotal_minor: minor,
        discount_minor: 0,
        tax_minor: 0,
        shipping_minor: 0,
        total_minor: minor,
    }
}

pub fn order_placed() -> OrderPlaced {
    OrderPlaced {
        order_id: ORDER,
        customer: Customer::Guest,
        channel: SalesChannel::Web,
        lines: order_lines(),
        totals: totals(TOTAL.minor),
        country: "United Kingdom".to_owned(),
        contact: None,
        payment_id: PAYMENT,
        delivery_id: DELIVERY,
        reservation_expires_at: expires_at(),
    }
}

pub fn reserved(sku: Sku, quantity: i64) -> StockReserved {
    StockReserved {
        sku,
        order_id: ORDER,
        quantity,
        expires_at: expires_at(),
    }
}

pub fn placed() -> Vec<Event> {
    then(
        shelf(),
        events![order_placed(), reserved(mug(), 3), reserved(tea(), 1)],
    )
}

pub fn payment_created() -> Vec<Event> {
    then(
        placed(),
        events![PaymentCreated {
            payment_id: PAYMENT,
            order_id: ORDER,
            amount: TOTAL
        }],
    )
}

pub fn method_attached() -> Vec<Event> {
    let method = "sandbox_ok".to_owned();
    then(
        payment_created(),
        events![PaymentMethodAttached {
            payment_id: PAYMENT,
            order_id: ORDER,
            method
        }],
    )
}

pub fn processing() -> Vec<Event> {
    then(
        method_attached(),
        events![PaymentConfirmed {
            payment_id: PAYMENT,
            order_id: ORDER
        }],
    )
}

pub fn action_required() -> Vec<Event> {
    let provider_reference = reference("challenge-1");
    then(
        processing(),
        events![PaymentActionRequired {
            payment_id: PAYMENT,
            order_id: ORDER,
            provider_reference
        }],
    )
}

pub fn authorised() -> PaymentAuthorised {
    PaymentAuthorised {
        payment_id: PAYMENT,
        order_id: ORDER,
        amount: TOTAL,
        provider_reference: reference("auth-1"),
    }
}

pub fn order_confirmed() -> OrderConfirmed {
    OrderConfirmed {
        order_id: ORDER,
        placed_at: now(),
        customer: Customer::Guest,
        payment_id: PAYMENT,
        delivery_id: DELIVERY,
        lines: order_lines(),
        totals: totals(TOTAL.minor),
    }
}

/// What follows from the authorisation of a pending order's payment.
pub fn confirmation() -> Vec<Event> {
    events![
        authorised(),
        order_confirmed(),
        StockCommitted {
            sku: mug(),
            order_id: ORDER,
            quantity: 3
        },
        StockCommitted {
            sku: tea(),
            order_id: ORDER,
            quantity: 1
        },
        DeliveryCreated {
            delivery_id: DELIVERY,
            order_id: ORDER,
            country: "United Kingdom".to_owned(),
            contact: None,
            line_count: 3,
        },
    ]
}

pub fn confirmed() -> Vec<Event> {
    then(processing(), confirmation())
}

pub fn offered() -> Vec<Event> {
    then(
        confirmed(),
        events![DeliveryOffered {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER
        }],
    )
}

pub fn delivery_assigned() -> DeliveryAssigned {
    DeliveryAssigned {
        delivery_id: DELIVERY,
        order_id: ORDER,
        courier_id: COURIER,
    }
}

pub fn assigned() -> Vec<Event> {
    then(confirmed(), events![delivery_assigned()])
}

/// What follows from the pick-up.
pub fn pick_up() -> Vec<Event> {
    events![
        DeliveryPickedUp {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER
        },
        StockShipped {
            sku: mug(),
            order_id: ORDER,
            quantity: 3
        },
        StockShipped {
            sku: tea(),
            order_id: ORDER,
            quantity: 1
        },
    ]
}

pub fn picked_up() -> Vec<Event> {
    then(assigned(), pick_up())
}

pub fn departed() -> DeliveryDeparted {
    DeliveryDeparted {
        delivery_id: DELIVERY,
        order_id: ORDER,
        courier_id: COURIER,
    }
}

pub fn on_the_way() -> Vec<Event> {
    then(picked_up(), events![departed()])
}

pub fn attempt_failed() -> Vec<Event> {
    let reason = "nobody at home".to_owned();
    then(
        on_the_way(),
        events![DeliveryAttemptFailed {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER,
            reason
        }],
    )
}

pub fn returning() -> Vec<Event> {
    then(
        attempt_failed(),
        events![DeliveryReturnStarted {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER
        }],
    )
}

pub fn returned_to_sender() -> Vec<Event> {
    then(
        returning(),
        events![DeliveryReturnedToSender {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER
        }],
    )
}

/// What follows when the customer has it.
pub fn completion(admin_reason: Option<&str>) -> Vec<Event> {
    events![
        DeliveryDelivered {
            delivery_id: DELIVERY,
            order_id: ORDER,
            courier_id: COURIER,
            admin_reason: admin_reason.map(str::to_owned),
        },
        OrderCompleted { order_id: ORDER },
    ]
}

pub fn completed() -> Vec<Event> {
    then(on_the_way(), completion(None))
}

pub fn payment_captured() -> PaymentCaptured {
    PaymentCaptured {
        payment_id: PAYMENT,
        order_id: ORDER,
        amount: TOTAL,
        provider_reference: reference("capture-1"),
    }
}

pub fn captured() -> Vec<Event> {
    then(completed(), events![payment_captured()])
}

pub fn returned_mug() -> ReturnedLine {
    ReturnedLine {
        line_number: 1,
        sku: mug(),
        quantity: 1,
        unit_price_minor: 1_000,
    }
}

/// What follows when the customer asks to give a mug of line 1 back.
pub fn request() -> Vec<Event> {
    events![
        ReturnRequested {
            return_id: RETURN,
            order_id: ORDER,
            payment_id: PAYMENT,
            lines: vec![returned_mug()],
            refund: gbp(1_000),
            reason: "chipped".to_owned(),
        },
        OrderLinesReturned {
            order_id: ORDER,
            return_id: RETURN,
            lines: vec![returned_mug()]
        },
    ]
}

pub fn return_requested() -> Vec<Event> {
    then(captured(), request())
}

pub fn return_approved() -> Vec<Event> {
    then(
        return_requested(),
        events![ReturnApproved {
            return_id: RETURN,
            order_id: ORDER
        }],
    )
}

/// What follows when the mug is back.
pub fn receipt() -> Vec<Event> {
    events![
        ReturnReceived {
            return_id: RETURN,
            order_id: ORDER
        },
        StockReturned {
            sku: mug(),
            order_id: ORDER,
            return_id: RETURN,
            quantity: 1
        },
    ]
}

pub fn return_received() -> Vec<Event> {
    then(return_approved(), receipt())
}

pub fn refund_event() -> RefundRequested {
    RefundRequested {
        payment_id: PAYMENT,
        order_id: ORDER,
        refund_id: REFUND,
        amount: gbp(1_000),
        return_id: Some(RETURN),
    }
}

pub fn refund_requested() -> Vec<Event> {
    then(return_received(), events![refund_event()])
}

// Commands.

pub fn web_line(sku: Sku, quantity: i64) -> WebLine {
    WebLine {
        sku,
        quantity,
        expected_unit_price_minor: None,
    }
}

pub fn place(lines: Vec<WebLine>) -> PlaceOrder {
    place_lines(RequestedLines::Web(lines))
}

pub fn place_lines(lines: RequestedLines) -> PlaceOrder {
    PlaceOrder {
        order_id: ORDER,
        customer: Customer::Guest,
        lines,
        country: "United Kingdom".to_owned(),
        contact: None,
        payment_id: PAYMENT,
        delivery_id: DELIVERY,
        reservation_expires_at: expires_at(),
    }
}

/// The order of this file.
pub fn place_order() -> PlaceOrder {
    place(vec![web_line(mug(), 2), web_line(tea(), 1), web_line(mug(), 1)])
}

pub fn cancel() -> CancelOrder {
    CancelOrder {
        order_id: ORDER,
        by: CancelledBy::Customer,
        reason: "changed my mind".to_owned(),
    }
}

pub fn expire() -> ExpireOrder {
    ExpireOrder { order_id: ORDER }
}

pub fn create_payment() -> CreatePayment {
    CreatePayment {
        payment_id: PAYMENT,
        order_id: ORDER,
    }
}

pub fn confirm_payment() -> ConfirmPayment {
    ConfirmPayment {
        payment_id: PAYMENT,
        method: "sandbox_ok".to_owned(),
    }
}

pub fn resolve_action() -> ResolvePaymentAction {
    ResolvePaymentAction { payment_id: PAYMENT }
}

pub fn record_action_required() -> RecordPaymentActionRequired {
    RecordPaymentActionRequired {
        payment_id: PAYMENT,
        provider_reference: reference("challenge-1"),
    }
}

pub fn record_authorisation() -> RecordAuthorisation {
    RecordAuthorisation {
        payment_id: PAYMENT,
        amount: TOTAL,
        provider_reference: reference("auth-1"),
    }
}

pub fn record_decline() -> RecordDecline {
    RecordDecline {
        payment_id: PAYMENT,
        reason: "no funds".to_owned(),
    }
}

pub fn record_capture() -> RecordCapture {
    RecordCapture {
        payment_id: PAYMENT,
        amount: TOTAL,
        provider_reference: reference("capture-1"),
    }
}

pub fn record_void() -> RecordVoid {
    RecordVoid {
        payment_id: PAYMENT,
        reason: "the order was cancelled".to_owned(),
    }
}

pub fn request_return(line_number: u16, quantity: i64) -> RequestReturn {
    RequestReturn {
        return_id: RETURN,
        order_id: ORDER,
        lines: vec![ReturnLine {
            line_number,
            quantity,
        }],
        reason: "chipped".to_owned(),
    }
}

/// A refund that is for no return.
pub fn request_refund(minor: i64) -> RequestRefund {
    RequestRefund {
        payment_id: PAYMENT,
        refund_id: OTHER_REFUND,
        amount: gbp(minor),
        return_id: None,
    }
}

pub fn refund_return() -> RequestRefund {
    RequestRefund {
        payment_id: PAYMENT,
        refund_id: REFUND,
        amount: gbp(1_000),
        return_id: Some(RETURN),
    }
}

pub fn record_refund() -> RecordRefund {
    RecordRefund {
        payment_id: PAYMENT,
        refund_id: REFUND,
        provider_reference: reference("refund-1"),
    }
}
