//! What admins do for persons who ask: find them, export their data, and see which erasures were requested.

use actix_web::web;
use platform::answer::Found;
use platform::auth::{Authenticated, Permission};
use platform::json::Json;
use platform::problem::Problem;
use platform::query::{Limit, Page, Query};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{SUBJECT_CHARS_MAX, found};
use crate::api::Api;
use crate::privacy::{self, Erasure, Export, Overview};
use crate::routes::problem::IntoProblem;

/// The name of the list in its cursors.
const LIST: &str = "erasures";

/// A person, named in the body so that no log of addresses has the name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FindPerson")]
pub(in crate::routes) struct PersonBody {
    /// The e-mail address or id of an account, or the number or id of a guest's order.
    #[schemars(length(min = 1, max = SUBJECT_CHARS_MAX), example = &"ada@example.com")]
    person: String,
}

/// The parameters of the list of erasures.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct ErasuresQuery {
    /// The largest number of items.
    #[serde(default)]
    limit: Limit,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

/// `POST /admin/privacy/persons`: finds a person.
pub(in crate::routes) async fn find(
    api: web::Data<Api>,
    caller: Authenticated,
    body: Json<PersonBody>,
) -> Result<Found<Overview>, Problem> {
    let subject = found(&api, &body.value.person).await?;
    let may_erase_admins = caller.may(Permission::ManageAccounts);
    let overview = privacy::overview(&api.pool, &api.lookup, subject, may_erase_admins).await;
    overview.map(Found).map_err(IntoProblem::into_problem)
}

/// `POST /admin/privacy/exports`: everything that is stored about a person.
pub(in crate::routes) async fn export(
    api: web::Data<Api>,
    caller: Authenticated,
    body: Json<PersonBody>,
) -> Result<Found<Export>, Problem> {
    let subject = found(&api, &body.value.person).await?;
    let export = privacy::export(&api.pool, &api.lookup, &api.keys, subject).await;
    let export = export.map_err(IntoProblem::into_problem)?;
    tracing::info!(
        person.id = %subject.person_id(),
        admin.id = %caller.subject,
        "An admin exported the data of a person."
    );
    Ok(Found(export))
}

/// `GET /admin/privacy/erasures`: the erasures, newest first.
pub(in crate::routes) async fn erasures(
    api: web::Data<Api>,
    query: Query<ErasuresQuery>,
) -> Result<Found<Page<Erasure>>, Problem> {
    let query = query.0;
    let before = match &query.cursor {
        Some(cursor) => api.cursors.decode(LIST, cursor)?,
        None => i64::MAX,
    };
    let limit = i64::from(query.limit.get());
    let items = privacy::erasures(&api.pool, &api.keys, before, limit).await;
    let items = items.map_err(IntoProblem::into_problem)?;
    let is_full = i64::try_from(items.len()) == Ok(limit);
    let last = items.last().filter(|_| is_full);
    let next_cursor = last.map(|last| api.cursors.encode(LIST, &last.position));
    Ok(Found(Page {
        next_cursor: next_cursor.transpose()?,
        items,
    }))
}
