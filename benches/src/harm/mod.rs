//! Harm: hostile files, mutants and bytes thrown at parsers, in numbers that the tests have no time for. Each figure is
//! `found/tried`; another than 0 fails the run.

mod files;
mod fuzz;
mod leaks;
mod mutants;
mod parents;
mod plan;
mod toll;

pub(crate) use mutants::role;
pub(crate) use plan::{Harm, Plan};

/// Runs what was asked for and prints what came of it.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    match plan.harm {
        Harm::Files => files::run(plan),
        Harm::Mutants => mutants::run(plan),
        Harm::Fuzz => fuzz::run(plan),
        Harm::Toll => toll::run(plan),
    }
}
