//! Why a suggestion is no likely one, whatever its label says. A doubted one is still shown, below the level from which
//! it would be an entry of a draft.

use super::explained::{is_explained, is_strange};
use super::place::{Part, Place, padded};
use super::words::words_of;
use super::{LIKELY_FROM, Scored};
use crate::facts::{Entry, FactType};
use smartexus_domain::{FormField, LabelSource, LabelText};
use std::collections::{BTreeSet, HashMap};

/// The most that a doubted suggestion is worth.
const DOUBTED: f64 = 0.70;
/// Scores nearer to each other than this do not tell which is meant.
const CLOSE: f64 = 0.08;

/// What speaks against a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    Prose,
    PartOfValue,
    Signature,
    OtherPart,
    Generic,
    Ambiguous,
    NoPeriod,
    TableRow,
    NameDisagrees,
    NameAlone,
    TwoMeanings,
    TwoFields,
    Unseen,
    Unexplained,
    StrangeHeading,
    WhichOne,
}

impl Doubt {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Prose => "It stands in the middle of a sentence.",
            Self::PartOfValue => "The field seems to take a part of the value only.",
            Self::Signature => "It stands beside a signature: whoever signs is asked.",
            Self::OtherPart => "The heading over it is about something else.",
            Self::Generic => "The label does not say of whom it asks.",
            Self::Ambiguous => "These words alone mean several things on forms.",
            Self::NoPeriod => "The label does not say for which period.",
            Self::TableRow => "It is a row of a table.",
            Self::NameDisagrees => "The field's name says something else.",
            Self::NameAlone => "What is printed beside it does not say so.",
            Self::Unseen => "It stands on no page.",
            Self::Unexplained => "Its label says something besides.",
            Self::WhichOne => "The heading speaks of several, and the label does not say of which.",
            Self::StrangeHeading => "What the heading over it is about is not known.",
            Self::TwoMeanings => "Another key is as likely.",
            Self::TwoFields => "Another field asks for it as well.",
        }
    }
}

/// Ends of labels that go on behind the field.
const UNFINISHED: [&str; 22] = [
    "of", "the", "a", "an", "to", "for", "in", "at", "by", "or", "and", "from", "with", "on", "that", "this",
    "is", "as", "my", "our", "his", "her",
];
/// Words that tell of a part of a number, a day or a name.
const PARTIAL: [&str; 19] = [
    " second two ",
    " second three ",
    " second 3 ",
    " first three ",
    " first five ",
    " first 3 ",
    " first 5 ",
    " middle two ",
    " middle 2 ",
    " last four ",
    " last 4 ",
    " last two ",
    " area code ",
    " ext ",
    " extension ",
    " day ",
    " month ",
    " year ",
    " prefix ",
];
/// Labels that by themselves mean one thing on one form and another on the next: a form of address or a position, what is
/// paid or what is taken in, what secures this loan or that debt.
const AMBIGUOUS: [&str; 18] = [
    "title",
    "rent",
    "rental",
    "collateral",
    "security",
    "mortgage",
    "mortgage balance",
    "balance",
    "amount",
    "term",
    "rate",
    "purpose",
    "status",
    "type",
    "value",
    "taxes",
    "insurance",
    "income",
];
/// What nearly every form asks of several: the label alone does not say of whom.
const GENERIC: [&str; 19] = [
    "email address",
    "e mail",
    "phone number",
    "telephone number",
    "address",
    "city",
    "state",
    "zip",
    "zip code",
    "postal code",
    "country",
    "phone",
    "telephone",
    "email",
    "name",
    "title",
    "date",
    "phone number",
    "street",
];

