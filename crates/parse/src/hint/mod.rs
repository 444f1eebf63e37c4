//! What somebody knows about the statements of one issuer, as data. It is never needed and never believed: it adds columns
//! to try and says which of several undecided readings is shown, and the printed arithmetic still has to prove the rest.

mod error;
mod leaning;
mod words;

pub use error::HintError;
pub(crate) use leaning::Leaning;
pub use words::{HintRole, HintSide, HintSigns, PrintedNumbers, PrintedOrder};

use crate::lexicon::fold;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use smartexus_domain::Currency;

/// Most hints of one pipeline.
pub const HINTS_MAX: usize = 500;
/// Most phrases that one hint may ask for.
const PHRASES_MAX: usize = 8;
/// Most headings of one hint.
const HEADINGS_MAX: usize = 32;
/// Most columns of one hint.
const COLUMNS_MAX: usize = 16;
/// Longest name, phrase or heading.
const TEXT_BYTES_MAX: usize = 120;
/// No page is wider (PDF 1.7, annex C), in points.
const WIDTH_MAX: u16 = 14_400;
/// Shortest and longest beginning of a bank's code.
const CODE_BYTES: std::ops::RangeInclusive<usize> = 4..=12;

/// One issuer's habits. Every one that exists keeps the limits: it is made by [`crate::learn`] or read with serde, which
/// checks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename = "issuer hint", deny_unknown_fields)]
pub struct IssuerHint {
    /// For people.
    pub(crate) name: String,
    /// Which documents it speaks of.
    pub(crate) recognize: Recognize,
    /// Column headings as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) headings: Vec<HintHeading>,
    /// Where columns stand on a page of one width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) columns: Option<HintColumns>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date_order: Option<PrintedOrder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) numbers: Option<PrintedNumbers>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signs: Option<HintSigns>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) side: Option<HintSide>,
    /// Where the document prints neither a currency nor a symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) currency: Option<Currency>,
}

/// How a document of the issuer is known. Any of the three is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "recognize", default, deny_unknown_fields)]
pub(crate) struct Recognize {
    /// All of them stand in the head of the first page, whatever their case, accents and punctuation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) phrases: Vec<String>,
    /// Country and bank code of an IBAN there, without its check digits: `DE37040044`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) iban: Option<String>,
    /// Beginning of a BIC there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bic: Option<String>,
}

/// A column heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "heading", deny_unknown_fields)]
pub(crate) struct HintHeading {
    pub(crate) words: String,
    pub(crate) role: HintRole,
}

/// The columns of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "columns", deny_unknown_fields)]
pub(crate) struct HintColumns {
    /// Width of the page, in points.
    pub(crate) page_width: u16,
    /// Left to right.
    pub(crate) edges: Vec<HintColumn>,
}

/// One column: from where its content begins to where it ends, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "column", deny_unknown_fields)]
pub(crate) struct HintColumn {
    pub(crate) role: HintRole,
    pub(crate) left: u16,
    pub(crate) right: u16,
}

impl Serialize for IssuerHint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for IssuerHint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hint = Self::deserialize(deserializer)?;
        hint.checked().map_err(serde::de::Error::custom)
    }
}

