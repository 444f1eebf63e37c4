//! Pieces of a description: chunks between blanks, cut after labels (`DES:PAYROLL`) and around single stars.

use crate::fold::Folded;
use std::ops::Range;

/// One piece of the raw text and the folded words in it.
pub(super) struct Piece<'t> {
    pub(super) raw: &'t str,
    pub(super) words: Range<usize>,
    /// A single star that divides a processor from a merchant.
    pub(super) is_star: bool,
}

/// Cuts the raw text; pieces beyond the last folded word are left.
pub(super) fn pieces<'t>(text: &Folded<'_>, raw: &'t str) -> Vec<Piece<'t>> {
    let mut found = Vec::new();
    let mut word = 0;
    let mut push = |range: Range<usize>| {
        let start = word;
        while word < text.len() && text.raw_range(word).start < range.end {
            word += 1;
        }
        let raw = &raw[range];
        if !raw.is_empty() {
            found.push(Piece { raw, words: start..word, is_star: raw == "*" });
        }
    };
    let end = if text.len() == 0 { raw.len() } else { text.raw_range(text.len() - 1).end };
    let mut start = 0;
    let mut before = ' ';
    let mut rest = raw[..end].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let after = at + c.len_utf8();
        if c.is_whitespace() {
            push(start..at);
            start = after;
        } else if c == ':' && next.is_alphabetic() {
            push(start..after);
            start = after;
        } else if c == '*'
            && before != '*'
            && next != '*'
            && (before.is_alphanumeric() || !next.is_ascii_digit())
        {
            push(start..at);
            push(at..after);
            start = after;
        }
        before = c;
    }
    push(start..end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stars_and_masks() {
        for (raw, expected) in [
            ("SQ *ACME CAFE", vec!["SQ", "*", "ACME", "CAFE"]),
            ("PAYPAL*ACME", vec!["PAYPAL", "*", "ACME"]),
            ("ACME DES:PAYROLL ID:99", vec!["ACME", "DES:", "PAYROLL", "ID:99"]),
            ("CARD ****1234 12:30", vec!["CARD", "****1234", "12:30"]),
            ("CARD *1234", vec!["CARD", "*1234"]),
            ("AT&T - x", vec!["AT&T", "-", "x"]),
            ("  ", vec![]),
            ("***", vec!["***"]),
        ] {
            let text = Folded::of(raw);
            let found = pieces(&text, raw);
            assert_eq!(found.iter().map(|piece| piece.raw).collect::<Vec<_>>(), expected, "{raw:?}");
            assert_eq!(found.iter().map(|piece| piece.words.len()).sum::<usize>(), text.len());
        }
    }
}