/// What the label itself and its place say.
pub(super) fn of_label(field: &FormField, label: &LabelText, entry: &Entry, place: &Place) -> Option<Doubt> {
    let text = padded(&label.text);
    let words = words_of(&label.text);
    let last = text.split_whitespace().last().unwrap_or_default();
    if label.from != LabelSource::Name
        && (UNFINISHED.contains(&last) || label.text.trim_start().starts_with('('))
    {
        return Some(Doubt::Prose);
    }
    if takes_a_part(field, entry.kind) {
        return Some(Doubt::PartOfValue);
    }
    if place.is_near_signature && is_of_a_signatory(entry) {
        return Some(Doubt::Signature);
    }
    let is_counted = entry.pattern.contains("[]") && !entry.pattern.starts_with("applicant");
    if is_counted && place.row.is_none() && place.is_over_several && !says_which(entry.pattern, field, label)
    {
        return Some(Doubt::WhichOne);
    }
    if place.row.is_some() && !is_counted {
        return Some(Doubt::TableRow);
    }
    if place.part.is_some_and(|part| !agrees(part, entry.pattern)) {
        return Some(Doubt::OtherPart);
    }
    // What is owned is listed; a property by itself is the one to be bought.
    let is_listed =
        place.row.is_some() || [" owned ", " schedule "].iter().any(|word| place.heading.contains(word));
    if entry.pattern.starts_with("property[]") && !is_listed {
        return Some(Doubt::OtherPart);
    }
    if is_strange(&place.heading) {
        return Some(Doubt::StrangeHeading);
    }
    if is_of_nobody(&text, &words.join(" "), entry.pattern, place) {
        return Some(Doubt::Generic);
    }
    if label.from != LabelSource::Name && AMBIGUOUS.contains(&words.join(" ").as_str()) && place.row.is_none()
    {
        return Some(Doubt::Ambiguous);
    }
    if entry.pattern.contains("income.") && !says_period(entry.pattern, &text, &place.heading) {
        return Some(Doubt::NoPeriod);
    }
    None
}

/// Whether a number or an ordinal says which of several is meant.
fn says_which(pattern: &str, field: &FormField, label: &LabelText) -> bool {
    [&label.text, &field.name].into_iter().any(|text| super::ordinal(pattern, text).is_some())
}

/// The label does not say whose day, address or number is asked for, and the place does not, either.
fn is_of_nobody(text: &str, phrase: &str, pattern: &str, place: &Place) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if pattern == "loan.date" {
        return !says(&[" application "]);
    }
    // Only the heading says that it is the business's, and people are asked there, too.
    if pattern.starts_with("business") && GENERIC.contains(&phrase) {
        return true;
    }
    let asked_of_all = ["address", "phone", "email", "title", "_name", "dob", "ssn", "ownership"];
    let is_contact = asked_of_all.iter().any(|part| pattern.contains(part));
    let is_personal = says(&[
        " home ",
        " residence ",
        " residential ",
        " personal ",
        " your ",
        " borrower ",
        " applicant ",
        " individual ",
    ]);
    pattern.starts_with("applicant")
        && is_contact
        && !is_personal
        && place.part.is_none()
        && (place.has_business || place.has_owners)
}

/// What all keys of one field say together.
pub(super) fn of_field(field: &FormField, place: &Place, asks_of_owner: bool, found: &mut [Scored]) {
    let name = field.labels.iter().find(|label| label.from == LabelSource::Name);
    let printed: Vec<String> = field
        .labels
        .iter()
        .filter(|label| !matches!(label.from, LabelSource::Name | LabelSource::Heading))
        .flat_map(|label| words_of(&label.text))
        .collect();
    let named = name.and_then(|label| {
        // A name that only says less than what is printed does not disagree.
        let says_more = words_of(&label.text).iter().any(|word| !printed.contains(word));
        let best = super::Lexicon::get().matches(&label.text).into_iter().next()?;
        (best.1 >= NAME_FROM && says_more).then_some(best.0.pattern)
    });
    // What is printed in so many words beside the field counts more than what its maker called it.
    let is_printed = |label: &&LabelText| {
        !matches!(label.from, LabelSource::Name | LabelSource::Heading) && !words_of(&label.text).is_empty()
    };
    let is_supported = |entry: &Entry| {
        // What was found first stands nearest; what was found besides may be another field's.
        let is_tooltip = |label: &&LabelText| label.from == LabelSource::Tooltip;
        let tooltips = field.labels.iter().filter(is_printed).filter(is_tooltip);
        let nearest = field.labels.iter().filter(is_printed).find(|label| !is_tooltip(label));
        tooltips
            .chain(nearest)
            .all(|label| is_explained(entry, &place.in_full(&label.text, asks_of_owner), place))
    };
    let has_print = field.labels.iter().any(|label| is_printed(&label));
    let best = found.iter().map(|scored| scored.score).fold(0.0, f64::max);
    let close = found.iter().filter(|scored| is_close(best, scored.score)).count();
    for scored in found.iter_mut() {
        if named.is_some_and(|pattern| !is_alike(pattern, scored.pattern)) {
            scored.doubt = scored.doubt.or(Some(Doubt::NameDisagrees));
        }
        if has_print && !is_supported(scored.entry) {
            scored.doubt = scored.doubt.or(Some(Doubt::NameAlone));
        }
        if field.page.is_none() {
            scored.doubt = scored.doubt.or(Some(Doubt::Unseen));
        }
        if close > 1 && is_close(best, scored.score) {
            scored.doubt = scored.doubt.or(Some(Doubt::TwoMeanings));
        }
    }
}

