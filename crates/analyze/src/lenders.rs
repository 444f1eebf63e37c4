//! The dictionary of lenders and the words of loans.

use serde::Deserialize;
use smartexus_manifest::{Fault, ManifestErrors, Source, Spanned};
use std::collections::{BTreeSet, HashMap};

/// A lender's place in the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LenderIndex(u16);

/// Names of lenders as statements print them.
#[derive(Debug, Clone)]
pub(crate) struct Lenders {
    names: Vec<Lender>,
    /// By the first word of an alias: its other words, and whose it is; longer ones first.
    by_first_word: HashMap<String, Vec<(Vec<String>, LenderIndex)>>,
    descriptors: BTreeSet<String>,
}

/// One lender.
#[derive(Debug, Clone)]
pub(crate) struct Lender {
    pub(crate) name: String,
    pub(crate) kind: String,
}

#[derive(Deserialize)]
#[serde(rename = "a file of lenders")]
struct FileShape {
    schema: Spanned<String>,
    descriptors: Vec<String>,
    lenders: Vec<LenderShape>,
}

#[derive(Deserialize)]
#[serde(rename = "a lender")]
struct LenderShape {
    name: Spanned<String>,
    kind: Spanned<String>,
    aliases: Vec<Spanned<String>>,
}

const SCHEMA: &str = "smartexus.lenders/1";
const EMBEDDED: (&str, &str) =
    ("pipelines/analytics/lenders.yaml", include_str!("../../../pipelines/analytics/lenders.yaml"));
/// Last parts of the leaves that a lender's kind may be.
const KINDS: [&str; 9] =
    ["mca", "business_loan", "factoring", "personal", "payday", "bnpl", "mortgage", "auto", "credit_card"];

impl Lenders {
    pub(crate) fn embedded() -> Result<Self, ManifestErrors> {
        Self::read(EMBEDDED.0, EMBEDDED.1)
    }

    pub(crate) fn read(file_name: &str, text: &str) -> Result<Self, ManifestErrors> {
        let source = Source::new(file_name, text);
        let file: FileShape = source.read()?;
        let mut faults = Vec::new();
        if file.schema.value != SCHEMA {
            faults.push(Fault::new(
                "unknown_schema",
                file.schema.span,
                format!("this release reads `{SCHEMA}`"),
            ));
        }
        let (mut names, mut by_first_word, mut known) = (Vec::new(), HashMap::new(), BTreeSet::new());
        for shape in file.lenders {
            let Ok(index) = u16::try_from(names.len()).map(LenderIndex) else { continue };
            if !KINDS.contains(&shape.kind.as_str()) {
                let message = format!("`kind` is one of {}", KINDS.join(", "));
                faults.push(Fault::new("unknown_kind", shape.kind.span, message));
            }
            if shape.aliases.is_empty() {
                faults.push(Fault::new("empty", shape.name.span, "a lender has at least one alias"));
            }
            for alias in shape.aliases {
                let mut words = words(&alias).map(str::to_owned).collect::<Vec<_>>().into_iter();
                let first = words.next().filter(|_| is_folded(&alias));
                let Some(first) = first else {
                    faults.push(Fault::new(
                        "not_folded",
                        alias.span,
                        "lower-case letters, digits and single blanks",
                    ));
                    continue;
                };
                if !known.insert(alias.value.clone()) {
                    faults.push(Fault::new(
                        "duplicate",
                        alias.span,
                        "this alias is another lender's already",
                    ));
                }
                by_first_word.entry(first).or_insert_with(Vec::new).push((words.collect::<Vec<_>>(), index));
            }
            names.push(Lender { name: shape.name.value, kind: shape.kind.value });
        }
        if !faults.is_empty() {
            return Err(source.errors(faults));
        }
        for aliases in by_first_word.values_mut() {
            aliases.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.cmp(other)));
        }
        Ok(Self { names, by_first_word, descriptors: file.descriptors.into_iter().collect() })
    }

    pub(crate) fn lender(&self, index: LenderIndex) -> Option<&Lender> {
        self.names.get(usize::from(index.0))
    }

    /// The first lender that folded text names, and whether it has a word of a loan.
    pub(crate) fn find(&self, folded: &str) -> (Option<LenderIndex>, bool) {
        let words: Vec<&str> = words(folded).collect();
        let named = words.iter().enumerate().find_map(|(at, word)| {
            let rest = words.get(at.saturating_add(1)..).unwrap_or_default();
            let aliases = self.by_first_word.get(*word)?;
            aliases.iter().find(|(alias, _)| is_start(rest, alias)).map(|(_, index)| *index)
        });
        (named, words.iter().any(|word| self.descriptors.contains(*word)))
    }
}

fn is_start(words: &[&str], alias: &[String]) -> bool {
    words.len() >= alias.len() && words.iter().zip(alias).all(|(word, part)| word == part)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}

fn is_folded(text: &str) -> bool {
    !text.is_empty() && fold(text) == text
}

/// Lower-case letters and digits, everything else a single blank.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if c != '\'' && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words() {
        let lenders = Lenders::embedded().unwrap();
        let find = |text: &str| {
            let (index, words) = lenders.find(&fold(text));
            (index.and_then(|index| lenders.lender(index)).map(|lender| lender.name.clone()), words)
        };
        assert_eq!(find("ACH DEBIT ONDECK CAPITAL 0042"), (Some("OnDeck".to_owned()), true));
        assert_eq!(find("ZOPALIA BAKERY"), (None, false));
        assert_eq!(find("CLOUD FUNDRAISER"), (None, false));
        assert_eq!(find("Daily remittance, Tarn Lane"), (None, true));
    }

    #[test]
    fn faults_show_their_place() {
        let read = |line: &str| {
            let text = format!("schema: smartexus.lenders/1\ndescriptors: [loan]\nlenders:\n  - {line}\n");
            Lenders::read("ours.yaml", &text).unwrap_err().to_string()
        };
        for (line, said) in [
            ("{ name: A, kind: nothing, aliases: [a] }", "ours.yaml:4:22"),
            ("{ name: A, kind: mca, aliases: [Big Name] }", "not_folded"),
            ("{ name: A, kind: mca, aliases: [a, a] }", "duplicate"),
            ("{ name: A, kind: mca, aliases: [] }", "empty"),
        ] {
            assert!(read(line).contains(said), "{}", read(line));
        }
    }
}
