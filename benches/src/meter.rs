//! What a program costs: wall time, CPU time, peak memory.

#![expect(clippy::float_arithmetic, reason = "seconds and megabytes")]

use anyhow::Context;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How often the memory of a running program is looked at.
const SAMPLE_EVERY: Duration = Duration::from_millis(2);

/// Linux counts the CPU time that it shows to programs in hundredths of a second, on every architecture.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one run cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Cost {
    pub(crate) wall_seconds: f64,
    /// `None` where the system does not say.
    pub(crate) cpu_seconds: Option<f64>,
    /// High-water marks of the program and its children, summed; `None` where the system does not say.
    pub(crate) peak_bytes: Option<u64>,
}

impl Cost {
    /// The cost of both, one after the other.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            wall_seconds: self.wall_seconds + other.wall_seconds,
            cpu_seconds: self.cpu_seconds.zip(other.cpu_seconds).map(|(a, b)| a + b),
            peak_bytes: self.peak_bytes.max(other.peak_bytes),
        }
    }
}

/// Runs a program to its end. One at a time: CPU time is counted for all children of this process.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<(Output, Cost)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let cpu_before = cpu_of_children();
    let started = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.with_context(|| format!("cannot start {name}"))?;
    let pid = child.id();
    let over = AtomicBool::new(false);
    let (output, wall_seconds, peak_bytes) = thread::scope(|scope| {
        let watcher = scope.spawn(|| watch_memory(pid, &over));
        let output = child.wait_with_output();
        let wall_seconds = started.elapsed().as_secs_f64();
        over.store(true, Ordering::Relaxed);
        (output, wall_seconds, watcher.join().ok().flatten())
    });
    let cpu_seconds = cpu_before.zip(cpu_of_children()).map(|(before, after)| after - before);
    let output = output.with_context(|| format!("cannot read from {name}"))?;
    Ok((output, Cost { wall_seconds, cpu_seconds, peak_bytes }))
}

/// CPU seconds of all ended children of this process, and theirs: fields `cutime` and `cstime` of proc(5).
pub(crate) fn cpu_of_children() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let ticks = |field: usize| after_name.split_whitespace().nth(field)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / TICKS_PER_SECOND)
}

fn watch_memory(pid: u32, over: &AtomicBool) -> Option<u64> {
    let mut peak = None;
    while !over.load(Ordering::Relaxed) {
        let marks = high_water_marks(pid);
        peak = peak.max((!marks.is_empty()).then(|| marks.values().sum()));
        thread::sleep(SAMPLE_EVERY);
    }
    peak
}

/// The high-water mark of every living process of the tree.
fn high_water_marks(root: u32) -> BTreeMap<u32, u64> {
    let mut marks = BTreeMap::new();
    let mut waiting = vec![root];
    while let Some(pid) = waiting.pop() {
        let folder = Path::new("/proc").join(pid.to_string());
        if let Some(bytes) = high_water_mark(&folder) {
            marks.insert(pid, bytes);
        }
        waiting.extend(children(&folder).into_iter().filter(|child| !marks.contains_key(child)));
    }
    marks
}

fn high_water_mark(process: &Path) -> Option<u64> {
    let status = std::fs::read_to_string(process.join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

fn children(process: &Path) -> Vec<u32> {
    let Ok(threads) = std::fs::read_dir(process.join("task")) else { return Vec::new() };
    let listed =
        threads.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    listed
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_child_costs_time_and_memory() {
        let busy = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; echo done";
        let (output, cost) = run(Command::new("sh").args(["-c", busy])).unwrap();
        assert_eq!(output.stdout, b"done\n");
        assert!(cost.wall_seconds > 0.0, "{cost:?}");
        if Path::new("/proc/self/stat").exists() {
            assert!(cost.cpu_seconds.is_some_and(|seconds| seconds > 0.0), "{cost:?}");
            assert!(cost.peak_bytes.is_some_and(|bytes| bytes > 100_000), "{cost:?}");
        }
    }

    #[test]
    fn costs_add_up() {
        let one = Cost { wall_seconds: 1.0, cpu_seconds: Some(2.0), peak_bytes: Some(5) };
        let two = Cost { wall_seconds: 0.5, cpu_seconds: Some(1.0), peak_bytes: Some(3) };
        assert_eq!(one.and(two), Cost { wall_seconds: 1.5, cpu_seconds: Some(3.0), peak_bytes: Some(5) });
    }
}
