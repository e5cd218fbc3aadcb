-- Sales by currency, with what was cancelled, captured and refunded. docs/analytics.md defines the sums.
--
-- The tables that they replace added up amounts of all currencies, and counted cancelled orders as sold. They are
-- dropped, so that a release that still writes them stops with this projection only, and none of their sums is read.

DROP TABLE read_model.sales_by_hour, read_model.product_sales_by_day, read_model.sales_customers;

-- One row for each order that was confirmed: what the sums need when it is cancelled, captured or refunded.
CREATE TABLE read_model.sales (
    order_id             uuid             NOT NULL,
    currency             text COLLATE "C" NOT NULL,
    -- The account, or the order itself for a guest, who cannot be recognised in another order.
    customer_id          uuid             NOT NULL,
    is_guest             boolean          NOT NULL,
    placed_at            timestamptz      NOT NULL,
    lines                json             NOT NULL,
    -- The part of the total that belongs to no line: shipping and tax less discount.
    other_minor          bigint           NOT NULL,
    other_refunded_minor bigint           NOT NULL,
    is_captured          boolean          NOT NULL,
    -- The time for which the order is counted as cancelled.
    cancelled_at         timestamptz,
    -- The units that returns have claimed, and the refund of each.
    returns              json             NOT NULL,
    CONSTRAINT sales_pkey PRIMARY KEY (order_id)
) WITH (fillfactor = 80);

CREATE TABLE read_model.sales_by_hour (
    hour             timestamptz      NOT NULL,
    currency         text COLLATE "C" NOT NULL,
    orders           bigint           NOT NULL,
    cancelled_orders bigint           NOT NULL,
    units            bigint           NOT NULL,
    gross_minor      bigint           NOT NULL,
    cancelled_minor  bigint           NOT NULL,
    refunded_minor   bigint           NOT NULL,
    captured_minor   bigint           NOT NULL,
    CONSTRAINT sales_by_hour_pkey PRIMARY KEY (hour, currency)
);

CREATE TABLE read_model.sales_by_product (
    day             date             NOT NULL,
    currency        text COLLATE "C" NOT NULL,
    -- Empty for the amounts that belong to no product.
    sku             text COLLATE "C" NOT NULL,
    units           bigint           NOT NULL,
    gross_minor     bigint           NOT NULL,
    cancelled_minor bigint           NOT NULL,
    refunded_minor  bigint           NOT NULL,
    CONSTRAINT sales_by_product_pkey PRIMARY KEY (day, currency, sku)
);

CREATE TABLE read_model.sales_by_customer (
    day             date             NOT NULL,
    currency        text COLLATE "C" NOT NULL,
    customer_id     uuid             NOT NULL,
    is_guest        boolean          NOT NULL,
    orders          bigint           NOT NULL,
    gross_minor     bigint           NOT NULL,
    cancelled_minor bigint           NOT NULL,
    refunded_minor  bigint           NOT NULL,
    CONSTRAINT sales_by_customer_pkey PRIMARY KEY (day, currency, customer_id, is_guest)
);

DO $$
BEGIN
    ALTER TABLE read_model.sales ALTER COLUMN lines SET COMPRESSION lz4;
EXCEPTION
    -- A server built without lz4 keeps the default.
    WHEN feature_not_supported THEN NULL;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON read_model.sales, read_model.sales_by_hour, read_model.sales_by_product,
    read_model.sales_by_customer TO waybill_app;

-- The new tables are empty: reads answer that they are being built, until the rebuilt tables are switched to.
UPDATE read_model.checkpoints SET position = 0, code_version = 0 WHERE projection = 'sales';
