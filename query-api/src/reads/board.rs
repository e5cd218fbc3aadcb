//! The admin's board.

use std::collections::BTreeMap;

use actix_web::web;
use platform::answer::Found;
use platform::problem::Problem;
use platform::query::Query;
use schemas::read_model;
use sqlx::types::Json;

use super::{Answer, OneQuery, found};
use crate::api::{Api, RETRY_AFTER_S, database};
use crate::position::ReadModels;
use crate::view::{Counts, Courier, CourierList, Dashboard};

/// The read models that the dashboard uses.
const USES: ReadModels = &[read_model::ORDERS, read_model::DELIVERIES, read_model::PRODUCTS];

/// Counts by status.
type ByStatus = Json<BTreeMap<String, i64>>;

/// The most couriers that are listed.
const COURIERS_MAX: i64 = 1_000;

/// The couriers who can be assigned.
pub(crate) async fn couriers(api: web::Data<Api>, _: Query<OneQuery>) -> Answer<Found<CourierList>> {
    let items = sqlx::query_as!(
        Courier,
        "SELECT account_id AS id, name, email FROM command.accounts
         WHERE roles @> ARRAY['courier'] AND disabled_at IS NULL ORDER BY name, account_id LIMIT $1",
        COURIERS_MAX
    );
    found(CourierList {
        items: items.fetch_all(&api.pool).await.map_err(database)?,
    })
}

/// The numbers of orders and deliveries by status, and the state of the projections.
pub(crate) async fn dashboard(api: web::Data<Api>, query: Query<OneQuery>) -> Answer<Found<Dashboard>> {
    api.wait_for(USES, query.0.min_position).await?;
    let counts = api.counts.get(USES, (), read(&api)).await?;
    let counts = counts.ok_or_else(Problem::not_found)?;
    // Not cached with the counts: a projection can stop without any position moving.
    let projections = api.consumers.projections().await;
    found(Dashboard {
        counts: Counts::clone(&counts),
        projections: projections.map_err(|error| Problem::unavailable(RETRY_AFTER_S, error))?,
    })
}

async fn read(api: &Api) -> Result<Option<Counts>, Problem> {
    let uses = USES.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let row = sqlx::query!(
        r#"SELECT
               (SELECT COALESCE(json_object_agg(status, n), '{}') FROM
                   (SELECT status, COUNT(*) AS n FROM read_model.orders GROUP BY status) AS counts)
                   AS "orders!: ByStatus",
               (SELECT COALESCE(json_object_agg(status, n), '{}') FROM
                   (SELECT status, COUNT(*) AS n FROM read_model.deliveries GROUP BY status) AS counts)
                   AS "deliveries!: ByStatus",
               (SELECT COUNT(*) FROM read_model.products WHERE status = 'listed') AS "products!",
               (SELECT COALESCE(MIN(position), 0) FROM read_model.checkpoints WHERE projection = ANY ($1))
                   AS "position!""#,
        &uses
    );
    let row = row.fetch_one(&api.pool).await.map_err(database)?;
    Ok(Some(Counts {
        orders: row.orders.0,
        deliveries: row.deliveries.0,
        products: row.products,
        position: row.position,
    }))
}
