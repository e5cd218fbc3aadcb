-- The relay publishes the log to Kafka. Which log a message comes from, and how far the relay has got.

-- A topic may outlive its database: consumers tell their own log's messages from another's by this.
CREATE TABLE event_store.log_identity (
    singleton boolean NOT NULL DEFAULT true,
    log_id    uuid    NOT NULL DEFAULT gen_random_uuid(),
    CONSTRAINT log_identity_pkey PRIMARY KEY (singleton),
    CONSTRAINT log_identity_singleton CHECK (singleton)
);
INSERT INTO event_store.log_identity DEFAULT VALUES;
GRANT SELECT ON event_store.log_identity TO waybill_app;

-- One row per topic, written by the relay that leads. partition_positions[n] is the last position up to
-- `position` that belongs on partition n - 1, partition_offsets[n] where the broker put it (-1: unknown).
CREATE TABLE event_store.relay (
    topic               text COLLATE "C" NOT NULL,
    epoch               bigint           NOT NULL,
    position            bigint           NOT NULL,
    partition_positions bigint[]         NOT NULL,
    partition_offsets   bigint[]         NOT NULL,
    cluster_id          text,
    moved_at            timestamptz      NOT NULL DEFAULT now(),
    CONSTRAINT relay_pkey PRIMARY KEY (topic),
    CONSTRAINT relay_position_not_negative CHECK (position >= 0),
    CONSTRAINT relay_partitions_match CHECK (cardinality(partition_positions) = cardinality(partition_offsets))
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE ON event_store.relay TO waybill_app;
