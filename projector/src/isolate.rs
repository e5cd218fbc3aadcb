//! Applying a batch whatever is in it: an event whose data the database refuses is found and parked.

use sqlx::PgConnection;

use crate::Error;
use crate::batch::{self, Applied, Effects, ProjectionBatch};
use crate::parking::Parking;

/// Applies `batch`, and hands what was done to `on_applied`, in order. When the database refuses the data of
/// some event, smaller and smaller parts are tried until that event stands alone; it is parked, and the rest goes
/// on.
///
/// # Errors
/// When the database fails for another reason, or another projector leads.
pub(crate) async fn apply(
    connection: &mut PgConnection,
    batch: ProjectionBatch,
    parking: &mut Parking,
    effects: Effects,
    mut on_applied: impl FnMut(Applied),
) -> Result<(), Error> {
    let mut waiting = vec![batch];
    while let Some(batch) = waiting.pop() {
        let applied = match batch::apply(connection, &batch, parking, &[], effects).await {
            Ok(applied) => applied,
            Err(error) if error.is_refused_data() => match batch.halves() {
                Ok((first, second)) => {
                    waiting.extend([second, first]);
                    continue;
                }
                Err(single) => {
                    let refused = batch::find_refused(connection, &single, parking).await?;
                    batch::apply(connection, &single, parking, &refused, effects).await?
                }
            },
            Err(error) => return Err(error),
        };
        parking.clone_from(&applied.parking);
        on_applied(applied);
    }
    Ok(())
}
