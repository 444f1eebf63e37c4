//! "Did you mean": the nearest of a list of words.

/// The word of `known` that `word` was probably meant to be: at most one edit in three characters away
/// (a swap of neighbours counts as one edit), or a part of the other at a word boundary.
#[must_use]
pub fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let tolerance = word.chars().count().div_ceil(3);
    let contained = |candidate: &str| {
        let parts = |text: &str, part: &str| text.split(['_', '-', '.']).any(|piece| piece == part);
        parts(word, candidate) || parts(candidate, word)
    };
    known
        .into_iter()
        .map(|candidate| (if contained(candidate) { 1 } else { distance(word, candidate) }, candidate))
        .filter(|(edits, _)| *edits <= tolerance)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertions, deletions, replacements, swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(from != to);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to;
            if swapped {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_what_was_meant_and_nothing_else() {
        let known = ["languages", "attempts", "memory_bytes", "use", "id"];
        for (word, meant) in [
            ("ocr_languages", Some("languages")),
            ("atempts", Some("attempts")),
            ("attmepts", Some("attempts")),
            ("memory_byte", Some("memory_bytes")),
            ("sue", Some("use")),
            ("retention", None),
            ("", None),
        ] {
            assert_eq!(closest(word, known), meant, "{word}");
        }
    }
}
