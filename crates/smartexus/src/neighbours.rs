//! What the door asks of rooms that it may not name: results, erasures, and whether all is well.

use crate::station::LOCAL_WORKSPACE;
use crate::{cases, categories, forms};
use async_trait::async_trait;
use smartexus_categorize::Rulebook;
use smartexus_domain::{DocumentId, StatementResult, WorkspaceId};
use smartexus_intake::{
    CaseAsk, CaseReply, CategoryAsk, CategoryReply, ErasureReply, FormAsk, FormReply, Neighbours, NotReady,
};
use smartexus_platform::port::{Actor, Lookup};
use smartexus_platform::{PlatformError, World};
use smartexus_sweeper::{ErasureAnswer, Reason, Sweeper};
use smartexus_worker::cases::CaseDesk;
use smartexus_worker::categories::CategoryDesk;
use smartexus_worker::forms::FormDesk;
use smartexus_worker::pipeline::PipelineSet;
use smartexus_worker::result;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The other rooms of this process.
pub(crate) struct SameProcess {
    world: World,
    pipelines: Arc<PipelineSet>,
    sweeper: Arc<Sweeper>,
    rulebook: Arc<Rulebook>,
    worker_halted: AtomicBool,
    /// Another process sweeps: this one cannot tell how it is.
    sweeps: bool,
    /// Where objects are files.
    kept_in: Option<PathBuf>,
}

impl SameProcess {
    /// All is well.
    pub(crate) fn new(
        world: World,
        pipelines: Arc<PipelineSet>,
        sweeper: Arc<Sweeper>,
        rulebook: Arc<Rulebook>,
    ) -> Self {
        let worker_halted = AtomicBool::new(false);
        Self { world, pipelines, sweeper, rulebook, worker_halted, sweeps: true, kept_in: None }
    }

    /// Objects are files below this directory.
    pub(crate) fn with_files_in(self, directory: PathBuf) -> Self {
        Self { kept_in: Some(directory), ..self }
    }

    /// Another process has the sweeper's schedule.
    pub(crate) fn without_schedule(self) -> Self {
        Self { sweeps: false, ..self }
    }

    /// From now on nothing is read, and readiness says so.
    pub(crate) fn note_halted_worker(&self) {
        self.worker_halted.store(true, Ordering::Release);
    }

    /// Nothing is read any more.
    pub(crate) fn is_worker_halted(&self) -> bool {
        self.worker_halted.load(Ordering::Acquire)
    }
}

#[async_trait]
impl Neighbours for SameProcess {
    async fn result(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Lookup<Option<StatementResult>>, PlatformError> {
        result::load(&self.world, &self.pipelines, workspace, document).await
    }

    async fn request_erasure(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<ErasureReply, PlatformError> {
        debug_assert_eq!(workspace, LOCAL_WORKSPACE, "there is one workspace");
        let answer = self.sweeper.request_erasure(workspace, document, Actor::Intake).await?;
        Ok(match answer {
            ErasureAnswer::Erasing(erasure) => ErasureReply::Erasing(erasure.receipt),
            ErasureAnswer::Erased(receipt) => ErasureReply::Erased(receipt),
            ErasureAnswer::Absent => ErasureReply::Absent,
            ErasureAnswer::Refused(entry) => ErasureReply::Refused {
                reason: entry.because.as_str(),
                rule: entry.class.as_str().to_owned(),
                review_on: match entry.because {
                    Reason::BlockedByMinimum { review_on } => review_on,
                    Reason::Held
                    | Reason::UnknownClass
                    | Reason::NotAdopted
                    | Reason::MinimumAboveMaximum { .. }
                    | Reason::EraseRequested
                    | Reason::Due { .. }
                    | Reason::KeptUntil { .. }
                    | Reason::AnchorOpen { .. }
                    | Reason::NoMaximum => None,
                },
            },
        })
    }

    async fn categories(
        &self,
        workspace: WorkspaceId,
        ask: CategoryAsk,
    ) -> Result<CategoryReply, PlatformError> {
        let rulebook = Arc::clone(&self.rulebook);
        let desk = CategoryDesk::new(self.world.clone(), rulebook, workspace, Actor::Intake);
        match categories::answer(&desk, ask).await {
            Ok(reply) => Ok(reply),
            Err(fault) => categories::refusal(fault),
        }
    }

    async fn cases(&self, workspace: WorkspaceId, ask: CaseAsk) -> Result<CaseReply, PlatformError> {
        let desk = CaseDesk::new(self.world.clone(), Arc::clone(&self.pipelines), workspace, Actor::Intake);
        cases::answer(&desk, ask).await
    }

    async fn forms(&self, workspace: WorkspaceId, ask: FormAsk) -> Result<FormReply, PlatformError> {
        let desk = FormDesk::new(self.world.clone(), Arc::clone(&self.pipelines), workspace, Actor::Intake);
        forms::answer(&desk, ask).await
    }

    fn free_bytes(&self) -> Option<u64> {
        let space = rustix::fs::statvfs(self.kept_in.as_ref()?).ok()?;
        Some(space.f_bavail.saturating_mul(space.f_frsize))
    }

    fn not_ready(&self) -> Vec<NotReady> {
        let sweeper = self.sweeper.trouble().filter(|_| self.sweeps);
        let sweeper = sweeper.map(|trouble| NotReady { part: "sweeper", reason: trouble.as_str() });
        let worker = self.is_worker_halted().then_some(NotReady { part: "worker", reason: "halted" });
        sweeper.into_iter().chain(worker).collect()
    }
}
