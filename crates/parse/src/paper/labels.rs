//! Labelled amounts outside the rows: "Opening balance … 1,250.00", summary boxes, totals, carries.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::line::{Line, TextCell, Token};
use crate::lexicon::{self, Label, Section, fold};
use smartexus_domain::{DateToken, PageMethod};

/// A value may stand this many line heights below its label.
const BELOW_PITCH: f64 = 2.6;
/// "of", "on", "the", "31": no word of so few letters names a shop.
const SMALL_WORD: usize = 3;

/// A label with the amount it names.
#[derive(Debug, Clone)]
pub(super) struct Labelled {
    pub(super) label: Label,
    pub(super) strict: bool,
    /// The words say that the balance is owed ("solde débiteur", "overdrawn").
    pub(super) owed: bool,
    /// The amount's token: index of line and token.
    pub(super) at: (usize, usize),
    pub(super) date: Option<DateToken>,
}

/// Every label of a line that finds its amount, on the line or right below it.
pub(super) fn find(lines: &[Line], index: usize) -> Vec<Labelled> {
    let Some(line) = lines.get(index) else { return Vec::new() };
    let cells = line.text_cells();
    let mut found = Vec::new();
    for (number, cell) in cells.iter().enumerate() {
        let mut folded = fold(&cell.text);
        let mut named = leading_label(&folded);
        if let (None, Some(respelled)) = (named, respelled(line, &folded)) {
            folded = respelled;
            named = leading_label(&folded).filter(|(_, words)| names_nothing_else(&folded, *words));
        }
        if is_worn_owed(line, cell, &folded) {
            named = Some((Label::Closing, 2));
        }
        let Some((label, words)) = named else { continue };
        // Only its accent tells what is owed from a balance at a date.
        let label = if cell.text.to_lowercase() == "solde dû" { Label::Closing } else { label };
        // A count between label and amount ("Ending balance  53  $6,258.46") is no label of its own.
        let worded = |next: &&TextCell| next.text.chars().any(char::is_alphabetic);
        let next_start =
            cells.iter().skip(number + 1).find(worded).map_or(usize::MAX, |next| next.tokens.start);
        let value = beside(line, cell, next_start)
            .map(|token| (index, token))
            .or_else(|| below(lines, index, cell))
            .or_else(|| only_amount(line).map(|token| (index, token)));
        let Some(at) = value else { continue };
        let date = label_date(line, cell, next_start);
        if label == Label::BalanceAt && date.is_none() {
            continue;
        }
        let first = folded.split(' ').take(words).collect::<Vec<_>>();
        let strict = first.iter().any(|w| w.starts_with("tot") || matches!(*w, "summe" | "gesamt" | "sum"));
        let owed = folded
            .split(' ')
            .any(|w| matches!(w, "debiteur" | "debiteurs" | "overdrawn" | "deudor" | "debitore" | "debitor"));
        found.push(Labelled { label, strict, owed, at, date });
    }
    found
}

/// "Solde dû" without its accent, as a recognizer of English reads it, and not a balance at a date.
fn is_worn_owed(line: &Line, cell: &TextCell, folded: &str) -> bool {
    line.method != PageMethod::Text
        && matches!(folded, "solde du" | "solde da")
        && label_date(line, cell, usize::MAX).is_none()
}

/// What a recognizer may have misread a letter of.
fn respelled(line: &Line, folded: &str) -> Option<String> {
    if line.method == PageMethod::Text { None } else { lexicon::respelled(folded) }
}

/// Whether words that were put right are a label and nothing but one: "COMPRA LIVRARIA CAIS 4" is a row, one letter from
/// the sum of all purchases.
fn names_nothing_else(folded: &str, words: usize) -> bool {
    folded.split(' ').skip(words).all(|word| word.len() <= SMALL_WORD || lexicon::is_of_statements(word))
}

/// The label a text starts with; small words and a count in front do not matter ("12 deposits/credits").
fn leading_label(folded: &str) -> Option<(Label, usize)> {
    let mut rest = folded;
    for _ in 0..3 {
        if let Some(found) = lexicon::label(rest) {
            return Some(found);
        }
        let (first, tail) = rest.split_once(' ')?;
        let skips = matches!(
            first,
            "your" | "the" | "plus" | "less" | "minus" | "statement" | "account" | "ihr" | "votre" | "su"
        ) || first.bytes().all(|b| b.is_ascii_digit());
        if !skips {
            return None;
        }
        rest = tail;
    }
    None
}

/// The first amount to the right, before the next cell of text. "01.10" in front of an amount is its day.
fn beside(line: &Line, cell: &TextCell, next_start: usize) -> Option<usize> {
    let in_reach = |(index, token): &(usize, &Token)| {
        *index >= cell.tokens.end && *index < next_start && token.is_money()
    };
    let amounts = || line.tokens.iter().enumerate().filter(in_reach);
    amounts().find(|(_, token)| token.date.is_none()).or_else(|| amounts().next()).map(|(index, _)| index)
}

/// The single amount of a line whose text stands to the right of it.
fn only_amount(line: &Line) -> Option<usize> {
    let mut amounts = line.tokens.iter().enumerate().filter(|(_, t)| t.is_money());
    let (index, _) = amounts.next()?;
    amounts.next().is_none().then_some(index)
}

