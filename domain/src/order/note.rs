//! Notes on orders, written by the people who take part in them.

use super::event::{Customer, NoteAuthor, NoteVisibility, OrderNoteAdded};
use super::state::PlacedOrder;
use crate::decide::{Context, Decide, Decision, events_of};
use crate::view::StreamStates;
use crate::{Error, OrderId, Sealed, StreamId};

/// The longest text of a note, in characters. The text is checked before it is sealed.
pub const NOTE_TEXT_CHARS_MAX: usize = 2_000;

/// Add a note to an order, in whatever state the order is. For its customer or guest, the sellers of its lines and
/// admins; the order does not exist for anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddOrderNote {
    /// The order.
    pub order_id: OrderId,
    /// Who writes the note.
    pub author: NoteAuthor,
    /// Who may read it.
    pub visibility: NoteVisibility,
    /// The text, sealed with the author's key.
    pub text: Sealed,
}

impl Decide for AddOrderNote {
    fn primary_stream(&self) -> StreamId {
        StreamId::Order(self.order_id)
    }

    fn decide(&self, _: &Context, streams: StreamStates<'_>) -> Decision {
        let state = streams.order(self.order_id)?;
        let order = state.order().ok_or_else(|| state.unfit(self.order_id))?;
        if !takes_part(self.author, order) {
            return Err(Error::UnknownOrder {
                order_id: self.order_id,
            }
            .into());
        }
        if self.author.is_customer() && self.visibility == NoteVisibility::Internal {
            return Err(Error::InternalNoteOfCustomer {
                order_id: self.order_id,
            }
            .into());
        }
        events_of![OrderNoteAdded {
            order_id: self.order_id,
            author: self.author,
            visibility: self.visibility,
            text: self.text.clone(),
        }]
    }
}

fn takes_part(author: NoteAuthor, order: &PlacedOrder) -> bool {
    match author {
        NoteAuthor::Customer { account_id } => order.customer == Customer::Account { account_id },
        NoteAuthor::Guest => order.customer == Customer::Guest,
        NoteAuthor::Seller { account_id } => order.is_sold_by(account_id),
        NoteAuthor::Admin { .. } => true,
    }
}
