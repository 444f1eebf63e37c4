//! Who the money comes from and goes to (mission 5.10). Processors of card payments stand apart: they hide customers.
//! Own transfers, and what was taken or given back, are nobody's.

use super::{Maker, noted_with};
use crate::exact::{Computed, printed_or_too_large, product, ratio, ratio_text, sum};
use crate::ledger::{Row, RowIndex, code};
use crate::rows::PartyIndex;
use crate::sums::PartyCell;
use crate::taxonomy::Flag;
use smartexus_domain::{CounterpartyShare, Figure, NotComputable};
use std::collections::{BTreeMap, BTreeSet};

/// Counterparties that are listed for each direction.
const LISTED_MAX: usize = 100;

/// Figures and shares of both directions over all accounts of a currency.
pub(crate) fn concentration(maker: &Maker<'_>) -> (Vec<Figure>, Vec<CounterpartyShare>) {
    let (mut figures, mut shares) = (Vec::new(), Vec::new());
    for is_in in [true, false] {
        let direction = Direction::of(maker, is_in);
        figures.extend(direction.figures(maker));
        shares.extend(direction.shares(maker));
    }
    (figures, shares)
}

/// Money of one direction by counterparty, largest first.
struct Direction {
    is_in: bool,
    /// Of rows without a counterparty too.
    total: Computed,
    parties: Vec<Party>,
    rows: BTreeMap<PartyIndex, Vec<RowIndex>>,
}

struct Party {
    index: PartyIndex,
    name: String,
    sum: i128,
    count: u32,
    is_processor: bool,
}

impl Direction {
    fn of(maker: &Maker<'_>, is_in: bool) -> Self {
        let own = |cell: &&PartyCell| cell.currency == maker.scope.side.currency && cell.is_in == is_in;
        let cells: Vec<&PartyCell> = maker.sums.parties.iter().filter(own).collect();
        let mut rows: BTreeMap<PartyIndex, Vec<RowIndex>> = BTreeMap::new();
        let counts = |row: &Row<'_>| !row.is_neutral() && if is_in { row.is_in() } else { row.is_out() };
        for index in maker.scope.rows_that(maker.book, counts) {
            if let Some(party) = maker.book.row(index).and_then(|row| row.facts.party) {
                rows.entry(party).or_default().push(index);
            }
        }
        let party = |cell: &&PartyCell| {
            let index = cell.party?;
            let is_processor = |row: &RowIndex| {
                maker
                    .book
                    .row(*row)
                    .is_some_and(|row| maker.book.taxonomy.is(row.facts.leaf, Flag::Processor))
            };
            let processed =
                rows.get(&index).map_or(0, |rows| rows.iter().filter(|row| is_processor(row)).count());
            Some(Party {
                index,
                name: maker.book.names.name(index).to_owned(),
                sum: cell.sum,
                count: cell.count,
                is_processor: processed.saturating_mul(2) > usize::try_from(cell.count).unwrap_or(usize::MAX),
            })
        };
        let mut parties: Vec<Party> = cells.iter().filter_map(party).collect();
        parties.sort_by(|one, other| {
            other.sum.abs().cmp(&one.sum.abs()).then_with(|| one.name.cmp(&other.name))
        });
        Self { is_in, total: sum(cells.iter().map(|cell| cell.sum)), parties, rows }
    }

    fn figures(&self, maker: &Maker<'_>) -> Vec<Figure> {
        let named: Vec<&Party> = self.parties.iter().filter(|party| !party.is_processor).collect();
        let processors: Vec<&Party> = self.parties.iter().filter(|party| party.is_processor).collect();
        let share = |parties: &[&Party]| {
            let part = sum(parties.iter().map(|party| party.sum.abs()))?;
            ratio(part, self.total?.abs())
        };
        let top = |count: usize| named.get(..count.min(named.len())).unwrap_or_default();
        let squares = || {
            let squares =
                named.iter().map(|party| product(party.sum, party.sum)).collect::<Result<Vec<_>, _>>()?;
            let total = self.total?;
            ratio(sum(squares)?, product(total, total)?)
        };
        let values = [
            ("top_1", share(top(1)), top(1)),
            ("top_5", share(top(5)), top(5)),
            ("hhi", squares(), &named[..]),
            ("processors", share(&processors), &processors[..]),
        ];
        let direction = if self.is_in { "in" } else { "out" };
        let figure = |(name, value, parties): (&str, Computed, &[&Party])| {
            let key = format!("concentration_{direction}_{name}");
            let figure = maker.ratio(&key, self.categorized(maker, value), self.rows_of(parties));
            let hides = !processors.is_empty() && name != "processors";
            if hides {
                noted_with(figure, "processors of card payments stand apart: they hide customers")
            } else {
                figure
            }
        };
        values.into_iter().map(figure).collect()
    }

    fn categorized(&self, maker: &Maker<'_>, value: Computed) -> Computed {
        if maker.book.is_categorized { value } else { Err(NotComputable::NotCategorized) }
    }

    fn rows_of(&self, parties: &[&Party]) -> Vec<RowIndex> {
        let indices: BTreeSet<PartyIndex> = parties.iter().map(|party| party.index).collect();
        let mut rows: Vec<RowIndex> =
            indices.iter().filter_map(|index| self.rows.get(index)).flatten().copied().collect();
        rows.sort_unstable();
        rows
    }

    fn shares(&self, maker: &Maker<'_>) -> Vec<CounterpartyShare> {
        let currency = maker.scope.side.currency;
        let share = |party: &Party| {
            let (rows, rows_left_out) = maker.book.ids(self.rows_of(&[party]));
            Some(CounterpartyShare {
                counterparty: party.name.clone(),
                is_in: self.is_in,
                currency: code(currency),
                amount: printed_or_too_large(party.sum, currency),
                share: ratio_text(ratio(party.sum, self.total.ok()?).ok()?),
                is_processor: party.is_processor,
                count: party.count,
                rows,
                rows_left_out,
            })
        };
        self.parties.iter().take(LISTED_MAX).filter_map(share).collect()
    }
}
