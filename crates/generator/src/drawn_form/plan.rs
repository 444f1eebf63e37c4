//! What a form asks: its kind, its sections in order, and in each the questions that were drawn for it.

use super::Meaning;
use super::phrases::{Asked, Block, Country, Phrase, Pool, Question, items, named};
use crate::random::Random;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// More fields than these make no form that a person fills.
const FIELDS_MAX: usize = 112;
/// With fewer, sections are added.
const FIELDS_MIN: usize = 25;
/// Of 100 questions in a section that has both, so many ask for something else than our keys: with the sections that
/// only ask for something else it makes two of five on the whole form.
const OTHER_PERCENT: usize = 26;

static KINDS: &str = include_str!("kinds.txt");

/// A kind of form.
#[derive(Debug, Default)]
struct Kind {
    titles: [Vec<&'static str>; 2],
    parts: Vec<Part>,
}

/// A section that a kind may have.
#[derive(Debug)]
struct Part {
    /// One of these blocks.
    blocks: Vec<&'static str>,
    percent: i64,
    questions: (i64, i64),
    times: (i64, i64),
}

/// What one place on the form asks.
#[derive(Debug, Clone)]
pub(super) struct Asks {
    pub(super) question: &'static Question,
    pub(super) phrase: &'static Phrase,
    pub(super) meaning: Meaning,
}

/// A section.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) block: &'static Block,
    pub(super) heading: String,
    /// Whom or what it is about.
    pub(super) subject: String,
    /// Several of its kind stand on the form.
    pub(super) is_one_of_many: bool,
    /// One for a section whose answers stand beside each other, several for a table.
    pub(super) rows: Vec<Vec<Asks>>,
}

/// What the form asks.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) title: &'static str,
    pub(super) pool: Pool,
    pub(super) sections: Vec<Section>,
}

/// Draws a form.
pub(super) fn draw(random: &mut Random, pool: Pool, country: Country) -> Plan {
    let kind = random.pick(kinds());
    let titles = match pool {
        Pool::Open => &kind.titles[0],
        Pool::Apart => &kind.titles[1],
    };
    let mut draft = Draft { pool, country, used: BTreeSet::new(), fields: 0, sections: Vec::new() };
    let title = *random.pick(titles);
    let mut parts: Vec<&Part> = kind.parts.iter().filter(|part| random.chance(part.percent)).collect();
    mix(&mut parts, random);
    for part in parts {
        draft.add(part, random);
    }
    for part in &kind.parts {
        if draft.fields < FIELDS_MIN {
            draft.add(part, random);
        }
    }
    Plan { title, pool, sections: draft.sections }
}

/// Neighbors change places now and then; signatures and what the office fills in stay at the end.
fn mix(parts: &mut [&Part], random: &mut Random) {
    let is_end = |part: &Part| part.blocks.iter().any(|id| matches!(*id, "signing" | "office"));
    for at in 1..parts.len() {
        if random.chance(30) && !is_end(parts[at]) && !is_end(parts[at - 1]) {
            parts.swap(at - 1, at);
        }
    }
}

struct Draft {
    pool: Pool,
    country: Country,
    /// Keys that the form has asked for: none is asked for twice.
    used: BTreeSet<String>,
    fields: usize,
    sections: Vec<Section>,
}

impl Draft {
    fn add(&mut self, part: &Part, random: &mut Random) {
        let id = *random.pick(&part.blocks);
        let Some(block) = named(id) else { return };
        let is_there = self.sections.iter().any(|section| section.block.id == id);
        if is_there || self.fields >= FIELDS_MAX {
            return;
        }
        let name = *random.pick(block.names.of(self.pool));
        let head = *random.pick(block.heads.of(self.pool));
        let is_table = id.ends_with("table");
        // A table has the rows for all of them.
        let times = if is_table { 1 } else { random.between(part.times.0, part.times.1) };
        let mut drawn: Option<Vec<Asks>> = None;
        for at in 0..usize::try_from(times).unwrap_or(1) {
            let count = usize::try_from(random.between(part.questions.0, part.questions.1)).unwrap_or(5);
            // The second applicant is the second in every key.
            let index = if id == "coapplicant" { 1 } else { at };
            let number = (times > 1).then(|| at + 1);
            let rows = if is_table {
                self.table(block, count, random)
            } else {
                // What is asked of one owner is asked of the next.
                let asks = drawn.get_or_insert_with(|| self.grid(block, index, count, random));
                vec![asks.iter().filter_map(|asks| self.again(asks, index)).collect()]
            };
            self.fields += rows.iter().map(Vec::len).sum::<usize>();
            if rows.iter().all(Vec::is_empty) {
                continue;
            }
            let subject = number.map_or_else(|| name.to_owned(), |number| format!("{name} {number}"));
            let heading = number.map_or_else(
                || head.replace(" #", ""),
                |number| {
                    if head.contains('#') {
                        head.replace('#', &number.to_string())
                    } else {
                        format!("{head} ({number})")
                    }
                },
            );
            self.sections.push(Section { block, heading, subject, is_one_of_many: times > 1, rows });
            if self.fields >= FIELDS_MAX {
                return;
            }
        }
    }

