//! What a reader noticed on the way, bounded: a hostile file is broken in every line.

use smartexus_domain::Finding;
use std::collections::BTreeSet;

/// Findings of one file that are spelled out; the rest is counted.
const FINDINGS_MAX: usize = 100;

/// Findings, and the reasons why a statement cannot be verified.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    findings: Vec<Finding>,
    doubts: BTreeSet<&'static str>,
    left_out: usize,
}

impl Notes {
    /// Something a person should know; it does not touch the proof.
    pub(super) fn tell(&mut self, code: &'static str, message: impl Into<String>) {
        self.add(Finding::new(code, message));
    }

    /// The same for a finding that is made already. What holds for every statement alike is said once; rows are told
    /// one by one.
    pub(super) fn add(&mut self, finding: Finding) {
        if finding.code != "row_unread" && self.findings.contains(&finding) {
            return;
        }
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }

    /// Something that keeps the statement from being verified, for the reason of the same name.
    pub(super) fn doubt(&mut self, code: &'static str, message: impl Into<String>) {
        self.doubts.insert(code);
        self.tell(code, message);
    }

    /// A reason without a finding of its own.
    pub(super) fn reason(&mut self, code: &'static str) {
        self.doubts.insert(code);
    }

    /// Adds the notes of another reader.
    pub(super) fn absorb(&mut self, other: Self) {
        self.doubts.extend(other.doubts);
        self.left_out = self.left_out.saturating_add(other.left_out);
        other.findings.into_iter().for_each(|finding| self.add(finding));
    }

    /// Whether nothing was noticed.
    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.doubts.is_empty()
    }

    /// The reasons.
    pub(super) fn reasons(&self) -> impl Iterator<Item = String> {
        self.doubts.iter().map(|reason| (*reason).to_owned())
    }

    /// The findings, the last one counting those that are not spelled out.
    pub(super) fn into_findings(mut self) -> Vec<Finding> {
        if self.left_out > 0 {
            let message = format!("{} more findings of this file are not listed.", self.left_out);
            self.findings.push(Finding::new("more_findings", message));
        }
        self.findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_listed_up_to_their_limit_and_counted_beyond() {
        let noted = |count: usize| {
            let mut notes = Notes::default();
            (0..count).for_each(|n| notes.doubt("row_unread", format!("Line {n}.")));
            notes.into_findings()
        };
        assert_eq!(noted(FINDINGS_MAX).len(), FINDINGS_MAX);
        let beyond = noted(FINDINGS_MAX + 2);
        assert_eq!(beyond.len(), FINDINGS_MAX + 1);
        assert_eq!(
            beyond.last().map(|f| f.message.as_str()),
            Some("2 more findings of this file are not listed.")
        );
        let mut whole = Notes::default();
        let mut part = Notes::default();
        (0..FINDINGS_MAX).for_each(|n| part.doubt("row_unread", format!("Line {n}.")));
        whole.absorb(part.clone());
        whole.absorb(part);
        assert_eq!(whole.into_findings().len(), FINDINGS_MAX + 1);
        let mut alike = Notes::default();
        (0..3).for_each(|_| alike.tell("currency_unknown", "No currency."));
        assert_eq!(alike.into_findings().len(), 1);
    }
}
