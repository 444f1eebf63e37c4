//! An installation in which one process is harmed, and one document's journeys through it, one after another.

use crate::house::{self, CSV, House, PDF, PDF_PAGES};
use crate::invariants::{self, Expected, Readings, Snapshot};
use crate::place::{Backing, LATER, LEASE_OVER, Place, STEP, TICK};
use crate::process::{Process, Tools};
use smartexus_domain::{DocumentId, JobId};
use smartexus_platform::exam::{Effect, Harm, Moment, Point};
use smartexus_platform::port::JobState;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A journey that takes longer never ends.
const HANGS: Duration = Duration::from_secs(60);

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A document that is read at once.
    Whole,
    /// One that is cut into parts, a page each.
    InParts,
}

impl Subject {
    fn content(self) -> Vec<u8> {
        match self {
            Self::Whole => CSV.to_vec(),
            Self::InParts => PDF.to_vec(),
        }
    }

    const fn parts(self) -> usize {
        match self {
            Self::Whole => 0,
            Self::InParts => PDF_PAGES,
        }
    }
}

/// An installation with a process that is harmed, and one that stands still until it is needed.
pub(crate) struct Harmed {
    pub(crate) house: House,
    subject: Subject,
    place: Arc<Place>,
    pub(crate) process: Process,
    other: Option<Process>,
    /// What an undisturbed journey reads.
    pub(crate) readings: Readings,
}

impl Harmed {
    pub(crate) async fn open(backing: Backing, harm: Harm, subject: Subject, tools: &Tools) -> Self {
        let place = Arc::new(Place::make(backing).await);
        let house = place.house(&tools.pipelines).await;
        let process = Process::start(&place, tools).await;
        let other = match harm {
            Harm::Pause => Some(Process::start(&place, tools).await),
            Harm::Error | Harm::Death => None,
        };
        if let Some(other) = &other {
            other.faults.idle().await;
            other.faults.freeze();
        }
        Self { house, subject, place, process, other, readings: Readings::new() }
    }

    /// One journey with one fault. Time runs fast, so that leases and pauses end.
    pub(crate) async fn journey(&mut self, point: Option<Point>) -> DocumentId {
        self.house = self.house.next_door();
        self.process.faults.arm(point);
        let document = match &self.other {
            None => self.accepted_twice().await,
            // Only workers stand still here: what a door has begun belongs to nobody else.
            Some(_) => self.accepted_calmly().await,
        };
        // A claim whose answer is lost leaves a lease without an owner.
        let orphaning = |(effect, _, harm): Point| effect.method == "jobs.claim" && harm == Harm::Error;
        let mut orphans = point.is_some_and(orphaning);
        let deadline = Instant::now() + HANGS;
        while !self.house.state(document).await.is_settled() {
            assert!(Instant::now() < deadline, "never settles: {:?}", self.house.jobs(document).await);
            assert!(!self.process.has_halted(), "no fault halts a worker");
            let faults = Arc::clone(&self.process.faults);
            tokio::select! {
                () = faults.death() => self.start_again().await,
                () = faults.pause() => self.wakes_too_late(document).await,
                () = tokio::time::sleep(TICK) => self.skip_a_pause(document).await,
            }
            if orphans && !faults.struck().is_empty() {
                self.place.pass(LEASE_OVER);
                orphans = false;
            }
        }
        self.comes_to_rest(document).await;
        self.place.pass(LATER);
        let expected = Expected { document, parts: self.subject.parts(), readings: self.readings.clone() };
        invariants::hold(&self.house, &[expected]).await;
        invariants::nothing_is_open(&self.house).await;
        document
    }

    /// Sends the document until it is accepted, as a client does, and then once more.
    async fn accepted_twice(&mut self) -> DocumentId {
        let document = self.accepted().await;
        assert_eq!(self.accepted().await, document, "the same bytes are the same document");
        document
    }

