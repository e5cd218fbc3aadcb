//! What happens to an order, stage by stage.

use chrono::TimeDelta;
use domain::delivery::{
    DeliveryAssigned, DeliveryAttemptFailed, DeliveryCancelled, DeliveryCreated, DeliveryDelivered,
    DeliveryDeparted, DeliveryPickedUp,
};
use domain::order::{
    CancelledBy, OrderCancelled, OrderCompleted, OrderConfirmed, OrderExpired, OrderLinesReturned,
    OrderPlaced, OrderReturnRejected, ReturnedLine,
};
use domain::payment::{
    PaymentAuthorised, PaymentCancelled, PaymentCaptured, PaymentConfirmed, PaymentCreated, PaymentDeclined,
    PaymentMethodAttached, RefundRequested, RefundSucceeded,
};
use domain::returns::{
    ReturnApproved, ReturnClosed, ReturnReceived, ReturnRefunded, ReturnRejected, ReturnRequested,
};
use domain::stock::{
    HoldKind, ReleaseReason, StockCommitted, StockReleased, StockReserved, StockReturned, StockShipped,
};
use domain::{Event, ProviderReference, RefundId};

use super::history::{End, Life, courier, gbp, start};

impl Life {
    pub fn stages(&self) -> Vec<Vec<Event>> {
        let mut stages = vec![self.placed()];
        match self.end {
            End::Placed => return stages,
            End::Expired => stages.push(self.expired()),
            End::Cancelled => stages.push(self.cancelled(HoldKind::Reserved)),
            _ => {
                stages.push(self.confirmed());
                stages.extend(self.after_confirmation());
            }
        }
        stages
    }

    fn after_confirmation(&self) -> Vec<Vec<Event>> {
        match self.end {
            End::CancelledAfterConfirmation => vec![self.cancelled(HoldKind::Committed)],
            End::OnTheWay => self.on_the_way(),
            End::Completed => [self.on_the_way(), vec![self.completed()]].concat(),
            End::ReturnRejected => [
                self.on_the_way(),
                vec![self.completed(), self.return_requested(), self.return_rejected()],
            ]
            .concat(),
            End::Refunded => [
                self.on_the_way(),
                vec![
                    self.completed(),
                    self.return_requested(),
                    self.return_received(),
                    self.refunded(),
                ],
            ]
            .concat(),
            _ => Vec::new(),
        }
    }

    fn placed(&self) -> Vec<Event> {
        let order_id = self.order_id();
        let expires_at = start() + TimeDelta::minutes(self.placed_after_min + 15);
        let placed = OrderPlaced {
            order_id,
            customer: self.customer(),
            channel: self.channel,
            lines: self.order_lines(),
            totals: self.totals(),
            country: "United Kingdom".to_owned(),
            contact: self.contact.clone(),
            payment_id: self.payment_id(),
            delivery_id: self.delivery_id(),
            reservation_expires_at: expires_at,
        };
        let reserved = self.quantities().into_iter().map(|(sku, quantity)| {
            StockReserved {
                sku,
                order_id,
                quantity,
                expires_at,
            }
            .into()
        });
        let payment_id = self.payment_id();
        let created = PaymentCreated {
            payment_id,
            order_id,
            amount: gbp(self.total_minor()),
        };
        std::iter::once(placed.into())
            .chain(reserved)
            .chain([created.into()])
            .collect()
    }

    fn expired(&self) -> Vec<Event> {
        let order_id = self.order_id();
        let reason = "expired".to_owned();
        let mut events: Vec<Event> = vec![OrderExpired { order_id }.into()];
        events.extend(self.released(HoldKind::Reserved, ReleaseReason::Expired));
        events.push(
            PaymentCancelled {
                payment_id: self.payment_id(),
                order_id,
                reason,
            }
            .into(),
        );
        events
    }

    fn cancelled(&self, from: HoldKind) -> Vec<Event> {
        let order_id = self.order_id();
        let reason = "changed my mind".to_owned();
        let mut events: Vec<Event> = vec![
            OrderCancelled {
                order_id,
                by: CancelledBy::Customer,
                reason: reason.clone(),
            }
            .into(),
        ];
        events.extend(self.released(from, ReleaseReason::Cancelled));
        if from == HoldKind::Committed {
            let delivery_id = self.delivery_id();
            events.push(
                DeliveryCancelled {
                    delivery_id,
                    order_id,
                    reason: reason.clone(),
                }
                .into(),
            );
        }
        events.push(
            PaymentCancelled {
                payment_id: self.payment_id(),
                order_id,
                reason,
            }
            .into(),
        );
        events
    }

    fn released(&self, from: HoldKind, reason: ReleaseReason) -> impl Iterator<Item = Event> {
        let order_id = self.order_id();
        self.quantities().into_iter().map(move |(sku, quantity)| {
            StockReleased {
                sku,
                order_id,
                quantity,
                from,
                reason,
            }
            .into()
        })
    }

