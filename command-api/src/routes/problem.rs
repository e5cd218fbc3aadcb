//! Converts the errors of this service into problems.

use domain::error::PriceChange;
use domain::{Error as Rejection, ErrorKind, Money};
use platform::postgres;
use platform::problem::{FieldError, Kind, Problem, kind};
use serde_json::json;

use crate::{accounts, executor, lookup, payment_provider, payments, privacy};

/// Seconds after which to retry when a dependency is unavailable.
const RETRY_AFTER_S: u32 = 1;

pub(super) static KEY_REUSED: Kind = Kind::new("key-reused", "Idempotency key reused", 422);
pub(super) static INSUFFICIENT_STOCK: Kind = Kind::new("insufficient-stock", "Not enough in stock", 409);
pub(super) static AMOUNT_OVERFLOW: Kind = Kind::new("amount-overflow", "Amount too large", 422);
pub(super) static UNKNOWN_PRODUCT: Kind = Kind::new("unknown-product", "Unknown product", 422);
pub(super) static PRODUCT_WITHDRAWN: Kind = Kind::new("product-withdrawn", "Product withdrawn", 422);
pub(super) static CURRENCY_MISMATCH: Kind = Kind::new("currency-mismatch", "Different currencies", 422);
pub(super) static INVALID_STATE: Kind = Kind::new("invalid-state", "Not possible in this state", 409);
pub(super) static REFUND_EXCEEDS_CAPTURE: Kind = Kind::new("refund-exceeds-capture", "Refund too large", 409);
pub(super) static NOTHING_TO_RETURN: Kind = Kind::new("nothing-to-return", "Nothing left to return", 409);
pub(super) static ORDERS_OPEN: Kind = Kind::new("orders-open", "Orders are still open", 409);
pub(super) static ALREADY_LISTED: Kind = Kind::new("already-listed", "Already listed", 409);
pub(super) static PRICE_CHANGED: Kind = Kind::new("price-changed", "Price changed", 409);
pub(super) static TOO_MANY_UNPAID: Kind = Kind::new("too-many-unpaid-orders", "Too many unpaid orders", 429);
pub(super) static WRONG_PAYMENT: Kind = Kind::new("wrong-payment", "Another payment", 409);

/// Converts an error into a problem document.
pub(super) trait IntoProblem {
    /// The problem.
    fn into_problem(self) -> Problem;
}

impl IntoProblem for executor::Error {
    fn into_problem(self) -> Problem {
        match self {
            Self::Rejected(rejection) => rejected(rejection),
            Self::QueueFull => Problem::new(&kind::OVERLOADED, "Too many commands are waiting.")
                .with_retry_after(RETRY_AFTER_S),
            Self::KeyReused => Problem::new(&KEY_REUSED, "The Idempotency-Key was used for another request."),
            Self::Conflict { .. } => Problem::new(
                &kind::CONFLICT,
                "Others changed the same things at the same time. Try again.",
            )
            .with_retry_after(RETRY_AFTER_S)
            .with_source(self),
            Self::Unavailable | Self::Stopping => Problem::unavailable(RETRY_AFTER_S, self),
            Self::Internal(_) => Problem::internal(self),
        }
    }
}

impl IntoProblem for lookup::Error {
    fn into_problem(self) -> Problem {
        match self {
            Self::Store(error) => error.into_problem(),
            Self::Evolve(..) => Problem::internal(self),
        }
    }
}

impl IntoProblem for event_store::Error {
    fn into_problem(self) -> Problem {
        if self.is_unavailable() {
            Problem::unavailable(RETRY_AFTER_S, self)
        } else {
            Problem::internal(self)
        }
    }
}

impl IntoProblem for sqlx::Error {
    fn into_problem(self) -> Problem {
        if postgres::is_unavailable(&self) {
            Problem::unavailable(RETRY_AFTER_S, self)
        } else {
            Problem::internal(self)
        }
    }
}

impl IntoProblem for payments::Error {
    fn into_problem(self) -> Problem {
        match self {
            Self::Lookup(error) => error.into_problem(),
            Self::Executor(error) => error.into_problem(),
            Self::Provider(error @ payment_provider::Error::Unavailable(_)) => {
                Problem::unavailable(RETRY_AFTER_S, error)
            }
            Self::Provider(error @ payment_provider::Error::Refused(_)) => {
                Problem::new(&INVALID_STATE, "The payment provider refuses this.").with_source(error)
            }
        }
    }
}

impl IntoProblem for privacy::Error {
    fn into_problem(self) -> Problem {
        match self {
            Self::Lookup(error) => error.into_problem(),
            Self::Store(error) => error.into_problem(),
            Self::Database(error) => error.into_problem(),
            Self::Malformed(_) => Problem::internal(self),
        }
    }
}

impl IntoProblem for accounts::Error {
    fn into_problem(self) -> Problem {
        match self {
            Self::InvalidName(error) => rejected(error),
            Self::Password(accounts::password::Error::Overloaded) => {
                Problem::new(&kind::OVERLOADED, "Too many people are logging in.")
                    .with_retry_after(RETRY_AFTER_S)
            }
            Self::Database(error) => error.into_problem(),
            Self::Key(error) => error.into_problem(),
            Self::EmailTaken | Self::InvalidRoles | Self::Password(_) => Problem::internal(self),
        }
    }
}

