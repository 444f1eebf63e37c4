//! `smartexus process`: the whole pipeline on local files, with no server and no configuration.

use super::case::{self, CaseFile};
use super::report;
use crate::case_report::{self, Reports};
use crate::cli::{Format, ProcessArgs};
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::folder::{Beside, OutputDirectory};
use crate::input::{Input, Inputs};
use crate::interrupt::Interruptions;
use crate::log;
use crate::output::{Output, one_line};
use crate::password;
use crate::progress::Progress;
use crate::station::{Desk, Read, Station, unread};
use crate::summary::Summary;
use futures::StreamExt;
use smartexus_analyze::Analyst;
use smartexus_domain::{ResultStatus, StatementResult};
use smartexus_platform::Secret;
use smartexus_report::ReportError;
use smartexus_worker::pipeline::ReportFormat;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Files under way for each that is being read: enough to keep every job busy, few enough for memory.
const FILES_PER_JOB: usize = 4;
/// How often it is checked whether a progress line is due.
const BEAT: Duration = Duration::from_secs(1);

/// Reads every file and prints every result in the order of the inputs.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    args: &ProcessArgs,
    data_dir: Option<&Path>,
) -> Result<Exit, Stop> {
    let mut interruptions = Interruptions::listen()?;
    log::start_where_asked(output, configuration)?;
    let inputs = Inputs::find(&args.files);
    if inputs.files.is_empty() {
        return Err(Stop::failed(format!("there is no document here ({} other files)", inputs.skipped))
            .advise("name files, or a directory with PDF or CSV files in it"));
    }
    let reports = Reports::chosen(&args.formats, &args.reports, args.output.is_some())?;
    let asks = args.case || args.output.is_some() && reports.need_a_case();
    let analyst = asks.then(report::analyst).transpose()?;
    let case_analyst = analyst.as_ref().filter(|_| args.case);
    let case = case_analyst.map(|analyst| CaseFile::open(inputs.files.len(), analyst)).transpose()?;
    let password = password::given(&args.password, configuration)?;
    let folders = match &args.output {
        Some(root) => Some(output_directory(root, &inputs, args.case)?),
        None => None,
    };
    let mut station = Station::open(configuration, data_dir).await?;
    let desk = station.desk();
    let size_bytes_max = station.size_bytes_max();
    let printer = Printer {
        output,
        folders,
        formats: &args.formats,
        reports,
        analyst: analyst.as_ref(),
        kept: Vec::new(),
        is_whole: true,
        summary: Summary::new(inputs.files.len(), inputs.skipped),
        case,
    };
    let reader = FileReader { desk: &desk, size_bytes_max, password };
    let in_flight = configuration.jobs.get().saturating_mul(FILES_PER_JOB);
    let ended = drive(printer, &reader, &inputs.files, in_flight, &mut station, &mut interruptions).await;
    if let Ok((printer, _)) = &ended {
        printer.summary.tell(output, args.output.as_deref())?;
    }
    // A worker that gave up is not waited for; a healthy one gives its work back.
    if ended.is_ok() {
        tokio::select! {
            () = station.close() => {}
            // Somebody has no patience: leases expire by themselves.
            () = interruptions.next() => {}
        }
    }
    let (mut printer, interrupted) = ended?;
    if interrupted {
        return Ok(Exit::Interrupted);
    }
    let attention = printer.close_case()?;
    let exit = printer.summary.exit(args.fail_on_review, attention);
    // A file that the rules refuse is an input of which a part failed.
    Ok(if printer.is_whole || exit == Exit::Failed { exit } else { Exit::Partial })
}

/// Reads files until there are no more or somebody breaks in; says whether somebody did.
async fn drive<'a>(
    mut printer: Printer<'a>,
    reader: &FileReader<'_>,
    files: &[Input],
    in_flight: usize,
    station: &mut Station,
    interruptions: &mut Interruptions,
) -> Result<(Printer<'a>, bool), Stop> {
    let mut progress = Progress::start(printer.output, files.len());
    let mut beat = tokio::time::interval(BEAT);
    let mut reads = futures::stream::iter(files)
        .map(|input| async move { (input, reader.read(input).await) })
        .buffered(in_flight);
    loop {
        let next = tokio::select! {
            biased;
            () = interruptions.next() => {
                progress.finish();
                return Ok((printer, true));
            }
            stop = station.halted() => return Err(stop),
            _ = beat.tick() => {
                progress.beat();
                continue;
            }
            next = reads.next() => next,
        };
        let Some((input, read)) = next else { break };
        progress.advance();
        printer.take(&progress, reader.desk, input, &read?).await?;
    }
    progress.finish();
    Ok((printer, false))
}

fn output_directory(root: &Path, inputs: &Inputs, with_case: bool) -> Result<OutputDirectory, Stop> {
    let paths = inputs.files.iter().map(|input| input.path.as_path());
    let mut directory = OutputDirectory::create(root, paths).map_err(|error| cannot_write(&error))?;
    if with_case {
        for beside in [Beside::Case, Beside::Figures] {
            directory.keep_place_for(beside).map_err(|error| cannot_write(&error))?;
        }
    }
    Ok(directory)
}

