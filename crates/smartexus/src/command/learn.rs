//! `smartexus pipelines learn`: the layout of an issuer out of a result that a person corrected, as data. The document is
//! read again with what was learned, and only what then comes out exactly as the person said, proved, is kept.

use super::extract::chosen;
use super::verify_statement;
use crate::cli::LearnArgs;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::input::Input;
use crate::output::{Output, one_line};
use crate::{password, pipelines, sandboxed};
use serde::Serialize;
use smartexus_domain::{FailureCode, Pages, StageKind, Statement};
use smartexus_extract::{ExtractOptions, Password};
use smartexus_parse::{IssuerHint, ParseOptions};
use smartexus_worker::pipeline::{Pipeline, StageChoices};
use smartexus_worker::sandbox::{
    Extracted, Learned, Lesson, Outcome, Request, RunLimits, Sandbox, inspect_extracted,
};
use std::fs::File;
use std::io::Write;
use std::path::Path;

const SCHEMA: &str = "smartexus.issuer/1";

/// A file of the folder `issuers`.
#[derive(Serialize)]
struct IssuerFile {
    schema: &'static str,
    issuer: IssuerHint,
}

/// What is printed with `--json` where a file was written.
#[derive(Serialize)]
struct Written<'a> {
    issuer: &'a str,
    file: String,
}

/// Learns, and prints or writes what was learned.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    args: &LearnArgs,
) -> Result<Exit, Stop> {
    let approved = approved(args)?;
    let desk = Desk::open(configuration, args)?;
    let pages = desk.pages(&args.file).await?;
    let issuer = desk.learn(&args.file, pages, approved).await?;
    let name = issuer.name().to_owned();
    // JSON is YAML, and `pipelines validate` and every later reading take it as it is.
    let text = serde_json::to_string_pretty(&IssuerFile { schema: SCHEMA, issuer })
        .map_err(|_| Stop::failed("what was learned cannot be written down"))?;
    let Some(to) = &args.output else {
        output.text(&(text + "\n"))?;
        return Ok(Exit::Done);
    };
    write(to, &text)?;
    let file = to.display().to_string();
    if output.json {
        output.object(&Written { issuer: &name, file })?;
    } else {
        output.note(&format!(
            "learned how {} prints, proved on this document: {}",
            one_line(&name),
            one_line(&file)
        ));
    }
    Ok(Exit::Done)
}

fn approved(args: &LearnArgs) -> Result<Statement, Stop> {
    let result = verify_statement::read(&args.approved)?;
    let count = result.statements.len();
    let index = args.statement.checked_sub(1);
    index.and_then(|index| result.statements.into_iter().nth(index)).ok_or_else(|| {
        Stop::failed(format!(
            "the result has {count} statements, and number {} is none of them",
            args.statement
        ))
    })
}

/// Never over another file: what somebody wrote by hand may say more.
fn write(to: &Path, text: &str) -> Result<(), Stop> {
    let unwritable = |error: std::io::Error| {
        Stop::failed(format!("{}: {}", one_line(&to.display().to_string()), error.kind()))
            .advise("name a file that is not there yet, in a folder that is")
    };
    let mut file = File::create_new(to).map_err(unwritable)?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(unwritable)
}

/// The sandbox, and what the pipeline chose.
struct Desk {
    sandbox: Sandbox,
    pipeline: Pipeline,
    extract: ExtractOptions,
    parse: ParseOptions,
    limits: RunLimits,
}

impl Desk {
    fn open(configuration: &Configuration, args: &LearnArgs) -> Result<Self, Stop> {
        let (_, pipeline) = pipelines::chosen(configuration)?;
        let sandbox = Sandbox::open(sandboxed::program()?, 0).map_err(|error| sandboxed::refused(&error))?;
        let password = password::given(&args.password, configuration)?;
        let parse = match pipeline.stage(StageKind::Parse).map(|stage| &stage.choices) {
            Some(StageChoices::Parse(options)) => options.clone(),
            Some(
                StageChoices::Extract(_)
                | StageChoices::Categorize(_)
                | StageChoices::Analyze(_)
                | StageChoices::Report(_)
                | StageChoices::Fill(_),
            )
            | None => ParseOptions::default(),
        };
        let extract = ExtractOptions {
            password: password.map(|secret| Password::new(secret.expose())),
            limits: chosen(&pipeline).limits(&pipeline.accepts),
            ..ExtractOptions::default()
        };
        let limits = pipeline.limits.run_limits();
        Ok(Self { sandbox, pipeline, extract, parse, limits })
    }

    /// The text layer. A scan is read anew each time, so its layout is no place to learn from.
    async fn pages(&self, file: &Path) -> Result<Pages, Stop> {
        let read =
            Input { path: file.to_path_buf() }.read_in_background(self.pipeline.accepts.size_bytes).await;
        let bytes = read.map_err(|unread| failed(file, unread.code))?;
        let request = Request::ExtractOrSurvey { options: self.extract.clone(), pages_max: u32::MAX };
        let reply = self.ask(file, &request, &bytes).await?;
        match inspect_extracted(&reply, &self.pipeline, self.extract.limits.words_per_page) {
            Ok(Extracted::Pages(pages)) if pages.pages.iter().any(|page| !page.words.is_empty()) => {
                Ok(*pages)
            }
            Ok(Extracted::Pages(_)) => Err(failed(file, FailureCode::NothingReadable)),
            Ok(Extracted::Survey(_)) | Err(_) => Err(failed(file, FailureCode::ReaderCrashed)),
        }
    }

    async fn learn(&self, file: &Path, pages: Pages, approved: Statement) -> Result<IssuerHint, Stop> {
        let lesson = serde_json::to_vec(&Lesson { pages, approved })
            .map_err(|_| failed(file, FailureCode::ReaderCrashed))?;
        let request = Request::Learn { options: self.parse.clone() };
        let reply = self.ask(file, &request, &lesson).await?;
        match serde_json::from_slice(&reply) {
            Ok(Learned::Hint(hint)) => Ok(*hint),
            Ok(Learned::Nothing { because, advice }) => {
                Err(Stop::failed(format!("nothing was learned: {because}")).advise(advice))
            }
            Err(_) => Err(failed(file, FailureCode::ReaderCrashed)),
        }
    }

    async fn ask(&self, file: &Path, request: &Request, payload: &[u8]) -> Result<Vec<u8>, Stop> {
        let outcome = self.sandbox.run(request, payload, &self.limits).await;
        match outcome.map_err(|error| sandboxed::refused(&error))? {
            Outcome::Done(reply) => Ok(reply),
            Outcome::Failed(code) => Err(failed(file, code)),
            Outcome::Died(death) => Err(failed(file, death.failure())),
        }
    }
}

fn failed(file: &Path, code: FailureCode) -> Stop {
    let name = one_line(&file.display().to_string());
    Stop::failed(format!("{name}: {code}: {}", code.message())).advise(code.advice())
}
