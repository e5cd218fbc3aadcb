//! For those who run the platform.

use std::collections::BTreeMap;

use actix_web::web;
use platform::problem::Problem;
use platform::query::Query;
use sqlx::types::Json;

use super::{Answer, OneQuery, ok};
use crate::api::{Api, database};
use crate::view::{Courier, CourierList, Dashboard};

/// How many there are of each status.
type Counts = Json<BTreeMap<String, i64>>;

/// The most couriers that are listed.
const COURIERS_MAX: i64 = 1_000;

/// The couriers who can be assigned.
pub(crate) async fn couriers(api: web::Data<Api>, _: Query<OneQuery>) -> Answer {
    let items = sqlx::query_as!(
        Courier,
        "SELECT account_id AS id, name, email FROM command.accounts
         WHERE roles @> ARRAY['courier'] AND disabled_at IS NULL ORDER BY name, account_id LIMIT $1",
        COURIERS_MAX
    );
    ok(&CourierList {
        items: items.fetch_all(&api.pool).await.map_err(database)?,
    })
}

/// How many orders and deliveries stand where.
pub(crate) async fn dashboard(api: web::Data<Api>, query: Query<OneQuery>) -> Answer {
    api.wait_for(query.0.min_position).await?;
    let dashboard = api.dashboard.get((), read(&api)).await?;
    ok(&*dashboard.ok_or_else(Problem::not_found)?)
}

async fn read(api: &Api) -> Result<Option<Dashboard>, Problem> {
    let row = sqlx::query!(
        r#"SELECT
               (SELECT COALESCE(json_object_agg(status, n), '{}') FROM
                   (SELECT status, COUNT(*) AS n FROM read_model.orders GROUP BY status) AS counts)
                   AS "orders!: Counts",
               (SELECT COALESCE(json_object_agg(status, n), '{}') FROM
                   (SELECT status, COUNT(*) AS n FROM read_model.deliveries GROUP BY status) AS counts)
                   AS "deliveries!: Counts",
               (SELECT COUNT(*) FROM read_model.products WHERE status = 'listed') AS "products!",
               (SELECT COALESCE(MIN(position), 0) FROM read_model.checkpoints) AS "position!""#
    );
    let row = row.fetch_one(&api.pool).await.map_err(database)?;
    Ok(Some(Dashboard {
        orders: row.orders.0,
        deliveries: row.deliveries.0,
        products: row.products,
        position: row.position,
    }))
}
