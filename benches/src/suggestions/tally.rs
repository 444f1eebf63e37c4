//! Fields counted by what they ask for and what was suggested.

#![expect(clippy::float_arithmetic, reason = "shares")]

use smartexus_forms::{LIKELY_FROM, Suggestion};
use smartexus_generator::drawn_form::Meaning;

/// What became of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Right,
    /// Another key, or a key where none answers.
    Wrong,
    /// Its key was not suggested, nor another.
    Missed,
    /// No key, and none was wanted.
    Left,
    /// One of its keys where it takes a part of the answer, or more than one: neither right nor wrong.
    Neither,
}

impl Outcome {
    pub(crate) fn of(meaning: &Meaning, suggested: Option<&str>) -> Self {
        match (meaning, suggested) {
            (Meaning::Keys(keys), Some(key)) if keys.iter().any(|meant| meant == key) => Self::Right,
            (Meaning::Part(keys), Some(key)) if keys.iter().any(|meant| meant == key) => Self::Neither,
            (_, Some(_)) => Self::Wrong,
            (Meaning::Keys(_), None) => Self::Missed,
            (Meaning::Part(_) | Meaning::Person | Meaning::Other, None) => Self::Left,
        }
    }
}

/// Counts over forms.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    forms: usize,
    fields: usize,
    ours: usize,
    ours_right: usize,
    ours_wrong: usize,
    confident_right: usize,
    confident_wrong_key: usize,
    confident_on_other: usize,
    confident_on_person: usize,
    confident_on_part: usize,
    confident_neither: usize,
    parts: usize,
    others: usize,
    others_keyed: usize,
    people: usize,
    people_keyed: usize,
    people_told: usize,
}

impl Tally {
    pub(crate) fn form(&mut self) {
        self.forms += 1;
    }

    /// Counts a field, and says what became of it.
    pub(crate) fn add(&mut self, meaning: &Meaning, suggestion: &Suggestion) -> Outcome {
        let outcome = Outcome::of(meaning, suggestion.key.as_deref());
        let is_confident = suggestion.key.is_some() && suggestion.confidence >= LIKELY_FROM;
        let has_key = usize::from(suggestion.key.is_some());
        self.fields += 1;
        match meaning {
            Meaning::Keys(_) => {
                self.ours += 1;
                self.ours_right += usize::from(outcome == Outcome::Right);
                self.ours_wrong += usize::from(outcome == Outcome::Wrong);
            }
            Meaning::Part(_) => self.parts += 1,
            Meaning::Person => {
                self.people += 1;
                self.people_keyed += has_key;
                self.people_told += usize::from(suggestion.leave.is_some());
            }
            Meaning::Other => {
                self.others += 1;
                self.others_keyed += has_key;
            }
        }
        if is_confident {
            let count = match (outcome, meaning) {
                (Outcome::Right, _) => &mut self.confident_right,
                (Outcome::Neither, _) => &mut self.confident_neither,
                (_, Meaning::Keys(_)) => &mut self.confident_wrong_key,
                (_, Meaning::Part(_)) => &mut self.confident_on_part,
                (_, Meaning::Person) => &mut self.confident_on_person,
                (_, Meaning::Other) => &mut self.confident_on_other,
            };
            *count += 1;
        }
        outcome
    }

    fn confident_wrong(&self) -> usize {
        self.confident_wrong_key + self.confident_on_part + self.confident_on_person + self.confident_on_other
    }

    /// The table of the whole.
    pub(crate) fn print(&self) {
        let confident = self.confident_right + self.confident_wrong();
        println!("\n{} forms, {} fields\n", self.forms, self.fields);
        println!("| what | fields | of | share |\n|---|---|---|---|");
        let rows = [
            ("ask for a key of ours", self.ours, self.fields),
            ("ask for something else", self.others, self.fields),
            ("ours, suggested right", self.ours_right, self.ours),
            ("ours, suggested right and confident", self.confident_right, self.ours),
            ("ours, another key suggested", self.ours_wrong, self.ours),
            ("something else, a key suggested", self.others_keyed, self.others),
            ("confident and wrong", self.confident_wrong(), confident),
            ("… another key than the right one", self.confident_wrong_key, confident),
            ("… on something else", self.confident_on_other, confident),
            ("… on a part of another answer", self.confident_on_part, confident),
            ("… on what only a person answers", self.confident_on_person, confident),
            ("a person's, a key suggested", self.people_keyed, self.people),
            ("a person's, told as such", self.people_told, self.people),
            ("parts of answers, confident (not counted above)", self.confident_neither, self.parts),
        ];
        for (what, count, of) in rows {
            println!("| {what} | {count} | {of} | {} |", share(count, of));
        }
    }
}

fn share(count: usize, of: usize) -> String {
    let number = |count: usize| u32::try_from(count).map_or(0.0, f64::from);
    if of == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * number(count) / number(of)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_right_only_where_it_answers() {
        let keys = |list: &[&str]| list.iter().map(|key| (*key).to_owned()).collect::<Vec<String>>();
        let owner = Meaning::Keys(keys(&["owner[0].phone", "applicant[0].phone_home"]));
        let part = Meaning::Part(keys(&["owner[0].dob"]));
        for (meaning, suggested, outcome) in [
            (&owner, Some("applicant[0].phone_home"), Outcome::Right),
            (&owner, Some("owner[1].phone"), Outcome::Wrong),
            (&owner, None, Outcome::Missed),
            (&part, Some("owner[0].dob"), Outcome::Neither),
            (&part, Some("owner[0].ssn"), Outcome::Wrong),
            (&part, None, Outcome::Left),
            (&Meaning::Person, Some("owner[0].dob"), Outcome::Wrong),
            (&Meaning::Other, None, Outcome::Left),
        ] {
            assert_eq!(Outcome::of(meaning, suggested), outcome, "{meaning:?} {suggested:?}");
        }
    }
}
