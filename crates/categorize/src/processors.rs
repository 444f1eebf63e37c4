//! Prefixes that payment processors put before a merchant's name and a star.

use crate::hash::WordMap;
use crate::rulebook::RulebookError;
use crate::taxonomy::{LeafIndex, Taxonomy};
use serde::Deserialize;

const FILE: &str = "processors.csv";

#[derive(Deserialize)]
struct Record {
    prefix: String,
    processor: String,
    merchant_follows: String,
    leaf: String,
}

/// A processor or platform.
#[derive(Debug)]
pub(crate) struct Processor {
    pub(crate) name: String,
    /// Whether the merchant stands after the star; else the platform itself is the counterparty.
    pub(crate) merchant_follows: bool,
    /// What is mostly bought through it, where that says something.
    pub(crate) leaf: Option<LeafIndex>,
}

/// Every processor, by its prefix without blanks.
pub(crate) struct Processors {
    by_letters: WordMap<Box<str>, Processor>,
}

impl Processors {
    pub(crate) fn parse(text: &str, taxonomy: &Taxonomy) -> Result<Self, RulebookError> {
        let mut by_letters = WordMap::default();
        for (line, record) in (2..).zip(csv::Reader::from_reader(text.as_bytes()).deserialize()) {
            let record: Record = record.map_err(|source| RulebookError::Csv { file: FILE, source })?;
            let merchant_follows = match record.merchant_follows.as_str() {
                "yes" => true,
                "no" => false,
                other => return Err(RulebookError::malformed(FILE, line, other)),
            };
            if !crate::phrases::is_well_formed(&record.prefix) {
                return Err(RulebookError::malformed(FILE, line, &record.prefix));
            }
            let leaf = match record.leaf.as_str() {
                "" => None,
                id => Some(taxonomy.find(FILE, line, id)?),
            };
            let processor = Processor { name: record.processor, merchant_follows, leaf };
            let letters: String = record.prefix.chars().filter(|c| *c != ' ').collect();
            if by_letters.insert(letters.into(), processor).is_some() {
                return Err(RulebookError::duplicate(FILE, line, &record.prefix));
            }
        }
        Ok(Self { by_letters })
    }

    pub(crate) fn find(&self, letters: &str) -> Option<&Processor> {
        self.by_letters.get(letters)
    }
}