impl IssuerHint {
    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A short name of exactly these hints in this order, for the version of whatever reads with them: eight hexadecimal
    /// digits of a SHA-256. `None` where there are none.
    #[must_use]
    pub fn version_of(hints: &[Self]) -> Option<String> {
        if hints.is_empty() {
            return None;
        }
        let mut hash = Sha256::new();
        for hint in hints {
            // Texts, numbers and words: nothing in a hint can fail to be written.
            let written = serde_json::to_vec(hint).unwrap_or_default();
            hash.update(u64::try_from(written.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(&written);
        }
        Some(hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect())
    }

    /// Itself, if it keeps the limits.
    pub(crate) fn checked(self) -> Result<Self, HintError> {
        let texts = self.recognize.phrases.iter().chain([&self.name]);
        for text in texts.chain(self.headings.iter().map(|heading| &heading.words)) {
            check_text(text)?;
        }
        at_most("phrases", self.recognize.phrases.len(), PHRASES_MAX)?;
        at_most("headings", self.headings.len(), HEADINGS_MAX)?;
        self.recognize.check()?;
        self.columns.as_ref().map_or(Ok(()), HintColumns::check)?;
        Ok(self)
    }

    /// What it says about the axes of a reading.
    pub(crate) fn leaning(&self) -> Leaning {
        Leaning {
            order: self.date_order.map(PrintedOrder::of_domain),
            style: self.numbers.map(PrintedNumbers::of_domain),
            signs: self.signs,
            side: self.side,
        }
    }
}

impl Recognize {
    fn check(&self) -> Result<(), HintError> {
        for code in [&self.iban, &self.bic].into_iter().flatten() {
            let is_code = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            if !is_code || !CODE_BYTES.contains(&code.len()) {
                return Err(HintError::Code);
            }
        }
        let says_nothing = self.phrases.is_empty() && self.iban.is_none() && self.bic.is_none();
        if says_nothing { Err(HintError::Unrecognizable) } else { Ok(()) }
    }
}

impl HintColumns {
    fn check(&self) -> Result<(), HintError> {
        at_most("columns", self.edges.len(), COLUMNS_MAX)?;
        let in_page = |column: &HintColumn| column.left < column.right && column.right <= self.page_width;
        let in_order = self.edges.is_sorted_by_key(|column| (column.left, column.right));
        if self.page_width > WIDTH_MAX || !in_order || !self.edges.iter().all(in_page) {
            return Err(HintError::Columns);
        }
        Ok(())
    }
}

fn at_most(what: &'static str, found: usize, limit: usize) -> Result<(), HintError> {
    if found > limit { Err(HintError::TooMany { what, limit }) } else { Ok(()) }
}

fn check_text(text: &str) -> Result<(), HintError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(HintError::TooLong { limit: TEXT_BYTES_MAX });
    }
    if fold(text).is_empty() { Err(HintError::Empty) } else { Ok(()) }
}

/// Hints of options that came over a wire: no more than [`HINTS_MAX`].
pub(crate) fn few<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IssuerHint>, D::Error> {
    let hints = Vec::<IssuerHint>::deserialize(deserializer)?;
    at_most("hints", hints.len(), HINTS_MAX).map_err(serde::de::Error::custom)?;
    Ok(hints)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn hint(change: impl FnOnce(&mut Value)) -> Result<IssuerHint, String> {
        let mut written = json!({
            "name": "Wopel",
            "recognize": { "phrases": ["Wopel & Mibo"], "iban": "DE37040044" },
            "headings": [{ "words": "Zarn", "role": "date" }],
            "columns": { "page_width": 595, "edges": [
                { "role": "date", "left": 40, "right": 90 }, { "role": "in", "left": 300, "right": 350 }] },
            "date_order": "month_day", "numbers": "comma", "signs": "credits_marked", "side": "liability",
            "currency": "EUR",
        });
        change(&mut written);
        serde_json::from_value(written).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_written_is_read_and_written_again() {
        let read = hint(|_| {}).unwrap();
        let again = serde_json::to_value(&read).unwrap();
        assert_eq!(serde_json::from_value::<IssuerHint>(again).unwrap(), read);
    }

    #[test]
    fn every_limit_is_an_error_that_names_it() {
        type Change = fn(&mut Value);
        let cases: [(Change, &str); 9] = [
            (|w| w["recognize"] = json!({}), "no way to recognize"),
            (|w| w["recognize"]["phrases"] = json!(vec!["a"; 9]), "more than 8 phrases"),
            (|w| w["recognize"]["phrases"] = json!(["*"]), "no letter"),
            (|w| w["recognize"]["iban"] = json!("de37"), "bank code"),
            (|w| w["name"] = json!("a".repeat(121)), "longer than 120"),
            (
                |w| w["headings"] = json!(vec![json!({"words": "a", "role": "in"}); 33]),
                "more than 32 headings",
            ),
            (|w| w["columns"]["edges"][1]["left"] = json!(360), "left to right"),
            (|w| w["columns"]["page_width"] = json!(100), "left to right"),
            (|w| w["colour"] = json!("blue"), "unknown field"),
        ];
        for (change, message) in cases {
            let error = hint(change).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
