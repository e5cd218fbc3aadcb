//! The differences between two moments of an object, by field, each with the event that made it.

use std::collections::BTreeMap;

use actix_web::web;
use platform::answer::Found;
use platform::auth::Authenticated;
use platform::path::PathId;
use platform::problem::{FieldError, Problem};
use platform::query::Query;
use projector::past::Past as _;
use schemars::JsonSchema;
use serde::Deserialize;

use super::fields::Fields;
use super::history::fields;
use super::life::unreadable;
use super::{Entity, Life, Moment, Sight, step};
use crate::api::Api;
use crate::position::MinPosition;
use crate::reads::Answer;
use crate::view::{Difference, Differences, FieldChange};

/// The parameters of a comparison.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiffQuery {
    /// The earlier moment: a version, a time, or `position:` and a position of the log.
    #[schemars(with = "String", example = &"1")]
    from: Moment,
    /// The later moment; the present if it is not given.
    #[schemars(with = "Option<String>", example = &"2026-03-01T09:30:00Z")]
    to: Option<Moment>,
    /// Wait until the read models have reached this position, for at most 5 seconds.
    min_position: Option<MinPosition>,
}

/// The fields of an object that differ between two moments, as the reader sees them.
pub(crate) async fn diff<E: Entity>(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<E::Id>,
    query: Query<DiffQuery>,
) -> Answer<Found<Differences>> {
    let (id, query) = (id.0, query.0);
    let reached = api.wait_for(E::USES, query.min_position).await?;
    let sight = E::sight(&api, &reader, &id).await?;
    let life = Life::load::<E>(&api, &id).await?;
    reached.found(differences::<E>(&api, &life, &id, &sight, (query.from, query.to)).await?)
}

/// The fields that differ between two moments; without the second, up to now.
///
/// # Errors
/// 404 for a moment before the first event; 409 for an event that cannot be applied; 422 for a moment that does not
/// exist, or the wrong order.
pub(crate) async fn differences<E: Entity>(
    api: &Api,
    life: &Life,
    id: &E::Id,
    sight: &Sight<E::Shown>,
    (from, to): (Moment, Option<Moment>),
) -> Result<Differences, Problem> {
    let from = life.count_at(api, from, "?from").await?;
    let to = match to {
        Some(to) => life.count_at(api, to, "?to").await?,
        None => life.events.len(),
    };
    if to < from {
        return Err(Problem::validation(vec![FieldError::new(
            "?to",
            "must not be before `from`",
        )]));
    }
    let mut items = Vec::new();
    for (change, index) in changes::<E>(life, id, sight, from, to)? {
        let event = step::occurrence(&api.keys, life, index, sight).await?;
        items.push(Difference { change, event });
    }
    Ok(Differences {
        from: life.as_of(from)?,
        to: life.as_of(to)?,
        items,
    })
}

/// The fields that differ after `from` and after `to` events, each with the index of the event that changed it last.
fn changes<E: Entity>(
    life: &Life,
    id: &E::Id,
    sight: &Sight<E::Shown>,
    from: usize,
    to: usize,
) -> Result<Vec<(FieldChange, usize)>, Problem> {
    let mut past = E::before_all(id);
    for event in &life.events[..from] {
        past.apply(event).map_err(unreadable)?;
    }
    let first: Fields = fields::<E>(&past, sight)?;
    let mut now = first.clone();
    let mut changed_by: BTreeMap<String, usize> = BTreeMap::new();
    for (index, event) in life.events[..to].iter().enumerate().skip(from) {
        past.apply(event).map_err(unreadable)?;
        let next = fields::<E>(&past, sight)?;
        changed_by.extend(now.changed(&next).into_iter().map(|field| (field, index)));
        now = next;
    }
    let differences = changed_by.into_iter().map(|(field, index)| {
        let change = FieldChange {
            from: first.value(&field),
            to: now.value(&field),
            field,
        };
        (change, index)
    });
    Ok(differences
        .filter(|(change, _)| change.from != change.to)
        .collect())
}
