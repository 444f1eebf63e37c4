//! One row's way: phrases, names, grammar, and an honest "unknown".

use crate::clean::{Cleaned, clean};
use crate::direction::{AccountSide, Direction, RowWords};
use crate::fold::Folded;
use crate::lexicon::Channel;
use crate::merchants::{AliasHit, Reach};
use crate::rulebook::Rulebook;
use crate::rules::{Names, RuleHit};
use crate::strength::Strength;
use crate::tags::RowTag;
use crate::taxonomy::LeafIndex;
use smartexus_domain::{Categorization, DocumentKind, Reading};
use std::cmp::Reverse;
use std::ops::Range;

/// Gives every row of a reading its category.
pub fn categorize(reading: &mut Reading, rules: &Rulebook) {
    let card_document = reading.kind == DocumentKind::CardStatement;
    for statement in &mut reading.statements {
        let kind = statement.account.kind.as_deref();
        let card = kind == Some("credit_card") || (kind.is_none() && card_document);
        let account = if card { AccountSide::Card } else { AccountSide::Bank };
        for row in &mut statement.transactions {
            row.categorization = Some(categorize_row(&RowWords::of(row, account), rules));
        }
    }
}

/// The category of one row, with its reason. Total: any text has an answer.
#[must_use]
pub fn categorize_row(row: &RowWords<'_>, rules: &Rulebook) -> Categorization {
    let said = by_description(row, rules);
    let Some(named) = row.counterparty.filter(|name| !name.trim().is_empty()) else { return said };
    if said.category != rules.taxonomy.at(rules.taxonomy.unknown()).id {
        return said;
    }
    // The description says nothing; the counterparty's column may.
    let by_counterparty = by_description(&RowWords { description: named, counterparty: None, ..*row }, rules);
    if by_counterparty.confidence > said.confidence { by_counterparty } else { said }
}

fn by_description(row: &RowWords<'_>, rules: &Rulebook) -> Categorization {
    let text = Folded::of(row.description);
    let hits = rules.merchants.hits(&text);
    let phrase = rules.rules.best(&text, row, false);
    let reading = RowReading { row, rules, text: &text, hits: &hits };
    let decision = match phrase {
        Some(hit) => reading.by_phrase(&hit),
        None => reading.without_phrase(),
    };
    reading.finish(decision)
}

/// What decided.
struct Decision {
    leaf: LeafIndex,
    strength: Strength,
    reason: String,
    counterparty: Option<String>,
    tags: Vec<RowTag>,
}

struct RowReading<'a> {
    row: &'a RowWords<'a>,
    rules: &'a Rulebook,
    text: &'a Folded<'a>,
    hits: &'a [AliasHit<'a>],
}

impl<'a> RowReading<'a> {
    fn by_phrase(&self, hit: &RuleHit<'_>) -> Decision {
        let counterparty = match hit.rule.names {
            Names::Nobody => None,
            Names::Rest => self.clean(&hit.words).name,
            Names::Itself => self.clean(&(0..0)).name,
        };
        Decision {
            leaf: hit.leaf,
            strength: hit.rule.strength,
            reason: format!(
                "Rule {}: “{}” is {}.",
                hit.rule.id,
                self.text.raw_span(&hit.words),
                hit.rule.says
            ),
            counterparty,
            tags: hit.rule.tags.clone(),
        }
    }

    fn without_phrase(&self) -> Decision {
        let cleaned = self.clean(&(0..0));
        if let Some(decision) = self.by_name(&cleaned).or_else(|| self.by_processor(&cleaned)) {
            return decision;
        }
        if let Some(hit) = self.rules.rules.best(self.text, self.row, true) {
            return self.by_phrase(&hit);
        }
        self.by_channel(&cleaned).unwrap_or_else(|| self.unknown(&cleaned))
    }

