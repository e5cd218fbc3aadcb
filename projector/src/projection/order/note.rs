//! Notes on orders: one row a note, which never changes.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::order::{NoteAuthor, NoteVisibility, OrderEvent, OrderNoteAdded};
use domain::{Event, Sealed};
use schemas::change::{ChangeKind, payload};
use schemas::channel::Channel;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::column::documents;
use crate::copy::Writing;
use crate::decoded_event::{DecodedEvent, Inapplicable};
use crate::keyed_table::{KeyedRows, keyed_table};
use crate::projection::{Changes, Projection, Subject};

documents! { NoteAuthor }

keyed_table! {
    /// A row of table `order_notes`.
    pub(crate) struct OrderNoteRow in "order_notes" key "id": Uuid = |row| row.id;
    {
        id: Uuid,
        order_id: Uuid,
        author: NoteAuthor,
        is_internal: bool,
        text: Sealed,
        added_at: DateTime<Utc>,
        position: i64,
    }
}

/// The notes of one batch.
#[derive(Debug, Default)]
pub(crate) struct OrderNotes {
    rows: KeyedRows<OrderNoteRow>,
}

#[async_trait]
impl Projection for OrderNotes {
    /// Loads nothing: each event adds a row of its own.
    async fn load(&mut self, _: &mut PgConnection, _: &[DecodedEvent]) -> Result<(), sqlx::Error> {
        Ok(())
    }

    fn apply(
        &mut self,
        decoded: &DecodedEvent,
        event: &Event,
        changes: &mut Changes,
    ) -> Result<(), Inapplicable> {
        if let Event::Order(OrderEvent::OrderNoteAdded(event)) = event {
            self.rows.insert(row(event, decoded));
            announce(self.rows.changed(decoded.event_id), event.visibility, changes);
        }
        Ok(())
    }

    async fn write(
        &mut self,
        connection: &mut PgConnection,
        writing: Writing,
        _: &mut Changes,
    ) -> Result<(), sqlx::Error> {
        self.rows.write(connection, writing).await
    }
}

fn row(event: &OrderNoteAdded, decoded: &DecodedEvent) -> OrderNoteRow {
    OrderNoteRow {
        id: decoded.event_id,
        order_id: event.order_id.as_uuid(),
        author: event.author,
        is_internal: event.visibility == NoteVisibility::Internal,
        text: event.text.clone(),
        added_at: decoded.occurred_at,
        position: decoded.position,
    }
}

/// Announces a note: an internal one to those who may read every order.
fn announce(row: &OrderNoteRow, visibility: NoteVisibility, changes: &mut Changes) {
    let channels = || {
        let mut channels = vec![Channel::Orders.to_string()];
        if visibility == NoteVisibility::Shared {
            channels.push(Channel::Order(row.order_id).to_string());
        }
        channels
    };
    let subject = Subject {
        position: row.position,
        kind: ChangeKind::OrderNoteAdded,
        key: format!("order-note:{}", row.id),
    };
    let data = payload::OrderNote {
        id: row.id,
        order_id: row.order_id,
        visibility,
        added_at: row.added_at,
        position: row.position.cast_unsigned(),
    };
    changes.push(subject, channels, &data);
}
