-- What each event added to the sums of sales, at its position: the sums as of a position are those of the entries up to
-- it. docs/analytics.md and ADR 15 say more.

CREATE TABLE read_model.sales_entries (
    position         bigint           NOT NULL,
    -- Most events have one entry; a capture that takes a cancellation back has two.
    number           integer          NOT NULL,
    -- The hour for which it is counted.
    hour             timestamptz      NOT NULL,
    currency         text COLLATE "C" NOT NULL,
    customer_id      uuid             NOT NULL,
    is_guest         boolean          NOT NULL,
    orders           bigint           NOT NULL,
    cancelled_orders bigint           NOT NULL,
    units            bigint           NOT NULL,
    gross_minor      bigint           NOT NULL,
    cancelled_minor  bigint           NOT NULL,
    refunded_minor   bigint           NOT NULL,
    captured_minor   bigint           NOT NULL,
    -- Arrays of SKU, units, gross, cancelled and refunded. The SKU is empty for the amounts that belong to no product.
    products         json             NOT NULL,
    CONSTRAINT sales_entries_pkey PRIMARY KEY (position, number)
);

-- Entries come nearly in the order of their hours, so that a period is a few ranges of pages.
CREATE INDEX sales_entries_hour ON read_model.sales_entries
    USING brin (hour, ((hour AT TIME ZONE 'UTC')::date)) WITH (pages_per_range = 32);

GRANT SELECT, INSERT, UPDATE, DELETE ON read_model.sales_entries TO waybill_app;
