//! One document's journey with every single fault: each effect fails before it happens, after it happened, and with
//! the process dying right there. Whatever happens, the document is read once, and every trace of it says so once.

use crate::doubles::program;
use crate::house::{self, CSV, House, built_in};
use crate::trial;
use libtest_mimic::Trial;
use smartexus_categorize::Rulebook;
use smartexus_domain::{DocumentId, StageKind};
use smartexus_platform::exam::{Effect, Faults, Harm, Moment};
use smartexus_platform::port::{AuditAction, FakeClock, JobState};
use smartexus_platform::{Backends, Durability, World};
use smartexus_worker::Worker;
use smartexus_worker::sandbox::Sandbox;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("faults::every_single_error_is_survived", every_single_error_is_survived),
        trial("faults::every_single_death_is_survived", every_single_death_is_survived),
    ]
}

/// A world with faults, under a clock that runs only when somebody moves it.
struct Stage {
    house: House,
    faults: Arc<Faults>,
    clock: Arc<FakeClock>,
    faulty: World,
    sandbox: Arc<Sandbox>,
    rulebook: Arc<Rulebook>,
}

impl Stage {
    async fn set() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let clock = Arc::new(FakeClock::at("2026-03-01T00:00:00Z".parse().expect("a time")));
        let backends = Backends::embedded(directory.path(), Durability::Ephemeral).clock(clock.clone());
        let house = House::of(backends.open().await.expect("a world"), directory, built_in());
        let faults = Arc::new(Faults::default());
        let faulty = faults.around(&house.world);
        Self {
            faulty,
            house,
            faults,
            clock,
            sandbox: Arc::new(Sandbox::open(program("honest"), 1).expect("a sandbox")),
            rulebook: Arc::new(Rulebook::embedded().expect("rules")),
        }
    }

    fn start(&self) -> JoinHandle<()> {
        let worker = Worker::new(
            self.faulty.clone(),
            Arc::clone(&self.house.pipelines),
            Arc::clone(&self.sandbox),
            Arc::clone(&self.rulebook),
            1,
        );
        tokio::spawn(async move {
            worker.run(std::future::pending()).await.expect("no fault halts the worker");
        })
    }

    /// Sends the content until it is accepted, as a client does; a client that dies sends it again too.
    async fn submit(&self, content: &[u8]) -> DocumentId {
        loop {
            let sent = house::submit_to(&self.faulty, &self.house, content.to_vec());
            tokio::select! {
                accepted = sent => if let Ok(accepted) = accepted {
                    return accepted.document;
                },
                () = self.faults.death() => {}
            }
        }
    }

    /// One journey with one fault. Time runs fast, so that leases and pauses end.
    async fn journey(&self, content: &[u8], point: Option<(Effect, Moment, Harm)>) {
        self.faults.arm(point);
        let mut worker = self.start();
        let document = self.submit(content).await;
        // A claim whose answer is lost leaves a lease without an owner.
        let mut orphans = point.is_some_and(|(effect, ..)| effect.method == "jobs.claim");
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.house.state(document).await.is_settled() {
            assert!(Instant::now() < deadline, "{point:?}: {:?}", self.house.jobs(document).await);
            tokio::select! {
                () = self.faults.death() => {
                    worker.abort();
                    drop(worker.await);
                    // Its leases end at once.
                    self.clock.advance(jiff::SignedDuration::from_secs(6));
                    worker = self.start();
                }
                () = tokio::time::sleep(Duration::from_millis(2)) => self.skip_a_pause(document).await,
            }
            if orphans && self.faults.struck() {
                self.clock.advance(jiff::SignedDuration::from_secs(6));
                orphans = false;
            }
        }
        worker.abort();
        drop(worker.await);
        self.check(document, point).await;
    }

    /// While nobody works on the document, time runs fast: a job that was given back becomes due.
    async fn skip_a_pause(&self, document: DocumentId) {
        let jobs = self.house.jobs(document).await;
        if jobs.iter().all(|job| job.state != JobState::Leased) {
            self.clock.advance(jiff::SignedDuration::from_millis(100));
        }
    }

    async fn check(&self, document: DocumentId, point: Option<(Effect, Moment, Harm)>) {
        let (world, workspace) = (&self.house.world, self.house.workspace);
        let result = self.house.settled(document).await;
        assert_eq!(result.failure, None, "{point:?}");
        assert_eq!(result.statements.len(), 1, "{point:?}");
        let jobs = self.house.jobs(document).await;
        let mut stages: Vec<StageKind> = jobs.iter().map(|job| job.stage).collect();
        // Under a clock that stands still, jobs may bear the same time.
        stages.sort();
        assert_eq!(stages, StageKind::ALL, "{point:?}: each stage has one job");
        assert!(
            jobs.iter().all(|job| job.state == JobState::Done && job.attempts == 1),
            "{point:?}: {jobs:?}"
        );

        let report = world.audit.verify(workspace).await.expect("answers");
        assert_eq!(report.flaw, None, "{point:?}");
        let events = world.audit.events(workspace, 0, u32::MAX).await.expect("answers");
        let of =
            |action| events.iter().filter(|e| e.document == Some(document) && e.action == action).count();
        let counted = [AuditAction::DocumentAccepted, AuditAction::DocumentCompleted].map(of);
        assert_eq!(counted, [1, 1], "{point:?}: accepted once, completed once");
        assert_eq!(of(AuditAction::JobSettled), StageKind::ALL.len(), "{point:?}: each stage settled once");
        let told = world.outbox.unsent(workspace, u32::MAX).await.expect("answers");
        let told: Vec<&str> =
            told.iter().filter(|row| row.document == document).map(|row| row.topic.as_str()).collect();
        assert_eq!(told.len(), 2, "{point:?}: {told:?}");
        assert_eq!(told[0], "document.accepted", "{point:?}");
        let living = world.documents.list(workspace, &Default::default()).await.expect("answers");
        let same = living.iter().filter(|found| found.id == document).count();
        assert_eq!(same, 1, "{point:?}");
    }
}

