//! Reads the state of a stream, for handlers and policies that check its owner or status before they submit a command.
//! The executor decides on its own view of the streams, not on the state read here.

use chrono::{DateTime, Utc};
use domain::order::Number;
use domain::{
    AccountId, DeliveryId, DeliveryState, OrderId, OrderState, PaymentId, PaymentState, PersonId,
    PersonState, ProductState, ReturnId, ReturnState, Sku, StreamId, StreamState,
};
use event_store::Store;
use event_store::store::StreamCursor;
use schemas::codec;

/// The most orders of one number that are read. A number has 40 bits, so that hardly ever two orders share one.
const ORDERS_OF_NUMBER_MAX: i64 = 8;

/// A stream's state and version.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The state after its events.
    pub state: T,
    /// The number of its events; 0 if there is no such stream.
    pub version: i64,
    /// Time of the last event.
    pub changed_at: Option<DateTime<Utc>>,
}

/// Why a stream could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] event_store::Error),
    /// The stream's events are inconsistent.
    #[error("stream `{0}` cannot be folded")]
    Evolve(String, #[source] domain::evolve::Error),
}

/// Reads streams from the store.
#[derive(Debug, Clone)]
pub struct Lookup {
    store: Store,
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $function:ident($id:ty) -> $variant:ident($state:ty)),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When the store fails.
        pub async fn $function(&self, id: $id) -> Result<Found<$state>, Error> {
            let found = self.read(&StreamId::$variant(id)).await?;
            match found.state {
                StreamState::$variant(state) => {
                    Ok(Found { state, version: found.version, changed_at: found.changed_at })
                }
                _ => unreachable!("a stream's state is of the stream's kind from the first event on"),
            }
        }
    )+};
}

impl Lookup {
    /// Reads from `store`.
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    lookups! {
        /// A product.
        product(Sku) -> Product(ProductState),
        /// An order.
        order(OrderId) -> Order(OrderState),
        /// A payment.
        payment(PaymentId) -> Payment(PaymentState),
        /// A delivery.
        delivery(DeliveryId) -> Delivery(DeliveryState),
        /// A return.
        returned(ReturnId) -> Return(ReturnState),
        /// A person.
        person(PersonId) -> Person(PersonState),
    }

    /// The event store.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The orders of an account, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn orders_of(&self, account_id: AccountId) -> Result<Vec<OrderId>, Error> {
        let stream_ids = sqlx::query_scalar!(
            "SELECT stream_id FROM event_store.events
             WHERE event_type = 'OrderPlaced' AND event_store.customer_of_order(payload) = $1 ORDER BY position",
            account_id.to_string()
        )
        .fetch_all(self.store.pool())
        .await
        .map_err(event_store::Error::from)?;
        Ok(order_ids(&stream_ids))
    }

    /// The orders of an account that are neither delivered, cancelled nor expired, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open_orders_of(&self, account_id: AccountId) -> Result<Vec<OrderId>, Error> {
        let stream_ids = sqlx::query_scalar!(
            "SELECT stream_id FROM event_store.events AS placed
             WHERE event_type = 'OrderPlaced' AND event_store.customer_of_order(payload) = $1 AND NOT EXISTS (
                 SELECT FROM event_store.events AS closed
                 WHERE closed.stream_id = placed.stream_id
                   AND closed.event_type IN ('OrderCompleted', 'OrderCancelled', 'OrderExpired'))
             ORDER BY position",
            account_id.to_string()
        )
        .fetch_all(self.store.pool())
        .await
        .map_err(event_store::Error::from)?;
        Ok(order_ids(&stream_ids))
    }

    /// The orders with this number, at most [`ORDERS_OF_NUMBER_MAX`].
    ///
    /// # Errors
    /// When the store fails.
    pub async fn numbered(&self, number: Number) -> Result<Vec<OrderId>, Error> {
        let stream_ids = sqlx::query_scalar!(
            r#"SELECT stream_id FROM event_store.streams
               WHERE stream_type = 'order' AND "right"(stream_id, 10) = $1 ORDER BY stream_id LIMIT $2"#,
            number.id_suffix(),
            ORDERS_OF_NUMBER_MAX
        )
        .fetch_all(self.store.pool())
        .await
        .map_err(event_store::Error::from)?;
        Ok(order_ids(&stream_ids))
    }

    async fn read(&self, stream: &StreamId) -> Result<Found<StreamState>, Error> {
        let mut found = Found {
            state: StreamState::initial(stream.stream_type()),
            version: 0,
            changed_at: None,
        };
        let cursor = StreamCursor {
            stream_id: stream.to_string(),
            after_version: 0,
        };
        self.store
            .fold::<Error>(&[cursor], |event| {
                let decoded = codec::decode(&event.event_type, event.schema_version, event.payload.get())
                    .map_err(|source| event_store::Error::Undecodable {
                        position: event.position,
                        source,
                    })?;
                found
                    .state
                    .evolve(&decoded, event.occurred_at)
                    .map_err(|source| Error::Evolve(event.stream_id.clone(), source))?;
                found.version = event.version;
                found.changed_at = Some(event.occurred_at);
                Ok(())
            })
            .await?;
        Ok(found)
    }
}

/// The orders of these streams.
fn order_ids(stream_ids: &[String]) -> Vec<OrderId> {
    let order_ids = stream_ids.iter().filter_map(|stream_id| match stream_id.parse() {
        Ok(StreamId::Order(order_id)) => Some(order_id),
        _ => None,
    });
    order_ids.collect()
}
