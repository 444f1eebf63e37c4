//! Labelled descriptions out of lists, phrase tables and invented names.

use crate::chance::Chance;
use crate::invent::Inventor;
use smartexus_categorize::training::{Source, aliases, phrases, turned};
use smartexus_categorize::{AccountSide, CategoryId, Direction, Rulebook};
use std::collections::HashMap;

/// A description whose leaf is known.
pub(crate) struct Row {
    pub(crate) description: String,
    pub(crate) direction: Direction,
    pub(crate) account: AccountSide,
    pub(crate) leaf: usize,
    /// The name that the lists shall not know.
    pub(crate) without: Option<String>,
    /// The name is kept apart: it calibrates and does not train.
    pub(crate) apart: bool,
    pub(crate) kind: &'static str,
}

/// One name in this many is kept apart.
const APART: u64 = 10;

type Failure = Box<dyn std::error::Error>;

/// Patterns by `kind.way.language`.
struct Shapes(HashMap<String, Vec<String>>);

pub(crate) struct Generator<'r> {
    rules: &'r Rulebook,
    by_id: HashMap<String, usize>,
    shapes: Shapes,
    inventor: Inventor,
    rows: Vec<Row>,
}

impl<'r> Generator<'r> {
    pub(crate) fn new(rules: &'r Rulebook, seed: u64) -> Self {
        let leaves = rules.taxonomy().leaves().iter().enumerate();
        let shapes = lines(include_str!("../../training/shapes.txt"));
        Self {
            rules,
            by_id: leaves.map(|(at, leaf)| (leaf.id.as_str().to_owned(), at)).collect(),
            shapes: Shapes(
                shapes.map(|(key, list)| (key, list.split('|').map(str::to_owned).collect())).collect(),
            ),
            inventor: Inventor::new(seed),
            rows: Vec::new(),
        }
    }

    /// Every row, in a fixed order.
    pub(crate) fn all(mut self) -> Result<Vec<Row>, Failure> {
        let mut list: Vec<(String, usize, Source)> =
            aliases(self.rules).map(|(text, leaf, source)| (text.to_owned(), leaf, source)).collect();
        list.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, leaf, source) in &list {
            match source {
                Source::Brand => self.names(name, *leaf, 4, "brand"),
                Source::Name => self.names(name, *leaf, 5, "name"),
                Source::Ambiguous => self.names(name, *leaf, 3, "ambiguous"),
                Source::Trade => self.trades(name, *leaf, 8),
                Source::Never => {}
            }
        }
        self.codes()?;
        self.operations()?;
        self.phrases()?;
        Ok(self.rows)
    }

    fn names(&mut self, name: &str, leaf: usize, times: usize, kind: &'static str) {
        let apart = is_apart(name);
        for _ in 0..times {
            let without = apart.then(|| name.to_owned());
            self.payment(name, leaf, without, apart, kind);
        }
    }

    /// Invented businesses that say their trade.
    fn trades(&mut self, word: &str, leaf: usize, times: usize) {
        for _ in 0..times {
            let name = self.inventor.business(word);
            self.payment(&name, leaf, None, false, "trade");
        }
    }

    /// What the codes of card networks mean, in words.
    fn codes(&mut self) -> Result<(), Failure> {
        let codes = include_str!("../../../../pipelines/categories/mcc.csv");
        for record in csv::Reader::from_reader(codes.as_bytes()).records() {
            let record = record?;
            let (id, label) = (record.get(2).unwrap_or_default(), record.get(3).unwrap_or_default());
            let Some(leaf) = self.by_id.get(id).copied().filter(|_| id != CategoryId::UNCATEGORIZED) else {
                continue;
            };
            for part in label.split([',', '/']).map(str::trim).filter(|part| part.len() > 3) {
                for _ in 0..3 {
                    let name = self.inventor.business(part);
                    self.payment(&name, leaf, None, false, "code");
                }
            }
        }
        Ok(())
    }

    /// A payment to or, now and then, from a named business, by card or otherwise.
    fn payment(&mut self, name: &str, leaf: usize, without: Option<String>, apart: bool, kind: &'static str) {
        let listed = &self.rules.taxonomy().leaves()[leaf];
        let fits_out = listed.direction.fits(Direction::Out);
        let chance = &mut self.inventor.chance;
        let back = if fits_out { chance.percent(7) } else { !chance.percent(5) };
        let direction = if back { Direction::In } else { Direction::Out };
        let meant = if listed.direction.fits(direction) { Some(leaf) } else { turned(self.rules, leaf) };
        let Some(meant) = meant
            .filter(|meant| self.rules.taxonomy().leaves()[*meant].id.as_str() != CategoryId::UNCATEGORIZED)
        else {
            return;
        };
        let by_card = chance.percent(72);
        let language = *chance.one(&["en", "en", "en", "de", "fr", "es"]);
        let account = if by_card && chance.percent(25) { AccountSide::Card } else { AccountSide::Bank };
        let key = match (direction, by_card) {
            (Direction::In, _) if fits_out => format!("card.in.{language}"),
            (_, true) => format!("card.out.{language}"),
            (_, false) => format!("debit.out.{language}"),
        };
        let Some(shape) = self.shapes.0.get(&key).map(|shapes| self.inventor.chance.one(shapes).clone())
        else {
            return;
        };
        let description = self.inventor.fill(&shape, name);
        self.rows.push(Row { description, direction, account, leaf: meant, without, apart, kind });
    }

    /// Rows of banks, employers, customers and people.
    fn operations(&mut self) -> Result<(), Failure> {
        for (id, rest) in lines(include_str!("../../training/operations.txt")) {
            let leaf = *self.by_id.get(&id).ok_or_else(|| format!("{id} is no leaf"))?;
            let (way, patterns) = rest.split_once(':').ok_or("a way is missing")?;
            for pattern in patterns.split('|') {
                for at in 0..30 {
                    let direction = match (way.trim(), at % 2) {
                        ("in", _) | ("both", 0) => Direction::In,
                        _ => Direction::Out,
                    };
                    let description = self.inventor.fill(pattern.trim(), "");
                    let account = AccountSide::Bank;
                    let row = Row {
                        description,
                        direction,
                        account,
                        leaf,
                        without: None,
                        apart: false,
                        kind: "operation",
                    };
                    self.rows.push(row);
                }
            }
        }
        Ok(())
    }

    /// The banks' own words, with what may stand around them.
    fn phrases(&mut self) -> Result<(), Failure> {
        for (phrase, money_in, money_out) in phrases()? {
            for (id, direction) in [(money_in, Direction::In), (money_out, Direction::Out)] {
                let Some(leaf) = id.and_then(|id| self.by_id.get(&id).copied()) else { continue };
                if !self.rules.taxonomy().leaves()[leaf].direction.fits(direction) {
                    continue;
                }
                for shape in ["NAME", "NAME REF", "NAME CO", "NAME D", "NAME PERSON", "CO NAME N4"] {
                    let words = phrase.replace("NUMBER", "N4");
                    let description = self.inventor.fill(&shape.replace("NAME", &words.to_uppercase()), "");
                    let account = AccountSide::Bank;
                    self.rows.push(Row {
                        description,
                        direction,
                        account,
                        leaf,
                        without: None,
                        apart: false,
                        kind: "phrase",
                    });
                }
            }
        }
        Ok(())
    }
}

fn is_apart(name: &str) -> bool {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Chance::new(hash).below(APART) == 0
}

/// `key: rest` lines.
fn lines(text: &str) -> impl Iterator<Item = (String, String)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(':'))
        .map(|(key, rest)| (key.trim().to_owned(), rest.trim().to_owned()))
}
