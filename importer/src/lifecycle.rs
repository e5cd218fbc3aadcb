//! The lifecycle of an invoice: placed, paid, delivered, returned. In the data, all steps of an order have the same
//! time, and so have all steps of a return.

use chrono::{DateTime, TimeDelta, Utc};
use command_api::payment_provider::{Authorisation, Authorise};
use domain::delivery::{
    AssignDelivery, CompletedBy, DeliverDelivery, DepartDelivery, PickUpDelivery, TransitStatus,
};
use domain::order::{Customer, ImportLine, PlaceOrder, RequestedLines};
use domain::payment::{
    ConfirmPayment, CreatePayment, RecordAuthorisation, RecordCapture, RecordRefund, RequestRefund,
};
use domain::returns::{ApproveReturn, ReceiveReturn, RequestReturn};
use domain::stock::ReceiveStock;
use domain::{
    AccountId, Command, Currency, DeliveryId, FreeText, Money, OrderId, PaymentId, ProviderReference,
    validate,
};

use crate::client::{CommandClient, Error};
use crate::ids;
use crate::imported_before::{ImportedBefore, ReturnIdentity};
use crate::sales::{Line, Order, Return, Sales};

/// The test card that the sandbox provider accepts.
const METHOD: &str = "sandbox_ok";
/// Version of a payment's stream after its confirmation: created, method attached, confirmed.
const CONFIRMED_VERSION: i64 = 3;
/// How long a reservation lasts.
const RESERVATION: TimeDelta = TimeDelta::minutes(30);
/// Maximum number of top-ups of stock taken by concurrent orders.
const TOP_UPS_MAX: u32 = 10;

/// The steps of an order, in sequence.
const ORDER_STEPS: [&str; 9] = [
    "placed",
    "payment",
    "confirmed",
    "authorised",
    "assigned",
    "picked_up",
    "on_the_way",
    "delivered",
    "captured",
];
/// The steps of a return, in sequence.
const RETURN_STEPS: [&str; 5] = ["requested", "approved", "received", "refund", "refunded"];

/// The key of an order's last step.
pub fn last_order_key(invoice: &str) -> String {
    order_key(ids::order(invoice), "captured")
}

/// The key of a return's last step.
pub fn last_return_key(identity: &ReturnIdentity) -> String {
    return_key(identity, "refunded")
}

/// The keys of all of an order's steps.
pub fn order_keys(invoice: &str) -> impl Iterator<Item = String> + use<> {
    let order_id = ids::order(invoice);
    ORDER_STEPS.iter().map(move |step| order_key(order_id, step))
}

/// The keys of all of a return's steps.
pub fn return_keys(identity: &ReturnIdentity) -> impl Iterator<Item = String> {
    RETURN_STEPS.iter().map(|step| return_key(identity, step))
}

fn order_key(order_id: OrderId, step: &str) -> String {
    format!("order/{order_id}/{step}")
}

fn return_key(identity: &ReturnIdentity, step: &str) -> String {
    format!("return/{}/{step}", identity.key)
}

/// One order and everything that belongs to it.
#[derive(Debug)]
pub struct OrderLifecycle<'a> {
    client: &'a CommandClient,
    sales: &'a Sales,
    done: &'a ImportedBefore,
    order: &'a Order,
    order_id: OrderId,
    payment_id: PaymentId,
    delivery_id: DeliveryId,
}

impl<'a> OrderLifecycle<'a> {
    /// The lifecycle of `order`, which belongs to `sales`; steps in `done` are skipped.
    pub fn new(
        client: &'a CommandClient,
        (sales, done): (&'a Sales, &'a ImportedBefore),
        order: &'a Order,
    ) -> Self {
        Self {
            client,
            sales,
            done,
            order,
            order_id: ids::order(&order.invoice),
            payment_id: ids::payment(&order.invoice),
            delivery_id: ids::delivery(&order.invoice),
        }
    }

    /// Runs the order's steps, from placing to capture.
    ///
    /// # Errors
    /// When a step is rejected, or the store stays unavailable.
    pub async fn run_order(&self, courier_id: AccountId) -> Result<(), Error> {
        self.place().await?;
        let authorisation = self.pay().await?;
        self.deliver(courier_id).await?;
        let record = RecordCapture {
            payment_id: self.payment_id,
            amount: self.total(),
            provider_reference: self.capture(&authorisation).await?,
        };
        self.step(record, "captured").await
    }

    /// Runs a return's steps, from the request to the refund.
    ///
    /// # Errors
    /// When a step is rejected, or the store stays unavailable.
    pub async fn run_return(&self, returned: &Return) -> Result<(), Error> {
        let identity = &self.done.identity(returned);
        let (return_id, refund_id) = (identity.return_id, identity.refund_id);
        let (payment_id, at) = (self.payment_id, returned.credit.at);
        let (lines, reason) = (returned.lines.clone(), FreeText::none());
        let request = RequestReturn {
            return_id,
            order_id: self.order_id,
            lines,
            reason,
        };
        self.return_step((identity, at), request, "requested").await?;
        self.return_step((identity, at), ApproveReturn { return_id }, "approved")
            .await?;
        self.return_step((identity, at), ReceiveReturn { return_id }, "received")
            .await?;
        let amount = gbp(self.order.paid_for(&returned.lines));
        let request = RequestRefund {
            payment_id,
            refund_id,
            amount,
            return_id: Some(return_id),
        };
        self.return_step((identity, at), request, "refund").await?;
        let capture = self.capture(&self.authorise().await?).await?;
        let key = format!("refund/{refund_id}");
        let paid = self
            .client
            .call_provider(async |provider| provider.refund(&key, &capture, amount).await)
            .await?;
        let record = RecordRefund {
            payment_id,
            refund_id,
            provider_reference: paid,
        };
        self.return_step((identity, at), record, "refunded").await
    }

