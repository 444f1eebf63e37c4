-- What a workspace knows about categories beside the shipped data. In clear: numbers, order, times, whom it was for.
-- Sealed: what a rule says and what a person corrected, under the key of the document it came from, or, where it came from
-- none, under a key of the workspace.

-- Versions count up with every change; a number is never used twice.
CREATE TABLE category_books (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    rules_version INTEGER NOT NULL DEFAULT 0,
    corrections_version INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE category_rules (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    -- Erased with it.
    document_id TEXT,
    sealed BLOB NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- Records are added and never changed; they go only with their document.
CREATE TABLE category_corrections (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number INTEGER NOT NULL,
    -- corrected, undone, switched_off or switched_on
    kind TEXT NOT NULL,
    -- Which correction was undone.
    undone_number INTEGER,
    document_id TEXT,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB,
    PRIMARY KEY (workspace_id, number)
);

CREATE INDEX category_rules_by_document ON category_rules (workspace_id, document_id) WHERE document_id IS NOT NULL;
CREATE INDEX category_corrections_by_document
    ON category_corrections (workspace_id, document_id) WHERE document_id IS NOT NULL;
