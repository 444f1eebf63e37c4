//! The worker: slots that claim and run, a heartbeat, a reconciler, and an orderly end.

use super::ending::JobError;
use super::heap::Heap;
use super::leases::{HeldLease, Leases};
use super::settle::{Ended, Onward, Settler};
use super::stages::{StageRun, Tools};
use super::tally::Tally;
use crate::categories::{Endpoint, EndpointPolicy, Known};
use crate::pipeline::PipelineSet;
use crate::sandbox::Sandbox;
use smartexus_categorize::Rulebook;
use smartexus_domain::{FaultVerdict, StageKind};
use smartexus_platform::metric::{self, DeadReason, MessagingSystem};
use smartexus_platform::port::{Adviser, Lease, Settlement};
use smartexus_platform::{World, span_name, trace_context};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tracing::Instrument as _;

/// How long an idle slot waits for the bell before it looks again.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often lost rings are made good, and for how many jobs at once.
const RECONCILE: Duration = Duration::from_secs(1);
const RECONCILE_MAX: u32 = 256;
/// What fits into this much time is finished at a stop; the rest is given back.
const DRAIN: Duration = Duration::from_secs(8);
/// Giving back takes no longer than this.
const FAREWELL: Duration = Duration::from_secs(2);

/// Why a worker stopped although nobody asked it to: we are at fault, and no document should pay for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the worker stopped: {reason}")]
pub struct Halted {
    /// One clause that names what is missing.
    pub reason: String,
}

/// How far along the worker's life is. The order matters: it only moves forward.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Running,
    /// No more claims.
    Draining,
    /// What still runs is given back.
    Over,
}

/// Claims jobs, runs their stages, records what came of it, and rings for what follows.
#[derive(Clone)]
pub struct Worker {
    shared: Arc<Shared>,
}

struct Shared {
    tools: Tools,
    slots: usize,
    /// The stages that are claimed; empty means any.
    stages: Vec<StageKind>,
    leases: Arc<Leases>,
    heap: Heap,
}

impl Worker {
    /// A worker that runs up to `slots` jobs at a time.
    #[must_use]
    pub fn new(
        world: World,
        pipelines: Arc<PipelineSet>,
        sandbox: Arc<Sandbox>,
        rulebook: Arc<Rulebook>,
        slots: usize,
    ) -> Self {
        let tools = Tools {
            world,
            pipelines,
            sandbox,
            rulebook,
            known: Known::default(),
            endpoint: None,
            analyst: Arc::default(),
            hollow: false,
        };
        let slots = slots.max(1);
        Self {
            shared: Arc::new(Shared {
                tools,
                slots,
                stages: Vec::new(),
                leases: Arc::default(),
                heap: Heap::default(),
            }),
        }
    }

    /// A worker of these stages only; empty means any.
    #[must_use]
    pub fn with_stages(self, stages: Vec<StageKind>) -> Self {
        let Shared { tools, slots, leases, .. } = &*self.shared;
        let (tools, leases) = (tools.clone(), Arc::clone(leases));
        Self { shared: Arc::new(Shared { tools, slots: *slots, stages, leases, heap: Heap::default() }) }
    }

    /// A worker that may ask this model, for the workspaces of the policy, where the pipeline asks for it too.
    #[must_use]
    pub fn with_endpoint(self, adviser: Arc<dyn Adviser>, policy: EndpointPolicy) -> Self {
        let Shared { tools, slots, stages, leases, .. } = &*self.shared;
        let tools = Tools { endpoint: Some(Endpoint::new(adviser, policy)), ..tools.clone() };
        let (stages, leases) = (stages.clone(), Arc::clone(leases));
        Self { shared: Arc::new(Shared { tools, slots: *slots, stages, leases, heap: Heap::default() }) }
    }

    /// A worker whose stages do nothing and leave nothing, so that every document ends for a person to look at. What
    /// remains is the way of a job through here, to be measured.
    #[must_use]
    pub fn hollow(self) -> Self {
        let Shared { tools, slots, stages, leases, .. } = &*self.shared;
        let tools = Tools { hollow: true, ..tools.clone() };
        let (stages, leases) = (stages.clone(), Arc::clone(leases));
        Self { shared: Arc::new(Shared { tools, slots: *slots, stages, leases, heap: Heap::default() }) }
    }

