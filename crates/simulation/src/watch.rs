//! The memory and the processor time of a program and its children, looked at from outside.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How often the memory of the program and its children is looked at.
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(4);
/// After so many files the program has everything that it needs for itself; what it has more later, it keeps of files.
const SETTLED_AFTER: usize = 10;

/// Looks at the memory of a process and of its children.
pub(crate) struct Watch {
    pub(crate) parent: u32,
    pub(crate) over: AtomicBool,
    /// Files that have their answer: the next one is at work.
    pub(crate) answered: AtomicUsize,
    pub(crate) seen: Mutex<Seen>,
}

/// The most that was seen while one file was at work.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Peaks {
    /// High-water mark of children.
    pub(crate) child_bytes: u64,
    pub(crate) parent_bytes: u64,
}

/// What was seen.
#[derive(Default)]
pub(crate) struct Seen {
    /// Resident bytes of the parent that are no file's: when it had settled, the most later, and the last.
    pub(crate) settled: Option<u64>,
    pub(crate) most: u64,
    pub(crate) last: u64,
    /// By the file at work.
    pub(crate) peaks: BTreeMap<usize, Peaks>,
    children: Vec<u32>,
}

impl Watch {
    pub(crate) fn of(parent: u32) -> Self {
        Self { parent, over: AtomicBool::new(false), answered: AtomicUsize::new(0), seen: Mutex::default() }
    }

    pub(crate) fn look(&self) {
        while !self.over.load(Ordering::Relaxed) {
            let at = self.answered.load(Ordering::Relaxed);
            if let Ok(mut seen) = self.seen.lock() {
                let resident = status_bytes(self.parent, "RssAnon:").unwrap_or(0);
                if at >= SETTLED_AFTER && resident > 0 {
                    seen.settled.get_or_insert(resident);
                    seen.most = seen.most.max(resident);
                    seen.last = resident;
                }
                let peaks = seen.peaks.entry(at).or_default();
                peaks.parent_bytes = peaks.parent_bytes.max(resident);
                let mut waiting = children(self.parent);
                while let Some(child) = waiting.pop() {
                    let peak = status_bytes(child, "VmHWM:").unwrap_or(0);
                    let peaks = seen.peaks.entry(at).or_default();
                    peaks.child_bytes = peaks.child_bytes.max(peak);
                    seen.children.push(child);
                    waiting.extend(children(child));
                }
                seen.children.sort_unstable();
                seen.children.dedup();
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Children that were seen and still are what they were: their parent is gone, so somebody else has them now.
    pub(crate) fn living_children(&self) -> Vec<u32> {
        // The signal of their parent's death needs a moment to arrive.
        std::thread::sleep(Duration::from_millis(50));
        let Ok(seen) = self.seen.lock() else { return Vec::new() };
        let adopted = |pid: &u32| status_bytes(*pid, "VmHWM:").is_some() && parent_of(*pid) == Some(1);
        seen.children.iter().copied().filter(adopted).collect()
    }
}

fn status_bytes(pid: u32, field: &str) -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// Processor time of a process and of its children that have ended: fields 14 to 17 of proc(5), in hundredths of a second.
pub(crate) fn busy(pid: u32) -> Option<Duration> {
    const MS_PER_TICK: u64 = 10;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let ticks = after_name.split_whitespace().skip(11).take(4).map(str::parse::<u64>);
    ticks.sum::<Result<u64, _>>().ok().map(|ticks| Duration::from_millis(ticks.saturating_mul(MS_PER_TICK)))
}

fn parent_of(pid: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

fn children(pid: u32) -> Vec<u32> {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    let lists =
        threads.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}
