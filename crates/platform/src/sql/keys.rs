//! The key store: wrapped keys in a database of their own.

use super::database::Database;
use super::transaction::{Scope, Tx, query};
use crate::embedded::{KeyFile, fresh_id};
use crate::port::{DocumentKey, Fingerprint, Keys};
use crate::sealing::{Context, open_bytes, seal_bytes};
use crate::{KeyFault, PlatformError, Result, SecretBytes};
use async_trait::async_trait;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use smartexus_domain::{DocumentId, WorkspaceId};
use zeroize::Zeroizing;

/// Wrapped keys, and the key file that opens them.
pub(crate) struct SqlKeys {
    database: Database,
    file: KeyFile,
}

struct WorkspaceKey {
    id: [u8; 16],
    secret: SecretBytes,
}

impl SqlKeys {
    pub(crate) fn new(database: Database, file: KeyFile) -> Self {
        Self { database, file }
    }

    /// Whether any key was ever wrapped here: then the key file must exist already.
    pub(crate) async fn has_keys(database: &Database) -> Result<bool> {
        let mut tx = database.read(Scope::Bare).await?;
        let (any,): (bool,) = query("SELECT EXISTS (SELECT 1 FROM workspace_keys)").one(&mut tx).await?;
        Ok(any)
    }

    async fn workspace_key(&self, tx: &mut Tx, workspace: WorkspaceId) -> Result<Option<WorkspaceKey>> {
        let row: Option<(Vec<u8>, Vec<u8>)> =
            query("SELECT key_id, wrapped FROM workspace_keys WHERE workspace_id = $1")
                .bind(workspace.to_string())
                .optional(tx)
                .await?;
        let Some((id, wrapped)) = row else { return Ok(None) };
        let context = Context::workspace_key(workspace);
        let secret = unwrap(self.file.id, &self.file.secret, &context, &wrapped)?;
        Ok(Some(WorkspaceKey { id: key_id(&id)?, secret }))
    }

    async fn ensure_workspace_key(&self, workspace: WorkspaceId) -> Result<WorkspaceKey> {
        let mut tx = self.database.read(Scope::Workspace(workspace)).await?;
        if let Some(key) = self.workspace_key(&mut tx, workspace).await? {
            return Ok(key);
        }
        drop(tx);
        let mut tx = self.database.touch(Scope::Workspace(workspace)).await?;
        let key = WorkspaceKey { id: fresh_id()?, secret: SecretBytes::random()? };
        let context = Context::workspace_key(workspace);
        let wrapped = seal_bytes(self.file.id, &self.file.secret, &context, key.secret.expose())?;
        query(
            "INSERT INTO workspace_keys (workspace_id, key_id, wrapped) VALUES ($1, $2, $3)
             ON CONFLICT (workspace_id) DO NOTHING",
        )
        .bind(workspace.to_string())
        .bind(&key.id[..])
        .bind(wrapped)
        .execute(&mut tx)
        .await?;
        // Ours, or that of whoever was faster.
        let kept = self.workspace_key(&mut tx, workspace).await?;
        tx.commit().await?;
        kept.ok_or(PlatformError::Inconsistent("workspace key"))
    }

    async fn stored_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Option<DocumentKey>> {
        let mut tx = self.database.read(Scope::Workspace(workspace)).await?;
        let row: Option<(Vec<u8>, Vec<u8>)> =
            query("SELECT key_id, wrapped FROM document_keys WHERE workspace_id = $1 AND document_id = $2")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .optional(&mut tx)
                .await?;
        let Some((id, wrapped)) = row else { return Ok(None) };
        let above = self
            .workspace_key(&mut tx, workspace)
            .await?
            .ok_or(PlatformError::Keys(KeyFault::DoesNotUnwrap))?;
        let context = Context::document_key(workspace, document);
        let secret = unwrap(above.id, &above.secret, &context, &wrapped)?;
        Ok(Some(DocumentKey::new(key_id(&id)?, secret)))
    }
}

