-- The queue by itself: one bell an open job, ids and due times only, the same in both databases.

-- Workspace ids and nothing else: what the roles that work across workspaces may see of them.
CREATE TABLE tenants (
    workspace_id TEXT PRIMARY KEY
) STRICT;

INSERT INTO tenants (workspace_id) SELECT id FROM workspaces;

-- The last turn that was given out: workspaces take turns, so one with many documents does not starve the others.
ALTER TABLE workspaces ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

CREATE TABLE bells (
    workspace_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    priority INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    losses INTEGER NOT NULL,
    leased INTEGER NOT NULL,
    -- Ready: when it is due. Leased: when the lease ends.
    wake_at INTEGER NOT NULL,
    -- When the reconciler rang for it, last.
    rung_at INTEGER,
    PRIMARY KEY (workspace_id, job_id)
) STRICT;

INSERT INTO bells (workspace_id, job_id, stage, priority, turn, epoch, losses, leased, wake_at)
SELECT workspace_id, id, stage, 0, 0, epoch, losses, state = 'leased', COALESCE(lease_until, due_at)
FROM jobs WHERE state IN ('ready', 'leased');

-- The claim walks this index in its own order and stops at the first hit.
CREATE INDEX bells_in_order ON bells (stage, priority, turn, job_id);
CREATE INDEX bells_by_time ON bells (wake_at);

-- A job may be one part of a stage: a range of pages. Its lease lives in its bell.
CREATE TABLE jobs_with_parts (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    run INTEGER NOT NULL,
    -- whole, pages or gather
    part TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    losses INTEGER NOT NULL DEFAULT 0,
    priority INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    failure TEXT,
    trace TEXT,
    created_at INTEGER NOT NULL,
    timing_us INTEGER,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id, stage, run, part, first_page),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
) STRICT;

INSERT INTO jobs_with_parts (workspace_id, id, document_id, stage, run, part, first_page, last_page, state, due_at,
    epoch, attempts, losses, priority, turn, created_at, timing_us)
SELECT workspace_id, id, document_id, stage, run, 'whole', 0, 0, state, due_at,
    epoch, attempts, losses, 0, 0, created_at, timing_us
FROM jobs;

DROP TABLE jobs;
ALTER TABLE jobs_with_parts RENAME TO jobs;

CREATE INDEX jobs_dead ON jobs (workspace_id, id) WHERE state = 'dead';

-- How many parts of a stage are still out. The one that comes home last makes the gathering job.
CREATE TABLE fans (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    run INTEGER NOT NULL,
    remaining INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, document_id, stage, run),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
) STRICT;
