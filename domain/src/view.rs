//! The view of a decision: the states of the streams that were loaded for it.

use crate::delivery::DeliveryState;
use crate::order::OrderState;
use crate::payment::PaymentState;
use crate::privacy::PersonState;
use crate::product::ProductState;
use crate::returns::ReturnState;
use crate::stock::StockState;
use crate::{DeliveryId, Error, OrderId, PaymentId, PersonId, Refusal, ReturnId, Sku, StreamId, StreamState};

/// The states on which a decision is made.
pub trait View {
    /// The state of a stream; `None` if it was not loaded. A loaded stream without events has the state
    /// [`StreamState::initial`].
    fn state(&self, stream: &StreamId) -> Option<&StreamState>;
}

/// A [`View`] with typed access to each aggregate's state, which reports missing streams.
#[derive(Clone, Copy)]
pub(crate) struct StreamStates<'a>(&'a dyn View);

macro_rules! lookups {
    ($($(#[$doc:meta])* $function:ident($id:ty) -> $variant:ident($state:ty)),+ $(,)?) => {$(
        $(#[$doc])*
        pub(crate) fn $function(self, id: $id) -> Result<&'a $state, Refusal> {
            let stream = StreamId::$variant(id.to_owned());
            match self.0.state(&stream) {
                Some(StreamState::$variant(state)) => Ok(state),
                Some(_) => Err(Error::ForeignState { stream }.into()),
                None => Err(Refusal::NeedStreams(vec![stream])),
            }
        }
    )+};
}

impl<'a> StreamStates<'a> {
    pub(crate) fn new(view: &'a dyn View) -> Self {
        Self(view)
    }

    /// Reports all missing `streams` at once, so that they are loaded together.
    pub(crate) fn need(self, streams: impl IntoIterator<Item = StreamId>) -> Result<(), Refusal> {
        let missing: Vec<_> = streams
            .into_iter()
            .filter(|stream| self.0.state(stream).is_none())
            .collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Refusal::NeedStreams(missing))
        }
    }

    lookups! {
        /// The state of a product.
        product(&Sku) -> Product(ProductState),
        /// The counts of a stock item.
        stock(&Sku) -> Stock(StockState),
        /// The state of an order.
        order(OrderId) -> Order(OrderState),
        /// The state of a payment.
        payment(PaymentId) -> Payment(PaymentState),
        /// The state of a delivery.
        delivery(DeliveryId) -> Delivery(DeliveryState),
        /// The state of a return.
        returns(ReturnId) -> Return(ReturnState),
        /// The state of a person.
        person(PersonId) -> Person(PersonState),
    }
}