/// The amount under the label, in the next lines of the page, where nothing but amounts and dates stands.
fn below(lines: &[Line], index: usize, cell: &TextCell) -> Option<(usize, usize)> {
    let line = lines.get(index)?;
    for (offset, lower) in lines.iter().skip(index + 1).take(2).enumerate() {
        let near = lower.page == line.page
            && lower.bounds.mid_y() - cell.bounds.mid_y() < BELOW_PITCH * line.size.max(lower.size);
        if !near {
            return None;
        }
        let overlaps = |t: &Token| t.bounds.x0 < cell.bounds.x1 && t.bounds.x1 > cell.bounds.x0;
        let under = lower.tokens.iter().enumerate().find(|(_, t)| overlaps(t));
        match under {
            Some((token, t)) if t.is_money() => return Some((index + 1 + offset, token)),
            Some(_) => return None,
            None => {}
        }
    }
    None
}

fn label_date(line: &Line, cell: &TextCell, next_start: usize) -> Option<DateToken> {
    let after = line.tokens.iter().enumerate().filter(|(i, _)| *i >= cell.tokens.end && *i <= next_start);
    after.map(|(_, t)| t).find_map(|t| t.date)
}

/// The heading a line is, if all of its text is one: "Deposits and additions", "Checks paid (continued)".
/// An amount may stand on the same line: the section's total.
pub(super) fn section(line: &Line) -> Option<Section> {
    if line.tokens.iter().any(|t| t.date.is_some()) {
        return None;
    }
    let cells = line.text_cells();
    let [cell] = cells.as_slice() else { return None };
    let folded = fold(&cell.text);
    lexicon::section(&folded).or_else(|| lexicon::section(&respelled(line, &folded)?))
}

/// Whether the words of a line are about sums: "TOTALS AT END OF PERIOD", "Umsatztotal", "Totale movimenti".
pub(super) fn speaks_of_totals(folded: &str) -> bool {
    folded.split(' ').any(|w| {
        w.starts_with("tot")
            || w.ends_with("total")
            || matches!(w, "summe" | "summen" | "gesamt" | "suma" | "sum" | "somme")
    })
}

/// "Totalen bijschrijvingen", "Umsatztotal Gutschriften": a word for sums, and few words after it.
pub(super) fn begins_with_total(folded: &str) -> bool {
    let mut words = folded.split(' ');
    let is_sum = words.next().is_some_and(|word| {
        matches!(
            word,
            "total"
                | "totals"
                | "totale"
                | "totali"
                | "totaal"
                | "totalen"
                | "totaux"
                | "totais"
                | "totales"
                | "summe"
                | "summen"
                | "gesamt"
                | "gesamtsumme"
                | "gesamtbetrag"
                | "umsatztotal"
                | "suma"
                | "soma"
                | "somme"
                | "subtotal"
                | "subtotale"
                | "subtotaal"
                | "zwischensumme"
                | "tussentotaal"
        )
    });
    is_sum && words.count() <= 5
}

/// Whether the words of a line are about a balance.
pub(super) fn speaks_of_balances(folded: &str) -> bool {
    folded.split(' ').any(|w| matches!(w, "balance" | "balances" | "saldo" | "solde" | "kontostand"))
}

/// Whether a line that carries an amount but no date is a total or note and not a row: it starts with a word for
/// sums and goes on with words about statements only.
pub(super) fn is_subtotal(folded: &str) -> bool {
    let Some((label, _)) = lexicon::label(folded) else { return false };
    let known = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit())
            || smartexus_domain::month_of(word).is_some()
            || matches!(
                word,
                "total"
                    | "totals"
                    | "subtotal"
                    | "sub"
                    | "sum"
                    | "summe"
                    | "gesamt"
                    | "zwischensumme"
                    | "totale"
                    | "totaal"
                    | "totaux"
                    | "suma"
                    | "for"
                    | "of"
                    | "this"
                    | "the"
                    | "in"
                    | "and"
                    | "other"
                    | "period"
                    | "page"
                    | "month"
                    | "statement"
                    | "to"
                    | "your"
                    | "transactions"
                    | "transaction"
                    | "deposits"
                    | "withdrawals"
                    | "checks"
                    | "cheques"
                    | "paid"
                    | "fees"
                    | "fee"
                    | "service"
                    | "charges"
                    | "credits"
                    | "debits"
                    | "credit"
                    | "debit"
                    | "amount"
                    | "purchases"
                    | "payments"
                    | "interest"
                    | "charged"
                    | "additions"
                    | "subtractions"
                    | "electronic"
                    | "atm"
                    | "card"
                    | "money"
                    | "out"
                    | "year"
                    | "date"
                    | "des"
                    | "der"
                    | "umsatze"
                    | "operations"
                    | "mouvements"
                    | "movimientos"
                    | "seite"
                    | "general"
                    | "grand"
                    | "sous"
                    | "du"
                    | "mois"
                    | "periode"
                    | "soll"
                    | "haben"
                    | "balance"
                    | "saldo"
                    | "received"
                    | "activity"
            )
    };
    matches!(label, Label::Subtotal | Label::TotalIn | Label::TotalOut | Label::Fees | Label::Aside)
        && folded.split(' ').all(known)
}
