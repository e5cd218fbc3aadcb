-- The sandbox payment provider's own ledger. It stands for a provider outside: nothing joins it with the
-- platform's tables, and the platform reads it only through the provider's interface.

CREATE TABLE command.sandbox_operations (
    idempotency_key text COLLATE "C" NOT NULL,
    kind            text        NOT NULL,
    payment_id      uuid        NOT NULL,
    amount_minor    bigint      NOT NULL,
    currency        text        NOT NULL,
    -- succeeded, declined; a challenge is open, passed or failed.
    outcome         text        NOT NULL,
    -- The provider's name of this operation.
    reference       text COLLATE "C" NOT NULL,
    -- The operation this one is on: a capture's authorisation, a refund's capture.
    parent          text COLLATE "C",
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sandbox_operations_pkey PRIMARY KEY (idempotency_key),
    CONSTRAINT sandbox_operations_reference_key UNIQUE (reference),
    CONSTRAINT sandbox_operations_parent_fkey FOREIGN KEY (parent)
        REFERENCES command.sandbox_operations (reference),
    CONSTRAINT sandbox_operations_kind_known CHECK (
        kind IN ('authorisation', 'challenge', 'capture', 'void', 'refund')
    ),
    CONSTRAINT sandbox_operations_outcome_known CHECK (
        outcome IN ('succeeded', 'declined', 'open', 'passed', 'failed')
    ),
    CONSTRAINT sandbox_operations_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT sandbox_operations_has_parent CHECK ((parent IS NOT NULL) = (kind IN ('capture', 'void', 'refund')))
);

-- An authorisation is captured or voided, once.
CREATE UNIQUE INDEX sandbox_operations_settled_once ON command.sandbox_operations (parent)
    WHERE kind IN ('capture', 'void');
CREATE INDEX sandbox_operations_payment_id_idx ON command.sandbox_operations (payment_id);

GRANT SELECT, INSERT, UPDATE ON command.sandbox_operations TO waybill_app;
