//! What a role depends on, each part by name, and whether it works now.

use crate::{PlatformError, World};
use futures::future::{BoxFuture, join_all};
use serde::Serialize;
use std::borrow::Cow;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// A part that has not answered by then is not ready.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);
/// An answer is good for so long: however many ask, the parts are asked once.
const KEPT: Duration = Duration::from_secs(1);

/// Why a part cannot work: a constant, or an error whose text holds neither content nor names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReady(Cow<'static, str>);

impl NotReady {
    /// For this reason: a stable word or a clause.
    #[must_use]
    pub const fn because(reason: &'static str) -> Self {
        Self(Cow::Borrowed(reason))
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl From<PlatformError> for NotReady {
    fn from(error: PlatformError) -> Self {
        Self(Cow::Owned(error.to_string()))
    }
}

/// A part that does not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreadyPart {
    /// Its name.
    pub part: &'static str,
    /// Why.
    pub reason: Cow<'static, str>,
}

/// The body of `/readyz`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadinessReport {
    /// Everything works.
    pub ready: bool,
    /// Every part there is, in the order in which they were named.
    pub parts: Vec<&'static str>,
    /// Those that do not work.
    pub not_ready: Vec<UnreadyPart>,
}

/// The parts to ask.
#[derive(Default)]
pub struct Readiness {
    probes: Vec<Probe>,
    last: Mutex<Option<(Instant, Arc<ReadinessReport>)>>,
}

struct Probe {
    part: &'static str,
    limit: Duration,
    ask: Box<dyn Fn() -> BoxFuture<'static, Result<(), NotReady>> + Send + Sync>,
}

impl Readiness {
    /// Of a process that depends on nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of a process that needs the database, the keys and the blobs of this world.
    #[must_use]
    pub fn of_world(world: &World) -> Self {
        let (database, keys, blobs) = (world.clone(), world.clone(), world.clone());
        Self::new()
            .probe("database", move || {
                let world = database.clone();
                async move { Ok(world.documents.workspaces().await.map(drop)?) }
            })
            // A document that never was: the answer does not matter, that there is one does.
            .probe("keys", move || {
                let world = keys.clone();
                async move {
                    let (workspace, nobody) = (world.ids.workspace()?, world.ids.document()?);
                    Ok(world.keys.holds(workspace, nobody).await.map(drop)?)
                }
            })
            .probe("blobs", move || {
                let world = blobs.clone();
                async move {
                    let (workspace, nobody) = (world.ids.workspace()?, world.ids.document()?);
                    Ok(world.blobs.list_document(workspace, nobody).await.map(drop)?)
                }
            })
    }

    /// Asks this part too; it has 2 s for its answer.
    #[must_use]
    pub fn probe<F, A>(self, part: &'static str, ask: F) -> Self
    where
        F: Fn() -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), NotReady>> + Send + 'static,
    {
        self.probe_within(part, PROBE_TIMEOUT, ask)
    }

    /// Asks this part too; it has `limit` for its answer.
    #[must_use]
    pub fn probe_within<F, A>(mut self, part: &'static str, limit: Duration, ask: F) -> Self
    where
        F: Fn() -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), NotReady>> + Send + 'static,
    {
        self.probes.push(Probe { part, limit, ask: Box::new(move || Box::pin(ask())) });
        self
    }

    /// Asks all parts at once, or tells what they answered less than a second ago. Whoever asks meanwhile waits for
    /// the same answer.
    pub async fn report(&self) -> Arc<ReadinessReport> {
        let mut last = self.last.lock().await;
        if let Some((at, report)) = last.as_ref()
            && at.elapsed() < KEPT
        {
            return Arc::clone(report);
        }
        let asked = self.probes.iter().map(|probe| async {
            let answer = timeout(probe.limit, (probe.ask)()).await;
            let reason = match answer {
                Ok(Ok(())) => return None,
                Ok(Err(NotReady(reason))) => reason,
                Err(_) => Cow::Borrowed("no answer in time"),
            };
            Some(UnreadyPart { part: probe.part, reason })
        });
        let not_ready: Vec<UnreadyPart> = join_all(asked).await.into_iter().flatten().collect();
        let parts = self.probes.iter().map(|probe| probe.part).collect();
        let report = Arc::new(ReadinessReport { ready: not_ready.is_empty(), parts, not_ready });
        note_change(last.as_ref().map(|(_, report)| report.as_ref()), &report);
        *last = Some((Instant::now(), Arc::clone(&report)));
        report
    }
}

/// One line when a part stops working, one when everything works again: probes come every few seconds.
fn note_change(before: Option<&ReadinessReport>, now: &ReadinessReport) {
    let was_unready = |part| before.is_some_and(|b| b.not_ready.iter().any(|unready| unready.part == part));
    for UnreadyPart { part, reason } in &now.not_ready {
        if !was_unready(*part) {
            tracing::warn!(part, %reason, "not ready");
        }
    }
    if now.ready && before.is_some_and(|before| !before.ready) {
        tracing::info!("ready again");
    }
}
