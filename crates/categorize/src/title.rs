//! How a cleaned name is written: the same for `ACME SUPPLIES` and `Acme supplies`.

use crate::fold::Folded;
use crate::lexicon::{Class, Lexicon};
use crate::vocabulary::WordId;
use std::ops::Range;

/// Letters up to which a word without vowels is an abbreviation.
const ABBREVIATION_LETTERS_MAX: usize = 4;

/// One piece of a name: trimmed of marks at its ends, first letters large.
pub(crate) fn title(
    piece: &str,
    words: &Range<usize>,
    text: &Folded<'_>,
    lexicon: &Lexicon,
    written: &mut String,
) {
    let trimmed = piece.trim_matches(|c: char| !c.is_alphanumeric());
    if words.len() == 1 && is_abbreviation(text.word(words.start), text.id(words.start), lexicon) {
        written.extend(trimmed.chars().flat_map(char::to_uppercase));
        return;
    }
    let mut after: Option<char> = None;
    for c in trimmed.chars() {
        // After an apostrophe a letter stays small (`Joe's`), after any other mark it begins a word (`Coca-Cola`).
        let begins =
            after.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '\'' | '’' | '.'));
        match (c.is_ascii(), begins) {
            (true, true) => written.push(c.to_ascii_uppercase()),
            (true, false) => written.push(c.to_ascii_lowercase()),
            (false, true) => written.extend(c.to_uppercase()),
            (false, false) => written.extend(c.to_lowercase()),
        }
        after = Some(c);
    }
}

fn is_abbreviation(word: &str, id: WordId, lexicon: &Lexicon) -> bool {
    let no_vowel =
        !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let company = lexicon.is(id, Class::Form) && matches!(word, "ltd" | "srl" | "gmbh" | "pty" | "corp");
    lexicon.is(id, Class::Upper)
        || (no_vowel
            && word.len() > 1
            && word.len() <= ABBREVIATION_LETTERS_MAX
            && !company
            && word != "st"
            && word != "dr"
            && word != "mr"
            && word != "mrs"
            && word != "bros")
}
