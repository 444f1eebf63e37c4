-- What a workspace knows about categories beside the shipped data. In clear: numbers, order, times, whom it was for.
-- Sealed: what a rule says and what a person corrected, under the key of the document it came from, or, where it came from
-- none, under a key of the workspace.

-- Versions count up with every change; a number is never used twice.
CREATE TABLE category_books (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    rules_version BIGINT NOT NULL DEFAULT 0,
    corrections_version BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE category_rules (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number BIGINT NOT NULL,
    place BIGINT NOT NULL,
    -- Erased with it.
    document_id TEXT,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- Records are added and never changed; they go only with their document.
CREATE TABLE category_corrections (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number BIGINT NOT NULL,
    -- corrected, undone, switched_off or switched_on
    kind TEXT NOT NULL,
    -- Which correction was undone.
    undone_number BIGINT,
    document_id TEXT,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    sealed BYTEA,
    PRIMARY KEY (workspace_id, number)
);

CREATE INDEX category_rules_by_document ON category_rules (workspace_id, document_id) WHERE document_id IS NOT NULL;
CREATE INDEX category_corrections_by_document
    ON category_corrections (workspace_id, document_id) WHERE document_id IS NOT NULL;

DO $$
DECLARE
    guarded TEXT;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['category_books', 'category_rules', 'category_corrections']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = (SELECT smartexus_workspace()))'
            || ' WITH CHECK (workspace_id = (SELECT smartexus_workspace()))', guarded);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON category_books, category_rules TO smartexus_app;
-- Added and erased, never changed.
GRANT SELECT, INSERT, DELETE ON category_corrections TO smartexus_app;