/// The problem for a command that the domain rejected.
pub(super) fn rejected(rejection: Rejection) -> Problem {
    let detail = sentence(&rejection);
    match rejection.kind() {
        // Objects of others must look the same as ones that do not exist.
        ErrorKind::NotFound | ErrorKind::Forbidden => Problem::not_found(),
        ErrorKind::Internal => Problem::internal(rejection),
        ErrorKind::Validation => invalid(&rejection, detail),
        ErrorKind::InsufficientStock => insufficient_stock(&rejection, detail),
        ErrorKind::InvalidState | ErrorKind::Conflict => match &rejection {
            Rejection::PriceChanged { lines } => price_changed(lines, detail),
            Rejection::InvalidDeliveryState { status, .. } => {
                Problem::new(&INVALID_STATE, detail).with_member("delivery_status", *status)
            }
            Rejection::DeliveryWithCourier { courier_id, .. } => {
                Problem::new(&INVALID_STATE, detail).with_member("courier_id", courier_id.to_string())
            }
            _ => Problem::new(kind_of(rejection.slug()), detail).with_source(rejection),
        },
    }
}

/// The kind of problem for a slug of the domain.
fn kind_of(slug: &str) -> &'static Kind {
    match slug {
        "refund-exceeds-capture" => &REFUND_EXCEEDS_CAPTURE,
        "nothing-to-return" => &NOTHING_TO_RETURN,
        "already-listed" => &ALREADY_LISTED,
        "price-changed" => &PRICE_CHANGED,
        "wrong-payment" => &WRONG_PAYMENT,
        "amount-overflow" => &AMOUNT_OVERFLOW,
        "unknown-product" => &UNKNOWN_PRODUCT,
        "product-withdrawn" => &PRODUCT_WITHDRAWN,
        "currency-mismatch" => &CURRENCY_MISMATCH,
        "invalid-state" => &INVALID_STATE,
        "invalid-quantity" | "invalid-amount" | "too-many-lines" | "validation" => &kind::VALIDATION,
        _ => &kind::CONFLICT,
    }
}

fn invalid(rejection: &Rejection, detail: String) -> Problem {
    let line = |number: u16| format!("/lines/{}", number.saturating_sub(1));
    let errors = match rejection {
        Rejection::InvalidQuantity { line_number, .. } => {
            let parent = line_number.map(line).unwrap_or_default();
            vec![FieldError::new(format!("{parent}/quantity"), &detail)]
        }
        Rejection::InvalidAmount { line_number, .. } => {
            let pointer = line_number.map_or_else(|| "/price/minor".to_owned(), line);
            vec![FieldError::new(pointer, &detail)]
        }
        Rejection::InternalNoteOfCustomer { .. } => vec![FieldError::new("/visibility", &detail)],
        Rejection::InvalidText { field, .. } | Rejection::UnprintableText { field, .. } => {
            vec![FieldError::new(format!("/{field}"), &detail)]
        }
        Rejection::ReservedSku { .. } => vec![FieldError::new("/sku", &detail)],
        Rejection::UnknownLine { .. } | Rejection::NoLines | Rejection::TooManyLines { .. } => {
            vec![FieldError::new("/lines", &detail)]
        }
        Rejection::UnknownProducts { lines } | Rejection::ProductsWithdrawn { lines } => lines
            .iter()
            .map(|refused| {
                FieldError::new(format!("{}/sku", line(refused.line_number)), refused.sku.as_str())
            })
            .collect(),
        _ => Vec::new(),
    };
    Problem::new(kind_of(rejection.slug()), detail).with_errors(errors)
}

/// 409 with the requested and available units of each SKU that is short.
fn insufficient_stock(rejection: &Rejection, detail: String) -> Problem {
    let Rejection::InsufficientStock { lines } = rejection else {
        return Problem::new(&INSUFFICIENT_STOCK, detail);
    };
    let short: Vec<_> = lines
        .iter()
        .map(|line| {
            json!({"sku": line.sku.as_str(), "requested": line.requested, "available": line.available})
        })
        .collect();
    Problem::new(&INSUFFICIENT_STOCK, detail).with_member("lines", short)
}

/// 409 with both prices of each line.
fn price_changed(lines: &[PriceChange], detail: String) -> Problem {
    let changes: Vec<_> = lines
        .iter()
        .map(|line| {
            let expected = Money::new(line.expected_unit_price_minor, line.unit_price.currency);
            json!({"sku": line.sku.as_str(), "expected": expected, "price": line.unit_price})
        })
        .collect();
    Problem::new(&PRICE_CHANGED, detail).with_member("price_changes", changes)
}

/// The message of a rejection as a sentence.
pub(super) fn sentence(rejection: &Rejection) -> String {
    let text = rejection.to_string();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => text,
    }
}
