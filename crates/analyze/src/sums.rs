//! Sums of rows by account, month, leaf and what they count as; and by counterparty.
//!
//! One pass over columns of integers. An amount is summed in two halves, so that no sum of a million rows can wrap, and
//! put together in 128 bits.

use crate::day::Month;
use crate::error::AnalyzeError;
use crate::facet::{Facet, Facets};
use crate::ledger::Book;
use crate::rows::PartyIndex;
use crate::scope::{Scope, Side, Which};
use crate::taxonomy::LeafIndex;
use polars::prelude::{Column, DataFrame, IntoLazy, NamedFrom, PolarsError, PolarsResult, Series, col};
use smartexus_domain::Currency;
use std::collections::BTreeMap;

/// Rows of one account, month, leaf and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) account: u32,
    /// [`Month::number`].
    pub(crate) month: i32,
    pub(crate) leaf: Option<LeafIndex>,
    pub(crate) facets: Facets,
    /// On a day that every account of its currency covers.
    pub(crate) is_common: bool,
    /// In the last 30 days.
    pub(crate) is_rolling: bool,
    pub(crate) sum: i128,
    pub(crate) count: u32,
}

/// Rows of one counterparty and direction over all accounts of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartyCell {
    pub(crate) currency: Currency,
    pub(crate) party: Option<PartyIndex>,
    pub(crate) is_in: bool,
    pub(crate) sum: i128,
    pub(crate) count: u32,
}

/// All sums of a book.
pub(crate) struct Sums {
    pub(crate) cells: Vec<Cell>,
    pub(crate) parties: Vec<PartyCell>,
}

/// Stands for "none" in a column of indices.
const NONE: u32 = u32::MAX;
/// Bits of the lower half of an amount: neither half of a million amounts can pass 64 bits.
const LOW_BITS: u32 = 32;

impl Sums {
    pub(crate) fn of(book: &Book<'_>, all: &BTreeMap<Currency, Side>) -> Result<Self, AnalyzeError> {
        let columns = Columns::of(book, all);
        columns.sums(book).map_err(|error| AnalyzeError::Sums(Box::new(error)))
    }

    /// Sum and count of the rows of a scope that count as something.
    pub(crate) fn total(&self, scope: &Scope<'_>, facet: Facet) -> Option<(i128, u32)> {
        self.of_scope(scope)
            .filter(|cell| cell.facets.has(facet))
            .try_fold((0_i128, 0_u32), |(sum, count), cell| {
                Some((sum.checked_add(cell.sum)?, count.saturating_add(cell.count)))
            })
    }

    /// The cells of a scope.
    pub(crate) fn of_scope<'s>(&'s self, scope: &'s Scope<'_>) -> impl Iterator<Item = &'s Cell> {
        let month = match scope.which {
            Which::Month(month) => Some(month),
            Which::Whole | Which::Rolling => None,
        };
        let is_rolling = matches!(scope.which, Which::Rolling);
        self.of_side(scope.side, month).filter(move |cell| !is_rolling || cell.is_rolling)
    }

    /// Sum over a month of a side.
    pub(crate) fn of_month(&self, side: &Side, month: Month, is: impl Fn(&Cell) -> bool) -> Option<i128> {
        let cells = self.of_side(side, Some(month)).filter(|cell| is(cell));
        cells.map(|cell| cell.sum).try_fold(0_i128, i128::checked_add)
    }

    /// The cells of a side, of one month or all.
    fn of_side<'s>(&'s self, side: &'s Side, month: Option<Month>) -> impl Iterator<Item = &'s Cell> {
        let own = move |account: &usize| {
            let account = u32::try_from(*account).unwrap_or(NONE);
            let (first, last) = month.map_or((i32::MIN, i32::MAX), |month| (month.number(), month.number()));
            let from = self.cells.partition_point(|cell| (cell.account, cell.month) < (account, first));
            let to = self.cells.partition_point(|cell| (cell.account, cell.month) <= (account, last));
            self.cells.get(from..to).unwrap_or_default()
        };
        side.accounts.iter().flat_map(own).filter(|cell| !side.is_all() || cell.is_common)
    }
}

/// The rows of a book, column by column.
struct Columns {
    account: Vec<u32>,
    month: Vec<i32>,
    leaf: Vec<u32>,
    facets: Vec<u32>,
    common: Vec<bool>,
    rolling: Vec<bool>,
    currency: Vec<u32>,
    party: Vec<u32>,
    neutral: Vec<bool>,
    high: Vec<i64>,
    low: Vec<i64>,
    currencies: Vec<Currency>,
}

