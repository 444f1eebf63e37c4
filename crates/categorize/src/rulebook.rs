//! The rulebook: every word table, checked against each other when it is loaded.

use crate::embedded::EMBEDDED;
use crate::lexicon::Lexicon;
use crate::merchants::Merchants;
use crate::model::Model;
use crate::processors::Processors;
use crate::rules::Rules;
use crate::taxonomy::{LeafIndex, Taxonomy};
use crate::vocabulary::Vocabulary;
use serde::Deserialize;
use smartexus_domain::FaultVerdict;
use smartexus_manifest::ManifestErrors;

/// The text of every file of a rulebook.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "named as the files are; their formats stand in pipelines/categories/README.md"
)]
pub struct RulebookText<'a> {
    pub taxonomy: &'a str,
    pub rules: &'a str,
    pub merchants: &'a str,
    pub trades: &'a str,
    pub brands: &'a str,
    pub strengths: &'a str,
    pub turns: &'a str,
    pub channels: &'a str,
    pub processors: &'a str,
    pub names: &'a str,
    pub words: &'a str,
    pub model: &'a [u8],
}

/// What is wrong with the data. It is ours, never a document's.
#[derive(Debug, thiserror::Error)]
pub enum RulebookError {
    /// `rules.yaml` does not read; every fault carries its place.
    #[error(transparent)]
    Rules(#[from] ManifestErrors),
    /// A CSV file does not read.
    #[error("{file} is not readable as CSV")]
    Csv {
        /// Which file.
        file: &'static str,
        /// Where and why.
        #[source]
        source: csv::Error,
    },
    /// An entry says nothing that can be used.
    #[error("{file}:{line}: `{entry}` is not written as this file needs it")]
    #[expect(missing_docs, reason = "file, 1-based line and the entry, as in the message")]
    Malformed { file: &'static str, line: u32, entry: String },
    /// An entry stands twice, or for two things.
    #[error("{file}:{line}: `{entry}` stands here for the second time")]
    #[expect(missing_docs, reason = "file, 1-based line and the entry, as in the message")]
    Duplicate { file: &'static str, line: u32, entry: String },
    /// An id is not in the taxonomy.
    #[error("{file}:{line}: `{entry}` is not a leaf of the taxonomy")]
    #[expect(missing_docs, reason = "file, 1-based line and the entry, as in the message")]
    UnknownLeaf { file: &'static str, line: u32, entry: String },
    /// A leaf is used for a direction in which its money does not flow.
    #[error("{file}:{line}: `{entry}` does not fit the direction it is used for")]
    #[expect(missing_docs, reason = "file, 1-based line and the entry, as in the message")]
    WrongDirection { file: &'static str, line: u32, entry: String },
    /// Something that must be listed is not.
    #[error("{file}: `{entry}` is missing")]
    #[expect(missing_docs, reason = "file and what is missing, as in the message")]
    Missing { file: &'static str, entry: String },
}

impl RulebookError {
    /// Always ours: the data ships with the program.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Rules(_)
            | Self::Csv { .. }
            | Self::Malformed { .. }
            | Self::Duplicate { .. }
            | Self::UnknownLeaf { .. }
            | Self::WrongDirection { .. }
            | Self::Missing { .. } => FaultVerdict::Halt,
        }
    }

    pub(crate) fn malformed(file: &'static str, line: u32, entry: &str) -> Self {
        Self::Malformed { file, line, entry: entry.to_owned() }
    }

    pub(crate) fn duplicate(file: &'static str, line: u32, entry: &str) -> Self {
        Self::Duplicate { file, line, entry: entry.to_owned() }
    }

    pub(crate) fn unknown_leaf(file: &'static str, line: u32, entry: &str) -> Self {
        Self::UnknownLeaf { file, line, entry: entry.to_owned() }
    }

    pub(crate) fn wrong_direction(file: &'static str, line: u32, entry: &str) -> Self {
        Self::WrongDirection { file, line, entry: entry.to_owned() }
    }
}

/// Everything `categorize` knows. Loaded once, shared freely.
pub struct Rulebook {
    pub(crate) taxonomy: Taxonomy,
    pub(crate) rules: Rules,
    pub(crate) merchants: Merchants,
    pub(crate) turns: Vec<Option<Turn>>,
    pub(crate) lexicon: Lexicon,
    pub(crate) processors: Processors,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) model: Model,
}

/// What a leaf becomes when money flows against it.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    pub(crate) leaf: LeafIndex,
    pub(crate) says: String,
}

impl Rulebook {
    /// The rulebook that ships with the program.
    ///
    /// # Errors
    /// [`RulebookError`] if the shipped data is at fault, which a test excludes.
    pub fn embedded() -> Result<Self, RulebookError> {
        Self::parse(&EMBEDDED)
    }

    /// Reads and checks a rulebook.
    ///
    /// # Errors
    /// The first [`RulebookError`] found; faults of `rules.yaml` all at once.
    pub fn parse(text: &RulebookText<'_>) -> Result<Self, RulebookError> {
        let taxonomy = Taxonomy::parse(text.taxonomy)?;
        let mut vocabulary = Vocabulary::new();
        Ok(Self {
            rules: Rules::parse(text.rules, &taxonomy, &mut vocabulary)?,
            merchants: Merchants::parse(text, &taxonomy)?,
            turns: turns(text.turns, &taxonomy)?,
            lexicon: Lexicon::parse(text, &mut vocabulary)?,
            processors: Processors::parse(text.processors, &taxonomy)?,
            model: Model::parse(text.model, &taxonomy)?,
            taxonomy,
            vocabulary,
        })
    }

    /// The leaves.
    #[must_use]
    pub const fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }
}

#[derive(Deserialize)]
struct TurnRecord {
    id: String,
    turned: String,
    says: String,
}

const TURNS: &str = "turns.csv";

/// Every leaf of one direction needs a turn that fits the other; a leaf of both has none.
fn turns(text: &str, taxonomy: &Taxonomy) -> Result<Vec<Option<Turn>>, RulebookError> {
    use crate::direction::Direction;
    use crate::taxonomy::LeafDirection;
    let against = |direction| match direction {
        LeafDirection::In => Some(Direction::Out),
        LeafDirection::Out => Some(Direction::In),
        LeafDirection::Both => None,
    };
    let mut turns = vec![None; taxonomy.leaves().len()];
    for (line, record) in (2..).zip(csv::Reader::from_reader(text.as_bytes()).deserialize()) {
        let record: TurnRecord = record.map_err(|source| RulebookError::Csv { file: TURNS, source })?;
        let from = taxonomy.find(TURNS, line, &record.id)?;
        let leaf = taxonomy.find(TURNS, line, &record.turned)?;
        let fits =
            against(taxonomy.at(from).direction).is_some_and(|to| taxonomy.at(leaf).direction.fits(to));
        if !fits {
            return Err(RulebookError::wrong_direction(TURNS, line, &record.turned));
        }
        if turns[from.as_usize()].replace(Turn { leaf, says: record.says }).is_some() {
            return Err(RulebookError::duplicate(TURNS, line, &record.id));
        }
    }
    for (leaf, turn) in taxonomy.leaves().iter().zip(&turns) {
        if turn.is_none() && against(leaf.direction).is_some() {
            return Err(RulebookError::Missing { file: TURNS, entry: leaf.id.as_str().to_owned() });
        }
    }
    Ok(turns)
}

#[cfg(test)]
#[path = "rulebook_tests.rs"]
mod tests;
