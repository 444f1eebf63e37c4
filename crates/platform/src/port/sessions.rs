//! Login sessions, kept close. The database keeps them too and is the truth.

use super::Unavailable;
use crate::Secret;
use async_trait::async_trait;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use smartexus_domain::WorkspaceId;
use std::time::Duration;
use uuid::Uuid;

/// A session's name: the hash of what the cookie holds. No `Debug`; the cookie's own words are stored nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId([u8; 32]);

impl SessionId {
    /// SHA-256 of the cookie's secret, which must hold at least 128 random bits: then no key is needed to hash it.
    #[must_use]
    pub fn of(secret: &Secret) -> Self {
        Self(Sha256::digest(secret.expose().as_bytes()).into())
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The database's numbers under which a session counts. A change of rights, of a password or of a second factor
/// raises one of them in its own transaction; a session with a lower number is over. Both below 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionVersions {
    /// Of everybody in the workspace.
    pub workspace: u64,
    /// Of this one person.
    pub person: u64,
}

/// What is kept for a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    person: Uuid,
    versions: SessionVersions,
    sealed: Bytes,
}

/// More bytes than a session may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a session holds at most 4096 bytes")]
pub struct SessionTooLarge;

impl Session {
    /// Largest content in bytes.
    pub const MAX_BYTES: usize = 4_096;

    /// A session of `person`, begun while the database said `versions`. `sealed` is opaque here and must be sealed.
    ///
    /// # Errors
    /// [`SessionTooLarge`] past [`Session::MAX_BYTES`].
    pub fn new(person: Uuid, versions: SessionVersions, sealed: Bytes) -> Result<Self, SessionTooLarge> {
        let fits = sealed.len() <= Self::MAX_BYTES;
        if fits { Ok(Self { person, versions, sealed }) } else { Err(SessionTooLarge) }
    }

    /// Whose.
    #[must_use]
    pub const fn person(&self) -> Uuid {
        self.person
    }

    /// The numbers it was begun under, for whoever reads the database's own in the same request.
    #[must_use]
    pub const fn versions(&self) -> SessionVersions {
        self.versions
    }

    /// The sealed content.
    #[must_use]
    pub fn sealed(&self) -> &Bytes {
        &self.sealed
    }
}

/// Whose sessions end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// Everybody's in the workspace.
    Workspace,
    /// One person's.
    Person(Uuid),
}

/// Keeps sessions. Every `None`, `false` and `Unavailable` means the same to the caller: ask the database.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Keeps a session for `ttl`, at most [`MAX_SESSION_TTL`], in place of what was there, and tells its numbers as
    /// [`Sessions::revoke`] does. `false` when it was not kept: a higher number was told before, or there is no room.
    ///
    /// # Errors
    /// [`Unavailable`].
    async fn put(
        &self,
        workspace: WorkspaceId,
        id: &SessionId,
        session: &Session,
        ttl: Duration,
    ) -> Result<bool, Unavailable>;

    /// The session, when it is kept, its time is not over, and no higher number was told since.
    ///
    /// # Errors
    /// [`Unavailable`].
    async fn get(&self, workspace: WorkspaceId, id: &SessionId) -> Result<Option<Session>, Unavailable>;

    /// Gives it `ttl` from now; `false` as [`Sessions::get`] gives `None`.
    ///
    /// # Errors
    /// [`Unavailable`].
    async fn touch(&self, workspace: WorkspaceId, id: &SessionId, ttl: Duration)
    -> Result<bool, Unavailable>;

    /// Forgets it. Forgetting what is not there is fine.
    ///
    /// # Errors
    /// [`Unavailable`]: it may still be found by those who reach the cache. Tell the new number instead, see below.
    async fn delete(&self, workspace: WorkspaceId, id: &SessionId) -> Result<(), Unavailable>;

    /// Tells the database's new number: every session of the holder that was begun under a lower one is over, for
    /// all replicas at once. Call it after the transaction that raised the number has committed. Telling a lower
    /// number changes nothing.
    ///
    /// # Errors
    /// [`Unavailable`]: call again until it is taken, from the outbox. Until then a replica that still reaches the
    /// cache finds the old session, so what must never be late compares [`Session::versions`] with the database.
    async fn revoke(&self, workspace: WorkspaceId, holder: Holder, version: u64) -> Result<(), Unavailable>;
}

/// Longest life of a kept session between two touches. The told numbers are kept as long, so that none of them is
/// forgotten before the last session that it ended.
pub const MAX_SESSION_TTL: Duration = Duration::from_secs(24 * 60 * 60);
