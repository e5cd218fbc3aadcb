//! Compares the changes of projections with their declared kinds, payloads and channels.

use std::collections::BTreeSet;

use domain::order::{NoteAuthor, NoteVisibility};
use schemas::change::{Change, ChangeKind, payload};
use schemas::channel::Channel;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::types::Json;

use super::history::{End, Life, listed, sealed};
use super::support::World;

const ENDS: [End; 9] = [
    End::Placed,
    End::Expired,
    End::Cancelled,
    End::CancelledAfterConfirmation,
    End::Confirmed,
    End::OnTheWay,
    End::Completed,
    End::ReturnRejected,
    End::Refunded,
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
            ChangeKind::StockChanged => assert_payload::<payload::Stock>(&change),
            ChangeKind::ProductChanged => assert_payload::<payload::Product>(&change),
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
    let declared: BTreeSet<_> = ChangeKind::ALL
        .iter()
        .map(|kind| kind.as_str().to_owned())
        .collect();
    assert_eq!(seen, declared);
}
