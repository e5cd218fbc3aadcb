//! The history of an object: each event with what it changed, page by page.

use actix_web::web;
use platform::answer::Found;
use platform::auth::Authenticated;
use platform::path::PathId;
use platform::problem::Problem;
use platform::query::{Page, Query};
use projector::past::Past as _;

use super::fields::Fields;
use super::life::unreadable;
use super::{Entity, Life, Sight, step};
use crate::api::Api;
use crate::page::{List, ListQuery};
use crate::reads::Answer;
use crate::view::{FieldChange, HistoryEvent, Stock};

/// An event that the reader sees.
struct Seen {
    index: usize,
    changes: Vec<FieldChange>,
    level: Option<Stock>,
}

/// The events of an object that the reader may see, oldest first.
pub(crate) async fn history<E: Entity>(
    api: web::Data<Api>,
    reader: Authenticated,
    id: PathId<E::Id>,
    query: Query<ListQuery>,
) -> Answer<Found<Page<HistoryEvent>>> {
    let id = id.0;
    let name = format!("history {} {}", E::stream(&id), reader.subject);
    let (list, after) = List::open(&api, E::USES, name, query.0, 0).await?;
    let sight = E::sight(&api, &reader, &id).await?;
    let life = Life::load::<E>(&api, &id).await?;
    let part = Part {
        after,
        count_max: usize::try_from(list.row_count()).map_err(Problem::internal)?,
    };
    let items = events::<E>(&api, &life, &id, &sight, part).await?;
    let page = list.page(items, |item| item.event.position)?;
    list.reached.found(page)
}

/// A part of a history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// It begins after this position.
    after: i64,
    /// The largest number of events.
    count_max: usize,
}

impl Part {
    /// All of it.
    pub const ALL: Self = Self {
        after: 0,
        count_max: usize::MAX,
    };
}

/// A part of the events that the reader sees.
///
/// # Errors
/// 409 when one of them cannot be applied.
pub(crate) async fn events<E: Entity>(
    api: &Api,
    life: &Life,
    id: &E::Id,
    sight: &Sight<E::Shown>,
    part: Part,
) -> Result<Vec<HistoryEvent>, Problem> {
    let mut items = Vec::new();
    for seen in seen::<E>(life, id, sight, part)? {
        items.push(HistoryEvent {
            event: step::occurrence(&api.keys, life, seen.index, sight).await?,
            changes: seen.changes,
            level: seen.level,
        });
    }
    Ok(items)
}

/// A part of the events that the reader sees.
fn seen<E: Entity>(
    life: &Life,
    id: &E::Id,
    sight: &Sight<E::Shown>,
    part: Part,
) -> Result<Vec<Seen>, Problem> {
    let mut past = E::before_all(id);
    let mut before: Option<Fields> = None;
    let mut found = Vec::new();
    for (index, event) in life.events.iter().enumerate() {
        if event.position > part.after && before.is_none() {
            before = Some(fields::<E>(&past, sight)?);
        }
        past.apply(event).map_err(unreadable)?;
        let Some(known) = before.take() else { continue };
        let now = fields::<E>(&past, sight)?;
        if sight.sees_all || now != known {
            let changes = known.changed(&now).into_iter().map(|field| FieldChange {
                from: known.value(&field),
                to: now.value(&field),
                field,
            });
            found.push(Seen {
                index,
                changes: changes.collect(),
                level: past.row().and_then(|row| E::level(id, &row)),
            });
        }
        if found.len() == part.count_max {
            break;
        }
        before = Some(now);
    }
    Ok(found)
}

/// The fields that the reader sees; none before the object exists.
pub(super) fn fields<E: Entity>(past: &E::Past, sight: &Sight<E::Shown>) -> Result<Fields, Problem> {
    match past.row() {
        Some(row) => Ok(Fields::of(E::fields(sight, row)?)),
        None => Ok(Fields::default()),
    }
}
