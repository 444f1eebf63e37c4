//! Profit and loss accounts.

use super::accounts::{Costs, Ledger, add, head, sum};
use super::brush::Brush;
use super::words::{OPERATING, SALES, SECTIONS, word};
use crate::random::Random;

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let mut ledger = Ledger::draw(brush, "profit_and_loss", random);
    let layout =
        *random.pick(&["sections with totals", "short", "with cost of sales", "to the result after tax"]);
    (brush.kind, brush.layout, brush.is_proved) = ("profit_and_loss", layout, true);
    let year = head(brush, &ledger, "profit", "year.ended", random);
    ledger.periods(brush, year);
    let sign = if ledger.costs == Costs::Bare { 1 } else { -1 };
    let style = brush.style;
    let sales = named(brush, &SALES, 1, 3, random, &ledger, (9_000_000, 90_000_000), 1);
    let revenue = part(brush, &mut ledger, Some((SECTIONS[0], "total.revenue")), &sales);
    let mut result = revenue;
    if layout != "short" {
        let costs = ledger
            .amounts(random, 2_000_000, 5_000_000)
            .into_iter()
            .map(|minor| minor * sign)
            .collect::<Vec<_>>();
        let pen = brush.pen();
        ledger.line(brush, pen, 0.0, word(style, "section.cost"), &costs);
        result = less(&result, &costs, sign);
        ledger.total(brush, word(style, "pl.gross"), &result);
    }
    let spent = named(brush, &OPERATING, 3, 8, random, &ledger, (20_000, 900_000), sign);
    let overheads = part(brush, &mut ledger, Some((SECTIONS[2], "total.operating")), &spent);
    result = less(&result, &overheads, sign);
    let last = if layout == "to the result after tax" { "operating" } else { "pl.net" };
    ledger.total(brush, word(style, last), &result);
    if layout == "to the result after tax" {
        let pen = brush.pen();
        for (label, total) in [("interest", "before.tax"), ("income.tax", "pl.net")] {
            let costs: Vec<i64> =
                ledger.amounts(random, 10_000, 300_000).into_iter().map(|minor| minor * sign).collect();
            ledger.line(brush, pen, 0.0, word(style, label), &costs);
            result = less(&result, &costs, sign);
            ledger.total(brush, word(style, total), &result);
        }
    }
}

fn less(result: &[i64], costs: &[i64], sign: i64) -> Vec<i64> {
    add(result, &costs.iter().map(|minor| -minor.abs() * sign.abs()).collect::<Vec<_>>())
}

#[expect(clippy::too_many_arguments, reason = "one draw of lines")]
fn named(
    brush: &Brush<'_>,
    names: &'static [&'static [&'static str]; 7],
    least: i64,
    most: i64,
    random: &mut Random,
    ledger: &Ledger,
    (low, high): (i64, i64),
    sign: i64,
) -> Vec<(&'static str, Vec<i64>)> {
    let names = names[brush.style.language()];
    let count = usize::try_from(random.between(least, most)).unwrap_or(1).min(names.len());
    names[..count]
        .iter()
        .map(|name| {
            let amounts = ledger.amounts(random, low, high).into_iter().map(|minor| minor * sign).collect();
            (brush.style.choose(name), amounts)
        })
        .collect()
}

/// Lines under a heading with their total; a single line needs neither.
fn part(
    brush: &mut Brush<'_>,
    ledger: &mut Ledger,
    heading: Option<(&'static str, &'static str)>,
    lines: &[(&'static str, Vec<i64>)],
) -> Vec<i64> {
    let total = sum(lines, ledger.columns);
    let pen = brush.pen();
    if let ([(label, amounts)], _) = (lines, heading) {
        ledger.line(brush, pen, 0.0, label, amounts);
        return total;
    }
    if let Some((heading, _)) = heading {
        ledger.heading(brush, word(brush.style, heading));
    }
    for (label, amounts) in lines {
        ledger.line(brush, pen, 10.0, label, amounts);
    }
    if let Some((_, name)) = heading {
        ledger.total(brush, word(brush.style, name), &total);
    }
    total
}
