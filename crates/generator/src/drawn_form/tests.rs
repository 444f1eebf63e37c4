//! What holds for every drawn form, and for the phrases.

use super::phrases::{Asked, Pool, blocks};
use super::{APART_FROM, Meaning, make, plan};
use std::collections::BTreeSet;

const VOCABULARY: &str = include_str!("../../../../pipelines/forms/vocabulary.csv");

fn keys() -> BTreeSet<&'static str> {
    VOCABULARY.lines().skip(1).filter_map(|line| line.split(',').next()).collect()
}

/// `owner[1].dob` as the vocabulary has it.
fn pattern(key: &str) -> String {
    let mut pattern = String::new();
    let mut is_index = false;
    for c in key.chars() {
        is_index &= c != ']';
        if !is_index {
            pattern.push(c);
        }
        is_index |= c == '[';
    }
    pattern
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

fn seeds() -> impl Iterator<Item = u64> {
    (1..150).chain(APART_FROM..APART_FROM + 150)
}

#[test]
fn a_seed_always_gives_the_same_form() {
    for seed in [1, 7, APART_FROM] {
        let (one, other) = (make(seed), make(seed));
        assert_eq!(one.document, other.document, "{seed}");
        assert_eq!(one.fields.len(), other.fields.len(), "{seed}");
    }
    assert_ne!(make(1).document, make(2).document);
}

#[test]
fn every_key_is_in_the_vocabulary() {
    let known = keys();
    for question in blocks().iter().flat_map(|block| &block.own) {
        let (Asked::Keys(asked) | Asked::Joined(asked)) = &question.asked else { continue };
        for key in asked {
            assert!(known.contains(pattern(key).as_str()), "{key}");
        }
    }
    for field in seeds().flat_map(|seed| make(seed).fields) {
        assert!(field.meaning.keys().iter().all(|key| known.contains(pattern(key).as_str())), "{field:?}");
    }
}

#[test]
fn names_are_unique_and_sizes_are_those_of_forms() {
    for seed in seeds() {
        let form = make(seed);
        let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), form.fields.len(), "{seed}");
        assert!((25..=140).contains(&names.len()), "{seed}: {}", names.len());
    }
}

#[test]
fn no_fact_is_asked_for_twice() {
    for seed in seeds() {
        let form = make(seed);
        let mut asked = BTreeSet::new();
        for field in &form.fields {
            if let Meaning::Keys(keys) = &field.meaning {
                assert!(keys.iter().all(|key| asked.insert(key.clone())), "{seed}: {field:?}");
            }
        }
    }
}

#[test]
fn no_phrase_is_in_both_pools() {
    let phrases = |pool| -> BTreeSet<String> {
        let questions = blocks().iter().flat_map(|block| &block.own);
        let asked = questions.flat_map(|question| question.all(pool)).map(|phrase| phrase.text);
        let around =
            blocks().iter().flat_map(|block| block.names.of(pool).iter().chain(block.heads.of(pool)));
        asked.chain(around.copied()).chain(plan::titles(pool)).map(plain).collect()
    };
    let (open, apart) = (phrases(Pool::Open), phrases(Pool::Apart));
    let both: Vec<&String> = open.intersection(&apart).collect();
    assert!(both.is_empty(), "{both:?}");
}

#[test]
fn there_are_enough_questions_and_phrases() {
    let questions: Vec<_> = blocks().iter().flat_map(|block| &block.own).collect();
    let ours =
        questions.iter().filter(|question| matches!(question.asked, Asked::Keys(_) | Asked::Joined(_)));
    let others = questions.iter().filter(|question| matches!(question.asked, Asked::Other));
    assert!(ours.count() >= 130 && others.count() >= 110);
    for question in &questions {
        for pool in [Pool::Open, Pool::Apart] {
            // Whole sentences with blanks in them are long to write and few.
            let least = if question.shape == "prose" { 1 } else { 3 };
            assert!(question.all(pool).len() >= least, "{:?}", question.all(pool));
        }
    }
}

#[test]
fn about_two_of_five_fields_ask_for_something_else() {
    for start in [1, APART_FROM] {
        let fields: Vec<_> = (start..start + 200).flat_map(|seed| make(seed).fields).collect();
        let others = fields.iter().filter(|field| field.meaning == Meaning::Other).count();
        assert!((34..=46).contains(&(others * 100 / fields.len())), "{others} of {}", fields.len());
    }
}

#[test]
fn every_section_is_known_and_used() {
    let known: BTreeSet<&str> = blocks().iter().map(|block| block.id).collect();
    let used = plan::blocks_used();
    let unknown: Vec<_> = used.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    // Others only lend their questions.
    let unused: Vec<_> = known.difference(&used).copied().collect();
    assert_eq!(unused, ["party"]);
}
