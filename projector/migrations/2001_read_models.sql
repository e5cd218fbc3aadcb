-- The read models. Every table below "Read models" is a pure function of the events up to one position: no
-- clock, no serial, no randomness, so that a rebuilt table equals the live one byte for byte. The tables
-- above it are the projector's own books and are not compared.

CREATE SCHEMA read_model;
GRANT USAGE ON SCHEMA read_model TO waybill_app;

-- Books ------------------------------------------------------------------------------------------------------

-- How far each projection is. All advance together, in the transaction that writes their rows.
CREATE TABLE read_model.checkpoints (
    projection    text COLLATE "C" NOT NULL,
    position      bigint           NOT NULL,
    -- Where the consumer stands in the partitions of the log.
    offsets       jsonb            NOT NULL DEFAULT '{}',
    code_version  integer          NOT NULL,
    -- Counts the retries and skips of parked events, so that the projector reads its list again.
    parking_epoch bigint           NOT NULL DEFAULT 0,
    -- Why the projector will not go on from here, if it will not.
    stopped       text,
    CONSTRAINT checkpoints_pkey PRIMARY KEY (projection),
    CONSTRAINT checkpoints_position_not_negative CHECK (position >= 0)
) WITH (fillfactor = 50);

-- What each batch changed, for the sockets. One row a batch; kept for minutes.
CREATE TABLE read_model.changes (
    to_position   bigint      NOT NULL,
    from_position bigint      NOT NULL,
    changes       json        NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT changes_pkey PRIMARY KEY (to_position),
    CONSTRAINT changes_range CHECK (from_position < to_position)
);

-- Up to where the changes were published to a topic.
CREATE TABLE read_model.publications (
    topic    text COLLATE "C" NOT NULL,
    position bigint           NOT NULL,
    CONSTRAINT publications_pkey PRIMARY KEY (topic)
) WITH (fillfactor = 50);

-- Events a projection could not apply, and the later events of the same key that wait behind them.
CREATE TABLE read_model.dead_letters (
    projection text COLLATE "C" NOT NULL,
    position   bigint           NOT NULL,
    key        text COLLATE "C" NOT NULL,
    event_id   uuid             NOT NULL,
    event_type text COLLATE "C" NOT NULL,
    state      text COLLATE "C" NOT NULL,
    reason     text             NOT NULL,
    parked_at  timestamptz      NOT NULL DEFAULT now(),
    -- Whether the topic of dead letters was told of it.
    published  boolean          NOT NULL DEFAULT false,
    CONSTRAINT dead_letters_pkey PRIMARY KEY (projection, position),
    CONSTRAINT dead_letters_state CHECK (state IN ('poison', 'waiting', 'skipped'))
);
CREATE INDEX dead_letters_key_idx ON read_model.dead_letters (projection, key, position);

-- Read models ------------------------------------------------------------------------------------------------

CREATE TABLE read_model.products (
    sku         text COLLATE "C" NOT NULL,
    name        text             NOT NULL,
    description text             NOT NULL,
    category    text COLLATE "C" NOT NULL,
    price_minor bigint           NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    seller_id   uuid             NOT NULL,
    status      text COLLATE "C" NOT NULL,
    listed_at   timestamptz      NOT NULL,
    version     bigint           NOT NULL,
    position    bigint           NOT NULL,
    search      tsvector         NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', sku || ' ' || name), 'A')
        || setweight(to_tsvector('simple', category), 'B')
        || setweight(to_tsvector('simple', description), 'C')
    ) STORED,
    CONSTRAINT products_pkey PRIMARY KEY (sku),
    CONSTRAINT products_status CHECK (status IN ('listed', 'withdrawn'))
);
CREATE INDEX products_search_idx ON read_model.products USING gin (search);
CREATE INDEX products_name_idx ON read_model.products (name, sku);
CREATE INDEX products_price_idx ON read_model.products (price_minor, sku);
CREATE INDEX products_listed_at_idx ON read_model.products (listed_at DESC, sku DESC);
CREATE INDEX products_category_idx ON read_model.products (category, sku);
CREATE INDEX products_seller_idx ON read_model.products (seller_id, sku);

-- Increments are summed per SKU and batch; no check here, for a check also sees the increment by itself.
CREATE TABLE read_model.stock (
    sku       text COLLATE "C" NOT NULL,
    on_hand   bigint           NOT NULL,
    reserved  bigint           NOT NULL,
    committed bigint           NOT NULL,
    position  bigint           NOT NULL,
    CONSTRAINT stock_pkey PRIMARY KEY (sku)
) WITH (fillfactor = 50);

