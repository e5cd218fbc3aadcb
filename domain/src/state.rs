//! The state of any stream, folded from its events.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::delivery::DeliveryState;
use crate::order::OrderState;
use crate::payment::PaymentState;
use crate::privacy::PersonState;
use crate::product::ProductState;
use crate::returns::ReturnState;
use crate::stock::StockState;
use crate::stream::StreamType;
use crate::{Event, evolve};

/// The state of a stream. Cheap to clone: large parts are behind an `Arc`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum StreamState {
    /// The state of a product.
    Product(ProductState),
    /// The state of a stock item.
    Stock(StockState),
    /// The state of an order.
    Order(OrderState),
    /// The state of a payment.
    Payment(PaymentState),
    /// The state of a delivery.
    Delivery(DeliveryState),
    /// The state of a return.
    Return(ReturnState),
    /// The state of a person.
    Person(PersonState),
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
            StreamType::Person => Self::Person(PersonState::default()),
        }
    }

    /// The kind of its stream.
    pub const fn stream_type(&self) -> StreamType {
        match self {
            Self::Product(_) => StreamType::Product,
            Self::Stock(_) => StreamType::Stock,
            Self::Order(_) => StreamType::Order,
            Self::Payment(_) => StreamType::Payment,
            Self::Delivery(_) => StreamType::Delivery,
            Self::Return(_) => StreamType::Return,
            Self::Person(_) => StreamType::Person,
        }
    }

    /// Applies the stream's next event, which happened at `occurred_at`.
    ///
    /// # Errors
    /// When the event does not fit, which happens only if a stream is corrupt or misread; the state is then unchanged.
    /// It never panics.
    pub fn evolve(&mut self, event: &Event, occurred_at: DateTime<Utc>) -> Result<(), evolve::Error> {
        match (self, event) {
            (Self::Product(state), Event::Product(event)) => state.evolve(event),
            (Self::Stock(state), Event::Stock(event)) => state.evolve(event),
            (Self::Order(state), Event::Order(event)) => state.evolve(event, occurred_at),
            (Self::Payment(state), Event::Payment(event)) => state.evolve(event),
            (Self::Delivery(state), Event::Delivery(event)) => state.evolve(event),
            (Self::Return(state), Event::Return(event)) => state.evolve(event),
            (Self::Person(state), Event::Person(event)) => state.evolve(event),
            (state, event) => Err(evolve::Error::foreign(state.stream_type(), event)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StreamState;
    use crate::StreamType;

    #[test]
    fn an_initial_state_has_its_stream_type_and_readable_json() {
        let cases = [
            (StreamType::Product, r#"{"status":"unlisted"}"#),
            (StreamType::Stock, r#"{"on_hand":0,"reserved":0,"committed":0}"#),
            (StreamType::Order, r#"{"status":"unplaced"}"#),
            (StreamType::Payment, r#"{"status":"uncreated"}"#),
            (StreamType::Delivery, r#"{"status":"uncreated"}"#),
            (StreamType::Return, r#"{"status":"unrequested"}"#),
            (StreamType::Person, r#"{"status":"known"}"#),
        ];
        for (stream_type, json) in cases {
            let state = StreamState::initial(stream_type);
            assert_eq!(state.stream_type(), stream_type);
            assert_eq!(serde_json::to_string(&state).unwrap(), json);
        }
    }
}
