//! Words of a line as they are read. Lines are sorted from left to right, which is not how Hebrew and Arabic are read.
//! After rules L1 and L2 of Unicode Standard Annex #9, for words in place of characters.

/// The words of a line, given from left to right, as they are read.
pub(super) fn as_read(mut words: Vec<&str>) -> Vec<&str> {
    let count = |way: Way| words.iter().filter(|word| way_of(word) == way).count();
    let right_to_left = count(Way::Left);
    if right_to_left == 0 {
        return words;
    }
    let is_right_to_left = right_to_left >= count(Way::Right);
    if is_right_to_left {
        words.reverse();
    }
    // What runs against the line is turned back, with the numbers inside of it.
    let against = if is_right_to_left { Way::Right } else { Way::Left };
    let mut at = 0;
    while at < words.len() {
        let run = run_at(words.get(at..).unwrap_or_default(), against);
        if let Some(run) = words.get_mut(at..at + run) {
            run.reverse();
        }
        at += run.max(1);
    }
    words
}

/// How many words from the first one on run in that way. What has no way of its own belongs to a run if it stands inside.
fn run_at(words: &[&str], way: Way) -> usize {
    if words.first().is_none_or(|word| way_of(word) != way) {
        return 0;
    }
    let inside = words.iter().take_while(|word| matches!(way_of(word), Way::None) || way_of(word) == way);
    let ways: Vec<Way> = inside.map(|word| way_of(word)).collect();
    ways.iter().rposition(|found| *found == way).map_or(0, |last| last + 1)
}

/// To which side a word goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Right,
    Left,
    /// Numbers and marks go on as what stands around them does.
    None,
}

fn way_of(word: &str) -> Way {
    if word.chars().any(is_right_to_left) {
        Way::Left
    } else if word.chars().any(char::is_alphabetic) {
        Way::Right
    } else {
        Way::None
    }
}

/// Letters of the scripts that are written from right to left (`Bidi_Class` R and AL).
pub(super) const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(c, '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::as_read;

    fn read(seen: &str) -> String {
        as_read(seen.split(' ').collect()).join(" ")
    }

    #[test]
    fn a_line_of_right_to_left_words_begins_at_its_right() {
        assert_eq!(read("אביב תל הפקדה"), "הפקדה תל אביב");
    }

    #[test]
    fn foreign_words_and_numbers_in_it_stay_together() {
        assert_eq!(read("2041 אביב תל ACME SUPPLIES הפקדה"), "הפקדה ACME SUPPLIES תל אביב 2041");
    }

    #[test]
    fn right_to_left_words_in_a_foreign_line_are_turned_alone() {
        assert_eq!(read("TRANSFER TO אביב 12 תל REF 88"), "TRANSFER TO תל 12 אביב REF 88");
    }

    #[test]
    fn other_lines_stay_as_they_are() {
        assert_eq!(read("12 Überweisung ACME 4,50"), "12 Überweisung ACME 4,50");
    }
}
