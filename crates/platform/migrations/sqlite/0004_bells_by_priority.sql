-- For how long interactive work has waited, however much other work waits behind it.
CREATE INDEX bells_by_priority ON bells (priority, wake_at) WHERE NOT leased;
