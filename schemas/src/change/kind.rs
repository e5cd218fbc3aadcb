//! The macro that declares the table of kinds; the table is in `payload.rs`.

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

            /// Returns the text in messages and frames, e.g. `order.changed`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            /// Returns one sentence for the AsyncAPI document.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii()),+
                }
            }

            /// Returns the schema of the kind's data.
            pub fn payload_schema(self, generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                match self {
                    $(Self::$variant => generator.subschema_for::<$payload>()),+
                }
            }
        }
    };
}
pub(crate) use kinds;
