-- Notes on orders.
CREATE TABLE read_model.order_notes (
    -- The id of the event.
    id          uuid        NOT NULL,
    order_id    uuid        NOT NULL,
    author      json        NOT NULL,
    -- Whether it is hidden from everybody but its author and admins.
    is_internal boolean     NOT NULL,
    -- Sealed with the author's key.
    text        json        NOT NULL,
    added_at    timestamptz NOT NULL,
    position    bigint      NOT NULL,
    CONSTRAINT order_notes_pkey PRIMARY KEY (id)
);
CREATE INDEX order_notes_order_idx ON read_model.order_notes (order_id, position);
GRANT SELECT, INSERT, UPDATE, DELETE ON read_model.order_notes TO waybill_app;
