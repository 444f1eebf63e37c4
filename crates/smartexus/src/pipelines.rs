//! The pipelines that a command may choose from.

use crate::configuration::Configuration;
use crate::exit::Stop;
use smartexus_worker::pipeline::{Pipeline, PipelineSet, PipelineSetError};

/// The built-in pipelines and those of the configured directory.
pub(crate) fn all(configuration: &Configuration) -> Result<PipelineSet, Stop> {
    match &configuration.pipelines_dir {
        Some(directory) => PipelineSet::from_dir(directory).map_err(|faults| invalid(&faults)),
        None => PipelineSet::built_in().map_err(|errors| Stop::configuration(errors.to_string())),
    }
}

/// The newest version of the pipeline that the configuration names.
pub(crate) fn chosen(configuration: &Configuration) -> Result<(PipelineSet, Pipeline), Stop> {
    let set = all(configuration)?;
    let found = set.newest(&configuration.pipeline).filter(|pipeline| reads_files(pipeline));
    match found.cloned() {
        Some(pipeline) => Ok((set, pipeline)),
        None => {
            let of_files = set.iter().filter(|pipeline| reads_files(pipeline));
            let mut names: Vec<&str> = of_files.map(|pipeline| pipeline.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let message = format!("there is no pipeline of files named `{}`", configuration.pipeline);
            Err(Stop::configuration(message).advise(format!("choose one of: {}", names.join(", "))))
        }
    }
}

/// Cases are made of documents that were read, and a blank form is no document to read.
fn reads_files(pipeline: &Pipeline) -> bool {
    !pipeline.is_of_cases() && !pipeline.is_of_forms()
}

/// Every fault of every file.
pub(crate) fn invalid(faults: &[PipelineSetError]) -> Stop {
    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Stop::configuration(words.join("\n\n"))
}
