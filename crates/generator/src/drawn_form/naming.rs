//! Names of fields as programs and people give them: most say nothing, some say a little, few say something wrong.

use super::phrases::{Pool, Question, blocks};
use super::style::Style;
use crate::random::Random;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// `Text12`
    Text,
    /// `fill_7`
    Fill,
    /// `topmostSubform[0].Page1[0].f1_04[0]`
    Topmost,
    /// `OwnerName2`
    Camel,
    /// `owner.home_phone`
    Dotted,
    /// `untitled4`
    Untitled,
    /// `Text Field 12`
    TextField,
    /// `form1[0].#subform[0].TextField2[3]`
    Subform,
    /// The label, as a program found it beside the field.
    Phrase,
    /// `home_phone`
    Snake,
    /// `homePhon`
    Short,
}

/// Gives each field of a form its name.
pub(super) struct Namer {
    manner: Manner,
    /// Of 100 names, so many were left from another form.
    left_percent: i64,
    used: BTreeSet<String>,
    count: usize,
    pool: Pool,
}

impl Namer {
    pub(super) fn draw(random: &mut Random, pool: Pool) -> Self {
        use Manner::{
            Camel, Dotted, Fill, Phrase, Short, Snake, Subform, Text, TextField, Topmost, Untitled,
        };
        let manner = match pool {
            Pool::Open => *random.pick(&[Text, Fill, Topmost, Camel, Camel, Camel, Dotted, Dotted]),
            Pool::Apart => *random.pick(&[Untitled, TextField, Subform, Phrase, Phrase, Snake, Snake, Short]),
        };
        let left_percent = if random.chance(15) { 5 } else { 0 };
        Self { manner, left_percent, used: BTreeSet::new(), count: 0, pool }
    }

    /// A name that no other field of the form has. `page` counts from 0.
    pub(super) fn name(
        &mut self,
        question: &'static Question,
        subject: &str,
        page: usize,
        style: &Style,
        random: &mut Random,
    ) -> String {
        self.count += 1;
        let count = self.count;
        let mut asked = question;
        if random.chance(self.left_percent) {
            let all: Vec<&'static Question> = blocks().iter().flat_map(|block| &block.own).collect();
            asked = *random.pick(&all);
        }
        let phrases = asked.phrases(self.pool, style.country);
        let phrase = if phrases.is_empty() { "field" } else { random.pick(&phrases).text };
        let has_subject = phrase.contains("{S}") || phrase.contains("{s}") || random.chance(50);
        let phrase = phrase.replace("{S}", "").replace("{s}", "").replace("'s", "");
        let mut words: Vec<String> = telling(&phrase);
        if has_subject {
            words.splice(0..0, telling(subject).into_iter().take(1));
            words
                .extend(telling(subject).into_iter().filter(|word| word.chars().all(|c| c.is_ascii_digit())));
        }
        words.dedup();
        let name = match self.manner {
            Manner::Text => format!("Text{count}"),
            Manner::Fill => format!("fill_{count}"),
            Manner::Topmost => {
                format!("topmostSubform[0].Page{page}[0].f{page}_{count:02}[0]", page = page + 1)
            }
            Manner::Untitled => format!("untitled{count}"),
            Manner::TextField => format!("Text Field {count}"),
            Manner::Subform => format!("form1[0].#subform[{page}].TextField2[{count}]"),
            Manner::Camel => words.iter().map(|word| capitalized(word)).collect(),
            Manner::Dotted => match words.split_first() {
                Some((first, rest)) if !rest.is_empty() => format!("{first}.{}", rest.join("_")),
                // Without a dot it could become the parent of another.
                _ => format!("form.{}", words.concat()),
            },
            Manner::Phrase => phrase.trim().chars().filter(|c| *c != '.').take(48).collect(),
            Manner::Snake => words.join("_"),
            Manner::Short => {
                let short = |word: &String| word.chars().take(4).collect::<String>();
                let mut short = words.iter().map(short);
                let first = short.next().unwrap_or_default();
                first + &short.map(|word| capitalized(&word)).collect::<String>()
            }
        };
        self.unique(&name)
    }

    fn unique(&mut self, name: &str) -> String {
        let name = if name.is_empty() { "field" } else { name };
        let join = if matches!(self.manner, Manner::Phrase | Manner::Snake) { "_" } else { "" };
        let mut tried = name.to_owned();
        let mut next = 2;
        while self.used.contains(&tried) {
            tried = format!("{name}{join}{next}");
            next += 1;
        }
        self.used.insert(tried.clone());
        tried
    }
}

/// The first words that say something, in small letters.
fn telling(text: &str) -> Vec<String> {
    let outside = text.split('(').next().unwrap_or(text);
    let words = outside.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_lowercase);
    let is_telling = |word: &String| {
        !word.is_empty()
            && !matches!(word.as_str(), "of" | "the" | "or" | "and" | "your" | "for" | "in" | "if" | "to")
    };
    words.filter(is_telling).take(4).collect()
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
