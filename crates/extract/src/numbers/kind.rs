//! Whether a reading is a number at all.

use super::net::GLYPHS;

/// What a crop holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadKind {
    /// An amount, a date, a count, or a mark that belongs to one, as `CR` or `USD`.
    Number,
    /// Something else was written: a word, another alphabet, or what nobody can read. Not a number.
    Word,
    /// No glyph at all: paper, a rule, dirt.
    Nothing,
}

/// Letters that stand with numbers, lower case: sides of an account, currencies, and the first three letters of months
/// in the languages of the statements we read.
const MARKS: &str = "cr dr db od c d s h k \
    aed aud brl cad chf cny czk dkk eur gbp hkd huf inr jpy mxn nok nzd pln sek sgd usd zar \
    jan feb mar apr may jun jul aug sep oct nov dec \
    mai okt dez avr mag giu lug ago set ott dic ene abr mrt mei gen";
/// Months may be longer than three letters, but no longer than `September`.
const LONGEST_MONTH: usize = 9;
const MONTHS: &str = "january february march april june july august september october november december sept";

impl ReadKind {
    pub(crate) fn of(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Nothing;
        }
        let unknown = GLYPHS.chars().last();
        let has_digit = text.chars().any(|glyph| glyph.is_ascii_digit());
        let mut runs = text.split(|glyph: char| !glyph.is_ascii_alphabetic()).filter(|run| !run.is_empty());
        let marks = runs.clone().count();
        let is_sign = marks == 0 && text.chars().any(|glyph| "$£€¥₹%".contains(glyph));
        let is_number = !text.chars().any(|glyph| Some(glyph) == unknown)
            && (has_digit || marks == 1 || is_sign)
            && runs.all(is_mark);
        if is_number { Self::Number } else { Self::Word }
    }
}

fn is_mark(run: &str) -> bool {
    let run = run.to_ascii_lowercase();
    run.len() <= LONGEST_MONTH
        && (MARKS.split_ascii_whitespace().any(|mark| mark == run)
            || MONTHS.split_ascii_whitespace().any(|month| month == run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_numbers() {
        let check = |texts: &[&str], kind| {
            for text in texts {
                assert_eq!(ReadKind::of(text), kind, "{text:?}");
            }
        };
        let numbers = [
            "1,234.56",
            "0",
            "-12.00",
            "(3.50)",
            "14MAR",
            "05-Jan-24",
            "12.03.",
            "2,50 EUR",
            "USD 7",
            "€",
            "9.10CR",
            "CR",
            "4 %",
            "Sept 12",
            "12:30",
            "1 234,50",
            "MAR",
            "10 Mai 2024",
        ];
        check(&numbers, ReadKind::Number);
        check(
            &["Rent", "REF 12", "A4", "CR DR", "O.OO", "l2", "\u{FFFD}", "12\u{FFFD}", "-", "CREDIT", "xx12"],
            ReadKind::Word,
        );
        check(&["", " "], ReadKind::Nothing);
    }
}
