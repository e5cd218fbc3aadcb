//! Stock keeping units.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Identifies a sellable product: 1 to 64 characters of `A-Z 0-9 . _ -` and space, upper case, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Sku(#[schemars(with = "String")] Arc<str>);

/// SKUs that no new product may have. The first are segments of addresses in the place of a SKU
/// (`/products/categories`), where letter case does not distinguish SKUs; browsers remove the other two from every
/// address.
pub const RESERVED: [&str; 4] = ["CATEGORIES", "MY-PRODUCTS", ".", ".."];

/// Why a text is not a SKU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("enter a SKU of 1 to 64 characters: A-Z, 0-9, space, '.', '_' or '-'")]
pub struct InvalidSku;

impl Sku {
    /// The longest SKU, in characters.
    pub const LEN_MAX: usize = 64;

    /// Parses a SKU, converting lower case to upper case.
    ///
    /// # Errors
    /// When it is empty, too long, or contains another character.
    pub fn parse(text: &str) -> Result<Self, InvalidSku> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-');
        let trimmed = text.trim();
        if trimmed.is_empty() || trimmed.len() > Self::LEN_MAX || !trimmed.chars().all(allowed) {
            return Err(InvalidSku);
        }
        Ok(Self(trimmed.to_ascii_uppercase().into()))
    }

    /// Whether no new product may have this SKU, because its address would be another one (see [`RESERVED`]).
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.as_str())
    }

    /// The SKU as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Sku {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Sku {
    type Error = InvalidSku;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Sku> for String {
    fn from(sku: Sku) -> Self {
        sku.0.as_ref().to_owned()
    }
}

impl std::str::FromStr for Sku {
    type Err = InvalidSku;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidSku, Sku};

    #[test]
    fn a_sku_is_trimmed_and_upper_case() {
        assert_eq!(Sku::parse(" gift_0001_20 ").unwrap().as_str(), "GIFT_0001_20");
        assert_eq!(Sku::parse("15056bl").unwrap(), Sku::parse("15056BL").unwrap());
        assert_eq!(Sku::parse("BANK CHARGES").unwrap().to_string(), "BANK CHARGES");
    }

    #[test]
    fn a_sku_is_not_empty_too_long_or_of_other_characters() {
        let long = "A".repeat(Sku::LEN_MAX + 1);
        for text in ["", "   ", "a/b", "a\0", "\u{e9}", "a\nb", long.as_str()] {
            assert_eq!(Sku::parse(text), Err(InvalidSku), "{text:?}");
        }
        assert!(Sku::parse(&long[1..]).is_ok());
    }
}
