//! Some documents kill whoever reads them. Each must be dead after exactly three attempts, and no other be harmed.

mod act;
mod child;
mod worker;

use super::figures;
use super::installation::{Installation, Site};
use super::plan::Plan;
use super::process::Process;
use super::uploads::{Pace, Uploads, send_all, statement};
use super::{CALM, runtime};
use act::Poison;
use anyhow::{Context, ensure};
use smartexus_domain::{DocumentId, DocumentState};
use smartexus_platform::port::{Document, JobRecord, JobState};
use smartexus_simulation::Dice;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Attempts of one stage, as the pipeline says.
const ATTEMPTS: u32 = 3;
/// What an endless loop may take, instead of two minutes.
const TIMEOUT_MS: u32 = 5_000;

/// This process as a worker that poison works on, or as its sandboxed child, if it is one. Called before anything else,
/// above all before a thread is started.
pub(crate) fn role() -> Option<ExitCode> {
    child::role().or_else(worker::role)
}

/// Runs the storm and prints what it did.
pub(super) fn run(plan: &Plan) -> anyhow::Result<()> {
    ensure!(plan.blows >= Poison::ALL.len(), "fewer poisons than there are kinds");
    let runtime = runtime()?;
    let pipelines = tempfile::tempdir()?;
    std::fs::write(pipelines.path().join("bank-statement.yaml"), pipeline()?)?;
    let folder = Some(pipelines.path().to_owned());
    let site = Site { program: &plan.program, fleet: plan.fleet, data: None, pipelines: folder };
    let installation = runtime.block_on(Installation::make(site))?;
    let door = installation.open_door()?;
    let mut workers = (0..plan.workers)
        .map(|_| Process::of(&installation, Path::new("/proc/self/exe"), &worker::WORDS))
        .collect::<anyhow::Result<Vec<_>>>()?;

    let total = plan.documents + plan.blows;
    let poisons = scatter(plan.blows, total, &mut Dice::seeded(plan.seed));
    let content = |number| {
        let mark = poisons.get(&number).map(|poison| format!("{} ", poison.mark())).unwrap_or_default();
        statement(number, plan.rows, &mark)
    };
    let started = Instant::now();
    let uploads = send_all(door.address(), &Pace::free(total), 4, &content)?;
    let stuck = runtime.block_on(installation.wait_while_settling(total, CALM))?;
    let took = started.elapsed();
    let (good, bad) = part(&uploads, &poisons);
    let harm = runtime.block_on(Harm::of(&installation, &bad))?;
    let apart: Vec<DocumentId> = bad.keys().copied().collect();
    let report = runtime.block_on(installation.inspect(&good, &apart, &door))?;
    let ended = workers.iter_mut().map(Process::has_ended).collect::<anyhow::Result<Vec<_>>>()?;
    let ended = ended.into_iter().filter(|ended| *ended).count();
    drop(workers);
    drop(door);
    println!(
        "poison · {} · {} poisons among {} documents, {} workers, seed {}, {took:.0?}",
        plan.place(),
        plan.blows,
        plan.documents,
        plan.workers,
        plan.seed
    );
    println!("{}", uploads.words());
    for poison in Poison::ALL {
        let count = poisons.values().filter(|other| **other == poison).count();
        println!("  {count} {}", poison.words());
    }
    harm.print(plan.blows);
    println!("{}", figures::of(ended, plan.workers, "workers ended by themselves"));
    println!("the good documents:");
    report.print(plan.documents, stuck);
    ensure!(stuck == 0 && ended == 0 && uploads.untyped == 0 && harm.is_none(), "the storm did harm");
    ensure!(report.is_clean() && report.losses() == 0, "the storm did harm");
    Ok(())
}

/// The built-in pipeline, but for the time that a document may take.
fn pipeline() -> anyhow::Result<String> {
    let built_in = include_str!("../../../../pipelines/bank-statement.yaml");
    let shorter = built_in
        .replace("document_timeout_ms: 120000", &format!("document_timeout_ms: {TIMEOUT_MS}"))
        .replace("version: 1 ", "version: 2 ");
    ensure!(shorter.contains(&TIMEOUT_MS.to_string()), "the pipeline says its time otherwise");
    ensure!(shorter.contains("version: 2 "), "the pipeline says its version otherwise");
    ensure!(shorter.contains(&format!("attempts: {ATTEMPTS},")), "the pipeline says its attempts otherwise");
    Ok(shorter)
}

/// Which documents are poison: all kinds in turn, anywhere.
fn scatter(poisons: usize, documents: usize, dice: &mut Dice) -> BTreeMap<usize, Poison> {
    let mut scattered = BTreeMap::new();
    let mut kinds = Poison::ALL.into_iter().cycle();
    while scattered.len() < poisons {
        let number = dice.below(documents);
        if !scattered.contains_key(&number) {
            scattered.extend(kinds.next().map(|poison| (number, poison)));
        }
    }
    scattered
}

/// The good documents, and the poisons.
fn part(
    uploads: &Uploads,
    poisons: &BTreeMap<usize, Poison>,
) -> (Vec<DocumentId>, BTreeMap<DocumentId, Poison>) {
    let (mut good, mut bad) = (Vec::new(), BTreeMap::new());
    for (number, id) in &uploads.answered {
        match poisons.get(number) {
            Some(poison) => drop(bad.insert(*id, *poison)),
            None => good.push(*id),
        }
    }
    (good, bad)
}

/// What became of the poisons, where it is not what should have.
#[derive(Default)]
struct Harm {
    alive: usize,
    code: usize,
    attempts: usize,
    losses: u32,
}

impl Harm {
    async fn of(installation: &Installation, poisons: &BTreeMap<DocumentId, Poison>) -> anyhow::Result<Self> {
        let documents = installation.documents().await?;
        let mut harm = Self::default();
        for (id, poison) in poisons {
            let document = documents.iter().find(|document| document.id == *id).context("a row")?;
            let jobs = installation.world().jobs.of_document(installation.workspace(), *id).await?;
            harm.count(document, &jobs, *poison);
        }
        Ok(harm)
    }

    fn count(&mut self, document: &Document, jobs: &[JobRecord], poison: Poison) {
        let dead = jobs.iter().find(|job| job.state == JobState::Dead);
        let is_dead = document.state == DocumentState::Failed && dead.is_some();
        self.alive += usize::from(!is_dead);
        self.code += usize::from(document.failure != Some(poison.failure()));
        let right = |job: &JobRecord| job.attempts == if job.state == JobState::Dead { ATTEMPTS } else { 1 };
        let at = dead.map(|job| job.stage);
        self.attempts += usize::from(at != Some(poison.stage()) || !jobs.iter().all(right));
        self.losses += jobs.iter().map(|job| job.losses).sum::<u32>();
    }

    const fn is_none(&self) -> bool {
        self.alive == 0 && self.code == 0 && self.attempts == 0 && self.losses == 0
    }

    fn print(&self, poisons: usize) {
        println!("the poisons:");
        for (count, what) in [
            (self.alive, "not dead"),
            (self.code, "failed with another code than theirs"),
            (self.attempts, "dead at another stage or after other than 3 attempts"),
        ] {
            println!("{}", figures::of(count, poisons, what));
        }
        println!("{} leases lost", self.losses);
    }
}
