//! Products: listing, changing and withdrawing them, and listing them again.

use actix_web::web;
use domain::product::{
    CATEGORY_CHARS_MAX, ChangeProduct, DESCRIPTION_CHARS_MAX, ListProduct, NAME_CHARS_MAX, RelistProduct,
    WithdrawProduct,
};
use domain::{Money, ProductState, Sku, validate};
use platform::auth::Permission;
use platform::json::{Json, JsonOrDefault};
use platform::path::PathId;
use platform::problem::Problem;
use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{self, Changed, Made};
use super::call::{Call, IfMatch, execute};
use super::order::OptionalReasonBody;
use super::problem::{IntoProblem, rejected};
use super::returns::NoBody;
use super::sealing;
use crate::api::Api;
use crate::executor::Submission;
use crate::lookup::Found;

/// The product to list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ListProduct")]
pub(super) struct ListProductBody {
    #[schemars(example = &"85123A")]
    sku: Sku,
    #[schemars(length(min = 1, max = NAME_CHARS_MAX), example = &"White hanging heart T-light holder")]
    name: String,
    #[schemars(length(max = DESCRIPTION_CHARS_MAX))]
    description: String,
    #[schemars(length(min = 1, max = CATEGORY_CHARS_MAX), example = &"Lighting")]
    category: String,
    /// Above zero.
    price: Money,
}

/// The fields to change; others stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChangeProduct")]
pub(super) struct ChangeProductBody {
    #[schemars(length(min = 1, max = NAME_CHARS_MAX))]
    name: Option<String>,
    #[schemars(length(max = DESCRIPTION_CHARS_MAX))]
    description: Option<String>,
    #[schemars(length(min = 1, max = CATEGORY_CHARS_MAX))]
    category: Option<String>,
    /// Above zero.
    price: Option<Money>,
}

/// `POST /products`: lists a product; the caller is its seller.
pub(super) async fn list(
    api: web::Data<Api>,
    call: Call,
    body: Json<ListProductBody>,
) -> Result<Made, Problem> {
    let Json { value: body, bytes } = body;
    let seller_id = call.account_id().ok_or_else(Problem::forbidden)?;
    let command = ListProduct {
        sku: body.sku,
        name: body.name,
        description: body.description,
        category: body.category,
        price: body.price,
        seller_id,
    };
    let accepted = call.execute(&api, command, &bytes).await?;
    Ok(answer::made(&accepted))
}

/// `PATCH /products/{sku}`: changes details, price, or both. Needs `If-Match` with the product's version, so that
/// nobody overwrites a change that they have not seen.
pub(super) async fn change(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    if_match: IfMatch,
    body: Json<ChangeProductBody>,
) -> Result<Changed, Problem> {
    let Json { value: body, bytes } = body;
    let sku = sku.0;
    let product = own_product(&api, &call, &sku).await?;
    let change = ChangeProduct {
        sku,
        name: body.name,
        description: body.description,
        category: body.category,
        price: body.price,
    };
    if change.is_empty() {
        return Err(Problem::invalid_field("", "changes nothing"));
    }
    let submission = call.submission(change, &bytes)?;
    if let Err(stale) = if_match.check(product.version) {
        // The version may be newer because this request is a repetition, and the first one changed it.
        if !was_carried_out(&api, &submission).await? {
            return Err(stale);
        }
    }
    let accepted = execute(&api, submission).await?;
    Ok(answer::changed(&accepted))
}

/// `DELETE /products/{sku}`: unlists a product.
pub(super) async fn withdraw(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    body: JsonOrDefault<OptionalReasonBody>,
) -> Result<Changed, Problem> {
    own_product(&api, &call, &sku.0).await?;
    let reason =
        validate::note("reason", body.value.reason.as_deref().unwrap_or_default()).map_err(rejected)?;
    let command = WithdrawProduct {
        sku: sku.0,
        reason: sealing::by_author(&api, &call, &reason).await?,
    };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// `POST /products/{sku}/relisting`: lists an unlisted product again.
pub(super) async fn relist(
    api: web::Data<Api>,
    call: Call,
    sku: PathId<Sku>,
    body: JsonOrDefault<NoBody>,
) -> Result<Changed, Problem> {
    own_product(&api, &call, &sku.0).await?;
    let command = RelistProduct { sku: sku.0 };
    let accepted = call.execute(&api, command, &body.bytes).await?;
    Ok(answer::changed(&accepted))
}

/// The product, if the caller sells it or may manage all products.
pub(super) async fn own_product(api: &Api, call: &Call, sku: &Sku) -> Result<Found<ProductState>, Problem> {
    let found = api
        .lookup
        .product(sku.clone())
        .await
        .map_err(IntoProblem::into_problem)?;
    let product = found.state.product().ok_or_else(Problem::not_found)?;
    if call.account_id() == Some(product.seller_id) || call.may(Permission::ManageProducts) {
        Ok(found)
    } else {
        Err(Problem::not_found())
    }
}

/// Whether the store holds an answer for the submission's idempotency key.
async fn was_carried_out(api: &Api, submission: &Submission) -> Result<bool, Problem> {
    let Some(idempotency) = &submission.idempotency else {
        return Ok(false);
    };
    let stored_key = format!("{}/{}", idempotency.scope, idempotency.key);
    let known = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM event_store.commands WHERE idempotency_key = $1) AS "known!""#,
        stored_key
    );
    known
        .fetch_one(&api.pool)
        .await
        .map_err(IntoProblem::into_problem)
}
