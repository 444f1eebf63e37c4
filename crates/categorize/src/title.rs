//! How a cleaned name is written: the same for `ACME SUPPLIES` and `Acme supplies`.

use crate::fold::Folded;
use crate::lexicon::{Class, Lexicon};

/// Letters up to which a word without vowels is an abbreviation.
const ABBREVIATION_LETTERS_MAX: usize = 4;

/// One word of a name: trimmed of marks at its ends, first letters large.
pub(crate) fn title(word: &str, lexicon: &Lexicon) -> String {
    let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric());
    let folded = Folded::of(trimmed);
    if folded.len() == 1 && is_abbreviation(folded.word(0), lexicon) {
        return trimmed.to_uppercase();
    }
    let mut written = String::with_capacity(trimmed.len());
    let mut after: Option<char> = None;
    for c in trimmed.chars() {
        // After an apostrophe a letter stays small (`Joe's`), after any other mark it begins a word (`Coca-Cola`).
        let begins =
            after.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '\'' | '’' | '.'));
        if begins {
            written.extend(c.to_uppercase())
        } else {
            written.extend(c.to_lowercase())
        }
        after = Some(c);
    }
    written
}

fn is_abbreviation(word: &str, lexicon: &Lexicon) -> bool {
    let no_vowel =
        !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let company = lexicon.is(word, Class::Form) && matches!(word, "ltd" | "srl" | "gmbh" | "pty" | "corp");
    lexicon.is(word, Class::Upper)
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
