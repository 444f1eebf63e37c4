//! What the shipped data says about a row: phrases, names, the model, how the money moved.

use crate::clean::Cleaned;
use crate::corrections::Corrections;
use crate::decide::RowReading;
use crate::direction::Direction;
use crate::features::{Feature, Features};
use crate::lexicon::Channel;
use crate::merchants::{AliasHit, Reach};
use crate::model::Hint;
use crate::rules::{Names, RuleHit};
use crate::strength::Strength;
use crate::tags::RowTag;
use crate::taxonomy::LeafIndex;
use std::cmp::Reverse;

/// The most that the model alone may claim: it has never seen a client's rows.
const MODEL_ALONE_MAX: f64 = 0.89;
/// The same, where a processor stands for something else: below what the processor says.
const PROCESSOR_DIFFERS_MAX: f64 = 0.55;
/// Letters below which one word alone is too short for the model.
const SHORT_LETTERS: usize = 7;
/// Below this a guess is only told, not filed.
const FLOOR: f64 = 0.5;

/// What decided.
pub(crate) struct Decision {
    pub(crate) leaf: LeafIndex,
    pub(crate) confidence: f64,
    pub(crate) reason: String,
    pub(crate) counterparty: Option<String>,
    pub(crate) tags: Vec<RowTag>,
}

/// A name or trade word that the lists know.
struct Named<'a, 'r> {
    hit: &'a AliasHit<'r>,
    /// After the direction turned it.
    leaf: LeafIndex,
    /// Why it was turned.
    turned: Option<&'r str>,
    strength: Strength,
}

/// What the model says of a row.
struct Modelled {
    leaf: LeafIndex,
    confidence: f64,
    /// Corrections of the workspace had a say.
    learned: bool,
}

impl Named<'_, '_> {
    /// Precise enough to decide before the model is asked.
    fn decides(&self) -> bool {
        self.strength >= Strength::Inside || (self.turned.is_some() && self.strength >= Strength::Likely)
    }
}

pub(crate) struct Evidence<'e, 'a, 'r> {
    pub(crate) reading: &'e RowReading<'a, 'r>,
    pub(crate) corrections: Option<&'e Corrections>,
}

impl<'r> Evidence<'_, '_, 'r> {
    pub(crate) fn by_phrase(&self, hit: &RuleHit<'_>) -> Decision {
        let counterparty = match hit.rule.names {
            Names::Nobody => None,
            Names::Rest => self.reading.clean(&hit.words).name,
            Names::Itself => self.reading.clean(&(0..0)).name,
        };
        let shown = self.reading.text.raw_span(&hit.words);
        Decision {
            leaf: hit.leaf,
            confidence: hit.rule.strength.confidence(),
            reason: sentence(&["Rule ", &hit.rule.id, ": “", shown, "” is ", &hit.rule.says, "."]),
            counterparty,
            tags: hit.rule.tags.clone(),
        }
    }

    pub(crate) fn without_phrase(&self) -> Decision {
        let cleaned = self.reading.clean(&(0..0));
        let named = self.named(&cleaned);
        if let Some(named) = named.as_ref().filter(|named| named.decides()) {
            return self.by_name(named, cleaned);
        }
        let features =
            Features::of(self.reading.row, self.reading.text, &cleaned, self.reading.hits, |_| true);
        let model = self.opinion(&features, named.as_ref(), &cleaned);
        let listed = named.as_ref().map_or(0.0, |named| named.strength.confidence());
        let modelled = model.as_ref().map_or(0.0, |model| model.confidence);
        // How the money moved is worth the same whatever says it, so it is only looked for where that may decide.
        if modelled.max(listed) < Strength::Grammar.confidence()
            && let Some(moved) = self.by_grammar(&cleaned)
        {
            return moved;
        }
        match (model, named) {
            (Some(model), _) if modelled >= listed.max(FLOOR) => self.by_model(&model, &features, cleaned),
            (_, Some(named)) if listed >= FLOOR => self.by_name(&named, cleaned),
            _ => self.unknown(cleaned),
        }
    }

    fn by_grammar(&self, cleaned: &Cleaned<'_>) -> Option<Decision> {
        match self.reading.rules.rules.best(self.reading.text, self.reading.row, true) {
            Some(hit) => Some(self.by_phrase(&hit)),
            None => self.by_processor(cleaned).or_else(|| self.by_channel(cleaned)),
        }
    }