    /// Questions of a section, each once, those of a group together.
    fn grid(&self, block: &Block, index: usize, count: usize, random: &mut Random) -> Vec<Asks> {
        let is_whole = (random.chance(50), random.chance(25));
        let mut units: Vec<Vec<Asks>> = Vec::new();
        let mut group = None;
        for question in block.questions() {
            let is_left_out = match question.group {
                Some("name.whole") => !is_whole.0,
                Some("name.parts") => is_whole.0,
                Some("addr.whole") => !is_whole.1,
                Some("addr.parts") => is_whole.1,
                _ => false,
            };
            if is_left_out {
                continue;
            }
            let Some(asks) = self.asks(question, index, random) else { continue };
            match units.last_mut().filter(|_| question.group.is_some() && group == question.group) {
                Some(unit) => unit.push(asks),
                None => units.push(vec![asks]),
            }
            group = question.group;
        }
        chosen(units, count, random)
    }

    /// A question as it is asked in the section of this index, unless the form has asked for that.
    fn again(&mut self, asks: &Asks, index: usize) -> Option<Asks> {
        let meaning = meaning(asks.question, index)?;
        // Two questions of one block may ask for one fact.
        let is_free = meaning.keys().iter().all(|key| !self.used.contains(key));
        self.used.extend(meaning.keys().iter().cloned());
        is_free.then(|| Asks { meaning, ..asks.clone() })
    }

    /// Columns, the same in every row.
    fn table(&mut self, block: &Block, count: usize, random: &mut Random) -> Vec<Vec<Asks>> {
        let units = block.questions().filter_map(|question| Some(vec![self.asks(question, 0, random)?]));
        let columns = chosen(units.collect(), count, random);
        let rows = usize::try_from(random.between(2, 5)).unwrap_or(2);
        let cell = |asks: &Asks, index: usize| {
            let meaning = meaning(asks.question, index);
            Some(Asks { meaning: meaning?, ..asks.clone() })
        };
        let table: Vec<Vec<Asks>> =
            (0..rows).map(|row| columns.iter().filter_map(|asks| cell(asks, row)).collect()).collect();
        self.used.extend(table.iter().flatten().flat_map(|asks| asks.meaning.keys().to_vec()));
        table
    }

    fn asks(&self, question: &'static Question, index: usize, random: &mut Random) -> Option<Asks> {
        let phrases = question.phrases(self.pool, self.country);
        if phrases.is_empty() {
            return None;
        }
        let phrase = *random.pick(&phrases);
        let meaning = meaning(question, index)?;
        let is_free = meaning.keys().iter().all(|key| !self.used.contains(key));
        is_free.then_some(Asks { question, phrase, meaning })
    }
}

/// The meaning of a question in the section or row of this index; none where that has no such fact.
fn meaning(question: &Question, index: usize) -> Option<Meaning> {
    let resolved = |keys: &[&str]| -> Vec<String> {
        // A key with an index of its own is about the first.
        let fits = keys.iter().filter(|key| index == 0 || key.contains("[]"));
        fits.map(|key| key.replace("[]", &format!("[{index}]"))).collect()
    };
    match &question.asked {
        Asked::Keys(keys) => Some(resolved(keys)).filter(|keys| !keys.is_empty()).map(Meaning::Keys),
        Asked::Joined(keys) => Some(resolved(keys)).filter(|keys| !keys.is_empty()).map(Meaning::Part),
        Asked::Person => Some(Meaning::Person),
        Asked::Other => Some(Meaning::Other),
    }
}

