-- Documents that are made from others: the figures and reports of a case.

ALTER TABLE documents ADD COLUMN role TEXT NOT NULL DEFAULT 'document';

-- What a document is made from. It is erased with the first of them.
CREATE TABLE document_sources (
    workspace_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, document_id, source_id),
    FOREIGN KEY (workspace_id, document_id) REFERENCES documents (workspace_id, id)
);

CREATE INDEX document_sources_by_source ON document_sources (workspace_id, source_id);

ALTER TABLE document_sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_sources FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON document_sources USING (workspace_id = (SELECT smartexus_workspace()))
    WITH CHECK (workspace_id = (SELECT smartexus_workspace()));

-- Noted and erased, never changed.
GRANT SELECT, INSERT, DELETE ON document_sources TO smartexus_app;
