//! An installation with three processes, and the runs that it lives through one after another.

use crate::about;
use crate::chance::Chance;
use crate::house::{self, House};
use crate::invariants::{self, Expected, Readings};
use crate::place::{Backing, LATER, LEASE_OVER, Place, STEP, TICK};
use crate::process::{Process, Tools};
use crate::storm::Storm;
use smartexus_domain::DocumentId;
use smartexus_platform::World;
use smartexus_platform::port::JobState;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;

const PROCESSES: usize = 3;

/// When nothing has been done for so long, whoever has a lease does not know it.
const QUIET: Duration = Duration::from_millis(1_500);
/// A run that takes longer hangs.
const DEADLINE: Duration = Duration::from_secs(120);

/// What is sent, and by how many clients.
pub(crate) struct Sent {
    pub(crate) content: Vec<u8>,
    pub(crate) parts: usize,
    pub(crate) clients: usize,
}

pub(crate) struct Lane {
    backing: Backing,
    house: Arc<House>,
    place: Arc<Place>,
    processes: Vec<Process>,
    sent: Vec<Sent>,
    /// What an undisturbed run reads of each.
    pub(crate) readings: Vec<Readings>,
}

impl Lane {
    pub(crate) async fn open(backing: Backing, tools: &Tools, sent: Vec<Sent>) -> Self {
        let place = Arc::new(Place::make(backing).await);
        let house = Arc::new(place.house(&tools.pipelines).await);
        let mut processes = Vec::new();
        for _ in 0..PROCESSES {
            processes.push(Process::start(&place, tools).await);
        }
        let readings = sent.iter().map(|_| Readings::new()).collect();
        Self { backing, house, place, processes, sent, readings }
    }

    /// A run without faults, for what it reads.
    pub(crate) async fn find_out(&mut self) {
        for (number, document) in self.live(None).await.into_iter().enumerate() {
            self.readings[number] = invariants::readings(&self.house, document).await;
        }
    }

    /// A run under this seed; says how many faults it had.
    pub(crate) async fn run(&mut self, seed: u64) -> usize {
        let faults: Vec<_> = self.processes.iter().map(|process| Arc::clone(&process.faults)).collect();
        let struck = move || faults.iter().map(|faults| faults.struck()).collect::<Vec<_>>();
        let backing = self.backing.as_str();
        let what = || format!("seed {seed} on {backing}, whose processes had {:#?}", struck());
        about(what, self.live(Some(Chance::seeded(seed)))).await;
        struck().iter().map(Vec::len).sum()
    }

    pub(crate) async fn end(self) {
        for process in self.processes {
            process.end().await;
        }
    }

    async fn live(&mut self, chance: Option<Chance>) -> Vec<DocumentId> {
        self.house = Arc::new(self.house.next_door());
        self.processes.iter().for_each(|process| process.faults.arm(None));
        let mut storm = chance.map(|chance| Storm::over(&self.processes, chance));
        let documents = tokio::time::timeout(DEADLINE, self.send_and_settle(&mut storm)).await;
        let Ok(documents) = documents else { panic!("never settles: {:?}", self.open_jobs().await) };
        Storm::ends(&self.processes);
        let rested = tokio::time::timeout(DEADLINE, self.come_to_rest(&mut storm)).await;
        rested.expect("every worker comes to rest");
        self.place.pass(LATER);
        let expected = documents.iter().zip(&self.sent).zip(&self.readings);
        let expected: Vec<Expected> = expected
            .map(|((document, sent), readings)| Expected {
                document: *document,
                parts: sent.parts,
                readings: readings.clone(),
            })
            .collect();
        invariants::hold(&self.house, &expected).await;
        invariants::nothing_is_open(&self.house).await;
        self.one_verdict_counts(&documents).await;
        documents
    }

    /// Until every client has its answer, and every document its own.
    async fn send_and_settle(&mut self, storm: &mut Option<Storm>) -> Vec<DocumentId> {
        let clients = self.clients();
        let (mut calls, mut moved) = (0, Instant::now());
        loop {
            let left = self.open_jobs().await;
            if left.is_empty() && clients.iter().flatten().all(JoinHandle::is_finished) {
                break;
            }
            if let Some(storm) = storm.as_mut()
                && storm.blow(&mut self.processes).await
            {
                self.place.pass(LEASE_OVER);
            }
            assert!(self.processes.iter().all(|process| !process.has_halted()), "no fault halts a worker");
            let seen = self.processes.iter().map(|process| process.faults.seen().len()).sum();
            if calls != seen {
                (calls, moved) = (seen, Instant::now());
            }
            if !left.contains(&JobState::Leased) {
                self.place.pass(STEP);
            } else if moved.elapsed() > QUIET {
                self.place.pass(LEASE_OVER);
                moved = Instant::now();
            }
            tokio::time::sleep(TICK).await;
        }
        let mut documents = Vec::new();
        for clients in clients {
            let mut answers = BTreeSet::new();
            for client in clients {
                answers.insert(client.await.expect("no client panics"));
            }
            let [document] = Vec::from_iter(answers)[..] else { panic!("the same bytes are one document") };
            documents.push(document);
        }
        documents
    }

    /// Each sends its document until it is accepted, at one of the doors.
    fn clients(&self) -> Vec<Vec<JoinHandle<DocumentId>>> {
        let mut doors = self.processes.iter().map(|process| process.door.subscribe()).cycle();
        let client = |content: &Vec<u8>, door| {
            let (house, content) = (Arc::clone(&self.house), content.clone());
            tokio::spawn(async move { send(door, &house, content).await })
        };
        let of_one =
            |sent: &Sent| doors.by_ref().take(sent.clients).map(|door| client(&sent.content, door)).collect();
        self.sent.iter().map(of_one).collect()
    }

    /// The states of the jobs of documents that are not settled.
    async fn open_jobs(&self) -> Vec<JobState> {
        let documents = &self.house.world.documents;
        let found = documents.list(self.house.workspace, &Default::default()).await.expect("answers");
        let mut states = Vec::new();
        for document in found.iter().filter(|document| !document.state.is_settled()) {
            states.extend(self.house.jobs(document.id).await.iter().map(|job| job.state));
        }
        states
    }

    /// What still runs comes to its end.
    async fn come_to_rest(&mut self, storm: &mut Option<Storm>) {
        if let Some(storm) = storm.as_mut() {
            storm.blow(&mut self.processes).await;
        }
        self.processes.iter().for_each(|process| process.faults.thaw());
        for process in &self.processes {
            process.faults.idle().await;
        }
    }

    /// Whoever wrote a verdict: for each job there is one that counts.
    async fn one_verdict_counts(&self, documents: &[DocumentId]) {
        let written = self.processes.iter().flat_map(|process| process.faults.written());
        let mut counted: Vec<_> = written
            .filter(|verdict| verdict.counts)
            .map(|verdict| (verdict.token.job, verdict.token.epoch))
            .collect();
        let mut jobs = Vec::new();
        for document in documents {
            jobs.extend(self.house.jobs(*document).await.iter().map(|job| (job.id, job.epoch)));
        }
        counted.sort_unstable();
        jobs.sort_unstable();
        assert_eq!(counted, jobs, "one verdict a job, of its last lease");
    }
}

async fn send(mut door: watch::Receiver<World>, house: &House, content: Vec<u8>) -> DocumentId {
    loop {
        let world = door.borrow_and_update().clone();
        tokio::select! {
            sent = house::submit_to(&world, house, content.clone()) => if let Ok(accepted) = sent {
                return accepted.document;
            },
            // Whoever was asked is dead.
            _ = door.changed() => {}
        }
    }
}
