//! One row's way: a workspace's rules, its corrections, phrases, names, the model, how the money moved, and an honest
//! "unknown".

use crate::clean::{Cleaned, clean};
use crate::corrections::Remembered;
use crate::direction::{AccountSide, Direction, RowWords};
use crate::evidence::{Decision, Evidence};
use crate::features::Features;
use crate::fold::{Folded, Room};
use crate::memory::Memory;
use crate::merchants::AliasHit;
use crate::rulebook::Rulebook;
use crate::workspace::{Workspace, WorkspaceError};
use smartexus_domain::{Account, Categorization, CategoryId, DocumentKind, Reading, Transaction};
use std::ops::Range;

/// Gives every row of a reading its category.
pub fn categorize(reading: &mut Reading, rules: &Rulebook) {
    categorize_with(reading, &mut Categorizer::new(rules));
}

/// Gives every row of a reading its category, as a workspace would have it.
pub fn categorize_for(reading: &mut Reading, rules: &Rulebook, workspace: &Workspace) {
    categorize_with(reading, &mut Categorizer::for_workspace(rules, workspace));
}

fn categorize_with(reading: &mut Reading, categorizer: &mut Categorizer<'_>) {
    let card_document = reading.kind == DocumentKind::CardStatement;
    for statement in &mut reading.statements {
        let side = side_of(&statement.account, card_document);
        let account_id = account_id(&statement.account);
        for row in &mut statement.transactions {
            let words = RowWords { account_id, ..RowWords::of(row, side) };
            row.categorization = Some(categorizer.row(&words));
        }
    }
}

fn side_of(account: &Account, card_document: bool) -> AccountSide {
    let kind = account.kind.as_deref();
    let card = kind == Some("credit_card") || (kind.is_none() && card_document);
    if card { AccountSide::Card } else { AccountSide::Bank }
}

fn account_id(account: &Account) -> Option<&str> {
    account.iban.as_deref().or(account.number.as_deref())
}

/// A row of a reading, as it is categorized.
#[derive(Debug, Clone, Copy)]
pub struct ReadingRow<'a> {
    /// Which of the reading's statements, from 0.
    pub statement: usize,
    /// The row itself.
    pub row: &'a Transaction,
    /// What of it counts.
    pub words: RowWords<'a>,
}

/// Every row of a reading, in its order.
pub fn rows_of(reading: &Reading) -> impl Iterator<Item = ReadingRow<'_>> {
    let card_document = reading.kind == DocumentKind::CardStatement;
    reading.statements.iter().enumerate().flat_map(move |(number, statement)| {
        let side = side_of(&statement.account, card_document);
        let account_id = account_id(&statement.account);
        statement.transactions.iter().map(move |row| ReadingRow {
            statement: number,
            row,
            words: RowWords { account_id, ..RowWords::of(row, side) },
        })
    })
}

/// The category of one row, with its reason. Total: any text has an answer.
#[must_use]
pub fn categorize_row(row: &RowWords<'_>, rules: &Rulebook) -> Categorization {
    Categorizer::new(rules).decide(row)
}

/// Categorizes many rows: it keeps its room between them and remembers what it decided on equal words.
pub struct Categorizer<'r> {
    rules: &'r Rulebook,
    workspace: Option<&'r Workspace>,
    hits: Vec<AliasHit<'r>>,
    room: Room,
    memory: Memory,
}

impl<'r> Categorizer<'r> {
    /// With the shipped data alone.
    #[must_use]
    pub fn new(rules: &'r Rulebook) -> Self {
        Self { rules, workspace: None, hits: Vec::new(), room: Room::default(), memory: Memory::new() }
    }

    /// With what a workspace knows before it.
    #[must_use]
    pub fn for_workspace(rules: &'r Rulebook, workspace: &'r Workspace) -> Self {
        Self { workspace: Some(workspace).filter(|workspace| !workspace.is_empty()), ..Self::new(rules) }
    }

    /// The category of the next row.
    pub fn row(&mut self, row: &RowWords<'_>) -> Categorization {
        if self.workspace.is_some_and(|workspace| workspace.rules.ask_for_more()) {
            return self.decide(row);
        }
        let mut memory = std::mem::replace(&mut self.memory, Memory::new());
        let said = memory.recall(row, || self.decide(row));
        self.memory = memory;
        said
    }

    fn decide(&mut self, row: &RowWords<'_>) -> Categorization {
        let said = self.by_description(row);
        let Some(named) = row.counterparty.filter(|name| !name.trim().is_empty()) else { return said };
        if said.category.as_str() != CategoryId::UNCATEGORIZED {
            return said;
        }
        // The description says nothing; the counterparty's column may.
        let by_counterparty =
            self.by_description(&RowWords { description: named, counterparty: None, ..*row });
        if by_counterparty.confidence > said.confidence { by_counterparty } else { said }
    }

    fn by_description(&mut self, row: &RowWords<'_>) -> Categorization {
        let text = Folded::read_in(row.description, &self.rules.vocabulary, std::mem::take(&mut self.room));
        self.rules.merchants.hits(&text, &mut self.hits);
        let reading = RowReading { row, rules: self.rules, text: &text, hits: &self.hits };
        let decision = reading.decide(self.workspace);
        let said = reading.finish(decision);
        self.room = text.into_room();
        said
    }
}

/// What of a row counts, for the model and for what is learned.
pub(crate) struct Look<'r> {
    pub(crate) cleaned: Cleaned<'r>,
    pub(crate) features: Features,
}

