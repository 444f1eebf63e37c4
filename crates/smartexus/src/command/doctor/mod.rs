//! `smartexus doctor`: everything this program needs, here and on the engines that the settings name, one line each,
//! with the fix.

mod stores;

use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::{Output, Tone};
use crate::station::rulebook;
use crate::{pipelines, sandboxed};
use rustix::process::Resource;
use serde::Serialize;
use smartexus_domain::StageKind;
use smartexus_extract::OcrLanguages;
use smartexus_worker::pipeline::{Pipeline, StageChoices};
use smartexus_worker::sandbox::{ForbiddenAct, Sandbox};

/// Open files that a busy server needs: databases, pipes of children, connections.
const OPEN_FILES_MIN: u64 = 1024;

/// One line.
#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    ok: bool,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
}

impl Finding {
    fn of(check: &'static str, fix: &str, outcome: Result<String, String>) -> Self {
        match outcome {
            Ok(detail) => Self { check, ok: true, detail, fix: None },
            Err(detail) => Self { check, ok: false, detail, fix: Some(fix.to_owned()) },
        }
    }
}

/// Checks everything; what is missing does not keep the rest from being checked.
pub(crate) async fn run(output: Output, configuration: &Configuration) -> Result<Exit, Stop> {
    let mut healthy = true;
    for finding in findings(configuration).await {
        healthy &= finding.ok;
        print(output, &finding)?;
    }
    if healthy {
        output.note("everything is here; try: smartexus process FILES…");
    }
    Ok(if healthy { Exit::Done } else { Exit::Unavailable })
}

fn print(output: Output, finding: &Finding) -> Result<(), Stop> {
    if output.json {
        return output.object(finding);
    }
    let mark = if finding.ok { output.paint(Tone::Good, "✓") } else { output.paint(Tone::Bad, "✗") };
    let mut line = format!("{mark} {:15} {}\n", finding.check, finding.detail);
    if let Some(fix) = &finding.fix {
        line += &format!("  {:15} fix: {fix}\n", "");
    }
    output.text(&line)
}

async fn findings(configuration: &Configuration) -> Vec<Finding> {
    let mut findings = vec![
        Finding::of(
            "sandbox",
            "use a Linux kernel from 5.13 on with Landlock and seccomp; in a container, allow both",
            sandbox().await,
        ),
        recognition(configuration).await,
        Finding::of("rules", "install the program again: its own data are damaged", rules()),
        Finding::of("pipelines", "run `smartexus pipelines validate`", pipelines_here(configuration)),
    ];
    findings.extend(stores::findings(configuration).await);
    findings.push(Finding::of("open files", "raise the limit, for instance: ulimit -n 4096", open_files()));
    findings
}

async fn sandbox() -> Result<String, String> {
    let program = sandboxed::program().map_err(|stop| stop.sentence)?;
    let sandbox = Sandbox::open(program, 0).map_err(|error| error.to_string())?;
    sandbox.prove().await.map_err(|error| error.to_string())?;
    Ok(format!("{} forbidden acts tried, all denied", ForbiddenAct::ALL.len()))
}

/// Scans need it; everything else is read without.
async fn recognition(configuration: &Configuration) -> Finding {
    let check = "recognition";
    let asked = pipelines::chosen(configuration).ok().and_then(|(_, pipeline)| languages(&pipeline));
    let Some(languages) = asked else {
        return Finding::of(check, "", Ok("the pipeline asks for none".to_owned()));
    };
    let fix = format!(
        "install Tesseract's data for {languages}, on Debian: apt-get install {}",
        languages
            .names()
            .map(|name| format!("tesseract-ocr-{}", name.replace('_', "-")))
            .collect::<Vec<_>>()
            .join(" ")
    );
    Finding::of(check, &fix, recognizes(languages).await)
}

fn languages(pipeline: &Pipeline) -> Option<OcrLanguages> {
    match pipeline.stage(StageKind::Extract).map(|stage| &stage.choices) {
        Some(StageChoices::Extract(chosen)) => chosen.ocr,
        Some(
            StageChoices::Parse(_)
            | StageChoices::Categorize(_)
            | StageChoices::Analyze(_)
            | StageChoices::Report(_)
            | StageChoices::Fill(_),
        )
        | None => None,
    }
}

async fn recognizes(languages: OcrLanguages) -> Result<String, String> {
    let program = sandboxed::program().map_err(|stop| stop.sentence)?;
    let sandbox = Sandbox::open(program, 0).map_err(|error| error.to_string())?;
    sandbox.prove_recognizing(languages).await.map_err(|error| error.to_string())?;
    Ok(format!("scans are read in {languages}, behind the same walls"))
}

fn rules() -> Result<String, String> {
    rulebook().map(|_| "categories and their rules are readable".to_owned()).map_err(|stop| stop.sentence)
}

fn pipelines_here(configuration: &Configuration) -> Result<String, String> {
    let (set, chosen) = pipelines::chosen(configuration).map_err(|stop| stop.sentence)?;
    Ok(format!("{} known; `{}` version {} is the default", set.iter().count(), chosen.name, chosen.version))
}

fn open_files() -> Result<String, String> {
    // No current limit means unlimited.
    match rustix::process::getrlimit(Resource::Nofile).current {
        Some(limit) if limit < OPEN_FILES_MIN => Err(format!("{limit} open files allowed")),
        Some(limit) => Ok(format!("{limit} open files allowed")),
        None => Ok("no limit".to_owned()),
    }
}