    /// The leaf that a list hints at, and whether it decides before the model is asked.
    pub(crate) fn hint(&self, cleaned: &Cleaned<'_>) -> (Option<usize>, bool) {
        let Some(named) = self.named(cleaned) else { return (None, false) };
        (Some(named.leaf.as_usize()), named.decides())
    }

    /// The best name inside the cleaned window: further reach first, then longer, then earlier.
    fn named(&self, cleaned: &Cleaned<'_>) -> Option<Named<'_, 'r>> {
        let rules = self.reading.rules;
        let inside = self.reading.hits.iter().filter(|hit| self.is_inside(hit, cleaned));
        let deciding = inside.filter_map(|hit| Some((self.strength(hit, cleaned)?, hit)));
        let (strength, hit) = deciding
            .max_by_key(|(strength, hit)| (*strength, hit.alias.text.len(), Reverse(hit.words.start)))?;
        if rules.taxonomy.at(hit.alias.leaf).direction.fits(self.reading.row.direction) {
            return Some(Named { hit, leaf: hit.alias.leaf, turned: None, strength });
        }
        let turn = rules.turns.get(hit.alias.leaf.as_usize())?.as_ref()?;
        let unknown = turn.leaf == rules.taxonomy.unknown();
        // Money from somebody who names a trade may be wages or a customer's: only a card says that it comes back.
        let anybody =
            matches!(hit.alias.reach, Reach::Trade | Reach::Brand) && cleaned.channel != Some(Channel::Card);
        let strength = if unknown || anybody { Strength::Guess } else { strength.min(Strength::Likely) };
        Some(Named { hit, leaf: turn.leaf, turned: Some(&turn.says), strength })
    }

    fn is_inside(&self, hit: &AliasHit<'_>, cleaned: &Cleaned<'_>) -> bool {
        hit.alias.reach > Reach::Never
            && cleaned.window.start <= hit.words.start
            && hit.words.end <= cleaned.window.end
    }

    /// How far an alias may go where it stands; `None` where it may not decide.
    fn strength(&self, hit: &AliasHit<'_>, cleaned: &Cleaned<'_>) -> Option<Strength> {
        let at_head = cleaned.words.first() == Some(&hit.words.start);
        let whole = at_head && cleaned.words.last() == Some(&(hit.words.end - 1));
        let witnessed = cleaned.store_number || cleaned.channel == Some(Channel::Card);
        let to_somebody = matches!(
            cleaned.channel,
            Some(Channel::P2p | Channel::Transfer | Channel::Wire | Channel::Check)
        );
        match hit.alias.reach {
            Reach::Anywhere | Reach::Head if whole => Some(Strength::Exact),
            Reach::Anywhere | Reach::Head if at_head => Some(Strength::Name),
            Reach::Anywhere => Some(Strength::Inside),
            Reach::Trade => Some(Strength::Likely),
            // A list of every brand holds first names and common words, too.
            Reach::Brand if whole && !to_somebody => Some(Strength::Name),
            Reach::Brand if at_head && hit.words.len() > 1 && !to_somebody => Some(Strength::Inside),
            Reach::Whole if whole => Some(Strength::Likely),
            Reach::Witnessed if whole && witnessed => Some(Strength::Likely),
            Reach::Head | Reach::Brand | Reach::Whole | Reach::Witnessed | Reach::Never => None,
        }
    }

    fn by_name(&self, named: &Named<'_, '_>, cleaned: Cleaned<'_>) -> Decision {
        let rules = self.reading.rules;
        let shown = self.reading.text.raw_span(&named.hit.words);
        let kind = if named.hit.alias.reach == Reach::Trade { "the trade word" } else { "the name" };
        let listed = rules.taxonomy.at(named.hit.alias.leaf).id.as_str();
        let (semicolon, turned) = named.turned.map_or(("", ""), |says| ("; ", says));
        Decision {
            leaf: named.leaf,
            confidence: named.strength.confidence(),
            reason: sentence(&[
                "Merchant list: “",
                shown,
                "” is ",
                kind,
                " “",
                &named.hit.alias.text,
                "”, ",
                listed,
                semicolon,
                turned,
                ".",
            ]),
            counterparty: cleaned.name,
            tags: Vec::new(),
        }
    }