/// From this score on a field's name speaks for a key of its own.
const NAME_FROM: f64 = 0.5;

/// Two fields that ask for one key: which of them does is not told. Then every doubt takes its toll.
pub(super) fn of_rivals(fields: &[FormField], candidates: &mut [(usize, Scored)]) {
    let is_seen = |at: usize| fields.get(at).is_some_and(|field| field.page.is_some());
    let mut heard: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
    for (at, scored) in candidates.iter().filter(|(at, _)| is_seen(*at)) {
        heard.entry(scored.key.clone()).or_default().push((*at, scored.score));
    }
    for rivals in heard.values_mut() {
        // The best two of different fields tell whether there is a rival.
        rivals.sort_by(|a, b| b.1.total_cmp(&a.1));
        let first = rivals.first().map(|(at, _)| *at);
        let second = rivals.iter().position(|(at, _)| Some(*at) != first);
        let kept: Vec<(usize, f64)> = rivals
            .first()
            .copied()
            .into_iter()
            .chain(second.and_then(|at| rivals.get(at).copied()))
            .collect();
        *rivals = kept;
    }
    let several = families_of_several(candidates);
    for (at, scored) in candidates.iter_mut() {
        if !scored.is_told && family(scored.pattern).is_some_and(|family| several.contains(family)) {
            scored.doubt = scored.doubt.or(Some(Doubt::WhichOne));
        }
        let mut rivals = heard.get(&scored.key).into_iter().flatten();
        if rivals.any(|(other, score)| other != at && is_close(scored.score, *score)) {
            scored.doubt = scored.doubt.or(Some(Doubt::TwoFields));
        }
        if let Some(doubt) = scored.doubt
            && scored.score >= LIKELY_FROM
        {
            scored.score = DOUBTED;
            scored.reason = format!("{} {}", scored.reason, doubt.sentence());
        }
    }
}

/// `owner[]` of `owner[].dob`; none of what is not counted.
fn family(pattern: &str) -> Option<&str> {
    pattern.split_once("[]").map(|(family, _)| family)
}

/// Owners, banks, debts and the like of which the form asks one thing in two fields. An address or an employer may be asked
/// twice of one applicant; a name and a day of birth asked twice are asked of two.
fn families_of_several(candidates: &[(usize, Scored)]) -> BTreeSet<&'static str> {
    let mut asked: HashMap<&'static str, BTreeSet<usize>> = HashMap::new();
    for (at, scored) in candidates.iter().filter(|(_, scored)| scored.score >= ASKED_FROM) {
        asked.entry(scored.pattern).or_default().insert(*at);
    }
    let twice = asked.into_iter().filter(|(_, fields)| fields.len() > 1);
    let mut things: HashMap<&'static str, usize> = HashMap::new();
    let tells_apart = |pattern: &str| IDENTITY.iter().any(|part| pattern.ends_with(part));
    for (pattern, _) in twice {
        let Some(family) = family(pattern) else { continue };
        *things.entry(family).or_default() += usize::from(family != "applicant" || tells_apart(pattern));
    }
    let least = |family: &str| if family == "applicant" { 2 } else { 1 };
    things.into_iter().filter(|(family, things)| *things >= least(family)).map(|(family, _)| family).collect()
}

