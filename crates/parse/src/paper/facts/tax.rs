//! Tax forms: which form, of which year, and its numbered boxes.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::figures::{self, Edge, Figure};
use super::record::Record;
use super::sheet::Cell;
use crate::lexicon::fold;
use crate::paper::line::{Line, Token, join};
use smartexus_domain::{Rect, Source};

/// Codes that name a form by themselves; they stand as a word of their own.
const CODES: &[&str] = &[
    "W-2",
    "W-2C",
    "W-2G",
    "W-3",
    "1040",
    "1040-SR",
    "1040-NR",
    "1040-X",
    "1065",
    "1120",
    "1120-S",
    "1099-NEC",
    "1099-MISC",
    "1099-INT",
    "1099-DIV",
    "1099-B",
    "1099-G",
    "1099-K",
    "1099-R",
    "1099-S",
    "1099-C",
    "SSA-1099",
    "1098",
    "1098-E",
    "1098-T",
    "1095-A",
    "1095-B",
    "1095-C",
    "K-1",
    "940",
    "941",
    "943",
    "944",
    "4506-C",
    "8829",
    "SA100",
    "SA102",
    "SA103",
    "SA105",
    "SA302",
    "SA800",
    "P60",
    "P45",
    "P11D",
    "P800",
    "CT600",
    "T4",
    "T4A",
    "T5",
    "T1",
    "T2",
    "T2125",
    "NR4",
    "BAS",
    "IAS",
];
/// Codes that are also numbers or short names count only where the paper says "form" in front of them, or is about tax.
const SHORT_CODES: &[&str] = &[
    "1040", "1065", "1120", "940", "941", "943", "944", "1098", "8829", "K-1", "T4", "T5", "T1", "T2", "BAS",
    "IAS", "P45", "P60",
];
/// Codes stand among the first or last lines of a page, in large print or beside the word.
const CODE_LINES: usize = 14;
const TAX_WORDS: &[&str] = &[
    "tax", "irs", "hmrc", "revenue", "treasury", "steuer", "impot", "impots", "hacienda", "fisc", "taxation",
];
/// A label ends where the next cell begins; its figure stands below it within this many font sizes.
const BELOW_PITCH: f64 = 3.2;
const BELOW_ROWS: usize = 3;
const BOXES_MAX: usize = 400;

/// The code of the form, where the page prints one.
pub(in crate::paper) fn code(lines: &[Line]) -> Option<(String, Source)> {
    let tail = lines.len().saturating_sub(4);
    let edge = || {
        lines
            .iter()
            .enumerate()
            .filter(|(index, _)| *index < CODE_LINES || *index >= tail)
            .map(|(_, line)| line)
    };
    let is_about_tax = lines
        .iter()
        .take(CODE_LINES * 2)
        .any(|line| fold(&line.text()).split(' ').any(|word| TAX_WORDS.contains(&word)));
    for line in edge() {
        for (index, token) in line.tokens.iter().enumerate() {
            // A number with its neighbour may have been taken for one token.
            let bare = token.text.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_uppercase();
            let before =
                index.checked_sub(1).and_then(|at| line.tokens.get(at)).map(|token| fold(&token.text));
            let is_form = matches!(before.as_deref(), Some("form" | "schedule" | "formular" | "forms"));
            let is_long = !SHORT_CODES.contains(&bare.as_str());
            let is_code = CODES.contains(&bare.as_str());
            if is_code
                && (is_form || (is_about_tax && (is_long || line.tokens.len() <= 8 && !token.is_money())))
            {
                return Some((bare, Source { page: line.page, bounds: token.bounds }));
            }
        }
    }
    None
}

pub(super) fn read(record: &mut Record<'_>) {
    let lines = record.sheet.lines;
    if let Some((code, source)) = code(lines) {
        record.text("tax_form.code", code, source);
    }
    if let Some((year, source)) = year(lines) {
        record.text("tax_form.year", year, source);
    }
    boxes(record);
}

/// The year after such words, else the first year alone among the first lines.
fn year(lines: &[Line]) -> Option<(String, Source)> {
    const LABELS: &[&str] = &[
        "tax year",
        "year ending",
        "year ended",
        "for the year",
        "calendar year",
        "year to 5 april",
        "steuerjahr",
        "fur das jahr",
        "jahr",
        "kalenderjahr",
        "annee",
        "ejercicio",
        "anno",
        "ano",
        "jaar",
        "year",
        "income year",
        "periodo d imposta",
        "revenus de",
        "to 5 april",
    ];
    let years = |line: &Line| {
        line.tokens
            .iter()
            .flat_map(|t| {
                t.text
                    .split([' ', '/', '-', '\u{2013}', ',', '.'])
                    .map(str::to_owned)
                    .map(move |w| (w, t.bounds))
            })
            .filter(|(word, _)| {
                word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1990..=2099).contains(&year))
            })
            .collect::<Vec<_>>()
    };
    let labelled = lines.iter().find(|line| {
        let padded = format!(" {} ", fold(&line.text()));
        LABELS.iter().any(|label| padded.contains(&format!(" {label} "))) && !years(line).is_empty()
    });
    let line = labelled.or_else(|| lines.iter().take(CODE_LINES).find(|line| !years(line).is_empty()))?;
    // "2024/25" and "2025 to 2026" end in the year that is taxed last.
    let (_, bounds) = years(line).first().cloned()?;
    let text =
        span(line).unwrap_or_else(|| years(line).first().map(|(year, _)| year.clone()).unwrap_or_default());
    Some((text, Source { page: line.page, bounds }))
}

