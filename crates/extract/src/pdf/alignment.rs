//! Two readings of a page, laid beside each other.

use smartexus_domain::{EDIT_WORDS_MAX, Edit, EditedWord, Word};

/// Longer stretches that differ, in pairs of words, are told as one edit.
const MOST_PAIRS: usize = 1_000_000;

/// Where the words of two revisions of a page differ, in reading order. A word that only moved is the same word.
pub(super) fn edits(before: &[Word], after: &[Word], revision: u32) -> Vec<Edit> {
    let is_same = |(a, b): &(&Word, &Word)| a.text == b.text;
    let head = before.iter().zip(after).take_while(is_same).count();
    let (before, after) = (rest(before, head), rest(after, head));
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(is_same).count();
    let (before, after) = (front(before, tail), front(after, tail));
    let mut edits = Vec::new();
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for step in steps(before, after) {
        match step {
            Step::Same => close(&mut edits, &mut gone, &mut new, revision),
            Step::Gone(word) => gone.push(word),
            Step::New(word) => new.push(word),
        }
    }
    close(&mut edits, &mut gone, &mut new, revision);
    edits
}

fn rest(words: &[Word], from: usize) -> &[Word] {
    words.get(from..).unwrap_or_default()
}

fn front(words: &[Word], without: usize) -> &[Word] {
    words.get(..words.len().saturating_sub(without)).unwrap_or_default()
}

/// From the words before to the words after.
enum Step<'w> {
    Same,
    Gone(&'w Word),
    New(&'w Word),
}

/// By a longest common run of words; where that takes too long, everything before gives way to everything after.
fn steps<'w>(before: &'w [Word], after: &'w [Word]) -> Vec<Step<'w>> {
    let (rows, columns) = (before.len(), after.len());
    if rows.saturating_mul(columns) > MOST_PAIRS {
        return before.iter().map(Step::Gone).chain(after.iter().map(Step::New)).collect();
    }
    let common = Common::of(before, after);
    let mut steps = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let (old, new) = (before.get(row), after.get(column));
        match (old, new) {
            (Some(old), Some(new)) if old.text == new.text => {
                steps.push(Step::Same);
                (row, column) = (row.saturating_add(1), column.saturating_add(1));
            }
            (Some(old), new) if new.is_none() || common.below(row, column) >= common.beside(row, column) => {
                steps.push(Step::Gone(old));
                row = row.saturating_add(1);
            }
            (_, Some(new)) => {
                steps.push(Step::New(new));
                column = column.saturating_add(1);
            }
            (_, None) => break,
        }
    }
    steps
}

/// How many words two ends have in common, from each pair of words on.
struct Common {
    lengths: Vec<u16>,
    width: usize,
}

impl Common {
    fn of(before: &[Word], after: &[Word]) -> Self {
        let width = after.len().saturating_add(1);
        let mut common =
            Self { lengths: vec![0; width.saturating_mul(before.len().saturating_add(1))], width };
        for (row, old) in before.iter().enumerate().rev() {
            for (column, new) in after.iter().enumerate().rev() {
                let length = if old.text == new.text {
                    common.at(row.saturating_add(1), column.saturating_add(1)).saturating_add(1)
                } else {
                    common.below(row, column).max(common.beside(row, column))
                };
                let place = row.saturating_mul(width).saturating_add(column);
                if let Some(known) = common.lengths.get_mut(place) {
                    *known = length;
                }
            }
        }
        common
    }

    fn at(&self, row: usize, column: usize) -> u16 {
        let place = row.saturating_mul(self.width).saturating_add(column);
        self.lengths.get(place).copied().unwrap_or(0)
    }

    fn below(&self, row: usize, column: usize) -> u16 {
        self.at(row.saturating_add(1), column)
    }

    fn beside(&self, row: usize, column: usize) -> u16 {
        self.at(row, column.saturating_add(1))
    }
}

fn close(edits: &mut Vec<Edit>, gone: &mut Vec<&Word>, new: &mut Vec<&Word>, revision: u32) {
    let (before, after) = (std::mem::take(gone), std::mem::take(new));
    let texts = |words: &[&Word]| {
        let mut texts: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
        texts.sort_unstable();
        texts
    };
    // Nothing, or words that changed places.
    if texts(&before) == texts(&after) {
        return;
    }
    let told = |words: Vec<&Word>| {
        let word = |word: &Word| EditedWord { text: word.text.clone(), bounds: word.bounds };
        words.into_iter().take(EDIT_WORDS_MAX).map(word).collect::<Vec<_>>()
    };
    edits.push(Edit { revision, before: told(before), after: told(after) });
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::Rect;

    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word {
            text: text.to_owned(),
            bounds: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
            confidence: 1.0,
            size: 10.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        };
        text.split_whitespace().map(word).collect()
    }

    fn told(edits: &[Edit]) -> String {
        let side = |words: &[EditedWord]| words.iter().map(|w| w.text.clone()).collect::<Vec<_>>().join(" ");
        edits
            .iter()
            .map(|e| format!("{}>{}", side(&e.before), side(&e.after)))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        assert_eq!(told(&edits(&words(before), &words(after), 2)), expected);
    }

    #[test]
    fn what_changed_and_nothing_else() {
        check("", "", "");
        check("a b c", "a b c", "");
        check("rent 300.00 left", "rent 309.00 left", "300.00>309.00");
        check("a b c d", "a x b c y d", ">x | >y");
        check("a b c d e", "a c e", "b> | d>");
        check("a b", "", "a b>");
        check("10 Mar pay 5.00 20.00 11 Mar", "10 Mar pay 9.00 24.00 11 Mar", "5.00 20.00>9.00 24.00");
        // Two words that changed places are the same words.
        check("a left right b", "a right left b", "left> | >left");
    }

    #[test]
    fn long_changes_are_cut_and_too_long_ones_are_one() {
        let many = |word: &str, count: usize| [word].repeat(count).join(" ");
        let cut = edits(&words(&many("a", EDIT_WORDS_MAX + 1)), &words("b"), 2);
        assert_eq!((cut.len(), cut[0].before.len(), cut[0].after.len()), (1, EDIT_WORDS_MAX, 1));
        let pairs = |columns: usize| {
            let inner = format!("x {} y", many("b", columns - 2));
            edits(&words(&format!("p {} q", many("b", 998))), &words(&inner), 2).len()
        };
        assert_eq!((pairs(1000), pairs(1001)), (2, 1));
    }
}
