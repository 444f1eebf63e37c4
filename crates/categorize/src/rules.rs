//! Bank phrases: `rules.yaml`, checked and ready to match.

use crate::direction::{AccountSide, Direction, RowWords};
use crate::fold::Folded;
use crate::phrases::{Phrases, is_well_formed};
use crate::rulebook::RulebookError;
use crate::strength::Strength;
use crate::tags::RowTag;
use crate::taxonomy::{LeafIndex, Taxonomy};
use crate::vocabulary::Vocabulary;
use serde::Deserialize;
use smartexus_manifest::{Fault, Source, Spanned};
use std::ops::Range;

/// The file's name in errors.
const FILE: &str = "rules.yaml";
/// The version of the format that is read.
const VERSION: u32 = 1;
/// The one leaf that may stand against its direction: a payment seen on the card's own account, until it is paired.
const CARD_PAYMENT: &str = "lout.credit_card";

#[derive(Deserialize)]
struct FileShape {
    version: Spanned<u32>,
    rules: Vec<RuleShape>,
    tags: Vec<TagShape>,
}

#[derive(Deserialize)]
struct RuleShape {
    id: Spanned<String>,
    says: Spanned<String>,
    phrases: Vec<Spanned<String>>,
    #[serde(default, rename = "in")]
    money_in: Option<Spanned<String>>,
    #[serde(default, rename = "out")]
    money_out: Option<Spanned<String>>,
    strength: RuleStrength,
    #[serde(default)]
    names: Names,
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    account: AccountRule,
    #[serde(default)]
    rank: u8,
}

#[derive(Deserialize)]
struct TagShape {
    tag: Spanned<String>,
    phrases: Vec<Spanned<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RuleStrength {
    Certain,
    Strong,
    Grammar,
}

/// Whom the words of a rule name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Names {
    /// Nobody but the bank itself.
    Nobody,
    /// Whoever stands around the phrase.
    #[default]
    Rest,
    /// The phrase is part of the name.
    Itself,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AccountRule {
    #[default]
    Any,
    Card,
    Bank,
}

/// One rule.
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) says: String,
    money_in: Option<LeafIndex>,
    money_out: Option<LeafIndex>,
    pub(crate) strength: Strength,
    pub(crate) names: Names,
    pub(crate) tags: Vec<RowTag>,
    account: AccountRule,
    unless: Phrases<()>,
    rank: u8,
}

/// A rule that matched: its phrase's words and the leaf for this row's direction.
pub(crate) struct RuleHit<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) words: Range<usize>,
    pub(crate) leaf: LeafIndex,
}

/// Every rule, and the words that tag a row whatever decides.
pub(crate) struct Rules {
    rules: Vec<Rule>,
    phrases: Phrases<u16>,
    tags: Phrases<RowTag>,
}

impl Rules {
    pub(crate) fn parse(
        text: &str,
        taxonomy: &Taxonomy,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, RulebookError> {
        let source = Source::new(FILE, text);
        let file: FileShape = source.read()?;
        let mut reader = Reader { taxonomy, vocabulary, faults: Vec::new() };
        let mut read = Self { rules: Vec::new(), phrases: Phrases::new(), tags: Phrases::new() };
        if file.version.value != VERSION {
            reader.fault("version", file.version.span, format!("only version {VERSION} is read"));
        }
        for shape in &file.rules {
            reader.rule(shape, &mut read);
        }
        for shape in &file.tags {
            let Some(tag) = reader.tag(&shape.tag) else { continue };
            for phrase in shape.phrases.iter().filter(|phrase| reader.well_formed(phrase)).collect::<Vec<_>>()
            {
                read.tags.insert(phrase, tag, reader.vocabulary);
            }
        }
        if reader.faults.is_empty() { Ok(read) } else { Err(source.errors(reader.faults).into()) }
    }

    /// The best rule for this row: higher rank, then longer phrase, then the earlier rule. Grammar competes only with
    /// grammar: it is asked for apart.
    pub(crate) fn best(&self, text: &Folded<'_>, row: &RowWords<'_>, grammar: bool) -> Option<RuleHit<'_>> {
        let mut best: Option<((u8, usize, usize), RuleHit<'_>)> = None;
        for start in 0..text.len() {
            self.phrases.each_at(text, start, |words, index| {
                let Some(rule) = self.rules.get(usize::from(index)) else { return };
                if (rule.strength == Strength::Grammar) != grammar || !rule.account.fits(row.account) {
                    return;
                }
                let Some(leaf) = rule.leaf(row.direction) else { return };
                let letters = text.letters(&words).len();
                let order = (rule.rank, letters, usize::MAX - usize::from(index));
                if best.as_ref().is_none_or(|(held, _)| order > *held) && !rule.unless.stands_in(text) {
                    best = Some((order, RuleHit { rule, words, leaf }));
                }
            });
        }
        best.map(|(_, hit)| hit)
    }

    /// The tags that the words alone give.
    pub(crate) fn word_tags(&self, text: &Folded<'_>, tags: &mut Vec<RowTag>) {
        for start in 0..text.len() {
            self.tags.each_at(text, start, |_, tag| tags.push(tag));
        }
    }
}

/// A phrase as the file has it, and its leaves for money in and out.
pub type ListedPhrase = (String, Option<String>, Option<String>);

/// Every phrase of the file, as it stands there.
pub(crate) fn listed(text: &str) -> Result<Vec<ListedPhrase>, RulebookError> {
    let file: FileShape = Source::new(FILE, text).read()?;
    let id = |leaf: &Option<Spanned<String>>| leaf.as_ref().map(|leaf| leaf.value.clone());
    let of = |rule: RuleShape| {
        let (money_in, money_out) = (id(&rule.money_in), id(&rule.money_out));
        rule.phrases.into_iter().map(move |phrase| (phrase.value, money_in.clone(), money_out.clone()))
    };
    Ok(file.rules.into_iter().flat_map(of).collect())
}

impl Rule {
    fn leaf(&self, direction: Direction) -> Option<LeafIndex> {
        match direction {
            Direction::In => self.money_in,
            Direction::Out => self.money_out,
            Direction::Neither => self.money_out.or(self.money_in),
        }
    }
}

impl AccountRule {
    fn fits(self, account: AccountSide) -> bool {
        match self {
            Self::Any => true,
            Self::Card => account == AccountSide::Card,
            Self::Bank => account == AccountSide::Bank,
        }
    }

