//! A label's words, the same for all ways of writing them.

/// Short forms and what they mean.
const ABBREVIATIONS: [(&str, &str); 24] = [
    ("acct", "account"),
    ("addr", "address"),
    ("add", "address"),
    ("amt", "amount"),
    ("app", "applicant"),
    ("avg", "average"),
    ("bal", "balance"),
    ("biz", "business"),
    ("bus", "business"),
    ("co", "company"),
    ("dob", "date of birth"),
    ("emp", "employer"),
    ("fname", "first name"),
    ("lname", "last name"),
    ("mo", "monthly"),
    ("no", "number"),
    ("num", "number"),
    ("pct", "percent"),
    ("ph", "phone"),
    ("res", "residence"),
    ("tel", "telephone"),
    ("yr", "year"),
    ("yrs", "years"),
    ("ssn", "social security number"),
];
/// Words that tell nothing.
const FILLER: [&str; 26] = [
    "the", "your", "please", "enter", "a", "an", "is", "on", "for", "and", "or", "in", "to", "if", "any",
    "as", "at", "mm", "dd", "yyyy", "yy", "required", "optional", "line", "box", "of",
];

/// Lower case, short forms written out, fillers and numbers dropped.
pub(super) fn words_of(label: &str) -> Vec<String> {
    let spaced = label.replace('%', " percent ").replace('#', " number ");
    let lower = spaced.to_lowercase().replace("e-mail", "email").replace("co-", "co");
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = Vec::new();
    for part in parts {
        let long = ABBREVIATIONS.iter().find(|(short, _)| *short == part).map_or(part, |(_, long)| long);
        let kept = long.split(' ').filter(|w| !FILLER.contains(w) && !is_item_number(w));
        words.extend(kept.map(ToOwned::to_owned));
    }
    words
}

/// "12", or "12a": the number of a question.
pub(super) fn is_item_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let letters = word.len().saturating_sub(digits.len());
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number && (letters == 0 || letters == 1 && digits.len() <= 2)
}

/// Runs of three and four characters, word ends marked.
pub(super) fn grams_of(words: &[String]) -> Vec<String> {
    let text: Vec<char> = format!(" {} ", words.join(" ")).chars().collect();
    [3, 4].into_iter().flat_map(|n| text.windows(n).map(|w| w.iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn labels_are_folded() {
        for (label, words) in [
            ("Acct #", "account number"),
            ("Ownership %", "ownership percent"),
            ("5  Address (number, street, and apt.)", "address number street apt"),
            ("Date of Birth (mm/dd/yyyy)", "date birth"),
        ] {
            assert_eq!(words_of(label).join(" "), words, "{label}");
        }
    }
}
