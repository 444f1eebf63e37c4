//! Which machine measured: a figure without it says nothing.

use serde::Serialize;

/// The machine.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    /// `None` where the system does not say.
    pub(crate) processor: Option<String>,
    pub(crate) system: String,
    /// Tasks that wanted a core in the last minute when the run ended: above the cores, others slowed us down.
    pub(crate) load: Option<String>,
}

impl Machine {
    /// This one.
    pub(crate) fn here() -> Self {
        let read = |file| std::fs::read_to_string(file).ok();
        let processor = read("/proc/cpuinfo").and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            line.split_once(": ").map(|(_, name)| name.to_owned())
        });
        Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            load: read("/proc/loadavg").and_then(|text| text.split(' ').next().map(str::to_owned)),
        }
    }
}