    /// Works until `shutdown` resolves, then finishes what fits into 8 s and gives the rest back, uncounted.
    ///
    /// # Errors
    /// [`Halted`] when the sandbox does not hold or the keys or rows cannot be used: nothing is claimed any more.
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) -> Result<(), Halted> {
        let shared = &self.shared;
        metric::slots(shared.slots);
        if let Err(error) = shared.tools.sandbox.prove().await {
            if error.is_refusal() {
                metric::sandbox_refusal();
            }
            tracing::error!(%error, "worker halted");
            return Err(Halted { reason: error.to_string() });
        }
        let (phase, watcher) = watch::channel(Phase::Running);
        let mut slots: JoinSet<Result<(), Halted>> = JoinSet::new();
        for _ in 0..shared.slots {
            slots.spawn(Arc::clone(shared).slot(watcher.clone()));
        }
        // Ended below, after the last slot: a detached one would outlive the worker, and its child with it.
        let mut helpers: JoinSet<()> = JoinSet::new();
        let warming = Arc::clone(shared);
        helpers.spawn(async move { warming.warm().await });
        helpers.spawn(Arc::clone(shared).beat());
        helpers.spawn(Arc::clone(shared).reconcile(watcher));
        let mut halted = None;
        tokio::select! {
            () = shutdown => {}
            ended = slots.join_next() => halted = halt_of(ended),
        }
        phase.send_replace(Phase::Draining);
        let drained = timeout(DRAIN, drain(&mut slots, &mut halted)).await;
        if drained.is_err() {
            phase.send_replace(Phase::Over);
            if timeout(FAREWELL, drain(&mut slots, &mut halted)).await.is_err() {
                tracing::warn!("leases left to expire");
            }
        }
        helpers.shutdown().await;
        halted.map_or(Ok(()), Err)
    }
}

async fn drain(slots: &mut JoinSet<Result<(), Halted>>, halted: &mut Option<Halted>) {
    while let Some(ended) = slots.join_next().await {
        *halted = halted.take().or_else(|| halt_of(Some(ended)));
    }
}

/// Which bell rings.
fn world_system(world: &World) -> MessagingSystem {
    if world.doorbell.is_shared() { MessagingSystem::Rabbitmq } else { MessagingSystem::Embedded }
}

/// A slot ends early only because it halted, or because of a defect of ours, which is the same.
fn halt_of(ended: Option<Result<Result<(), Halted>, tokio::task::JoinError>>) -> Option<Halted> {
    match ended {
        Some(Ok(Err(halted))) => Some(halted),
        Some(Err(_)) => Some(Halted { reason: "a worker slot panicked".to_owned() }),
        Some(Ok(Ok(()))) | None => None,
    }
}

/// A slot that is counted as busy for as long as this lives, however its run ends.
struct BusySlot;

impl BusySlot {
    fn take() -> Self {
        metric::slot_taken();
        Self
    }
}

impl Drop for BusySlot {
    fn drop(&mut self) {
        metric::slot_freed();
    }
}

impl Shared {
    /// The first document of each slot finds its child locked down already.
    async fn warm(&self) {
        let Some(pipeline) = self.tools.pipelines.iter().next() else { return };
        for _ in 0..self.slots {
            self.tools.sandbox.warm(&pipeline.limits.run_limits()).await;
        }
    }

    async fn beat(self: Arc<Self>) {
        self.leases.beat(&self.tools.world).await;
    }

