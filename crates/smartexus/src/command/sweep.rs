//! `smartexus sweep`: erases what is past its date, once or on the schedule.

use crate::cli::SweepArgs;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::health;
use crate::interrupt::Interruptions;
use crate::log;
use crate::output::Output;
use crate::store;
use smartexus_platform::World;
use smartexus_platform::health::{NotReady, Readiness};
use smartexus_platform::telemetry::ServiceRole;
use smartexus_sweeper::{SweepReport, Sweeper};
use std::sync::Arc;

/// Sweeps once, or until somebody asks it to stop.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    args: &SweepArgs,
) -> Result<Exit, Stop> {
    let world = store::open_existing(configuration).await?;
    let sweeper = Arc::new(store::sweeper(configuration, world.clone())?);
    if args.once || args.dry_run {
        return once(output, &sweeper, args.dry_run).await;
    }
    on_schedule(output, configuration, &sweeper, &world).await
}

async fn once(output: Output, sweeper: &Sweeper, dry_run: bool) -> Result<Exit, Stop> {
    let report = sweeper.once(dry_run).await.map_err(store::failed)?;
    print(output, &report)?;
    Ok(if report.succeeded() { Exit::Done } else { Exit::Partial })
}

async fn on_schedule(
    output: Output,
    configuration: &Configuration,
    sweeper: &Arc<Sweeper>,
    world: &World,
) -> Result<Exit, Stop> {
    let mut interruptions = Interruptions::listen()?;
    let telemetry = log::start(output, configuration, ServiceRole::Sweeper)?;
    let readiness = with_sweeper(Readiness::of_world(world), sweeper);
    let world_health = health::open(configuration, readiness, telemetry.metrics()).await?;
    let interval_s = configuration.sweep_interval.as_secs();
    output.note(&format!("sweeping every {interval_s} s; Ctrl-C ends it"));
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let asked = async {
        interruptions.next().await;
        stop.send_replace(true);
    };
    tokio::join!(sweeper.run(asked), health::run(world_health, stopping));
    health::flush(telemetry).await;
    let health = sweeper.health();
    if output.json {
        output.object(&health)?;
    }
    match health.trouble(world.clock.now(), configuration.sweep_interval) {
        Some(trouble) => Err(Stop::failed(format!("the last sweep did not succeed: {}", trouble.as_str()))),
        None => Ok(Exit::Done),
    }
}

/// Not ready while erasures are late: somebody was promised them.
pub(crate) fn with_sweeper(readiness: Readiness, sweeper: &Arc<Sweeper>) -> Readiness {
    let sweeper = Arc::clone(sweeper);
    readiness.probe("sweeper", move || {
        let trouble = sweeper.trouble();
        async move { trouble.map_or(Ok(()), |trouble| Err(NotReady::because(trouble.as_str()))) }
    })
}

fn print(output: Output, report: &SweepReport) -> Result<(), Stop> {
    if output.json {
        return output.object(report);
    }
    let planned = report
        .plan
        .erasures()
        .map(|(entry, _)| format!("{}  {}  {}\n", entry.document, entry.class, entry.because.as_str()));
    let resumed = report.resumed.iter().map(|document| format!("{document}  erasure under way\n"));
    output.text(&planned.chain(resumed).collect::<String>())?;
    for failure in &report.failures {
        output.note(&format!("not done: {}", failure.message));
    }
    if report.paused.is_some() {
        output.note("the clock jumped, so nothing is erased by its date until it has run evenly for an hour");
    }
    let (planned, orphans) = (report.plan.erasures().count(), report.orphans.count());
    output.note(&if report.dry_run {
        format!("{planned} documents and {orphans} orphans would be erased; nothing was")
    } else {
        format!("{} documents and {orphans} orphans erased", report.receipts.len())
    });
    Ok(())
}
