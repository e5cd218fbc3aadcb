//! Applies a batch even if the database rejects the data of an event in it: that event is found and parked.

use sqlx::PgConnection;

use crate::Error;
use crate::batch::{self, Applied, ProjectionBatch, Target};
use crate::parking::Parking;

/// Applies `batch` to `target`, and passes each applied part to `on_applied`, in order. If the database rejects the
/// data of an event, smaller and smaller parts are tried until that event is isolated; it is parked, and the rest is
/// applied.
///
/// # Errors
/// When the database fails for another reason, or another projector leads.
pub(crate) async fn apply(
    connection: &mut PgConnection,
    batch: ProjectionBatch,
    target: &Target,
    parking: &mut Parking,
    mut on_applied: impl FnMut(Applied),
) -> Result<(), Error> {
    let mut waiting = vec![batch];
    while let Some(batch) = waiting.pop() {
        let applied = match batch::apply(connection, &batch, target, parking, &[]).await {
            Ok(applied) => applied,
            Err(error) if error.is_refused_data() => match batch.halves() {
                Ok((first, second)) => {
                    waiting.extend([second, first]);
                    continue;
                }
                Err(single) => {
                    let refused = batch::find_refused(connection, &single, target, parking).await?;
                    batch::apply(connection, &single, target, parking, &refused).await?
                }
            },
            Err(error) => return Err(error),
        };
        parking.clone_from(&applied.parking);
        on_applied(applied);
    }
    Ok(())
}
