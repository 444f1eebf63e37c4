//! The bodies that the door answers with. Adding a field is fine; anything else is a new version.

use serde::Serialize;
use smartexus_domain::{DocumentId, DocumentState, Failure, MediaType, StageKind};
use smartexus_platform::port::{Accepted, Document};

/// `smartexus.accepted/1`
#[derive(Serialize)]
pub(crate) struct AcceptedBody {
    schema: &'static str,
    documents: Vec<AcceptedDocument>,
}

/// One accepted file, in the order of the upload.
#[derive(Serialize)]
pub(crate) struct AcceptedDocument {
    id: DocumentId,
    duplicate: bool,
    links: Links,
}

/// `smartexus.documents/1`
#[derive(Serialize)]
pub(crate) struct DocumentsBody {
    pub(crate) schema: &'static str,
    pub(crate) documents: Vec<DocumentBody>,
    pub(crate) next_cursor: Option<String>,
}

/// `smartexus.document/1`
#[derive(Serialize)]
pub(crate) struct DocumentBody {
    schema: &'static str,
    id: DocumentId,
    state: DocumentState,
    failure: Option<Failure>,
    pipeline: PipelineBody,
    retention: String,
    media_type: MediaType,
    bytes: u64,
    held: bool,
    received_at: String,
    settled_at: Option<String>,
    /// The stage that runs or waits, while the document is at work. Only where one document is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stage: Option<StageKind>,
    /// The name as uploaded. Only where one document is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// Names for `/artifacts/{name}`. Only where one document is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) artifacts: Option<Vec<String>>,
    links: Links,
}

#[derive(Serialize)]
struct PipelineBody {
    name: String,
    version: String,
}

#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    itself: String,
    result: String,
    source: String,
}

impl Links {
    fn of(id: DocumentId) -> Self {
        let itself = document_path(id);
        Self { result: format!("{itself}/result"), source: format!("{itself}/source"), itself }
    }
}

/// Where a document is.
pub(crate) fn document_path(id: DocumentId) -> String {
    format!("/v1/documents/{id}")
}

impl From<&Accepted> for AcceptedDocument {
    fn from(accepted: &Accepted) -> Self {
        let id = accepted.document;
        Self { id, duplicate: accepted.duplicate, links: Links::of(id) }
    }
}

impl AcceptedBody {
    pub(crate) fn of(accepted: &[Accepted]) -> Self {
        let documents = accepted.iter().map(Into::into).collect();
        Self { schema: "smartexus.accepted/1", documents }
    }
}

impl From<&Document> for DocumentBody {
    fn from(document: &Document) -> Self {
        Self {
            schema: "smartexus.document/1",
            id: document.id,
            state: document.state,
            failure: document.failure.map(Failure::from),
            pipeline: PipelineBody {
                name: document.pipeline.name.clone(),
                version: document.pipeline.version.clone(),
            },
            retention: document.retention.to_string(),
            media_type: document.media_type,
            bytes: document.bytes,
            held: document.held,
            received_at: document.received_at.to_string(),
            settled_at: document.settled_at.map(|at| at.to_string()),
            stage: None,
            file: None,
            artifacts: None,
            links: Links::of(document.id),
        }
    }
}
