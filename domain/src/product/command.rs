//! The commands of sellers about products.

use super::event::{
    ProductDetailsChanged, ProductListed, ProductPriceChanged, ProductRelisted, ProductWithdrawn,
};
use super::state::{Product, ProductState};
use crate::Refusal;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::view::StreamStates;
use crate::{AccountId, Error, FreeText, Money, Sku, StreamId, validate};

/// The longest name of a product, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// The longest description of a product, in characters.
pub const DESCRIPTION_CHARS_MAX: usize = 5_000;
/// The longest name of a category, in characters.
pub const CATEGORY_CHARS_MAX: usize = 100;

/// List a product for sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProduct {
    /// The SKU, which must not have been listed before.
    pub sku: Sku,
    /// Its name, 1 to [`NAME_CHARS_MAX`] characters.
    pub name: String,
    /// Free text, up to [`DESCRIPTION_CHARS_MAX`] characters.
    pub description: String,
    /// Category name, 1 to [`CATEGORY_CHARS_MAX`] characters.
    pub category: String,
    /// Price of one unit, positive.
    pub price: Money,
    /// The seller.
    pub seller_id: AccountId,
}

/// Change a product. Fields that are `None` stay unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeProduct {
    /// The product.
    pub sku: Sku,
    /// The new name.
    pub name: Option<String>,
    /// The new description.
    pub description: Option<String>,
    /// The new category.
    pub category: Option<String>,
    /// The new price per unit, positive. Orders placed before keep their price.
    pub price: Option<Money>,
}

/// Withdraw a product from sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawProduct {
    /// The product.
    pub sku: Sku,
    /// The reason; may be empty.
    pub reason: FreeText,
}

/// List a withdrawn product again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelistProduct {
    /// The product.
    pub sku: Sku,
}

impl ChangeProduct {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.description.is_none() && self.category.is_none() && self.price.is_none()
    }
}

impl Decide for ListProduct {
    fn primary_stream(&self) -> StreamId {
        StreamId::Product(self.sku.clone())
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        if *streams.product(&self.sku)? != ProductState::Unlisted {
            return Err(Error::ProductAlreadyListed {
                sku: self.sku.clone(),
            }
            .into());
        }
        if self.sku.is_reserved() {
            return Err(Error::ReservedSku {
                sku: self.sku.clone(),
            }
            .into());
        }
        let (name, description) = (checked_name(&self.name)?, checked_description(&self.description)?);
        let category = checked_category(&self.category)?;
        validate::amount(None, self.price)?;
        events_of![ProductListed {
            sku: self.sku.clone(),
            name,
            description,
            category,
            price: self.price,
            seller_id: self.seller_id,
        }]
    }
}

impl Decide for ChangeProduct {
    fn primary_stream(&self) -> StreamId {
        StreamId::Product(self.sku.clone())
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let product = known(streams, &self.sku)?;
        let details = ProductDetailsChanged {
            sku: self.sku.clone(),
            name: changed(self.name.as_deref(), checked_name, &product.name)?,
            description: changed(
                self.description.as_deref(),
                checked_description,
                &product.description,
            )?,
            category: changed(self.category.as_deref(), checked_category, &product.category)?,
        };
        let is_same = details.name == product.name
            && details.description == product.description
            && details.category == product.category;
        let mut events = if is_same { vec![] } else { vec![details.into()] };
        if let Some(price) = self.price {
            validate::amount(None, price)?;
            if price != product.price {
                let sku = self.sku.clone();
                events.push(ProductPriceChanged { sku, price }.into());
            }
        }
        Ok(events)
    }
}

impl Decide for WithdrawProduct {
    fn primary_stream(&self) -> StreamId {
        StreamId::Product(self.sku.clone())
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let sku = self.sku.clone();
        match streams.product(&self.sku)? {
            ProductState::Unlisted => Err(Error::UnknownProduct { sku }.into()),
            ProductState::Withdrawn(_) => Err(Error::ProductAlreadyWithdrawn { sku }.into()),
            ProductState::Listed(_) => {
                let reason = validate::free_text("reason", &self.reason, validate::note)?;
                events_of![ProductWithdrawn { sku, reason }]
            }
        }
    }
}

impl Decide for RelistProduct {
    fn primary_stream(&self) -> StreamId {
        StreamId::Product(self.sku.clone())
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let sku = self.sku.clone();
        match streams.product(&self.sku)? {
            ProductState::Unlisted => Err(Error::UnknownProduct { sku }.into()),
            ProductState::Listed(_) => Err(Error::ProductNotWithdrawn { sku }.into()),
            ProductState::Withdrawn(_) => events_of![ProductRelisted { sku }],
        }
    }
}

/// A product that was listed at least once, even if it is withdrawn.
pub(crate) fn known<'a>(streams: StreamStates<'a>, sku: &Sku) -> Result<&'a Product, Refusal> {
    let product = streams.product(sku)?.product();
    product.ok_or_else(|| Error::UnknownProduct { sku: sku.clone() }.into())
}

/// The new text, or the one that it replaces: that may have been stored before texts were checked.
fn changed(
    new: Option<&str>,
    checked: fn(&str) -> Result<String, Error>,
    old: &str,
) -> Result<String, Error> {
    new.map_or_else(|| Ok(old.to_owned()), checked)
}

fn checked_name(name: &str) -> Result<String, Error> {
    validate::text("name", name, 1..=NAME_CHARS_MAX)
}

fn checked_description(description: &str) -> Result<String, Error> {
    validate::text_of_lines("description", description, 0..=DESCRIPTION_CHARS_MAX)
}

fn checked_category(category: &str) -> Result<String, Error> {
    validate::text("category", category, 1..=CATEGORY_CHARS_MAX)
}
