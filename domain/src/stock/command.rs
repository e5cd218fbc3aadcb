//! The commands of sellers about stock. Orders and returns change stock by their own commands.

use super::event::{AdjustmentCause, StockAdjusted, StockReceived};
use crate::decide::{Context, Decide, Decision, events_of};
use crate::error::Shortage;
use crate::view::StreamStates;
use crate::{Error, FreeText, Sku, StreamId, product, validate};

/// Receive units from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiveStock {
    /// The SKU, which must have been listed.
    pub sku: Sku,
    /// Units, 1 to [`validate::QUANTITY_MAX`].
    pub quantity: i64,
    /// A note of the supplier or importer; may be empty.
    pub reference: FreeText,
}

/// Adjust the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustStock {
    /// The SKU, which must have been listed.
    pub sku: Sku,
    /// Units found (positive) or missing (negative), at most [`validate::QUANTITY_MAX`] either way. Units that
    /// are reserved or committed cannot be missing.
    pub delta: i64,
    /// Why.
    pub cause: AdjustmentCause,
    /// A reason in words, at most [`validate::NOTE_CHARS_MAX`] characters; may be empty unless the cause is `other`.
    pub reason: FreeText,
}

impl Decide for ReceiveStock {
    fn primary_stream(&self) -> StreamId {
        StreamId::Stock(self.sku.clone())
    }

    fn streams(&self) -> Vec<StreamId> {
        stock_and_product(&self.sku)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        streams.need(self.streams())?;
        product::known(streams, &self.sku)?;
        validate::quantity(None, self.quantity)?;
        let reference = validate::free_text("reference", &self.reference, validate::note)?;
        let stock = streams.stock(&self.sku)?;
        stock.moved(self.quantity, 0, 0).ok_or(Error::AmountOverflow)?;
        events_of![StockReceived {
            sku: self.sku.clone(),
            quantity: self.quantity,
            reference,
        }]
    }
}

impl Decide for AdjustStock {
    fn primary_stream(&self) -> StreamId {
        StreamId::Stock(self.sku.clone())
    }

    fn streams(&self) -> Vec<StreamId> {
        stock_and_product(&self.sku)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        streams.need(self.streams())?;
        product::known(streams, &self.sku)?;
        validate::quantity(None, self.delta.saturating_abs())?;
        let reason = validate::free_text("reason", &self.reason, self.cause.reason_check())?;
        let stock = streams.stock(&self.sku)?;
        if stock.moved(self.delta, 0, 0).is_none() {
            return Err(self.unfit(stock.available()).into());
        }
        events_of![StockAdjusted {
            sku: self.sku.clone(),
            delta: self.delta,
            cause: self.cause,
            reason,
        }]
    }
}

impl AdjustStock {
    fn unfit(&self, available: i64) -> Error {
        if self.delta > 0 {
            return Error::AmountOverflow;
        }
        let shortage = Shortage {
            sku: self.sku.clone(),
            requested: -self.delta,
            available,
        };
        Error::InsufficientStock {
            lines: vec![shortage],
        }
    }
}

fn stock_and_product(sku: &Sku) -> Vec<StreamId> {
    vec![StreamId::Stock(sku.clone()), StreamId::Product(sku.clone())]
}