    fn overlaps(self, other: Self) -> bool {
        self == Self::Any || other == Self::Any || self == other
    }
}

/// Collects every fault before it refuses.
struct Reader<'t> {
    taxonomy: &'t Taxonomy,
    vocabulary: &'t mut Vocabulary,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, code: &'static str, span: smartexus_manifest::Span, message: String) {
        self.faults.push(Fault::new(code, span, message));
    }

    fn rule(&mut self, shape: &RuleShape, read: &mut Rules) {
        if read.rules.iter().any(|rule| rule.id == shape.id.value) {
            self.fault("duplicate", shape.id.span, format!("the rule `{}` stands twice", shape.id.value));
        }
        if shape.says.trim().is_empty() {
            self.fault("empty", shape.says.span, "a rule says in words what it means".to_owned());
        }
        if shape.money_in.is_none() && shape.money_out.is_none() {
            self.fault(
                "direction",
                shape.id.span,
                "a rule needs a leaf for `in`, for `out`, or for both".to_owned(),
            );
        }
        let exempt = shape.account == AccountRule::Card;
        let money_in = self.leaf(shape.money_in.as_ref(), Direction::In, exempt);
        let money_out = self.leaf(shape.money_out.as_ref(), Direction::Out, false);
        let tags = shape.tags.iter().filter_map(|tag| self.tag(tag)).collect();
        let mut unless = Phrases::new();
        for veto in &shape.unless {
            if self.well_formed(veto) {
                unless.insert(veto, (), self.vocabulary);
            }
        }
        let strength = match shape.strength {
            RuleStrength::Certain => Strength::Certain,
            RuleStrength::Strong => Strength::Strong,
            RuleStrength::Grammar => Strength::Grammar,
        };
        let index = u16::try_from(read.rules.len()).unwrap_or(u16::MAX);
        read.rules.push(Rule {
            id: shape.id.value.clone(),
            says: shape.says.value.clone(),
            money_in,
            money_out,
            strength,
            names: shape.names,
            tags,
            account: shape.account,
            unless,
            rank: shape.rank,
        });
        for phrase in &shape.phrases {
            self.phrase(phrase, index, read);
        }
    }

    /// One phrase, one meaning for each direction and account.
    fn phrase(&mut self, phrase: &Spanned<String>, index: u16, read: &mut Rules) {
        if !self.well_formed(phrase) {
            return;
        }
        let before = read.phrases.insert(phrase, index, self.vocabulary);
        let Some(new) = read.rules.get(usize::from(index)) else { return };
        let taken = before.iter().filter_map(|i| read.rules.get(usize::from(*i))).any(|old| {
            let both_in = old.money_in.is_some() && new.money_in.is_some();
            let both_out = old.money_out.is_some() && new.money_out.is_some();
            (both_in || both_out) && old.account.overlaps(new.account)
        });
        if taken {
            self.fault(
                "duplicate",
                phrase.span,
                format!("the phrase `{}` already has a meaning", phrase.value),
            );
        }
    }

    fn leaf(
        &mut self,
        id: Option<&Spanned<String>>,
        direction: Direction,
        exempt: bool,
    ) -> Option<LeafIndex> {
        let id = id?;
        let Ok(index) = self.taxonomy.find(FILE, id.span.line, id) else {
            self.fault("unknown_leaf", id.span, format!("`{}` is not a leaf of the taxonomy", id.value));
            return None;
        };
        let may_turn = exempt && id.value == CARD_PAYMENT;
        if !self.taxonomy.at(index).direction.fits(direction) && !may_turn {
            self.fault("direction", id.span, format!("`{}` does not fit this direction", id.value));
        }
        Some(index)
    }

    fn tag(&mut self, tag: &Spanned<String>) -> Option<RowTag> {
        let found = RowTag::from_word(tag);
        if found.is_none() {
            self.fault("unknown_tag", tag.span, format!("`{}` is not a row tag", tag.value));
        }
        found
    }

    fn well_formed(&mut self, phrase: &Spanned<String>) -> bool {
        let good = is_well_formed(phrase);
        if !good {
            self.fault("phrase", phrase.span, "a phrase is folded words with single blanks".to_owned());
        }
        good
    }
}
