//! The tables of phrases: what forms ask, and how they print it. Each question has two pools of phrasings that share
//! none, so that forms from the one teach nothing about forms from the other.

use std::sync::OnceLock;

/// The tables by theme.
pub(super) const TABLES: [&str; 10] = [
    include_str!("phrases/business.txt"),
    include_str!("phrases/owner.txt"),
    include_str!("phrases/applicant.txt"),
    include_str!("phrases/work.txt"),
    include_str!("phrases/income.txt"),
    include_str!("phrases/balance.txt"),
    include_str!("phrases/money.txt"),
    include_str!("phrases/parties.txt"),
    include_str!("phrases/person.txt"),
    include_str!("phrases/prose.txt"),
];

/// Which half of the phrases a form is printed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pool {
    Open,
    Apart,
}

/// Where a form is from, as far as its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Country {
    UnitedStates,
    UnitedKingdom,
    Australia,
}

/// A value for each pool.
#[derive(Debug, Clone, Default)]
pub(super) struct Both<T> {
    open: T,
    apart: T,
}

impl<T> Both<T> {
    pub(super) const fn of(&self, pool: Pool) -> &T {
        match pool {
            Pool::Open => &self.open,
            Pool::Apart => &self.apart,
        }
    }
}

/// One way to print a question.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    countries: &'static [Country],
    /// It says whom or what it is about only together with a heading.
    pub(super) is_bare: bool,
    /// `{S}` and `{s}` stand for whom the section is about.
    pub(super) text: &'static str,
}

/// What an answer is, before it is known whose turn it is on the form.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// Any of these; `[]` takes the index of the section or row.
    Keys(Vec<&'static str>),
    /// All of these in one field.
    Joined(Vec<&'static str>),
    Person,
    Other,
}

/// One question of a theme.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) asked: Asked,
    /// Word for the kind of answer, and what it needs beside: `choice entity`, `comb 6`.
    pub(super) shape: &'static str,
    /// Questions of one group stand together; `name.whole` and `name.parts` exclude each other.
    pub(super) group: Option<&'static str>,
    phrases: Both<Vec<Phrase>>,
}

impl Question {
    /// The phrases that a country's forms may use.
    pub(super) fn phrases(&self, pool: Pool, country: Country) -> Vec<&Phrase> {
        let fits = |phrase: &&Phrase| phrase.countries.is_empty() || phrase.countries.contains(&country);
        self.phrases.of(pool).iter().filter(fits).collect()
    }

    /// The phrases of all countries.
    #[cfg(test)]
    pub(super) fn all(&self, pool: Pool) -> &[Phrase] {
        self.phrases.of(pool)
    }
}

/// What one section of a form is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) id: &'static str,
    /// The block whose questions it has too.
    like: Option<&'static str>,
    pub(super) names: Both<Vec<&'static str>>,
    pub(super) heads: Both<Vec<&'static str>>,
    pub(super) own: Vec<Question>,
}

impl Block {
    /// Its questions and those of the block that it is like.
    pub(super) fn questions(&self) -> impl Iterator<Item = &'static Question> {
        let like = self.like.and_then(named);
        let own = named(self.id).map_or(&[][..], |block| block.own.as_slice());
        like.map_or(&[][..], |block| block.own.as_slice()).iter().chain(own)
    }
}

/// Every block.
pub(super) fn blocks() -> &'static [Block] {
    static BLOCKS: OnceLock<Vec<Block>> = OnceLock::new();
    BLOCKS.get_or_init(|| TABLES.iter().flat_map(|table| read(table)).collect())
}

/// The block of a name.
pub(super) fn named(id: &str) -> Option<&'static Block> {
    blocks().iter().find(|block| block.id == id)
}

fn read(table: &'static str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in table.lines() {
        if let Some(id) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (id, like) = id.split_once('<').map_or((id, None), |(id, like)| (id, Some(like)));
            blocks.push(Block { id, like, ..Block::default() });
            continue;
        }
        let Some(block) = blocks.last_mut() else { continue };
        match line.split_once(": ") {
            Some(("name A", list)) => block.names.open = items(list),
            Some(("name B", list)) => block.names.apart = items(list),
            Some(("head A", list)) => block.heads.open = items(list),
            Some(("head B", list)) => block.heads.apart = items(list),
            _ => block.own.extend(question(line)),
        }
    }
    blocks
}

/// The entries of a list.
pub(super) fn items(list: &'static str) -> Vec<&'static str> {
    list.split(';').map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn question(line: &'static str) -> Option<Question> {
    let columns: Vec<&'static str> = line.split(" | ").map(str::trim).collect();
    let (asked, shape, open, apart) = match columns.as_slice() {
        [keys, shape, open, apart] => {
            let list = |keys: &'static str| keys.split(',').map(str::trim).collect();
            let asked = match keys.split_at_checked(2)? {
                ("= ", keys) => Asked::Keys(list(keys)),
                ("& ", keys) => Asked::Joined(list(keys)),
                _ => return None,
            };
            (asked, *shape, *open, *apart)
        }
        [shape, open, apart] => match shape.split_at_checked(2)? {
            ("- ", shape) => (Asked::Other, shape, *open, *apart),
            ("! ", shape) => (Asked::Person, shape, *open, *apart),
            _ => return None,
        },
        _ => return None,
    };
    let (asked, group) = without_group(asked);
    let phrases = Both { open: phrases(open), apart: phrases(apart) };
    Some(Question { asked, shape, group, phrases })
}

/// The group stands behind the keys.
fn without_group(asked: Asked) -> (Asked, Option<&'static str>) {
    let mut group = None;
    let mut cut = |keys: Vec<&'static str>| -> Vec<&'static str> {
        let key = |key: &'static str| match key.split_once(" @") {
            Some((key, named)) => {
                group = Some(named);
                key
            }
            None => key,
        };
        keys.into_iter().map(key).collect()
    };
    let asked = match asked {
        Asked::Keys(keys) => Asked::Keys(cut(keys)),
        Asked::Joined(keys) => Asked::Joined(cut(keys)),
        Asked::Person => Asked::Person,
        Asked::Other => Asked::Other,
    };
    (asked, group)
}

fn phrases(list: &'static str) -> Vec<Phrase> {
    let phrase = |item: &'static str| {
        let (countries, text): (&'static [Country], _) = match item.split_once(':') {
            Some(("us", text)) => (&[Country::UnitedStates], text),
            Some(("uk", text)) => (&[Country::UnitedKingdom], text),
            Some(("au", text)) => (&[Country::Australia], text),
            Some(("x", text)) => (&[Country::UnitedKingdom, Country::Australia], text),
            _ => (&[], item),
        };
        let bare = text.strip_prefix('~');
        Phrase { countries, is_bare: bare.is_some(), text: bare.unwrap_or(text) }
    };
    items(list).into_iter().map(phrase).collect()
}
