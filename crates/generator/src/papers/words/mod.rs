//! What papers say, in seven languages: English, German, French, Spanish, Italian, Portuguese, Dutch.

mod accounts;
mod forms;
mod invoice;
mod letters;
mod payslip;

use super::style::Style;
pub(crate) use accounts::{ASSETS, EQUITY, LIABILITIES, OPERATING, SALES, SECTIONS};
pub(crate) use invoice::GOODS;
pub(crate) use letters::{CLAUSES, LETTER};
pub(crate) use payslip::{DEDUCTIONS, EARNINGS};

/// A key, and in each language the wordings that mean it.
pub(crate) type Row = (&'static str, [&'static str; 7]);

const GENERAL: &[Row] = &[
    ("page", ["Page", "Seite", "Page", "Página", "Pagina", "Página", "Pagina"]),
    ("of", ["of", "von", "sur", "de", "di", "de", "van"]),
    ("name", ["Name", "Name", "Nom", "Nombre", "Nome", "Nome", "Naam"]),
];

/// One of the wordings for a key in the style's language. A key that no table has stands for itself, which a test forbids.
pub(crate) fn word(style: &Style, key: &'static str) -> &'static str {
    find(key).and_then(|row| row.get(style.language())).map_or(key, |wordings| style.choose(wordings))
}

/// Every key of every table.
#[cfg(test)]
pub(crate) fn keys() -> Vec<&'static str> {
    TABLES.iter().flat_map(|table| table.iter().map(|(key, _)| *key)).collect()
}

const TABLES: [&[Row]; 6] =
    [GENERAL, invoice::WORDS, payslip::WORDS, accounts::WORDS, forms::WORDS, letters::WORDS];

fn find(key: &str) -> Option<&'static [&'static str; 7]> {
    TABLES.into_iter().flatten().find(|(name, _)| *name == key).map(|(_, row)| row)
}
