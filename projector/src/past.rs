//! The past: the row of one object as of an earlier event.
//!
//! It is made by the projection that makes the rows of the present, from the object's first event on, so that there is
//! one definition of what an order looks like. Nothing is read and nothing is written.
//!
//! **Architecture Invariant:** this module is the only one of the projector that `query-api` uses
//! ([ADR 12](../../docs/adr/0012-time-travel.md)).

use domain::Sku;
use schemas::envelope::RecordedEvent;
use uuid::Uuid;

use crate::decoded_event::{DecodedEvent, NewerVersion};
use crate::projection::{Changes, Projection, delivery, order, payment, product, stock};

/// The version of the projection `sales` since which it keeps an entry of each addition to its sums.
pub const SALES_ENTRIES_SINCE: i32 = 3;

pub use crate::projection::delivery::row::DeliveryRow;
pub use crate::projection::order::row::{Channel, OrderRow, ReturnEntry, ReturnStatus, ReturnedUnits};
pub use crate::projection::payment::row::{PaymentRow, PaymentStatus, Refund, RefundStatus};
pub use crate::projection::product::row::{ProductRow, ProductStatus};
pub use crate::projection::stock::StockRow;

/// Why a row cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer release wrote one of its events.
    #[error(transparent)]
    Newer(#[from] NewerVersion),
    /// One of its events cannot be read or does not fit the row; the projection parks it.
    #[error("event {position}, `{event_type}`: {reason}")]
    Inapplicable {
        /// Its position in the log.
        position: i64,
        /// Its type.
        event_type: String,
        /// Why.
        reason: String,
    },
}

impl Error {
    /// The position of the event.
    pub const fn position(&self) -> i64 {
        match self {
            Self::Newer(newer) => newer.position,
            Self::Inapplicable { position, .. } => *position,
        }
    }
}

/// An object as of some of its events, starting before the first.
pub trait Past {
    /// The id of the object.
    type Key;
    /// Its row.
    type Row: Clone + PartialEq;

    /// The object before its first event.
    fn before_all(key: Self::Key) -> Self;

    /// Applies the next event. An event of another object has no effect on the row.
    ///
    /// # Errors
    /// When the event cannot be applied; the row is then unchanged.
    fn apply(&mut self, recorded: &RecordedEvent) -> Result<(), Error>;

    /// The row; `None` before the event that creates it.
    fn row(&self) -> Option<Self::Row>;
}

/// Declares the past of the rows of a projection.
macro_rules! pasts {
    ($($(#[$doc:meta])* $name:ident: $row:ty, by $projection:ty, $key:ty, $find:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            key: $key,
            projection: $projection,
        }

        impl Past for $name {
            type Key = $key;
            type Row = $row;

            fn before_all(key: $key) -> Self {
                Self {
                    key,
                    projection: <$projection>::default(),
                }
            }

            fn apply(&mut self, recorded: &RecordedEvent) -> Result<(), Error> {
                apply(&mut self.projection, recorded)
            }

            fn row(&self) -> Option<$row> {
                let find: fn(&$projection, &$key) -> Option<$row> = $find;
                find(&self.projection, &self.key)
            }
        }
    )+};
}

pasts! {
    /// An order, from the events of the order, its payment, its delivery and its returns.
    OrderPast: OrderRow, by order::Orders, Uuid, |orders, id| orders.row(*id).cloned();
    /// A delivery.
    DeliveryPast: DeliveryRow, by delivery::Deliveries, Uuid, |deliveries, id| deliveries.row(*id).cloned();
    /// A payment.
    PaymentPast: PaymentRow, by payment::Payments, Uuid, |payments, id| payments.row(*id).cloned();
    /// A product.
    ProductPast: ProductRow, by product::Products, Sku, |products, sku| products.row(sku).cloned();
    /// The stock of a SKU.
    StockPast: StockRow, by stock::Stock, Sku, |stock, sku| stock.row(sku);
}

fn apply(projection: &mut impl Projection, recorded: &RecordedEvent) -> Result<(), Error> {
    let decoded = DecodedEvent::without_trace(recorded)?;
    let inapplicable = |reason: String| Error::Inapplicable {
        position: recorded.position,
        event_type: recorded.event_type.clone(),
        reason,
    };
    let event = match &decoded.event {
        Ok(event) => event,
        Err(unreadable) => return Err(inapplicable(unreadable.to_string())),
    };
    projection
        .apply(&decoded, event, &mut Changes::suppressed())
        .map_err(|error| inapplicable(error.to_string()))
}
