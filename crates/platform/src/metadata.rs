//! What is known of a document from outside, kept sealed in its row.

use crate::port::{Document, DocumentKey, SealedMetadata};
use crate::sealing::{Context, open_bytes, seal_bytes};
use crate::{PlatformError, Result, Secret, World};
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, WorkspaceId};
use zeroize::Zeroizing;

/// Name, password and digest of a source. Deliberately without `Debug` and `Serialize`.
pub struct Metadata {
    /// The file's name as the person knows it.
    pub file_name: Option<String>,
    /// The password that opens the document.
    pub password: Option<Secret>,
    /// SHA-256 of the source.
    pub sha256: [u8; 32],
}

/// The stored form; it exists only on its way into and out of the seal.
#[derive(Serialize, Deserialize)]
struct Stored {
    v: u8,
    file_name: Option<String>,
    password: Option<Zeroizing<String>>,
    sha256: [u8; 32],
}

const STORED_VERSION: u8 = 1;

impl Metadata {
    pub(crate) fn seal(
        self,
        workspace: WorkspaceId,
        document: DocumentId,
        key: &DocumentKey,
    ) -> Result<SealedMetadata> {
        let stored = Stored {
            v: STORED_VERSION,
            file_name: self.file_name,
            password: self.password.map(Secret::into_inner),
            sha256: self.sha256,
        };
        let plain = serde_json::to_vec(&stored).map_err(|_| PlatformError::Inconsistent("metadata"))?;
        let plain = Zeroizing::new(plain);
        let context = Context::metadata(workspace, document);
        seal_bytes(key.id, &key.secret, &context, &plain).map(SealedMetadata)
    }
}

impl World {
    /// Opens the metadata of a document.
    ///
    /// # Errors
    /// `KeyDestroyed` after an erasure, `Unverified`, `Keys`, `Database`, `Inconsistent`.
    pub async fn metadata(&self, document: &Document) -> Result<Metadata> {
        let key = self.keys.document_key(document.workspace, document.id).await?;
        let context = Context::metadata(document.workspace, document.id);
        let plain = Zeroizing::new(open_bytes(key.id, &key.secret, &context, &document.metadata.0)?);
        let stored: Stored =
            serde_json::from_slice(&plain).map_err(|_| PlatformError::Inconsistent("metadata"))?;
        if stored.v != STORED_VERSION {
            return Err(PlatformError::Inconsistent("metadata of a newer release"));
        }
        Ok(Metadata {
            file_name: stored.file_name,
            password: stored.password.map(Secret::from),
            sha256: stored.sha256,
        })
    }
}
