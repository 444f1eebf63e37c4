//! The list of cases. A new design is a file in `layout/` and an entry here.

use crate::case::{Card, PdfCase};
use crate::layout::{self, Layout};
use crate::pdf::{Container, Maker};

/// Programs that do not exist, so that no reader learns a real producer's name from us.
const COMPOSER: Maker =
    Maker { producer: "Foliant Composer 4.2", creator: "Core Statement Run", created: "D:20260401060000Z" };

fn honest(card: Card, kind: &'static str, layout: Layout) -> PdfCase {
    PdfCase { card, kind, layout, container: Container::Table, maker: COMPOSER, tamper: None }
}

const BANK: &str = "bank_statement";
const CREDIT_CARD: &str = "card_statement";

/// Every case with a PDF.
pub(crate) fn pdf_cases() -> Vec<PdfCase> {
    vec![
        honest(
            Card {
                name: "us-checking-sections",
                layout: "us_checking_sections",
                country: "US",
                language: "en",
                producer: "standard font, one Tj a string with spaces",
                challenges: &[
                    "no running balance", "sign by section heading", "unsigned withdrawals", "check list with its own columns",
                    "section totals are not rows", "daily balance table", "money in prose", "twin rows", "no year in dates",
                ],
                tampered: None,
            },
            BANK,
            layout::us_checking_sections::LAYOUT,
        ),
        honest(
            Card {
                name: "us-checking-running",
                layout: "us_checking_running",
                country: "US",
                language: "en",
                producer: "standard font, kerned TJ arrays",
                challenges: &["no year in dates", "period crosses a year end", "signed amounts", "running balance", "year-to-date fee box", "joint holders"],
                tampered: None,
            },
            BANK,
            layout::us_checking_running::LAYOUT,
        ),
        honest(
            Card {
                name: "uk-current",
                layout: "uk_current",
                country: "GB",
                language: "en",
                producer: "standard font, one Tj a word",
                challenges: &["two amount columns", "blank repeated dates", "balance at day end", "brought and carried forward", "OD mark", "several lines a row"],
                tampered: None,
            },
            BANK,
            layout::uk_current::LAYOUT,
        ),
        honest(
            Card {
                name: "de-girokonto",
                layout: "de_girokonto",
                country: "DE",
                language: "de",
                producer: "standard font, one text matrix a glyph, no spaces",
                challenges: &["decimal comma", "trailing signs apart from digits", "two dates without year", "several lines a row", "no running balance", "amount inside a description", "umlauts"],
                tampered: None,
            },
            BANK,
            layout::de_girokonto::LAYOUT,
        ),
        honest(
            Card {
                name: "in-savings",
                layout: "in_savings",
                country: "IN",
                language: "en",
                producer: "standard font, gaps instead of spaces",
                challenges: &["lakh groups", "two-digit years, day first", "wrapped narration", "reference column", "value date column", "ruled table", "letterhead on every page", "summary with counts at the end"],
                tampered: None,
            },
            BANK,
            layout::in_savings::LAYOUT,
        ),
        honest(
            Card {
                name: "us-card",
                layout: "us_card",
                country: "US",
                language: "en",
                producer: "standard font, kerned TJ arrays",
                challenges: &["amount owed", "unsigned purchases", "two dates", "zero-amount row", "minimum payment", "year-to-date box", "masked account number", "two-line headings"],
                tampered: None,
            },
            CREDIT_CARD,
            layout::us_card::LAYOUT,
        ),
    ]
}
