-- Documents that are made from others: the figures and reports of a case.

ALTER TABLE documents ADD COLUMN role TEXT NOT NULL DEFAULT 'document';

-- What a document is made from. It is erased with the first of them.
CREATE TABLE document_sources (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, document_id, source_id),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
) STRICT;

CREATE INDEX document_sources_by_source ON document_sources (workspace_id, source_id);
