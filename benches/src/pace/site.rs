//! An installation that documents are sent through, and the two kinds of work: empty jobs and real ones.

use super::rows::Rows;
use crate::meter::cpu_of_children;
use crate::storm::installation::{self, Installation};
use anyhow::{Context, bail, ensure};
use futures::{StreamExt as _, TryStreamExt as _};
use smartexus_categorize::Rulebook;
use smartexus_domain::{MediaType, StageKind, WorkspaceId};
use smartexus_platform::port::{Actor, NextJob, PipelineRef, Priority};
use smartexus_platform::{Submission, World};
use smartexus_worker::Worker;
use smartexus_worker::pipeline::PipelineSet;
use smartexus_worker::sandbox::{Sandbox, SandboxProgram};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Longer than any round.
const LIMIT: Duration = Duration::from_secs(300);
/// Documents that are on their way in at the same time.
const UPLOADS: usize = 8;
/// What a bell takes out of its queues after the work, so that it does not disturb who is measured next.
const AFTERGLOW: Duration = Duration::from_secs(2);
/// The hidden word that makes the program a sandboxed child.
const CHILD_WORD: &str = "read-untrusted-bytes";

/// An installation, open.
pub(crate) struct Site {
    installation: Installation,
    world: World,
    rows: Rows,
    pipelines: Arc<PipelineSet>,
    sandbox: Arc<Sandbox>,
    /// Documents so far: no two are alike.
    sent: usize,
}

impl Site {
    pub(crate) async fn open(fleet: bool, program: &Path) -> anyhow::Result<Self> {
        let place = installation::Site { program, fleet, data: None, pipelines: None };
        let installation = Installation::make(place).await?;
        let rows = Rows::open(&installation).await?;
        let world = installation.ringing().await?;
        let pipelines = Arc::new(PipelineSet::built_in()?);
        let child = SandboxProgram { path: program.to_owned(), args: vec![CHILD_WORD.into()] };
        let sandbox = Arc::new(Sandbox::open(child, 1)?);
        Ok(Self { installation, world, rows, pipelines, sandbox, sent: 0 })
    }

    pub(crate) const fn rows(&self) -> &Rows {
        &self.rows
    }

    pub(crate) const fn installation(&self) -> &Installation {
        &self.installation
    }

    /// The jobs of so many documents through the worker itself, claimed by so many slots, whose stages do nothing.
    pub(crate) async fn empty_jobs(&mut self, documents: usize, slots: usize) -> anyhow::Result<Duration> {
        let expected = self.queue_up(documents, |number| format!("{number}").into_bytes()).await?;
        let (world, pipelines) = (self.world.clone(), Arc::clone(&self.pipelines));
        let rulebook = Arc::new(Rulebook::embedded()?);
        let worker = Worker::new(world, pipelines, Arc::clone(&self.sandbox), rulebook, slots).hollow();
        let (stop, stopped) = oneshot::channel::<()>();
        let mut running = tokio::spawn(async move { worker.run(async { drop(stopped.await) }).await });
        let took = tokio::select! {
            took = self.rows.until_done(LIMIT) => took?,
            ended = &mut running => {
                ended??;
                bail!("the worker ended by itself");
            }
        };
        drop(stop);
        running.await??;
        if self.world.doorbell.is_shared() {
            tokio::time::sleep(AFTERGLOW).await;
        }
        self.check(expected).await?;
        Ok(took)
    }

    /// These documents through so many worker processes of one slot each: how long they took, and the processor time
    /// of all of them, starts included, where the system says.
    pub(crate) async fn processes(
        &mut self,
        processes: usize,
        documents: usize,
        content: impl Fn(usize) -> Vec<u8>,
    ) -> anyhow::Result<(Duration, Option<Duration>)> {
        let expected = self.queue_up(documents, content).await?;
        let before = cpu_of_children();
        let running = (0..processes).map(|_| Process::start(&self.installation));
        let mut running = running.collect::<anyhow::Result<Vec<_>>>()?;
        let took = tokio::select! {
            took = self.rows.until_done(LIMIT) => took?,
            log = one_ended(&mut running) => bail!("a worker ended by itself: {log}"),
        };
        drop(running);
        let cpu = before.zip(cpu_of_children()).and_then(|(before, after)| {
            Duration::try_from_secs_f64(after).ok()?.checked_sub(Duration::try_from_secs_f64(before).ok()?)
        });
        self.check(expected).await?;
        ensure!(
            self.rows.number("SELECT count(*) FROM documents WHERE state <> 'approved'").await? == 0,
            "a document of the measurement was not proved"
        );
        Ok((took, cpu))
    }

    /// Takes documents in before anybody works, and says how many jobs will be done in the end.
    async fn queue_up(
        &mut self,
        documents: usize,
        content: impl Fn(usize) -> Vec<u8>,
    ) -> anyhow::Result<i64> {
        let done = self.jobs_done().await?;
        let pipeline = self.pipelines.iter().next().context("a pipeline")?.reference();
        let numbers = self.sent..self.sent + documents;
        self.sent = numbers.end;
        let (world, workspace) = (&self.world, self.installation.workspace());
        futures::stream::iter(
            numbers.map(|number| accept(world, workspace, pipeline.clone(), content(number))),
        )
        .buffer_unordered(UPLOADS)
        .try_collect::<Vec<()>>()
        .await?;
        self.rows.rest().await?;
        Ok(done + i64::try_from(documents * StageKind::ALL.len())?)
    }

    async fn jobs_done(&self) -> anyhow::Result<i64> {
        self.rows.number("SELECT count(*) FROM jobs WHERE state = 'done' AND failure IS NULL").await
    }

    /// A rate of jobs that failed would be worth nothing.
    async fn check(&self, expected: i64) -> anyhow::Result<()> {
        let done = self.jobs_done().await?;
        ensure!(done == expected, "{done} jobs are done, {expected} ought to be");
        Ok(())
    }

    pub(crate) async fn clear(self) {
        let Self { installation, world, rows, .. } = self;
        world.doorbell.close().await;
        drop(world);
        drop(rows);
        drop(installation);
    }
}

async fn accept(
    world: &World,
    workspace: WorkspaceId,
    pipeline: PipelineRef,
    content: Vec<u8>,
) -> anyhow::Result<()> {
    let submission = Submission {
        actor: Actor::Operator,
        pipeline,
        retention: "financial-document".to_owned().try_into()?,
        media_type: MediaType::Csv,
        file_name: None,
        password: None,
        first: NextJob { stage: StageKind::Extract, priority: Priority::Batch },
        trace: None,
        limit_bytes: content.len() as u64,
    };
    let body = futures::stream::once(std::future::ready(Ok(content.into()))).boxed();
    let accepted = world.accept(workspace, submission, body).await?;
    ensure!(!accepted.duplicate, "a document of the measurement is not new");
    Ok(())
}

/// A worker process and its log; killed when dropped.
struct Process(Child, PathBuf);

impl Process {
    fn start(installation: &Installation) -> anyhow::Result<Self> {
        let (mut command, log) = installation.command(&["worker", "--jobs", "1"])?;
        Ok(Self(command.spawn().context("a worker")?, log))
    }
}

/// Pending for as long as all of them live; then the log of the one that does not.
async fn one_ended(running: &mut [Process]) -> String {
    loop {
        for Process(child, log) in running.iter_mut() {
            if !matches!(child.try_wait(), Ok(None)) {
                return std::fs::read_to_string(log).unwrap_or_default();
            }
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
