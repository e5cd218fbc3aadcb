-- How many replays are built at once at most while this one is. None: no limit.
ALTER TABLE read_model.replays ADD COLUMN workers integer CONSTRAINT replays_workers CHECK (workers >= 1);
