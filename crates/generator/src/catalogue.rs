//! The list of cases. A new design is a file in `layout/` and an entry here.

use crate::case::{Card, PdfCase};
use crate::layout;
use crate::pdf::{Container, Maker};
use crate::tamper::Tamper;
use jiff::civil::date;

/// Programs that do not exist, so that no reader learns a real producer's name from us.
const COMPOSER: Maker =
    Maker { producer: "Foliant Composer 4.2", creator: "Core Statement Run", created: "D:20260401060000Z" };

const BANK: &str = "bank_statement";
const CREDIT_CARD: &str = "card_statement";

/// Every honest case with a PDF.
pub(crate) fn honest_cases() -> Vec<PdfCase> {
    vec![
        PdfCase {
            card: Card {
                name: "us-checking-sections",
                layout: "us_checking_sections",
                country: "US",
                language: "en",
                producer: "standard font, one Tj a string with spaces",
                challenges: &[
                    "no running balance",
                    "sign by section heading",
                    "unsigned withdrawals",
                    "check list with its own columns",
                    "section totals are not rows",
                    "daily balance table",
                    "money in prose",
                    "twin rows",
                    "no year in dates",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::us_checking_sections::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "us-checking-running",
                layout: "us_checking_running",
                country: "US",
                language: "en",
                producer: "standard font, kerned TJ arrays",
                challenges: &[
                    "no year in dates",
                    "period crosses a year end",
                    "signed amounts",
                    "running balance",
                    "year-to-date fee box",
                    "joint holders",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::us_checking_running::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "uk-current",
                layout: "uk_current",
                country: "GB",
                language: "en",
                producer: "standard font, one Tj a word",
                challenges: &[
                    "two amount columns",
                    "blank repeated dates",
                    "balance at day end",
                    "brought and carried forward",
                    "OD mark",
                    "several lines a row",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::uk_current::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "de-girokonto",
                layout: "de_girokonto",
                country: "DE",
                language: "de",
                producer: "standard font, one text matrix a glyph, no spaces",
                challenges: &[
                    "decimal comma",
                    "trailing signs apart from digits",
                    "two dates without year",
                    "several lines a row",
                    "no running balance",
                    "amount inside a description",
                    "umlauts",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::de_girokonto::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "in-savings",
                layout: "in_savings",
                country: "IN",
                language: "en",
                producer: "standard font, gaps instead of spaces",
                challenges: &[
                    "lakh groups",
                    "two-digit years, day first",
                    "wrapped narration",
                    "reference column",
                    "value date column",
                    "ruled table",
                    "letterhead on every page",
                    "summary with counts at the end",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::in_savings::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "us-card",
                layout: "us_card",
                country: "US",
                language: "en",
                producer: "standard font, kerned TJ arrays",
                challenges: &[
                    "amount owed",
                    "unsigned purchases",
                    "two dates",
                    "zero-amount row",
                    "minimum payment",
                    "year-to-date box",
                    "masked account number",
                    "two-line headings",
                ],
                tampered: None,
            },
            kind: CREDIT_CARD,
            layout: layout::us_card::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "au-everyday",
                layout: "au_everyday",
                country: "AU",
                language: "en",
                producer: "standard font, one string a line padded with spaces",
                challenges: &[
                    "line printer",
                    "CR and DR marks on balances",
                    "totals line",
                    "date without year",
                    "amount in an advert",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::au_everyday::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "fr-compte",
                layout: "fr_compte",
                country: "FR",
                language: "fr",
                producer: "embedded TrueType subset, two-byte codes, ToUnicode",
                challenges: &[
                    "groups split by narrow no-break spaces",
                    "day and month only",
                    "balances under the money columns",
                    "two dates",
                    "no running balance",
                    "accents",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::fr_compte::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "us-two-accounts",
                layout: "us_two_accounts",
                country: "US",
                language: "en",
                producer: "standard font, one Tj a string with spaces",
                challenges: &[
                    "two accounts in one file",
                    "summary of accounts",
                    "totals line",
                    "no year in dates",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::us_two_accounts::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "eu-wallet",
                layout: "eu_wallet",
                country: "FI",
                language: "en",
                producer: "standard font, one Tj a word",
                challenges: &[
                    "two currencies in one file",
                    "ISO dates",
                    "signs on both sides",
                    "rate in a description",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::eu_wallet::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "us-newest-first",
                layout: "us_newest_first",
                country: "US",
                language: "en",
                producer: "standard font, kerned TJ arrays",
                challenges: &["newest row first", "month names", "signed amounts with a currency mark"],
                tampered: None,
            },
            kind: BANK,
            layout: layout::us_newest_first::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "us-business",
                layout: "us_business",
                country: "US",
                language: "en",
                producer: "Type 3 font, meaning by glyph names only",
                challenges: &[
                    "parentheses for money out",
                    "trailing minus on balances",
                    "page carry",
                    "several pages",
                    "two-digit years, month first",
                    "check numbers in text",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::us_business::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "nz-household",
                layout: "nz_household",
                country: "NZ",
                language: "en",
                producer: "standard font, one Tj a word",
                challenges: &[
                    "later pages without headings",
                    "notice inside the table",
                    "watermark under the rows",
                    "joint holders",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::nz_household::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "es-cuenta",
                layout: "es_cuenta",
                country: "ES",
                language: "es",
                producer: "standard font on pages with /Rotate 90",
                challenges: &[
                    "stored turned",
                    "landscape",
                    "ruled table",
                    "signed amounts with decimal comma",
                    "two dates",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::es_cuenta::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "ch-privatkonto",
                layout: "ch_privatkonto",
                country: "CH",
                language: "de",
                producer: "standard font, kerned TJ arrays",
                challenges: &["apostrophe groups", "value date between money and balance", "totals line"],
                tampered: None,
            },
            kind: BANK,
            layout: layout::ch_privatkonto::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "it-conto",
                layout: "it_conto",
                country: "IT",
                language: "it",
                producer: "standard font, gaps instead of spaces, object and cross-reference streams",
                challenges: &[
                    "text right of the money columns",
                    "balances under the money columns",
                    "two dates",
                    "no running balance",
                ],
                tampered: None,
            },
            kind: BANK,
            layout: layout::it_conto::LAYOUT,
            container: Container::Streams,
            maker: COMPOSER,
            tamper: None,
        },
        PdfCase {
            card: Card {
                name: "nl-rekening",
                layout: "nl_rekening",
                country: "NL",
                language: "nl",
                producer: "standard font, one text matrix a glyph, no spaces",
                challenges: &["direction by a word in its own column", "no running balance", "no totals"],
                tampered: None,
            },
            kind: BANK,
            layout: layout::nl_rekening::LAYOUT,
            container: Container::Table,
            maker: COMPOSER,
            tamper: None,
        },
    ]
}

/// A forgery of an honest case.
fn forged(honest: &str, name: &'static str, what: &'static str, tamper: Tamper) -> Option<PdfCase> {
    let mut case = honest_cases().into_iter().find(|case| case.card.name == honest)?;
    case.card = Card { name, challenges: &["figures that do not agree"], tampered: Some(what), ..case.card };
    case.tamper = Some(tamper);
    Some(case)
}

/// Every forged case.
pub(crate) fn tampered_cases() -> Vec<PdfCase> {
    [
        forged(
            "uk-current",
            "tampered-uk-amount",
            "one digit of an amount paid out; balances and totals left",
            Tamper::Amount { row: 19, to: -30_095 },
        ),
        forged(
            "in-savings",
            "tampered-in-row-deleted",
            "a withdrawal taken out; balances, totals and counts left",
            Tamper::Deleted { row: 20 },
        ),
        forged(
            "de-girokonto",
            "tampered-de-closing",
            "the closing balance raised; rows left",
            Tamper::Closing { to: 270_705 },
        ),
        forged(
            "us-checking-sections",
            "tampered-us-deposit",
            "a deposit put in; section totals, summary and daily balances left",
            Tamper::Deposit { date: date(2026, 3, 12), text: "Remote Online Deposit 1", amount: 250_000 },
        ),
        forged(
            "us-business",
            "tampered-us-business-edited",
            "one digit of a deposit, saved over the original by an editor; balances left",
            Tamper::EditedAmount { row: 21, to: 1_848_487 },
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
