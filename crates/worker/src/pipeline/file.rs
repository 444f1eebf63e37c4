//! The file as it is written: tier 1, fields and types. What the values mean together is in `check`.

use super::{EndpointChoice, Pipeline, ReportFormat, check};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use smartexus_domain::{Currency, MediaType, RetentionClass, StageKind};
use smartexus_manifest::{ManifestErrors, Source, Spanned};

pub(super) fn read(
    file_name: &str,
    text: &str,
    classes: Option<&[RetentionClass]>,
) -> Result<Pipeline, ManifestErrors> {
    let source = Source::new(file_name, text);
    let written: WrittenPipeline = source.read()?;
    check::check(written, classes).map_err(|faults| source.errors(faults))
}

#[derive(Deserialize)]
#[serde(rename = "pipeline")]
pub(super) struct WrittenPipeline {
    pub(super) schema: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) version: Spanned<u32>,
    pub(super) accepts: WrittenAccepts,
    pub(super) limits: WrittenLimits,
    pub(super) stages: Spanned<Vec<WrittenStage>>,
    pub(super) review: WrittenReview,
    pub(super) retention: Spanned<RetentionClass>,
}

#[derive(Deserialize)]
#[serde(rename = "accepts")]
pub(super) struct WrittenAccepts {
    pub(super) media: Spanned<Vec<Spanned<MediaType>>>,
    pub(super) size_bytes: Spanned<u64>,
    pub(super) pages: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(rename = "limits")]
pub(super) struct WrittenLimits {
    pub(super) document_timeout_ms: Spanned<u64>,
    pub(super) memory_bytes: Spanned<u64>,
    pub(super) reply_bytes: Spanned<u64>,
    pub(super) attempts: Spanned<u32>,
    #[serde(default)]
    pub(super) pages_per_job: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(rename = "review")]
pub(super) struct WrittenReview {
    pub(super) any: Vec<Spanned<String>>,
}

/// `{ id, use, when, with }`.
pub(super) struct WrittenStage {
    pub(super) id: Spanned<String>,
    pub(super) kind: Spanned<StageKind>,
    pub(super) when: Option<Spanned<String>>,
    pub(super) with: WrittenChoices,
}

pub(super) enum WrittenChoices {
    Extract(WrittenExtract),
    Parse(WrittenParse),
    Categorize(WrittenCategorize),
    Analyze(WrittenAnalyze),
    Report(WrittenReport),
    Fill(WrittenFill),
}

#[derive(Default, Deserialize)]
#[serde(rename = "extract", default)]
pub(super) struct WrittenExtract {
    pub(super) words_per_page: Option<Spanned<u32>>,
    pub(super) glyphs_per_page: Option<Spanned<u32>>,
    pub(super) pixels_per_page: Option<Spanned<u32>>,
    pub(super) content_bytes_per_page: Option<Spanned<u32>>,
    pub(super) forms_nested: Option<Spanned<u32>>,
    pub(super) objects: Option<Spanned<u32>>,
    pub(super) ocr: Option<Spanned<String>>,
    pub(super) page_timeout_ms: Option<Spanned<u64>>,
}

#[derive(Default, Deserialize)]
#[serde(rename = "parse", default)]
pub(super) struct WrittenParse {
    pub(super) currency_default: Option<Currency>,
    pub(super) readings_max: Option<Spanned<u32>>,
    pub(super) rows_max: Option<Spanned<u32>>,
    pub(super) cells_max: Option<Spanned<u32>>,
    pub(super) entries_max: Option<Spanned<u32>>,
    pub(super) unpacked_bytes_max: Option<Spanned<u32>>,
    pub(super) ratio_max: Option<Spanned<u32>>,
    pub(super) depth_max: Option<Spanned<u32>>,
    pub(super) attributes_max: Option<Spanned<u32>>,
}

#[derive(Default, Deserialize)]
#[serde(rename = "categorize", default)]
pub(super) struct WrittenCategorize {
    pub(super) endpoint: EndpointChoice,
}

#[derive(Default, Deserialize)]
#[serde(rename = "analyze", default)]
pub(super) struct WrittenAnalyze {
    pub(super) documents_max: Option<Spanned<u32>>,
    pub(super) rows_max: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(rename = "report")]
pub(super) struct WrittenReport {
    pub(super) formats: Spanned<Vec<Spanned<ReportFormat>>>,
}

#[derive(Default, Deserialize)]
#[serde(rename = "forms.fill", default)]
pub(super) struct WrittenFill {
    pub(super) documents_max: Option<Spanned<u32>>,
}

const STAGE_FIELDS: [&str; 4] = ["id", "use", "when", "with"];

/// By hand, because the type of `with` follows from `use`. The reader hands a struct its fields in the order of
/// [`STAGE_FIELDS`], so `use` is known first wherever it stands in the file.
impl<'de> Deserialize<'de> for WrittenStage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("stage", &STAGE_FIELDS, StageVisitor)
    }
}

struct StageVisitor;

impl<'de> Visitor<'de> for StageVisitor {
    type Value = WrittenStage;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a stage: { id, use, with }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<WrittenStage, A::Error> {
        let (mut id, mut kind, mut when, mut with) = (None, None, None, None);
        while let Some(field) = fields.next_key::<String>()? {
            match field.as_str() {
                "id" => id = Some(fields.next_value()?),
                "use" => kind = Some(fields.next_value::<Spanned<StageKind>>()?),
                "when" => when = fields.next_value()?,
                "with" => {
                    let kind = kind.as_ref().ok_or_else(|| A::Error::missing_field("use"))?;
                    with = Some(choices(kind.value, &mut fields)?);
                }
                _ => return Err(A::Error::unknown_field(&field, &STAGE_FIELDS)),
            }
        }
        let kind = kind.ok_or_else(|| A::Error::missing_field("use"))?;
        let with = match with {
            Some(with) => with,
            None => choices_left_out(kind.value).ok_or_else(|| A::Error::missing_field("with"))?,
        };
        Ok(WrittenStage { id: id.ok_or_else(|| A::Error::missing_field("id"))?, kind, when, with })
    }
}

fn choices<'de, A: MapAccess<'de>>(kind: StageKind, fields: &mut A) -> Result<WrittenChoices, A::Error> {
    Ok(match kind {
        StageKind::Extract => WrittenChoices::Extract(fields.next_value()?),
        StageKind::Parse => WrittenChoices::Parse(fields.next_value()?),
        StageKind::Categorize => WrittenChoices::Categorize(fields.next_value()?),
        StageKind::Analyze => WrittenChoices::Analyze(fields.next_value()?),
        StageKind::Report => WrittenChoices::Report(fields.next_value()?),
        StageKind::Fill => WrittenChoices::Fill(fields.next_value()?),
    })
}

/// A stage without `with` keeps its defaults, where it has some.
fn choices_left_out(kind: StageKind) -> Option<WrittenChoices> {
    match kind {
        StageKind::Extract => Some(WrittenChoices::Extract(WrittenExtract::default())),
        StageKind::Parse => Some(WrittenChoices::Parse(WrittenParse::default())),
        StageKind::Categorize => Some(WrittenChoices::Categorize(WrittenCategorize::default())),
        StageKind::Analyze => Some(WrittenChoices::Analyze(WrittenAnalyze::default())),
        StageKind::Report => None,
        StageKind::Fill => Some(WrittenChoices::Fill(WrittenFill::default())),
    }
}
