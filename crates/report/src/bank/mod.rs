//! Files that ledgers import: OFX 2, QBO, QIF and CAMT.053.
//!
//! None of them has a place for the verdict that an importer would show, so an unproved case is refused unless somebody
//! says otherwise. Equal rows of one day are all written: the row's id, which counts them, is what importers compare.

mod camt;
mod markup;
mod ofx;
mod qif;

use crate::ReportError;
use crate::case_report::CaseReport;

/// Digits of a bank's id for QuickBooks.
const BANK_ID_DIGITS_MAX: usize = 9;

/// A format that accounting programs import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BankFile {
    /// OFX 2.1.1, XML: Xero, GnuCash, Banktivity.
    Ofx,
    /// OFX 1.0.2, SGML, with the bank's id: QuickBooks.
    Qbo,
    /// QIF: old desktop programs. It has no ids, so importing twice doubles the rows.
    Qif,
    /// CAMT.053.001.08, ISO 20022: European accounting.
    Camt,
}

/// What a person decides about such a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BankFileChoices<'a> {
    /// Write rows although not every statement is verified.
    pub allow_unverified: bool,
    /// Number under which the bank is listed for QuickBooks (`INTU.BID`). It is never invented.
    pub bank_id: Option<&'a str>,
}

impl CaseReport<'_> {
    /// The merged ledgers as a file that accounting programs import.
    ///
    /// # Errors
    /// [`ReportError::NotVerified`] unless every statement and ledger is verified or the choices allow otherwise;
    /// [`ReportError::BankIdMissing`] and [`ReportError::BankIdMalformed`] for [`BankFile::Qbo`];
    /// [`ReportError::NoBalance`] for all but [`BankFile::Qif`] where an account prints no balance.
    pub fn bank_file(&self, format: BankFile, choices: BankFileChoices<'_>) -> Result<Vec<u8>, ReportError> {
        if !choices.allow_unverified && (self.accounts.is_empty() || !self.is_proved()) {
            return Err(ReportError::NotVerified);
        }
        match format {
            BankFile::Ofx => ofx::ofx(self),
            BankFile::Qbo => ofx::qbo(self, bank_id(choices.bank_id)?),
            BankFile::Qif => Ok(qif::qif(self)),
            BankFile::Camt => camt::camt(self),
        }
    }
}

fn bank_id(given: Option<&str>) -> Result<&str, ReportError> {
    let id = given.ok_or(ReportError::BankIdMissing)?;
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && id.len() <= BANK_ID_DIGITS_MAX { Ok(id) } else { Err(ReportError::BankIdMalformed) }
}

/// Text without control characters, white space folded, cut to so many characters.
fn plain(text: &str, characters_max: usize) -> String {
    let letters: String = text.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect();
    let folded = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().take(characters_max).collect::<String>().trim_end().to_owned()
}

/// XML 1.0 allows no control characters, and a line ends a value in SGML and QIF.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_id_is_digits() {
        for (given, expected) in [
            (Some("3000"), true),
            (Some("123456789"), true),
            (Some("1234567890"), false),
            (Some("30a"), false),
            (Some(""), false),
        ] {
            assert_eq!(bank_id(given).is_ok(), expected, "{given:?}");
        }
        assert!(matches!(bank_id(None), Err(ReportError::BankIdMissing)));
    }

    #[test]
    fn text_is_one_line_and_cut() {
        assert_eq!(plain("A\u{0}B\r\n  C\u{FFFE}", 32), "A B C");
        assert_eq!(plain("abcdef", 3), "abc");
        assert_eq!(plain("ab cdef", 3), "ab");
    }
}
