//! What a child is asked to do with a form, and what it answers: both cross the wall of the sandbox as bytes.
//!
//! A message is a JSON part and the bytes of a file behind it, the length of the first in front of both.

use crate::facts::FactBook;
use crate::flat::{Pictures, facts_of_flat_copy, with_fields};
use crate::map::{FormReading, LeftOut, Mapping, MappingSet, facts_of_form, fill_form};
use crate::write::FillOptions;
use crate::{Form, FormError, FormLimits};
use serde::{Deserialize, Serialize};
use smartexus_domain::{Finding, FormField, FormResult, Pages};
use std::collections::BTreeMap;

const PREFIX_BYTES: usize = 8;

/// A file of mappings, as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingText {
    /// As the caller names it.
    pub file_name: String,
    /// YAML.
    pub text: String,
}

/// What to do with a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Tell its fields.
    Inspect,
    /// Tell its fields; of a form without any, the places where a person would write.
    Survey,
    /// Fill it.
    Fill(Box<FillErrand>),
    /// Tell what a filled one says.
    Read(Box<ReadErrand>),
    /// Tell what a flat copy says, through the boxes of its blank. Both files come along: for their boxes and pictures.
    ReadCopy(Box<CopyErrand>),
}

/// How to read a filled form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadErrand {
    /// The filled form as the caller names it.
    pub file: String,
    /// Mappings to choose from by the form's own marks.
    pub mappings: Vec<MappingText>,
    /// This mapping, whatever the form is.
    pub chosen: Option<MappingText>,
}

/// How to read a flat copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyErrand {
    /// As a filled form is read.
    pub read: ReadErrand,
    /// Bytes of the blank, as it was before it was filled; they stand in front of the copy's.
    pub blank_bytes: usize,
    /// The blank's words.
    pub blank: Pages,
    /// The copy's words, recognized where it is a picture.
    pub copy: Pages,
}

impl CopyErrand {
    /// The blank and the copy; `None` where the message is shorter than it says.
    #[must_use]
    pub fn files<'b>(&self, bytes: &'b [u8]) -> Option<(&'b [u8], &'b [u8])> {
        bytes.split_at_checked(self.blank_bytes)
    }
}

/// How to fill a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FillErrand {
    /// The blank as the caller names it.
    pub file: String,
    /// Mappings to choose from by the blank's own marks.
    pub mappings: Vec<MappingText>,
    /// This mapping, whatever the blank is.
    pub chosen: Option<MappingText>,
    /// What is known.
    pub facts: FactBook,
    /// A person's own words, by full field name.
    pub edits: BTreeMap<String, String>,
    /// Lock, flatten, date of change.
    pub options: FillOptions,
}

/// What is told of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Of its fields.
    pub fingerprint: String,
    /// Pages.
    pub pages: usize,
    /// Its fields.
    pub fields: Vec<FormField>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Two parts as one message.
#[must_use]
pub fn packed<T: Serialize>(part: &T, file: &[u8]) -> Vec<u8> {
    // The types have string keys and no failing parts; an empty part reads back as an error, never as something else.
    let json = serde_json::to_vec(part).unwrap_or_default();
    let length = u64::try_from(json.len()).unwrap_or(u64::MAX);
    [&length.to_le_bytes()[..], &json, file].concat()
}

/// The two parts of a message; `None` for anything else.
#[must_use]
pub fn unpacked<T: for<'de> Deserialize<'de>>(message: &[u8]) -> Option<(T, &[u8])> {
    let (prefix, rest) = message.split_at_checked(PREFIX_BYTES)?;
    let length = usize::try_from(u64::from_le_bytes(prefix.try_into().ok()?)).ok()?;
    let (json, file) = rest.split_at_checked(length)?;
    Some((serde_json::from_slice(json).ok()?, file))
}

