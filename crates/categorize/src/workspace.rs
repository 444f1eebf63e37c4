//! What one workspace knows beside the shipped data: its rules, and what its people corrected.
//!
//! Both are values that the caller keeps, seals and passes in. Nothing of one workspace can reach another, because
//! nothing of it is ever stored in the [`crate::Rulebook`].

use crate::corrections::{Correction, Corrections};
use crate::direction::{Direction, RowWords};
use crate::fold::Folded;
use crate::rulebook::Rulebook;
use crate::taxonomy::LeafIndex;
use serde::{Deserialize, Serialize};
use smartexus_domain::{Categorization, CategoryId, FaultVerdict};

/// Rules that a workspace may have.
pub const RULES_MAX: usize = 1_000;
/// Terms that one rule may have, of either kind.
pub const TERMS_MAX: usize = 50;

/// Characters of a rule's id.
pub const RULE_ID_CHARS_MAX: usize = 64;
/// Characters of one term, and of an account's number.
pub const TERM_CHARS_MAX: usize = 200;

/// Rules and corrections of one workspace.
#[derive(Default)]
pub struct Workspace {
    /// In their order: the first that fits decides.
    pub rules: WorkspaceRules,
    /// What its people corrected.
    pub corrections: Corrections,
}

impl Workspace {
    /// Out of what was kept. A rule or a correction that this release does not carry any more, for instance because its
    /// category is gone, says nothing; how many do is told.
    #[must_use]
    pub fn of_kept(
        rules: Vec<WorkspaceRule>,
        corrections: Vec<Correction>,
        book: &Rulebook,
    ) -> (Self, usize) {
        let mut workspace = Self::default();
        let refused = rules.into_iter().filter_map(|rule| workspace.rules.add(rule, book).err()).count();
        let (corrections, dropped) = Corrections::replay_known(corrections, book);
        workspace.corrections = corrections;
        (workspace, refused + dropped)
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.list.is_empty() && self.corrections.is_silent()
    }
}

/// One rule: when every condition that it states holds, the row is of its category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceRule {
    /// Names it in reasons; unique in the workspace.
    pub id: String,
    /// One of these stands in the description, as whole words; empty: any description.
    #[serde(default)]
    pub include: Vec<String>,
    /// None of these does.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Least amount without its sign, in minor units.
    #[serde(default)]
    pub amount_min: Option<u64>,
    /// Largest amount without its sign, in minor units.
    #[serde(default)]
    pub amount_max: Option<u64>,
    /// Which way the money went.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// The account, as the statement names it.
    #[serde(default)]
    pub account: Option<String>,
    /// Only rows of a series, or only rows of none.
    #[serde(default)]
    pub recurring: Option<bool>,
    /// What such rows are.
    pub category: CategoryId,
}

/// Why a rule or a correction is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkspaceError {
    /// The category is not a leaf of the taxonomy.
    #[error("`{0}` is not a category")]
    UnknownCategory(String),
    /// Money of this direction never is of the category.
    #[error("`{0}` does not fit the direction")]
    WrongDirection(String),
    /// Another rule has the id.
    #[error("a rule `{0}` exists already")]
    Duplicate(String),
    /// A rule without any condition would take every row.
    #[error("a rule needs at least one condition")]
    NoCondition,
    /// A term without a letter or digit fits nothing.
    #[error("`{0}` has no letter or digit")]
    EmptyTerm(String),
    /// The least amount is above the largest.
    #[error("the least amount is above the largest")]
    EmptyRange,
    /// Nothing has this id.
    #[error("`{0}` does not exist")]
    Missing(String),
    /// The workspace has as many as it may have.
    #[error("more than {0} are not kept")]
    TooMany(usize),
    /// An id, a term or an account is longer than it may be.
    #[error("more than {0} characters are not kept")]
    TooLong(usize),
    /// A rule is named by its id.
    #[error("a rule needs an id of visible characters")]
    NoId,
}