fn cannot_write(error: &std::io::Error) -> Stop {
    Stop::failed(format!("the output directory cannot be written: {}", error.kind()))
        .advise("check the path after -o, its permissions, and the free space")
}

struct FileReader<'d> {
    desk: &'d Desk,
    size_bytes_max: u64,
    password: Option<Secret>,
}

impl FileReader<'_> {
    async fn read(&self, input: &Input) -> Result<Read, Stop> {
        match input.clone().read_in_background(self.size_bytes_max).await {
            Ok(bytes) => self.desk.read(input.name(), bytes, self.password.clone()).await,
            Err(refused) => Ok(unread(input.name(), refused.code, refused.size_bytes)),
        }
    }
}

/// Where results go, one after the other.
struct Printer<'a> {
    output: Output,
    folders: Option<OutputDirectory>,
    formats: &'a [Format],
    reports: Reports<'a>,
    /// Where some format asks for a case.
    analyst: Option<&'a Analyst>,
    /// Results of the case, where reports of it are written.
    kept: Vec<StatementResult>,
    /// Every report could be written.
    is_whole: bool,
    summary: Summary,
    /// Only with `--case`.
    case: Option<CaseFile<'a>>,
}

impl Printer<'_> {
    async fn take(
        &mut self,
        progress: &Progress,
        desk: &Desk,
        input: &Input,
        read: &Read,
    ) -> Result<(), Stop> {
        if let Some(folders) = &mut self.folders {
            let mut files = files(self.formats, desk, read).await?;
            let is_read = read.result.status != ResultStatus::Failed;
            if let Some(analyst) = self.analyst.filter(|_| is_read && self.reports.need_a_case()) {
                let reports = case_report::of_document(&read.result, analyst, &self.reports)?;
                let (output, name) = (self.output, read.result.file.as_str());
                progress.around(|| self.is_whole &= reports.tell(output, name));
                files.extend(reports.files());
            }
            let written: PathBuf =
                folders.write(&input.path, &files).map_err(|error| cannot_write(&error))?;
            tracing::debug!(files = files.len(), "folder written");
            if read.result.status == ResultStatus::Failed && !self.formats.contains(&Format::Json) {
                let note = format!("{}: failed, see result.json", one_line(&written.display().to_string()));
                progress.around(|| self.output.note(&note));
            }
        }
        if self.output.json {
            progress.around(|| self.output.object(&read.result))?;
        }
        self.summary.add(&read.result);
        if let Some(case) = &mut self.case {
            case.add(&read.result);
            if self.folders.is_some() && self.reports.are_files_of_a_case() && case.has_room() {
                self.kept.push(read.result.clone());
            }
        }
        Ok(())
    }

    /// Puts the case together, prints and keeps it; says whether a person should look at it.
    fn close_case(&mut self) -> Result<bool, Stop> {
        let Some((case, figures)) = self.case.take().map(CaseFile::close).transpose()? else {
            return Ok(false);
        };
        let written = match &self.folders {
            Some(folders) => {
                let write = |beside, json: Vec<u8>| {
                    folders.write_beside(beside, &json).map_err(|error| cannot_write(&error))
                };
                write(Beside::Figures, pretty(&figures)?)?;
                Some(write(Beside::Case, pretty(&case)?)?)
            }
            None => None,
        };
        case::tell(self.output, &case, written.as_deref())?;
        if let Some(folders) = self.folders.as_mut().filter(|_| self.reports.are_files_of_a_case()) {
            let reports = case_report::of_case(&case, &self.kept, &figures, &self.reports.without_json())?;
            self.is_whole &= reports.keep(self.output, folders, Path::new("case"))?;
        }
        Ok(case::needs_attention(&case))
    }
}

fn pretty<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Stop> {
    let mut json = serde_json::to_vec_pretty(value)
        .map_err(|error| Stop::failed(format!("could not write JSON: {error}")))?;
    json.push(b'\n');
    Ok(json)
}

/// The files of one result. A failed one always has its `result.json`: an empty folder would say nothing.
async fn files(formats: &[Format], desk: &Desk, read: &Read) -> Result<Vec<(&'static str, Vec<u8>)>, Stop> {
    let failed = read.result.status == ResultStatus::Failed;
    let mut files = Vec::new();
    if failed || formats.contains(&Format::Json) {
        files.push(("result.json", pretty(&read.result)?));
    }
    if failed {
        return Ok(files);
    }
    if formats.contains(&Format::Csv) {
        let file = report_file(ReportFormat::Csv, smartexus_report::csv, (desk, read)).await?;
        files.push(("transactions.csv", file));
    }
    if formats.contains(&Format::Xlsx) {
        let file = report_file(ReportFormat::Xlsx, smartexus_report::xlsx, (desk, read)).await?;
        files.push(("statement.xlsx", file));
    }
    Ok(files)
}

/// As the pipeline's last stage left it; written here where the pipeline has no such stage.
async fn report_file(
    format: ReportFormat,
    write: fn(&StatementResult) -> Result<Vec<u8>, ReportError>,
    (desk, read): (&Desk, &Read),
) -> Result<Vec<u8>, Stop> {
    if let Some(content) = desk.artifact(read, format.object_kind()).await? {
        return Ok(content);
    }
    write(&read.result).map_err(|error| Stop::failed(format!("the report could not be written: {error}")))
}
