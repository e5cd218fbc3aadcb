//! The state of any stream, folded from its events.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::delivery::DeliveryState;
use crate::order::OrderState;
use crate::payment::PaymentState;
use crate::product::ProductState;
use crate::returns::ReturnState;
use crate::stock::StockState;
use crate::stream::StreamType;
use crate::{Event, evolve};

/// The state of a stream. Cheap to clone: large parts are behind an `Arc`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum StreamState {
    /// Of a product.
    Product(ProductState),
    /// Of a stock item.
    Stock(StockState),
    /// Of an order.
    Order(OrderState),
    /// Of a payment.
    Payment(PaymentState),
    /// Of a delivery.
    Delivery(DeliveryState),
    /// Of a return.
    Return(ReturnState),
}

impl StreamState {
    /// The state of a stream of this kind before its first event.
    pub fn initial(stream_type: StreamType) -> Self {
        match stream_type {
            StreamType::Product => Self::Product(ProductState::default()),
            StreamType::Stock => Self::Stock(StockState::default()),
            StreamType::Order => Self::Order(OrderState::default()),
            StreamType::Payment => Self::Payment(PaymentState::default()),
            StreamType::Delivery => Self::Delivery(DeliveryState::default()),
            StreamType::Return => Self::Return(ReturnState::default()),
        }
    }

    /// The kind of stream this is the state of.
    pub const fn stream_type(&self) -> StreamType {
        match self {
            Self::Product(_) => StreamType::Product,
            Self::Stock(_) => StreamType::Stock,
            Self::Order(_) => StreamType::Order,
            Self::Payment(_) => StreamType::Payment,
            Self::Delivery(_) => StreamType::Delivery,
            Self::Return(_) => StreamType::Return,
        }
    }

    /// Folds the stream's next event, which happened at `occurred_at`.
    ///
    /// # Errors
    /// When the event does not fit, which only a corrupt or misread stream brings about; the state is then
    /// unchanged. It never panics.
    pub fn evolve(&mut self, event: &Event, occurred_at: DateTime<Utc>) -> Result<(), evolve::Error> {
        match (self, event) {
            (Self::Product(state), Event::Product(event)) => state.evolve(event),
            (Self::Stock(state), Event::Stock(event)) => state.evolve(event),
            (Self::Order(state), Event::Order(event)) => state.evolve(event, occurred_at),
            (Self::Payment(state), Event::Payment(event)) => state.evolve(event),
            (Self::Delivery(state), Event::Delivery(event)) => state.evolve(event),
            (Self::Return(state), Event::Return(event)) => state.evolve(event),
            (state, event) => Err(evolve::Error::foreign(state.stream_type(), event)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StreamState;
    use crate::StreamType;

    #[test]
    fn an_initial_state_is_of_its_stream_type_and_reads_well_as_json() {
        let cases = [
            (StreamType::Product, r#"{"status":"unlisted"}"#),
            (StreamType::Stock, r#"{"on_hand":0,"reserved":0,"committed":0}"#),
            (StreamType::Order, r#"{"status":"unplaced"}"#),
            (StreamType::Payment, r#"{"status":"uncreated"}"#),
            (StreamType::Delivery, r#"{"status":"uncreated"}"#),
            (StreamType::Return, r#"{"status":"unrequested"}"#),
        ];
        for (stream_type, json) in cases {
            let state = StreamState::initial(stream_type);
            assert_eq!(state.stream_type(), stream_type);
            assert_eq!(serde_json::to_string(&state).unwrap(), json);
        }
    }
}
