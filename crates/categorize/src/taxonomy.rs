//! The taxonomy: which leaves exist, and which way money flows in each.

use crate::direction::Direction;
use crate::hash::WordMap;
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
    /// What belongs there, for people.
    pub description: String,
    /// Which way money flows.
    pub direction: LeafDirection,
    /// Underwriting flags.
    pub flags: Vec<String>,
}

/// A leaf's place in the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeafIndex(u16);

/// Every leaf.
pub struct Taxonomy {
    leaves: Vec<Leaf>,
    by_id: WordMap<Box<str>, LeafIndex>,
    unknown: LeafIndex,
}

/// The columns that are read here. The crosswalks to other taxonomies are read where they are used.
#[derive(Deserialize)]
struct Record {
    id: String,
    description: String,
    direction: String,
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
}

impl LeafIndex {
    pub(crate) fn as_usize(self) -> usize {
        usize::from(self.0)
    }
}