#[async_trait]
impl Keys for SqlKeys {
    async fn create(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        let above = self.ensure_workspace_key(workspace).await?;
        let key = DocumentKey::new(fresh_id()?, SecretBytes::random()?);
        let context = Context::document_key(workspace, document);
        let wrapped = seal_bytes(above.id, &above.secret, &context, key.secret.expose())?;
        let mut tx = self.database.touch(Scope::Workspace(workspace)).await?;
        query(
            "INSERT INTO document_keys (workspace_id, document_id, key_id, wrapped) VALUES ($1, $2, $3, $4)
             ON CONFLICT (workspace_id, document_id) DO NOTHING",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .bind(&key.id[..])
        .bind(wrapped)
        .execute(&mut tx)
        .await?;
        tx.commit().await?;
        self.document_key(workspace, document).await
    }

    async fn document_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        self.stored_key(workspace, document).await?.ok_or(PlatformError::KeyDestroyed)
    }

    async fn workspace_content_key(&self, workspace: WorkspaceId) -> Result<DocumentKey> {
        let key = self.ensure_workspace_key(workspace).await?;
        let mut subkey = Zeroizing::new([0_u8; 32]);
        derive(&key, b"smartexus/content/1", &mut subkey)?;
        Ok(DocumentKey::new(key.id, SecretBytes::take(&mut subkey)))
    }

    async fn destroy(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        let mut tx = self.database.touch(Scope::Workspace(workspace)).await?;
        query("DELETE FROM document_keys WHERE workspace_id = $1 AND document_id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        // Cut even when nothing was deleted: the call before may have been stopped right here.
        self.database.cut_log().await
    }

    async fn holds(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        let mut tx = self.database.read(Scope::Workspace(workspace)).await?;
        let (held,): (bool,) =
            query("SELECT EXISTS (SELECT 1 FROM document_keys WHERE workspace_id = $1 AND document_id = $2)")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .one(&mut tx)
                .await?;
        Ok(held)
    }

    async fn opens(&self, workspace: WorkspaceId) -> Result<bool> {
        let mut tx = self.database.read(Scope::Workspace(workspace)).await?;
        Ok(self.workspace_key(&mut tx, workspace).await?.is_some())
    }

    async fn fingerprint(&self, workspace: WorkspaceId, parts: &[&[u8]]) -> Result<Fingerprint> {
        let key = self.ensure_workspace_key(workspace).await?;
        let mut subkey = Zeroizing::new([0_u8; 32]);
        derive(&key, b"smartexus/fingerprint/1", &mut subkey)?;
        let mut mac = Hmac::<Sha256>::new_from_slice(subkey.as_ref())
            .map_err(|_| PlatformError::Inconsistent("key derivation"))?;
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Ok(Fingerprint(mac.finalize().into_bytes().into()))
    }
}

/// A subkey for one purpose.
fn derive(key: &WorkspaceKey, purpose: &[u8], subkey: &mut [u8; 32]) -> Result<()> {
    Hkdf::<Sha256>::new(None, key.secret.expose())
        .expand(purpose, subkey)
        .map_err(|_| PlatformError::Inconsistent("key derivation"))
}

/// A wrapped key that does not open means the wrong key file or a damaged store: our fault, not the document's.
fn unwrap(above_id: [u8; 16], above: &SecretBytes, context: &Context, wrapped: &[u8]) -> Result<SecretBytes> {
    let fault = PlatformError::Keys(KeyFault::DoesNotUnwrap);
    let Ok(plain) = open_bytes(above_id, above, context, wrapped).map(Zeroizing::new) else {
        return Err(fault);
    };
    SecretBytes::from_slice(&plain).ok_or(fault)
}

fn key_id(bytes: &[u8]) -> Result<[u8; 16]> {
    bytes.try_into().map_err(|_| PlatformError::Inconsistent("key id"))
}