    async fn step(&self, command: impl Into<Command>, step: &str) -> Result<(), Error> {
        let key = order_key(self.order_id, step);
        self.execute(command, key, self.order.placed_at).await
    }

    async fn return_step(
        &self,
        (identity, at): (&ReturnIdentity, DateTime<Utc>),
        command: impl Into<Command>,
        step: &str,
    ) -> Result<(), Error> {
        self.execute(command, return_key(identity, step), at).await
    }

    /// Executes a command, unless an earlier import did.
    async fn execute(
        &self,
        command: impl Into<Command>,
        key: String,
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        if self.done.has(&key) {
            return Ok(());
        }
        self.client.execute(command, key, at).await
    }

    /// Places the order. If other orders took stock that was received for this one, receives it again.
    async fn place(&self) -> Result<(), Error> {
        for top_up in 0..TOP_UPS_MAX {
            let shortages = match self.step(self.placed(), "placed").await {
                Err(Error::Rejected(domain::Error::InsufficientStock { lines })) => lines,
                result => return result,
            };
            for shortage in shortages {
                let receive = ReceiveStock {
                    quantity: shortage.requested - shortage.available,
                    reference: FreeText::clear(format!(
                        "import online-retail, for invoice {}",
                        self.order.invoice
                    )),
                    sku: shortage.sku,
                };
                let step = format!("top-up/{top_up}/{}", receive.sku);
                self.step(receive, &step).await?;
            }
        }
        self.step(self.placed(), "placed").await
    }

    /// Authorises the payment, which confirms the order.
    async fn pay(&self) -> Result<ProviderReference, Error> {
        let payment_id = self.payment_id;
        let create = CreatePayment {
            payment_id,
            order_id: self.order_id,
        };
        self.step(create, "payment").await?;
        let confirm = ConfirmPayment {
            payment_id,
            method: METHOD.to_owned(),
        };
        self.step(confirm, "confirmed").await?;
        let authorisation = self.authorise().await?;
        let record = RecordAuthorisation {
            payment_id,
            amount: self.total(),
            provider_reference: authorisation.clone(),
        };
        self.step(record, "authorised").await?;
        Ok(authorisation)
    }

    /// Delivers the order.
    async fn deliver(&self, courier_id: AccountId) -> Result<(), Error> {
        let delivery_id = self.delivery_id;
        let assign = AssignDelivery {
            delivery_id,
            courier_id,
        };
        self.step(assign, "assigned").await?;
        let pick_up = PickUpDelivery {
            delivery_id,
            courier_id,
            from: TransitStatus::Assigned,
        };
        self.step(pick_up, "picked_up").await?;
        let depart = DepartDelivery {
            delivery_id,
            courier_id,
            from: TransitStatus::PickedUp,
        };
        self.step(depart, "on_the_way").await?;
        let deliver = DeliverDelivery {
            delivery_id,
            by: CompletedBy::Courier(courier_id),
            from: TransitStatus::OnTheWay,
        };
        self.step(deliver, "delivered").await
    }

    fn placed(&self) -> PlaceOrder {
        let customer = match self.order.customer {
            Some(customer) => Customer::Account {
                account_id: ids::customer(&self.sales.customers[customer as usize]),
            },
            None => Customer::Guest,
        };
        PlaceOrder {
            order_id: self.order_id,
            customer,
            lines: RequestedLines::Import(self.order.lines.iter().map(|line| self.line(line)).collect()),
            country: self.sales.countries[self.order.country as usize].to_string(),
            contact: None,
            payment_id: self.payment_id,
            delivery_id: self.delivery_id,
            reservation_expires_at: (self.order.placed_at + RESERVATION).min(validate::TIME_MAX),
        }
    }

    fn line(&self, line: &Line) -> ImportLine {
        let product = &self.sales.products[line.product as usize];
        ImportLine {
            sku: product.sku.clone(),
            name: line
                .name
                .map_or(product.name.as_str(), |name| &self.sales.names[name as usize])
                .to_owned(),
            quantity: line.quantity,
            unit_price: gbp(line.unit_price_minor),
        }
    }

    fn total(&self) -> Money {
        gbp(self.order.total_minor())
    }

    /// Returns the provider's reference of the authorisation, whether new or repeated.
    async fn authorise(&self) -> Result<ProviderReference, Error> {
        let request = Authorise {
            idempotency_key: format!("authorise/{}/{CONFIRMED_VERSION}", self.payment_id),
            payment_id: self.payment_id,
            amount: self.total(),
            method: METHOD.to_owned(),
        };
        match self
            .client
            .call_provider(async |provider| provider.authorise(&request).await)
            .await?
        {
            Authorisation::Authorised { reference } => Ok(reference),
            Authorisation::Declined { .. } | Authorisation::ActionRequired { .. } => {
                Err(Error::ProviderRefused("the sandbox did not authorise"))
            }
        }
    }

    /// Returns the provider's reference of the capture, whether new or repeated.
    async fn capture(&self, authorisation: &ProviderReference) -> Result<ProviderReference, Error> {
        let key = format!("capture/{}", self.payment_id);
        self.client
            .call_provider(async |provider| provider.capture(&key, authorisation).await)
            .await
    }
}

const fn gbp(minor: i64) -> Money {
    Money::new(minor, Currency::Gbp)
}
