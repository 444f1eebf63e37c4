//! Rows that stand under a heading that says that they are not booked.

use super::super::line::Line;
use super::Scan;
use crate::lexicon::Section;

impl Scan<'_> {
    /// Whether what stands under the heading is no booked row.
    pub(super) fn is_apart(&self) -> bool {
        matches!(self.section, Some(Section::Ignored | Section::Pending))
    }

    /// Reads a line of such rows as the table would, into a list of their own. What is left over there is in no sum either,
    /// so it is no doubt.
    pub(super) fn read_pending_line(&mut self, line: &Line, index: usize) {
        let Some(table) = self.table else { return };
        let (suspects, findings) = (std::mem::take(&mut self.suspects), self.draft.findings.len());
        std::mem::swap(&mut self.draft.rows, &mut self.draft.pending);
        self.read_table_line(table, line, index);
        std::mem::swap(&mut self.draft.rows, &mut self.draft.pending);
        self.suspects = suspects;
        self.draft.findings.truncate(findings);
    }
}
