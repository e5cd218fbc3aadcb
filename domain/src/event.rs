//! Every event of the platform, and the lookup of its Rust type by the event type's name.

use serde::de::Error as _;
use serde::{Deserializer, Serializer};

use crate::StreamId;
use crate::delivery::DeliveryEvent;
use crate::order::OrderEvent;
use crate::payment::PaymentEvent;
use crate::privacy::PersonEvent;
use crate::product::ProductEvent;
use crate::returns::ReturnEvent;
use crate::stock::StockEvent;

/// The name of an event type on the wire and in the store, and the schema version that the code writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType {
    /// The name, past tense, e.g. `OrderPlaced`.
    pub name: &'static str,
    /// The schema version that is written; older ones are upcast when read.
    pub schema_version: u16,
}

/// The fields of all events that may hold a text of a person, as a [`crate::FreeText`].
pub const FREE_TEXT_FIELDS: &[&str] = &["admin_reason", "reason", "reference"];

/// A single type of event, for code that handles only some types.
pub trait TypedEvent: Into<Event> {
    /// The name, and the schema version that is written.
    const TYPE: EventType;

    /// Extracts the event, if it is of this type.
    fn from_event(event: Event) -> Option<Self>;
}

/// Declares the enum of one aggregate's events. Each variant is named after the struct it holds, and the number is the
/// schema version that is written. `in Payment(payment_id)` defines the stream by the id in that field; `by order_id`
/// names the field with the ordering key.
macro_rules! events {
    ($(#[$doc:meta])* $name:ident in $stream:ident($id:ident) by $order:ident {
        $($event:ident = $version:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $(
                #[doc = concat!("See [`", stringify!($event), "`].")]
                $event($event),
            )+
        }

        impl $name {
            /// Every event type of this aggregate.
            pub const TYPES: &'static [$crate::event::EventType] = &[
                $(<$event as $crate::event::TypedEvent>::TYPE),+
            ];

            /// The type of this event.
            pub fn event_type(&self) -> $crate::event::EventType {
                match self {
                    $(Self::$event(_) => <$event as $crate::event::TypedEvent>::TYPE,)+
                }
            }

            /// The stream of this event.
            #[allow(clippy::clone_on_copy)] // Ids are Copy, SKUs are not.
            pub fn stream_id(&self) -> $crate::StreamId {
                match self {
                    $(Self::$event(event) => $crate::StreamId::$stream(event.$id.clone()),)+
                }
            }

            /// The key shared by all events that must stay in order: an order's id, a SKU, or a person's id.
            pub fn ordering_key(&self) -> String {
                match self {
                    $(Self::$event(event) => event.$order.to_string(),)+
                }
            }

            /// Serializes only the payload, without the type's name.
            pub fn serialize_payload<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$event(payload) => serde::Serialize::serialize(payload, serializer),)+
                }
            }

            /// Deserializes the payload of the event type `name`; `None` if this aggregate has no such event.
            pub fn deserialize_payload<'de, D: serde::Deserializer<'de>>(
                name: &str,
                deserializer: D,
            ) -> Option<Result<Self, D::Error>> {
                match name {
                    $(stringify!($event) => {
                        Some(<$event as serde::Deserialize>::deserialize(deserializer).map(Self::$event))
                    })+
                    _ => None,
                }
            }

            /// Calls `visit` with the name, version and JSON Schema of each event's payload.
            pub fn visit_schemas(visit: &mut dyn FnMut($crate::event::EventType, schemars::Schema)) {
                $(visit(<$event as $crate::event::TypedEvent>::TYPE, schemars::schema_for!($event));)+
            }
        }

        $(impl $crate::event::TypedEvent for $event {
            const TYPE: $crate::event::EventType = $crate::event::EventType {
                name: stringify!($event),
                schema_version: $version,
            };

            fn from_event(event: $crate::event::Event) -> Option<Self> {
                match event {
                    $crate::event::Event::$stream($name::$event(event)) => Some(event),
                    _ => None,
                }
            }
        }

        impl From<$event> for $name {
            fn from(event: $event) -> Self {
                Self::$event(event)
            }
        }

        impl From<$event> for $crate::event::Event {
            fn from(event: $event) -> Self {
                $crate::event::Event::from($name::from(event))
            }
        })+
    };
}
pub(crate) use events;

/// Declares [`Event`] as the union of the aggregates.
macro_rules! aggregates {
    ($($variant:ident($aggregate:ident)),+ $(,)?) => {
        /// An event of any aggregate.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Event {
            $(
                #[doc = concat!("An event of a ", stringify!($variant), " stream.")]
                $variant($aggregate),
            )+
        }

        impl Event {
            /// The type of this event.
            pub fn event_type(&self) -> EventType {
                match self {
                    $(Self::$variant(event) => event.event_type(),)+
                }
            }

            /// The stream of this event.
            pub fn stream_id(&self) -> StreamId {
                match self {
                    $(Self::$variant(event) => event.stream_id(),)+
                }
            }

            /// The key shared by all events that must stay in order: an order's id, a SKU, or a person's id.
            pub fn ordering_key(&self) -> String {
                match self {
                    $(Self::$variant(event) => event.ordering_key(),)+
                }
            }

            /// Serializes only the payload, without the type's name.
            pub fn serialize_payload<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(event) => event.serialize_payload(serializer),)+
                }
            }

            /// Deserializes the payload of the event type `name`.
            ///
            /// # Errors
            /// When no event has that name, or the payload does not have its shape.
            pub fn deserialize_payload<'de, D: Deserializer<'de>>(
                name: &str,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $(
                    if $aggregate::TYPES.iter().any(|known| known.name == name) {
                        return $aggregate::deserialize_payload(name, deserializer)
                            .expect("the type was just found in the aggregate's list")
                            .map(Self::$variant);
                    }
                )+
                Err(D::Error::custom(format_args!("unknown event type `{name}`")))
            }

            /// Every event type of the platform.
            pub fn types() -> impl Iterator<Item = EventType> {
                std::iter::empty()$(.chain($aggregate::TYPES.iter().copied()))+
            }

            /// Calls `visit` with the name, version and JSON Schema of every event's payload.
            pub fn visit_schemas(visit: &mut dyn FnMut(EventType, schemars::Schema)) {
                $($aggregate::visit_schemas(visit);)+
            }
        }

        $(impl From<$aggregate> for Event {
            fn from(event: $aggregate) -> Self {
                Self::$variant(event)
            }
        })+
    };
}

aggregates! {
    Product(ProductEvent),
    Stock(StockEvent),
    Order(OrderEvent),
    Payment(PaymentEvent),
    Delivery(DeliveryEvent),
    Return(ReturnEvent),
    Person(PersonEvent),
}
