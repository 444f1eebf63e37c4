//! Pieces that are no part of any name, by their shape alone.

use super::pieces::Piece;
use crate::fold::Folded;

/// Digits from which a bare number is a store, terminal or reference number rather than part of a name.
const NUMBER_DIGITS_MIN: usize = 3;
/// Digits from which groups of digits are a phone number.
const PHONE_DIGITS_MIN: usize = 7;
/// Characters and digits from which letters mixed with digits are a reference.
const REFERENCE_CHARS_MIN: usize = 6;
const REFERENCE_DIGITS_MIN: usize = 3;

/// Whether a piece can be part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Junk {
    /// It can.
    No,
    /// A bare number: store, terminal, phone.
    Number,
    /// A date, time, mask, reference or mark.
    Other,
}

/// Judges a piece by its shape.
pub(super) fn judge(piece: &Piece<'_>, text: &Folded<'_>) -> Junk {
    let raw = piece.raw;
    if piece.words.is_empty() {
        return if matches!(raw, "&" | "+") { Junk::No } else { Junk::Other };
    }
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return Junk::No;
    }
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    if is_mask(raw, text.word(piece.words.start)) || raw.starts_with("http") {
        return Junk::Other;
    }
    if letters == 0 {
        let divided = piece.words.len() > 1 && raw.contains(['/', '-', '.', ':', ',']);
        // Three digits between marks are part of a phone number, never of a date.
        let groups_of_three = piece.words.clone().any(|word| text.word(word).len() == 3);
        let phone = digits >= PHONE_DIGITS_MIN && groups_of_three && !raw.contains([',', '/', ':']);
        return match (divided && !phone, digits >= NUMBER_DIGITS_MIN || raw.starts_with(['#', '0'])) {
            (true, _) => Junk::Other,
            (false, true) => Junk::Number,
            (false, false) => Junk::No,
        };
    }
    // A chain's own store code: `F1234`, `T-0931`.
    if letters == 1 && digits >= NUMBER_DIGITS_MIN {
        return Junk::Number;
    }
    if is_short_date(text.word(piece.words.start)) {
        return Junk::Other;
    }
    // `#A12` and `S384726194X` are references; `7-ELEVEN`, `H3G` and `24HR` are names.
    let reference =
        piece.words.len() == 1 && letters + digits >= REFERENCE_CHARS_MIN && digits >= REFERENCE_DIGITS_MIN;
    if reference || raw.starts_with('#') { Junk::Other } else { Junk::No }
}

/// `XXXX1234`, `x1234`, `****1234`, `*1234`.
fn is_mask(raw: &str, word: &str) -> bool {
    if raw.contains("**") || raw.starts_with('*') {
        return true;
    }
    let masked = word.trim_start_matches('x');
    let marks = word.len() - masked.len();
    marks > 0 && masked.len() >= NUMBER_DIGITS_MIN && masked.bytes().all(|byte| byte.is_ascii_digit())
}

/// `14MAR`, `14MAR26`, `MAR14`.
fn is_short_date(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().any(|month| {
        word.split_once(month).is_some_and(|(before, after)| {
            let digits = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            before.len() <= 2 && digits(before) && digits(after) && !(before.is_empty() && after.is_empty())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    #[test]
    fn shapes() {
        for (raw, expected) in [
            ("0302", Junk::Number),
            ("12345", Junk::Number),
            ("#7", Junk::Number),
            ("800-555-0199", Junk::Number),
            ("+4420555", Junk::Number),
            ("76", Junk::No),
            ("24", Junk::No),
            ("03/14", Junk::Other),
            ("2026-03-14", Junk::Other),
            ("12.50", Junk::Other),
            ("12:30", Junk::Other),
            ("XXXX1234", Junk::Other),
            ("x1234", Junk::Other),
            ("****1234", Junk::Other),
            ("14MAR26", Junk::Other),
            ("MAR14", Junk::Other),
            ("S384726194X", Junk::Other),
            ("F1234", Junk::Number),
            ("H3G", Junk::No),
            ("7-ELEVEN", Junk::No),
            ("ACME", Junk::No),
            ("&", Junk::No),
            ("-", Junk::Other),
            ("MARCO", Junk::No),
        ] {
            let text = Folded::of(raw);
            let found = pieces(&text, raw);
            assert_eq!(judge(&found[0], &text), expected, "{raw}");
        }
    }
}
