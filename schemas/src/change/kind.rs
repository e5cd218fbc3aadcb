//! The kinds of change, each with the type of its data. To add a kind, add an entry here and name it in the
//! channels that carry it.

use schemars::{Schema, SchemaGenerator};

use super::payload;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal: $payload:ty;)+) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ChangeKind {
            $($(#[doc = $doc])+ $variant),+
        }

        impl ChangeKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text in messages and frames, e.g. `order.changed`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            /// One sentence for the reader of the AsyncAPI document.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii()),+
                }
            }

            /// The schema of the kind's data.
            pub fn payload_schema(self, generator: &mut SchemaGenerator) -> Schema {
                match self {
                    $(Self::$variant => generator.subschema_for::<$payload>()),+
                }
            }
        }
    };
}

kinds! {
    /// An order changed.
    OrderChanged = "order.changed": payload::Order;
    /// A delivery changed.
    DeliveryChanged = "delivery.changed": payload::Delivery;
    /// The stock of a product changed.
    StockChanged = "stock.changed": payload::Stock;
    /// The details or the price of a product changed.
    ProductChanged = "product.changed": payload::Product;
}
