//! `smartexus pipelines`: what there is, and whether a file is right.

use super::learn;
use crate::cli::PipelinesCommand;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::interrupt::block_on;
use crate::output::Output;
use crate::pipelines;
use crate::table::{Align, Cell, Table};
use serde::Serialize;
use smartexus_domain::RetentionClass;
use smartexus_manifest::SIZE_BYTES_MAX;
use smartexus_sweeper::Classes;
use smartexus_worker::pipeline::{Pipeline, PipelineSet, Stage};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What is printed for a file where the caller named none.
const BUILT_IN_OR_CONFIGURED: &str = "in use";

/// Runs one of them.
pub(crate) fn run(
    output: Output,
    configuration: &Configuration,
    command: &PipelinesCommand,
) -> Result<Exit, Stop> {
    match command {
        PipelinesCommand::List => list(output, &pipelines::all(configuration)?),
        PipelinesCommand::Validate { files } => validate(output, configuration, files),
        PipelinesCommand::Learn(args) => block_on(learn::run(output, configuration, args)),
    }
}

#[derive(Serialize)]
struct Listed<'p> {
    name: &'p str,
    version: u32,
    stages: Vec<&'static str>,
    retention: &'p str,
}

fn list(output: Output, set: &PipelineSet) -> Result<Exit, Stop> {
    let stages =
        |pipeline: &Pipeline| pipeline.stages.iter().map(|stage| stage.kind().as_str()).collect::<Vec<_>>();
    if output.json {
        for pipeline in set.iter() {
            output.object(&Listed {
                name: &pipeline.name,
                version: pipeline.version,
                stages: stages(pipeline),
                retention: pipeline.retention.as_str(),
            })?;
        }
        return Ok(Exit::Done);
    }
    let mut table = Table::new(&[
        ("pipeline", Align::Left),
        ("version", Align::Right),
        ("stages", Align::Left),
        ("retention", Align::Left),
    ]);
    for pipeline in set.iter() {
        table.push(vec![
            Cell::new(&pipeline.name),
            Cell::new(pipeline.version.to_string()),
            Cell::new(stages(pipeline).join(" → ")),
            Cell::new(pipeline.retention.as_str()),
        ]);
    }
    output.text(&table.render(output))?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Validated<'p> {
    file: String,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pipeline: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    faults: Vec<FaultLine>,
}

#[derive(Serialize)]
struct FaultLine {
    code: String,
    line: u32,
    column: u32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

fn validate(output: Output, configuration: &Configuration, files: &[PathBuf]) -> Result<Exit, Stop> {
    let classes = retention_classes()?;
    if files.is_empty() {
        // Reading the set is the check: a file that is wrong is told with all its faults.
        for pipeline in pipelines::all(configuration)?.iter() {
            let known = classes.contains(&pipeline.retention);
            if !known {
                let message = format!("pipeline `{}` names an unknown retention class", pipeline.name);
                return Err(Stop::configuration(message));
            }
            valid(output, BUILT_IN_OR_CONFIGURED, pipeline)?;
        }
        return Ok(Exit::Done);
    }
    let mut faulty = 0;
    for file in files {
        if !validate_file(output, file, &classes)? {
            faulty += 1;
        }
    }
    if faulty == 0 {
        return Ok(Exit::Done);
    }
    output.note(&format!("{faulty} of {} pipeline files are wrong", files.len()));
    Ok(Exit::Configuration)
}

fn retention_classes() -> Result<Vec<RetentionClass>, Stop> {
    let classes = Classes::embedded().map_err(|errors| Stop::configuration(errors.to_string()))?;
    Ok(classes.iter().map(|rule| rule.id.clone()).collect())
}

fn validate_file(output: Output, file: &Path, classes: &[RetentionClass]) -> Result<bool, Stop> {
    let name = file.display().to_string();
    let text = match bounded_text(file) {
        Ok(text) => text,
        Err(error) => {
            return invalid(
                output,
                name,
                unreadable(&error),
                &format!("the file cannot be read: {}", error.kind()),
            );
        }
    };
    match Pipeline::from_yaml_knowing(&name, &text, classes) {
        Ok(pipeline) => valid(output, &name, &pipeline).map(|()| true),
        Err(errors) => {
            let family = errors.family().to_owned();
            let line = |fault: &smartexus_manifest::Fault| FaultLine {
                code: format!("{family}.{}", fault.code),
                line: fault.span.line,
                column: fault.span.column,
                message: fault.message.clone(),
                hint: fault.hint.clone(),
            };
            let faults = errors.faults().iter().map(line).collect();
            invalid(output, name, faults, &errors.to_string())
        }
    }
}

fn bounded_text(file: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    // One byte more than is accepted, so that the reader sees that there is more.
    File::open(file)?.take(SIZE_BYTES_MAX as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

fn unreadable(error: &std::io::Error) -> Vec<FaultLine> {
    let message = format!("the file cannot be read: {}", error.kind());
    vec![FaultLine { code: "pipeline.unreadable".to_owned(), line: 0, column: 0, message, hint: None }]
}

fn valid(output: Output, file: &str, pipeline: &Pipeline) -> Result<(), Stop> {
    let version = pipeline.version;
    if output.json {
        let (name, version) = (Some(pipeline.name.as_str()), Some(version));
        return output.object(&Validated {
            file: file.to_owned(),
            valid: true,
            pipeline: name,
            version,
            faults: vec![],
        });
    }
    let stages: Vec<&str> = pipeline.stages.iter().map(|stage: &Stage| stage.id.as_str()).collect();
    output.text(&format!("✓ {file}: {} version {version} ({})\n", pipeline.name, stages.join(" → ")))
}

fn invalid(output: Output, file: String, faults: Vec<FaultLine>, words: &str) -> Result<bool, Stop> {
    if output.json {
        output.object(&Validated { file, valid: false, pipeline: None, version: None, faults })?;
    } else {
        output.note(&format!("✗ {file}\n{words}"));
    }
    Ok(false)
}
