//! Profit and loss accounts and balance sheets: labels, a figure by period, and which lines a sum is made of.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::accounts_table::{ALIGNED, columns, sides, without_letterhead, without_note};
use super::figures::{Figure, Group, groups_of_whole};
use super::record::Record;
use super::sheet::Sheet;
use super::sums::{self, Entry, Terms};
use crate::lexicon::fold;
use smartexus_domain::{Finding, Rect, Source};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::paper) enum Paper {
    ProfitAndLoss,
    BalanceSheet,
}

impl Paper {
    const fn name(self) -> &'static str {
        match self {
            Self::ProfitAndLoss => "profit_and_loss",
            Self::BalanceSheet => "balance_sheet",
        }
    }
}

/// A heading may miss the right edge of its column by this, in points.
const HEAD_REACH: f64 = 30.0;
/// Lines of one account.
const LINES_MAX: usize = 400;

/// A label with one of these words is that of a sum.
const SUM_WORDS: &[&str] = &[
    "total",
    "totals",
    "subtotal",
    "summe",
    "gesamt",
    "gesamtsumme",
    "bilanzsumme",
    "totaux",
    "totale",
    "totali",
    "totais",
    "totaal",
    "zwischensumme",
    "sum",
    "gesamtertrag",
    "gesamtaufwand",
    "gesamtleistung",
];
/// A label that begins with one of these is that of a result: what is left of something.
const RESULTS: &str = "gross profit|gross margin|gross income|operating profit|operating income|operating result|operating loss|profit before|loss before|\
    income before|earnings before|ebit|ebitda|net income|net profit|net loss|net earnings|profit for|loss for|profit after|net result|net operating|\
    profit on ordinary|surplus|net assets|net current assets|net liabilities|total assets less|profit|\
    rohertrag|rohergebnis|bruttoergebnis|betriebsergebnis|ergebnis|jahresuberschuss|jahresfehlbetrag|reingewinn|gewinn|reinvermogen|\
    marge brute|marge commerciale|resultat|benefice|excedent brut|actif net|\
    margen bruto|resultado|beneficio|utilidad|activo neto|\
    utile|margine|risultato|reddito operativo|differenza tra|\
    lucro|margem bruta|resultado|ebitda|\
    brutowinst|bruto winst|brutomarge|bedrijfsresultaat|resultaat|nettowinst|netto winst|netto resultaat|winst|bruto marge";
/// The last line of a balance sheet's second side.
const CLAIMS: &str = "total liabilities and equity|total equity and liabilities|total liabilities and shareholders equity|\
    total liabilities and stockholders equity|total liabilities and owner s equity|total liabilities and net assets|\
    total liabilities and capital|summe passiva|passiva|bilanzsumme passiva|total passif|total du passif|total general passif|\
    total patrimonio neto y pasivo|total pasivo y patrimonio neto|total pasivo y patrimonio|totale passivo|totale passivo e patrimonio netto|\
    totale patrimonio netto e passivo|total do capital proprio e do passivo|total do passivo e capital proprio|total do capital proprio e passivo|\
    totaal passiva|total equity|shareholders funds|total shareholders funds|capital and reserves|total capital and reserves|equity shareholders funds";
const ASSETS: &str = "total assets|summe aktiva|bilanzsumme aktiva|total actif|total de l actif|total general actif|total activo|total del activo|\
    totale attivo|total do ativo|totaal activa|net assets|total net assets|total assets less total liabilities";
/// Words that say in which units figures are printed.
const THOUSANDS: &[&str] = &[
    "in thousands",
    "thousands",
    "in tausend",
    "tausend",
    "teur",
    "t eur",
    "keur",
    "k eur",
    "en milliers",
    "milliers",
    "miles de",
    "en miles",
    "in migliaia",
    "migliaia",
    "em milhares",
    "milhares",
    "x 1 000",
    "x 1000",
    "in duizenden",
    "duizenden",
];
const MILLIONS: &[&str] = &[
    "in millions",
    "millions",
    "in millionen",
    "mio",
    "en millions",
    "en millones",
    "in milioni",
    "em milhoes",
    "in miljoenen",
];
const HEAD_ROWS: usize = 16;

struct Line<'a> {
    page: u32,
    label: String,
    folded: String,
    source: Source,
    section: Option<String>,
    figures: Vec<Figure<'a>>,
    amounts: Vec<i64>,
}

