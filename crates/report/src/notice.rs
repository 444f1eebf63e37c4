//! The verdict of the whole file or case, in one sentence that stands on every sheet and page.

use crate::words::account_name;
use smartexus_domain::{Case, CaseAccount, ResultStatus, StatementResult, Verdict};

/// How a notice looks. Only a proved file is green.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Everything is proved.
    Good,
    /// Something could not be proved.
    Warn,
    /// Something is wrong.
    Bad,
}

/// One sentence and its tone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) tone: Tone,
    pub(crate) text: String,
}

impl Notice {
    /// The plainest true sentence about this result.
    pub(crate) fn of(result: &StatementResult) -> Self {
        if let Some(failure) = &result.failure {
            return Self {
                tone: Tone::Bad,
                text: format!("COULD NOT BE READ. {} {}", failure.message, failure.advice),
            };
        }
        let with = |verdict| -> Vec<usize> {
            let numbered = result.statements.iter().zip(1..);
            numbered.filter(|(statement, _)| statement.verdict == verdict).map(|(_, number)| number).collect()
        };
        let (broken, unproved) = (with(Verdict::Discrepancy), with(Verdict::Unverifiable));
        if !broken.is_empty() {
            let which = which(&broken, result.statements.len());
            return Self {
                tone: Tone::Bad,
                text: format!(
                    "NOT PROVED: {which} does not add up. Read the Checks sheet before relying on any figure."
                ),
            };
        }
        if !unproved.is_empty() {
            let which = which(&unproved, result.statements.len());
            return Self {
                tone: Tone::Warn,
                text: format!(
                    "NOT PROVED: {which} does not print, or could not be read for, all that a proof needs. See the Checks sheet."
                ),
            };
        }
        if result.statements.is_empty() {
            return Self { tone: Tone::Warn, text: "No statement was found in this file.".to_owned() };
        }
        let review = match result.status {
            ResultStatus::Approved => "",
            ResultStatus::NeedsReview | ResultStatus::Failed => {
                " A person still has to look at this file: see below."
            }
        };
        Self {
            tone: if review.is_empty() { Tone::Good } else { Tone::Warn },
            text: format!(
                "PROVED: opening balance plus every transaction equals the closing balance, to the cent.{review}"
            ),
        }
    }
}

impl Notice {
    /// The plainest true sentence about a case.
    pub(crate) fn of_case(case: &Case) -> Self {
        let with = |wanted: Verdict| -> Vec<&CaseAccount> {
            case.accounts.iter().filter(|account| verdict_of(account) == wanted).collect()
        };
        let (broken, unproved) = (with(Verdict::Discrepancy), with(Verdict::Unverifiable));
        if !broken.is_empty() {
            let which = names(&broken);
            return Self {
                tone: Tone::Bad,
                text: format!(
                    "NOT PROVED: {which} does not add up. Read the checks before relying on any figure."
                ),
            };
        }
        if !unproved.is_empty() {
            let which = names(&unproved);
            return Self {
                tone: Tone::Warn,
                text: format!(
                    "NOT PROVED: {which} lacks something that a proof needs. Figures that rest on it say so; see the checks."
                ),
            };
        }
        if case.accounts.is_empty() {
            return Self { tone: Tone::Warn, text: "No account was found in these documents.".to_owned() };
        }
        let open = !case.findings.is_empty()
            || !case.missing_pages.is_empty()
            || case.accounts.iter().any(|account| !account.findings.is_empty());
        let review = if open { " A person still has to look at what was found: see below." } else { "" };
        Self {
            tone: if open { Tone::Warn } else { Tone::Good },
            text: format!(
                "PROVED: in every account the printed opening balance plus every transaction equals the printed closing balance, to the cent.{review}"
            ),
        }
    }
}

/// The worst of a ledger's verdict and those of its statements.
fn verdict_of(account: &CaseAccount) -> Verdict {
    let verdicts = || account.statements.iter().map(|s| s.verdict).chain([account.proof.verdict]);
    if verdicts().any(|verdict| verdict == Verdict::Discrepancy) {
        Verdict::Discrepancy
    } else if verdicts().any(|verdict| verdict == Verdict::Unverifiable) {
        Verdict::Unverifiable
    } else {
        Verdict::Verified
    }
}

/// Names that a banner has room for.
const NAMES_MAX: usize = 3;

/// "account …1234 USD", "each of …", "each of 7 accounts".
fn names(accounts: &[&CaseAccount]) -> String {
    match accounts {
        [one] => account_name(&one.account),
        _ if accounts.len() > NAMES_MAX => format!("each of {} accounts", accounts.len()),
        _ => {
            let names: Vec<String> = accounts.iter().map(|account| account_name(&account.account)).collect();
            format!("each of {}", names.join(", "))
        }
    }
}

/// "the statement" when there is only one, else "statement 2" or "each of statements 1 and 3".
fn which(numbers: &[usize], of: usize) -> String {
    match numbers {
        _ if of == 1 => "the statement".to_owned(),
        [one] => format!("statement {one}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            format!("each of statements {} and {last}", first.join(", "))
        }
        [] => "no statement".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_named_as_people_would() {
        for (numbers, of, expected) in [
            (vec![1], 1, "the statement"),
            (vec![2], 3, "statement 2"),
            (vec![1, 3], 3, "each of statements 1 and 3"),
            (vec![1, 2, 3], 4, "each of statements 1, 2 and 3"),
        ] {
            assert_eq!(which(&numbers, of), expected);
        }
    }
}
