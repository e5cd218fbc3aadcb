-- When the latest generations of a session's refresh token were replaced, newest first: each is accepted a little longer.
ALTER TABLE command.sessions ADD COLUMN replaced_at timestamptz[] NOT NULL DEFAULT '{}';
