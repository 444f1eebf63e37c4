-- Until when a process that took the row may tell it, so that two do not both.
ALTER TABLE outbox ADD COLUMN held_until BIGINT;
