-- Ids are UUIDs as text, instants are milliseconds since 1970, hashes are blobs.
-- In clear: ids, states, times, counts, codes. Sealed: names and passwords (documents.metadata). Keyed: fingerprints.

CREATE TABLE workspaces (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    -- The head of the audit chain: a cut tail shows against it.
    audit_sequence INTEGER NOT NULL DEFAULT 0,
    audit_head BLOB NOT NULL DEFAULT (zeroblob(32))
) STRICT;

-- A blob key reserved before its bytes. What has neither a row nor an intent is an orphan.
CREATE TABLE intents (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    document_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, document_id)
) STRICT;

CREATE TABLE documents (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    failure TEXT,
    pipeline_name TEXT NOT NULL,
    pipeline_version TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    fingerprint BLOB,
    metadata BLOB,
    received_at INTEGER NOT NULL,
    settled_at INTEGER,
    held INTEGER NOT NULL DEFAULT 0,
    tombstoned_at INTEGER,
    receipt_id TEXT,
    erase_step TEXT,
    erase_cause TEXT,
    erase_rule TEXT,
    erase_actor TEXT,
    PRIMARY KEY (workspace_id, id)
) STRICT;

-- The same bytes with the same instruction are one document.
CREATE UNIQUE INDEX documents_by_content
    ON documents (workspace_id, fingerprint, pipeline_name, pipeline_version)
    WHERE tombstoned_at IS NULL;

CREATE INDEX documents_tombstoned ON documents (workspace_id, tombstoned_at) WHERE tombstoned_at IS NOT NULL;

CREATE TABLE jobs (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    run INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    lease_until INTEGER,
    epoch INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    losses INTEGER NOT NULL DEFAULT 0,
    priority INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    timing_us INTEGER,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id, stage, run),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
) STRICT;

-- The claim walks this index in its own order and stops at the first hit.
CREATE INDEX jobs_open ON jobs (priority, due_at, id) WHERE state IN ('ready', 'leased');

CREATE TABLE artifacts (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, document_id, kind, version),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
) STRICT;

CREATE TABLE audit_events (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    document_id TEXT,
    job_id TEXT,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (workspace_id, sequence)
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    topic TEXT NOT NULL,
    document_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;

CREATE INDEX outbox_unsent ON outbox (workspace_id, id) WHERE sent_at IS NULL;
CREATE INDEX outbox_by_document ON outbox (workspace_id, document_id);

-- Receipts survive the erasure they prove.
CREATE TABLE receipts (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    rule TEXT,
    actor TEXT NOT NULL,
    tombstoned_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id)
) STRICT;
