//! Different holders of one account within one document.

use super::scene::Scene;
use crate::lexicon::fold;
use smartexus_domain::{Signal, SignalName};

/// Labels of the holder, folded; what follows a colon is a name.
const LABELS: [&str; 16] = [
    "account holder",
    "account holders",
    "account name",
    "account owner",
    "cardholder",
    "card holder",
    "customer name",
    "kontoinhaber",
    "kontoinhaberin",
    "karteninhaber",
    "titulaire",
    "titulaire du compte",
    "titular",
    "intestatario",
    "rekeninghouder",
    "titular da conta",
];
/// No name has more words.
const NAME_WORDS_MAX: usize = 6;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    // Several accounts may well have several holders.
    if scene.statements.len() > 1 {
        return Vec::new();
    }
    let labelled: Vec<(u32, String)> = scene
        .pages
        .iter()
        .flat_map(|page| page.text.lines().filter_map(named).map(|name| (page.page, name)))
        .collect();
    let Some((first_page, first)) = labelled.first() else { return Vec::new() };
    let other = labelled.iter().find(|(_, name)| !is_same(first, name));
    other
        .map(|(page, name)| {
            let evidence = format!(
                "The document names the holder “{first}” on page {first_page} and “{name}” on page {page}."
            );
            Signal::new(SignalName::NameOrAddressMismatch, evidence).on_page(*page).showing(first, name)
        })
        .into_iter()
        .collect()
}

/// The name behind a label and a colon.
fn named(line: &str) -> Option<String> {
    let (label, rest) = line.split_once(':')?;
    let words: Vec<String> = label.split_whitespace().map(fold).collect();
    let is_label = |count: usize| {
        let from = words.len().checked_sub(count).and_then(|from| words.get(from..));
        from.is_some_and(|tail| LABELS.contains(&tail.join(" ").as_str()))
    };
    if !(1..=3).any(is_label) {
        return None;
    }
    let is_name =
        |word: &&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '&'));
    let name: Vec<&str> = rest.split_whitespace().take_while(is_name).collect();
    (2..=NAME_WORDS_MAX).contains(&name.len()).then(|| name.join(" "))
}

/// Titles, middle names and joint holders come and go: one name holds all long words of the other.
fn is_same(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let long = |word: &String| word.chars().count() > 2;
        name.split([' ', '.', '-']).map(fold).filter(long).collect()
    };
    let (one, other) = (words(one), words(other));
    let within = |few: &[String], many: &[String]| few.iter().all(|word| many.contains(word));
    within(&one, &other) || within(&other, &one)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn names_behind_labels() {
        assert_eq!(named("Account holder: Jane Q. Example").as_deref(), Some("Jane Q. Example"));
        assert_eq!(named("IBAN X Kontoinhaber: Erika Muster 12").as_deref(), Some("Erika Muster"));
        assert_eq!(named("Period: Jane Example"), None);
        assert_eq!(named("Account holder: 12345678"), None);
    }

    #[test]
    fn the_same_person_in_other_words() {
        assert!(is_same("Jane Q. Example", "JANE EXAMPLE"));
        assert!(is_same("Mr John Doe & Mrs Jane Doe", "Jane Doe"));
        assert!(!is_same("Jane Example", "John Example"));
    }
}
