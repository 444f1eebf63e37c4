//! Tier 2: ranges, the order of stages, names, media, facts, the retention class. All faults are told at once.

use super::file::{
    WrittenAnalyze, WrittenChoices, WrittenExtract, WrittenFill, WrittenParse, WrittenPipeline,
    WrittenReport, WrittenStage,
};
use super::{
    Accepts, AnalyzeChoices, CategorizeChoices, Condition, ExtractChoices, FillChoices, Limits, Pipeline,
    ReportChoices, Stage, StageChoices,
};
use smartexus_domain::{MediaType, RetentionClass, StageKind};
use smartexus_extract::OcrLanguages;
use smartexus_manifest::{Fault, Spanned, closest};
use smartexus_parse::ParseOptions;
use std::fmt::Display;
use std::ops::RangeInclusive;

const MIB: u64 = 1024 * 1024;
const GIB: u64 = 1024 * MIB;

/// What a limit may be set to. Below, nothing would work; above, one document could starve the machine.
const VERSION: RangeInclusive<u32> = 1..=1_000_000;
const SIZE_BYTES: RangeInclusive<u64> = 1..=GIB;
const PAGES: RangeInclusive<u32> = 1..=10_000;
const DOCUMENT_TIMEOUT_MS: RangeInclusive<u64> = 100..=3_600_000;
const MEMORY_BYTES: RangeInclusive<u64> = 64 * MIB..=64 * GIB;
const REPLY_BYTES: RangeInclusive<u64> = 64 * 1024..=GIB;
const ATTEMPTS: RangeInclusive<u32> = 1..=10;
const PAGES_PER_JOB: RangeInclusive<u32> = 1..=10_000;
const WORDS_PER_PAGE: RangeInclusive<u32> = 1..=1_000_000;
const GLYPHS_PER_PAGE: RangeInclusive<u32> = 1..=10_000_000;
const PIXELS_PER_PAGE: RangeInclusive<u32> = 10_000..=400_000_000;
const CONTENT_BYTES_PER_PAGE: RangeInclusive<u32> = 1_024..=1_073_741_824;
/// Each form within a form takes stack.
const FORMS_NESTED: RangeInclusive<u32> = 1..=50;
const OBJECTS: RangeInclusive<u32> = 10..=5_000_000;
const PAGE_TIMEOUT_MS: RangeInclusive<u64> = 100..=3_600_000;
const READINGS_MAX: RangeInclusive<u32> = 1..=10_000;
const ROWS_MAX: RangeInclusive<u32> = 1..=1_000_000;
const CELLS_MAX: RangeInclusive<u32> = 1..=100_000_000;
const ENTRIES_MAX: RangeInclusive<u32> = 1..=10_000;
const UNPACKED_BYTES_MAX: RangeInclusive<u32> = 1..=1_073_741_824;
const RATIO_MAX: RangeInclusive<u32> = 1..=200;
const DEPTH_MAX: RangeInclusive<u32> = 8..=128;
const ATTRIBUTES_MAX: RangeInclusive<u32> = 1..=1_024;
/// As many ids as a request may name within the limit of its body.
const DOCUMENTS_MAX: RangeInclusive<u32> = 1..=1_000;
const ROWS_OF_CASE_MAX: RangeInclusive<u32> = 1..=1_000_000;
const STAGES_MAX: usize = StageKind::ALL.len();
const CONDITIONS_MAX: usize = 32;

/// Kinds that this release can read.
const MEDIA_READ: [MediaType; 15] = [
    MediaType::Pdf,
    MediaType::Csv,
    MediaType::Png,
    MediaType::Jpeg,
    MediaType::Tiff,
    MediaType::Webp,
    MediaType::Mt940,
    MediaType::Camt,
    MediaType::Ofx,
    MediaType::Qif,
    MediaType::Bai2,
    MediaType::Json,
    MediaType::Xlsx,
    MediaType::Xls,
    MediaType::Ods,
];
/// What a file says that wants no text recognized.
const NO_OCR: &str = "none";