/// What tells persons apart.
const IDENTITY: [&str; 5] = [".full_name", ".first_name", ".last_name", ".dob", ".ssn"];
/// From this score on a field asks for a key, for all that is known.
const ASKED_FROM: f64 = 0.6;

#[expect(clippy::float_arithmetic, reason = "a ratio of confidence")]
fn is_close(best: f64, other: f64) -> bool {
    other >= best - CLOSE
}

/// `applicant[].full_name` and `owner[].full_name` are the same question about somebody else.
fn is_alike(a: &str, b: &str) -> bool {
    let last = |pattern: &str| pattern.rsplit_once(['.', ']']).map_or(pattern, |(_, last)| last).to_owned();
    last(a) == last(b)
}

/// A cell too short for the value, or words that tell of its parts.
fn takes_a_part(field: &FormField, kind: FactType) -> bool {
    let least = match kind {
        FactType::Date => 6,
        FactType::TaxId => 9,
        FactType::Phone => 7,
        FactType::Email => 8,
        FactType::Text
        | FactType::Choice
        | FactType::Money
        | FactType::Percent
        | FactType::Integer
        | FactType::Boolean => 0,
    };
    if field.max_length.is_some_and(|most| most < least) {
        return true;
    }
    let is_cut = matches!(kind, FactType::Date | FactType::TaxId | FactType::Phone);
    let labels =
        field.labels.iter().filter(|label| matches!(label.from, LabelSource::Tooltip | LabelSource::Name));
    let mut texts = labels.map(|label| padded(&label.text)).chain([padded(&apart(&field.name))]);
    is_cut && texts.any(|text| PARTIAL.iter().any(|part| text.contains(part)))
}

/// A name's words, taken apart at case and signs.
fn apart(name: &str) -> String {
    let mut text = String::new();
    let mut last = ' ';
    for c in name.chars() {
        if c.is_uppercase() && last.is_lowercase() {
            text.push(' ');
        }
        text.push(if c.is_alphanumeric() { c } else { ' ' });
        last = c;
    }
    text
}

/// Beside a signature these are asked of whoever signs.
fn is_of_a_signatory(entry: &Entry) -> bool {
    let asked = [
        "full_name",
        "first_name",
        "last_name",
        "title",
        "phone",
        "phone_home",
        "phone_mobile",
        "email",
        "line1",
    ];
    entry.kind == FactType::Date || asked.iter().any(|part| entry.pattern.ends_with(part))
}

/// A key that may be asked under such a heading.
fn agrees(part: Part, pattern: &str) -> bool {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| pattern.starts_with(prefix));
    match part {
        Part::OtherPerson => pattern.contains("spouse"),
        Part::Owners => starts(&["owner[]"]),
        Part::FormerAddress => pattern.contains("former"),
        Part::Employment => {
            pattern.contains("employ") || pattern.contains("income") || pattern.ends_with("title")
        }
        Part::Debts => starts(&["debt[]", "liabilities", "net_worth", "assets", "loan.existing"]),
        // What is owed for one of them is not what is owed for all.
        Part::Properties => starts(&["property[]", "loan.", "assets", "expenses"]),
        Part::Accounts => starts(&["bank[]", "assets", "liabilities"]),
        Part::Income => pattern.contains("income"),
        Part::Business => starts(&["business", "loan.", "tax."]) || pattern.ends_with("ein"),
        Part::Applicant => !starts(&["owner[]", "debt[]", "property[]"]),
    }
}

/// The key's own period stands in the label or over it.
fn says_period(pattern: &str, label: &str, heading: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word) || heading.contains(word));
    let (monthly, yearly) =
        (says(&[" monthly ", " month "]), says(&[" annual ", " yearly ", " year ", " annually "]));
    if pattern.contains("monthly") { monthly && !yearly } else { yearly && !monthly }
}
