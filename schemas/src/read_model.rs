//! The read models that projections write and queries read: their names.

/// The catalogue.
pub const PRODUCTS: &str = "products";
/// Units of each SKU.
pub const STOCK: &str = "stock";
/// Orders, with how far their payment, delivery and returns are.
pub const ORDERS: &str = "orders";
/// Deliveries.
pub const DELIVERIES: &str = "deliveries";
/// Payments, with their refunds.
pub const PAYMENTS: &str = "payments";
/// What was sold and refunded.
pub const SALES: &str = "sales";
