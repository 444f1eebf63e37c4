-- Mappings of forms that a workspace keeps beside the shipped ones. In clear: numbers, times, whom it was for. Sealed under a
-- key of the workspace: the mapping.

-- The version counts up with every change; a number is never used twice.
CREATE TABLE form_mapping_books (
    workspace_id TEXT NOT NULL PRIMARY KEY REFERENCES workspaces (id),
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE form_mappings (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    number INTEGER NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (workspace_id, number)
) STRICT;