impl WorkspaceError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownCategory(_) => "unknown_category",
            Self::WrongDirection(_) => "wrong_direction",
            Self::Duplicate(_) => "duplicate_rule",
            Self::NoCondition => "rule_without_condition",
            Self::EmptyTerm(_) => "empty_term",
            Self::EmptyRange => "empty_range",
            Self::Missing(_) => "not_found",
            Self::TooMany(_) => "too_many",
            Self::TooLong(_) => "too_long",
            Self::NoId => "rule_without_id",
        }
    }

    /// Always the caller's.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        FaultVerdict::Reject
    }
}

/// Ordered rules, checked and ready to match.
#[derive(Default)]
pub struct WorkspaceRules {
    list: Vec<Ready>,
}

/// A rule with its terms folded.
struct Ready {
    rule: WorkspaceRule,
    include: Vec<String>,
    exclude: Vec<String>,
    leaf: LeafIndex,
}

/// What a rule would do to one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Touched {
    /// The row's place among those that were shown.
    pub row: usize,
    /// What it is now.
    pub before: CategoryId,
    /// What it would be; the same where an earlier rule decides first.
    pub after: CategoryId,
}

impl WorkspaceRules {
    /// Puts a rule behind those that stand.
    ///
    /// # Errors
    /// [`WorkspaceError`] for a rule that could never be meant.
    pub fn add(&mut self, rule: WorkspaceRule, rules: &Rulebook) -> Result<(), WorkspaceError> {
        self.insert(self.list.len(), rule, rules)
    }

    /// Puts a rule at a place in the order.
    ///
    /// # Errors
    /// [`WorkspaceError`] for a rule that could never be meant.
    pub fn insert(&mut self, at: usize, rule: WorkspaceRule, rules: &Rulebook) -> Result<(), WorkspaceError> {
        if self.list.len() >= RULES_MAX {
            return Err(WorkspaceError::TooMany(RULES_MAX));
        }
        if self.list.iter().any(|held| held.rule.id == rule.id) {
            return Err(WorkspaceError::Duplicate(rule.id));
        }
        let ready = Ready::new(rule, rules)?;
        self.list.insert(at.min(self.list.len()), ready);
        Ok(())
    }

    /// Takes a rule away.
    ///
    /// # Errors
    /// [`WorkspaceError::Missing`].
    pub fn remove(&mut self, id: &str) -> Result<WorkspaceRule, WorkspaceError> {
        let at = self.list.iter().position(|held| held.rule.id == id);
        at.map(|at| self.list.remove(at).rule).ok_or_else(|| WorkspaceError::Missing(id.to_owned()))
    }

    /// The rules in their order.
    pub fn list(&self) -> impl Iterator<Item = &WorkspaceRule> {
        self.list.iter().map(|ready| &ready.rule)
    }

