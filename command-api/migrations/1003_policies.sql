-- How far each policy has followed the log. An event above the position may have been reacted to already;
-- reacting again changes nothing, because the commands carry keys made from the event.

CREATE TABLE command.policy_checkpoints (
    policy     text COLLATE "C" NOT NULL,
    position   bigint      NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT policy_checkpoints_pkey PRIMARY KEY (policy),
    CONSTRAINT policy_checkpoints_position_positive CHECK (position >= 0)
);

GRANT SELECT, INSERT, UPDATE ON command.policy_checkpoints TO waybill_app;
