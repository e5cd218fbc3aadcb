-- When a policy last tried an event in vain.
ALTER TABLE command.policy_letters ADD COLUMN last_attempt_at timestamptz;
UPDATE command.policy_letters SET last_attempt_at = created_at WHERE attempts > 0;