/// Does an errand. `pages` are the words of the same file, where the caller has them. The answer is a message: an
/// [`Inspection`], a [`FormResult`] with the filled file, or a [`FormReading`].
///
/// # Errors
/// [`FormError`]; a mapping that does not read is [`FormError::Mapping`], for whoever sent it has checked it before.
pub fn run_errand(errand: &Errand, bytes: &[u8], pages: Option<&Pages>) -> Result<Vec<u8>, FormError> {
    let form = match (Form::open(bytes, pages, &FormLimits::default()), errand, pages) {
        (Err(FormError::NoFields), Errand::Survey | Errand::Fill(_), Some(pages)) => {
            on_flat(errand, bytes, pages)?
        }
        (opened, _, _) => opened?,
    };
    match errand {
        Errand::Inspect | Errand::Survey => Ok(packed(&inspection(&form), b"")),
        Errand::Fill(fill) => {
            let (result, file) = filled(&form, fill)?;
            Ok(packed(&result, &file))
        }
        Errand::Read(read) => {
            let mapping = chosen(&form, read.chosen.as_ref(), &read.mappings)?;
            let reading = mapping.map(|mapping| facts_of_form(&read.file, &form.describe(), &mapping));
            Ok(packed(&reading.unwrap_or_else(unknown), b""))
        }
        // Whoever has pictures of both calls for it itself.
        Errand::ReadCopy(_) => Err(FormError::NoFields),
    }
}

/// A form without fields gets them where a person would write. It is filled only if a mapping was made for it.
fn on_flat(errand: &Errand, bytes: &[u8], pages: &Pages) -> Result<Form, FormError> {
    let limits = FormLimits::default();
    let mut form = Form::open(&with_fields(bytes, pages, &limits)?, Some(pages), &limits)?;
    form.tell(Finding::new(
        "flat_form",
        "The form has no fields of its own: these are the places where a person would write, found by what is drawn.",
    ));
    if let Errand::Fill(fill) = errand
        && chosen(&form, fill.chosen.as_ref(), &fill.mappings)?.is_none()
    {
        return Err(FormError::NoFields);
    }
    Ok(form)
}

/// Reads a flat copy of a known form. `blank` is the file as it was before it was filled; `pictures`, of both, are asked
/// for if there are boxes to tick.
///
/// # Errors
/// As [`run_errand`], of the blank.
pub fn read_flat_copy(
    errand: &CopyErrand,
    blank: &[u8],
    pictures: &mut dyn FnMut() -> Pictures,
) -> Result<Vec<u8>, FormError> {
    let form = Form::open(blank, None, &FormLimits::default())?;
    let CopyErrand { read, blank, copy, .. } = errand;
    let mapping = chosen(&form, read.chosen.as_ref(), &read.mappings)?;
    let reading =
        mapping.map(|mapping| facts_of_flat_copy(&read.file, &form, blank, copy, &mapping, pictures));
    Ok(packed(&reading.unwrap_or_else(unknown), b""))
}

fn unknown() -> FormReading {
    let unknown = LeftOut::new("", "form_unknown", "No mapping knows this form: nothing of it is read.");
    FormReading { facts: FactBook::new(Vec::new()), left_out: vec![unknown] }
}

/// The mapping that the caller chose, else the one that knows the form.
fn chosen(
    form: &Form,
    chosen: Option<&MappingText>,
    mappings: &[MappingText],
) -> Result<Option<Mapping>, FormError> {
    let read = |mapping: &MappingText| {
        Mapping::from_yaml(&mapping.file_name, &mapping.text).map_err(|_| FormError::Mapping)
    };
    if let Some(chosen) = chosen {
        return read(chosen).map(Some);
    }
    let set = MappingSet::new(mappings.iter().map(read).collect::<Result<_, _>>()?);
    Ok(set.for_form(form).cloned())
}

fn inspection(form: &Form) -> Inspection {
    Inspection {
        sha256: form.sha256().to_owned(),
        fingerprint: form.fingerprint().to_owned(),
        pages: form.page_count(),
        fields: form.describe(),
        findings: form.findings().to_vec(),
    }
}

fn filled(form: &Form, errand: &FillErrand) -> Result<(FormResult, Vec<u8>), FormError> {
    let mapping = chosen(form, errand.chosen.as_ref(), &errand.mappings)?;
    let filled =
        fill_form(&errand.file, form, mapping.as_ref(), &errand.facts, &errand.edits, &errand.options);
    Ok((filled.result, filled.bytes.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::{Errand, packed, run_errand, unpacked};
    use crate::FormError;

    #[test]
    fn messages_are_read_whole_or_not_at_all() {
        let message = packed(&Errand::Inspect, b"file");
        assert_eq!(unpacked::<Errand>(&message), Some((Errand::Inspect, &b"file"[..])));
        for cut in 0..message.len() - 4 {
            assert_eq!(unpacked::<Errand>(&message[..cut]), None, "{cut}");
        }
        assert_eq!(unpacked::<Errand>(&[255; 20]), None);
    }

    #[test]
    fn what_is_no_form_is_refused() {
        assert_eq!(run_errand(&Errand::Inspect, b"x", None), Err(FormError::NotPdf));
    }
}
