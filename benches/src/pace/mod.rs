//! The pace of the queue: jobs that do nothing, beside a bare broker and a peer; one worker process beside two; a
//! database that has been at work for long beside a new one. Everything is measured in turns, so that one run compares.

mod bare;
mod celery;
mod figures;
mod filling;
mod rows;
mod scaling;
mod site;

use crate::machine::Machine;
use anyhow::{bail, ensure};
use celery::Celery;
use figures::{Tracks, lost, per_second};
use site::Site;
use smartexus_domain::StageKind;
use smartexus_simulation::Repository;
use std::path::{Path, PathBuf};

/// How a measurement is asked for.
pub(crate) const USAGE: &str = "usage: cargo bench-all --pace [--fleet] [--jobs N] [--rounds N] [--documents N] \
    [--rows N] [--statements N]";

/// Documents whose jobs run before anything is measured, so that keys, plans and pages are there.
const WARM_UP: usize = 50;

/// What was asked for.
pub(crate) struct Plan {
    fleet: bool,
    /// Slots, loops, processes of the peer.
    jobs: usize,
    rounds: usize,
    /// Documents of a round of empty jobs.
    documents: usize,
    /// Settled documents, with a job each, in a database that has been at work for long.
    rows: usize,
    /// Long statements of a round of real work.
    statements: usize,
    program: PathBuf,
    out: PathBuf,
}

impl Plan {
    /// Reads the words after `--pace`.
    pub(crate) fn read(words: &[String], program: PathBuf, out: PathBuf) -> anyhow::Result<Self> {
        let (fleet, rows) = (false, 1_000_000);
        let mut plan = Self { fleet, jobs: 2, rounds: 3, documents: 500, rows, statements: 12, program, out };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || words.next().and_then(|n| n.parse().ok()).ok_or(anyhow::anyhow!(USAGE));
            match word.as_str() {
                "--fleet" => plan.fleet = true,
                "--jobs" => plan.jobs = number()?,
                "--rounds" => plan.rounds = number()?,
                "--documents" => plan.documents = number()?,
                "--rows" => plan.rows = number()?,
                "--statements" => plan.statements = number()?,
                _ => bail!(USAGE),
            }
        }
        ensure!(plan.jobs > 0 && plan.rounds > 0 && plan.documents > 0 && plan.statements > 0, USAGE);
        Ok(plan)
    }

    /// With and without servers, as far as they were asked for.
    fn kinds(&self) -> &[bool] {
        if self.fleet { &[false, true] } else { &[false] }
    }
}

/// Measures and prints.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut tracks = Tracks::default();
    runtime.block_on(empty_jobs(plan, &mut tracks))?;
    runtime.block_on(scaling::measure(plan, &mut tracks))?;
    let machine = Machine::here();
    println!(
        "{} cores of {}, load {}; {} rounds, in each {} empty jobs on {} slots and {} long statements",
        machine.cores,
        machine.processor.as_deref().unwrap_or("an unknown processor"),
        machine.load.as_deref().unwrap_or("unknown"),
        plan.rounds,
        plan.documents * StageKind::ALL.len(),
        plan.jobs,
        plan.statements,
    );
    println!("median of the rounds, and their range:\n{tracks}");
    conclude(plan, &tracks);
    Ok(())
}

/// A site under the name that its figures have.
struct Named {
    name: String,
    site: Site,
}

async fn empty_jobs(plan: &Plan, tracks: &mut Tracks) -> anyhow::Result<()> {
    let mut sites = Vec::new();
    for &fleet in plan.kinds() {
        sites.push(Named { name: empty(fleet, 0), site: site(plan, fleet, 0).await? });
        if plan.rows > 0 {
            sites.push(Named { name: empty(fleet, plan.rows), site: site(plan, fleet, plan.rows).await? });
        }
    }
    let broker = sites.iter().find_map(|named| named.site.installation().broker());
    let celery = broker.as_ref().and_then(|_| Celery::find(&peers(), &plan.out));
    let jobs = plan.documents * StageKind::ALL.len();
    for round in 1..=plan.rounds {
        eprintln!("empty jobs, round {round} of {}", plan.rounds);
        for Named { name, site } in &mut sites {
            let took = site.empty_jobs(plan.documents, plan.jobs).await?;
            tracks.add(name, "jobs/s", per_second(jobs, took));
        }
        if let Some(broker) = &broker {
            tracks.add(&bare(1), "messages/s", bare::rate(broker, 1, jobs).await?);
            if plan.jobs > 1 {
                tracks.add(&bare(plan.jobs), "messages/s", bare::rate(broker, plan.jobs, jobs).await?);
            }
        }
        if let (Some(broker), Some(celery)) = (&broker, &celery) {
            let name = format!("Celery {}, {} processes, late acknowledgement", celery.version(), plan.jobs);
            tracks.add(&name, "tasks/s", celery.rate(broker, plan.jobs, jobs)?);
        }
    }
    if plan.fleet && celery.is_none() {
        println!("Celery: absent");
    }
    for Named { site, .. } in sites {
        site.clear().await;
    }
    Ok(())
}

/// A site that is warm, and filled where that was asked for.
async fn site(plan: &Plan, fleet: bool, rows: usize) -> anyhow::Result<Site> {
    eprintln!("{}", empty(fleet, rows));
    let mut site = Site::open(fleet, &plan.program).await?;
    site.empty_jobs(WARM_UP, plan.jobs).await?;
    if rows > 0 {
        filling::fill(&site, rows).await?;
        site.empty_jobs(WARM_UP, plan.jobs).await?;
    }
    Ok(site)
}

fn conclude(plan: &Plan, tracks: &Tracks) {
    for &fleet in plan.kinds() {
        if let Some(times) = tracks.times(&empty(fleet, plan.rows), &empty(fleet, 0)) {
            println!("{}: costs {:.1} %", empty(fleet, plan.rows), lost(times));
        }
        if let Some(times) = tracks.times(&scaling::name(fleet, 2), &scaling::name(fleet, 1)) {
            println!("{}: {times:.2} times one", scaling::name(fleet, 2));
        }
    }
    if let Some(times) = tracks.times(&scaling::ceiling(2), &scaling::ceiling(1)) {
        println!("{}: {times:.2} times one", scaling::ceiling(2));
    }
}

fn empty(fleet: bool, rows: usize) -> String {
    let place = place(fleet);
    if rows == 0 {
        format!("empty jobs, {place}")
    } else {
        format!("empty jobs, {place}, over {rows} documents")
    }
}

fn bare(loops: usize) -> String {
    format!("bare publish, confirm, take, acknowledge; {loops} at a time")
}

const fn place(fleet: bool) -> &'static str {
    if fleet { "PostgreSQL and RabbitMQ" } else { "embedded" }
}

fn peers() -> PathBuf {
    Repository::here().root().join(Path::new("benches/peers"))
}
