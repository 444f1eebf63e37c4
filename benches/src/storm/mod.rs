//! Storms: real processes, wires, documents and disks misbehave while documents arrive, embedded or as a fleet. Afterwards
//! the rows themselves, and a sink outside, are asked what happened: nothing lost, nothing doubled, nothing stuck.

mod cuts;
mod figures;
mod fleet;
mod full;
mod inspection;
pub(crate) mod installation;
mod plan;
mod poison;
mod process;
mod sink;
mod uploads;
mod weather;
mod workers;

pub(crate) use plan::Plan;
pub(crate) use poison::role;

use plan::Storm;
use std::time::Duration;

/// How long everything may take to settle after the last blow.
const CALM: Duration = Duration::from_secs(60);

/// Runs the storm and prints what it did.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    match plan.storm {
        Storm::Workers(weather) => workers::run(plan, weather),
        Storm::Cuts => cuts::run(plan),
        Storm::Poison => poison::run(plan),
        Storm::Full(disk) => full::run(plan, disk),
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