/// About so many of the questions: ours in the order in which forms have them, now and then mixed, the others anywhere
/// between.
fn chosen(units: Vec<Vec<Asks>>, count: usize, random: &mut Random) -> Vec<Asks> {
    let is_other = |unit: &Vec<Asks>| unit.iter().all(|asks| asks.meaning == Meaning::Other);
    let (others, mut ours): (Vec<_>, Vec<_>) = units.into_iter().partition(is_other);
    let others_wanted = match (ours.is_empty(), others.is_empty()) {
        (true, _) => count,
        (_, true) => 0,
        (false, false) => (count * OTHER_PERCENT + random.below(100)) / 100,
    };
    let others = drawn(others, others_wanted, random);
    let mut kept = Vec::new();
    let ours_wanted = count.saturating_sub(others.len());
    let mut order: Vec<usize> = (0..ours.len()).collect();
    shuffle(&mut order, random);
    // Hardly a section leaves out what comes first, the name.
    if random.chance(85) {
        order.sort_by_key(|at| *at != 0);
    }
    let mut fields = 0;
    for at in order {
        if fields < ours_wanted {
            fields += ours[at].len();
            kept.push(at);
        }
    }
    if random.chance(80) {
        kept.sort_unstable();
    }
    let mut units: Vec<Vec<Asks>> = kept.into_iter().map(|at| std::mem::take(&mut ours[at])).collect();
    if units.is_empty() {
        units = others;
    } else {
        for other in others {
            units.insert(random.below(units.len() + 1), other);
        }
    }
    let is_wanted = |asks: &Asks, random: &mut Random| {
        let text = asks.phrase.text.to_lowercase();
        // Few forms ask for these.
        !(text.contains("suffix") || text.contains("middle")) || random.chance(60)
    };
    units.into_iter().flatten().filter(|asks| is_wanted(asks, random)).collect()
}

/// So many of them, the first more often than others: of a person, that is the name.
fn drawn(mut units: Vec<Vec<Asks>>, count: usize, random: &mut Random) -> Vec<Vec<Asks>> {
    if units.len() > 1 && random.chance(70) {
        shuffle(&mut units[1..], random);
    } else {
        shuffle(&mut units, random);
    }
    units.truncate(count);
    units
}

fn shuffle<T>(items: &mut [T], random: &mut Random) {
    for at in (1..items.len()).rev() {
        items.swap(at, random.below(at + 1));
    }
}

fn kinds() -> &'static [Kind] {
    static READ: OnceLock<Vec<Kind>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut kinds: Vec<Kind> = Vec::new();
        for line in KINDS.lines().filter(|line| !line.is_empty()) {
            if line.starts_with('[') {
                kinds.push(Kind::default());
                continue;
            }
            let Some(kind) = kinds.last_mut() else { continue };
            match line.split_once(": ") {
                Some(("title A", list)) => kind.titles[0] = items(list),
                Some(("title B", list)) => kind.titles[1] = items(list),
                _ => kind.parts.extend(part(line)),
            }
        }
        kinds
    })
}

/// `owner|ownertable 95 5-10 x1-2`: blocks of which one is taken, percent of forms that have it, questions, times.
fn part(line: &'static str) -> Option<Part> {
    let words: Vec<&'static str> = line.split(' ').collect();
    let range = |text: &str| {
        let (low, high) = text.split_once('-')?;
        Some((low.parse().ok()?, high.parse().ok()?))
    };
    let (words, times) = match words.as_slice() {
        [words @ .., last] if last.starts_with('x') => (words, range(last.strip_prefix('x')?)?),
        words => (words, (1, 1)),
    };
    let [blocks, percent, questions] = words else { return None };
    Some(Part {
        blocks: blocks.split('|').collect(),
        percent: percent.parse().ok()?,
        questions: range(questions)?,
        times,
    })
}

/// Texts that a form of the pool prints beside the phrases.
#[cfg(test)]
pub(super) fn titles(pool: Pool) -> Vec<&'static str> {
    let at = usize::from(pool == Pool::Apart);
    kinds().iter().flat_map(|kind| kind.titles[at].iter().copied()).collect()
}

/// The blocks that some kind of form has.
#[cfg(test)]
pub(super) fn blocks_used() -> BTreeSet<&'static str> {
    kinds().iter().flat_map(|kind| &kind.parts).flat_map(|part| part.blocks.iter().copied()).collect()
}
