//! A household's income and expenditure, by the flags that affordability uses.

use super::statement::Desk;
use crate::facet::Facet;
use crate::sums::Cell;
use crate::taxonomy::Leaf;
use smartexus_domain::{FinancialStatement, FinancialStatementKind};

const GROUPS: [(Facet, &str, &str); 4] = [
    (Facet::Income, "income", "Income"),
    (Facet::Committed, "committed", "Committed: debt and contracts"),
    (Facet::Essential, "essential", "Essential"),
    (Facet::Discretionary, "discretionary", "Discretionary"),
];
/// What is left after what cannot be left out.
const SURPLUS: [Facet; 3] = [Facet::Income, Facet::Committed, Facet::Essential];

pub(super) fn statement(desk: &Desk<'_>) -> FinancialStatement {
    let has_any = |cell: &Cell, facets: &[Facet]| facets.iter().any(|facet| cell.facets.has(*facet));
    let mut lines = Vec::new();
    for (facet, key, label) in GROUPS {
        lines.extend(desk.group(key, label, move |cell| cell.facets.has(facet), Leaf::name));
    }
    lines.push(desk.total(
        "surplus",
        "Income less committed and essential",
        0,
        desk.line(|cell| has_any(cell, &SURPLUS)),
    ));
    let all = GROUPS.map(|(facet, _, _)| facet);
    lines.extend(desk.group("unplaced", "None of these", move |cell| !has_any(cell, &all), Leaf::name));
    let notes = [
        "From rows alone: cash, and accounts that were not sent, do not show.",
        "Own transfers, loans received and unclear rows are in no group above.",
    ];
    desk.statement(FinancialStatementKind::IncomeAndExpenditure, lines, &notes)
}
