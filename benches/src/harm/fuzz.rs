//! The fuzz targets without a fuzzer: mutants of the hostile files and of honest ones, thrown for as long as the clock
//! says. It has no eye for coverage; `fuzz/` has.

use super::parents;
use super::plan::Plan;
use anyhow::{Context, ensure};
use smartexus_simulation::havoc::{Material, mutated};
use smartexus_simulation::{Dice, Target};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::{Duration, Instant};

/// The word before a target that this process runs itself: each has a process, as foreign code may end it.
const ALONE: &str = "--alone";
/// A try that takes longer is a hang.
const HANG: Duration = Duration::from_secs(10);
const STACK_BYTES: usize = 8 * 1024 * 1024;
/// Seeds are small, so that tries are many.
const SEED_BYTES_MAX: usize = 64 * 1024;

pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    if let Some(target) = plan.target.as_deref().and_then(|name| name.strip_prefix(ALONE)) {
        return alone(plan, target.trim());
    }
    let targets =
        Target::ALL.iter().filter(|target| plan.target.as_deref().is_none_or(|name| name == target.name));
    let (mut run, mut broken) = (0, 0);
    for target in targets {
        let status = Command::new("/proc/self/exe")
            .args([
                "--program",
                &plan.program.display().to_string(),
                "--out",
                &plan.out.display().to_string(),
                "--fuzz",
            ])
            .args(["--target", &format!("{ALONE} {}", target.name)])
            .args(["--seconds", &plan.seconds.to_string(), "--seed", &plan.seed.to_string()])
            .status()?;
        run += 1;
        if !status.success() {
            broken += 1;
            println!("{}: {status}", target.name);
        }
    }
    ensure!(run > 0, "there is no such target");
    println!("{broken}/{run} targets broken, {} s each, seed {:#x}", plan.seconds, plan.seed);
    ensure!(broken == 0, "targets were broken");
    Ok(())
}

struct Seed {
    material: Material,
    bytes: Vec<u8>,
}

fn seeds() -> anyhow::Result<Vec<Seed>> {
    let honest =
        parents::all()?.into_iter().map(|parent| Seed { material: parent.material, bytes: parent.bytes });
    let hostile =
        smartexus_generator::fixtures().into_iter().filter(|(name, _)| name.starts_with("hostile/"));
    let material = |name: &str| match name.rsplit('.').next() {
        Some("pdf") => Material::Pdf,
        Some("png") => Material::Png,
        Some("jpg") => Material::Jpeg,
        Some("tif") => Material::Tiff,
        Some("webp") => Material::Riff,
        Some("xlsx" | "zip" | "ods") => Material::Archive,
        _ => Material::Text,
    };
    let hostile = hostile.map(|(name, bytes)| Seed { material: material(&name), bytes });
    Ok(honest.chain(hostile).filter(|seed| seed.bytes.len() <= SEED_BYTES_MAX).collect())
}

fn alone(plan: &Plan, name: &str) -> anyhow::Result<()> {
    let target = Target::named(name).context("no such target")?;
    let seeds = seeds()?;
    let (seed, seconds) = (plan.seed, plan.seconds);
    std::fs::create_dir_all(&plan.out)?;
    // What is tried now is on disk, where a death leaves it.
    let at_work = plan.out.join(format!("fuzz-{name}"));
    std::panic::set_hook(Box::new(|_| {}));
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let mut dice = Dice::seeded(seed);
        let (started, mut tries) = (Instant::now(), 0_u64);
        while started.elapsed().as_secs() < seconds {
            let (Some(one), Some(other)) = (dice.pick(&seeds), dice.pick(&seeds)) else { break };
            let bytes = mutated(&one.bytes, one.material, &other.bytes, &mut dice);
            if target.foreign {
                std::fs::write(&at_work, &bytes)?;
            }
            let before = Instant::now();
            let thrown = catch_unwind(AssertUnwindSafe(|| (target.throw)(&bytes)));
            if thrown.is_err() || before.elapsed() > HANG {
                std::fs::write(&at_work, &bytes)?;
                let what = if thrown.is_err() { "panics" } else { "hangs" };
                anyhow::bail!("{} {what} at try {tries}: {}", target.name, at_work.display());
            }
            tries += 1;
        }
        // It lived, so there is nothing to look at.
        drop(std::fs::remove_file(&at_work));
        println!("{:<20} {tries:>9} tries, 0 broken", target.name);
        Ok(())
    })?;
    thread.join().map_err(|_| anyhow::anyhow!("the thread died"))?
}
