-- A policy that meets an event of a newer release stops quietly: until stop_is_fault_at, a process of that release is
-- expected to take it over.
ALTER TABLE command.policy_checkpoints ADD COLUMN stop_is_fault_at timestamptz;
