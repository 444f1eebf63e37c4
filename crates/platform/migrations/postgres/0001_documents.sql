-- The same tables as in SQLite, table by table and column by column; a test compares them.
-- Ids are UUIDs as text, instants are milliseconds since 1970, hashes are bytes.
-- In clear: ids, states, times, counts, codes. Sealed: names and passwords (documents.metadata). Keyed: fingerprints.

-- What the program runs as: no owner, no superuser, no BYPASSRLS, so that every policy below binds it.
DO $$
BEGIN
    -- Making it needs CREATEROLE; finding it made does not.
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'smartexus_app') THEN
        CREATE ROLE smartexus_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
EXCEPTION
    -- It belongs to the cluster; another database of it made it already, maybe in this very moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- The workspace of this transaction. Not set is an error, not an empty answer.
CREATE FUNCTION smartexus_workspace() RETURNS TEXT LANGUAGE plpgsql STABLE AS $$
DECLARE
    workspace TEXT := current_setting('smartexus.workspace', true);
BEGIN
    IF workspace IS NULL OR workspace = '' THEN
        RAISE EXCEPTION 'no workspace is set' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN workspace;
END
$$;

-- Bare tables: no policy, and nothing in them but ids, due times and counters.

CREATE TABLE tenants (
    workspace_id TEXT NOT NULL PRIMARY KEY
);

CREATE TABLE bells (
    workspace_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    priority BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    losses BIGINT NOT NULL,
    leased BOOLEAN NOT NULL,
    -- Ready: when it is due. Leased: when the lease ends.
    wake_at BIGINT NOT NULL,
    -- When the reconciler rang for it, last.
    rung_at BIGINT,
    PRIMARY KEY (workspace_id, job_id)
);

-- The claim walks this index in its own order and stops at the first hit.
CREATE INDEX bells_in_order ON bells (stage, priority, turn, job_id);
CREATE INDEX bells_by_time ON bells (wake_at);

-- Tables of a workspace, each behind a policy.

CREATE TABLE workspaces (
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    -- The head of the audit chain: a cut tail shows against it.
    audit_sequence BIGINT NOT NULL DEFAULT 0,
    audit_head BYTEA NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    -- The last turn that was given out: workspaces take turns, so one with many documents does not starve the others.
    turn BIGINT NOT NULL DEFAULT 0
);

-- A blob key reserved before its bytes. What has neither a row nor an intent is an orphan.
CREATE TABLE intents (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    document_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    closed BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (workspace_id, document_id)
);

CREATE TABLE documents (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    failure TEXT,
    pipeline_name TEXT NOT NULL,
    pipeline_version TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    fingerprint BYTEA,
    metadata BYTEA,
    received_at BIGINT NOT NULL,
    settled_at BIGINT,
    held BOOLEAN NOT NULL DEFAULT FALSE,
    tombstoned_at BIGINT,
    receipt_id TEXT,
    erase_step TEXT,
    erase_cause TEXT,
    erase_rule TEXT,
    erase_actor TEXT,
    PRIMARY KEY (workspace_id, id)
);

-- The same bytes with the same instruction are one document.
CREATE UNIQUE INDEX documents_by_content
    ON documents (workspace_id, fingerprint, pipeline_name, pipeline_version)
    WHERE tombstoned_at IS NULL;

CREATE INDEX documents_tombstoned ON documents (workspace_id, tombstoned_at) WHERE tombstoned_at IS NOT NULL;

-- A job may be one part of a stage: a range of pages. Its lease lives in its bell.
CREATE TABLE jobs (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    run BIGINT NOT NULL,
    -- whole, pages or gather
    part TEXT NOT NULL,
    first_page BIGINT NOT NULL,
    last_page BIGINT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    epoch BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    losses BIGINT NOT NULL DEFAULT 0,
    priority BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    failure TEXT,
    trace TEXT,
    created_at BIGINT NOT NULL,
    timing_us BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id, stage, run, part, first_page),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
);

CREATE INDEX jobs_dead ON jobs (workspace_id, id) WHERE state = 'dead';

-- How many parts of a stage are still out. The one that comes home last makes the gathering job.
CREATE TABLE fans (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    run BIGINT NOT NULL,
    remaining BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, document_id, stage, run),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
);

CREATE TABLE artifacts (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    stage TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    fingerprint BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, document_id, kind, version),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
);

CREATE TABLE audit_events (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    document_id TEXT,
    job_id TEXT,
    detail TEXT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, sequence)
);

CREATE TABLE outbox (
    id BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    topic TEXT NOT NULL,
    document_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    sent_at BIGINT
);

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
    tombstoned_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, document_id)
);

-- Enabled and forced, for reading and for writing. The sub-select is evaluated once a statement, not once a row.
DO $$
DECLARE
    guarded TEXT;
BEGIN
    ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
    ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
    CREATE POLICY own_workspace ON workspaces
        USING (id = (SELECT smartexus_workspace())) WITH CHECK (id = (SELECT smartexus_workspace()));
    FOREACH guarded IN ARRAY ARRAY['intents', 'documents', 'jobs', 'fans', 'artifacts', 'audit_events', 'outbox',
        'receipts']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = (SELECT smartexus_workspace()))'
            || ' WITH CHECK (workspace_id = (SELECT smartexus_workspace()))', guarded);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE
    ON tenants, bells, workspaces, intents, documents, jobs, fans, artifacts, outbox, receipts TO smartexus_app;
-- The trail is written and read; nobody who runs the program can change or shorten it.
GRANT SELECT, INSERT ON audit_events TO smartexus_app;
GRANT SELECT ON _sqlx_migrations TO smartexus_app;
