//! One account: which days are covered, and what is proved.

use super::balance::DayBalances;
use crate::day::{Day, Days};
use smartexus_domain::{Basis, CaseAccount, Currency, Verdict};

/// An account of the book.
pub(crate) struct Account<'c> {
    pub(crate) case: &'c CaseAccount,
    pub(crate) currency: Currency,
    pub(crate) is_liability: bool,
    pub(crate) covered: Days,
    /// Its rows in the book.
    pub(crate) rows: std::ops::Range<usize>,
    pub(crate) balances: DayBalances,
    /// First and last day that is covered or has a row.
    pub(crate) extent: Option<(Day, Day)>,
}

/// Words of accounts on which the holder owes.
const LIABILITIES: [&str; 6] =
    ["credit_card", "charge_card", "loan", "mortgage", "line_of_credit", "credit_line"];

impl<'c> Account<'c> {
    pub(crate) fn id(&self) -> &'c str {
        &self.case.id
    }

    pub(crate) const fn basis(&self) -> Basis {
        match self.case.proof.verdict {
            Verdict::Verified => Basis::Verified,
            Verdict::Discrepancy | Verdict::Unverifiable => Basis::IncludesUnverified,
        }
    }

    /// Bank and end of the number: never the whole number.
    pub(crate) fn name(&self) -> String {
        let end = self.tail().map(|end| format!("…{end}"));
        let bank = self.case.account.institution.as_deref();
        let parts: Vec<&str> = bank.into_iter().chain(end.as_deref()).collect();
        if parts.is_empty() { "account without a number".to_owned() } else { parts.join(" ") }
    }

    /// The last four letters or digits of its number.
    pub(crate) fn tail(&self) -> Option<String> {
        let printed = &self.case.account;
        let number = printed.iban.as_deref().or(printed.number.as_deref())?;
        let letters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
        let tail: String = letters.iter().skip(letters.len().saturating_sub(4)).collect();
        (!tail.is_empty()).then_some(tail)
    }
}

/// A card or a loan, by the words of its account or the kind of its papers.
pub(crate) fn is_liability(account: &CaseAccount, is_card_paper: impl Fn(u32) -> bool) -> bool {
    account.account.kind.as_deref().map_or_else(
        || {
            !account.statements.is_empty()
                && account.statements.iter().all(|statement| is_card_paper(statement.at.document))
        },
        |kind| LIABILITIES.contains(&kind),
    )
}

/// Every day that one of its statements covers.
pub(crate) fn covered(account: &CaseAccount) -> Days {
    let spans = account.statements.iter().filter_map(|statement| statement.covers);
    Days::of(spans.map(|span| (Day::of(span.start), Day::of(span.end))))
}
