//! The first events of streams, which have what a row of a file had.

use chrono::{DateTime, Utc};
use domain::{Event, StreamId};
use event_store::{Error, Store};
use schemas::codec;

/// Streams read by one statement, which must not take longer than the database allows.
const STREAMS_MAX: usize = 500;

/// Calls `visit` with the first event of each of the streams that exist, and its time.
///
/// # Errors
/// When the database fails, or an event cannot be decoded.
pub async fn read(
    store: &Store,
    streams: impl Iterator<Item = StreamId>,
    mut visit: impl FnMut(Event, DateTime<Utc>),
) -> Result<(), Error> {
    let stream_ids: Vec<String> = streams.map(|stream| stream.to_string()).collect();
    for stream_ids in stream_ids.chunks(STREAMS_MAX) {
        for recorded in store.read_first(stream_ids).await? {
            let (event_type, version) = (&recorded.event_type, recorded.schema_version);
            let decoded = codec::decode(event_type, version, recorded.payload.get());
            let event = decoded.map_err(|source| Error::Undecodable {
                position: recorded.position,
                source,
            })?;
            visit(event, recorded.occurred_at);
        }
    }
    Ok(())
}
