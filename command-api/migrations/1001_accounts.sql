-- Accounts and their sessions. Unlike events these rows may be changed and deleted: they hold personal data
-- in the clear, and erasing a person deletes them.

CREATE SCHEMA IF NOT EXISTS command;
GRANT USAGE ON SCHEMA command TO waybill_app;

CREATE TABLE command.accounts (
    account_id    uuid        NOT NULL,
    email         text        NOT NULL,
    -- Trimmed and in lower case: what log-in looks for.
    email_lookup  text COLLATE "C" NOT NULL,
    name          text        NOT NULL,
    roles         text[]      NOT NULL,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL,
    disabled_at   timestamptz,
    CONSTRAINT accounts_pkey PRIMARY KEY (account_id),
    CONSTRAINT accounts_email_lookup_key UNIQUE (email_lookup),
    CONSTRAINT accounts_roles_known CHECK (
        roles <@ ARRAY['customer', 'seller', 'courier', 'admin', 'analyst', 'superadmin']
        AND cardinality(roles) > 0
    )
);
CREATE INDEX accounts_roles_idx ON command.accounts USING gin (roles);

CREATE TABLE command.sessions (
    session_id uuid        NOT NULL,
    account_id uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT sessions_pkey PRIMARY KEY (session_id),
    CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id)
        REFERENCES command.accounts (account_id) ON DELETE CASCADE
);
CREATE INDEX sessions_account_id_idx ON command.sessions (account_id);
CREATE INDEX sessions_revoked_at_idx ON command.sessions (revoked_at) WHERE revoked_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON command.accounts, command.sessions TO waybill_app;
