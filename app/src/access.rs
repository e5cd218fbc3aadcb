//! Finds the participants of an order for `realtime`, which has no SQL of its own.

use futures_util::future::BoxFuture;
use platform::auth::Principal;
use realtime::{AccessError, ChannelAccess};
use sqlx::PgPool;
use uuid::Uuid;

/// Queries the read model for participants.
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
    fn may_read_order<'a>(
        &'a self,
        principal: &'a Principal,
        order_id: Uuid,
    ) -> BoxFuture<'a, Result<bool, AccessError>> {
        Box::pin(async move {
            let Some(account_id) = principal.account_id() else {
                return Ok(false);
            };
            let allowed = sqlx::query_scalar!(
                r#"SELECT EXISTS (
                       SELECT FROM read_model.orders
                       WHERE id = $1 AND (customer_id = $2 OR courier_id = $2 OR $2 = ANY (seller_ids))
                   ) AS "allowed!""#,
                order_id,
                account_id
            )
            .fetch_one(&self.pool)
            .await?;
            Ok(allowed)
        })
    }
}
