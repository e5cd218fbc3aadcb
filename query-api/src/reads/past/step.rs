//! One event of a life as a reader sees it: what, who, why, and because of what.

use domain::delivery::DeliveryEvent;
use domain::order::OrderEvent;
use domain::product::ProductEvent;
use domain::returns::ReturnEvent;
use domain::stock::StockEvent;
use domain::{Event, FreeText};
use event_store::KeyRing;
use platform::problem::Problem;
use schemas::codec;
use schemas::envelope::{Actor, Metadata, RecordedEvent};
use serde_json::Value;
use uuid::Uuid;

use super::{Life, People, Sight};
use crate::sealed;
use crate::view::{ActorRole, Cause, Occurrence};

/// The reason in an event, and whether a timeline shows it to everyone who sees the object.
fn reason(event: &Event) -> Option<(&FreeText, bool)> {
    let found = match event {
        Event::Order(OrderEvent::OrderCancelled(event)) => (&event.reason, true),
        Event::Delivery(event) => match event {
            DeliveryEvent::DeliveryAttemptFailed(event) => (&event.reason, true),
            DeliveryEvent::DeliveryReopened(event) => (&event.reason, true),
            DeliveryEvent::DeliveryOfferDeclined(event) => (&event.reason, false),
            DeliveryEvent::DeliveryUnassigned(event) => (&event.reason, false),
            DeliveryEvent::DeliveryTransferred(event) => (&event.reason, false),
            DeliveryEvent::DeliveryDelivered(event) => (event.admin_reason.as_ref()?, false),
            _ => return None,
        },
        Event::Return(ReturnEvent::ReturnRequested(event)) => (&event.reason, false),
        Event::Return(ReturnEvent::ReturnRejected(event)) => (&event.reason, false),
        Event::Product(ProductEvent::ProductWithdrawn(event)) => (&event.reason, false),
        Event::Stock(StockEvent::StockReceived(event)) => (&event.reference, false),
        Event::Stock(StockEvent::StockAdjusted(event)) => (&event.reason, false),
        _ => return None,
    };
    (!found.0.is_empty()).then_some(found)
}

/// The role in which `actor` caused an event with this payload.
fn role(actor: &Actor, people: &People, payload: &Value) -> ActorRole {
    match actor {
        Actor::Guest => ActorRole::Guest,
        Actor::Policy { .. } => ActorRole::Policy,
        Actor::Tool { .. } => ActorRole::Tool,
        Actor::Account { account_id } => {
            let is_named = |name: &str| {
                let named = payload.get(name).and_then(Value::as_str);
                named.and_then(|id| id.parse::<Uuid>().ok()) == Some(*account_id)
            };
            if people.customer_id == Some(*account_id) {
                ActorRole::Customer
            } else if is_named("courier_id") || is_named("from_courier_id") {
                ActorRole::Courier
            } else if people.seller_ids.contains(account_id) || is_named("seller_id") {
                ActorRole::Seller
            } else {
                ActorRole::Staff
            }
        }
    }
}

/// The event at `index` of `life`, as the reader of `sight` sees it.
///
/// # Errors
/// 503 when a key cannot be read; 500 when the event cannot be.
pub(super) async fn occurrence<S>(
    keys: &KeyRing,
    life: &Life,
    index: usize,
    sight: &Sight<S>,
) -> Result<Occurrence, Problem> {
    let recorded = &life.events[index];
    let metadata: Metadata = serde_json::from_str(recorded.metadata.get()).map_err(Problem::internal)?;
    let payload: Value = serde_json::from_str(recorded.payload.get()).map_err(Problem::internal)?;
    let is_own = match metadata.actor {
        Actor::Account { account_id } => sight.account_id == Some(account_id),
        // A reader without an account is the guest of the order.
        Actor::Guest => sight.account_id.is_none(),
        Actor::Policy { .. } | Actor::Tool { .. } => false,
    };
    Ok(Occurrence {
        position: recorded.position,
        stream_id: recorded.stream_id.clone(),
        version: recorded.version,
        event_id: recorded.event_id,
        event_type: recorded.event_type.clone(),
        occurred_at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        role: role(&metadata.actor, &sight.people, &payload),
        is_own,
        actor: sight.sees_all.then(|| metadata.actor.to_string()),
        reason: opened_reason(keys, recorded, sight).await?,
        cause: metadata.causation_id.and_then(|id| cause(life, index, id)),
        causation_id: metadata.causation_id.filter(|_| sight.sees_all),
        correlation_id: sight.sees_all.then_some(metadata.correlation_id),
        command_id: sight.sees_all.then_some(metadata.command_id),
    })
}

async fn opened_reason<S>(
    keys: &KeyRing,
    recorded: &RecordedEvent,
    sight: &Sight<S>,
) -> Result<Option<Option<String>>, Problem> {
    let event = codec::decode(
        &recorded.event_type,
        recorded.schema_version,
        recorded.payload.get(),
    );
    let event = event.map_err(Problem::internal)?;
    match reason(&event) {
        Some((text, is_in_timeline)) if is_in_timeline || sight.sees_reasons => {
            let opened = sealed::open_free_text(keys, text, sight.people.person_id).await?;
            Ok(Some(opened))
        }
        _ => Ok(None),
    }
}

/// The event of the same life to which a policy reacted with the event at `index`.
fn cause(life: &Life, index: usize, event_id: Uuid) -> Option<Cause> {
    let earlier = life.events[..index].iter().rev();
    let cause = earlier.into_iter().find(|event| event.event_id == event_id)?;
    Some(Cause {
        position: cause.position,
        event_type: cause.event_type.clone(),
    })
}
