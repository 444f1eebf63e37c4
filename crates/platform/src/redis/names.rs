//! The names of keys and channels. This is the whole list of what is kept.
//!
//! Every name is `prefix:{scope}:…`, the scope being a workspace's id, or `fleet` for what has no workspace: roles
//! and one counter. The braces keep a scope in one slot, which a script over several keys needs in a cluster.

use crate::port::{Bucket, Holder, Role, SessionId};
use smartexus_domain::WorkspaceId;
use std::fmt::Write as _;

#[derive(Clone)]
pub(super) struct Names {
    prefix: String,
}

impl Names {
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned() }
    }

    /// String: when the bucket is full again.
    pub(super) fn bucket(&self, bucket: &Bucket) -> String {
        let kind = bucket.kind.as_str();
        let mut name = self.of(bucket.workspace, &format!("limit:{kind}"));
        if let Some(subject) = &bucket.subject {
            name.push(':');
            push_hex(&mut name, &subject.0);
        }
        name
    }

    /// Hash: a session.
    pub(super) fn session(&self, workspace: WorkspaceId, id: &SessionId) -> String {
        let mut name = self.of(workspace, "session:");
        push_hex(&mut name, id.bytes());
        name
    }

    /// String: the number that was told last.
    pub(super) fn told(&self, workspace: WorkspaceId, holder: Holder) -> String {
        match holder {
            Holder::Workspace => self.of(workspace, "told"),
            Holder::Person(person) => format!("{}{person}", self.told_to_persons(workspace)),
        }
    }

    /// What the name of a person's number begins with.
    pub(super) fn told_to_persons(&self, workspace: WorkspaceId) -> String {
        self.of(workspace, "told:")
    }

    /// Channel: progress of a workspace.
    pub(super) fn progress(&self, workspace: WorkspaceId) -> String {
        self.of(workspace, "progress")
    }

    /// The workspace of a progress channel.
    pub(super) fn watched(&self, channel: &str) -> Option<WorkspaceId> {
        let id = channel.strip_prefix(&self.prefix)?.strip_prefix(":{")?.strip_suffix("}:progress")?;
        id.parse().ok()
    }

    /// String: the fence of who leads.
    pub(super) fn leader(&self, role: Role) -> String {
        self.fleet(&format!("leader:{}", role.as_str()))
    }

    /// String: the last fence.
    pub(super) fn fence(&self, role: Role) -> String {
        self.fleet(&format!("fence:{}", role.as_str()))
    }

    /// String: how many invalidations there were.
    pub(super) fn invalidations(&self) -> String {
        self.fleet("invalidations")
    }

    /// Channel: what is stale.
    pub(super) fn stale(&self) -> String {
        self.fleet("stale")
    }

    /// String: written at every beat, to know that it can be.
    pub(super) fn beat(&self) -> String {
        self.fleet("beat")
    }

    fn of(&self, workspace: WorkspaceId, rest: &str) -> String {
        format!("{}:{{{workspace}}}:{rest}", self.prefix)
    }

    fn fleet(&self, rest: &str) -> String {
        format!("{}:{{fleet}}:{rest}", self.prefix)
    }
}

fn push_hex(name: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{BucketKind, Fingerprint, Rate};
    use uuid::Uuid;

    #[test]
    fn every_name_begins_with_the_prefix_and_its_scope() {
        let names = Names::new("fleet-7");
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(1));
        let own = "fleet-7:{00000000-0000-0000-0000-000000000001}:";
        let rate = Rate::per_second(1, 1).unwrap();
        let mut bucket = Bucket { workspace, kind: BucketKind::Guesses, subject: None, rate };
        assert_eq!(names.bucket(&bucket), format!("{own}limit:guesses"));
        bucket.subject = Some(Fingerprint([0xab; 32]));
        assert_eq!(names.bucket(&bucket), format!("{own}limit:guesses:{}", "ab".repeat(32)));
        assert_eq!(names.told(workspace, Holder::Workspace), format!("{own}told"));
        let person = Uuid::from_u128(2);
        let told = format!("{own}told:00000000-0000-0000-0000-000000000002");
        assert_eq!(names.told(workspace, Holder::Person(person)), told);
        let channel = names.progress(workspace);
        assert_eq!(channel, format!("{own}progress"));
        assert_eq!(names.watched(&channel), Some(workspace));
        assert_eq!(Names::new("other").watched(&channel), None);
        assert_eq!(names.leader(Role::Sweeper), "fleet-7:{fleet}:leader:sweeper");
    }
}