impl Columns {
    fn of(book: &Book<'_>, all: &BTreeMap<Currency, Side>) -> Self {
        let currencies: Vec<Currency> = all.keys().copied().collect();
        let count = book.rows.len();
        let mut columns = Self {
            account: Vec::with_capacity(count),
            month: Vec::with_capacity(count),
            leaf: Vec::with_capacity(count),
            facets: Vec::with_capacity(count),
            common: Vec::with_capacity(count),
            rolling: Vec::with_capacity(count),
            currency: Vec::with_capacity(count),
            party: Vec::with_capacity(count),
            neutral: Vec::with_capacity(count),
            high: Vec::with_capacity(count),
            low: Vec::with_capacity(count),
            currencies,
        };
        for row in &book.rows {
            let currency = book.accounts.get(row.account).map(|account| account.currency);
            let side = currency.and_then(|currency| all.get(&currency));
            let place = columns.currencies.iter().position(|known| Some(*known) == currency);
            let is_rolling = book.as_of.is_some_and(|as_of| as_of.plus(-29) <= row.day && row.day <= as_of);
            columns.account.push(u32::try_from(row.account).unwrap_or(NONE));
            columns.month.push(row.day.month().number());
            columns.leaf.push(row.facts.leaf.map_or(NONE, |leaf| u32::from(leaf.0)));
            columns.facets.push(Facets::of(row, book.leaf(row)).0);
            columns.common.push(side.is_some_and(|side| side.covered.contains(row.day)));
            columns.rolling.push(is_rolling);
            columns.currency.push(place.and_then(|place| u32::try_from(place).ok()).unwrap_or(NONE));
            columns.party.push(row.facts.party.map_or(NONE, |party| party.0));
            columns.neutral.push(row.is_neutral() || row.minor == 0);
            columns.high.push(row.minor >> LOW_BITS);
            columns.low.push(row.minor & i64::from(u32::MAX));
        }
        columns
    }

    fn sums(self, book: &Book<'_>) -> PolarsResult<Sums> {
        if book.rows.is_empty() {
            return Ok(Sums { cells: Vec::new(), parties: Vec::new() });
        }
        let currencies = self.currencies;
        let frame = DataFrame::new(
            book.rows.len(),
            vec![
                column("account", self.account),
                column("month", self.month),
                column("leaf", self.leaf),
                column("facets", self.facets),
                column("common", self.common),
                column("rolling", self.rolling),
                column("currency", self.currency),
                column("party", self.party),
                column("neutral", self.neutral),
                column("high", self.high),
                column("low", self.low),
            ],
        )?
        .lazy();
        let amounts = || [col("high").sum(), col("low").sum(), col("low").count().alias("count")];
        let keys = ["account", "month", "leaf", "facets", "common", "rolling"].map(col);
        let cells = frame.clone().group_by(keys).agg(amounts()).collect()?;
        let parties = frame
            .filter(col("common").and(col("neutral").not()))
            .with_column((col("high").gt_eq(polars::prelude::lit(0_i64))).alias("in"))
            .group_by(["currency", "party", "in"].map(col))
            .agg(amounts())
            .collect()?;
        Ok(Sums { cells: read_cells(&cells)?, parties: read_parties(&parties, &currencies)? })
    }
}

fn column<T>(name: &str, values: Vec<T>) -> Column
where
    Series: NamedFrom<Vec<T>, [T]>,
{
    Column::from(Series::new(name.into(), values))
}

fn read_cells(frame: &DataFrame) -> PolarsResult<Vec<Cell>> {
    let (account, month) = (frame.column("account")?.u32()?, frame.column("month")?.i32()?);
    let (leaf, facets) = (frame.column("leaf")?.u32()?, frame.column("facets")?.u32()?);
    let (common, rolling) = (frame.column("common")?.bool()?, frame.column("rolling")?.bool()?);
    let amounts = read_amounts(frame)?;
    let mut cells = Vec::with_capacity(amounts.len());
    for (at, (sum, count)) in amounts.into_iter().enumerate() {
        cells.push(Cell {
            account: some(account.get(at))?,
            month: some(month.get(at))?,
            leaf: u16::try_from(some(leaf.get(at))?).ok().map(LeafIndex),
            facets: Facets(some(facets.get(at))?),
            is_common: some(common.get(at))?,
            is_rolling: some(rolling.get(at))?,
            sum,
            count,
        });
    }
    // Groups come in no order.
    cells.sort_unstable();
    Ok(cells)
}

fn read_parties(frame: &DataFrame, currencies: &[Currency]) -> PolarsResult<Vec<PartyCell>> {
    let (currency, party) = (frame.column("currency")?.u32()?, frame.column("party")?.u32()?);
    let is_in = frame.column("in")?.bool()?;
    let mut parties = Vec::new();
    for (at, (sum, count)) in read_amounts(frame)?.into_iter().enumerate() {
        let place = usize::try_from(some(currency.get(at))?).ok();
        let Some(currency) = place.and_then(|place| currencies.get(place)) else { continue };
        let index = some(party.get(at))?;
        parties.push(PartyCell {
            currency: *currency,
            party: (index != NONE).then_some(PartyIndex(index)),
            is_in: some(is_in.get(at))?,
            sum,
            count,
        });
    }
    Ok(parties)
}

fn read_amounts(frame: &DataFrame) -> PolarsResult<Vec<(i128, u32)>> {
    let (high, low) = (frame.column("high")?.i64()?, frame.column("low")?.i64()?);
    let count = frame.column("count")?.u32()?;
    (0..frame.height())
        .map(|at| {
            let sum = (i128::from(some(high.get(at))?) << LOW_BITS) + i128::from(some(low.get(at))?);
            Ok((sum, some(count.get(at))?))
        })
        .collect()
}

/// No column has an empty place.
fn some<T>(value: Option<T>) -> PolarsResult<T> {
    value.ok_or_else(|| PolarsError::ComputeError("a sum is missing".into()))
}
