//! Finds out for `realtime`, which has no SQL of its own, how an account takes part in an order.

use futures_util::future::BoxFuture;
use platform::auth::Principal;
use realtime::{AccessError, ChannelAccess};
use schemas::read_model::order::Party;
use sqlx::PgPool;
use uuid::Uuid;

/// Queries the read model, by the rule of the reads.
#[derive(Debug, Clone)]
pub struct ReadModelAccess {
    pool: PgPool,
}

impl ReadModelAccess {
    /// Queries through `pool`.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}

impl ChannelAccess for ReadModelAccess {
    fn party_to_order<'a>(
        &'a self,
        principal: &'a Principal,
        order_id: Uuid,
    ) -> BoxFuture<'a, Result<Option<Party>, AccessError>> {
        Box::pin(async move { Ok(query_api::party_to_order(&self.pool, principal, order_id).await?) })
    }
}
