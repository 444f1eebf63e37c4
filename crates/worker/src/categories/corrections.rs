//! What people correct, and how it is taken back.

use super::desk::CategoryDesk;
use super::fault::{CategoryFault, done};
use super::kept::{self, StoredCorrection};
use crate::result::parsed_reading;
use serde::Serialize;
use smartexus_categorize::{CORRECTIONS_MAX, Corrections, Direction, WorkspaceError, rows_of};
use smartexus_domain::{CategoryId, DocumentId};
use smartexus_platform::port::Lookup;

/// What a person says of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionAsk {
    /// The row's document.
    pub document: DocumentId,
    /// Which of its statements, from 0.
    pub statement: usize,
    /// The row's `seq`.
    pub seq: u32,
    /// What the row is.
    pub category: CategoryId,
}

/// `smartexus.corrections/1`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsView {
    /// `smartexus.corrections/1`
    pub schema: &'static str,
    /// Counts up with every change.
    pub version: u64,
    /// Whether anything follows from them; `false` after an objection.
    pub learning: bool,
    /// Oldest first.
    pub corrections: Vec<CorrectionView>,
    /// Ask again with this as `after`; `null` at the end.
    pub next_after: Option<u64>,
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    /// Its number.
    pub id: u64,
    /// When, RFC 3339.
    pub at: String,
    /// The row's document; it goes with it.
    pub document: Option<DocumentId>,
    /// Which of its statements, from 0.
    pub statement: usize,
    /// The row's `seq`.
    pub seq: u32,
    /// As printed.
    pub description: String,
    /// Which way the money went.
    pub direction: Direction,
    /// What the person said it is.
    pub category: CategoryId,
    /// Taken back: it stays on record and says nothing.
    pub undone: bool,
}

impl CategoryDesk {
    /// Corrections after this number, oldest first.
    ///
    /// # Errors
    /// [`CategoryFault::Platform`].
    pub async fn corrections(&self, after: u64, limit: usize) -> Result<CorrectionsView, CategoryFault> {
        let kept = self.world.category_book(self.workspace).corrections().await?;
        let mut rest = kept.corrections.iter().filter(|kept| kept.number > after);
        let mut corrections = Vec::new();
        for kept in rest.by_ref().take(limit) {
            let StoredCorrection { statement, seq, correction } = kept::correction(kept)?;
            corrections.push(CorrectionView {
                id: kept.number,
                at: kept.at.to_string(),
                document: kept.document,
                statement,
                seq,
                description: correction.description,
                direction: correction.direction,
                category: correction.category,
                undone: correction.undone,
            });
        }
        let next_after = rest.next().and_then(|_| corrections.last().map(|last| last.id));
        Ok(CorrectionsView {
            schema: "smartexus.corrections/1",
            version: kept.version,
            learning: kept.learning,
            corrections,
            next_after,
        })
    }

    /// Keeps what a person said of a row, and learns from it; says its number.
    ///
    /// # Errors
    /// [`CategoryFault`]: no such row, or a category that does not exist or does not fit the row's direction.
    pub async fn correct(&self, ask: &CorrectionAsk) -> Result<u64, CategoryFault> {
        self.check_room().await?;
        let document = match self.world.documents.document(self.workspace, ask.document).await? {
            Lookup::Found(document) => document,
            Lookup::Gone(_) => return Err(CategoryFault::Gone),
            Lookup::Absent => return Err(CategoryFault::Absent),
        };
        // As it was before anything was said of it: a bank's own name of the other side is part of the row.
        let reading = parsed_reading(&self.world, &document).await?.ok_or(CategoryFault::NoRows)?;
        let mut rows = rows_of(&reading);
        let row = rows.find(|row| row.statement == ask.statement && row.row.seq == ask.seq);
        let row = row.ok_or(CategoryFault::Absent)?;
        let mut lesson = Corrections::default();
        lesson.learn(&row.words, &ask.category, &self.rulebook)?;
        let correction = lesson.records().first().cloned().ok_or(CategoryFault::Absent)?;
        let stored = StoredCorrection { statement: ask.statement, seq: ask.seq, correction };
        let content = serde_json::to_vec(&stored).map_err(|_| CategoryFault::Absent)?;
        let book = self.world.category_book(self.workspace);
        done(book.correct(ask.document, &content, self.actor).await?)
    }

    /// Takes a correction back: everything is as if it had not been made.
    ///
    /// # Errors
    /// [`CategoryFault`]: there is none, or it is taken back already.
    pub async fn undo(&self, number: u64) -> Result<u64, CategoryFault> {
        done(self.world.category_book(self.workspace).undo(number, self.actor).await?)
    }

    /// Switches learning off (an objection) or on again.
    ///
    /// # Errors
    /// [`CategoryFault::Platform`].
    pub async fn switch_learning(&self, on: bool) -> Result<u64, CategoryFault> {
        done(self.world.category_book(self.workspace).switch(on, self.actor).await?)
    }

    /// There are no more corrections than changes, and most workspaces never come near the limit: then nothing is read.
    async fn check_room(&self) -> Result<(), CategoryFault> {
        let book = self.world.category_book(self.workspace);
        let most = CORRECTIONS_MAX as u64;
        if book.versions().await?.corrections < most {
            return Ok(());
        }
        let kept = book.corrections().await?;
        let in_force = kept.corrections.iter().filter(|kept| !kept.undone).count();
        if in_force < CORRECTIONS_MAX { Ok(()) } else { Err(WorkspaceError::TooMany(CORRECTIONS_MAX).into()) }
    }
}
