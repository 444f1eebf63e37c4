//! Parts of an address, where a form asks for one part and only the whole is known.

/// Two letters that the post of the United States knows.
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY \
                      NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR";

/// What names a part of a house, never a city.
const WITHIN: [&str; 8] = ["apt", "apartment", "bldg", "building", "floor", "room", "suite", "unit"];

/// The end of an address that tells itself apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tail {
    /// Everything before the state, signs at its end dropped.
    pub(crate) before: String,
    /// Two capital letters.
    pub(crate) state: String,
    /// Five digits, or nine with a dash.
    pub(crate) zip: String,
}

/// State and ZIP at the end: `Port Ellery, TX, 78702`, `14 Harbour Lane, Port Ellery TX 78701-0042`. `None` where the
/// end is anything else.
pub(crate) fn city_state_zip(text: &str) -> Option<Tail> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (zip, rest) = words.split_last()?;
    let (state, before) = rest.split_last()?;
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let is_zip =
        zip.split_once('-').map_or(digits(zip, 5), |(five, four)| digits(five, 5) && digits(four, 4));
    if !is_zip || !STATES.split_whitespace().any(|known| known == *state) || before.is_empty() {
        return None;
    }
    // The words as they stood, with their own commas.
    let end = text.rfind(state)?;
    let before = text.get(..end)?.trim_end_matches([' ', ',']).to_owned();
    (!before.is_empty()).then(|| Tail { before, state: (*state).to_owned(), zip: (*zip).to_owned() })
}

/// `line1`, `city`, `state` or `zip` out of a whole address on one line. The city is what stands between the last comma
/// and the state, so without such a comma there is none.
pub(crate) fn address_part(whole: &str, part: &str) -> Option<String> {
    let tail = city_state_zip(whole)?;
    let (line1, city) = tail.before.rsplit_once(',')?;
    let city = city.trim();
    // Where the city was left out, a part of the street would stand in its place.
    let first = city.split(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    if first.is_empty()
        || city.chars().any(|c| c.is_ascii_digit() || c == '#')
        || WITHIN.contains(&first.as_str())
    {
        return None;
    }
    match part {
        "line1" => Some(line1.trim().to_owned()),
        "city" => Some(city.to_owned()),
        "state" => Some(tail.state),
        "zip" => Some(tail.zip),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{address_part, city_state_zip};

    #[test]
    fn the_end_of_an_address_tells_itself_apart() {
        for (text, parts) in [
            ("Port Ellery, TX, 78702", Some(("Port Ellery", "TX", "78702"))),
            ("Port Ellery TX 78702-0042", Some(("Port Ellery", "TX", "78702-0042"))),
            ("Port Ellery, tx, 78702", None),
            ("Port Ellery, XX, 78702", None),
            ("TX 78702", None),
            ("10117 Berlin", None),
        ] {
            let found = city_state_zip(text);
            let found = found.as_ref().map(|t| (t.before.as_str(), t.state.as_str(), t.zip.as_str()));
            assert_eq!(found, parts, "{text}");
        }
    }

    #[test]
    fn addresses_are_taken_apart_only_where_it_is_plain() {
        let whole = "14 Harbour Lane, Suite 2, Port Ellery, TX 78701";
        for (text, part, expected) in [
            (whole, "line1", Some("14 Harbour Lane, Suite 2")),
            (whole, "city", Some("Port Ellery")),
            (whole, "state", Some("TX")),
            (whole, "zip", Some("78701")),
            (whole, "country", None),
            ("14 Harbour Lane Port Ellery TX 78701", "city", None),
            ("14 Harbour Lane, Suite 2, TX 78701", "city", None),
            ("14 Harbour Lane, Suite B, TX 78701", "city", None),
            ("14 Harbour Lane", "line1", None),
        ] {
            assert_eq!(address_part(text, part).as_deref(), expected, "{text} {part}");
        }
    }
}
