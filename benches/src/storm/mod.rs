//! Storms: real processes are killed, stopped or frozen while documents arrive, embedded or as a fleet. Afterwards the
//! rows themselves are asked what happened: nothing lost, nothing doubled, nothing stuck.

mod inspection;
pub(crate) mod installation;
mod weather;

use anyhow::{Context, bail, ensure};
use installation::Installation;
use smartexus_domain::DocumentId;
use smartexus_simulation::{Dice, http};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use weather::{Weather, Worker};

/// How a storm is asked for.
pub(crate) const USAGE: &str = "usage: cargo bench-all --storm kill|stop|freeze [--fleet] [--documents N] \
    [--blows N] [--workers N] [--seed N]";

/// How long everything may take to settle after the last blow.
const CALM: Duration = Duration::from_secs(60);

/// Two heartbeats of a worker and what they take.
const AFTERMATH: Duration = Duration::from_secs(6);

/// What was asked for.
pub(crate) struct Plan {
    weather: Weather,
    fleet: bool,
    documents: usize,
    blows: usize,
    workers: usize,
    seed: u64,
    program: PathBuf,
}

impl Plan {
    /// Reads the words after `--storm`.
    pub(crate) fn read(words: &[String], program: PathBuf) -> anyhow::Result<Self> {
        let (first, rest) = words.split_first().context(USAGE)?;
        let weather = first.parse().ok().context(USAGE)?;
        let mut plan =
            Self { weather, fleet: false, documents: 2_000, blows: 1_000, workers: 4, seed: 1, program };
        let mut rest = rest.iter();
        while let Some(word) = rest.next() {
            let mut number = || rest.next().and_then(|n| n.parse().ok()).context(USAGE);
            match word.as_str() {
                "--fleet" => plan.fleet = true,
                "--documents" => plan.documents = number()?,
                "--blows" => plan.blows = number()?,
                "--workers" => plan.workers = number()?,
                "--seed" => plan.seed = number()? as u64,
                _ => bail!(USAGE),
            }
        }
        ensure!(plan.documents > 0 && plan.workers > 0, USAGE);
        Ok(plan)
    }
}

/// Runs the storm and prints what it did.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let installation = runtime.block_on(Installation::make(plan.fleet, &plan.program))?;
    let door = installation.open_door()?;
    let mut workers =
        (0..plan.workers).map(|_| Worker::start(&installation)).collect::<anyhow::Result<Vec<_>>>()?;
    let started = Instant::now();
    let begun = AtomicUsize::new(0);
    let uploads = thread::scope(|scope| -> anyhow::Result<Uploads> {
        let uploading = scope.spawn(|| upload_all(plan, door.address(), &begun));
        let blown = blow(plan, &installation, &mut workers, &begun);
        // Whatever happened to the storm, the uploads come to their end.
        begun.store(plan.blows, Ordering::Relaxed);
        let uploads = uploading.join().map_err(|_| anyhow::anyhow!("the uploads panicked"))?;
        blown.and(uploads)
    })?;
    let last_blow = Instant::now();
    let stuck = runtime.block_on(installation.wait_until_settled(plan.documents, CALM))?;
    let calm = last_blow.elapsed();
    // Whoever still believes in a lease that it lost has tried to write by then.
    thread::sleep(AFTERMATH);
    let report = runtime.block_on(installation.inspect(&uploads.answered))?;
    drop(workers);
    drop(door);
    println!(
        "{} · {} · {} blows on {} workers during {} documents, seed {}, {:.0?} of storm, {:.1?} to calm",
        plan.weather,
        if plan.fleet { "PostgreSQL, RabbitMQ, Redis, S3" } else { "embedded" },
        plan.blows,
        plan.workers,
        plan.documents,
        plan.seed,
        last_blow.duration_since(started),
        calm,
    );
    println!("uploads that were asked again: {}", uploads.again);
    report.print(plan.documents, stuck);
    runtime.block_on(installation.clear());
    ensure!(stuck == 0 && report.is_clean(), "the storm did harm");
    let vacuous = plan.weather.costs_leases() && plan.blows > 0 && report.losses() == 0;
    ensure!(!vacuous, "no blow met a worker at work: ask for more documents a blow");
    Ok(())
}

/// What the door said.
#[derive(Default)]
struct Uploads {
    /// How often a document had to be sent again.
    again: usize,
    /// What each was accepted as.
    answered: Vec<DocumentId>,
}

/// Every document until it is accepted, in step with the storm: each blow finds new ones.
fn upload_all(plan: &Plan, door: SocketAddr, begun: &AtomicUsize) -> anyhow::Result<Uploads> {
    let mut uploads = Uploads::default();
    for number in 0..plan.documents {
        while number * plan.blows > begun.load(Ordering::Relaxed) * plan.documents {
            thread::sleep(Duration::from_millis(2));
        }
        let content = statement(number);
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = http::upload(door, "/v1/documents", &format!("{number}.csv"), content.as_bytes());
            match answer {
                Ok(answer) if matches!(answer.status, 200 | 202) => {
                    uploads.answered.push(accepted_as(&answer)?);
                    break;
                }
                Ok(answer) if !matches!(answer.status, 429 | 503) => {
                    bail!("an upload was answered with {}", answer.status)
                }
                Ok(_) | Err(_) => {}
            }
            uploads.again += 1;
            ensure!(Instant::now() < deadline, "an upload was never accepted");
            thread::sleep(Duration::from_millis(50));
        }
    }
    Ok(uploads)
}

fn accepted_as(answer: &http::Answer) -> anyhow::Result<DocumentId> {
    let place = answer.header("location").context("an answer without a place")?;
    let id = place.rsplit('/').next().unwrap_or_default();
    id.parse().ok().context("a place without an id")
}

/// A proved statement of two rows, unlike any other.
fn statement(number: usize) -> String {
    let cents = number % 100;
    let whole = number / 100;
    format!(
        "Date,Description,Amount,Balance\n2026-03-01,OPENING TRANSFER {number},1000.00,1000.00\n\
         2026-03-02,CARD PURCHASE,-{whole}.{cents:02},{}.{:02}\n",
        999 - whole + usize::from(cents == 0),
        (100 - cents) % 100,
    )
}

fn blow(
    plan: &Plan,
    installation: &Installation,
    workers: &mut [Worker],
    begun: &AtomicUsize,
) -> anyhow::Result<()> {
    let mut dice = Dice::seeded(plan.seed);
    for _ in 0..plan.blows {
        begun.fetch_add(1, Ordering::Relaxed);
        thread::sleep(plan.weather.pause(&mut dice));
        let chosen = dice.below(workers.len());
        if let Some(worker) = workers.get_mut(chosen) {
            plan.weather.strike(worker, installation)?;
        }
    }
    Ok(())
}
