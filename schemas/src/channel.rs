//! The channels a socket can subscribe to.

use std::fmt;
use std::str::FromStr;

use domain::Sku;
use uuid::Uuid;

/// A channel. Its text form is `name` or `name:id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Channel {
    /// One order's progress.
    Order(Uuid),
    /// One courier's deliveries.
    Courier(Uuid),
    /// One seller's orders.
    Seller(Uuid),
    /// One customer's orders.
    Account(Uuid),
    /// One product's stock and details.
    Product(Sku),
    /// Every order.
    Orders,
    /// Every delivery.
    Deliveries,
    /// Stock that runs low.
    StockAlerts,
    /// The platform's own numbers.
    Metrics,
    /// Replays and their progress.
    Replays,
}

/// The text is not a channel's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a channel")]
pub struct InvalidChannel;

impl Channel {
    /// Whether only the newest change of a key matters to a reader who is behind.
    pub const fn is_state(&self) -> bool {
        matches!(
            self,
            Self::Product(_) | Self::StockAlerts | Self::Metrics | Self::Orders | Self::Deliveries
        )
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order(id) => write!(formatter, "order:{id}"),
            Self::Courier(id) => write!(formatter, "courier:{id}"),
            Self::Seller(id) => write!(formatter, "seller:{id}"),
            Self::Account(id) => write!(formatter, "account:{id}"),
            Self::Product(sku) => write!(formatter, "product:{sku}"),
            Self::Orders => formatter.write_str("orders"),
            Self::Deliveries => formatter.write_str("deliveries"),
            Self::StockAlerts => formatter.write_str("stock-alerts"),
            Self::Metrics => formatter.write_str("metrics"),
            Self::Replays => formatter.write_str("replays"),
        }
    }
}

impl FromStr for Channel {
    type Err = InvalidChannel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn id<T: FromStr>(text: &str) -> Result<T, InvalidChannel> {
            text.parse().map_err(|_| InvalidChannel)
        }
        match text.split_once(':') {
            Some(("order", rest)) => id(rest).map(Self::Order),
            Some(("courier", rest)) => id(rest).map(Self::Courier),
            Some(("seller", rest)) => id(rest).map(Self::Seller),
            Some(("account", rest)) => id(rest).map(Self::Account),
            Some(("product", rest)) => id(rest).map(Self::Product),
            None => match text {
                "orders" => Ok(Self::Orders),
                "deliveries" => Ok(Self::Deliveries),
                "stock-alerts" => Ok(Self::StockAlerts),
                "metrics" => Ok(Self::Metrics),
                "replays" => Ok(Self::Replays),
                _ => Err(InvalidChannel),
            },
            Some(_) => Err(InvalidChannel),
        }
    }
}