pub(super) fn read(record: &mut Record<'_>, paper: Paper) {
    let scale = scale(&record.sheet);
    if let Some((factor, source)) = scale {
        record.notation.scale = factor;
        // Whoever sees that twelve became twelve thousand must see why.
        record.text(format!("{}.scale", paper.name()), factor.to_string(), source);
    }
    let groups: Vec<Group<'_>> =
        without_letterhead(groups_of_whole(&record.sheet)).into_iter().map(without_note).collect();
    let mut lines = Vec::new();
    for (place, side) in sides(groups).iter().enumerate() {
        let columns = columns(side);
        let own = self::lines(record, side, &columns);
        if place == 0 {
            periods(record, paper, &columns, &own);
        }
        lines.extend(own);
    }
    // Both sides of an account have the same columns.
    let width = lines.first().map_or(0, |line: &Line<'_>| line.amounts.len());
    if lines.is_empty() || lines.iter().any(|line| line.amounts.len() != width) {
        return;
    }
    let mut entries: Vec<Entry> = lines.iter().map(entry).collect();
    // Whatever it is called, an account ends in a sum.
    if let Some(last) = entries.last_mut() {
        (last.is_sum, last.is_result) = (true, true);
    }
    let (terms, left) = sums::find(&entries);
    for (index, line) in lines.iter().enumerate() {
        put(record, paper, index, line, terms.get(index).map(Vec::as_slice).unwrap_or_default());
    }
    roots(record, paper, &lines, &terms, &left);
    let currency = record.notation.currency;
    match lines.first().map(|line| line.source) {
        Some(source) if currency.is_known() => {
            record.text(format!("{}.currency", paper.name()), currency.code().to_owned(), source)
        }
        Some(source) => record
            .find(Finding::new("currency_unknown", "The account names no currency.").on_page(source.page)),
        None => {}
    }
}

/// By what the printed figures are to be multiplied, and where the paper says so.
fn scale(sheet: &Sheet<'_>) -> Option<(i64, Source)> {
    let head: Vec<(String, Source)> = sheet
        .lines
        .iter()
        .take(HEAD_ROWS)
        .map(|line| (line.text(), Source { page: line.page, bounds: line.bounds }))
        .collect();
    let says = |words: &[&str]| {
        let said = head.iter().find(|(line, _)| {
            let padded = format!(" {} ", fold(line));
            words.iter().any(|word| padded.contains(&format!(" {word} ")))
        });
        said.map(|(_, source)| *source)
    };
    let zeros = || head.iter().find(|(line, _)| leaves_zeros_out(line)).map(|(_, source)| *source);
    if let Some(source) = says(MILLIONS) {
        return Some((1_000_000, source));
    }
    Some((1_000, says(THOUSANDS).or_else(zeros)?))
}

/// "£'000", "EUR 000", "in 000s": the zeros that every figure lacks. Those of "12 000" or "12.000,00" are there.
fn leaves_zeros_out(line: &str) -> bool {
    const CURRENCY_LETTERS_MAX: usize = 3;
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_digit = |c: char| c.is_ascii_digit();
    words.iter().enumerate().any(|(at, word)| {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let Some(before) = bare.strip_suffix("000").or_else(|| bare.strip_suffix("000s")) else {
            return false;
        };
        let letters = before.chars().filter(|c| c.is_alphanumeric()).count();
        // "£000" begins anew, whatever stands before it.
        let follows_number = before.is_empty()
            && at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.ends_with(is_digit));
        let goes_on = words.get(at + 1).is_some_and(|word| word.starts_with(is_digit));
        !before.contains(is_digit) && letters <= CURRENCY_LETTERS_MAX && !follows_number && !goes_on
    })
}

/// Lines with a figure in every column; a heading without figures is the section of those below it.
fn lines<'a>(record: &mut Record<'a>, groups: &[Group<'a>], columns: &[f64]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for group in groups.iter().take(LINES_MAX) {
        let figures: Vec<Figure<'a>> = columns
            .iter()
            .filter_map(|edge| {
                group.figures.iter().find(|f| (f.token.bounds.x1 - edge).abs() <= ALIGNED).copied()
            })
            .collect();
        if figures.len() != columns.len() || figures.is_empty() {
            continue;
        }
        let amounts: Option<Vec<i64>> = figures.iter().map(|figure| record.notation.minor(figure)).collect();
        let Some(amounts) = amounts else {
            record.find(
                Finding::new("account_line_unread", "A figure of the account cannot be read.")
                    .on_page(group.page),
            );
            continue;
        };
        let bounds = group.bounds().or_else(|| figures.first().map(|f| f.token.bounds));
        let Some(bounds) = bounds else { continue };
        lines.push(Line {
            page: group.page,
            label: group.text(),
            folded: group.folded.clone(),
            source: Source { page: group.page, bounds },
            section: section(&record.sheet, group.row, bounds),
            figures,
            amounts,
        });
    }
    lines
}

/// The nearest line above that has a label and no figure, and begins no farther right.
fn section(sheet: &Sheet<'_>, row: usize, bounds: Rect) -> Option<String> {
    let page = sheet.lines.get(row)?.page;
    let above = (0..row).rev().filter_map(|above| Some((sheet.lines.get(above)?, sheet.rows.get(above)?)));
    for (line, cells) in above.take_while(|(line, _)| line.page == page) {
        let [cell] = cells.as_slice() else { continue };
        let is_heading = !line.has_money()
            && cell.tokens.iter().all(|t| t.date.is_none() && t.amount.is_none())
            && cell.bounds.x0 <= bounds.x0 + ALIGNED
            && cell.tokens.len() <= 8;
        if is_heading {
            return Some(cell.text());
        }
    }
    None
}

