//! Where a field stands: in which part of the form, in which row of a table, beside a signature.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use smartexus_domain::{FieldKind, FormField, LabelSource, Rect};

/// What a part of a form is about, told by the words of its heading. The first list with a hit wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Not the applicant: a spouse, a preparer, a witness.
    OtherPerson,
    Owners,
    FormerAddress,
    Employment,
    Debts,
    Properties,
    Accounts,
    Income,
    Business,
    Applicant,
}

const PARTS: [(Part, &[&str]); 10] = [
    (
        Part::OtherPerson,
        &[
            "spouse",
            "co-borrower",
            "co-applicant",
            "coborrower",
            "coapplicant",
            "joint",
            "preparer",
            "witness",
            "beneficiary",
            "guardian",
            "agent",
            "reference",
            "references",
            "relative",
            "dependent",
            "dependents",
            "landlord",
            "originator",
            "notary",
            "supervisor",
            "attorney",
            "representative",
            "designee",
            "claimant",
        ],
    ),
    (
        Part::Owners,
        &["owner", "owners", "principal", "principals", "shareholder", "shareholders", "partners"],
    ),
    (Part::FormerAddress, &["former", "previous", "prior"]),
    (Part::Employment, &["employer", "employment", "employers", "job", "occupation"]),
    (Part::Debts, &["liabilities", "debts", "debt", "creditors", "owe", "payable", "leases"]),
    (Part::Properties, &["property", "properties", "estate"]),
    (Part::Accounts, &["accounts", "bank", "banks", "banking", "deposit", "deposits", "refund"]),
    (Part::Income, &["income", "wages", "salary"]),
    (
        Part::Business,
        &["business", "merchant", "company", "firm", "corporation", "organization", "enterprise", "entity"],
    ),
    (Part::Applicant, &["applicant", "borrower", "you", "your", "personal", "individual", "taxpayer"]),
];

/// What is known of a field's place.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// What its part of the form is about.
    pub(super) part: Option<Part>,
    /// From 0, where it stands in a column of at least two under one heading.
    pub(super) row: Option<usize>,
    /// Somebody signs beside it.
    pub(super) is_near_signature: bool,
    /// Words of its heading, lower case, blanks around them.
    pub(super) heading: String,
    /// Its heading speaks of owners, accounts, debts or properties, of more than one.
    pub(super) is_over_several: bool,
    /// On its page a field asks for a business's name.
    pub(super) has_business: bool,
    /// Somewhere on the form something is asked of owners.
    pub(super) has_owners: bool,
}

impl Place {
    /// The label with the word that its part of the form leaves out: a city under `Business address` is the business's.
    pub(super) fn in_full(&self, label: &str, asks_of_owner: bool) -> String {
        let word = match self.part {
            _ if asks_of_owner => "owner",
            Some(Part::Owners) => "owner",
            Some(Part::Business) => "business",
            Some(Part::FormerAddress) => "former",
            _ => return label.to_owned(),
        };
        if label.to_lowercase().contains(word) { label.to_owned() } else { format!("{word} {label}") }
    }
}

/// The places of all fields.
pub(super) struct Surroundings(Vec<Place>);

impl Surroundings {
    pub(super) fn of(fields: &[FormField]) -> Self {
        let signatures: Vec<(u32, Rect)> =
            fields.iter().filter(|field| is_signature(field)).filter_map(first_box).collect();
        let businesses: Vec<u32> =
            fields.iter().filter(|field| asks_for_business(field)).filter_map(|f| f.page).collect();
        let boxes: Vec<Option<(u32, Rect)>> = fields.iter().map(first_box).collect();
        let has_owners = fields.iter().any(|field| super::asks_of(field, &super::OWNERS));
        let places = fields.iter().zip(&boxes).map(|(field, place)| {
            let heading = padded(label(field, LabelSource::Heading).unwrap_or_default());
            let near = |(page, other): &(u32, Rect)| {
                place.is_some_and(|(own, bounds)| {
                    own == *page && (bounds.mid_y() - other.mid_y()).abs() < NEAR_SIGNATURE
                })
            };
            Place {
                part: part_of(&heading),
                row: row_of(field, fields, &boxes),
                is_near_signature: signatures.iter().any(near),
                is_over_several: SEVERAL.iter().any(|word| heading.contains(&format!(" {word} "))),
                has_business: field.page.is_some_and(|page| businesses.contains(&page)),
                has_owners,
                heading,
            }
        });
        Self(places.collect())
    }

