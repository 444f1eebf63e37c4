//! Balance sheets.

use super::accounts::{Ledger, add, head, sum};
use super::brush::Brush;
use super::words::{ASSETS, EQUITY, LIABILITIES, word};
use crate::random::Random;

type Lines = Vec<(&'static str, Vec<i64>)>;

struct Books {
    fixed: Lines,
    current: Lines,
    liabilities: Lines,
    equity: Lines,
}

pub(super) fn draw(brush: &mut Brush<'_>, random: &mut Random) {
    let mut ledger = Ledger::draw(brush, "balance_sheet", random);
    let mut layouts = vec!["assets, then claims", "without parts", "side by side"];
    if brush.style.country.tongue.code == "en" {
        layouts.push("net assets");
    }
    let layout = *random.pick(&layouts);
    (brush.kind, brush.layout, brush.is_proved) = ("balance_sheet", layout, true);
    if layout == "side by side" {
        ledger.columns = 1;
        ledger.has_notes = false;
    }
    let year = head(brush, &ledger, "balance", "as.at", random);
    let books = books(brush, &ledger, layout, random);
    match layout {
        "side by side" => side_by_side(brush, &mut ledger, &books, year),
        "net assets" => net_assets(brush, &mut ledger, &books, year),
        _ => report(brush, &mut ledger, &books, layout == "assets, then claims", year),
    }
}

fn books(brush: &Brush<'_>, ledger: &Ledger, layout: &str, random: &mut Random) -> Books {
    let style = brush.style;
    let named = |names: &'static [&'static str], random: &mut Random, low: i64, high: i64| -> Lines {
        let count = usize::try_from(random.between(2, 4)).unwrap_or(2).min(names.len());
        names[..count].iter().map(|name| (style.choose(name), ledger.amounts(random, low, high))).collect()
    };
    let language = style.language();
    let fixed = named(ASSETS[language][0], random, 3_000_000, 30_000_000);
    let current = named(ASSETS[language][1], random, 300_000, 9_000_000);
    let mut liabilities = named(LIABILITIES[language], random, 100_000, 1_500_000);
    let mut equity = named(EQUITY[language], random, 100_000, 900_000);
    // What the sides differ by was kept from the profits.
    let claims = add(&sum(&liabilities, ledger.columns), &sum(&equity, ledger.columns));
    let assets = add(&sum(&fixed, ledger.columns), &sum(&current, ledger.columns));
    let last = equity.len() - 1;
    equity[last].1 =
        equity[last].1.iter().zip(assets.iter().zip(&claims)).map(|(own, (a, c))| own + a - c).collect();
    if layout == "net assets" {
        for (_, amounts) in &mut liabilities {
            amounts.iter_mut().for_each(|minor| *minor = -*minor);
        }
    }
    Books { fixed, current, liabilities, equity }
}

fn part(
    brush: &mut Brush<'_>,
    ledger: &mut Ledger,
    heading: Option<&'static str>,
    lines: &Lines,
    total: Option<&'static str>,
) -> Vec<i64> {
    if let Some(heading) = heading {
        ledger.heading(brush, word(brush.style, heading));
    }
    let pen = brush.pen();
    for (label, amounts) in lines {
        ledger.line(brush, pen, 8.0, label, amounts);
    }
    let sum = sum(lines, ledger.columns);
    if let Some(total) = total {
        ledger.total(brush, word(brush.style, total), &sum);
    }
    sum
}

fn report(brush: &mut Brush<'_>, ledger: &mut Ledger, books: &Books, has_parts: bool, year: i16) {
    ledger.periods(brush, year);
    let part_total = |name: &'static str| has_parts.then_some(name);
    let fixed = part(brush, ledger, Some("fixed"), &books.fixed, part_total("total.fixed"));
    let current = part(brush, ledger, Some("current"), &books.current, part_total("total.current"));
    ledger.total(brush, word(brush.style, "total.assets"), &add(&fixed, &current));
    let debts = part(brush, ledger, Some("liabilities"), &books.liabilities, part_total("total.liabilities"));
    let equity = part(brush, ledger, Some("equity"), &books.equity, part_total("total.equity"));
    ledger.total(brush, word(brush.style, "total.claims"), &add(&debts, &equity));
}

fn net_assets(brush: &mut Brush<'_>, ledger: &mut Ledger, books: &Books, year: i16) {
    ledger.periods(brush, year);
    let fixed = part(brush, ledger, Some("fixed"), &books.fixed, Some("total.fixed"));
    let current = part(brush, ledger, Some("current"), &books.current, Some("total.current"));
    let debts = part(brush, ledger, Some("liabilities"), &books.liabilities, Some("total.liabilities"));
    let net = add(&add(&fixed, &current), &debts);
    ledger.total(brush, word(brush.style, "net.assets"), &net);
    part(brush, ledger, Some("equity"), &books.equity, Some("total.equity"));
}

fn side_by_side(brush: &mut Brush<'_>, ledger: &mut Ledger, books: &Books, year: i16) {
    let (left, right) = (brush.left(), brush.right());
    let middle = f32::midpoint(left, right);
    let top = brush.y;
    ledger.ends = (left, middle - 14.0);
    ledger.periods(brush, year);
    let fixed = part(brush, ledger, Some("fixed"), &books.fixed, Some("total.fixed"));
    let current = part(brush, ledger, Some("current"), &books.current, Some("total.current"));
    let assets_at = brush.y;
    brush.y = top;
    ledger.ends = (middle + 14.0, right);
    ledger.periods(brush, year);
    let facts = std::mem::take(&mut brush.facts);
    let first = ledger.lines + 1;
    ledger.lines = first;
    let equity = part(brush, ledger, Some("equity"), &books.equity, Some("total.equity"));
    let debts = part(brush, ledger, Some("liabilities"), &books.liabilities, Some("total.liabilities"));
    // Both totals stand on one line, below the longer side.
    brush.y = brush.y.max(assets_at);
    let end = brush.y;
    ledger.total(brush, word(brush.style, "total.claims"), &add(&debts, &equity));
    let claims = std::mem::replace(&mut brush.facts, facts);
    let lines = ledger.lines;
    brush.y = end;
    ledger.lines = first - 1;
    ledger.ends = (left, middle - 14.0);
    ledger.total(brush, word(brush.style, "total.assets"), &add(&fixed, &current));
    brush.facts.extend(claims);
    ledger.lines = lines;
}
