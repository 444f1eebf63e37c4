//! Live progress, for whoever watches. The database is the truth; this only saves asking.

use futures::stream::BoxStream;
use serde::Serialize;
use smartexus_domain::{DocumentId, DocumentState, StageKind, WorkspaceId};
use std::time::Duration;

/// Where one document stands: a snapshot, so a later one replaces an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ProgressEvent {
    /// Whose.
    #[serde(skip)]
    pub workspace: WorkspaceId,
    /// Which document.
    pub document: DocumentId,
    /// Its state.
    pub state: DocumentState,
    /// The stage that runs, if one does.
    pub stage: Option<StageKind>,
    /// Pages that are done.
    pub pages_done: u32,
    /// Pages that there are; 0 while nobody knows.
    pub pages_total: u32,
}

/// What a watcher hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// A document moved.
    Event(ProgressEvent),
    /// Something may have been missed: look at the database now. It comes first of all, after a lag or a lost
    /// connection, every second while the channel is away, and every [`LOOK_AGAIN`] in any case. So a watcher
    /// needs no timer of its own, and a lost message is made good within that time.
    Gap,
}

/// Longest time between two gaps.
pub const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Events that wait for one slow watcher; behind more, it is told of a gap and loses the oldest.
pub const PROGRESS_BUFFER: usize = 256;

/// Progress as it comes, until the cache is dropped.
pub type ProgressStream = BoxStream<'static, Progress>;

/// Tells and hears.
pub trait ProgressChannel: Send + Sync {
    /// Tells everybody who watches the workspace, at any replica. Never waits, never fails, may be lost; of
    /// several events of one document only the latest may arrive.
    fn publish(&self, event: &ProgressEvent);

    /// Watches a workspace. The stream begins with [`Progress::Gap`], and again when the channel stands: what is
    /// read from the database after that cannot be older than what the stream leaves out.
    fn subscribe(&self, workspace: WorkspaceId) -> ProgressStream;
}
