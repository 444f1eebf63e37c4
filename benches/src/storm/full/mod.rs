//! The disk fills up to the brim, or stops storing what it was given, and recovers, again and again. Nothing that the door
//! accepted may be lost, and whatever it refuses it must refuse with a reason and a time to come back.

mod disk;

use super::figures;
use super::installation::{Door, Installation, Site};
use super::plan::Plan;
use super::process::{self, Process};
use super::uploads::{Pace, Uploads, send_all, statement};
use super::{CALM, runtime};
use anyhow::ensure;
pub(crate) use disk::Disk;
use disk::{Mounted, Shortage};
use smartexus_domain::DocumentId;
use smartexus_platform::port::ObjectName;
use smartexus_simulation::Dice;
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

/// Callers at a time, so that some are in the middle of an upload when the disk is full.
const CALLERS: usize = 4;

/// Runs the storm and prints what it did.
pub(super) fn run(plan: &Plan, disk: Disk) -> anyhow::Result<()> {
    let runtime = runtime()?;
    let mounted = disk.mount()?;
    let data = Some(mounted.place().join("data"));
    let site = Site { program: &plan.program, fleet: false, data, pipelines: None };
    let installation = runtime.block_on(Installation::make(site))?;
    let mut door = installation.open_door()?;
    let mut workers =
        (0..plan.workers).map(|_| process::worker(&installation)).collect::<anyhow::Result<Vec<_>>>()?;
    let started = Instant::now();
    // Half of them come while the disk fills up, half when it is full.
    let pace = Pace::new(plan.documents, 2 * plan.blows);
    let content = |number| statement(number, plan.rows, "");
    let uploads = thread::scope(|scope| -> anyhow::Result<Uploads> {
        let uploading = scope.spawn(|| send_all(door.address(), &pace, CALLERS, &content));
        let blown = blow(plan, disk.shortages(), &mounted, &pace);
        pace.finish();
        let uploads = uploading.join().map_err(|_| anyhow::anyhow!("the uploads panicked"))?;
        blown.and(uploads)
    })?;
    let stormed = started.elapsed();
    let stuck = runtime.block_on(installation.wait_until_settled(plan.documents, CALM))?;
    let ended = ended(&mut door, &mut workers)?;
    let report = runtime.block_on(installation.inspect(&uploads.ids(), &[], &door))?;
    Mounted::forget_memory()?;
    let unreadable = runtime.block_on(unreadable(&installation, &uploads.ids()));
    let dead: Vec<String> = workers.iter_mut().filter_map(last_words_of_the_dead).collect();
    let setbacks: usize = workers.iter().map(Process::setbacks).sum();
    drop(workers);
    drop(door);
    let shortages: Vec<&str> = disk.shortages().iter().map(|shortage| shortage.words()).collect();
    println!(
        "full · embedded · {} shortages ({}) during {} documents of {} rows, {} workers, seed {}, {stormed:.0?} of storm",
        plan.blows,
        shortages.join(", in turn with "),
        plan.documents,
        plan.rows,
        plan.workers,
        plan.seed,
    );
    println!("{}", uploads.words());
    println!("times that a worker could not read or write: {setbacks}");
    println!(
        "{}",
        figures::of(
            uploads.untyped,
            uploads.untyped + uploads.refused,
            "refusals without a time to come back"
        )
    );
    println!("{}", figures::of(uploads.broken, plan.documents, "uploads that broke off"));
    println!("{}", figures::of(ended, plan.workers + 1, "processes ended by themselves"));
    println!("{}", figures::of(unreadable, plan.documents, "whose bytes cannot be read back from the disk"));
    report.print(plan.documents, stuck);
    dead.iter().for_each(|words| println!("{words}"));
    ensure!(stuck == 0 && ended == 0 && uploads.untyped == 0 && uploads.broken == 0, "the storm did harm");
    ensure!(unreadable == 0 && report.is_clean(), "the storm did harm");
    ensure!(uploads.refused > 0 && setbacks > 0, "no shortage met anybody who wrote: ask for more documents");
    Ok(())
}

fn blow(plan: &Plan, shortages: &[Shortage], disk: &Mounted, pace: &Pace) -> anyhow::Result<()> {
    let mut dice = Dice::seeded(plan.seed);
    let mut kinds = shortages.iter().copied().cycle();
    for _ in 0..plan.blows {
        pace.begin(1);
        thread::sleep(Duration::from_millis(dice.below(60) as u64));
        let Some(kind) = kinds.next() else { break };
        disk.run_short(kind)?;
        pace.begin(1);
        // At times long enough for a lease to end.
        let most_ms = if dice.below(8) == 0 { 7_000 } else { 900 };
        thread::sleep(Duration::from_millis(100 + dice.below(most_ms) as u64));
        disk.relieve()?;
    }
    Ok(())
}

/// How many accepted documents are not what was sent, sealed and whole, on the disk. Prints why.
async fn unreadable(installation: &Installation, accepted: &[DocumentId]) -> usize {
    let mut why = BTreeMap::<String, usize>::new();
    for id in accepted {
        let name = ObjectName::source(installation.workspace(), *id);
        if let Err(error) = installation.world().read_object(&name, u64::MAX).await {
            *why.entry(format!("{:#}", anyhow::Error::from(error))).or_default() += 1;
        }
    }
    why.iter().for_each(|(why, count)| println!("{count} cannot be read: {why}"));
    why.values().sum()
}

fn ended(door: &mut Door, workers: &mut [Process]) -> anyhow::Result<usize> {
    let mut ended = usize::from(door.has_ended()?);
    for worker in workers {
        ended += usize::from(worker.has_ended()?);
    }
    Ok(ended)
}

fn last_words_of_the_dead(worker: &mut Process) -> Option<String> {
    worker.has_ended().is_ok_and(|ended| ended).then(|| worker.last_words())
}
