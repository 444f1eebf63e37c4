-- Wrapped keys only. Kept apart from the main database, so that a backup of the rows holds no key.

CREATE TABLE workspace_keys (
    workspace_id TEXT PRIMARY KEY,
    key_id BLOB NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

CREATE TABLE document_keys (
    workspace_id TEXT NOT NULL REFERENCES workspace_keys (workspace_id),
    document_id TEXT NOT NULL,
    key_id BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (workspace_id, document_id)
) STRICT;
