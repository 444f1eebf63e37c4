//! The taxonomy: which leaves exist, and which way money flows in each.

use crate::direction::Direction;
use crate::hash::{WordMap, push, spread};
use crate::rulebook::RulebookError;
use serde::Deserialize;
use smartexus_domain::CategoryId;

/// Which way money flows in a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafDirection {
    /// Money in only.
    In,
    /// Money out only.
    Out,
    /// Either.
    Both,
}

impl LeafDirection {
    /// Whether a row of this direction may carry the leaf.
    #[must_use]
    pub const fn fits(self, direction: Direction) -> bool {
        match (self, direction) {
            (Self::Both, _) | (_, Direction::Neither) => true,
            (Self::In, Direction::In) | (Self::Out, Direction::Out) => true,
            (Self::In, Direction::Out) | (Self::Out, Direction::In) => false,
        }
    }
}

/// One leaf.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Its id.
    pub id: CategoryId,
    /// The group it belongs to, for instance `BUSINESS_COSTS`.
    pub primary: String,
    /// Its name within the group.
    pub detailed: String,
    /// What belongs there, for people.
    pub description: String,
    /// The nearest detailed category of Plaid's personal finance taxonomy, second version.
    pub plaid: String,
    /// Where an accountant books it: `QBO: …; Xero: …`.
    pub accounting: String,
    /// Which way money flows.
    pub direction: LeafDirection,
    /// Underwriting flags.
    pub flags: Vec<String>,
}

/// A leaf's place in the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LeafIndex(u16);

/// Every leaf.
pub struct Taxonomy {
    leaves: Vec<Leaf>,
    by_id: WordMap<Box<str>, LeafIndex>,
    unknown: LeafIndex,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    primary: String,
    detailed: String,
    description: String,
    direction: String,
    plaid_pfc_v2: String,
    accounting_hint: String,
    underwriting_flags: String,
}

/// The file's name in errors.
pub(crate) const FILE: &str = "taxonomy.csv";

impl Taxonomy {
    pub(crate) fn parse(text: &str) -> Result<Self, RulebookError> {
        let mut leaves = Vec::new();
        let mut by_id: WordMap<Box<str>, LeafIndex> = WordMap::default();
        for (line, record) in (2..).zip(csv::Reader::from_reader(text.as_bytes()).deserialize()) {
            let record: Record = record.map_err(|source| RulebookError::Csv { file: FILE, source })?;
            let direction = match record.direction.as_str() {
                "in" => LeafDirection::In,
                "out" => LeafDirection::Out,
                "both" => LeafDirection::Both,
                _ => return Err(RulebookError::malformed(FILE, line, &record.direction)),
            };
            // A crosswalk that ends nowhere would lose rows in somebody's ledger.
            for cell in [&record.primary, &record.detailed, &record.plaid_pfc_v2, &record.accounting_hint] {
                if cell.trim().is_empty() {
                    return Err(RulebookError::malformed(FILE, line, &record.id));
                }
            }
            let index = LeafIndex(u16::try_from(leaves.len()).unwrap_or(u16::MAX));
            if by_id.insert(record.id.as_str().into(), index).is_some() {
                return Err(RulebookError::duplicate(FILE, line, &record.id));
            }
            let flags = record
                .underwriting_flags
                .split(';')
                .filter(|flag| !flag.is_empty())
                .map(str::to_owned)
                .collect();
            leaves.push(Leaf {
                id: CategoryId::new(record.id),
                primary: record.primary,
                detailed: record.detailed,
                plaid: record.plaid_pfc_v2,
                accounting: record.accounting_hint,
                description: record.description,
                direction,
                flags,
            });
        }
        let unknown = by_id.get(CategoryId::UNCATEGORIZED).copied();
        let unknown =
            unknown.ok_or_else(|| RulebookError::unknown_leaf(FILE, 1, CategoryId::UNCATEGORIZED))?;
        Ok(Self { leaves, by_id, unknown })
    }

    /// Every leaf, in the file's order.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// The leaf of an id.
    #[must_use]
    pub fn leaf(&self, id: &CategoryId) -> Option<&Leaf> {
        self.by_id.get(id.as_str()).map(|index| self.at(*index))
    }

    pub(crate) fn find(&self, file: &'static str, line: u32, id: &str) -> Result<LeafIndex, RulebookError> {
        self.by_id.get(id).copied().ok_or_else(|| RulebookError::unknown_leaf(file, line, id))
    }

    pub(crate) fn at(&self, index: LeafIndex) -> &Leaf {
        &self.leaves[usize::from(index.0)]
    }

    pub(crate) fn unknown(&self) -> LeafIndex {
        self.unknown
    }

    /// The leaf of a place.
    pub(crate) fn nth(&self, at: usize) -> Option<LeafIndex> {
        (at < self.leaves.len()).then(|| LeafIndex(u16::try_from(at).unwrap_or(u16::MAX)))
    }

    /// Tells taxonomies apart: their ids in their order, and which way money flows in each.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.leaves.iter().fold(0, |hash, leaf| {
            let id = leaf.id.as_str().bytes().fold(hash, push);
            spread(push(id, leaf.direction as u8))
        })
    }
}

impl LeafIndex {
    pub(crate) fn as_usize(self) -> usize {
        usize::from(self.0)
    }
}