pub(super) fn check(
    written: WrittenPipeline,
    classes: Option<&[RetentionClass]>,
) -> Result<Pipeline, Vec<Fault>> {
    let mut faults = Faults(Vec::new());
    faults.schema(&written.schema);
    faults.name(&written.name, "name");
    faults.range("version", &written.version, &VERSION);
    faults.media(&written.accepts.media);
    faults.range("size_bytes", &written.accepts.size_bytes, &SIZE_BYTES);
    faults.range("pages", &written.accepts.pages, &PAGES);
    faults.range("document_timeout_ms", &written.limits.document_timeout_ms, &DOCUMENT_TIMEOUT_MS);
    faults.range("memory_bytes", &written.limits.memory_bytes, &MEMORY_BYTES);
    faults.range("reply_bytes", &written.limits.reply_bytes, &REPLY_BYTES);
    faults.range("attempts", &written.limits.attempts, &ATTEMPTS);
    if let Some(pages) = &written.limits.pages_per_job {
        faults.range("pages_per_job", pages, &PAGES_PER_JOB);
    }
    match faults.chain(&written.stages) {
        Chain::Documents => {}
        Chain::Cases => faults.without_facts(&written, MediaType::Json),
        Chain::Forms => faults.without_facts(&written, MediaType::Pdf),
    }
    faults.retention(&written.retention, classes);
    let review = faults.review(&written.review.any, &written.stages);
    let stages = written.stages.value.into_iter().map(|stage| faults.stage(stage)).collect();
    let pipeline = Pipeline {
        name: written.name.value,
        version: written.version.value,
        accepts: Accepts {
            media: written.accepts.media.value.into_iter().map(|media| media.value).collect(),
            size_bytes: written.accepts.size_bytes.value,
            pages: written.accepts.pages.value,
        },
        limits: Limits {
            document_timeout_ms: written.limits.document_timeout_ms.value,
            memory_bytes: written.limits.memory_bytes.value,
            reply_bytes: written.limits.reply_bytes.value,
            attempts: written.limits.attempts.value,
            pages_per_job: written.limits.pages_per_job.map_or(Limits::PAGES_PER_JOB, |pages| pages.value),
        },
        stages,
        review,
        retention: written.retention.value,
        issuers: None,
    };
    if faults.0.is_empty() { Ok(pipeline) } else { Err(faults.0) }
}

/// What a pipeline is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chain {
    /// It reads documents.
    Documents,
    /// It computes over documents that were read.
    Cases,
    /// It tells blanks and fills them.
    Forms,
}

impl Chain {
    fn of(stages: &Spanned<Vec<WrittenStage>>) -> Self {
        match stages.value.first().map(|stage| stage.kind.value) {
            Some(StageKind::Analyze) => Self::Cases,
            Some(StageKind::Fill) => Self::Forms,
            Some(StageKind::Extract | StageKind::Parse | StageKind::Categorize | StageKind::Report)
            | None => Self::Documents,
        }
    }

    fn has(self, kind: StageKind) -> bool {
        match self {
            Self::Documents => kind != StageKind::Fill,
            Self::Cases => matches!(kind, StageKind::Analyze | StageKind::Report),
            Self::Forms => kind == StageKind::Fill,
        }
    }
}

/// What was found so far.
struct Faults(Vec<Fault>);

impl Faults {
    fn schema(&mut self, schema: &Spanned<String>) {
        if schema.value != Pipeline::SCHEMA {
            let message = format!("this release reads `{}`", Pipeline::SCHEMA);
            self.0.push(Fault::new("schema", schema.span, message));
        }
    }

    fn name(&mut self, name: &Spanned<String>, what: &str) {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
        if name.value.is_empty() || name.value.len() > 64 || !name.value.bytes().all(allowed) {
            let message = format!("`{what}` is 1 to 64 characters out of a-z, 0-9, - and _");
            self.0.push(Fault::new("invalid_value", name.span, message));
        }
    }

