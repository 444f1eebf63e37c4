-- Wrapped keys only. Kept apart from the main tables, so that a backup of the rows holds no key.

DO $$
BEGIN
    -- Making it needs CREATEROLE; finding it made does not.
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'smartexus_app') THEN
        CREATE ROLE smartexus_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

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

CREATE TABLE workspace_keys (
    workspace_id TEXT NOT NULL PRIMARY KEY,
    key_id BYTEA NOT NULL,
    wrapped BYTEA NOT NULL
);

CREATE TABLE document_keys (
    workspace_id TEXT NOT NULL REFERENCES workspace_keys (workspace_id),
    document_id TEXT NOT NULL,
    key_id BYTEA NOT NULL,
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, document_id)
);

DO $$
DECLARE
    guarded TEXT;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['workspace_keys', 'document_keys']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = (SELECT smartexus_workspace()))'
            || ' WITH CHECK (workspace_id = (SELECT smartexus_workspace()))', guarded);
    END LOOP;
END
$$;

DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO smartexus_app', current_schema());
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON workspace_keys, document_keys TO smartexus_app;
GRANT SELECT ON _sqlx_migrations TO smartexus_app;
