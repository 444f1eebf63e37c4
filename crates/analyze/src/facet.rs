//! What a row counts as. Every sum is a sum over rows with some facet.

use crate::choices::RevenueClass;
use crate::ledger::Row;
use crate::taxonomy::{Flag, Leaf};

/// One thing that a row counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facet {
    In,
    Out,
    Included,
    Deducted,
    Undecided,
    /// A payment to a lender.
    Debt,
    /// A payment to a funder of merchant cash advances.
    Mca,
    /// Money out that is no debt, no transfer and no owner's draw.
    Operating,
    /// What a household lives on, and what a business earns.
    Income,
    /// Debt and contracts.
    Committed,
    /// What a household cannot do without, and no contract.
    Essential,
    Discretionary,
}

impl Facet {
    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// All facets of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Facets(pub(crate) u32);

impl Facets {
    pub(crate) const fn has(self, facet: Facet) -> bool {
        self.0 & facet.bit() != 0
    }

    pub(crate) fn of(row: &Row<'_>, leaf: Option<&Leaf>) -> Self {
        let is = |flag: Flag| leaf.is_some_and(|leaf| leaf.has(flag));
        let out = row.is_out();
        let debt = out && leaf.is_some_and(Leaf::pays_debt);
        let spent = out && !row.is_paired;
        let committed = spent && (is(Flag::Committed) || debt);
        let essential = spent && !committed && is(Flag::Essential);
        let all = [
            (Facet::In, row.is_in()),
            (Facet::Out, out),
            (Facet::Included, row.revenue == Some(RevenueClass::Included)),
            (Facet::Deducted, row.revenue == Some(RevenueClass::Deducted)),
            (Facet::Undecided, row.revenue == Some(RevenueClass::Undecided)),
            (Facet::Debt, debt),
            (Facet::Mca, debt && is(Flag::Mca)),
            (Facet::Operating, spent && !debt && !is(Flag::Transfer) && !is(Flag::Owner)),
            (Facet::Income, row.is_in() && !row.is_neutral() && leaf.is_some_and(Leaf::is_income)),
            (Facet::Committed, committed),
            (Facet::Essential, essential),
            (Facet::Discretionary, spent && !committed && !essential && is(Flag::Discretionary)),
        ];
        Self(all.iter().filter(|(_, is)| *is).fold(0, |bits, (facet, _)| bits | facet.bit()))
    }
}