impl Rulebook {
    /// What of a row counts, without a decision.
    pub(crate) fn look(&self, row: &RowWords<'_>, text: &Folded<'_>) -> Look<'_> {
        let mut hits = Vec::new();
        self.merchants.hits(text, &mut hits);
        let reading = RowReading { row, rules: self, text, hits: &hits };
        let cleaned = reading.clean(&(0..0));
        let features = Features::of(row, text, &cleaned, &hits, |_| true);
        Look { cleaned, features }
    }

    /// The leaf of an id that a person chose, checked against the direction it is for.
    pub(crate) fn leaf_for(
        &self,
        category: &CategoryId,
        direction: Option<Direction>,
    ) -> Result<crate::taxonomy::LeafIndex, WorkspaceError> {
        let unknown = || WorkspaceError::UnknownCategory(category.as_str().to_owned());
        let leaf = self.taxonomy.find("", 0, category.as_str()).map_err(|_| unknown())?;
        if direction.is_some_and(|direction| !self.taxonomy.at(leaf).direction.fits(direction)) {
            return Err(WorkspaceError::WrongDirection(category.as_str().to_owned()));
        }
        Ok(leaf)
    }
}

pub(crate) struct RowReading<'a, 'r> {
    pub(crate) row: &'a RowWords<'a>,
    pub(crate) rules: &'r Rulebook,
    pub(crate) text: &'a Folded<'a>,
    pub(crate) hits: &'a [AliasHit<'r>],
}

impl<'r> RowReading<'_, 'r> {
    fn decide(&self, workspace: Option<&Workspace>) -> Decision {
        if let Some(decision) = workspace.and_then(|workspace| self.by_workspace_rule(workspace)) {
            return decision;
        }
        let corrections = workspace.map(|workspace| &workspace.corrections);
        let phrase = self.rules.rules.best(self.text, self.row, false);
        let phrase_words = phrase.as_ref().map_or(0..0, |hit| hit.words.clone());
        if let Some(corrections) = corrections.filter(|corrections| !corrections.is_silent()) {
            let cleaned = self.clean(&(0..0));
            if let Some(remembered) = corrections.remembered(self.row, self.text, &cleaned) {
                return self.by_memory(&remembered, self.clean(&phrase_words).name);
            }
        }
        let evidence = Evidence { reading: self, corrections };
        match phrase {
            Some(hit) => evidence.by_phrase(&hit),
            None => evidence.without_phrase(),
        }
    }

    fn by_workspace_rule(&self, workspace: &Workspace) -> Option<Decision> {
        let (rule, leaf) = workspace.rules.first(self.row, self.text, self.rules)?;
        let reason = format!("Your rule “{}” fits this row.", rule.id);
        Some(Decision {
            leaf,
            confidence: 1.0,
            reason,
            counterparty: self.clean(&(0..0)).name,
            tags: Vec::new(),
        })
    }

    fn by_memory(&self, remembered: &Remembered, counterparty: Option<String>) -> Decision {
        let Remembered { leaf, alike, all } = *remembered;
        let times = if all == 1 { "correction" } else { "corrections" };
        let who = counterparty.as_deref().unwrap_or("these words");
        let id = self.rules.taxonomy.at(leaf).id.as_str();
        let reason = format!("Learned: {alike} of {all} {times} of {who} in this workspace say {id}.");
        let confidence = match (alike == all, all) {
            (true, 3..) => 0.97,
            (true, 2) => 0.95,
            (true, _) => 0.9,
            (false, _) => 0.75,
        };
        Decision { leaf, confidence, reason, counterparty, tags: Vec::new() }
    }

    pub(crate) fn clean(&self, drop: &Range<usize>) -> Cleaned<'r> {
        let keep: Vec<Range<usize>> =
            self.hits.iter().filter(|hit| hit.alias.has_digit).map(|hit| hit.words.clone()).collect();
        clean(self.text, self.row.description, drop, &keep, self.rules)
    }

    /// Adds flags and tags, and the counterparty that the source named apart.
    fn finish(&self, decision: Decision) -> Categorization {
        let leaf = self.rules.taxonomy.at(decision.leaf);
        let mut row_tags = decision.tags;
        self.rules.rules.word_tags(self.text, &mut row_tags);
        if self.row.check_number.is_some_and(|number| !number.trim().is_empty()) {
            row_tags.push(crate::tags::RowTag::Check);
        }
        row_tags.sort_unstable();
        row_tags.dedup();
        let mut tags = Vec::with_capacity(leaf.flags.len() + row_tags.len());
        tags.extend(leaf.flags.iter().cloned());
        tags.extend(
            row_tags.iter().map(|tag| tag.as_str().to_owned()).filter(|tag| !leaf.flags.contains(tag)),
        );
        let named = self.row.counterparty.filter(|name| !name.trim().is_empty()).and_then(|name| {
            clean(&Folded::read(name, &self.rules.vocabulary), name, &(0..0), &[], self.rules).name
        });
        debug_assert!(
            leaf.direction.fits(self.row.direction) || self.row.account == AccountSide::Card,
            "a leaf fits its row"
        );
        let mut reason = decision.reason;
        reason.push_str(" (");
        reason.push_str(self.row.direction.words());
        reason.push(')');
        Categorization {
            counterparty: named.or(decision.counterparty),
            category: leaf.id.clone(),
            confidence: decision.confidence,
            reason,
            tags,
        }
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
