-- The events that belong together are found together: everything about one order, the cause of an event and its effects.
-- Appends wait while the index is built, about 2 s per million events.
CREATE INDEX events_correlation_id_idx ON event_store.events (((metadata ->> 'correlation_id')::uuid), position);