    /// What the model says, and how far it goes: further where the lists say so, too.
    fn opinion(
        &self,
        features: &Features,
        named: Option<&Named<'_, '_>>,
        cleaned: &Cleaned<'_>,
    ) -> Option<Modelled> {
        if self.reading.text.len() == 0 {
            return None;
        }
        let (row, rules) = (self.reading.row, self.reading.rules);
        let list = features.list();
        let deltas = self.corrections.and_then(|corrections| corrections.deltas(list));
        let sums = rules.model.sums(list);
        let opinion =
            rules.model.opinion(&sums, list.len(), deltas.as_ref(), row.direction, &rules.taxonomy)?;
        let processor = cleaned.processor.and_then(|processor| processor.leaf);
        let hint = match named.map(|named| named.leaf).or(processor) {
            None => Hint::None,
            Some(hinted) if hinted == opinion.leaf => Hint::Agrees,
            Some(_) => Hint::Differs,
        };
        let most = match hint {
            Hint::Agrees => 1.0,
            // What is bought through a processor is known better than what a few words sound like.
            Hint::Differs if named.is_none() => PROCESSOR_DIFFERS_MAX,
            // A short or common word never decides alone, and through the model neither.
            Hint::None if self.is_short(features) || self.is_only_common(list, opinion.leaf, cleaned) => {
                Strength::Guess.confidence()
            }
            Hint::None | Hint::Differs => MODEL_ALONE_MAX,
        };
        let confidence = rules.model.calibrated(opinion.said, hint).min(most);
        Some(Modelled { leaf: opinion.leaf, confidence, learned: deltas.is_some() })
    }

    fn by_model(&self, model: &Modelled, features: &Features, cleaned: Cleaned<'_>) -> Decision {
        let id = self.reading.rules.taxonomy.at(model.leaf).id.as_str();
        let learned = if model.learned { ", with what was learned from your corrections" } else { "" };
        let reason = match self.speaking(features.list(), model.leaf) {
            [Some(first), Some(second)] => {
                sentence(&["Model", learned, ": “", first, "” and “", second, "” speak for ", id, "."])
            }
            [Some(word), None] | [None, Some(word)] => {
                sentence(&["Model", learned, ": “", word, "” speaks for ", id, "."])
            }
            [None, None] => sentence(&["Model", learned, ": the way the money moved speaks for ", id, "."]),
        };
        let (leaf, confidence) = (model.leaf, model.confidence);
        Decision { leaf, confidence, reason, counterparty: cleaned.name, tags: Vec::new() }
    }

    /// Whether all that is known is one short word.
    fn is_short(&self, features: &Features) -> bool {
        let mut words = features.list().iter().filter_map(|feature| feature.word);
        let Some(first) = words.next() else { return false };
        words.all(|word| word == first) && self.reading.text.word(usize::from(first)).len() < SHORT_LETTERS
    }

    /// Whether what speaks for a leaf lies in words that may not decide it on their own.
    fn is_only_common(&self, features: &[Feature], leaf: LeafIndex, cleaned: &Cleaned<'_>) -> bool {
        let is_common = |word: usize| {
            let mut hits = self.reading.hits.iter().filter(|hit| hit.words.contains(&word));
            hits.any(|hit| {
                hit.alias.reach < Reach::Trade && hit.alias.leaf == leaf && self.is_inside(hit, cleaned)
            })
        };
        let (mut common, mut others) = (0, 0);
        for feature in features {
            let Some(word) = feature.word else { continue };
            let weight = self.reading.rules.model.weight(*feature, leaf);
            if is_common(usize::from(word)) {
                common += weight;
            } else {
                others += weight;
            }
        }
        common > 0 && others < common
    }

