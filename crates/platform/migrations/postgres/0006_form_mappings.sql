-- Mappings of forms that a workspace keeps beside the shipped ones. In clear: numbers, times, whom it was for. Sealed under a
-- key of the workspace: the mapping.

-- The version counts up with every change; a number is never used twice.
CREATE TABLE form_mapping_books (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    version BIGINT NOT NULL
);

CREATE TABLE form_mappings (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number BIGINT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

DO $$
DECLARE
    guarded TEXT;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['form_mapping_books', 'form_mappings']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = (SELECT smartexus_workspace()))'
            || ' WITH CHECK (workspace_id = (SELECT smartexus_workspace()))', guarded);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON form_mapping_books TO smartexus_app;
-- Added and taken out, never changed.
GRANT SELECT, INSERT, DELETE ON form_mappings TO smartexus_app;
