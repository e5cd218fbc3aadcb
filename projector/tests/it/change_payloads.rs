//! Compares the changes of projections with their declared kinds, payloads and channels.

use std::collections::BTreeSet;

use domain::order::{NoteAuthor, NoteVisibility};
use schemas::change::{Change, ChangeKind, payload};
use schemas::channel::{Channel, ChannelName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::types::Json;

use super::history::{Dated, End, Life, courier, listed, sealed, seller};
use super::support::World;

const ENDS: [End; 12] = [
    End::Placed,
    End::Expired,
    End::Cancelled,
    End::CancelledAfterConfirmation,
    End::Confirmed,
    End::OnTheWay,
    End::Completed,
    End::ReturnRejected,
    End::Refunded,
    End::Returned,
    End::Reopened,
    End::CancelledAfterReturn,
];

/// The changes of orders with every possible end.
async fn changes() -> Vec<Change> {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    for (end, number) in ENDS.into_iter().zip(1..) {
        world.append(&Life::new(number, &[(0, 2)], end).events()).await;
    }
    let life = Life::new(1, &[(0, 2)], End::Placed);
    world
        .append(&[life.note(NoteAuthor::Guest, NoteVisibility::Shared, sealed())])
        .await;
    world.append(&[on_the_way().unassigned()]).await;
    published(&world).await
}

/// The order of the list above that is on the way.
fn on_the_way() -> Life {
    Life::new(6, &[(0, 2)], End::OnTheWay)
}

/// Projects everything, and returns the changes.
async fn published(world: &World) -> Vec<Change> {
    world.project_all().await;
    let batches: Vec<Json<Vec<Change>>> =
        sqlx::query_scalar("SELECT changes FROM read_model.changes ORDER BY to_position")
            .fetch_all(&world.pool)
            .await
            .unwrap();
    batches.into_iter().flat_map(|batch| batch.0).collect()
}

fn kind(change: &Change) -> ChangeKind {
    let kind = ChangeKind::ALL.iter().find(|kind| kind.as_str() == change.kind);
    *kind.unwrap_or_else(|| panic!("{} is not declared", change.kind))
}

/// Checks that the data has exactly the fields of `T`, each of its type.
fn assert_payload<T: Serialize + DeserializeOwned>(change: &Change) {
    let data: Value = serde_json::from_str(change.data.get()).unwrap();
    let payload: T = serde_json::from_value(data.clone())
        .unwrap_or_else(|error| panic!("{}: {error} in {data}", change.kind));
    assert_eq!(serde_json::to_value(&payload).unwrap(), data, "{}", change.kind);
}

#[tokio::test]
async fn changes_have_the_payload_of_their_kind_and_go_to_channels_that_carry_it() {
    let mut seen = BTreeSet::new();
    for change in changes().await {
        let kind = kind(&change);
        match kind {
            ChangeKind::OrderChanged => assert_payload::<payload::Order>(&change),
            ChangeKind::OrderNoteAdded => assert_payload::<payload::OrderNote>(&change),
            ChangeKind::DeliveryChanged => assert_payload::<payload::Delivery>(&change),
            ChangeKind::DeliveryLeft => assert_payload::<payload::FormerDelivery>(&change),
            ChangeKind::StockChanged => assert_payload::<payload::Stock>(&change),
            ChangeKind::ProductChanged => assert_payload::<payload::Product>(&change),
            ChangeKind::ReplayChanged | ChangeKind::SystemChanged => {
                panic!("{} is not of the log", change.kind)
            }
        }
        for name in &change.channels {
            let channel: Channel = name.parse().unwrap();
            assert!(
                channel.info().carries.contains(&kind),
                "{name} does not carry {}",
                change.kind
            );
        }
        seen.insert(change.kind);
    }
    let channels = ChannelName::ALL.iter().map(|name| name.info());
    let declared: BTreeSet<_> = channels
        .filter(|channel| !channel.is_latest())
        .flat_map(|channel| channel.carries)
        .map(|kind| kind.as_str().to_owned())
        .collect();
    assert_eq!(seen, declared);
}

#[tokio::test]
async fn each_seller_of_an_order_has_a_view_with_their_own_lines() {
    let mut world = World::create().await;
    for number in [0, 1] {
        world.append(&listed(number)).await;
    }
    let life = Life::new(1, &[(0, 2), (1, 3)], End::Completed);
    world.append(&life.events()).await;

    let changes = published(&world).await;

    let lines = life.order_lines();
    let orders = changes
        .iter()
        .filter(|change| kind(change) == ChangeKind::OrderChanged);
    let mut seen = 0;
    for change in orders {
        let whole: payload::Order = serde_json::from_str(change.data.get()).unwrap();
        let views = &change.readers.seller_views;
        let sellers: BTreeSet<_> = views.iter().map(|view| view.seller_id).collect();
        assert_eq!(sellers, [0, 1].map(|number| seller(number).as_uuid()).into());
        for view in views {
            let line = lines
                .iter()
                .find(|line| line.seller_id.as_uuid() == view.seller_id);
            let line = line.unwrap();
            let own: payload::Order = serde_json::from_str(view.data.get()).unwrap();
            assert_eq!(own.total.minor, line.unit_price_minor * line.quantity);
            assert_eq!((own.line_count, own.courier_id), (1, None));
            assert_eq!((own.status, own.position), (whole.status, whole.position));
        }
        seen += 1;
    }
    assert!(seen > 5, "{seen} changes");
}

#[tokio::test]
async fn a_courier_who_loses_a_delivery_is_excluded_and_told() {
    for lost in [Life::unassigned, Life::transferred] {
        assert_excluded_and_told(lost).await;
    }
}

async fn assert_excluded_and_told(lost: fn(&Life) -> Dated) {
    let mut world = World::create().await;
    world.append(&listed(0)).await;
    let life = on_the_way();
    world.append(&life.events()).await;
    world.append(&[lost(&life)]).await;

    let changes = published(&world).await;

    let excluding: Vec<_> = changes
        .iter()
        .filter(|change| !change.readers.former_couriers.is_empty())
        .collect();
    let [excluding] = excluding[..] else {
        panic!("{excluding:?}")
    };
    assert_eq!(excluding.readers.former_couriers, [courier().as_uuid()]);
    assert_eq!(kind(excluding), ChangeKind::OrderChanged);
    let channel = Channel::Courier(courier().as_uuid()).to_string();
    let told: Vec<_> = changes
        .iter()
        .filter(|change| change.channels.contains(&channel))
        .collect();
    let last = told.last().unwrap();
    assert_eq!(kind(last), ChangeKind::DeliveryLeft);
    assert_eq!(last.channels, [channel]);
}
