//! The report: JSON for programs, Markdown for people, the same figures in both.

#![expect(clippy::float_arithmetic, reason = "percentages and megabytes")]

use crate::machine::Machine;
use crate::race::Standing;
use crate::stages::StageTime;
use crate::whole::Whole;
use serde::Serialize;
use smartexus_simulation::Fixture;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Everything that was measured in one run.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    schema: &'static str,
    command: &'static str,
    machine: Machine,
    fixtures: usize,
    whole: Whole,
    stages: Vec<StageTime>,
    engines: Vec<Standing>,
}

impl Summary {
    pub(crate) fn new(
        quick: bool,
        fixtures: &[Fixture],
        whole: Whole,
        stages: Vec<StageTime>,
        engines: Vec<Standing>,
    ) -> Self {
        Self {
            schema: "smartexus.bench/1",
            command: if quick { "cargo bench-all --quick" } else { "cargo bench-all" },
            machine: Machine::here(),
            fixtures: fixtures.len(),
            whole,
            stages,
            engines,
        }
    }

    /// Writes both files into the folder and says where they are.
    pub(crate) fn write(&self, folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
        std::fs::create_dir_all(folder)?;
        let (json, markdown) = (folder.join("bench.json"), folder.join("bench.md"));
        std::fs::write(&json, serde_json::to_vec_pretty(self)?)?;
        std::fs::write(&markdown, self.markdown())?;
        Ok((json, markdown))
    }

    /// The report as a page.
    pub(crate) fn markdown(&self) -> String {
        let mut page = String::new();
        self.write_page(&mut page).map(|()| page).unwrap_or_default()
    }

    fn write_page(&self, page: &mut String) -> std::fmt::Result {
        let machine = &self.machine;
        writeln!(page, "# `{}`\n", self.command)?;
        writeln!(
            page,
            "{} cores, {}, {}, load {} at the end. Compare figures inside this run only.\n",
            machine.cores,
            machine.processor.as_deref().unwrap_or("unknown processor"),
            machine.system,
            machine.load.as_deref().unwrap_or("unknown"),
        )?;
        self.write_whole(page)?;
        self.write_stages(page)?;
        self.write_engines(page)
    }

    fn write_whole(&self, page: &mut String) -> std::fmt::Result {
        let whole = &self.whole;
        let exact = whole.layouts.iter().filter(|layout| layout.statement_exact).count();
        let false_verified = whole.layouts.iter().filter(|layout| layout.false_verified).count();
        writeln!(page, "## The whole path: `smartexus process`\n")?;
        writeln!(
            page,
            "| documents | pages | documents/s | pages/s | CPU-s a document | peak memory | statement-exact | false verified |"
        )?;
        writeln!(page, "|---|---|---|---|---|---|---|---|")?;
        writeln!(
            page,
            "| {} | {} | {:.1} | {:.1} | {} | {} | {exact}/{} | {false_verified}/{} |\n",
            whole.documents,
            whole.pages,
            whole.documents_per_second,
            whole.pages_per_second,
            number(whole.cpu_seconds_per_document, 3),
            mebibytes(whole.peak_bytes),
            whole.documents,
            whole.documents,
        )?;
        writeln!(page, "| fixture | rows | statement-exact | verdict right |\n|---|---|---|---|")?;
        for layout in &whole.layouts {
            writeln!(
                page,
                "| {} | {} | {} | {} |",
                layout.fixture,
                layout.rows,
                yes(layout.statement_exact),
                yes(layout.verdict_right)
            )?;
        }
        writeln!(page)
    }

    fn write_stages(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Each stage alone\n")?;
        writeln!(page, "| stage | documents | documents/s | median ms | p95 ms |\n|---|---|---|---|---|")?;
        for time in &self.stages {
            writeln!(
                page,
                "| {} | {} | {:.0} | {:.3} | {:.3} |",
                time.stage, time.documents, time.documents_per_second, time.ms_median, time.ms_p95
            )?;
        }
        writeln!(page)
    }

    fn write_engines(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Text engines, each as a program of its own, start included\n")?;
        writeln!(
            page,
            "| engine | version | gives | pages/s | pages/CPU-s | ratio | peak memory | words found | files failed |"
        )?;
        writeln!(page, "|---|---|---|---|---|---|---|---|---|")?;
        for engine in &self.engines {
            let Some(version) = &engine.version else {
                writeln!(page, "| {} | absent | {} | – | – | – | – | – | – |", engine.engine, engine.gives)?;
                continue;
            };
            writeln!(
                page,
                "| {} | {version} | {} | {} | {} | {} | {} | {} | {} |",
                engine.engine,
                engine.gives,
                number(engine.pages_per_second, 0),
                number(engine.pages_per_cpu_second, 0),
                number(engine.ratio_to_reference, 2),
                mebibytes(engine.peak_bytes),
                engine.words_found_share.map_or_else(unknown, |share| format!("{:.2} %", share * 100.0)),
                engine.files_failed.map_or_else(unknown, |files| files.to_string()),
            )?;
        }
        Ok(())
    }
}

fn unknown() -> String {
    "–".to_owned()
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(unknown, |value| format!("{value:.digits$}"))
}

fn mebibytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(unknown, |bytes| format!("{:.0} MiB", bytes as f64 / 1_048_576.0))
}

fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "**no**" }
}
