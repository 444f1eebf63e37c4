//! Whether every word of a label and of its heading is understood. What is left over asks for something else, or of
//! somebody else: `Property manager address` is no home address, however much of it is.

use super::place::{Part, Place};
use super::words::{is_item_number, words_of};
use crate::facts::{Entry, FactType};

/// Words beside a known label that change nothing about it.
const NEUTRAL: [&str; 14] = [
    "full",
    "legal",
    "print",
    "number",
    "information",
    "details",
    "current",
    "present",
    "complete",
    "exact",
    "s",
    "street",
    "usd",
    "only",
];
/// Words for whom a key is about, by the beginning of its pattern.
const SUBJECTS: [(&str, &[&str]); 3] = [
    (
        "applicant",
        &[
            "applicant",
            "applicants",
            "borrower",
            "borrowers",
            "individual",
            "personal",
            "primary",
            "main",
            "home",
        ],
    ),
    ("business", &["business", "company", "firm", "corporation", "entity", "organization", "organisation"]),
    ("owner", &["owner", "owners", "principal", "principals", "shareholder", "partner"]),
];
/// Words of headings over parts that are about the applicant, the business, its owners, their money and the loan.
const HEADING: &str = " section part step page form application about your you yours the of and or for to a an in with is on at any \
    all each please complete list provide more if information info details data general basic main primary profile summary \
    applicant applicants borrower borrowers personal individual contact address addresses residence residential home current \
    present where live business company firm corporate corporation entity organization organisation legal trading owner owners \
    ownership principal principals shareholder shareholders partners loan loans financing finance funding funds request \
    requested amount purpose use proceeds credit facility requirement requirements employment employer work job occupation \
    income earnings wages monthly annual yearly per month year gross assets asset own what liabilities liability owe debts debt \
    existing outstanding obligations expenses outgoings expenditure living financial finances position statement net worth bank \
    banking banks account accounts real estate property properties owned housing tax identification identity revenue sales \
    turnover figures us tell who are s name names i ii iii iv v vi uniform mortgage merchant cash advance commercial consumer \
    small lease leasing rental equipment new client working capital line schedule owned less than former previous \
    retirement other card cards leases have omit cents condition as au us uk usa canada australia value values required settlement \
    payable taxpayer director directors proprietor partner opening factoring invoice source sources owing amounts sba urla ";
/// A heading of more words is a sentence.
const HEADING_WORDS_MAX: usize = 12;

/// Whether one of the entry's labels, with words for its subject and words that change nothing, is all that a label says,
/// and the label with its place says all of it.
pub(super) fn is_explained(entry: &Entry, label: &str, place: &Place) -> bool {
    let words = words_of(&without_repetition(entry, label));
    let subject =
        SUBJECTS.iter().find(|(start, _)| entry.pattern.starts_with(start)).map(|(_, words)| *words);
    let about = |word: &String| subject.is_some_and(|words| words.contains(&word.as_str()));
    let said_by_place = |word: &String| match place.part {
        Some(Part::Owners) => word == "owner",
        Some(Part::Business) => word == "business",
        Some(Part::FormerAddress) => word == "former" || word == "previous",
        _ => false,
    };
    entry.labels.iter().any(|known| {
        let known = words_of(known);
        // "Number of cars" asks for no money.
        let counts = |word: &String| word == "number" && entry.kind == FactType::Money;
        let is_neutral = |word: &String| NEUTRAL.contains(&word.as_str()) && !counts(word) || about(word);
        words.iter().all(|word| known.contains(word) || is_neutral(word))
            && known.iter().all(|word| words.contains(word) || said_by_place(word))
    })
}

/// A label without what it says again in parentheses: "Doing business as (DBA)".
fn without_repetition(entry: &Entry, label: &str) -> String {
    let Some((before, (inside, behind))) =
        label.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
    else {
        return label.to_owned();
    };
    let again = words_of(inside);
    let is_repeated = entry.labels.iter().any(|known| words_of(known) == again);
    if is_repeated { format!("{before} {behind}") } else { label.to_owned() }
}

/// Whether a heading has a word that is none of those over parts that we know.
pub(super) fn is_strange(heading: &str) -> bool {
    let words = || heading.split_whitespace().filter(|word| !is_item_number(word));
    let is_known = |word: &str| word.chars().count() == 1 || HEADING.contains(&format!(" {word} "));
    words().count() > HEADING_WORDS_MAX || !words().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::super::place::padded;
    use super::*;
    use crate::facts::Vocabulary;

    #[track_caller]
    fn check(pattern: &str, label: &str, expected: bool) {
        let entries = Vocabulary::get().entries();
        let entry = entries.iter().find(|entry| entry.pattern == pattern).unwrap();
        assert_eq!(is_explained(entry, label, &Place::default()), expected, "{label}");
    }

    #[test]
    fn a_word_more_asks_for_something_else() {
        check("applicant[].address.line1", "Home address", true);
        check("applicant[].address.line1", "12a. Applicant current address:", true);
        check("applicant[].address.line1", "Property manager address", false);
        check("applicant[].address.line1", "Co-applicant address", false);
        check("business.dba", "Doing Business As (DBA)", true);
        check("business.dba", "Doing business as (of supplier)", false);
        check("assets.vehicles", "Number of cars", false);
    }

    #[test]
    fn headings_are_of_words_that_we_know() {
        for (heading, strange) in [
            ("Section 1: About you", false),
            ("2c. Liabilities: Other Debts, and Leases That You Owe", true),
            ("1b. Current Employment and Income", false),
            ("Emergency contact", true),
            ("", false),
        ] {
            assert_eq!(is_strange(&padded(heading)), strange, "{heading}");
        }
    }
}
