//! Enums stored as text in a column and in JSON.

/// An enum whose variants have a fixed text.
pub trait TextEnum: Copy {
    /// Returns the text of a variant, used in tables and responses.
    fn as_str(self) -> &'static str;

    /// Returns the variant of a text; none for an unknown one.
    fn parse(text: &str) -> Option<Self>;
}

/// Declares an enum whose variants have a fixed text, in tables and in JSON.
#[macro_export]
macro_rules! text_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident { $($(#[$variant_attribute:meta])* $variant:ident = $text:literal),+ $(,)? }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        $visibility enum $name {
            $($(#[$variant_attribute])* #[serde(rename = $text)] $variant),+
        }

        impl $crate::text_enum::TextEnum for $name {
            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}
