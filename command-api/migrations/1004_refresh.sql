-- A session is prolonged by refresh tokens, each good for once. The row holds which one is next.
ALTER TABLE command.sessions
    ADD COLUMN generation   integer     NOT NULL DEFAULT 1,
    ADD COLUMN refreshed_at timestamptz NOT NULL DEFAULT now();
