//! What debt costs (mission 5.7, 5.8). Magnitudes, never signed sums: a ratio below zero would say nothing.

use super::revenue::{categorized, total};
use super::{Maker, noted_with};
use crate::choices::Choices;
use crate::exact::{Computed, negated, ratio};
use crate::facet::{Facet, Facets};
use crate::ledger::{Row, RowIndex};
use smartexus_domain::{Figure, NotComputable};

/// Every figure of debt of a scope.
pub(crate) fn debt(maker: &Maker<'_>) -> Vec<Figure> {
    let paid = |facet| categorized(maker, facet).and_then(negated);
    let (revenue, service, mca) = (categorized(maker, Facet::Included), paid(Facet::Debt), paid(Facet::Mca));
    let operating = total(maker, Facet::Operating).and_then(negated);
    let holdback = mca.and_then(|mca| ratio(mca, positive(revenue?)?));
    let dscr = service.and_then(|service| {
        let left = revenue?.checked_sub(operating?).ok_or(NotComputable::TooLarge)?;
        ratio(left, positive(service)?)
    });
    let dti = service.and_then(|service| {
        positive(service)?;
        ratio(service, positive(categorized(maker, Facet::Income)?)?)
    });
    let rows = |facets: &[Facet]| rows_with(maker, facets);
    vec![
        maker.money("debt_service", service, rows(&[Facet::Debt])),
        maker.ratio("holdback_actual", holdback, rows(&[Facet::Mca, Facet::Included])),
        maker.ratio("dscr", dscr, rows(&[Facet::Included, Facet::Operating, Facet::Debt])),
        maker.ratio("dti", dti, rows(&[Facet::Debt, Facet::Income])),
    ]
}

/// Payments that funders expect, by revenue; and the greater of both with its band. `expected` is the sum of typical
/// payments × due dates in the period, positive.
pub(crate) fn expected_holdback(maker: &Maker<'_>, expected: Computed, rows: Vec<RowIndex>) -> Vec<Figure> {
    let revenue = categorized(maker, Facet::Included);
    let expected = expected.and_then(|expected| ratio(expected, positive(revenue?)?));
    let actual =
        categorized(maker, Facet::Mca).and_then(negated).and_then(|mca| ratio(mca, positive(revenue?)?));
    let burden = match (actual, expected) {
        (Ok(actual), Ok(expected)) => Ok(actual.max(expected)),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
        (Err(reason), Err(_)) => Err(reason),
    };
    let figure = maker.ratio("burden", burden, rows_with(maker, &[Facet::Mca, Facet::Included]));
    let figure = match burden {
        Ok(value) => noted_with(figure, band(maker.choices, value)),
        Err(_) => figure,
    };
    vec![maker.ratio("holdback_expected", expected, rows), figure]
}

fn band(choices: &Choices, value: i128) -> String {
    let (high, medium) = (choices.holdback_high, choices.holdback_medium);
    if value >= high.scaled() {
        format!("high: from {high}")
    } else if value >= medium.scaled() {
        format!("medium: from {medium}")
    } else {
        format!("low: below {medium}")
    }
}

/// A divisor of zero has no quotient, and no debt is no coverage without end.
fn positive(value: i128) -> Computed {
    if value > 0 { Ok(value) } else { Err(NotComputable::DividesByZero) }
}

fn rows_with(maker: &Maker<'_>, facets: &[Facet]) -> Vec<RowIndex> {
    let has = |row: &Row<'_>| {
        let of = Facets::of(row, maker.book.leaf(row));
        facets.iter().any(|facet| of.has(*facet))
    };
    maker.scope.rows_that(maker.book, has)
}
