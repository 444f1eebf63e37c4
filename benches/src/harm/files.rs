//! The hostile set through the real program, all of it; or the files of a folder.

#![expect(clippy::float_arithmetic, reason = "milliseconds")]

use super::plan::Plan;
use anyhow::Context;
use smartexus_simulation::{Bounds, Program, Repository, Siege};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer than a file may take, so that a hang is counted and not cut short.
const PATIENCE: Duration = Duration::from_secs(600);
/// Files that one program is told at once: a command line has an end.
const FILES_AT_ONCE: usize = 2_000;

pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let files = match &plan.folder {
        Some(folder) => files_below(folder)?,
        None => written(&plan.out.join("hostile"))?,
    };
    anyhow::ensure!(!files.is_empty(), "there are no files");
    let program = Program::at(&plan.program, Repository::here().root());
    let sieges: Result<Vec<_>, _> =
        files.chunks(FILES_AT_ONCE).map(|files| Siege::lay(&program, files, PATIENCE)).collect();
    let siege = Siege::together(sieges?).context("nothing was tried")?;
    println!("{siege}");
    let mut slow: Vec<_> = siege.answers.iter().collect();
    slow.sort_by_key(|answer| std::cmp::Reverse(answer.busy));
    for answer in slow.iter().take(10) {
        println!(
            "{:>8.0} ms  {:>4} MiB  {:?}  {}",
            answer.busy.as_secs_f64() * 1e3,
            answer.child_bytes >> 20,
            answer.end,
            answer.file
        );
    }
    for answer in siege.answers.iter().filter(|a| format!("{:?}", a.end).contains("ReaderCrashed")) {
        println!("crashed the reader: {}", answer.file);
    }
    // Where the program itself came to have more than ever before.
    let mut most = 0;
    for answer in &siege.answers {
        if answer.parent_bytes > most + (4 << 20) {
            most = answer.parent_bytes;
            println!("{:>4} MiB in the parent at {}", most >> 20, answer.file);
        }
    }
    let broken = siege.broken(Bounds::PROMISED);
    broken.iter().for_each(|broken| println!("BROKEN {broken}"));
    anyhow::ensure!(broken.is_empty(), "{} promises were broken", broken.len());
    Ok(())
}

/// The generator's files, large ones too, in a folder of their own.
fn written(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for (name, bytes) in smartexus_generator::hostile_files() {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(&file, bytes)?;
        files.push(file.display().to_string());
    }
    Ok(files)
}

fn files_below(folder: &Path) -> anyhow::Result<Vec<String>> {
    let (mut folders, mut files): (Vec<PathBuf>, Vec<String>) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    Ok(files)
}
