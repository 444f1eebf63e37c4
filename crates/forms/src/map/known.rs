//! What is known of a key: its own fact, or a whole that its part is taken from, or parts that make the whole.

use super::mapping::Mapping;
use crate::facts::{FactBook, FactValue, Lead, NAME_PARTS, ValueError, Vocabulary, address_part, name_part};
use smartexus_domain::{Currency, FactOrigin};

/// A value read, with the facts it came from.
pub(super) struct Known<'b> {
    /// One but for a whole that was put together.
    pub(super) leads: Vec<(String, Lead<'b>)>,
    pub(super) value: FactValue,
}

impl<'b> Known<'b> {
    fn of(key: &str, lead: Lead<'b>, value: FactValue) -> Self {
        Self { leads: vec![(key.to_owned(), lead)], value }
    }

    /// Of the weakest fact behind it.
    pub(super) fn confidence(&self) -> f64 {
        self.leads.iter().map(|(_, lead)| lead.fact.confidence).fold(1.0, f64::min)
    }

    pub(super) fn origins(&self) -> impl Iterator<Item = FactOrigin> {
        self.leads.iter().map(|(key, lead)| super::answered::origin(key, lead))
    }
}

/// What is known of a key; a value that cannot be read is an error with its words.
pub(super) fn known<'b>(
    book: &'b FactBook,
    mapping: Option<&Mapping>,
    key: &str,
) -> Result<Option<Known<'b>>, (String, ValueError)> {
    let Some(kind) = Vocabulary::get().type_of(key) else { return Ok(None) };
    let (currency, dates) = mapping.map_or((Currency::UNKNOWN, None), |m| (m.currency, m.dates));
    let part_of = |whole: &str, take: fn(&str, &str) -> Option<String>| {
        let (_, part) = key.rsplit_once('.')?;
        let lead = book.lead(whole)?;
        let value = FactValue::Text(take(&lead.fact.value, part)?);
        Some(Known::of(whole, lead, value))
    };
    let address = key.rsplit_once('.').filter(|(subject, _)| subject.ends_with("address"));
    let line1 = address.map(|(subject, _)| format!("{subject}.line1"));
    // A whole address on its first line is taken apart only where nobody knows the parts better.
    if let (Some((subject, "line1")), Some(line1)) = (address, &line1)
        && ["city", "state", "zip"].iter().all(|part| book.lead(&format!("{subject}.{part}")).is_none())
        && let Some(street) = part_of(line1, address_part)
    {
        return Ok(Some(street));
    }
    if let Some(lead) = book.lead(key) {
        let value = FactValue::read(&lead.fact.value, kind, currency, dates)
            .map_err(|error| (lead.fact.value.clone(), error))?;
        return Ok(Some(Known::of(key, lead, value)));
    }
    let Some((subject, part)) = key.rsplit_once('.') else { return Ok(None) };
    if part == "full_name" {
        return Ok(whole_name(book, subject));
    }
    let from_address = line1.and_then(|line1| part_of(&line1, address_part));
    Ok(from_address.or_else(|| part_of(&format!("{subject}.full_name"), name_part)))
}

/// First and last name at least, in their usual order.
fn whole_name<'b>(book: &'b FactBook, subject: &str) -> Option<Known<'b>> {
    let key = |part: &str| format!("{subject}.{part}");
    let has = |part: &str| book.lead(&key(part)).is_some();
    if !has("first_name") || !has("last_name") {
        return None;
    }
    let leads: Vec<(String, Lead<'b>)> =
        NAME_PARTS.iter().filter_map(|part| Some((key(part), book.lead(&key(part))?))).collect();
    let words: Vec<&str> = leads.iter().flat_map(|(_, lead)| lead.fact.value.split_whitespace()).collect();
    Some(Known { value: FactValue::Text(words.join(" ")), leads })
}
