//! `smartexus forms`: a form that somebody brought is opened in the sandbox, as everything is.

use super::extract::Reader;
use crate::cli::{FillArgs, FormsCommand};
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::input::Input;
use crate::output::{Output, one_line};
use crate::{pipelines, sandboxed};
use serde::Serialize;
use serde::de::DeserializeOwned;
use smartexus_domain::{Failure, FailureCode, FieldState, Figures, FormField, FormGap, FormResult};
use smartexus_extract::ExtractOptions;
use smartexus_forms::{
    ClientFact, CopyErrand, Errand, FactBook, FillErrand, FillOptions, FormReading, Inspection, LeftOut,
    Mapping, MappingText, ReadErrand, draft_mapping, packed, suggest, unpacked,
};
use smartexus_worker::forms::built_in_mappings;
use smartexus_worker::sandbox::{Outcome, Request, RunLimits, Sandbox};
use std::collections::BTreeMap;
use std::path::Path;

/// Largest file of facts.
const FACTS_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Largest file of figures.
const FIGURES_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Largest mapping file; the reader of YAML has the same limit.
const MAPPING_BYTES_MAX: u64 = 1024 * 1024;

/// Runs the command.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    command: &FormsCommand,
) -> Result<Exit, Stop> {
    match command {
        FormsCommand::Inspect { form } => inspect(output, &Desk::open(configuration)?, form).await,
        FormsCommand::Suggest { form, draft } => {
            let desk = Desk::open(configuration)?;
            let inspection = desk.survey(form).await?;
            suggestions(output, form, &inspection, *draft)
        }
        FormsCommand::Validate { files, form } => {
            let fields = match form {
                Some(form) => Some(Desk::open(configuration)?.survey(form).await?.fields),
                None => None,
            };
            validate(output, files, fields.as_deref())
        }
        FormsCommand::Fill(args) => fill(output, &Desk::open(configuration)?, args).await,
        FormsCommand::Read { form, mapping, blank } => {
            read(output, configuration, form, mapping.as_deref(), blank.as_deref()).await
        }
        FormsCommand::Flatten { form, output: to } => {
            let errand = FillErrand {
                file: form.display().to_string(),
                mappings: Vec::new(),
                chosen: None,
                facts: FactBook::new(Vec::new()),
                edits: BTreeMap::new(),
                options: FillOptions { flatten: true, ..FillOptions::default() },
            };
            let (result, bytes) = Desk::open(configuration)?.fill(form, errand).await?;
            finish(output, &result, &bytes, to, false)
        }
    }
}

/// The sandbox, and how far a form may go in it.
struct Desk {
    sandbox: Sandbox,
    limits: RunLimits,
    size_bytes: u64,
}

impl Desk {
    fn open(configuration: &Configuration) -> Result<Self, Stop> {
        let (_, pipeline) = pipelines::chosen(configuration)?;
        let sandbox = Sandbox::open(sandboxed::program()?, 0).map_err(|error| sandboxed::refused(&error))?;
        Ok(Self { sandbox, limits: pipeline.limits.run_limits(), size_bytes: pipeline.accepts.size_bytes })
    }

    async fn inspection(&self, form: &Path) -> Result<Inspection, Stop> {
        self.send(form, &Errand::Inspect).await.map(|(inspection, _)| inspection)
    }

    /// The same; of a form without fields, the places where a person would write.
    async fn survey(&self, form: &Path) -> Result<Inspection, Stop> {
        self.send(form, &Errand::Survey).await.map(|(survey, _)| survey)
    }

    async fn fill(&self, form: &Path, errand: FillErrand) -> Result<(FormResult, Vec<u8>), Stop> {
        self.send(form, &Errand::Fill(Box::new(errand))).await
    }

    async fn bytes(&self, form: &Path) -> Result<Vec<u8>, Stop> {
        let input = Input { path: form.to_path_buf() };
        let read = input.read_in_background(self.size_bytes).await;
        read.map_err(|unread| failed(form, unread.code))
    }

