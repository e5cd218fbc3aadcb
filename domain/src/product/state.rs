//! The state of a product, folded from its events.

use std::sync::Arc;

use serde::Serialize;

use super::event::ProductEvent;
use crate::stream::StreamType;
use crate::{AccountId, Money, evolve};

/// A product that was listed at least once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// Free-text description.
    pub description: String,
    /// Category name.
    pub category: String,
    /// Price of one unit.
    pub price: Money,
    /// The seller.
    pub seller_id: AccountId,
}

/// The state of a product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum ProductState {
    /// Never listed.
    #[default]
    Unlisted,
    /// Listed for sale.
    Listed(Arc<Product>),
    /// Withdrawn from sale.
    Withdrawn(Arc<Product>),
}

impl ProductState {
    /// The product's data, even if it is withdrawn; `None` if it was never listed.
    pub fn product(&self) -> Option<&Product> {
        match self {
            Self::Unlisted => None,
            Self::Listed(product) | Self::Withdrawn(product) => Some(product),
        }
    }

    /// The name of the state.
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Unlisted => "unlisted",
            Self::Listed(_) => "listed",
            Self::Withdrawn(_) => "withdrawn",
        }
    }

    /// Applies the next event.
    ///
    /// # Errors
    /// When the event is not possible in this state.
    pub fn evolve(&mut self, event: &ProductEvent) -> Result<(), evolve::Error> {
        use ProductEvent as E;
        match (&mut *self, event) {
            (Self::Unlisted, E::ProductListed(event)) => {
                *self = Self::Listed(Arc::new(Product {
                    name: event.name.clone(),
                    description: event.description.clone(),
                    category: event.category.clone(),
                    price: event.price,
                    seller_id: event.seller_id,
                }));
            }
            (Self::Listed(product) | Self::Withdrawn(product), E::ProductDetailsChanged(event)) => {
                let product = Arc::make_mut(product);
                product.name.clone_from(&event.name);
                product.description.clone_from(&event.description);
                product.category.clone_from(&event.category);
            }
            (Self::Listed(product) | Self::Withdrawn(product), E::ProductPriceChanged(event)) => {
                Arc::make_mut(product).price = event.price;
            }
            (Self::Listed(product), E::ProductWithdrawn(_)) => *self = Self::Withdrawn(Arc::clone(product)),
            (Self::Withdrawn(product), E::ProductRelisted(_)) => *self = Self::Listed(Arc::clone(product)),
            (state, event) => {
                return Err(evolve::Error::OutOfOrder {
                    stream_type: StreamType::Product,
                    status: state.status(),
                    event: event.event_type().name,
                });
            }
        }
        Ok(())
    }
}
