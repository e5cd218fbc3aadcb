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
    position: i64,
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
    let count_max = usize::try_from(list.row_count()).map_err(Problem::internal)?;
    let page = list.page(seen::<E>(&life, &id, &sight, after, count_max)?, |seen| {
        seen.position
    })?;
    let mut items = Vec::with_capacity(page.items.len());
    for seen in page.items {
        items.push(HistoryEvent {
            event: step::occurrence(&api.keys, &life, seen.index, &sight).await?,
            changes: seen.changes,
            level: seen.level,
        });
    }
    list.reached.found(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// The first `count_max` events after position `after` that the reader sees.
fn seen<E: Entity>(
    life: &Life,
    id: &E::Id,
    sight: &Sight<E::Shown>,
    after: i64,
    count_max: usize,
) -> Result<Vec<Seen>, Problem> {
    let mut past = E::before_all(id);
    let mut before: Option<Fields> = None;
    let mut found = Vec::new();
    for (index, event) in life.events.iter().enumerate() {
        if event.position > after && before.is_none() {
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
                position: event.position,
                changes: changes.collect(),
                level: past.row().and_then(|row| E::level(id, &row)),
            });
        }
        if found.len() == count_max {
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
