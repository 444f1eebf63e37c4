//! How a form looks, and how it prints a question.

use super::phrases::{Country, Pool};
use super::plan::{Asks, Section};
use crate::random::Random;

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placement {
    Above,
    /// Right before its field, several on a line.
    Before,
    /// In a column of labels.
    Left,
    /// Small in the upper corner of the field's box.
    Inside,
    /// Under the line to write on.
    Below,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadStyle {
    /// White on dark gray is hard to copy: black on light gray.
    Band,
    Bold,
    Ruled,
    /// `Section 2: …` or `Part B. …`.
    Numbered,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    None,
    /// `7.`
    Plain,
    /// `2c.`: the section and a letter.
    Lettered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tooltips {
    None,
    SameAsLabel,
    Sentence,
    /// Heading and label, as programs for readers with screen readers write them.
    WithHeading,
}

/// What holds for the whole form.
#[derive(Debug, Clone)]
pub(super) struct Style {
    pub(super) pool: Pool,
    pub(super) country: Country,
    pub(super) placement: Placement,
    pub(super) heads: HeadStyle,
    pub(super) size: f32,
    pub(super) margin: f32,
    /// Answers stand on a line, not in a box.
    pub(super) lines: bool,
    /// Numbers with as many cells as digits.
    pub(super) combs: bool,
    /// Dates, phones and numbers of people in several boxes, of 100.
    pub(super) split_percent: i64,
    capitals: bool,
    colon: bool,
    hints: bool,
    asterisks: bool,
    numbering: Numbering,
    tooltips: Tooltips,
}

impl Style {
    pub(super) fn draw(random: &mut Random, pool: Pool, country: Country) -> Self {
        let placement = *random.pick(&[
            Placement::Above,
            Placement::Above,
            Placement::Above,
            Placement::Before,
            Placement::Before,
            Placement::Left,
            Placement::Inside,
            Placement::Inside,
            Placement::Below,
        ]);
        let heads = *random.pick(&[
            HeadStyle::Band,
            HeadStyle::Band,
            HeadStyle::Bold,
            HeadStyle::Bold,
            HeadStyle::Ruled,
            HeadStyle::Numbered,
            HeadStyle::None,
        ]);
        let numbering = match random.between(1, 10) {
            1 => Numbering::Plain,
            2 => Numbering::Lettered,
            _ => Numbering::None,
        };
        let tooltips = match random.between(1, 20) {
            1..=9 => Tooltips::None,
            10..=13 => Tooltips::SameAsLabel,
            14..=17 => Tooltips::Sentence,
            _ => Tooltips::WithHeading,
        };
        let is_beside = matches!(placement, Placement::Before | Placement::Left);
        let size = f32::from(u8::try_from(random.between(0, 3)).unwrap_or(0)) * 0.5;
        Self {
            pool,
            country,
            placement,
            heads,
            size: size + if is_beside { 8.0 } else { 6.5 },
            margin: if random.chance(60) { 36.0 } else { 50.0 },
            lines: placement == Placement::Below || (placement != Placement::Inside && random.chance(30)),
            combs: random.chance(30),
            split_percent: if random.chance(35) { 60 } else { 0 },
            capitals: random.chance(12),
            colon: is_beside && random.chance(65) || random.chance(10),
            hints: random.chance(40),
            asterisks: random.chance(12),
            numbering,
            tooltips,
        }
    }

    /// A section's heading as it is printed; none on a form without headings.
    pub(super) fn heading(&self, section: &Section, at: usize) -> Option<String> {
        let text = match self.heads {
            HeadStyle::None => return None,
            HeadStyle::Band | HeadStyle::Ruled => section.heading.clone(),
            HeadStyle::Bold => section.heading.to_uppercase(),
            HeadStyle::Numbered => match self.pool {
                Pool::Open => format!("Section {}: {}", at + 1, section.heading),
                Pool::Apart => format!("Part {}. {}", roman(at + 1), section.heading),
            },
        };
        Some(text)
    }

    /// The question without what the form prints around every question.
    pub(super) fn question(&self, asks: &Asks, section: &Section, random: &mut Random) -> String {
        let subject = section.subject.as_str();
        let text = asks.phrase.text.replace("{S}", subject).replace("{s}", &lower_first(subject));
        let names_it = asks.phrase.text.contains("{S}") || asks.phrase.text.contains("{s}");
        let is_lost = self.heads == HeadStyle::None;
        if !is_lost && (!asks.phrase.is_bare || random.chance(80)) {
            return text;
        }
        let is_clear = names_it || (!asks.phrase.is_bare && !section.is_one_of_many);
        if is_clear {
            return text;
        }
        let is_sentence = text.ends_with('?') || text.starts_with("Your") || !asks.phrase.is_bare;
        let is_thing = matches!(section.block.id, "business" | "supplier");
        match random.between(0, 2) {
            _ if is_sentence => format!("{subject}: {}", lower_first(&text)),
            0 => format!("{subject}: {}", lower_first(&text)),
            1 if !is_thing => format!("{subject}'s {}", lower_first(&text)),
            _ => format!("{subject} {}", lower_first(&text)),
        }
    }

    /// The label of a question: `number` counts the questions of the form, `place` is section and place in it.
    pub(super) fn label(
        &self,
        question: &str,
        shape: &str,
        number: usize,
        place: (usize, usize),
        random: &mut Random,
    ) -> String {
        let mut label = question.to_owned();
        let has_hint = label.contains('(') || label.ends_with('?');
        if self.hints && !has_hint && random.chance(70) {
            label += self.hint(shape);
        }
        if self.capitals {
            label = label.to_uppercase();
        }
        if self.colon && shape != "tick" && !label.ends_with(['?', ':', '.']) {
            label.push(':');
        }
        if self.asterisks && random.chance(40) {
            label.push('*');
        }
        match self.numbering {
            Numbering::None => label,
            Numbering::Plain => format!("{number}. {label}"),
            Numbering::Lettered => {
                let letter = char::from(b'a' + u8::try_from(place.1 % 26).unwrap_or(0));
                format!("{}{letter}. {label}", place.0 + 1)
            }
        }
    }

    fn hint(&self, shape: &str) -> &'static str {
        let is_american = self.country == Country::UnitedStates;
        match (shape, self.pool) {
            ("date", Pool::Open) if is_american => " (MM/DD/YYYY)",
            ("date", Pool::Open) => " (dd/mm/yyyy)",
            ("date", Pool::Apart) if is_american => " (month/day/year)",
            ("date", Pool::Apart) => " (day / month / year)",
            ("money", Pool::Open) => " ($)",
            ("money", Pool::Apart) if is_american => " (US$)",
            ("phone", Pool::Open) => " (include area code)",
            ("phone", Pool::Apart) => " (with area code)",
            ("ssn", Pool::Open) => " (XXX-XX-XXXX)",
            ("ssn", Pool::Apart) => " (no dashes)",
            _ => "",
        }
    }

    /// What the field says of itself.
    pub(super) fn tooltip(
        &self,
        question: &str,
        label: &str,
        heading: Option<&str>,
        random: &mut Random,
    ) -> Option<String> {
        let lower = if question.ends_with('?') { question.to_owned() } else { lower_first(question) };
        match (self.tooltips, self.pool) {
            (Tooltips::None, _) => None,
            (Tooltips::SameAsLabel, _) => Some(label.to_owned()),
            (Tooltips::Sentence, Pool::Open) => Some(match random.between(0, 2) {
                0 => format!("Enter {lower}"),
                1 => format!("Please enter {lower} here."),
                _ => format!("Fill in: {question}. This field is required."),
            }),
            (Tooltips::Sentence, Pool::Apart) => Some(match random.between(0, 2) {
                0 => format!("Type {lower}"),
                1 => format!("Provide {lower} in this box."),
                _ => format!("{question} - press Tab for the next field"),
            }),
            (Tooltips::WithHeading, _) => {
                Some(heading.map_or_else(|| label.to_owned(), |heading| format!("{heading}. {label}")))
            }
        }
    }
}

/// `Home phone` as it goes on behind other words; `SSN` stays.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

fn roman(number: usize) -> &'static str {
    const NUMBERS: [&str; 16] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    ];
    NUMBERS.get(number.saturating_sub(1)).copied().unwrap_or("XVII")
}
