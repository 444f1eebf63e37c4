//! Profit and loss accounts and balance sheets: lines, and sums that name the lines they are made of.

use super::sheet::Sheet;
use super::{Decimal, Equation, PaperEquations};

/// Most lines of one account.
const LINES_MAX: usize = 1_000;

struct Line<'a> {
    label: &'a str,
    amounts: Vec<Decimal>,
    /// Sign and line of each term; empty for a line that is no sum.
    terms: Vec<(bool, usize)>,
}

pub(super) fn profit_and_loss(sheet: &Sheet<'_>) -> PaperEquations {
    let Some(lines) = lines(sheet, "profit_and_loss") else { return PaperEquations::none() };
    let mut equations = sums(&lines, "profit_and_loss_sum_mismatch");
    let root = line_number(sheet, "profit_and_loss.result_line");
    let is_whole = root
        .is_some_and(|root| covers(&lines, &[root]) && lines.get(root).is_some_and(|l| l.terms.len() > 1));
    equations.dedup();
    PaperEquations::of(equations, is_whole)
}

pub(super) fn balance_sheet(sheet: &Sheet<'_>) -> PaperEquations {
    let Some(lines) = lines(sheet, "balance_sheet") else { return PaperEquations::none() };
    let mut equations = sums(&lines, "balance_sheet_sum_mismatch");
    let sides = ["assets", "claims"].map(|side| line_number(sheet, &format!("balance_sheet.{side}_line")));
    let [Some(assets), Some(claims)] = sides else { return PaperEquations::of(equations, false) };
    let (Some(left), Some(right)) = (lines.get(assets), lines.get(claims)) else {
        return PaperEquations::of(equations, false);
    };
    let about = format!("{} = {}", left.label, right.label);
    for (a, b) in left.amounts.iter().zip(&right.amounts) {
        equations.push(Equation::new("balance_sheet_mismatch", about.clone(), *a, *b));
    }
    let is_whole =
        assets != claims && left.amounts.len() == right.amounts.len() && covers(&lines, &[assets, claims]);
    PaperEquations::of(equations, is_whole)
}

fn line_number(sheet: &Sheet<'_>, key: &str) -> Option<usize> {
    sheet.text(key)?.parse().ok()
}

/// `None` where there is no line, or one without an amount, or a sum of lines that do not stand before it.
fn lines<'a>(sheet: &Sheet<'a>, paper: &str) -> Option<Vec<Line<'a>>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for index in 0..LINES_MAX {
        let key = format!("{paper}.line[{index}]");
        let Some(label) = sheet.text(&format!("{key}.label")) else { break };
        let amounts = sheet.row(&format!("{key}.amount"));
        let terms = sheet.text(&format!("{key}.sums")).map_or(Some(Vec::new()), terms)?;
        if amounts.is_empty() || terms.iter().any(|(_, line)| *line >= index) {
            return None;
        }
        lines.push(Line { label, amounts, terms });
    }
    (!lines.is_empty()).then_some(lines)
}

/// `+0 +1 -3`
fn terms(text: &str) -> Option<Vec<(bool, usize)>> {
    let term = |word: &str| {
        let (sign, line) = word.split_at_checked(1)?;
        Some((sign == "+", line.parse().ok().filter(|_| sign == "+" || sign == "-")?))
    };
    text.split_ascii_whitespace().map(term).collect()
}

fn sums(lines: &[Line<'_>], code: &'static str) -> Vec<Equation> {
    let mut equations = Vec::new();
    for line in lines.iter().filter(|line| !line.terms.is_empty()) {
        for (column, found) in line.amounts.iter().enumerate() {
            let mut expected = Decimal::default();
            for (is_added, term) in &line.terms {
                let amount =
                    lines.get(*term).and_then(|l| l.amounts.get(column)).copied().unwrap_or_default();
                expected = if *is_added { expected.plus(amount) } else { expected.minus(amount) };
            }
            equations.push(Equation::new(
                code,
                format!("sum of the lines = {}", line.label),
                expected,
                *found,
            ));
        }
    }
    equations
}

/// Whether every line is part of the roots, at whatever depth, and none of it twice.
fn covers(lines: &[Line<'_>], roots: &[usize]) -> bool {
    let mut uses = vec![0_usize; lines.len()];
    for root in roots {
        if let Some(uses) = uses.get_mut(*root) {
            *uses += 1;
        }
    }
    for line in lines {
        for (_, term) in &line.terms {
            if let Some(uses) = uses.get_mut(*term) {
                *uses += 1;
            }
        }
    }
    uses.iter().all(|uses| *uses == 1)
}