    fn range<T: PartialOrd + Display>(&mut self, what: &str, value: &Spanned<T>, range: &RangeInclusive<T>) {
        if !range.contains(&value.value) {
            let message = format!("`{what}` is {} to {}", range.start(), range.end());
            self.0.push(Fault::new("out_of_range", value.span, message));
        }
    }

    fn media(&mut self, media: &Spanned<Vec<Spanned<MediaType>>>) {
        if media.value.is_empty() {
            self.0.push(Fault::new("empty", media.span, "`media` names at least one kind"));
        }
        for kind in &media.value {
            if !MEDIA_READ.contains(&kind.value) {
                let message = format!("`{}` is not read by this release", kind.value.as_str());
                let readable = MEDIA_READ.map(MediaType::as_str).join(", ");
                self.0.push(
                    Fault::new("unsupported_media", kind.span, message).hint(format!("one of {readable}")),
                );
            }
        }
        self.duplicates("media", media.value.iter().map(|kind| (kind.value.as_str(), kind)));
    }

    fn duplicates<'a, T: 'a>(&mut self, what: &str, items: impl Iterator<Item = (&'a str, &'a Spanned<T>)>) {
        let mut seen: Vec<&str> = Vec::new();
        for (name, item) in items {
            if seen.contains(&name) {
                self.0.push(Fault::new("duplicate", item.span, format!("`{name}` stands twice in `{what}`")));
            }
            seen.push(name);
        }
    }

    /// The order follows the types; the file chooses which stages run, it cannot rewire them.
    fn chain(&mut self, stages: &Spanned<Vec<WrittenStage>>) -> Chain {
        if stages.value.len() > STAGES_MAX {
            let message = format!("there are at most {STAGES_MAX} stages");
            self.0.push(Fault::new("out_of_range", stages.span, message));
        }
        self.duplicates("stages", stages.value.iter().map(|stage| (stage.id.value.as_str(), &stage.id)));
        let chain = Chain::of(stages);
        let mut wanted = StageKind::ALL.into_iter().filter(|kind| chain.has(*kind)).peekable();
        for (index, stage) in stages.value.iter().enumerate() {
            self.name(&stage.id, "id");
            // Figures may be left out; what is written of rows does not need them.
            if stage.kind.value != StageKind::Analyze {
                wanted.next_if_eq(&StageKind::Analyze);
            }
            let Some(wanted) = wanted.next() else {
                let message = format!("no stage follows here: the order is {}", order());
                self.0.push(Fault::new("stage_order", stage.kind.span, message));
                break;
            };
            if stage.kind.value != wanted {
                let message =
                    format!("stage {} is `{}`: the order is {}", index + 1, wanted.as_str(), order());
                self.0.push(Fault::new("stage_order", stage.kind.span, message));
                // One stage out of place moves all the others; they are not told again.
                break;
            }
        }
        if chain == Chain::Documents && stages.value.len() < 2 {
            let message = "a pipeline reaches at least `parse`: without it nothing is read";
            self.0.push(Fault::new("stage_missing", stages.span, message));
        }
        chain
    }

    /// A pipeline of cases or of forms takes one kind of file, and knows no facts of a document that was read.
    fn without_facts(&mut self, written: &WrittenPipeline, taken: MediaType) {
        for media in written.accepts.media.value.iter().filter(|media| media.value != taken) {
            let first = written.stages.value.first().map_or("", |stage| stage.kind.value.as_str());
            let message = format!("a pipeline that begins with `{first}` takes `{}` only", taken.as_str());
            self.0.push(Fault::new("unsupported_media", media.span, message));
        }
        let facts = "cases and forms have no facts of one document: what is not proved is always asked about";
        let when = written.stages.value.iter().filter_map(|stage| stage.when.as_ref());
        for condition in when.chain(&written.review.any) {
            self.0.push(Fault::new("fact_too_early", condition.span, facts));
        }
    }