    async fn send<T: DeserializeOwned>(&self, form: &Path, errand: &Errand) -> Result<(T, Vec<u8>), Stop> {
        let bytes = self.bytes(form).await?;
        self.send_bytes(form, errand, &bytes).await
    }

    async fn send_bytes<T: DeserializeOwned>(
        &self,
        form: &Path,
        errand: &Errand,
        bytes: &[u8],
    ) -> Result<(T, Vec<u8>), Stop> {
        self.ask(errand, bytes).await?.map_err(|code| failed(form, code))
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        errand: &Errand,
        bytes: &[u8],
    ) -> Result<Result<(T, Vec<u8>), FailureCode>, Stop> {
        let request = Request::Form { options: ExtractOptions::default() };
        let outcome = self.sandbox.run(&request, &packed(errand, bytes), &self.limits).await;
        Ok(match outcome.map_err(|error| sandboxed::refused(&error))? {
            Outcome::Done(reply) => match unpacked(&reply) {
                Some((answer, file)) => Ok((answer, file.to_vec())),
                None => Err(FailureCode::ReaderCrashed),
            },
            Outcome::Failed(code) => Err(code),
            Outcome::Died(death) => Err(death.failure()),
        })
    }
}

fn failed(form: &Path, code: FailureCode) -> Stop {
    let name = one_line(&form.display().to_string());
    Stop::failed(format!("{name}: {code}: {}", code.message())).advise(code.advice())
}

async fn inspect(output: Output, desk: &Desk, form: &Path) -> Result<Exit, Stop> {
    let inspection = desk.inspection(form).await?;
    if output.json {
        inspection.fields.iter().try_for_each(|field| output.object(field))?;
        return Ok(Exit::Done);
    }
    for field in &inspection.fields {
        output.text(&field_line(field))?;
    }
    output.note(&format!("{} fields, {} pages", inspection.fields.len(), inspection.pages));
    output.note(&format!("sha256 {}", inspection.sha256));
    output.note(&format!("fingerprint {}", inspection.fingerprint));
    for finding in &inspection.findings {
        output.note(&one_line(&finding.message));
    }
    Ok(Exit::Done)
}

fn field_line(field: &FormField) -> String {
    let page = field.page.map_or_else(|| "-".to_owned(), |page| page.to_string());
    let label = field.labels.first().map_or("", |label| label.text.as_str());
    let required = if field.required { "required" } else { "" };
    let cells =
        [field.kind.as_str().to_owned(), page, one_line(&field.name), one_line(label), required.to_owned()];
    cells.join("\t") + "\n"
}

fn suggestions(output: Output, form: &Path, inspection: &Inspection, draft: bool) -> Result<Exit, Stop> {
    let suggestions = suggest(&inspection.fields);
    for finding in &inspection.findings {
        output.note(&one_line(&finding.message));
    }
    if draft {
        let name = form.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let text = draft_mapping(&name, &inspection.fingerprint, &inspection.fields, &suggestions);
        if output.json {
            output.object(&Draft { mapping: &text })?
        } else {
            output.text(&text)?
        }
        return Ok(Exit::Done);
    }
    for suggestion in &suggestions {
        if output.json {
            output.object(suggestion)?;
            continue;
        }
        let answer = suggestion.key.as_deref().or(suggestion.leave).unwrap_or("-");
        let confidence = format!("{:.2}", suggestion.confidence);
        let cells =
            [one_line(&suggestion.field), answer.to_owned(), confidence, one_line(&suggestion.reason)];
        output.text(&(cells.join("\t") + "\n"))?;
    }
    Ok(Exit::Done)
}

/// A mapping file to look over.
#[derive(Serialize)]
struct Draft<'t> {
    mapping: &'t str,
}

/// What is said of one mapping file.
#[derive(Serialize)]
struct Validated<'f> {
    file: &'f str,
    valid: bool,
    errors: Vec<String>,
}

