-- Finds orders by number: the last 40 bits of their id, which are the last ten digits of the id of their stream.
CREATE INDEX streams_order_number_idx ON event_store.streams ("right"(stream_id, 10)) WHERE stream_type = 'order';
