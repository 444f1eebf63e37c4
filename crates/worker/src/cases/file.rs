//! The documents of a case as they come in, put together and computed.

use smartexus_analyze::{Analyst, AnalyzeError, CaseRows, Choices, Limits, analyze};
use smartexus_domain::{Case, FaultVerdict, Figures, StatementResult};
use smartexus_parse::{CaseDocument, CaseError, CaseLimits, assemble};
use std::collections::BTreeSet;

/// Why documents come to no case, or a case to no figures.
#[derive(Debug, thiserror::Error)]
pub enum CaseFileError {
    /// More documents or rows than a case may have.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The figures could not be computed.
    #[error(transparent)]
    Figures(#[from] AnalyzeError),
}

impl CaseFileError {
    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Case(error) => error.verdict(),
            Self::Figures(error) => error.verdict(),
        }
    }
}

/// The documents of a case as they come in: their rows without boxes and texts of categories, up to the limits.
pub struct CaseFile<'a> {
    limits: CaseLimits,
    documents: Vec<CaseDocument>,
    facts: CaseRows<'a>,
    choices: &'a Choices,
    rows: usize,
}

impl<'a> CaseFile<'a> {
    /// An empty case that can take so many files.
    ///
    /// # Errors
    /// More files than the limits allow, before any of them is read.
    pub fn open(files: usize, analyst: &'a Analyst, limits: CaseLimits) -> Result<Self, CaseFileError> {
        if files > limits.documents_max {
            return Err(CaseError::TooManyDocuments(limits.documents_max).into());
        }
        let facts = CaseRows::new(analyst);
        Ok(Self { limits, documents: Vec::new(), facts, choices: analyst.defaults(), rows: 0 })
    }

    /// The same case, with what a workspace chose.
    #[must_use]
    pub const fn choosing(mut self, choices: &'a Choices) -> Self {
        self.choices = choices;
        self
    }

    /// Adds a document. One whose rows pass the limit is counted and not kept, so that memory stays bounded.
    pub fn add(&mut self, result: &StatementResult) {
        let rows = result.statements.iter().map(|statement| statement.transactions.len());
        self.rows = rows.fold(self.rows, usize::saturating_add);
        if self.has_room() {
            self.documents.push(CaseDocument::of(result));
            self.facts.add(result);
        }
    }

    /// The rows so far pass no limit: what came in last is kept.
    #[must_use]
    pub const fn has_room(&self) -> bool {
        self.rows <= self.limits.rows_max
    }

    /// Puts the documents together and computes what they come to.
    ///
    /// # Errors
    /// [`CaseFileError`] where a limit is passed.
    pub fn close(self) -> Result<(Case, Figures), CaseFileError> {
        if !self.has_room() {
            return Err(CaseError::TooManyRows(self.limits.rows_max).into());
        }
        let mut case = assemble(&self.documents, &BTreeSet::new(), &self.limits)?;
        let limits = Limits { rows_max: self.limits.rows_max, ..Limits::default() };
        let figures = analyze(&case, &self.facts, self.choices, &limits)?;
        case.figures.clone_from(&figures.figures);
        Ok((case, figures))
    }
}
