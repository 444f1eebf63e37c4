//! What `process` tells people: a table of results, what needs them, what failed, and what to do next.

use crate::exit::{Exit, Stop};
use crate::failures::Failures;
use crate::output::{Output, Tone, one_line};
use crate::table::{Align, Cell, Table};
use crate::words;
use smartexus_domain::{ResultStatus, Severity, StatementResult, Verdict};
use std::ops::Add;
use std::path::Path;

/// Results so far.
pub(crate) struct Summary {
    total: usize,
    skipped: usize,
    rows: Vec<Vec<Cell>>,
    review: Vec<String>,
    failures: Failures,
}

impl Summary {
    /// Nothing yet, out of `total` files; `skipped` others were no documents.
    pub(crate) fn new(total: usize, skipped: usize) -> Self {
        Self { total, skipped, rows: Vec::new(), review: Vec::new(), failures: Failures::default() }
    }

    /// Adds one result.
    pub(crate) fn add(&mut self, result: &StatementResult) {
        self.rows.push(row(result));
        if let Some(failure) = &result.failure {
            self.failures.push(&result.file, failure.code);
        }
        if result.status == ResultStatus::NeedsReview {
            self.review.push(format!("{}: {}", one_line(&result.file), why_review(result)));
        }
    }

    /// The table on stdout (unless JSON went there), everything else on stderr.
    pub(crate) fn tell(&self, output: Output, written_to: Option<&Path>) -> Result<(), Stop> {
        if !output.json {
            output.text(&self.table().render(output))?;
        }
        if !self.review.is_empty() {
            output.note("needs review:");
            self.review.iter().for_each(|line| output.note(&format!("  {line}")));
        }
        if self.failures.count() > 0 {
            output.note("failed:");
            self.failures.tell(output);
        }
        output.note(&self.counts());
        output.note(&self.next(written_to));
        Ok(())
    }

    /// How the command ends when it read everything; `attention` is what lies beyond the single files.
    pub(crate) fn exit(&self, fail_on_review: bool, attention: bool) -> Exit {
        let exit = self.failures.exit(self.total);
        let attention = fail_on_review && (attention || !self.review.is_empty());
        if exit == Exit::Done && attention { Exit::Attention } else { exit }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            ("file", Align::Left),
            ("issuer", Align::Left),
            ("rows", Align::Right),
            ("verdict", Align::Left),
            ("status", Align::Left),
            ("ms", Align::Right),
        ]);
        self.rows.iter().cloned().for_each(|row| table.push(row));
        table
    }

    fn counts(&self) -> String {
        let (read, review, failed) = (self.rows.len(), self.review.len(), self.failures.count());
        let approved = read.saturating_sub(review + failed);
        let files = words::files(read);
        let mut words = format!("{files}: {approved} approved, {review} to review, {failed} failed");
        if self.skipped > 0 {
            words += &format!("; {} skipped, no documents", words::files(self.skipped));
        }
        if read < self.total {
            words += &format!("; interrupted, {} not read", words::files(self.total - read));
        }
        words
    }

    fn next(&self, written_to: Option<&Path>) -> String {
        match written_to {
            Some(directory) if self.rows.len() < self.total => {
                format!(
                    "what was read is kept in {}; run the same command again to read the rest",
                    directory.display()
                )
            }
            Some(directory) => format!("next: open {}", directory.display()),
            None => "next: add -o DIR to keep each result as JSON, CSV and a workbook".to_owned(),
        }
    }
}

fn row(result: &StatementResult) -> Vec<Cell> {
    let issuer = result.statements.iter().find_map(|statement| statement.account.institution.as_deref());
    let rows: usize = result.statements.iter().map(|statement| statement.transactions.len()).sum();
    let (verdict, tone) = match worst(result) {
        Some(verdict) => (words::verdict(verdict), words::verdict_tone(verdict)),
        None => ("–", Tone::Plain),
    };
    // A file that never became a document took no time worth telling.
    let milliseconds =
        result.timings_ms.values().copied().reduce(f64::add).map(|total| format!("{total:.0}"));
    vec![
        Cell::tail(&result.file),
        Cell::head(issuer.unwrap_or("–")),
        Cell::new(rows.to_string()),
        Cell::toned(verdict, tone),
        Cell::toned(words::status(result.status), words::status_tone(result.status)),
        Cell::new(milliseconds.as_deref().unwrap_or("–")),
    ]
}

/// A file is as good as its worst statement.
fn worst(result: &StatementResult) -> Option<Verdict> {
    let has = |verdict| result.statements.iter().any(|statement| statement.verdict == verdict);
    [Verdict::Discrepancy, Verdict::Unverifiable, Verdict::Verified].into_iter().find(|verdict| has(*verdict))
}

/// One line: the first statement that is not proved, else the loudest signal, else the first finding.
fn why_review(result: &StatementResult) -> String {
    let unproved = result.statements.iter().find_map(|statement| {
        words::why_unproved(statement).map(|why| format!("{}, {why}", words::verdict(statement.verdict)))
    });
    let signal = || {
        let loud = result.signals.iter().find(|signal| signal.severity == Severity::Warn)?;
        Some(format!("{}: {}", one_line(loud.signal.as_str()), one_line(&loud.evidence)))
    };
    let finding = || result.findings.first().map(|finding| one_line(&finding.message));
    unproved
        .or_else(signal)
        .or_else(finding)
        .unwrap_or_else(|| "a rule of the pipeline asks for it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::unread;
    use smartexus_domain::FailureCode;

    fn with_status(status: ResultStatus) -> StatementResult {
        let mut result = unread("a.pdf".to_owned(), FailureCode::Corrupt, 0).result;
        result.status = status;
        if status != ResultStatus::Failed {
            result.failure = None;
        }
        result
    }

    #[test]
    fn exit_codes_by_what_happened() {
        use ResultStatus::{Approved, Failed, NeedsReview};
        for (statuses, strict, exit) in [
            (&[Approved, Approved][..], true, Exit::Done),
            (&[Approved, NeedsReview], false, Exit::Done),
            (&[Approved, NeedsReview], true, Exit::Attention),
            (&[Approved, Failed, NeedsReview], true, Exit::Partial),
            (&[Failed, Failed], true, Exit::Failed),
            (&[Failed], false, Exit::Failed),
        ] {
            let mut summary = Summary::new(statuses.len(), 0);
            statuses.iter().for_each(|status| summary.add(&with_status(*status)));
            assert_eq!(summary.exit(strict, false), exit, "{statuses:?}");
        }
        let mut summary = Summary::new(1, 0);
        summary.add(&with_status(Approved));
        assert_eq!((summary.exit(true, true), summary.exit(false, true)), (Exit::Attention, Exit::Done));
    }

    #[test]
    fn an_interrupted_run_says_what_is_missing() {
        let mut summary = Summary::new(3, 1);
        summary.add(&with_status(ResultStatus::Approved));
        assert_eq!(
            summary.counts(),
            "1 file: 1 approved, 0 to review, 0 failed; 1 file skipped, no documents; interrupted, 2 files not read"
        );
    }
}
