//! `smartexus extract`: the first stage alone. Bytes are read in the sandbox, as everywhere.

use crate::cli::{ExtractArgs, Ocr};
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::failures::Failures;
use crate::input::{Input, Inputs};
use crate::interrupt::Interruptions;
use crate::output::{Output, one_line, printable};
use crate::{password, pipelines, sandboxed};
use futures::StreamExt;
use smartexus_domain::{Failure, FailureCode, Pages, PagesOutput, PagesOutputPage, StageKind};
use smartexus_extract::{ExtractOptions, OcrOptions, Password};
use smartexus_platform::Secret;
use smartexus_worker::pipeline::{ExtractChoices, Pipeline, StageChoices};
use smartexus_worker::sandbox::{
    Extracted, Outcome, Recognition, Request, RunLimits, Sandbox, inspect_extracted,
};
use std::time::Duration;

/// Reads the files side by side and prints them in their order.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    args: &ExtractArgs,
) -> Result<Exit, Stop> {
    let reader = Reader::open(configuration, args)?;
    let inputs = Inputs::find(&args.files);
    let total = inputs.files.len();
    let mut failures = Failures::default();
    let (jobs, reader) = (configuration.jobs.get(), &reader);
    let mut read = futures::stream::iter(&inputs.files)
        .map(|input| async move { (input, reader.read(input).await) })
        .buffered(jobs);
    let mut interruptions = Interruptions::listen()?;
    let mut printed = 0;
    loop {
        let next = tokio::select! {
            () = interruptions.next() => return Err(interrupted_after(printed, total)),
            next = read.next() => next,
        };
        let Some((input, pages)) = next else { break };
        let name = input.name();
        let shown = match pages? {
            Ok(pages) => PagesOutput::of(&name, pages, args.words),
            Err(code) => {
                failures.push(&name, code);
                PagesOutput::failed(&name, Failure::from(code))
            }
        };
        print(output, &shown)?;
        printed += 1;
    }
    failures.tell(output);
    Ok(failures.exit(total))
}

fn interrupted_after(printed: usize, total: usize) -> Stop {
    let sentence = format!("interrupted: {printed} of {total} files were printed, nothing was written");
    Stop { exit: Exit::Interrupted, sentence, advice: None }
}

pub(super) struct Reader {
    sandbox: Sandbox,
    pipeline: Pipeline,
    /// For the text layer.
    options: ExtractOptions,
    ocr: Option<OcrOptions>,
    page_timeout: Duration,
    limits: RunLimits,
}

impl Reader {
    fn open(configuration: &Configuration, args: &ExtractArgs) -> Result<Self, Stop> {
        Self::with(configuration, password::given(&args.password, configuration)?.as_ref(), args.ocr)
    }

    /// One that recognizes what the pipeline says.
    pub(super) fn plain(configuration: &Configuration) -> Result<Self, Stop> {
        Self::with(configuration, None, Ocr::Auto)
    }

    fn with(configuration: &Configuration, password: Option<&Secret>, ocr: Ocr) -> Result<Self, Stop> {
        let (_, pipeline) = pipelines::chosen(configuration)?;
        let sandbox = Sandbox::open(sandboxed::program()?, 0).map_err(|error| sandboxed::refused(&error))?;
        let chosen = chosen(&pipeline);
        let options = ExtractOptions {
            password: password.map(|secret| Password::new(secret.expose())),
            limits: chosen.limits(&pipeline.accepts),
            range: None,
            ocr: None,
            ocr_always: ocr == Ocr::Always,
            threads: None,
        };
        let languages = match ocr {
            Ocr::Auto => chosen.ocr,
            // Asked for on this line, it is done where the pipeline does without it, too.
            Ocr::Always => Some(chosen.ocr.unwrap_or_default()),
            Ocr::Never => None,
        };
        let ocr = languages.map(|languages| OcrOptions { languages });
        let page_timeout = Duration::from_millis(chosen.page_timeout_ms);
        let limits = pipeline.limits.run_limits();
        Ok(Self { sandbox, pipeline, options, ocr, page_timeout, limits })
    }

    async fn read(&self, input: &Input) -> Result<Result<Pages, FailureCode>, Stop> {
        let bytes = match input.clone().read_in_background(self.pipeline.accepts.size_bytes).await {
            Ok(bytes) => bytes,
            Err(unread) => return Ok(Err(unread.code)),
        };
        self.pages(&bytes).await
    }

    /// Every word of a file, recognized where it is a picture.
    pub(super) async fn pages(&self, bytes: &[u8]) -> Result<Result<Pages, FailureCode>, Stop> {
        match self.text_layer(bytes).await? {
            Ok(pages) => self.recognize(pages, bytes).await,
            Err(code) => Ok(Err(code)),
        }
    }

    async fn text_layer(&self, bytes: &[u8]) -> Result<Result<Pages, FailureCode>, Stop> {
        let request = Request::ExtractOrSurvey { options: self.options.clone(), pages_max: u32::MAX };
        let outcome = self.sandbox.run(&request, bytes, &self.limits).await;
        Ok(match outcome.map_err(|error| sandboxed::refused(&error))? {
            Outcome::Done(reply) => {
                match inspect_extracted(&reply, &self.pipeline, self.options.limits.words_per_page) {
                    Ok(Extracted::Pages(pages)) => Ok(*pages),
                    Ok(Extracted::Survey(_)) | Err(_) => Err(FailureCode::ReaderCrashed),
                }
            }
            Outcome::Failed(code) => Err(code),
            Outcome::Died(death) => Err(death.failure()),
        })
    }

    async fn recognize(&self, mut pages: Pages, bytes: &[u8]) -> Result<Result<Pages, FailureCode>, Stop> {
        let recognition = Recognition {
            sandbox: &self.sandbox,
            options: &ExtractOptions { ocr: self.ocr, ..self.options.clone() },
            limits: self.limits,
            page_timeout: self.page_timeout,
            payload: bytes,
        };
        let recognized =
            recognition.complete(&mut pages).await.map_err(|error| sandboxed::refused(&error))?;
        Ok(recognized.whole(pages))
    }
}

/// What the pipeline chose about its first stage; the stage's own defaults where it says nothing.
pub(super) fn chosen(pipeline: &Pipeline) -> ExtractChoices {
    match pipeline.stage(StageKind::Extract).map(|stage| &stage.choices) {
        Some(StageChoices::Extract(chosen)) => *chosen,
        Some(
            StageChoices::Parse(_)
            | StageChoices::Categorize(_)
            | StageChoices::Analyze(_)
            | StageChoices::Report(_)
            | StageChoices::Fill(_),
        )
        | None => ExtractChoices::default(),
    }
}

fn print(output: Output, shown: &PagesOutput) -> Result<(), Stop> {
    if output.json {
        return output.object(shown);
    }
    for finding in &shown.findings {
        let page = finding.page.map(|page| format!(", page {page}")).unwrap_or_default();
        output.note(&format!("{}{page}: {}", one_line(&shown.file), one_line(&finding.message)));
    }
    // A form feed after each page, as other text extractors end theirs.
    shown.pages.iter().try_for_each(|page| output.text(&(page_text(page) + "\u{c}\n")))
}

fn page_text(page: &PagesOutputPage) -> String {
    let Some(words) = &page.words else { return printable(&page.text) + "\n" };
    let line = |word: &smartexus_domain::PagesOutputWord| {
        let [x0, y0, x1, y1] = <[f64; 4]>::from(word.bounds);
        format!("{}\t{x0}\t{y0}\t{x1}\t{y1}\t{}\n", page.page, one_line(&word.text))
    };
    words.iter().map(line).collect()
}
