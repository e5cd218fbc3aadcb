//! Streams of the aggregates' events.

use std::fmt;

use crate::{DeliveryId, OrderId, PaymentId, PersonId, ReturnId, Sku};

/// The kinds of stream, one per aggregate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StreamType {
    /// A product of the catalogue.
    Product,
    /// The stock of one SKU.
    Stock,
    /// An order.
    Order,
    /// A payment.
    Payment,
    /// A delivery.
    Delivery,
    /// A return.
    Return,
    /// A person.
    Person,
}

impl StreamType {
    /// The name in the store, and the prefix of the stream's id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Stock => "stock",
            Self::Order => "order",
            Self::Payment => "payment",
            Self::Delivery => "delivery",
            Self::Return => "return",
            Self::Person => "person",
        }
    }
}

/// Identifies a stream. Its text form is `{type}-{id}`, e.g. `stock-85123A`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StreamId {
    /// A product's stream.
    Product(Sku),
    /// A stock item's stream.
    Stock(Sku),
    /// An order's stream.
    Order(OrderId),
    /// A payment's stream.
    Payment(PaymentId),
    /// A delivery's stream.
    Delivery(DeliveryId),
    /// A return's stream.
    Return(ReturnId),
    /// A person's stream.
    Person(PersonId),
}

/// The text is not the id of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stream id")]
pub struct InvalidStreamId;

impl StreamId {
    /// The type of the stream.
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
}

impl fmt::Display for StreamId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-", self.stream_type().as_str())?;
        match self {
            Self::Product(sku) | Self::Stock(sku) => sku.fmt(formatter),
            Self::Order(id) => id.fmt(formatter),
            Self::Payment(id) => id.fmt(formatter),
            Self::Delivery(id) => id.fmt(formatter),
            Self::Return(id) => id.fmt(formatter),
            Self::Person(id) => id.fmt(formatter),
        }
    }
}

impl std::str::FromStr for StreamId {
    type Err = InvalidStreamId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn id<T: std::str::FromStr>(text: &str) -> Result<T, InvalidStreamId> {
            text.parse().map_err(|_| InvalidStreamId)
        }
        let (kind, rest) = text.split_once('-').ok_or(InvalidStreamId)?;
        Ok(match kind {
            "product" => Self::Product(id(rest)?),
            "stock" => Self::Stock(id(rest)?),
            "order" => Self::Order(id(rest)?),
            "payment" => Self::Payment(id(rest)?),
            "delivery" => Self::Delivery(id(rest)?),
            "return" => Self::Return(id(rest)?),
            "person" => Self::Person(id(rest)?),
            _ => return Err(InvalidStreamId),
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{InvalidStreamId, StreamId};
    use crate::{DeliveryId, OrderId, PaymentId, PersonId, ReturnId, Sku};

    #[test]
    fn a_stream_id_survives_a_round_trip() {
        let (uuid, sku) = (Uuid::from_u128(7), Sku::parse("A-B C").unwrap());
        let streams = [
            StreamId::Product(sku.clone()),
            StreamId::Stock(sku),
            StreamId::Order(OrderId::from_uuid(uuid)),
            StreamId::Payment(PaymentId::from_uuid(uuid)),
            StreamId::Delivery(DeliveryId::from_uuid(uuid)),
            StreamId::Return(ReturnId::from_uuid(uuid)),
            StreamId::Person(PersonId::from_uuid(uuid)),
        ];
        for stream in streams {
            assert_eq!(stream.to_string().parse(), Ok(stream));
        }
        assert_eq!(
            "stock-A-B C".parse::<StreamId>().unwrap().to_string(),
            "stock-A-B C"
        );
    }

    #[test]
    fn other_texts_are_not_stream_ids() {
        for text in [
            "",
            "stock",
            "stock-",
            "order-1",
            "basket-A",
            "Order-00000000-0000-0000-0000-000000000007",
        ] {
            assert_eq!(text.parse::<StreamId>(), Err(InvalidStreamId), "{text:?}");
        }
    }
}
