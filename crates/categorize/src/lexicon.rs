//! The words around a name that are not part of it.

use crate::hash::{HashedMap, of_letters};
use crate::merchants::entries;
use crate::phrases::Phrases;
use crate::rulebook::{RulebookError, RulebookText};
use crate::vocabulary::{Vocabulary, WordId};
use serde::Deserialize;

const WORDS: &str = "words.txt";
const CHANNELS: &str = "channels.csv";
const NAMES: &str = "names.csv";

/// How money moved, as the leading words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    Card,
    Ach,
    DirectDebit,
    Bill,
    Transfer,
    P2p,
    Wire,
    Atm,
    Check,
}

/// Classes of single words; a word may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Counter,
    Head,
    Tail,
    Nobody,
    Form,
    Brand,
    Street,
    Month,
    Country,
    Region,
    WeakRegion,
    Upper,
}

const CLASSES: [(&str, Class); 12] = [
    ("counter", Class::Counter),
    ("head", Class::Head),
    ("tail", Class::Tail),
    ("nobody", Class::Nobody),
    ("form", Class::Form),
    ("brand", Class::Brand),
    ("street", Class::Street),
    ("month", Class::Month),
    ("country", Class::Country),
    ("region", Class::Region),
    ("weak_region", Class::WeakRegion),
    ("upper", Class::Upper),
];

/// Words, leading phrases and written names.
pub(crate) struct Lexicon {
    /// By the word's number.
    classes: Vec<u16>,
    pub(crate) cuts: Phrases<()>,
    pub(crate) cities: Phrases<()>,
    pub(crate) channels: Phrases<Channel>,
    names: HashedMap<Name>,
}

/// A name whose writing is known.
pub(crate) struct Name {
    pub(crate) letters: String,
    pub(crate) written: String,
}

#[derive(Deserialize)]
struct ChannelRecord {
    phrase: String,
    channel: Channel,
}

#[derive(Deserialize)]
struct NameRecord {
    alias: String,
    name: String,
}

impl Lexicon {
    pub(crate) fn parse(text: &RulebookText<'_>, vocabulary: &mut Vocabulary) -> Result<Self, RulebookError> {
        let mut lexicon = Self {
            classes: Vec::new(),
            cuts: Phrases::new(),
            cities: Phrases::new(),
            channels: Phrases::new(),
            names: HashedMap::default(),
        };
        lexicon.words(text.words, vocabulary)?;
        for (line, record) in (2..).zip(csv::Reader::from_reader(text.channels.as_bytes()).deserialize()) {
            let record: ChannelRecord =
                record.map_err(|source| RulebookError::Csv { file: CHANNELS, source })?;
            well_formed(CHANNELS, line, &record.phrase)?;
            if !lexicon.channels.insert(&record.phrase, record.channel, vocabulary).is_empty() {
                return Err(RulebookError::duplicate(CHANNELS, line, &record.phrase));
            }
        }
        for (line, record) in (2..).zip(csv::Reader::from_reader(text.names.as_bytes()).deserialize()) {
            let record: NameRecord = record.map_err(|source| RulebookError::Csv { file: NAMES, source })?;
            well_formed(NAMES, line, &record.alias)?;
            let letters: String = record.alias.chars().filter(|c| *c != ' ').collect();
            let (hash, written) = (of_letters(&letters), record.name);
            if let Some(other) = lexicon.names.insert(hash, Name { letters, written: written.clone() }) {
                // `wal mart` and `walmart` may both stand here, but for one name.
                if other.written != written {
                    return Err(RulebookError::duplicate(NAMES, line, &record.alias));
                }
            }
        }
        Ok(lexicon)
    }

    fn words(&mut self, text: &str, vocabulary: &mut Vocabulary) -> Result<(), RulebookError> {
        for (line, key, entry) in entries(WORDS, text)? {
            match key {
                "cut" => drop(self.cuts.insert(entry, (), vocabulary)),
                "city" => drop(self.cities.insert(entry, (), vocabulary)),
                _ => {
                    let class = CLASSES.iter().find(|(name, _)| *name == key).map(|(_, class)| *class);
                    let class = class.ok_or_else(|| RulebookError::malformed(WORDS, line, key))?;
                    let id = vocabulary.insert(entry).as_usize();
                    if self.classes.len() <= id {
                        self.classes.resize(id + 1, 0);
                    }
                    if let Some(bits) = self.classes.get_mut(id) {
                        *bits |= bit(class);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a folded word is in a class.
    pub(crate) fn is(&self, word: WordId, class: Class) -> bool {
        self.classes.get(word.as_usize()).is_some_and(|bits| bits & bit(class) != 0)
    }

    /// The known name of these letters, which the caller compares.
    pub(crate) fn name(&self, hash: u64) -> Option<&Name> {
        self.names.get(&hash)
    }
}

const fn bit(class: Class) -> u16 {
    1 << class as u16
}

fn well_formed(file: &'static str, line: u32, phrase: &str) -> Result<(), RulebookError> {
    if crate::phrases::is_well_formed(phrase) {
        Ok(())
    } else {
        Err(RulebookError::malformed(file, line, phrase))
    }
}
