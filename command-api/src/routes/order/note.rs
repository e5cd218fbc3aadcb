//! Notes on orders.

use actix_web::web;
use domain::order::{AddOrderNote, NOTE_TEXT_CHARS_MAX, NoteAuthor, NoteVisibility, PlacedOrder};
use domain::{OrderId, PersonId, validate};
use platform::auth::Permission;
use platform::json::Json;
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::is_owner;
use crate::api::Api;
use crate::routes::answer::{self, Made};
use crate::routes::call::Call;
use crate::routes::problem::{IntoProblem, rejected};
use crate::routes::sealing;

/// The note to add.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AddOrderNote")]
pub(in crate::routes) struct NoteBody {
    /// Plain text. White space around it is removed.
    #[schemars(length(min = 1, max = NOTE_TEXT_CHARS_MAX))]
    text: String,
    /// Who may read it.
    #[serde(default)]
    visibility: NoteVisibility,
}

/// `POST /orders/{id}/notes`: adds a note to an order.
pub(in crate::routes) async fn add(
    api: web::Data<Api>,
    call: Call,
    id: PathId<OrderId>,
    body: Json<NoteBody>,
) -> Result<Made, Problem> {
    let Json { value: body, bytes } = body;
    let order_id = id.0;
    let text = validate::text_of_lines("text", &body.text, 1..=NOTE_TEXT_CHARS_MAX).map_err(rejected)?;
    let found = api
        .lookup
        .order(order_id)
        .await
        .map_err(IntoProblem::into_problem)?;
    let author = match found.state.order() {
        Some(_) if is_owner(&call, &found.state) => customer(&call),
        Some(order) => staff(&call, order).ok_or_else(Problem::not_found)?,
        None => return Err(Problem::not_found()),
    };
    let text = sealing::seal(&api, person_of(author, order_id), text.as_bytes()).await?;
    let command = AddOrderNote {
        order_id,
        author,
        visibility: body.visibility,
        text,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}

fn customer(call: &Call) -> NoteAuthor {
    match call.account_id() {
        Some(account_id) => NoteAuthor::Customer { account_id },
        None => NoteAuthor::Guest,
    }
}

/// The author if the caller sells a line of the order, or is an admin.
fn staff(call: &Call, order: &PlacedOrder) -> Option<NoteAuthor> {
    let account_id = call.account_id()?;
    if order.is_sold_by(account_id) && call.may(Permission::ReadSales) {
        Some(NoteAuthor::Seller { account_id })
    } else if call.may(Permission::ManageOrders) {
        Some(NoteAuthor::Admin { account_id })
    } else {
        None
    }
}

fn person_of(author: NoteAuthor, order_id: OrderId) -> PersonId {
    match author {
        NoteAuthor::Guest => sealing::guest_of(order_id),
        NoteAuthor::Customer { account_id }
        | NoteAuthor::Seller { account_id }
        | NoteAuthor::Admin { account_id } => sealing::person_of(account_id),
    }
}