fn content(number: usize) -> Vec<u8> {
    let mut content = CSV.to_vec();
    content.extend(format!("2026-03-06,CORNER SHOP {number},-1.00,1534.50\n").into_bytes());
    content
}

/// The effects of an undisturbed journey, and every point at which one can be disturbed.
async fn points(stage: &Stage, harm: Harm) -> Vec<(Effect, Moment, Harm)> {
    stage.journey(&content(0), None).await;
    let effects = stage.faults.seen();
    let methods: std::collections::BTreeSet<&str> = effects.iter().map(|effect| effect.method).collect();
    for expected in
        ["documents.commit", "jobs.claim", "jobs.settle", "doorbell.ring", "blobs.put", "keys.create"]
    {
        assert!(methods.contains(expected), "the journey touches {expected}: {methods:?}");
    }
    let both = |effect: Effect| [Moment::Before, Moment::After].map(|moment| (effect, moment, harm));
    // A claim that gave a job can only fail afterwards.
    let possible =
        |point: &(Effect, Moment, Harm)| point.0.method != "jobs.claim" || point.1 == Moment::After;
    effects.into_iter().flat_map(both).filter(possible).collect()
}

async fn sweep(harm: Harm) {
    let stage = Stage::set().await;
    let points = points(&stage, harm).await;
    assert!(points.len() > 60, "{} points", points.len());
    let last_settle = points.iter().rposition(|(effect, ..)| effect.method == "jobs.settle").expect("one");
    let mut spared = Vec::new();
    for (number, point) in points.iter().enumerate() {
        stage.journey(&content(number + 1), Some(*point)).await;
        if !stage.faults.struck() {
            spared.push((number, *point));
        }
    }
    // The last effects of a journey may come after the test has seen its end; all others must have been struck.
    assert!(spared.len() <= 4, "{spared:?} of {} points were not struck", points.len());
    let early: Vec<_> = spared.iter().filter(|(number, _)| *number < last_settle).collect();
    assert!(early.is_empty(), "not struck: {early:?}; the last verdict is point {last_settle}");
}

async fn every_single_error_is_survived() {
    sweep(Harm::Error).await;
}

async fn every_single_death_is_survived() {
    sweep(Harm::Death).await;
}
