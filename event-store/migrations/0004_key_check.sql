-- A text sealed with the data key: a process with another key stops before it reads or seals anything.
CREATE TABLE event_store.key_check (
    singleton boolean NOT NULL DEFAULT true,
    sealed    bytea   NOT NULL,
    CONSTRAINT key_check_pkey PRIMARY KEY (singleton),
    CONSTRAINT key_check_singleton CHECK (singleton)
);
GRANT SELECT, INSERT ON event_store.key_check TO waybill_app;