    fn confirmed(&self) -> Vec<Event> {
        let (order_id, payment_id, delivery_id) = (self.order_id(), self.payment_id(), self.delivery_id());
        let amount = gbp(self.total_minor());
        let provider_reference = ProviderReference(format!("auth-{}", self.number));
        let confirmed = OrderConfirmed {
            order_id,
            placed_at: start() + TimeDelta::minutes(self.placed_after_min),
            customer: self.customer(),
            payment_id,
            delivery_id,
            lines: self.order_lines(),
            totals: self.totals(),
        };
        let attached = |method: &str| PaymentMethodAttached {
            payment_id,
            order_id,
            method: method.to_owned(),
        };
        let mut events: Vec<Event> = vec![
            attached("sandbox_declined").into(),
            PaymentConfirmed { payment_id, order_id }.into(),
            PaymentDeclined {
                payment_id,
                order_id,
                reason: "no funds".to_owned(),
            }
            .into(),
            attached("sandbox_ok").into(),
            PaymentConfirmed { payment_id, order_id }.into(),
            PaymentAuthorised {
                payment_id,
                order_id,
                amount,
                provider_reference,
            }
            .into(),
            confirmed.into(),
        ];
        let committed = self.quantities().into_iter();
        events.extend(committed.map(|(sku, quantity)| {
            StockCommitted {
                sku,
                order_id,
                quantity,
            }
            .into()
        }));
        let created = DeliveryCreated {
            delivery_id,
            order_id,
            country: "United Kingdom".to_owned(),
            contact: self.contact.clone(),
            line_count: self.lines.len().try_into().unwrap(),
        };
        events.push(created.into());
        events
    }

    fn on_the_way(&self) -> Vec<Vec<Event>> {
        let (delivery_id, order_id, courier_id) = (self.delivery_id(), self.order_id(), courier());
        let mut picked_up: Vec<Event> = vec![
            DeliveryPickedUp {
                delivery_id,
                order_id,
                courier_id,
            }
            .into(),
        ];
        let shipped = self.quantities().into_iter();
        picked_up.extend(shipped.map(|(sku, quantity)| {
            StockShipped {
                sku,
                order_id,
                quantity,
            }
            .into()
        }));
        let departed: Event = DeliveryDeparted {
            delivery_id,
            order_id,
            courier_id,
        }
        .into();
        let reason = "nobody at home".to_owned();
        vec![
            vec![
                DeliveryAssigned {
                    delivery_id,
                    order_id,
                    courier_id,
                }
                .into(),
            ],
            picked_up,
            vec![departed.clone()],
            vec![
                DeliveryAttemptFailed {
                    delivery_id,
                    order_id,
                    courier_id,
                    reason,
                }
                .into(),
            ],
            vec![departed],
        ]
    }

    fn completed(&self) -> Vec<Event> {
        let (delivery_id, order_id, payment_id) = (self.delivery_id(), self.order_id(), self.payment_id());
        let provider_reference = ProviderReference(format!("capture-{}", self.number));
        let amount = gbp(self.total_minor());
        vec![
            DeliveryDelivered {
                delivery_id,
                order_id,
                courier_id: courier(),
                admin_reason: None,
            }
            .into(),
            OrderCompleted { order_id }.into(),
            PaymentCaptured {
                payment_id,
                order_id,
                amount,
                provider_reference,
            }
            .into(),
        ]
    }

    /// One unit of the first line comes back.
    fn returned_lines(&self) -> Vec<ReturnedLine> {
        let line = &self.order_lines()[0];
        vec![ReturnedLine {
            line_number: 1,
            sku: line.sku.clone(),
            quantity: 1,
            unit_price_minor: line.unit_price_minor,
        }]
    }

    pub fn refund_minor(&self) -> i64 {
        self.returned_lines()[0].unit_price_minor
    }

    fn return_requested(&self) -> Vec<Event> {
        let (order_id, return_id) = (self.order_id(), self.return_id());
        let requested = ReturnRequested {
            return_id,
            order_id,
            payment_id: self.payment_id(),
            lines: self.returned_lines(),
            refund: gbp(self.refund_minor()),
            reason: "wrong colour".to_owned(),
        };
        vec![
            requested.into(),
            OrderLinesReturned {
                order_id,
                return_id,
                lines: self.returned_lines(),
            }
            .into(),
        ]
    }

    fn return_rejected(&self) -> Vec<Event> {
        let (order_id, return_id) = (self.order_id(), self.return_id());
        let reason = "too late".to_owned();
        vec![
            ReturnRejected {
                return_id,
                order_id,
                reason,
            }
            .into(),
            OrderReturnRejected { order_id, return_id }.into(),
        ]
    }

    fn return_received(&self) -> Vec<Event> {
        let (order_id, return_id) = (self.order_id(), self.return_id());
        let line = self.returned_lines().remove(0);
        let (sku, quantity) = (line.sku, line.quantity);
        vec![
            ReturnApproved { return_id, order_id }.into(),
            ReturnReceived { return_id, order_id }.into(),
            StockReturned {
                sku,
                order_id,
                return_id,
                quantity,
            }
            .into(),
        ]
    }

    fn refunded(&self) -> Vec<Event> {
        let (order_id, return_id, payment_id) = (self.order_id(), self.return_id(), self.payment_id());
        let refund_id = RefundId::from_uuid(self.id(5));
        let amount = gbp(self.refund_minor());
        let provider_reference = ProviderReference(format!("refund-{}", self.number));
        vec![
            RefundRequested {
                payment_id,
                order_id,
                refund_id,
                amount,
                return_id: Some(return_id),
            }
            .into(),
            RefundSucceeded {
                payment_id,
                order_id,
                refund_id,
                amount,
                provider_reference,
            }
            .into(),
            ReturnRefunded {
                return_id,
                order_id,
                refund_id,
                amount,
            }
            .into(),
            ReturnClosed { return_id, order_id }.into(),
        ]
    }
}