/// `2024/25`, `2024-25`, as printed.
fn span(line: &Line) -> Option<String> {
    line.tokens.iter().flat_map(|token| token.text.split(' ')).find_map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_digit());
        let (year, next) = bare.split_once(['/', '-', '\u{2013}'])?;
        let digits =
            |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        (digits(year, 4) && (digits(next, 2) || digits(next, 4))).then(|| bare.to_owned())
    })
}

/// Cells that begin with the number of a box; the value stands behind, beside or below the label.
fn boxes(record: &mut Record<'_>) {
    let edges = figures::edges(record.sheet.lines);
    let mut seen: Vec<String> = Vec::new();
    for row in 0..record.sheet.rows.len() {
        let found = box_of(record, row, &edges);
        for Box { number, label, label_source, value } in found {
            if seen.contains(&number) || seen.len() >= BOXES_MAX {
                continue;
            }
            let Some((token, page)) = value else { continue };
            record.text(format!("tax_form.box[{number}].label"), label, label_source);
            let figure = Figure { token, is_nil: false };
            if record.figure(format!("tax_form.box[{number}].value"), &figure, page).is_some() {
                seen.push(number);
            }
        }
    }
}

struct Box<'a> {
    number: String,
    label: String,
    label_source: Source,
    value: Option<(&'a Token, u32)>,
}

fn box_of<'a>(record: &Record<'a>, row: usize, edges: &[Edge]) -> Vec<Box<'a>> {
    let Some(cells) = record.sheet.rows.get(row) else { return Vec::new() };
    let mut found = Vec::new();
    for (column, cell) in cells.iter().enumerate() {
        let Some((number, taken)) = box_number(cell, cells.get(column + 1)) else { continue };
        // The label may stand in the next cell, where the number has a column of its own.
        let is_alone = cell.tokens.len() == taken;
        let named = if is_alone { cells.get(column + 1) } else { Some(cell) };
        let Some(named) = named else { continue };
        let words: Vec<&Token> = named
            .tokens
            .iter()
            .skip(if is_alone { 0 } else { taken })
            .take_while(|token| figures::figure(token, cell.page, edges).is_none() && !token.is_bare_mark())
            .collect();
        let label = join(words.iter().copied());
        let Some(bounds) = words.iter().map(|token| token.bounds).reduce(Rect::union) else { continue };
        if label.chars().filter(|c| c.is_alphabetic()).count() < 3 {
            continue;
        }
        let after = cells.get(column + 1 + usize::from(is_alone));
        let value = figure_in(named, edges)
            .or_else(|| after.filter(|c| box_number(c, None).is_none()).and_then(|c| figure_in(c, edges)))
            .or_else(|| last_figure(record, row, edges))
            .or_else(|| below(record, row, named, edges));
        found.push(Box { number, label, label_source: Source { page: cell.page, bounds }, value });
    }
    found
}

/// "1", "2a", "12b.", "Box 5", "Line 7": and how many tokens that takes.
fn box_number(cell: &Cell<'_>, next: Option<&Cell<'_>>) -> Option<(String, usize)> {
    let first = cell.tokens.first()?;
    let is_word = matches!(
        fold(&first.text).as_str(),
        "box"
            | "line"
            | "zeile"
            | "ligne"
            | "casilla"
            | "rigo"
            | "quadro"
            | "punto"
            | "case"
            | "rubriek"
            | "campo"
            | "feld"
    );
    let (token, taken) = if is_word { (cell.tokens.get(1)?, 2) } else { (first, 1) };
    let bare = token.text.trim_matches(['.', ')', '(', ':', '[', ']']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let letters = bare.get(digits..)?;
    let is_number = (1..=3).contains(&digits)
        && letters.len() <= 1
        && letters.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_uppercase());
    let has_label =
        cell.tokens.len() > taken || next.is_some_and(|next| next.tokens.iter().any(Token::is_text));
    (is_number && has_label).then(|| (bare.to_owned(), taken))
}

fn figure_in<'a>(cell: &Cell<'a>, edges: &[Edge]) -> Option<(&'a Token, u32)> {
    cell.tokens
        .iter()
        .rev()
        .find(|token| token.is_money() && figures::figure(token, cell.page, edges).is_some())
        .map(|token| (token, cell.page))
}

/// The only figure of a line with one number.
fn last_figure<'a>(record: &Record<'a>, row: usize, edges: &[Edge]) -> Option<(&'a Token, u32)> {
    let line = record.sheet.lines.get(row)?;
    let numbers = record.sheet.rows.get(row)?.iter().filter(|cell| box_number(cell, None).is_some()).count();
    let figures: Vec<&Token> = line
        .tokens
        .iter()
        .filter(|token| figures::figure(token, line.page, edges).is_some() && token.is_money())
        .collect();
    match figures.as_slice() {
        [only] if numbers <= 1 => Some((only, line.page)),
        _ => None,
    }
}

/// The nearest figure below the label and not right of the next one.
fn below<'a>(record: &Record<'a>, row: usize, label: &Cell<'_>, edges: &[Edge]) -> Option<(&'a Token, u32)> {
    let until = record
        .sheet
        .rows
        .get(row)?
        .iter()
        .map(|cell| cell.bounds.x0)
        .filter(|x| *x > label.bounds.x1)
        .fold(f64::MAX, f64::min);
    let size = label.tokens.first().map_or(8.0, |token| token.size).max(7.0);
    for next in row + 1..=row + BELOW_ROWS {
        let line = record.sheet.lines.get(next)?;
        if line.page != label.page || line.bounds.mid_y() - label.bounds.mid_y() > BELOW_PITCH * size {
            return None;
        }
        let found = line.tokens.iter().find(|token| {
            token.is_money()
                && figures::figure(token, line.page, edges).is_some()
                && token.bounds.x1 > label.bounds.x0
                && token.bounds.x0 < until - 1.0
        });
        if let Some(token) = found {
            return Some((token, line.page));
        }
    }
    None
}