    fn retention(&mut self, class: &Spanned<RetentionClass>, classes: Option<&[RetentionClass]>) {
        let Some(classes) = classes else { return };
        if classes.contains(&class.value) {
            return;
        }
        let message = format!("`{}` is not a retention class", class.value);
        let fault = Fault::new("unknown_retention", class.span, message);
        self.0.push(match closest(class.value.as_str(), classes.iter().map(RetentionClass::as_str)) {
            Some(best) => fault.hint(format!("did you mean `{best}`?")),
            None => fault,
        });
    }

    fn review(&mut self, written: &[Spanned<String>], stages: &[WrittenStage]) -> Vec<Condition> {
        if let Some(extra) = written.get(CONDITIONS_MAX) {
            let message = format!("there are at most {CONDITIONS_MAX} conditions");
            self.0.push(Fault::new("out_of_range", extra.span, message));
        }
        let last = stages.last().map(|stage| stage.kind.value);
        let conditions =
            written.iter().filter_map(|text| self.condition(text, |declares| Some(declares) <= last));
        conditions.collect()
    }

    fn condition(
        &mut self,
        written: &Spanned<String>,
        known: impl Fn(StageKind) -> bool,
    ) -> Option<Condition> {
        match Condition::parse(written) {
            Ok(condition) if known(condition.fact.declared_by()) => Some(condition),
            Ok(condition) => {
                let stage = condition.fact.declared_by().as_str();
                let message = format!("`{}` is known only after `{stage}`", condition.fact.as_str());
                self.0.push(Fault::new("fact_too_early", written.span, message));
                None
            }
            Err(fault) => {
                self.0.push(fault);
                None
            }
        }
    }

    fn stage(&mut self, written: WrittenStage) -> Stage {
        let kind = written.kind.value;
        let when = written.when.as_ref().and_then(|text| self.condition(text, |declares| declares < kind));
        let choices = match written.with {
            WrittenChoices::Extract(with) => StageChoices::Extract(self.extract(&with)),
            WrittenChoices::Parse(with) => StageChoices::Parse(self.parse(&with)),
            WrittenChoices::Categorize(with) => {
                StageChoices::Categorize(CategorizeChoices { endpoint: with.endpoint })
            }
            WrittenChoices::Analyze(with) => StageChoices::Analyze(self.analyze(&with)),
            WrittenChoices::Report(with) => StageChoices::Report(self.report(&with)),
            WrittenChoices::Fill(with) => StageChoices::Fill(self.fill(&with)),
        };
        Stage { id: written.id.value, when, choices }
    }

    /// An optional limit: what the file says, within its range, or the default.
    fn limit(
        &mut self,
        what: &str,
        written: Option<&Spanned<u32>>,
        range: &RangeInclusive<u32>,
        default: u32,
    ) -> u32 {
        let Some(written) = written else { return default };
        self.range(what, written, range);
        written.value
    }

    fn extract(&mut self, with: &WrittenExtract) -> ExtractChoices {
        let default = ExtractChoices::default();
        let words = with.words_per_page.as_ref();
        let glyphs = with.glyphs_per_page.as_ref();
        let pixels = with.pixels_per_page.as_ref();
        let content = with.content_bytes_per_page.as_ref();
        let (nested, objects) = (with.forms_nested.as_ref(), with.objects.as_ref());
        if let Some(timeout) = &with.page_timeout_ms {
            self.range("page_timeout_ms", timeout, &PAGE_TIMEOUT_MS);
        }
        ExtractChoices {
            words_per_page: self.limit("words_per_page", words, &WORDS_PER_PAGE, default.words_per_page),
            glyphs_per_page: self.limit("glyphs_per_page", glyphs, &GLYPHS_PER_PAGE, default.glyphs_per_page),
            pixels_per_page: self.limit("pixels_per_page", pixels, &PIXELS_PER_PAGE, default.pixels_per_page),
            content_bytes_per_page: self.limit(
                "content_bytes_per_page",
                content,
                &CONTENT_BYTES_PER_PAGE,
                default.content_bytes_per_page,
            ),
            forms_nested: self.limit("forms_nested", nested, &FORMS_NESTED, default.forms_nested),
            objects: self.limit("objects", objects, &OBJECTS, default.objects),
            ocr: with.ocr.as_ref().map_or(default.ocr, |written| self.ocr(written)),
            page_timeout_ms: with
                .page_timeout_ms
                .as_ref()
                .map_or(default.page_timeout_ms, |timeout| timeout.value),
        }
    }