    /// The two words that say most for a leaf, in the order they stand.
    fn speaking(&self, features: &[Feature], leaf: LeafIndex) -> [Option<&str>; 2] {
        let mut best: [(i32, u16); 2] = [(0, u16::MAX); 2];
        let mut open: Option<(u16, i32)> = None;
        let mut close = |word: u16, said: i32| {
            if said > best[0].0 {
                best = [(said, word), best[0]];
            } else if said > best[1].0 && word != best[0].1 {
                best[1] = (said, word);
            }
        };
        // Features of one word mostly stand together.
        for feature in features {
            let Some(word) = feature.word else { continue };
            let weight = self.reading.rules.model.weight(*feature, leaf);
            match &mut open {
                Some((held, said)) if *held == word => *said += weight,
                _ => {
                    if let Some((held, said)) = open.replace((word, weight)) {
                        close(held, said);
                    }
                }
            }
        }
        if let Some((held, said)) = open {
            close(held, said);
        }
        if best[0].1 > best[1].1 {
            best.swap(0, 1);
        }
        best.map(|(said, word)| {
            let word = usize::from(word);
            (said > 0).then(|| self.reading.text.raw_span(&(word..word + 1)))
        })
    }

    /// What is mostly bought through a processor or platform.
    fn by_processor(&self, cleaned: &Cleaned<'_>) -> Option<Decision> {
        let rules = self.reading.rules;
        let processor = cleaned.processor?;
        let leaf = processor.leaf?;
        let (leaf, semicolon, turned) = if rules.taxonomy.at(leaf).direction.fits(self.reading.row.direction)
        {
            (leaf, "", "")
        } else {
            let turn = rules.turns.get(leaf.as_usize())?.as_ref()?;
            (turn.leaf, "; ", turn.says.as_str())
        };
        let listed = rules.taxonomy.at(leaf).id.as_str();
        Some(Decision {
            leaf,
            confidence: Strength::Grammar.confidence(),
            reason: sentence(&[
                "Processor list: paid through ",
                &processor.name,
                ", which mostly means ",
                listed,
                semicolon,
                turned,
                ".",
            ]),
            counterparty: cleaned.name.clone(),
            tags: Vec::new(),
        })
    }

    /// How the money moved, where that alone says something.
    fn by_channel(&self, cleaned: &Cleaned<'_>) -> Option<Decision> {
        let leaf = |money_in: &'static str, money_out: &'static str| match self.reading.row.direction {
            Direction::In => Some(money_in),
            Direction::Out => Some(money_out),
            Direction::Neither => None,
        };
        let (id, words, tag) = if self
            .reading
            .row
            .check_number
            .is_some_and(|number| !number.trim().is_empty())
        {
            (leaf("rev.cash_deposit", "tout.check")?, "a check number is printed", Some(RowTag::Check))
        } else {
            match cleaned.channel? {
                Channel::Card if self.reading.row.direction == Direction::In => {
                    ("adj.refund", "money that comes back over a card is a refund", None)
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
        Some(Decision {
            leaf: self.reading.rules.taxonomy.find("the taxonomy", 0, id).ok()?,
            confidence: Strength::Grammar.confidence(),
            reason: sentence(&["How the money moved: ", words, "; nothing says why."]),
            counterparty: cleaned.name.clone(),
            tags: tag.into_iter().collect(),
        })
    }

    /// The honest answer, with the best guess in words where an ambiguous name stands in the row.
    fn unknown(&self, cleaned: Cleaned<'_>) -> Decision {
        let taxonomy = &self.reading.rules.taxonomy;
        let inside = self.reading.hits.iter().filter(|hit| self.is_inside(hit, &cleaned));
        let guess = inside.max_by_key(|hit| (hit.alias.text.len(), Reverse(hit.words.start)));
        let (strength, reason) = match guess {
            Some(hit) => {
                let leaf = taxonomy.at(hit.alias.leaf).id.as_str();
                let shown = self.reading.text.raw_span(&hit.words);
                let parts = [
                    "Not enough to decide: “",
                    shown,
                    "” may mean ",
                    leaf,
                    ", but the word is short or common.",
                ];
                (Strength::Guess, sentence(&parts))
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
        Decision {
            leaf: taxonomy.unknown(),
            confidence: strength.confidence(),
            reason,
            counterparty: cleaned.name,
            tags: Vec::new(),
        }
    }
}

/// Parts of a sentence in one piece, with room for what `finish` adds.
fn sentence(parts: &[&str]) -> String {
    const ADDED: usize = 16;
    let mut all = String::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + ADDED);
    parts.iter().for_each(|part| all.push_str(part));
    all
}
