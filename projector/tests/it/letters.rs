//! Dead letters as the tests read and change them.

use projector::Error;
use projector::dead_letters::{self, ParkedKey, Released, Seen};

use super::support::World;

/// A row of `dead_letters`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Letter {
    pub projection: String,
    pub position: i64,
    pub key: String,
    pub event_id: uuid::Uuid,
    pub event_type: String,
    pub state: String,
    pub reason: String,
    pub attempts: i32,
}

pub async fn list(world: &World) -> Vec<Letter> {
    sqlx::query_as(
        "SELECT projection, position, key, event_id, event_type, state, reason, attempts \
         FROM read_model.dead_letters ORDER BY position, projection",
    )
    .fetch_all(&world.pool)
    .await
    .unwrap()
}

pub async fn retry(world: &World, key: &ParkedKey) -> Result<Released, Error> {
    let mut tx = world.pool.begin().await.unwrap();
    let released = dead_letters::retry(&mut tx, &world.store, key).await?;
    tx.commit().await.unwrap();
    Ok(released)
}

/// The first letter of a key, as an operator sees it.
pub async fn seen(world: &World, key: &ParkedKey) -> Seen {
    let letters = list(world).await;
    let first = letters.iter().find(|letter| {
        letter.projection == key.projection && letter.key == key.key && letter.state != "skipped"
    });
    let first = first.unwrap();
    Seen {
        position: first.position,
        event_id: first.event_id,
        attempts: first.attempts,
    }
}

pub async fn skip(world: &World, key: &ParkedKey, seen: Seen, reason: &str) -> Result<Released, Error> {
    let mut tx = world.pool.begin().await.unwrap();
    let released = dead_letters::skip(&mut tx, &world.store, key, (seen, reason)).await?;
    tx.commit().await.unwrap();
    Ok(released)
}

/// Skips the first letter of a key. Returns how many behind it were applied.
pub async fn skip_first(world: &World, key: &ParkedKey, reason: &str) -> u64 {
    let seen = seen(world, key).await;
    skip(world, key, seen, reason).await.unwrap().applied
}
