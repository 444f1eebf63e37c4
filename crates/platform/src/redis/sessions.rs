//! Sessions in Redis.

use super::cache::RedisCache;
use crate::port::{Holder, MAX_SESSION_TTL, Session, SessionId, SessionVersions, Sessions, Unavailable};
use async_trait::async_trait;
use bytes::Bytes;
use smartexus_domain::WorkspaceId;
use std::time::Duration;

/// Person, the two numbers, content; nothing when there is no session.
type Found = Vec<Vec<u8>>;

impl RedisCache {
    /// Finds a session, and gives it `ttl` from now if that is said.
    async fn find(
        &self,
        workspace: WorkspaceId,
        id: &SessionId,
        ttl: Option<Duration>,
    ) -> Result<Option<Session>, Unavailable> {
        let mut script = self.scripts.session_get.key(self.names.session(workspace, id));
        script.key(self.names.told(workspace, Holder::Workspace));
        script.arg(self.names.told_to_persons(workspace)).arg(ttl.map_or(0, millis));
        script.arg(millis(MAX_SESSION_TTL));
        let found: Found = self.link.run(&script).await?;
        // What we cannot read is as good as not there.
        Ok(read(&found))
    }
}

#[async_trait]
impl Sessions for RedisCache {
    async fn put(
        &self,
        workspace: WorkspaceId,
        id: &SessionId,
        session: &Session,
        ttl: Duration,
    ) -> Result<bool, Unavailable> {
        let (person, versions) = (session.person(), session.versions());
        let mut script = self.scripts.session_put.key(self.names.session(workspace, id));
        script.key(self.names.told(workspace, Holder::Workspace));
        script.key(self.names.told(workspace, Holder::Person(person)));
        script.arg(versions.workspace).arg(versions.person).arg(millis(ttl)).arg(millis(MAX_SESSION_TTL));
        script.arg(person.to_string()).arg(session.sealed().as_ref());
        self.link.run(&script).await
    }

    async fn get(&self, workspace: WorkspaceId, id: &SessionId) -> Result<Option<Session>, Unavailable> {
        self.find(workspace, id, None).await
    }

    async fn touch(
        &self,
        workspace: WorkspaceId,
        id: &SessionId,
        ttl: Duration,
    ) -> Result<bool, Unavailable> {
        Ok(self.find(workspace, id, Some(ttl)).await?.is_some())
    }

    async fn delete(&self, workspace: WorkspaceId, id: &SessionId) -> Result<(), Unavailable> {
        let command = redis::Cmd::del(self.names.session(workspace, id));
        self.link.ask(|mut to| async move { command.query_async(&mut to).await }).await
    }

    async fn revoke(&self, workspace: WorkspaceId, holder: Holder, version: u64) -> Result<(), Unavailable> {
        let mut script = self.scripts.session_revoke.key(self.names.told(workspace, holder));
        script.arg(version).arg(millis(MAX_SESSION_TTL));
        self.link.run(&script).await
    }
}

/// Whole milliseconds, at least one: Redis refuses zero.
fn millis(ttl: Duration) -> u64 {
    u64::try_from(ttl.min(MAX_SESSION_TTL).as_millis()).unwrap_or(u64::MAX).max(1)
}

fn read(found: &Found) -> Option<Session> {
    let [person, workspace, version, sealed] = &found[..] else { return None };
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
    let versions =
        SessionVersions { workspace: text(workspace)?.parse().ok()?, person: text(version)?.parse().ok()? };
    Session::new(text(person)?.parse().ok()?, versions, Bytes::copy_from_slice(sealed)).ok()
}
