//! `process --case`: what all files of one client say together.

use crate::exit::Stop;
use crate::output::{Output, Tone, one_line};
use crate::words;
use smartexus_analyze::{Analyst, AnalyzeError, Choices};
use smartexus_domain::{Case, CaseAccount, Figures, StatementResult, Verdict};
use smartexus_parse::CaseLimits;
use smartexus_worker::cases::{self, CaseFileError};
use std::path::Path;

/// The documents of a case as they come in, with words for what does not fit.
pub(crate) struct CaseFile<'a>(cases::CaseFile<'a>);

impl<'a> CaseFile<'a> {
    /// An empty case that can take so many files.
    ///
    /// # Errors
    /// More files than a case may have, before any of them is read.
    pub(crate) fn open(files: usize, analyst: &'a Analyst) -> Result<Self, Stop> {
        cases::CaseFile::open(files, analyst, CaseLimits::default()).map(Self).map_err(refused)
    }

    /// The same case, with what a workspace chose.
    pub(crate) fn choosing(self, choices: &'a Choices) -> Self {
        Self(self.0.choosing(choices))
    }

    /// Adds a document. One whose rows pass the limit is counted and not kept, so that memory stays bounded.
    pub(crate) fn add(&mut self, result: &StatementResult) {
        self.0.add(result);
    }

    /// The rows so far pass no limit: what came in last is kept.
    pub(crate) const fn has_room(&self) -> bool {
        self.0.has_room()
    }

    /// Puts the documents together and computes what they come to.
    pub(crate) fn close(self) -> Result<(Case, Figures), Stop> {
        self.0.close().map_err(refused)
    }
}

fn refused(error: CaseFileError) -> Stop {
    match error {
        CaseFileError::Case(error) => Stop::failed(format!("this is too much for one case: {error}"))
            .advise("give the files of one client only, or fewer at a time"),
        CaseFileError::Figures(error) => not_computed(error),
    }
}

fn not_computed(error: AnalyzeError) -> Stop {
    match error {
        AnalyzeError::TooManyRows(_) | AnalyzeError::TooManyDays(_) => {
            Stop::failed(format!("this is too much for the figures of one case: {error}"))
                .advise("look for a misread date, or give fewer files at a time")
        }
        AnalyzeError::Manifest(_)
        | AnalyzeError::Taxonomy(_)
        | AnalyzeError::TooManyLeaves
        | AnalyzeError::Sums(_) => Stop::failed(format!("the figures could not be computed: {error}")),
    }
}

/// Something in the case waits for a person: a ledger that does not tie, or anything that was found.
pub(crate) fn needs_attention(case: &Case) -> bool {
    let open =
        |account: &CaseAccount| account.proof.verdict == Verdict::Discrepancy || !account.findings.is_empty();
    !case.findings.is_empty() || !case.missing_pages.is_empty() || case.accounts.iter().any(open)
}

/// The object, or a few lines about every account.
pub(crate) fn tell(output: Output, case: &Case, written_to: Option<&Path>) -> Result<(), Stop> {
    if output.json {
        output.object(case)?;
    } else {
        output.text(&lines(output, case))?;
    }
    if let Some(path) = written_to {
        output.note(&format!("case: {}", one_line(&path.display().to_string())));
    }
    Ok(())
}

fn lines(output: Output, case: &Case) -> String {
    let rows = case.accounts.iter().map(|account| account.ledger.len()).fold(0, usize::saturating_add);
    let mut text = format!(
        "\ncase: {}, {}, {}\n",
        words::count(case.accounts.len(), "account", "accounts"),
        words::count(rows, "row", "rows"),
        words::count(case.transfers.len(), "transfer between them", "transfers between them"),
    );
    for account in &case.accounts {
        text += &account_lines(output, account);
    }
    let twice = case.duplicates.len();
    if twice > 0 {
        text += &format!(
            "  {} there already and counted once\n",
            words::count(twice, "file or statement was", "files or statements were")
        );
    }
    for missing in &case.missing_pages {
        let file = case.documents.iter().find(|document| document.document == missing.document);
        let file = file.map_or("?", |document| document.file.as_str());
        text += &format!("  {}: {}\n", one_line(file), one_line(&missing.evidence));
    }
    for finding in &case.findings {
        text += &format!("  {}\n", one_line(&finding.message));
    }
    text
}

fn account_lines(output: Output, account: &CaseAccount) -> String {
    let covered = || account.statements.iter().filter_map(|statement| statement.covers);
    let first = covered().map(|days| days.start).min();
    let last = covered().map(|days| days.end).max();
    let period =
        first.zip(last).map_or_else(|| "no days".to_owned(), |(first, last)| format!("{first} to {last}"));
    let verdict = account.proof.verdict;
    let mut text = format!(
        "  {}: {period}, {}, {}\n",
        name(account),
        words::count(account.ledger.len(), "row", "rows"),
        output.paint(words::verdict_tone(verdict), words::verdict(verdict)),
    );
    for gap in account.gaps.iter().filter(|gap| !gap.bridged) {
        let doubt = if gap.stated { "" } else { " (or nothing happened)" };
        let word = output.paint(Tone::Doubt, "missing");
        text += &format!("    {word}: {} to {}{doubt}\n", gap.days.start, gap.days.end);
    }
    let seen_twice = account.removed.iter().filter(|row| row.duplicate_of.is_some()).count();
    if seen_twice > 0 {
        text += &format!(
            "    {} in more than one file and counted once\n",
            words::count(seen_twice, "row is", "rows are")
        );
    }
    let told = account.findings.iter().filter(|finding| finding.code != "period_gap");
    told.for_each(|finding| text += &format!("    {}\n", one_line(&finding.message)));
    text
}

/// Bank, end of the number, currency: enough to know one's own account, and no more.
fn name(account: &CaseAccount) -> String {
    let printed = &account.account;
    let number = printed.iban.as_deref().or(printed.number.as_deref()).unwrap_or_default();
    let digits: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let end: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
    let number = if end.is_empty() { "account without a number".to_owned() } else { format!("…{end}") };
    let currency = Some(printed.currency.code()).filter(|_| printed.currency.is_known());
    let bank = printed.institution.as_deref().map(one_line);
    let parts = [bank, Some(number), currency.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_files_are_refused_before_any_is_read() {
        let most = CaseLimits::default().documents_max;
        let analyst = Analyst::embedded().unwrap();
        assert!(CaseFile::open(most, &analyst).is_ok());
        let refused = CaseFile::open(most + 1, &analyst).err().map(|stop| stop.sentence);
        assert_eq!(refused.as_deref(), Some("this is too much for one case: more than 2000 documents"));
    }
}
