//! Sessions in memory.

use crate::port::{Holder, MAX_SESSION_TTL, Session, SessionId, micros};
use smartexus_domain::WorkspaceId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Sessions that are kept, and told numbers that are remembered, each.
const MAX_ROWS: usize = 100_000;

/// Sessions and the numbers that ended others, until their times, in microseconds of a monotonic clock.
pub(super) struct LocalSessions(Mutex<Table>);

#[derive(Default)]
struct Table {
    sessions: HashMap<(WorkspaceId, SessionId), (Session, u64)>,
    told: HashMap<(WorkspaceId, Holder), (u64, u64)>,
}

impl LocalSessions {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Table::default()))
    }

    pub(super) fn put(
        &self,
        workspace: WorkspaceId,
        id: SessionId,
        session: &Session,
        ttl: Duration,
        now_us: u64,
    ) -> bool {
        let mut table = self.lock();
        if table.is_over(workspace, session, now_us) || !table.has_room(now_us) {
            return false;
        }
        let versions = session.versions();
        table.tell(workspace, Holder::Workspace, versions.workspace, now_us);
        table.tell(workspace, Holder::Person(session.person()), versions.person, now_us);
        table.sessions.insert((workspace, id), (session.clone(), until_us(ttl, now_us)));
        true
    }

    pub(super) fn get(&self, workspace: WorkspaceId, id: SessionId, now_us: u64) -> Option<Session> {
        self.lock().live(workspace, id, now_us).map(|(session, _)| session.clone())
    }

    pub(super) fn touch(&self, workspace: WorkspaceId, id: SessionId, ttl: Duration, now_us: u64) -> bool {
        self.lock().live(workspace, id, now_us).map(|(_, until)| *until = until_us(ttl, now_us)).is_some()
    }

    pub(super) fn delete(&self, workspace: WorkspaceId, id: SessionId) {
        self.lock().sessions.remove(&(workspace, id));
    }

    pub(super) fn revoke(&self, workspace: WorkspaceId, holder: Holder, version: u64, now_us: u64) {
        let mut table = self.lock();
        if !table.has_room(now_us) {
            // A number that cannot be remembered must not be forgotten: then no session is.
            table.sessions.clear();
            table.told.clear();
        }
        table.tell(workspace, holder, version, now_us);
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// The session when it counts; a row that does not is dropped.
    fn live(&mut self, workspace: WorkspaceId, id: SessionId, now_us: u64) -> Option<&mut (Session, u64)> {
        let key = (workspace, id);
        let (session, until) = self.sessions.get(&key)?;
        if *until <= now_us || self.is_over(workspace, session, now_us) {
            self.sessions.remove(&key);
            return None;
        }
        self.sessions.get_mut(&key)
    }

    fn is_over(&self, workspace: WorkspaceId, session: &Session, now_us: u64) -> bool {
        let told = |holder| match self.told.get(&(workspace, holder)) {
            Some((version, until)) if *until > now_us => *version,
            Some(_) | None => 0,
        };
        let versions = session.versions();
        versions.workspace < told(Holder::Workspace)
            || versions.person < told(Holder::Person(session.person()))
    }

    fn tell(&mut self, workspace: WorkspaceId, holder: Holder, version: u64, now_us: u64) {
        let (told, until) = self.told.entry((workspace, holder)).or_insert((0, 0));
        *told = version.max(*told);
        *until = until_us(MAX_SESSION_TTL, now_us);
    }

    fn has_room(&mut self, now_us: u64) -> bool {
        if self.sessions.len() >= MAX_ROWS || self.told.len() >= MAX_ROWS {
            self.sessions.retain(|_, (_, until)| *until > now_us);
            self.told.retain(|_, (_, until)| *until > now_us);
        }
        self.sessions.len() < MAX_ROWS && self.told.len() < MAX_ROWS
    }
}

fn until_us(ttl: Duration, now_us: u64) -> u64 {
    now_us.saturating_add(micros(ttl.min(MAX_SESSION_TTL)))
}