    /// Languages, or the word for leaving pictures unread.
    fn ocr(&mut self, written: &Spanned<String>) -> Option<OcrLanguages> {
        if written.value == NO_OCR {
            return None;
        }
        match written.value.parse() {
            Ok(languages) => Some(languages),
            Err(error) => {
                let fault = Fault::new("invalid_value", written.span, format!("`ocr`: {error}"));
                self.0.push(fault.hint(format!("`{NO_OCR}` leaves pictures unread")));
                None
            }
        }
    }

    fn parse(&mut self, with: &WrittenParse) -> ParseOptions {
        let default = ParseOptions::default();
        ParseOptions {
            currency_default: with.currency_default,
            readings_max: self.limit(
                "readings_max",
                with.readings_max.as_ref(),
                &READINGS_MAX,
                default.readings_max,
            ),
            rows_max: self.limit("rows_max", with.rows_max.as_ref(), &ROWS_MAX, default.rows_max),
            cells_max: self.limit("cells_max", with.cells_max.as_ref(), &CELLS_MAX, default.cells_max),
            entries_max: self.limit(
                "entries_max",
                with.entries_max.as_ref(),
                &ENTRIES_MAX,
                default.entries_max,
            ),
            unpacked_bytes_max: self.limit(
                "unpacked_bytes_max",
                with.unpacked_bytes_max.as_ref(),
                &UNPACKED_BYTES_MAX,
                default.unpacked_bytes_max,
            ),
            ratio_max: self.limit("ratio_max", with.ratio_max.as_ref(), &RATIO_MAX, default.ratio_max),
            depth_max: self.limit("depth_max", with.depth_max.as_ref(), &DEPTH_MAX, default.depth_max),
            attributes_max: self.limit(
                "attributes_max",
                with.attributes_max.as_ref(),
                &ATTRIBUTES_MAX,
                default.attributes_max,
            ),
            // They have files of their own beside the pipelines.
            hints: default.hints,
        }
    }

    fn analyze(&mut self, with: &WrittenAnalyze) -> AnalyzeChoices {
        let default = AnalyzeChoices::default();
        let (documents, rows) = (with.documents_max.as_ref(), with.rows_max.as_ref());
        AnalyzeChoices {
            documents_max: self.limit("documents_max", documents, &DOCUMENTS_MAX, default.documents_max),
            rows_max: self.limit("rows_max", rows, &ROWS_OF_CASE_MAX, default.rows_max),
        }
    }

    fn fill(&mut self, with: &WrittenFill) -> FillChoices {
        let default = FillChoices::default();
        let documents = with.documents_max.as_ref();
        let documents_max = self.limit("documents_max", documents, &DOCUMENTS_MAX, default.documents_max);
        FillChoices { documents_max }
    }

    fn report(&mut self, with: &WrittenReport) -> ReportChoices {
        if with.formats.value.is_empty() {
            self.0.push(Fault::new("empty", with.formats.span, "`formats` names at least one format"));
        }
        self.duplicates("formats", with.formats.value.iter().map(|format| (format.value.as_str(), format)));
        ReportChoices { formats: with.formats.value.iter().map(|format| format.value).collect() }
    }
}

fn order() -> String {
    StageKind::ALL.map(StageKind::as_str).join(", ")
}
