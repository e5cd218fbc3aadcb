//! The notes on one order.

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::Sealed;
use domain::order::{NoteAuthor, NoteVisibility};
use platform::answer::Found;
use platform::auth::{Authenticated, Permission, Principal};
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Page, Query};
use schemars::JsonSchema;
use schemas::read_model;
use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

use super::one::StoredOrder;
use super::visibility;
use crate::api::{Api, database};
use crate::page::{List, ListQuery};
use crate::position::ReadModels;
use crate::reads::Answer;
use crate::sealed;

/// The read models that these reads use.
const USES: ReadModels = &[read_model::ORDERS, read_model::ORDER_NOTES];

/// Who wrote a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NoteRole {
    /// The customer.
    Customer,
    /// The guest who placed the order.
    Guest,
    /// A seller of one of its lines.
    Seller,
    /// An admin.
    Admin,
}

/// A note on an order.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OrderNote {
    id: Uuid,
    /// Who wrote it.
    role: NoteRole,
    /// Whether the caller wrote it.
    is_own: bool,
    /// Who may read it.
    visibility: NoteVisibility,
    /// The text; null if its author was erased.
    text: Option<String>,
    added_at: DateTime<Utc>,
    position: i64,
}

/// A row of `order_notes`.
#[derive(Debug)]
struct StoredNote {
    id: Uuid,
    author: Json<NoteAuthor>,
    is_internal: bool,
    text: Json<Sealed>,
    added_at: DateTime<Utc>,
    position: i64,
}

/// The notes on one order, newest first: shared ones for everyone who may read the order, internal ones for their author
/// and for those who may read every order.
pub(crate) async fn list(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<Uuid>,
    query: Query<ListQuery>,
) -> Answer<Found<Page<OrderNote>>> {
    let order_id = id.0;
    let name = format!("order-notes {order_id} {}", reader.subject);
    let (list, place) = List::open(&api, USES, name, query.0, i64::MAX).await?;
    let order = StoredOrder::read(&api.pool, order_id).await.map_err(database)?;
    order
        .and_then(|order| visibility(&reader, &order))
        .ok_or_else(Problem::not_found)?;
    let notes = sqlx::query_as!(
        StoredNote,
        r#"SELECT id, author AS "author: Json<NoteAuthor>", is_internal, text AS "text: Json<Sealed>", added_at, position
           FROM read_model.order_notes
           WHERE order_id = $1 AND position < $2
               AND (NOT is_internal OR $3 OR (author->>'account_id')::uuid = $4)
           ORDER BY position DESC LIMIT $5"#,
        order_id,
        place,
        reader.may(Permission::ReadOrders),
        reader.account_id(),
        list.row_count()
    );
    let notes = notes.fetch_all(&api.pool).await.map_err(database)?;
    let page = list.page(notes, |note| note.position)?;
    let mut items = Vec::with_capacity(page.items.len());
    for note in page.items {
        items.push(shown(&api, &reader, note).await?);
    }
    list.reached.found(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// The note as `reader` sees it.
async fn shown(api: &Api, reader: &Principal, note: StoredNote) -> Result<OrderNote, Problem> {
    let (role, author_id) = match note.author.0 {
        NoteAuthor::Customer { account_id } => (NoteRole::Customer, Some(account_id)),
        NoteAuthor::Guest => (NoteRole::Guest, None),
        NoteAuthor::Seller { account_id } => (NoteRole::Seller, Some(account_id)),
        NoteAuthor::Admin { account_id } => (NoteRole::Admin, Some(account_id)),
    };
    let is_own = match author_id {
        Some(account_id) => reader.account_id() == Some(account_id.as_uuid()),
        // A guest's token is valid for one order, which is this one.
        None => reader.guest_order_id().is_some(),
    };
    Ok(OrderNote {
        id: note.id,
        role,
        is_own,
        visibility: if note.is_internal {
            NoteVisibility::Internal
        } else {
            NoteVisibility::Shared
        },
        text: sealed::open_text(&api.keys, &note.text.0).await?,
        added_at: note.added_at,
        position: note.position,
    })
}
