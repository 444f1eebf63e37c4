//! Tables of the PDF, section by section.

mod accounts;
mod appendix;
mod cash_flow;
mod key_figures;
mod revenue;
mod statements;
mod structure;

pub(super) use accounts::accounts;
pub(super) use appendix::appendix;
pub(super) use cash_flow::cash_flow;
pub(super) use key_figures::key_figures;
pub(super) use revenue::revenue;
pub(super) use statements::statements;
pub(super) use structure::structure;

use smartexus_domain::{Basis, Currency};

/// Stands behind a figure that rests on an unproved row; the note below says so in words.
const MARK: &str = "\u{2020}";
/// The words of the mark.
const MARK_NOTE: &str = "\u{2020} rests on at least one row or balance that is not proved.";
/// The words of a star.
const PARTIAL_NOTE: &str = "* at least one day of this period is in no statement.";

/// The text with the mark of its basis.
fn marked(text: String, basis: Basis) -> String {
    match basis {
        Basis::Verified => text,
        Basis::IncludesUnverified => format!("{text} {MARK}"),
    }
}

fn currency_of(code: Option<&str>) -> Currency {
    code.and_then(Currency::from_code).unwrap_or(Currency::UNKNOWN)
}

/// `XXX` says nothing to people.
fn code(currency: Currency) -> String {
    if currency.is_known() { currency.code().to_owned() } else { "currency not stated".to_owned() }
}
