//! Values that the services return as text or raw JSON, for the documentation of the HTTP API. Values that the sockets
//! have, too, are in [`crate::read_model`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The return status of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the values are named by the field's terms")]
pub enum OrderReturnStatus {
    None,
    Partial,
    Returned,
}

/// The status of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the values are named by the field's terms")]
pub enum ReturnStatus {
    Requested,
    Approved,
    Rejected,
    Received,
    Refunded,
    Closed,
}

/// The status of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the values are named by the field's terms")]
pub enum PaymentStatus {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Processing,
    RequiresCapture,
    Succeeded,
    Cancelled,
}

/// A payment method of the sandbox provider, which is named after its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the values are named by the field's terms")]
pub enum PaymentMethod {
    SandboxOk,
    SandboxDeclined,
    SandboxActionRequired,
}

/// The sales channel of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the values are named by the field's terms")]
pub enum SalesChannel {
    Web,
    Import,
}

/// The recipient of a parcel, and the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The e-mail address of a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The first line of the address.
    pub line1: String,
    /// The second line of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    /// The city.
    pub city: String,
    /// The postal code.
    pub postal_code: String,
    /// The country.
    pub country: String,
    /// The phone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}