    pub(super) fn place(&self, at: usize) -> &Place {
        static NOWHERE: std::sync::LazyLock<Place> = std::sync::LazyLock::new(Place::default);
        self.0.get(at).unwrap_or(&NOWHERE)
    }
}

/// Headings over parts that ask of each of several.
const SEVERAL: [&str; 8] =
    ["owners", "principals", "shareholders", "partners", "accounts", "debts", "creditors", "properties"];

/// Points above or below a signature within which fields belong to it.
const NEAR_SIGNATURE: f64 = 45.0;

fn first_box(field: &FormField) -> Option<(u32, Rect)> {
    field.widgets.iter().find_map(|widget| Some((widget.page?, widget.bounds)))
}

fn label(field: &FormField, from: LabelSource) -> Option<&str> {
    field.labels.iter().find(|label| label.from == from).map(|label| label.text.as_str())
}

fn is_signature(field: &FormField) -> bool {
    let says = |text: &str| padded(text).contains(" signature ") || padded(text).contains(" sign here ");
    let printed = field.labels.iter().filter(|label| label.from != LabelSource::Heading);
    field.kind == FieldKind::Signature
        || (field.kind.is_text() && printed.into_iter().any(|label| says(&label.text)))
}

fn asks_for_business(field: &FormField) -> bool {
    let names = ["legal name", "business name", "company name", "name of business", "corporation name"];
    let mut labels = field.labels.iter().filter(|label| label.from != LabelSource::Heading);
    labels.any(|label| names.iter().any(|name| padded(&label.text).contains(&format!(" {name} "))))
}

fn part_of(heading: &str) -> Option<Part> {
    let has = |word: &&str| heading.contains(&format!(" {word} "));
    PARTS.iter().find(|(_, words)| words.iter().any(&has)).map(|(part, _)| *part)
}

/// The row of a field that has no label of its own but its column's, or that heads such fields.
fn row_of(field: &FormField, fields: &[FormField], boxes: &[Option<(u32, Rect)>]) -> Option<usize> {
    let (page, bounds) = first_box(field)?;
    let is_table = |other: &FormField| label(other, LabelSource::Left).is_none() && !other.kind.is_button();
    if !is_table(field) {
        return None;
    }
    let in_column = |rect: Rect| (rect.x0 - bounds.x0).abs() < 3.0 && (rect.x1 - bounds.x1).abs() < 3.0;
    let mut column: Vec<(&FormField, Rect)> = fields
        .iter()
        .zip(boxes)
        .filter_map(|(other, place)| place.map(|(on, rect)| (other, on, rect)))
        .filter(|(other, on, rect)| *on == page && in_column(*rect) && is_table(other))
        .map(|(other, _, rect)| (other, rect))
        .collect();
    column.sort_by(|a, b| a.1.y0.total_cmp(&b.1.y0));
    let own = column.iter().position(|(other, _)| other.name == field.name)?;
    let is_below = |at: usize| {
        let (Some((_, upper)), Some((lower, rect))) =
            (at.checked_sub(1).and_then(|n| column.get(n)), column.get(at))
        else {
            return false;
        };
        label(lower, LabelSource::Column).is_some() && rect.y0 - upper.y1 < 0.8 * rect.height().max(8.0)
    };
    let mut first = own;
    while is_below(first) {
        first = first.saturating_sub(1);
    }
    let is_alone = first == own && !is_below(own.saturating_add(1));
    (!is_alone).then(|| own.saturating_sub(first))
}

/// The words of a label or a field's name in lower case, taken apart at case, signs and digits.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut last = ' ';
    for c in text.chars() {
        let is_apart = !c.is_alphanumeric()
            || c.is_uppercase() && last.is_lowercase()
            || c.is_ascii_digit() != last.is_ascii_digit() && !is_ordinal_end(c, last);
        if is_apart {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The letters of "2nd" go on with its digit.
fn is_ordinal_end(c: char, last: char) -> bool {
    last.is_ascii_digit() && matches!(c, 's' | 'n' | 'r' | 't')
}

/// Lower case, one blank between words and around them.
pub(super) fn padded(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!(" {} ", words.join(" "))
}
