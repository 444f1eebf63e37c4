//! What a rule would change in the documents that are there.

use super::desk::CategoryDesk;
use super::fault::CategoryFault;
use crate::result::stored_reading;
use serde::Serialize;
use smartexus_categorize::{RowWords, Touched, WorkspaceError, WorkspaceRule, rows_of};
use smartexus_domain::{Categorization, CategoryId, DocumentId, DocumentState, Method, Reading};
use smartexus_platform::port::{Document, DocumentQuery, DocumentRole};

/// Documents that one preview looks at, the newest first.
pub const PREVIEW_DOCUMENTS_MAX: usize = 500;
/// Rows that one preview looks at; the document that reaches it is still looked at whole.
pub const PREVIEW_ROWS_MAX: usize = 50_000;
/// Changed rows that are shown one by one; all are counted.
pub const PREVIEW_CHANGES_SHOWN: usize = 500;

/// Documents that are listed at a time.
const PAGE: u32 = 100;

/// `smartexus.rule_preview/1`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RulePreview {
    /// `smartexus.rule_preview/1`
    pub schema: &'static str,
    /// Documents that were looked at.
    pub documents: usize,
    /// Rows that were looked at.
    pub rows: usize,
    /// Rows whose category would be another one.
    pub changed: usize,
    /// How many of these stand in documents that are approved already.
    pub approved: usize,
    /// Every document was looked at; otherwise a limit was reached, and older ones were not.
    pub complete: bool,
    /// The changed rows, the first [`PREVIEW_CHANGES_SHOWN`] of them.
    pub changes: Vec<RuleChange>,
}

/// One row that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// Its document.
    pub document: DocumentId,
    /// Which of its statements, from 0.
    pub statement: usize,
    /// The row's `seq`.
    pub seq: u32,
    /// As printed.
    pub description: String,
    /// What it is.
    pub before: CategoryId,
    /// What it would be.
    pub after: CategoryId,
    /// Its document is approved already.
    pub approved: bool,
}

impl CategoryDesk {
    /// What this rule would change if it stood behind the others. Nothing is changed. Rows that a person decided are left
    /// out: no rule changes them.
    ///
    /// # Errors
    /// [`CategoryFault`]: the rule could never be meant, or the outside is at fault.
    pub async fn preview(&self, rule: &WorkspaceRule) -> Result<RulePreview, CategoryFault> {
        let rules = self.known(self.held().await?.1);
        // Refused even where there is no row that it could be tried on.
        rules.preview(rule, &[], &self.rulebook)?;
        let mut preview = RulePreview {
            schema: "smartexus.rule_preview/1",
            documents: 0,
            rows: 0,
            changed: 0,
            approved: 0,
            complete: true,
            changes: Vec::new(),
        };
        let states = vec![DocumentState::NeedsReview, DocumentState::Approved, DocumentState::Exported];
        let mut query =
            DocumentQuery { states, roles: vec![DocumentRole::Document], before: None, limit: PAGE };
        loop {
            let page = self.world.documents.list(self.workspace, &query).await?;
            let Some(last) = page.last().map(|document| document.id) else { return Ok(preview) };
            for document in &page {
                if preview.documents >= PREVIEW_DOCUMENTS_MAX || preview.rows >= PREVIEW_ROWS_MAX {
                    preview.complete = false;
                    return Ok(preview);
                }
                // One that is being erased at this moment has nothing to show.
                if let Ok(Some(reading)) = stored_reading(&self.world, document).await {
                    preview.look_at(document, &reading, |rows| rules.preview(rule, rows, &self.rulebook))?;
                }
            }
            query.before = Some(last);
        }
    }
}

type Shown<'a> = (RowWords<'a>, Categorization);

impl RulePreview {
    fn look_at(
        &mut self,
        document: &Document,
        reading: &Reading,
        touch: impl Fn(&[Shown<'_>]) -> Result<Vec<Touched>, WorkspaceError>,
    ) -> Result<(), CategoryFault> {
        let mut places = Vec::new();
        let mut shown = Vec::new();
        for row in rows_of(reading) {
            let Some(said) = row.row.categorization.clone().filter(|_| row.row.method != Method::Person)
            else {
                continue;
            };
            places.push(row);
            shown.push((row.words, said));
        }
        self.documents += 1;
        self.rows += shown.len();
        let approved = matches!(document.state, DocumentState::Approved | DocumentState::Exported);
        for touched in touch(&shown)?.into_iter().filter(|touched| touched.before != touched.after) {
            let Some(place) = places.get(touched.row) else { continue };
            self.changed += 1;
            self.approved += usize::from(approved);
            if self.changes.len() < PREVIEW_CHANGES_SHOWN {
                self.changes.push(RuleChange {
                    document: document.id,
                    statement: place.statement,
                    seq: place.row.seq,
                    description: place.row.description.clone(),
                    before: touched.before,
                    after: touched.after,
                    approved,
                });
            }
        }
        Ok(())
    }
}