CREATE TABLE read_model.orders (
    id                     uuid             NOT NULL,
    number                 text COLLATE "C" NOT NULL,
    customer_id            uuid,
    channel                text COLLATE "C" NOT NULL,
    status                 text COLLATE "C" NOT NULL,
    payment_status         text COLLATE "C" NOT NULL,
    fulfilment_status      text COLLATE "C" NOT NULL,
    -- None until the order is confirmed.
    delivery_status        text COLLATE "C",
    return_status          text COLLATE "C" NOT NULL,
    lines                  json             NOT NULL,
    line_count             integer          NOT NULL,
    seller_ids             uuid[]           NOT NULL,
    returns                json             NOT NULL,
    currency               text COLLATE "C" NOT NULL,
    subtotal_minor         bigint           NOT NULL,
    discount_minor         bigint           NOT NULL,
    tax_minor              bigint           NOT NULL,
    shipping_minor         bigint           NOT NULL,
    total_minor            bigint           NOT NULL,
    refunded_minor         bigint           NOT NULL,
    country                text             NOT NULL,
    contact                json,
    payment_id             uuid             NOT NULL,
    delivery_id            uuid             NOT NULL,
    courier_id             uuid,
    placed_at              timestamptz      NOT NULL,
    reservation_expires_at timestamptz      NOT NULL,
    timeline               json             NOT NULL,
    version                bigint           NOT NULL,
    position               bigint           NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
) WITH (fillfactor = 80);
CREATE INDEX orders_placed_at_idx ON read_model.orders (placed_at, id);
CREATE INDEX orders_status_idx ON read_model.orders (status, placed_at, id);
CREATE INDEX orders_customer_idx ON read_model.orders (customer_id, placed_at, id) WHERE customer_id IS NOT NULL;

-- Which sellers have a line in which order: the sellers' lists, by time.
CREATE TABLE read_model.order_sellers (
    seller_id uuid        NOT NULL,
    placed_at timestamptz NOT NULL,
    order_id  uuid        NOT NULL,
    CONSTRAINT order_sellers_pkey PRIMARY KEY (seller_id, placed_at, order_id)
);

CREATE TABLE read_model.deliveries (
    id           uuid             NOT NULL,
    order_id     uuid             NOT NULL,
    order_number text COLLATE "C" NOT NULL,
    status       text COLLATE "C" NOT NULL,
    courier_id   uuid,
    country      text             NOT NULL,
    contact      json,
    line_count   integer          NOT NULL,
    timeline     json             NOT NULL,
    created_at   timestamptz      NOT NULL,
    version      bigint           NOT NULL,
    position     bigint           NOT NULL,
    CONSTRAINT deliveries_pkey PRIMARY KEY (id)
) WITH (fillfactor = 80);
CREATE INDEX deliveries_created_at_idx ON read_model.deliveries (created_at, id);
CREATE INDEX deliveries_status_idx ON read_model.deliveries (status, created_at, id);
CREATE INDEX deliveries_courier_idx ON read_model.deliveries (courier_id, created_at, id)
    WHERE courier_id IS NOT NULL AND status NOT IN ('delivered', 'returned', 'cancelled');

CREATE TABLE read_model.payments (
    id                 uuid             NOT NULL,
    order_id           uuid             NOT NULL,
    status             text COLLATE "C" NOT NULL,
    amount_minor       bigint           NOT NULL,
    captured_minor     bigint           NOT NULL,
    refunded_minor     bigint           NOT NULL,
    currency           text COLLATE "C" NOT NULL,
    method             text,
    provider_reference text,
    decline_reason     text,
    refunds            json             NOT NULL,
    created_at         timestamptz      NOT NULL,
    version            bigint           NOT NULL,
    position           bigint           NOT NULL,
    CONSTRAINT payments_pkey PRIMARY KEY (id)
) WITH (fillfactor = 80);

-- A sale counts for the hour its order was placed, a refund for the hour it was paid.
CREATE TABLE read_model.sales_by_hour (
    hour           timestamptz NOT NULL,
    orders         bigint      NOT NULL,
    units          bigint      NOT NULL,
    gross_minor    bigint      NOT NULL,
    refunded_minor bigint      NOT NULL,
    CONSTRAINT sales_by_hour_pkey PRIMARY KEY (hour)
);

CREATE TABLE read_model.product_sales_by_day (
    day         date             NOT NULL,
    sku         text COLLATE "C" NOT NULL,
    units       bigint           NOT NULL,
    gross_minor bigint           NOT NULL,
    CONSTRAINT product_sales_by_day_pkey PRIMARY KEY (day, sku)
);

-- Which accounts bought on which day.
CREATE TABLE read_model.sales_customers (
    day         date NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT sales_customers_pkey PRIMARY KEY (day, customer_id)
);

-- Long documents are written with every batch: lz4 takes a fraction of the time of the default.
DO $$
BEGIN
    ALTER TABLE read_model.changes ALTER COLUMN changes SET COMPRESSION lz4;
    ALTER TABLE read_model.orders ALTER COLUMN lines SET COMPRESSION lz4;
    ALTER TABLE read_model.orders ALTER COLUMN timeline SET COMPRESSION lz4;
EXCEPTION
    -- A server built without lz4 keeps the default.
    WHEN feature_not_supported THEN NULL;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA read_model TO waybill_app;
