//! Progress on its way out: the latest snapshot of each document waits, not every one.

use super::link::Link;
use super::names::Names;
use crate::port::ProgressEvent;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, DocumentState, StageKind, WorkspaceId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Documents whose progress may wait; of more, none is told. Watchers look for themselves before long.
const MAX_WAITING: usize = 10_000;
/// Messages sent at once.
const BATCH: usize = 100;

/// What waits to be told.
pub(super) struct Spool {
    waiting: Mutex<HashMap<(WorkspaceId, DocumentId), ProgressEvent>>,
    filled: Notify,
}

impl Spool {
    pub(super) fn new() -> Self {
        Self { waiting: Mutex::default(), filled: Notify::new() }
    }

    /// Keeps it until it is told, in place of an earlier one of the same document.
    pub(super) fn push(&self, event: &ProgressEvent) {
        let mut waiting = self.lock();
        let key = (event.workspace, event.document);
        if waiting.len() < MAX_WAITING || waiting.contains_key(&key) {
            waiting.insert(key, *event);
            self.filled.notify_one();
        }
    }

    fn drain(&self) -> Vec<ProgressEvent> {
        self.lock().drain().map(|(_, event)| event).collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(WorkspaceId, DocumentId), ProgressEvent>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells what waits, for as long as the cache lives. What cannot be told is dropped: watchers are told of a gap.
pub(super) async fn tell(spool: Arc<Spool>, link: Arc<Link>, names: Names) {
    loop {
        spool.filled.notified().await;
        for batch in spool.drain().chunks(BATCH) {
            let mut pipe = redis::pipe();
            for event in batch {
                if let Some(text) = encode(event) {
                    pipe.cmd("PUBLISH").arg(names.progress(event.workspace)).arg(text).ignore();
                }
            }
            let told = link.ask(|mut to| async move { pipe.query_async::<()>(&mut to).await }).await;
            if told.is_err() {
                break;
            }
        }
    }
}

/// A progress message. The workspace stands in the channel's name.
#[derive(Serialize, Deserialize)]
struct Message {
    v: u32,
    document: DocumentId,
    state: DocumentState,
    stage: Option<StageKind>,
    pages_done: u32,
    pages_total: u32,
}

const VERSION: u32 = 1;

fn encode(event: &ProgressEvent) -> Option<String> {
    let ProgressEvent { workspace: _, document, state, stage, pages_done, pages_total } = *event;
    let message = Message { v: VERSION, document, state, stage, pages_done, pages_total };
    // It cannot fail: no map, no float.
    serde_json::to_string(&message).ok()
}

/// `None` for what this release does not understand.
pub(super) fn decode(workspace: WorkspaceId, text: &[u8]) -> Option<ProgressEvent> {
    let message: Message = serde_json::from_slice(text).ok()?;
    let Message { v, document, state, stage, pages_done, pages_total } = message;
    (v == VERSION).then_some(ProgressEvent { workspace, document, state, stage, pages_done, pages_total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const GOLDEN: &str = concat!(
        r#"{"v":1,"document":"00000000-0000-0000-0000-000000000002","state":"processing","#,
        r#""stage":"extract","pages_done":3,"pages_total":40}"#
    );

    fn event() -> ProgressEvent {
        ProgressEvent {
            workspace: WorkspaceId::from_uuid(Uuid::from_u128(1)),
            document: DocumentId::from_uuid(Uuid::from_u128(2)),
            state: DocumentState::Processing,
            stage: Some(StageKind::Extract),
            pages_done: 3,
            pages_total: 40,
        }
    }

    #[test]
    fn version_1_is_read_and_written_for_ever() {
        assert_eq!(encode(&event()).as_deref(), Some(GOLDEN));
        assert_eq!(decode(event().workspace, GOLDEN.as_bytes()), Some(event()));
        for strange in
            [GOLDEN.replace("\"v\":1", "\"v\":2"), GOLDEN.replace("processing", "resting"), String::new()]
        {
            assert_eq!(decode(event().workspace, strange.as_bytes()), None, "{strange}");
        }
    }

    #[test]
    fn the_latest_snapshot_waits_and_no_more_than_fit() {
        let spool = Spool::new();
        spool.push(&event());
        spool.push(&ProgressEvent { pages_done: 4, ..event() });
        assert_eq!(spool.drain(), [ProgressEvent { pages_done: 4, ..event() }]);
        let of = |n: usize| DocumentId::from_uuid(Uuid::from_u128(n as u128));
        for n in 0..=MAX_WAITING {
            spool.push(&ProgressEvent { document: of(n), ..event() });
        }
        spool.push(&ProgressEvent { pages_done: 5, document: of(0), ..event() });
        let waiting = spool.drain();
        assert_eq!(waiting.len(), MAX_WAITING);
        assert!(waiting.iter().any(|w| w.document == of(0) && w.pages_done == 5));
        assert!(!waiting.iter().any(|w| w.document == of(MAX_WAITING)));
    }
}
