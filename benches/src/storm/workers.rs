//! Workers are killed, stopped or frozen while documents arrive.

use super::installation::{Installation, Site};
use super::plan::Plan;
use super::process::{self, Process};
use super::uploads::{Pace, Uploads, send_all, statement};
use super::weather::Weather;
use super::{CALM, runtime};
use anyhow::ensure;
use smartexus_simulation::Dice;
use std::thread;
use std::time::{Duration, Instant};

/// Two heartbeats of a worker and what they take.
const AFTERMATH: Duration = Duration::from_secs(6);

/// Runs the storm and prints what it did.
pub(super) fn run(plan: &Plan, weather: Weather) -> anyhow::Result<()> {
    let runtime = runtime()?;
    let site = Site { program: &plan.program, fleet: plan.fleet, data: None, pipelines: None };
    let installation = runtime.block_on(Installation::make(site))?;
    let door = installation.open_door()?;
    let mut workers =
        (0..plan.workers).map(|_| process::worker(&installation)).collect::<anyhow::Result<Vec<_>>>()?;
    let started = Instant::now();
    let pace = Pace::new(plan.documents, plan.blows);
    let content = |number| statement(number, plan.rows, "");
    let (uploads, at_work) = thread::scope(|scope| -> anyhow::Result<(Uploads, usize)> {
        let uploading = scope.spawn(|| send_all(door.address(), &pace, 1, &content));
        let blown = blow(plan, weather, &installation, &mut workers, &pace);
        pace.finish();
        let uploads = uploading.join().map_err(|_| anyhow::anyhow!("the uploads panicked"))?;
        Ok((uploads?, blown?))
    })?;
    let last_blow = Instant::now();
    let stuck = runtime.block_on(async {
        match weather {
            Weather::Kill => installation.wait_until_settled(plan.documents, CALM).await,
            // Their backlog says how fast the machine is; what counts is that it goes down.
            Weather::Stop | Weather::Freeze => installation.wait_while_settling(plan.documents, CALM).await,
        }
    })?;
    let calm = last_blow.elapsed();
    // Whoever still believes in a lease that it lost has tried to write by then.
    thread::sleep(AFTERMATH);
    let report = runtime.block_on(installation.inspect(&uploads.ids(), &[], &door))?;
    drop(workers);
    drop(door);
    println!(
        "{weather} · {} · {} blows on {} workers during {} documents of {} rows, seed {}, {:.0?} of storm, {calm:.1?} to calm",
        plan.place(),
        plan.blows,
        plan.workers,
        plan.documents,
        plan.rows,
        plan.seed,
        last_blow.duration_since(started),
    );
    println!("blows that met a worker at work: {at_work} of {}", plan.blows);
    println!("{}", uploads.words());
    report.print(plan.documents, stuck);
    ensure!(stuck == 0 && uploads.untyped == 0 && report.is_clean(), "the storm did harm");
    let vacuous = at_work == 0 || (weather.costs_leases() && report.losses() == 0);
    ensure!(!vacuous, "no blow met a worker at work: ask for more documents or rows a blow");
    Ok(())
}

/// Returns how many blows met a worker at work.
fn blow(
    plan: &Plan,
    weather: Weather,
    installation: &Installation,
    workers: &mut [Process],
    pace: &Pace,
) -> anyhow::Result<usize> {
    let mut dice = Dice::seeded(plan.seed);
    let (mut blows, mut at_work) = (0, 0);
    while blows < plan.blows {
        let together = weather.together(workers.len()).min(plan.blows - blows);
        pace.begin(together);
        thread::sleep(weather.pause(&mut dice));
        // Whoever is left out in turn, all others being struck, is chance.
        let mut struck: Vec<&mut Process> = workers.iter_mut().collect();
        while struck.len() > together {
            struck.swap_remove(dice.below(struck.len()));
        }
        wait_for_work(&struck, weather.patience())?;
        at_work += weather.strike(&mut struck, installation)?;
        blows += together;
    }
    Ok(at_work)
}

/// Returns when one of them is at work, or when time is up.
fn wait_for_work(workers: &[&mut Process], patience: Duration) -> anyhow::Result<()> {
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        for worker in workers {
            if worker.is_at_work()? {
                return Ok(());
            }
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
