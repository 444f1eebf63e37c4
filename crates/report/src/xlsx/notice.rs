//! The verdict of the whole file, in one sentence that stands on every sheet.

use smartexus_domain::{ResultStatus, StatementResult, Verdict};

/// How a notice looks. Only a proved file is green.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Everything is proved.
    Good,
    /// Something could not be proved.
    Warn,
    /// Something is wrong.
    Bad,
}

/// One sentence and its tone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) tone: Tone,
    pub(super) text: String,
}

impl Notice {
    /// The plainest true sentence about this result.
    pub(super) fn of(result: &StatementResult) -> Self {
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
