//! Parts of a person's name, where a form asks for one part and the whole is known.

/// The parts of a name in the order in which they are written.
pub(crate) const NAME_PARTS: [&str; 4] = ["first_name", "middle", "last_name", "suffix"];

/// Words that are no part of a name.
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "dr", "prof"];
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// `first_name`, `middle` or `last_name` out of a full name in its usual order. `None` where that would be a guess: a
/// single word, a comma, or more than three words.
pub(crate) fn name_part(full: &str, part: &str) -> Option<String> {
    if full.contains(',') {
        return None;
    }
    let plain = |word: &&str| {
        let bare = word.trim_end_matches('.').to_lowercase();
        !TITLES.contains(&bare.as_str()) && !SUFFIXES.contains(&bare.as_str())
    };
    let words: Vec<&str> = full.split_whitespace().filter(plain).collect();
    match (words.as_slice(), part) {
        ([first, _] | [first, _, _], "first_name") => Some((*first).to_owned()),
        ([_, last] | [_, _, last], "last_name") => Some((*last).to_owned()),
        ([_, middle, _], "middle") => Some((*middle).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::name_part;

    #[test]
    fn names_are_taken_apart_only_where_it_is_plain() {
        for (full, part, expected) in [
            ("Mara Quill", "first_name", Some("Mara")),
            ("Dr. Mara J. Quill Jr.", "middle", Some("J.")),
            ("Mara Quill", "middle", None),
            ("Quill, Mara", "last_name", None),
            ("Mara de la Quill", "last_name", None),
            ("Mara", "first_name", None),
        ] {
            assert_eq!(name_part(full, part).as_deref(), expected, "{full}");
        }
    }
}