    fn clean(&self, drop: &Range<usize>) -> Cleaned<'a> {
        // Digits inside a known name stay: `7 eleven`, `84 lumber`, `bet365`.
        let has_digit = |hit: &AliasHit<'_>| hit.alias.text.bytes().any(|byte| byte.is_ascii_digit());
        let keep: Vec<Range<usize>> =
            self.hits.iter().filter(|hit| has_digit(hit)).map(|hit| hit.words.clone()).collect();
        clean(self.text, self.row.description, drop, &keep, self.rules)
    }

    /// The best name inside the cleaned window: further reach first, then longer, then earlier.
    fn by_name(&self, cleaned: &Cleaned<'_>) -> Option<Decision> {
        let inside = self.hits.iter().filter(|hit| {
            hit.alias.reach > Reach::Never
                && cleaned.window.start <= hit.words.start
                && hit.words.end <= cleaned.window.end
        });
        let deciding = inside.filter_map(|hit| Some((self.strength(hit, cleaned)?, hit)));
        let (strength, hit) = deciding
            .max_by_key(|(strength, hit)| (*strength, hit.alias.text.len(), Reverse(hit.words.start)))?;
        let listed = self.rules.taxonomy.at(hit.alias.leaf);
        let shown = self.text.raw_span(&hit.words);
        let kind = if hit.alias.reach == Reach::Trade { "the trade word" } else { "the name" };
        if listed.direction.fits(self.row.direction) {
            let reason =
                format!("Merchant list: “{shown}” is {kind} “{}”, {}.", hit.alias.text, listed.id.as_str());
            return Some(Decision {
                leaf: hit.alias.leaf,
                strength,
                reason,
                counterparty: cleaned.name.clone(),
                tags: Vec::new(),
            });
        }
        let turn = self.rules.turns.get(hit.alias.leaf.as_usize())?.as_ref()?;
        let unknown = turn.leaf == self.rules.taxonomy.unknown();
        let reason = format!(
            "Merchant list: “{shown}” is {kind} “{}”, {}; {}.",
            hit.alias.text,
            listed.id.as_str(),
            turn.says
        );
        let strength = if unknown { Strength::Guess } else { strength.min(Strength::Likely) };
        Some(Decision {
            leaf: turn.leaf,
            strength,
            reason,
            counterparty: cleaned.name.clone(),
            tags: Vec::new(),
        })
    }

    /// How far an alias may go where it stands; `None` where it may not decide.
    fn strength(&self, hit: &AliasHit<'_>, cleaned: &Cleaned<'_>) -> Option<Strength> {
        let whole = cleaned.words.first() == Some(&hit.words.start)
            && cleaned.words.last() == Some(&(hit.words.end - 1));
        let at_head = cleaned.words.first() == Some(&hit.words.start);
        let witnessed = cleaned.store_number || cleaned.channel == Some(Channel::Card);
        match hit.alias.reach {
            Reach::Anywhere => Some(Strength::Name),
            Reach::Head if at_head => Some(Strength::Name),
            Reach::Trade => Some(Strength::Likely),
            Reach::Whole if whole => Some(Strength::Likely),
            Reach::Witnessed if whole && witnessed => Some(Strength::Likely),
            Reach::Head | Reach::Whole | Reach::Witnessed | Reach::Never => None,
        }
    }

    /// What is mostly bought through a processor or platform.
    fn by_processor(&self, cleaned: &Cleaned<'_>) -> Option<Decision> {
        let processor = cleaned.processor?;
        let leaf = processor.leaf?;
        let fits = self.rules.taxonomy.at(leaf).direction.fits(self.row.direction);
        let (leaf, turned) = if fits {
            (leaf, String::new())
        } else {
            let turn = self.rules.turns.get(leaf.as_usize())?.as_ref()?;
            (turn.leaf, format!("; {}", turn.says))
        };
        let listed = self.rules.taxonomy.at(leaf).id.as_str();
        let reason =
            format!("Processor list: paid through {}, which mostly means {listed}{turned}.", processor.name);
        Some(Decision {
            leaf,
            strength: Strength::Grammar,
            reason,
            counterparty: cleaned.name.clone(),
            tags: Vec::new(),
        })
    }

    /// How the money moved, where that alone says something.
    fn by_channel(&self, cleaned: &Cleaned<'_>) -> Option<Decision> {
        let leaf = |money_in: &str, money_out: &str| match self.row.direction {
            Direction::In => Some(money_in.to_owned()),
            Direction::Out => Some(money_out.to_owned()),
            Direction::Neither => None,
        };
        let (id, words, tag) = if self.row.check_number.is_some_and(|number| !number.trim().is_empty()) {
            (leaf("rev.cash_deposit", "tout.check")?, "a check number is printed", Some(RowTag::Check))
        } else {
            match cleaned.channel? {
                Channel::Card if self.row.direction == Direction::In => {
                    ("adj.refund".to_owned(), "money that comes back over a card is a refund", None)
                }
                Channel::Atm => (
                    leaf("rev.cash_deposit", "tout.cash")?,
                    "the words name a cash machine",
                    Some(RowTag::Atm),
                ),
                Channel::P2p => {
                    (leaf("tin.p2p", "tout.p2p")?, "the words name a payment from person to person", None)
                }
                Channel::Wire => {
                    (leaf("tin.other", "tout.other")?, "the words name a wire", Some(RowTag::Wire))
                }
                Channel::Transfer => (leaf("tin.other", "tout.other")?, "the words name a transfer", None),
                Channel::Check => {
                    (leaf("rev.cash_deposit", "tout.check")?, "the words name a check", Some(RowTag::Check))
                }
                Channel::Card | Channel::Ach | Channel::DirectDebit | Channel::Bill => return None,
            }
        };
        let leaf = self.rules.taxonomy.find("the taxonomy", 0, &id).ok()?;
        let reason = format!("How the money moved: {words}; nothing says why.");
        let counterparty = cleaned.name.clone();
        Some(Decision {
            leaf,
            strength: Strength::Grammar,
            reason,
            counterparty,
            tags: tag.into_iter().collect(),
        })
    }

    /// The honest answer, with the best guess in words where an ambiguous name stands in the row.
    fn unknown(&self, cleaned: &Cleaned<'_>) -> Decision {
        let inside = self.hits.iter().filter(|hit| {
            hit.alias.reach > Reach::Never
                && cleaned.window.start <= hit.words.start
                && hit.words.end <= cleaned.window.end
        });
        let guess = inside.max_by_key(|hit| (hit.alias.text.len(), Reverse(hit.words.start)));
        let (strength, reason) = match guess {
            Some(hit) => {
                let leaf = self.rules.taxonomy.at(hit.alias.leaf).id.as_str();
                let shown = self.text.raw_span(&hit.words);
                (
                    Strength::Guess,
                    format!(
                        "Not enough to decide: “{shown}” may mean {leaf}, but the word is short or common."
                    ),
                )
            }
            None if cleaned.name.is_some() => (
                Strength::None,
                "Not enough to decide: no rule knows these words and no list knows this name.".to_owned(),
            ),
            None => (
                Strength::None,
                "Not enough to decide: no rule knows these words, and they name nobody.".to_owned(),
            ),
        };
        let leaf = self.rules.taxonomy.unknown();
        Decision { leaf, strength, reason, counterparty: cleaned.name.clone(), tags: Vec::new() }
    }

    /// Adds flags and tags, and the counterparty that the source named apart.
    fn finish(&self, decision: Decision) -> Categorization {
        let leaf = self.rules.taxonomy.at(decision.leaf);
        let mut row_tags = decision.tags;
        self.rules.rules.word_tags(self.text, &mut row_tags);
        if self.row.check_number.is_some_and(|number| !number.trim().is_empty()) {
            row_tags.push(RowTag::Check);
        }
        row_tags.sort_unstable();
        row_tags.dedup();
        let mut tags = leaf.flags.clone();
        tags.extend(
            row_tags.iter().map(|tag| tag.as_str().to_owned()).filter(|tag| !leaf.flags.contains(tag)),
        );
        let named = self
            .row
            .counterparty
            .filter(|name| !name.trim().is_empty())
            .and_then(|name| clean(&Folded::of(name), name, &(0..0), &[], self.rules).name);
        debug_assert!(
            leaf.direction.fits(self.row.direction) || self.row.account == AccountSide::Card,
            "a leaf fits its row"
        );
        Categorization {
            counterparty: named.or(decision.counterparty),
            category: leaf.id.clone(),
            confidence: decision.strength.confidence(),
            reason: format!("{} ({})", decision.reason, self.row.direction.words()),
            tags,
        }
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
