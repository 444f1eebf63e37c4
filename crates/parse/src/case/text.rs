//! Descriptions folded by a rule with a version, because row ids are made of them.

/// The version of [`fold`]. A new rule makes new ids.
pub(super) const RULE: &str = "text/1";
/// Banks cut descriptions far below this; what is longer differs earlier.
const LETTERS_MAX: usize = 160;

/// Rule 1: lower case, everything but letters and digits is a blank, blanks folded, at most [`LETTERS_MAX`] letters.
pub(super) fn fold(text: &str) -> Box<str> {
    let mut out = String::new();
    let mut letters = 0_usize;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if letters > 0 {
            out.push(' ');
            letters = letters.saturating_add(1);
        }
        for lower in word.chars().flat_map(char::to_lowercase) {
            if letters >= LETTERS_MAX {
                return out.into_boxed_str();
            }
            out.push(lower);
            letters = letters.saturating_add(1);
        }
    }
    out.into_boxed_str()
}

/// Whether two folded texts may be one text that somebody cut: equal, one begins with the other, or every word of the
/// shorter one begins a word of the longer one. Nothing stands against nothing said.
pub(super) fn may_be_one(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.starts_with(short) {
        return true;
    }
    let holds = |word: &str| long.split(' ').any(|known| known.starts_with(word));
    short.split(' ').all(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (text, folded) in [
            ("CARD PURCHASE  Acme, Supplies #12", "card purchase acme supplies 12"),
            ("Überweisung/Miete", "überweisung miete"),
            (" -- ", ""),
        ] {
            assert_eq!(&*fold(text), folded);
        }
        assert_eq!(fold(&"ab ".repeat(200)).chars().count(), LETTERS_MAX);
    }

    #[test]
    fn cut_texts_are_one_and_other_shops_are_not() {
        for (one, other, same) in [
            ("card purchase acme supplies", "card purchase acme sup", true),
            ("acme supplies", "card purchase acme supplies 0302", true),
            ("", "acme", true),
            ("card purchase acme", "card purchase otter", false),
            ("rent march", "rent april", false),
        ] {
            assert_eq!((may_be_one(one, other), may_be_one(other, one)), (same, same), "{one} / {other}");
        }
    }
}