    async fn accepted(&mut self) -> DocumentId {
        let faults = Arc::clone(&self.process.faults);
        loop {
            let door = self.process.door.borrow().clone();
            tokio::select! {
                sent = house::submit_to(&door, &self.house, self.subject.content()) => if let Ok(accepted) = sent {
                    return accepted.document;
                },
                () = faults.death() => self.start_again().await,
            }
        }
    }

    async fn accepted_calmly(&self) -> DocumentId {
        let sent = house::submit_to(&self.process.calm, &self.house, self.subject.content()).await;
        sent.expect("accepted").document
    }

    /// The process is dead: its leases end at once.
    async fn start_again(&mut self) {
        self.process.start_again().await;
        self.place.pass(LEASE_OVER);
    }

    /// The process stands still: its lease ends, and another process takes its job. While that one is at work, the first
    /// wakes up and goes on.
    async fn wakes_too_late(&mut self, document: DocumentId) {
        let Some(other) = &self.other else { panic!("nobody else is there") };
        let takes = Effect { method: "jobs.claim", nth: 0 };
        other.faults.arm(Some((takes, Moment::After, Harm::Pause)));
        self.place.pass(LEASE_OVER);
        other.faults.thaw();
        let deadline = Instant::now() + HANGS;
        // Whoever stood still after the last verdict left nothing to take.
        while !other.faults.is_frozen() && !self.house.state(document).await.is_settled() {
            let jobs = || self.house.jobs(document);
            assert!(Instant::now() < deadline, "the other one never takes over: {:?}", jobs().await);
            tokio::time::sleep(TICK).await;
            // A job that was given back, by a busy machine's sandbox for one, is due only later.
            self.skip_a_pause(document).await;
        }
        let before = Snapshot::of(&self.house, &[document]).await;
        self.process.faults.thaw();
        self.process.faults.idle().await;
        // Of a document in parts it goes on with those that nobody has.
        if self.subject == Subject::Whole {
            let after = Snapshot::of(&self.house, &[document]).await;
            assert_eq!(after, before, "who lost a lease writes nothing");
        }
        let written = self.process.faults.written();
        let fenced = written.iter().any(|verdict| !verdict.counts);
        let jobs = self.house.jobs(document).await;
        let taken: Vec<JobId> =
            jobs.iter().filter(|job| job.state == JobState::Leased).map(|job| job.id).collect();
        for (effect, moment, _) in self.process.faults.struck() {
            // A slot rings after its verdict; the reconciler rings at any time, whatever a slot has then.
            if effect.method == "doorbell.ring" {
                continue;
            }
            let had_a_job = effect.method != "jobs.settle" || moment == Moment::Before;
            // Of a document in parts the other one may have taken another part: then nothing is refused, and no verdict
            // on what was taken was written at all.
            let untouched = self.subject != Subject::Whole
                && !taken.is_empty()
                && written.iter().all(|verdict| !taken.contains(&verdict.token.job));
            let refused = fenced == had_a_job || (had_a_job && untouched);
            assert!(refused, "its verdict was written, and refused: {written:?}");
        }
        other.faults.thaw();
    }

    /// While nobody works on the document, time runs fast: a job that was given back becomes due.
    async fn skip_a_pause(&self, document: DocumentId) {
        let jobs = self.house.jobs(document).await;
        if jobs.iter().all(|job| job.state != JobState::Leased) {
            self.place.pass(STEP);
        }
    }

    pub(crate) async fn end(self) {
        let Self { process, other, .. } = self;
        process.end().await;
        if let Some(other) = other {
            other.end().await;
        }
    }

    /// The last effects of a journey come after its document is settled.
    async fn comes_to_rest(&mut self, document: DocumentId) {
        let faults = Arc::clone(&self.process.faults);
        loop {
            tokio::select! {
                () = faults.idle() => break,
                () = faults.death() => self.start_again().await,
                () = faults.pause() => self.wakes_too_late(document).await,
            }
        }
        if let Some(other) = &self.other {
            other.faults.idle().await;
            other.faults.freeze();
        }
    }
}
