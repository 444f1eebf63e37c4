//! The ledgers of a case to figures.

use crate::choices::Choices;
use crate::error::AnalyzeError;
use crate::exact::Computed;
use crate::ledger::{Account, Book};
use crate::limits::Limits;
use crate::made::{affordability, prequalification, statements};
use crate::metric::{
    Maker, Noted, averages, balances, concentration, coverage, covered_accounts, debt, expected_holdback,
    flow, noted, returned, revenue, trends,
};
use crate::rows::CaseRows;
use crate::scope::{Scope, Side};
use crate::structure::{Positions, income_streams, missing_accounts, positions, recurring, tagged};
use crate::sums::Sums;
use smartexus_domain::{Case, Currency, Figure, Figures, Finding};
use std::collections::BTreeMap;

/// Version of the formulas; figures of two versions are not compared.
pub const FORMULAS: u32 = 1;

/// Computes every figure of a case. `rows` are those of its documents, in any order.
///
/// # Errors
/// [`AnalyzeError`] where a limit is passed. A metric that cannot be computed says why and is no error.
pub fn analyze(
    case: &Case,
    rows: &CaseRows<'_>,
    choices: &Choices,
    limits: &Limits,
) -> Result<Figures, AnalyzeError> {
    let book = Book::open(case, rows, choices, *limits)?;
    let all: BTreeMap<Currency, Side> =
        book.currencies().into_iter().map(|currency| (currency, Side::all(&book, currency))).collect();
    let sums = Sums::of(&book, &all)?;
    let series = recurring(&book);
    let positions = positions(&book, choices);
    let mut figures = empty(&book, choices);
    let ones = (0..book.accounts.len()).filter_map(|at| Side::one(&book, at));
    let desk = Desk { book: &book, sums: &sums, choices, positions: &positions };
    let mut tags = Vec::new();
    for side in ones.collect::<Vec<_>>().iter().chain(all.values()) {
        tags.extend(desk.side(side, &mut figures));
    }
    for side in all.values() {
        figures.affordability.push(affordability(&book, &sums, choices, side));
        figures.statements.extend(statements(&book, &sums, side));
    }
    figures.income_streams = income_streams(&book, &series);
    figures.missing_accounts = missing_accounts(&book);
    figures.tagged = tagged(&book, &series, tags);
    figures.recurring = series.into_iter().map(|recurring| recurring.series).collect();
    figures.prequalification = prequalification(choices, &figures.figures);
    figures.findings.extend(findings(&book, all.values()));
    figures.positions = positions.0.into_iter().map(|held| held.position).collect();
    Ok(figures)
}

fn empty(book: &Book<'_>, choices: &Choices) -> Figures {
    Figures {
        schema: Figures::SCHEMA.to_owned(),
        formulas: FORMULAS,
        as_of: book.as_of.map(crate::day::Day::date),
        choices: choices.shown(book.names.analyst.defaults()),
        accounts: covered_accounts(book),
        figures: Vec::new(),
        cash_flow: Vec::new(),
        recurring: Vec::new(),
        income_streams: Vec::new(),
        positions: Vec::new(),
        concentration: Vec::new(),
        returned_items: Vec::new(),
        noted: Vec::new(),
        missing_accounts: Vec::new(),
        tagged: Vec::new(),
        affordability: Vec::new(),
        prequalification: Vec::new(),
        statements: Vec::new(),
        findings: Vec::new(),
    }
}

/// What all sides are computed from.
struct Desk<'d> {
    book: &'d Book<'d>,
    sums: &'d Sums,
    choices: &'d Choices,
    positions: &'d Positions,
}

impl Desk<'_> {
    fn maker<'m>(&'m self, scope: &'m Scope<'m>) -> Maker<'m> {
        Maker { book: self.book, sums: self.sums, choices: self.choices, scope }
    }

    /// One account or all of a currency: the whole, every month, the last 30 days. Returns rows by tag.
    fn side(&self, side: &Side, into: &mut Figures) -> Vec<(&'static str, Vec<crate::ledger::RowIndex>)> {
        let whole = Scope::whole(self.book, side);
        let maker = self.maker(&whole);
        into.figures.extend(coverage(&maker));
        self.any_period(&maker, into);
        into.figures.extend(averages(&maker));
        into.figures.extend(trends(&maker));
        let found = returned(&maker);
        into.figures.extend(found.figures);
        into.returned_items.extend(found.items);
        into.findings.extend(found.findings);
        let mut tags = Vec::new();
        if side.is_all() {
            let (figures, shares) = concentration(&maker);
            into.figures.extend(figures);
            into.concentration.extend(shares);
            into.figures.push(self.stacking(&maker));
        } else {
            let Noted { figures, rows, tagged } = noted(&maker);
            into.figures.extend(figures);
            into.noted.extend(rows);
            tags = tagged;
        }
        let months = side.months();
        let periods = months.into_iter().map(|month| Scope::month(self.book, side, month));
        for scope in periods.chain([Scope::rolling(self.book, side)]) {
            let maker = self.maker(&scope);
            let Some(flow) = flow(&maker) else { continue };
            into.cash_flow.push(flow);
            self.any_period(&maker, into);
        }
        tags
    }

    /// What makes sense of any period.
    fn any_period(&self, maker: &Maker<'_>, into: &mut Figures) {
        into.figures.extend(balances(maker));
        into.figures.extend(revenue(maker));
        into.figures.extend(debt(maker));
        if maker.scope.side.is_all() {
            let (expected, rows) = self.positions.expected(maker.scope.side.currency, &maker.scope.days);
            into.figures.extend(expected_holdback(maker, expected, rows));
        }
    }

    fn stacking(&self, maker: &Maker<'_>) -> Figure {
        let held: Vec<_> = self.positions.stacked(maker.scope.side.currency).collect();
        let rows = held.iter().flat_map(|held| held.rows.iter().copied()).collect();
        let count: Computed = Ok(i128::try_from(held.len()).unwrap_or(i128::MAX));
        let figure = maker.figure("stacking", smartexus_domain::FigureUnit::Count, count, rows);
        let names: Vec<&str> = held.iter().map(|held| held.position.lender.as_str()).collect();
        if names.is_empty() { figure } else { Figure { note: Some(names.join(", ")), ..figure } }
    }
}

/// What a person should know about the figures as a whole.
fn findings<'s>(book: &Book<'_>, all: impl Iterator<Item = &'s Side>) -> Vec<Finding> {
    let counted = |code, count: usize, message: &str| {
        (count > 0).then(|| Finding::new(code, format!("{count} {message}")))
    };
    let outside = |account: &Account<'_>| {
        book.rows_of(account).filter(|(_, row)| !account.covered.contains(row.day)).count()
    };
    let outside: usize = book.accounts.iter().map(outside).sum();
    let not_common: usize = all
        .map(|side| {
            let own = side.accounts.iter().filter_map(|at| book.accounts.get(*at));
            own.flat_map(|account| book.rows_of(account)).filter(|(_, row)| !side.counts(row)).count()
        })
        .sum();
    [
        counted("rows_not_counted", book.rows_unread, "rows of the ledgers are no amounts of their currency and are in no figure."),
        counted("rows_without_document", book.rows_without_document, "rows of the ledgers are in no document that was given; they have no category."),
        counted("rows_outside_coverage", outside, "rows lie on days that no statement covers; they count for their account and not over all accounts."),
        counted("rows_not_on_common_days", not_common, "rows lie on days that not every account of their currency covers; figures over all accounts leave them out."),
    ]
    .into_iter()
    .flatten()
    .collect()
}
