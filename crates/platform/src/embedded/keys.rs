//! The key store: wrapped keys in a SQLite file of their own.

use super::database::Database;
use super::key_file::{KeyFile, fresh_id};
use crate::port::{DocumentKey, Fingerprint, Keys};
use crate::sealing::{Context, open_bytes, seal_bytes};
use crate::{KeyFault, PlatformError, Result, SecretBytes};
use async_trait::async_trait;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use smartexus_domain::{DocumentId, WorkspaceId};
use sqlx::{Executor, Sqlite};
use zeroize::Zeroizing;

/// Wrapped keys, and the key file that opens them.
pub(super) struct SqliteKeys {
    database: Database,
    file: KeyFile,
}

struct WorkspaceKey {
    id: [u8; 16],
    secret: SecretBytes,
}

impl SqliteKeys {
    pub(super) fn new(database: Database, file: KeyFile) -> Self {
        Self { database, file }
    }

    /// Whether any key was ever wrapped here: then the key file must exist already.
    pub(super) async fn has_keys(database: &Database) -> Result<bool> {
        let (any,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM workspace_keys)")
            .fetch_one(database.reader())
            .await?;
        Ok(any)
    }

    async fn workspace_key<'c, E>(&self, executor: E, workspace: WorkspaceId) -> Result<Option<WorkspaceKey>>
    where
        E: Executor<'c, Database = Sqlite>,
    {
        let row: Option<(Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT key_id, wrapped FROM workspace_keys WHERE workspace_id = ?1")
                .bind(workspace.to_string())
                .fetch_optional(executor)
                .await?;
        let Some((id, wrapped)) = row else { return Ok(None) };
        let context = Context::workspace_key(workspace);
        let secret = unwrap(self.file.id, &self.file.secret, &context, &wrapped)?;
        Ok(Some(WorkspaceKey { id: key_id(&id)?, secret }))
    }

    async fn ensure_workspace_key(&self, workspace: WorkspaceId) -> Result<WorkspaceKey> {
        if let Some(key) = self.workspace_key(self.database.reader(), workspace).await? {
            return Ok(key);
        }
        let mut transaction = self.database.begin().await?;
        if let Some(key) = self.workspace_key(&mut *transaction, workspace).await? {
            return Ok(key);
        }
        let key = WorkspaceKey { id: fresh_id()?, secret: SecretBytes::random()? };
        let context = Context::workspace_key(workspace);
        let wrapped = seal_bytes(self.file.id, &self.file.secret, &context, key.secret.expose())?;
        sqlx::query("INSERT INTO workspace_keys (workspace_id, key_id, wrapped) VALUES (?1, ?2, ?3)")
            .bind(workspace.to_string())
            .bind(&key.id[..])
            .bind(wrapped)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(key)
    }

    async fn stored_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Option<DocumentKey>> {
        let row: Option<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "SELECT key_id, wrapped FROM document_keys WHERE workspace_id = ?1 AND document_id = ?2",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .fetch_optional(self.database.reader())
        .await?;
        let Some((id, wrapped)) = row else { return Ok(None) };
        let above = self
            .workspace_key(self.database.reader(), workspace)
            .await?
            .ok_or(PlatformError::Keys(KeyFault::DoesNotUnwrap))?;
        let context = Context::document_key(workspace, document);
        let secret = unwrap(above.id, &above.secret, &context, &wrapped)?;
        Ok(Some(DocumentKey::new(key_id(&id)?, secret)))
    }
}

#[async_trait]
impl Keys for SqliteKeys {
    async fn create(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        let above = self.ensure_workspace_key(workspace).await?;
        let key = DocumentKey::new(fresh_id()?, SecretBytes::random()?);
        let context = Context::document_key(workspace, document);
        let wrapped = seal_bytes(above.id, &above.secret, &context, key.secret.expose())?;
        sqlx::query(
            "INSERT INTO document_keys (workspace_id, document_id, key_id, wrapped) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .bind(&key.id[..])
        .bind(wrapped)
        .execute(self.database.writer())
        .await?;
        self.document_key(workspace, document).await
    }

    async fn document_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        self.stored_key(workspace, document).await?.ok_or(PlatformError::KeyDestroyed)
    }

    async fn destroy(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        sqlx::query("DELETE FROM document_keys WHERE workspace_id = ?1 AND document_id = ?2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .execute(self.database.writer())
            .await?;
        // Cut even when nothing was deleted: the call before may have been stopped right here.
        self.database.cut_log().await
    }

    async fn holds(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        let (held,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM document_keys WHERE workspace_id = ?1 AND document_id = ?2)",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .fetch_one(self.database.reader())
        .await?;
        Ok(held)
    }

    async fn fingerprint(&self, workspace: WorkspaceId, parts: &[&[u8]]) -> Result<Fingerprint> {
        let key = self.ensure_workspace_key(workspace).await?;
        let mut subkey = Zeroizing::new([0_u8; 32]);
        Hkdf::<Sha256>::new(None, key.secret.expose())
            .expand(b"smartexus/fingerprint/1", subkey.as_mut())
            .map_err(|_| PlatformError::Inconsistent("key derivation"))?;
        let mut mac = Hmac::<Sha256>::new_from_slice(subkey.as_ref())
            .map_err(|_| PlatformError::Inconsistent("key derivation"))?;
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Ok(Fingerprint(mac.finalize().into_bytes().into()))
    }
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