fn validate(
    output: Output,
    files: &[std::path::PathBuf],
    fields: Option<&[FormField]>,
) -> Result<Exit, Stop> {
    let texts: Vec<MappingText> = if files.is_empty() {
        built_in_mappings()
    } else {
        files.iter().map(|path| mapping_text(path)).collect::<Result<_, _>>()?
    };
    let mut faults = Vec::new();
    for mapping in &texts {
        let checked = match fields {
            Some(fields) => Mapping::from_yaml_for(&mapping.file_name, &mapping.text, fields),
            None => Mapping::from_yaml(&mapping.file_name, &mapping.text),
        };
        let errors = checked.as_ref().err().map_or_else(Vec::new, |errors| {
            errors.faults().iter().map(|fault| format!("{}.{}", errors.family(), fault.code)).collect()
        });
        if output.json {
            output.object(&Validated { file: &mapping.file_name, valid: checked.is_ok(), errors })?;
        } else if let Ok(mapping_read) = &checked {
            output.text(&format!(
                "{}: {} version {}\n",
                mapping.file_name, mapping_read.name, mapping_read.version
            ))?;
        }
        faults.extend(checked.err().map(|errors| errors.to_string()));
    }
    if faults.is_empty() { Ok(Exit::Done) } else { Err(Stop::configuration(faults.join("\n\n"))) }
}

fn mapping_text(path: &Path) -> Result<MappingText, Stop> {
    Ok(MappingText { file_name: path.display().to_string(), text: text_of(path, MAPPING_BYTES_MAX)? })
}

fn text_of(path: &Path, bytes_max: u64) -> Result<String, Stop> {
    let name = one_line(&path.display().to_string());
    let size = std::fs::metadata(path).map(|about| about.len());
    if size.is_ok_and(|size| size > bytes_max) {
        return Err(Stop::failed(format!("{name} is larger than {bytes_max} bytes")));
    }
    std::fs::read_to_string(path)
        .map_err(|error| Stop::failed(format!("{name} cannot be read: {}", error.kind())))
}

async fn fill(output: Output, desk: &Desk, args: &FillArgs) -> Result<Exit, Stop> {
    let mut facts = FactBook::from_json(&text_of(&args.facts, FACTS_BYTES_MAX)?).map_err(|error| {
        let name = one_line(&args.facts.display().to_string());
        Stop::failed(format!("{name}: {error}"))
            .advise("pipelines/forms/README.md says what a file of facts holds")
    })?;
    if let Some(path) = &args.figures {
        facts.add_figures(&figures_of(path)?, &one_line(&path.display().to_string()));
    }
    let chosen = args.mapping.as_deref().map(mapping_text).transpose()?;
    if let Some(mapping) = &chosen {
        Mapping::from_yaml(&mapping.file_name, &mapping.text)
            .map_err(|errors| Stop::configuration(errors.to_string()))?;
    }
    let errand = FillErrand {
        file: args.form.display().to_string(),
        mappings: built_in_mappings(),
        chosen,
        facts,
        edits: edits(&args.edits)?,
        options: FillOptions { lock: args.lock, flatten: args.flatten, modified: None },
    };
    let (result, bytes) = desk.fill(&args.form, errand).await?;
    finish(output, &result, &bytes, &args.output, args.fail_on_review)
}

/// `smartexus.figures/1`.
fn figures_of(path: &Path) -> Result<Figures, Stop> {
    let figures: Option<Figures> = serde_json::from_str(&text_of(path, FIGURES_BYTES_MAX)?).ok();
    figures.filter(|figures| figures.schema == Figures::SCHEMA).ok_or_else(|| {
        let name = one_line(&path.display().to_string());
        Stop::failed(format!("{name}: not `{}`", Figures::SCHEMA))
            .advise("`smartexus report CASE_DIR --formats json` writes it")
    })
}

/// What `forms read --json` prints.
#[derive(Serialize)]
struct FormFacts<'r> {
    schema: &'static str,
    file: String,
    facts: &'r [ClientFact],
    left_out: &'r [LeftOut],
}

