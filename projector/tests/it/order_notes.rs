//! Notes on orders: their rows, and who is told.

use domain::order::{NoteAuthor, NoteVisibility};
use schemas::change::{Change, payload};
use schemas::channel::Channel;
use sqlx::types::Json;
use uuid::Uuid;

use super::history::{End, Life, account, listed, sealed, seller};
use super::support::World;

async fn note_changes(world: &World) -> Vec<Change> {
    let batches: Vec<Json<Vec<Change>>> =
        sqlx::query_scalar("SELECT changes FROM read_model.changes ORDER BY to_position")
            .fetch_all(&world.pool)
            .await
            .unwrap();
    let changes = batches.into_iter().flat_map(|batch| batch.0);
    changes
        .filter(|change| change.kind == "order.note-added")
        .collect()
}

#[tokio::test]
async fn notes_are_rows_and_internal_ones_are_announced_to_admins_alone() {
    let mut world = World::create().await;
    world.append(&listed(1)).await;
    let life = Life::new(1, &[(1, 2)], End::Completed);
    world.append(&life.events()).await;
    let internal = NoteAuthor::Seller {
        account_id: seller(1),
    };
    let shared = NoteAuthor::Customer {
        account_id: account(0x101),
    };
    let first = world
        .append(&[life.note(internal, NoteVisibility::Internal, sealed())])
        .await;
    let second = world
        .append(&[life.note(shared, NoteVisibility::Shared, sealed())])
        .await;
    world.project_all().await;

    let rows: Vec<(Uuid, Uuid, Json<NoteAuthor>, bool, i64)> = sqlx::query_as(
        "SELECT id, order_id, author, is_internal, position FROM read_model.order_notes ORDER BY position",
    )
    .fetch_all(&world.pool)
    .await
    .unwrap();
    let order_id = life.order_id().as_uuid();
    let seen: Vec<_> = rows.iter().map(|row| (row.1, row.2.0, row.3, row.4)).collect();
    assert_eq!(
        seen,
        [
            (order_id, internal, true, first),
            (order_id, shared, false, second),
        ]
    );

    let changes = note_changes(&world).await;
    let (orders, order) = (Channel::Orders.to_string(), Channel::Order(order_id).to_string());
    let channels: Vec<_> = changes.iter().map(|change| change.channels.clone()).collect();
    assert_eq!(channels, [vec![orders.clone()], vec![orders, order]]);
    let notes: Vec<payload::OrderNote> = changes
        .iter()
        .map(|change| serde_json::from_str(change.data.get()).unwrap())
        .collect();
    assert_eq!(
        notes.iter().map(|note| note.id).collect::<Vec<_>>(),
        [rows[0].0, rows[1].0]
    );
    world.assert_rebuilt_equal().await;
}

#[tokio::test]
async fn a_note_moves_the_version_of_the_order_and_not_its_status() {
    let mut world = World::create().await;
    world.append(&listed(1)).await;
    let life = Life::new(1, &[(1, 2)], End::Placed);
    world.append(&life.events()).await;
    world
        .append(&[life.note(NoteAuthor::Guest, NoteVisibility::Shared, sealed())])
        .await;
    world.project_all().await;
    let row: (String, i64) = sqlx::query_as("SELECT status, version FROM read_model.orders WHERE id = $1")
        .bind(life.order_id().as_uuid())
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(row, ("pending".to_owned(), 2));
}
