//! What a child is asked to do with a form, and what it answers: both cross the wall of the sandbox as bytes.
//!
//! A message is a JSON part and the bytes of a file behind it, the length of the first in front of both.

use crate::facts::FactBook;
use crate::map::{Mapping, MappingSet, fill_form};
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
    /// Fill it.
    Fill(Box<FillErrand>),
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
/// [`Inspection`], or a [`FormResult`] with the filled file.
///
/// # Errors
/// [`FormError`]; a mapping that does not read is [`FormError::Mapping`], for whoever sent it has checked it before.
pub fn run_errand(errand: &Errand, bytes: &[u8], pages: Option<&Pages>) -> Result<Vec<u8>, FormError> {
    let form = Form::open(bytes, pages, &FormLimits::default())?;
    match errand {
        Errand::Inspect => Ok(packed(&inspection(&form), b"")),
        Errand::Fill(fill) => {
            let (result, file) = filled(&form, fill)?;
            Ok(packed(&result, &file))
        }
    }
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
    let read = |mapping: &MappingText| {
        Mapping::from_yaml(&mapping.file_name, &mapping.text).map_err(|_| FormError::Mapping)
    };
    let chosen = errand.chosen.as_ref().map(read).transpose()?;
    let set = MappingSet::new(errand.mappings.iter().map(read).collect::<Result<_, _>>()?);
    let mapping = chosen.as_ref().or_else(|| set.for_form(form));
    let filled = fill_form(&errand.file, form, mapping, &errand.facts, &errand.edits, &errand.options);
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
