//! Names of the two sides of a paper: below their labels, or in the letterhead.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::sheet::{Cell, Sheet, Value, Want};
use crate::lexicon::fold;
use smartexus_domain::Source;

/// Rows of the first page that may be its letterhead.
const LETTERHEAD_ROWS: usize = 10;
const NAME_WORDS_MAX: usize = 8;
/// A word of a firm's form is worth as much as print of this many times the size.
const FORM_BONUS: f64 = 1.5;

/// Words that name the form of a firm.
const FORMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "company",
    "co",
    "gmbh",
    "ag",
    "kg",
    "ug",
    "ohg",
    "gbr",
    "ev",
    "sarl",
    "sas",
    "sa",
    "sasu",
    "eurl",
    "sl",
    "slu",
    "srl",
    "spa",
    "snc",
    "lda",
    "bv",
    "nv",
    "vof",
    "pty",
    "pte",
    "group",
    "holding",
    "partners",
    "solutions",
    "associates",
    "sons",
];
/// Words of headings and labels that stand where names stand.
const NO_NAMES: &[&str] = &[
    "invoice",
    "rechnung",
    "facture",
    "factura",
    "fattura",
    "fatura",
    "factuur",
    "page",
    "seite",
    "date",
    "datum",
    "tel",
    "phone",
    "www",
    "http",
    "email",
    "original",
    "copy",
    "kopie",
    "tax",
    "statement",
    "number",
    "nummer",
    "confidential",
    "vertraulich",
    "payslip",
    "abrechnung",
    "bulletin",
    "nomina",
    "paga",
    "recibo",
    "loonstrook",
    "salarisspecificatie",
    "pay",
    "account",
    "bill",
    "ship",
    "from",
    "to",
    "vat",
    "period",
];

/// The name behind or below a label such as "Bill to", which begins an address.
pub(super) fn addressed(sheet: &Sheet<'_>, labels: &str) -> Option<Value> {
    sheet.around(labels).into_iter().find(|value| is_name(&value.text))
}

/// The name behind, right of or below a label such as "Employee", which stands among others.
pub(super) fn labelled(sheet: &Sheet<'_>, labels: &str) -> Option<Value> {
    sheet.fields(labels, Want::Text).into_iter().find(|value| is_name(&value.text))
}

/// The name in the letterhead: large print or a firm's form, and no title.
pub(super) fn letterhead(sheet: &Sheet<'_>, taken: &[&str]) -> Option<Value> {
    let page = sheet.lines.first()?.page;
    let mut best: Option<(f64, &Cell<'_>, usize)> = None;
    for (row, cells) in sheet.rows.iter().enumerate().take(LETTERHEAD_ROWS) {
        for cell in cells.iter().filter(|cell| cell.page == page) {
            let text = cell.text();
            if !is_name(&text)
                || taken.contains(&text.as_str())
                || crate::paper::kinds::is_title(&cell.folded)
            {
                continue;
            }
            let size = cell.tokens.iter().map(|token| token.size).fold(0.0, f64::max);
            let is_firm = cell.folded.split(' ').any(|word| FORMS.contains(&word));
            let worth = if is_firm { size * FORM_BONUS } else { size };
            if best.is_none_or(|(most, _, _)| worth > most) {
                best = Some((worth, cell, row));
            }
        }
    }
    let (_, cell, row) = best?;
    Some(Value {
        text: cell.text(),
        date: None,
        source: Source { page, bounds: cell.bounds },
        confidence: cell.tokens.iter().map(|token| token.confidence).fold(1.0, f64::min),
        row,
    })
}

/// Begins with a capital or a digit, has letters, and none of the words of labels.
fn is_name(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // "Glenora SA 5099" and "1234 AB Town" are places.
    let is_place =
        text.split(' ').any(|word| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
    !is_place
        && (1..=NAME_WORDS_MAX).contains(&words.len())
        && letters >= 3
        && digits * 2 < letters
        && !text.contains([':', '@', '|'])
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !words.iter().any(|word| NO_NAMES.contains(word))
}
