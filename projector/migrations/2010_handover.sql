-- A projection that meets an event or rows of a newer release stops quietly: until stop_is_fault_at, a process of that
-- release is expected to take it over.
ALTER TABLE read_model.checkpoints ADD COLUMN stop_is_fault_at timestamptz;