    /// Rings for jobs whose ring was lost, or whose worker was.
    async fn reconcile(self: Arc<Self>, mut phase: watch::Receiver<Phase>) {
        let world = &self.tools.world;
        let mut ticks = interval(RECONCILE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while *phase.borrow_and_update() == Phase::Running {
            ticks.tick().await;
            let found = match world.jobs.reconcile(RECONCILE_MAX).await {
                Ok(found) => found,
                Err(error) => {
                    tracing::warn!(%error, "jobs not reconciled");
                    continue;
                }
            };
            for (_, job) in &found.lost {
                metric::job_dead(DeadReason::WorkerLost);
                tracing::error!(%job, "worker lost too often");
            }
            if let Ok(backlog) = world.jobs.backlog().await {
                metric::queue_oldest(backlog.oldest);
            }
            metric::rings_reconciled(found.ring.len() as u64);
            // What is not heard now is rung for again after a while; idle workers look every second anyway.
            drop(futures::future::join_all(found.ring.iter().map(|ring| world.doorbell.ring(ring))).await);
        }
    }

    async fn slot(self: Arc<Self>, mut phase: watch::Receiver<Phase>) -> Result<(), Halted> {
        let world = &self.tools.world;
        // Opened before the first look, so that a ring in between is not missed.
        let mut ear = world.doorbell.listen(&self.stages);
        while *phase.borrow_and_update() == Phase::Running {
            match world.jobs.claim(&self.stages).await {
                Ok(Some(lease)) => {
                    // Its heart beats from here on: a broker that is slow to answer costs no lease.
                    let held = self.leases.hold(lease.token);
                    ear.claimed(true).await;
                    self.work(lease, held, phase.clone()).await?;
                }
                Ok(None) => {
                    ear.claimed(false).await;
                    tokio::select! {
                        _ = ear.wait(PATIENCE) => {}
                        _ = phase.changed() => {}
                    }
                }
                Err(error) if error.verdict() == FaultVerdict::Halt => {
                    tracing::error!(%error, "worker halted");
                    return Err(Halted { reason: error.to_string() });
                }
                Err(error) => {
                    tracing::warn!(%error, "claim failed");
                    tokio::select! {
                        () = tokio::time::sleep(PATIENCE) => {}
                        _ = phase.changed() => {}
                    }
                }
            }
        }
        Ok(())
    }

    async fn work(&self, lease: Lease, held: HeldLease, phase: watch::Receiver<Phase>) -> Result<(), Halted> {
        let span = tracing::info_span!(
            span_name::PROCESS_DOCUMENTS,
            trace_id = tracing::field::Empty,
            document = %lease.document,
            job = %lease.token.job,
            stage = lease.stage.as_str(),
            attempt = lease.attempts.saturating_add(1),
            pipeline = lease.pipeline.name,
            version = lease.pipeline.version,
        );
        let mut lease = lease;
        if let Some(given) = &lease.trace {
            // The first claim goes on with the trace; whatever comes again stands by itself and points at it.
            if lease.token.epoch == 1 {
                trace_context::child_of(&span, given);
            } else {
                trace_context::repeat_of(&span, given);
            }
            lease.trace = Some(trace_context::onward(&span, given));
        }
        let _busy = BusySlot::take();
        self.work_in_span(lease, held, phase).instrument(span).await
    }

    async fn work_in_span(
        &self,
        lease: Lease,
        held: HeldLease,
        mut phase: watch::Receiver<Phase>,
    ) -> Result<(), Halted> {
        tracing::info!("job started");
        let clock = &self.tools.world.clock;
        let started_us = clock.monotonic_us();
        // Whichever comes first; dropping the run kills its child.
        let mut ended = tokio::select! {
            ran = self.run_stage(&lease) => Ended::Ran(ran),
            () = held.lost() => Ended::Lost,
            _ = phase.wait_for(|phase| *phase == Phase::Over) => Ended::Stopped,
        };
        let timing_us = clock.monotonic_us().saturating_sub(started_us);
        if let Ended::Ran(Ok((settlement, _))) = &mut ended {
            settlement.timing_us = timing_us;
        }
        let pipeline = self.tools.pipelines.get(&lease.pipeline);
        // Without the pipeline nothing ran, and nothing is counted.
        let max_attempts = pipeline.map_or(u32::MAX, |pipeline| pipeline.limits.attempts);
        let (world, system) = (&self.tools.world, world_system(&self.tools.world));
        let settler = Settler { world, lease: &lease, max_attempts, timing_us, system };
        let onward = settler.settle(ended).await;
        self.heap.tidy();
        match onward {
            Onward::Claim => Ok(()),
            Onward::Halt(reason) => {
                tracing::error!(reason, "worker halted");
                Err(Halted { reason })
            }
        }
    }

    async fn run_stage(&self, lease: &Lease) -> Result<(Settlement, Tally), JobError> {
        StageRun::open(&self.tools, lease).await?.run().await
    }
}