    /// Which of these rows a rule would touch if it stood behind the others. Rows that a person decided are the
    /// caller's to leave out: no rule changes them.
    ///
    /// # Errors
    /// [`WorkspaceError`] for a rule that could never be meant.
    pub fn preview(
        &self,
        rule: &WorkspaceRule,
        rows: &[(RowWords<'_>, Categorization)],
        rules: &Rulebook,
    ) -> Result<Vec<Touched>, WorkspaceError> {
        let ready = Ready::new(rule.clone(), rules)?;
        let fits = rows.iter().enumerate().filter(|(_, (row, _))| {
            let text = Folded::read(row.description, &rules.vocabulary);
            ready.fits(row, &text, rules)
        });
        let touched = fits.map(|(at, (row, said))| {
            let text = Folded::read(row.description, &rules.vocabulary);
            let earlier = self.first(row, &text, rules).is_some();
            let after = if earlier { said.category.clone() } else { rule.category.clone() };
            Touched { row: at, before: said.category.clone(), after }
        });
        Ok(touched.collect())
    }

    /// The first rule that fits, and its leaf.
    pub(crate) fn first(
        &self,
        row: &RowWords<'_>,
        text: &Folded<'_>,
        rules: &Rulebook,
    ) -> Option<(&WorkspaceRule, LeafIndex)> {
        let ready = self.list.iter().find(|ready| ready.fits(row, text, rules))?;
        Some((&ready.rule, ready.leaf))
    }

    /// Whether some rule asks for more than the words and the direction.
    pub(crate) fn ask_for_more(&self) -> bool {
        self.list.iter().any(|ready| {
            let rule = &ready.rule;
            let amount = rule.amount_min.is_some() || rule.amount_max.is_some();
            amount || rule.account.is_some() || rule.recurring.is_some()
        })
    }
}

impl Ready {
    fn new(rule: WorkspaceRule, rules: &Rulebook) -> Result<Self, WorkspaceError> {
        check_lengths(&rule)?;
        let leaf = rules.leaf_for(&rule.category, rule.direction)?;
        if rule.include.len() > TERMS_MAX || rule.exclude.len() > TERMS_MAX {
            return Err(WorkspaceError::TooMany(TERMS_MAX));
        }
        if matches!((rule.amount_min, rule.amount_max), (Some(least), Some(most)) if least > most) {
            return Err(WorkspaceError::EmptyRange);
        }
        let amount = rule.amount_min.is_some() || rule.amount_max.is_some();
        let elsewhere = rule.direction.is_some() || rule.account.is_some() || rule.recurring.is_some();
        if rule.include.is_empty() && !amount && !elsewhere {
            return Err(WorkspaceError::NoCondition);
        }
        let (include, exclude) = (terms(&rule.include)?, terms(&rule.exclude)?);
        Ok(Self { rule, include, exclude, leaf })
    }

    fn fits(&self, row: &RowWords<'_>, text: &Folded<'_>, rules: &Rulebook) -> bool {
        let rule = &self.rule;
        let amount = row.amount.map(|amount| amount.minor().unsigned_abs());
        let within = |least: Option<u64>, most: Option<u64>| {
            (least.is_none() && most.is_none())
                || amount.is_some_and(|amount| {
                    least.is_none_or(|least| least <= amount) && most.is_none_or(|most| amount <= most)
                })
        };
        rule.direction.is_none_or(|direction| direction == row.direction)
            && rules.taxonomy.at(self.leaf).direction.fits(row.direction)
            && rule.account.as_deref().is_none_or(|account| row.account_id == Some(account))
            && rule.recurring.is_none_or(|recurring| row.recurring == Some(recurring))
            && within(rule.amount_min, rule.amount_max)
            && (self.include.is_empty() || self.include.iter().any(|term| stands(term, text)))
            && !self.exclude.iter().any(|term| stands(term, text))
    }
}

fn check_lengths(rule: &WorkspaceRule) -> Result<(), WorkspaceError> {
    if rule.id.trim().is_empty() || rule.id.chars().any(char::is_control) {
        return Err(WorkspaceError::NoId);
    }
    if rule.id.chars().count() > RULE_ID_CHARS_MAX {
        return Err(WorkspaceError::TooLong(RULE_ID_CHARS_MAX));
    }
    let mut texts = rule.include.iter().chain(&rule.exclude).chain(&rule.account);
    if texts.any(|text| text.chars().count() > TERM_CHARS_MAX) {
        return Err(WorkspaceError::TooLong(TERM_CHARS_MAX));
    }
    Ok(())
}

/// Terms as folded words with a blank on either side of each.
fn terms(terms: &[String]) -> Result<Vec<String>, WorkspaceError> {
    let folded = |term: &String| {
        let text = Folded::of(term);
        let words: Vec<&str> = (0..text.len()).map(|word| text.word(word)).collect();
        if words.is_empty() { Err(WorkspaceError::EmptyTerm(term.clone())) } else { Ok(words.join(" ")) }
    };
    terms.iter().map(folded).collect()
}

/// Whether a term stands in the text as whole words.
fn stands(term: &str, text: &Folded<'_>) -> bool {
    let words = term.split(' ').count();
    let ends = (0..text.len()).map(|start| start + words).take_while(|end| *end <= text.len());
    ends.map(|end| end - words..end)
        .any(|mut range| term.split(' ').all(|word| range.next().is_some_and(|at| text.word(at) == word)))
}

#[cfg(test)]
#[path = "workspace_tests.rs"]
mod tests;
