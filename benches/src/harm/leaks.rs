//! What a process has that it must give back: children, descriptors, temporary files.

use std::path::Path;
use std::time::{Duration, Instant};

/// How long the last ones may take to go.
const FAREWELL: Duration = Duration::from_secs(5);

/// Counted at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) children: usize,
    pub(crate) descriptors: usize,
    pub(crate) files: usize,
}

impl Held {
    /// By this process, now.
    pub(crate) fn now() -> Self {
        let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
        let lists = entries(Path::new("/proc/self/task"))
            .filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        let ours = |name: &std::ffi::OsString| name.to_string_lossy().contains("smartexus");
        Self {
            children: lists.map(|list| list.split_whitespace().count()).sum(),
            descriptors: entries(Path::new("/proc/self/fd")).count(),
            files: entries(&std::env::temp_dir()).filter(|entry| ours(&entry.file_name())).count(),
        }
    }

    /// What this process holds more than then, once it had time to let go.
    pub(crate) fn more_since(before: Self) -> Self {
        let started = Instant::now();
        loop {
            let now = Self::now();
            let more = Self {
                children: now.children.saturating_sub(before.children),
                descriptors: now.descriptors.saturating_sub(before.descriptors),
                files: now.files.saturating_sub(before.files),
            };
            if more == (Self { children: 0, descriptors: 0, files: 0 }) || started.elapsed() > FAREWELL {
                return more;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
