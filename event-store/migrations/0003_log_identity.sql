-- A log whose store was restored from a copy gets a new id, so that consumers skip the messages of its other history.
ALTER TABLE event_store.log_identity ADD COLUMN renewed_at timestamptz;
GRANT UPDATE (log_id, renewed_at) ON event_store.log_identity TO waybill_app;