fn entry(line: &Line<'_>) -> Entry {
    let is_sum = line.folded.is_empty() || line.folded.split(' ').any(|word| SUM_WORDS.contains(&word));
    let is_result = begins_with(&line.folded, RESULTS);
    Entry {
        amounts: line.amounts.clone(),
        is_sum: is_sum || is_result,
        is_result: is_result || line.folded.is_empty(),
    }
}

fn begins_with(folded: &str, names: &str) -> bool {
    // "II. Betriebsergebnis", "3 Gross profit": a number in front says nothing.
    let bare = folded
        .split_once(' ')
        .filter(|(first, _)| first.len() <= 3 && !first.contains("net"))
        .map_or(folded, |(_, rest)| rest);
    names.split('|').map(str::trim).any(|name| {
        [folded, bare]
            .iter()
            .any(|text| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    })
}

fn put(record: &mut Record<'_>, paper: Paper, index: usize, line: &Line<'_>, terms: &[(bool, usize)]) {
    let key = format!("{}.line[{index}]", paper.name());
    let label = if line.label.is_empty() { "—".to_owned() } else { line.label.clone() };
    record.text(format!("{key}.label"), label, line.source);
    if let Some(section) = &line.section {
        record.text(format!("{key}.section"), section.clone(), line.source);
    }
    for (column, (figure, minor)) in line.figures.iter().zip(&line.amounts).enumerate() {
        record.amount(format!("{key}.amount[{column}]"), *minor, figure, line.page);
    }
    if !terms.is_empty() {
        let sums: Vec<String> = terms
            .iter()
            .map(|(is_added, term)| format!("{}{term}", if *is_added { '+' } else { '-' }))
            .collect();
        record.derived(format!("{key}.sums"), sums.join(" "), line.source);
    }
}

/// The lines that everything ends in: the result of the one, the two sides of the other.
fn roots(record: &mut Record<'_>, paper: Paper, lines: &[Line<'_>], terms: &[Terms], left: &[usize]) {
    let name = paper.name();
    let mut root = |key: &str, index: Option<usize>| {
        if let Some((index, line)) = index.and_then(|index| Some((index, lines.get(index)?))) {
            record.derived(format!("{name}.{key}_line"), index.to_string(), line.source);
        }
    };
    match paper {
        Paper::ProfitAndLoss => {
            let result = left.iter().rev().find(|index| terms.get(**index).is_some_and(|t| !t.is_empty()));
            root("result", result.copied());
        }
        Paper::BalanceSheet => {
            let named = |names: &str| {
                lines.iter().rposition(|line| names.split('|').any(|name| name.trim() == line.folded))
            };
            let (assets, claims) = match left {
                // Two sums are left, and they are equal: those are the sides, whatever they are called.
                [a, b] => (Some(*a), Some(*b)),
                _ => (named(ASSETS), named(CLAIMS)),
            };
            root("assets", assets);
            root("claims", claims);
        }
    }
}

/// What stands over each column: a year, a day, or words.
fn periods(record: &mut Record<'_>, paper: Paper, columns: &[f64], lines: &[Line<'_>]) {
    let Some(first) =
        lines.iter().filter_map(|line| line.figures.first()).map(|f| f.token.bounds.y0).reduce(f64::min)
    else {
        return;
    };
    let page = lines.first().map_or(1, |line| line.page);
    for (column, edge) in columns.iter().enumerate() {
        let over = record.sheet.rows.iter().flatten().filter(|cell| {
            cell.page == page
                && cell.bounds.y1 <= first
                && (cell.bounds.x1 - edge).abs() <= HEAD_REACH
                && cell.tokens.iter().any(|t| t.text.bytes().any(|b| b.is_ascii_digit()))
        });
        let nearest = over.max_by(|a, b| a.bounds.y1.total_cmp(&b.bounds.y1));
        if let Some(cell) = nearest {
            let source = Source { page, bounds: cell.bounds };
            record.text(format!("{}.period[{column}]", paper.name()), cell.text(), source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_left_out_where_no_number_has_them() {
        for line in ["£'000", "2025 2024 (£000)", "EUR 000", "in 000s", "All amounts in US$'000.", "$000s"]
        {
            assert!(leaves_zeros_out(line), "{line}");
        }
        for line in
            ["12.000,00", "12 000", "1 000 EUR", "Share capital 12,000", "000 123", "Konto 4000", "KONTO000"]
        {
            assert!(!leaves_zeros_out(line), "{line}");
        }
    }
}
