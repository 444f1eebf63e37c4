//! What a sealed thing is, as associated data.

use crate::port::ObjectName;
use smartexus_domain::{DocumentId, WorkspaceId};

/// The associated data: fields with their lengths before them, so that no two lists of fields read the same.
#[derive(Clone)]
pub(crate) struct Context(Vec<u8>);

/// The version of the layout of these fields.
const LAYOUT: &[u8] = b"1";

impl Context {
    pub(crate) fn object(name: &ObjectName) -> Self {
        Self::of(&[
            b"object",
            LAYOUT,
            name.workspace.as_uuid().as_bytes(),
            name.document.as_uuid().as_bytes(),
            name.kind.as_str().as_bytes(),
            &name.version.to_be_bytes(),
        ])
    }

    pub(crate) fn metadata(workspace: WorkspaceId, document: DocumentId) -> Self {
        let (workspace, document) = (workspace.as_uuid(), document.as_uuid());
        Self::of(&[b"metadata", LAYOUT, workspace.as_bytes(), document.as_bytes()])
    }

    /// A rule or a correction of a workspace, by its number, and the document it came from.
    pub(crate) fn category(
        what: &'static str,
        workspace: WorkspaceId,
        document: Option<DocumentId>,
        number: u64,
    ) -> Self {
        let (workspace, document) = (workspace.as_uuid(), document.map(|document| document.as_uuid()));
        Self::of(&[
            what.as_bytes(),
            LAYOUT,
            workspace.as_bytes(),
            document.as_ref().map_or(&[][..], |document| document.as_bytes()),
            &number.to_be_bytes(),
        ])
    }

    /// A mapping of a workspace, by its number.
    pub(crate) fn mapping(workspace: WorkspaceId, number: u64) -> Self {
        Self::of(&[b"form_mapping", LAYOUT, workspace.as_uuid().as_bytes(), &number.to_be_bytes()])
    }

    pub(crate) fn document_key(workspace: WorkspaceId, document: DocumentId) -> Self {
        let (workspace, document) = (workspace.as_uuid(), document.as_uuid());
        Self::of(&[b"document_key", LAYOUT, workspace.as_bytes(), document.as_bytes()])
    }

    pub(crate) fn workspace_key(workspace: WorkspaceId) -> Self {
        Self::of(&[b"workspace_key", LAYOUT, workspace.as_uuid().as_bytes()])
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn of(fields: &[&[u8]]) -> Self {
        let mut bytes = Vec::with_capacity(fields.iter().map(|f| f.len() + 8).sum());
        for field in fields {
            bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
            bytes.extend_from_slice(field);
        }
        Self(bytes)
    }
}