/// The facts go to stdout as `forms fill --facts` takes them; what was left out is told beside.
async fn read(
    output: Output,
    configuration: &Configuration,
    form: &Path,
    mapping: Option<&Path>,
    blank: Option<&Path>,
) -> Result<Exit, Stop> {
    let desk = Desk::open(configuration)?;
    let chosen = mapping.map(mapping_text).transpose()?;
    if let Some(mapping) = &chosen {
        Mapping::from_yaml(&mapping.file_name, &mapping.text)
            .map_err(|errors| Stop::configuration(errors.to_string()))?;
    }
    let file = form.display().to_string();
    let errand = ReadErrand { file: file.clone(), mappings: built_in_mappings(), chosen };
    let bytes = desk.bytes(form).await?;
    let reading = match (desk.ask(&Errand::Read(Box::new(errand.clone())), &bytes).await?, blank) {
        // Without fields of its own, or no PDF at all: a copy, if it is known of what.
        (Err(FailureCode::NoFormFields | FailureCode::UnsupportedMedia), Some(blank)) => {
            let reader = Reader::plain(configuration)?;
            let before = desk.bytes(blank).await?;
            let (blank_pages, copy_pages) = (reader.pages(&before).await?, reader.pages(&bytes).await?);
            let errand = CopyErrand {
                read: errand,
                blank_bytes: before.len(),
                blank: blank_pages.map_err(|code| failed(blank, code))?,
                copy: copy_pages.map_err(|code| failed(form, code))?,
            };
            let both = [before, bytes].concat();
            desk.send_bytes(form, &Errand::ReadCopy(Box::new(errand)), &both).await?.0
        }
        (answer, _) => {
            let (reading, _): (FormReading, _) = answer.map_err(|code| failed(form, code))?;
            reading
        }
    };
    if let [LeftOut { field, reason, .. }] = reading.left_out.as_slice()
        && field.is_empty()
    {
        return Err(Stop::failed(format!("{}: {reason}", one_line(&file)))
            .advise("name the mapping with --mapping, and for a flat copy its blank with --blank"));
    }
    if output.json {
        let FormReading { facts, left_out } = &reading;
        output.object(&FormFacts {
            schema: "smartexus.form_facts/1",
            file,
            facts: &facts.facts,
            left_out,
        })?;
        return Ok(Exit::Done);
    }
    output.text(&(serde_json::to_string_pretty(&reading.facts).unwrap_or_default() + "\n"))?;
    output.note(&format!("{} facts, {} answers left out", reading.facts.facts.len(), reading.left_out.len()));
    for left in &reading.left_out {
        output.note(&format!("left out: {}: {}", one_line(&left.field), one_line(&left.reason)));
    }
    Ok(Exit::Done)
}

fn edits(words: &[String]) -> Result<BTreeMap<String, String>, Stop> {
    let pair = |word: &String| {
        let (field, answer) = word.split_once('=').ok_or_else(|| Stop::usage("write --set FIELD=ANSWER"))?;
        Ok((field.to_owned(), answer.to_owned()))
    };
    words.iter().map(pair).collect()
}

/// The file appears whole or not at all; then what a person has to look at.
fn finish(output: Output, result: &FormResult, bytes: &[u8], to: &Path, strict: bool) -> Result<Exit, Stop> {
    if let Some(Failure { code, .. }) = &result.failure {
        if output.json {
            output.object(result)?;
        }
        return Err(failed(Path::new(&result.file), *code));
    }
    write_whole(to, bytes)?;
    if output.json {
        output.object(result)?;
    } else {
        let filled = result.fields.iter().filter(|field| field.state == FieldState::Filled).count();
        output.note(&format!("{filled} of {} fields filled", result.fields.len()));
        gaps(output, "missing", &result.missing);
        gaps(output, "invalid", &result.invalid);
        for finding in &result.findings {
            output.note(&one_line(&finding.message));
        }
    }
    let needs_person = !result.missing.is_empty() || !result.invalid.is_empty();
    Ok(if strict && needs_person { Exit::Attention } else { Exit::Done })
}

fn gaps(output: Output, word: &str, gaps: &[FormGap]) {
    for gap in gaps {
        output.note(&format!("{word}: {}: {}", one_line(&gap.fields.join(", ")), one_line(&gap.advice)));
    }
}

fn write_whole(to: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut aside, bytes)?;
    aside.persist(to).map_err(|error| Stop::from(error.error))?;
    Ok(())
}
