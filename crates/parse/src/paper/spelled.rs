//! What a recognized number may be instead, as far as the recognizers themselves doubted a glyph of it.

use smartexus_domain::{AmountToken, GlyphAlternatives, Word};

/// Most other spellings of one number.
const SPELLINGS_MAX: usize = 12;

/// The amounts that some words are with one glyph read as a recognizer thought it may be. None for a text layer.
pub(super) fn spelled(words: &[&Word]) -> Vec<AmountToken> {
    let mut found = Vec::new();
    for amount in respelled(words).iter().filter_map(|text| AmountToken::read(text)) {
        if found.len() < SPELLINGS_MAX && !found.contains(&amount) {
            found.push(amount);
        }
    }
    found
}

/// Some words as one text, each time with one glyph read as a recognizer thought it may be.
pub(super) fn respelled(words: &[&Word]) -> Vec<String> {
    let mut found = Vec::new();
    for (position, word) in words.iter().enumerate() {
        for doubt in &word.alternatives {
            for text in doubt.choices.iter().filter_map(|choice| replaced(&word.text, doubt, &choice.text)) {
                let whole = words.iter().enumerate();
                let whole: Vec<&str> = whole
                    .map(|(at, other)| if at == position { text.as_str() } else { other.text.as_str() })
                    .collect();
                found.push(whole.join(" "));
            }
        }
    }
    found
}

/// A text with one of its glyphs replaced; `None` where the glyph is not in it.
pub(super) fn replaced(text: &str, doubt: &GlyphAlternatives, choice: &str) -> Option<String> {
    let (at, length) = (usize::try_from(doubt.at).ok()?, usize::try_from(doubt.length).ok()?);
    let count = text.chars().count();
    if at.checked_add(length)? > count {
        return None;
    }
    let head = text.chars().take(at);
    let tail = text.chars().skip(at + length);
    Some(head.chain(choice.chars()).chain(tail).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::{GlyphChoice, NumberStyle, Rect};

    fn word(text: &str, doubts: &[(u32, &[&str])]) -> Word {
        let choice = |text: &&str| GlyphChoice { text: (*text).to_owned(), probability: 0.2 };
        let doubt = |(at, choices): &(u32, &[&str])| GlyphAlternatives {
            at: *at,
            length: 1,
            probability: 0.6,
            choices: choices.iter().map(choice).collect(),
        };
        Word {
            text: text.to_owned(),
            bounds: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
            confidence: 0.6,
            size: 9.0,
            angle: 0,
            color: None,
            recognized: true,
            alternatives: doubts.iter().map(doubt).collect(),
        }
    }

    #[test]
    fn one_glyph_at_a_time_and_only_what_is_a_number() {
        let (first, second) = (word("1", &[(0, &["7"])]), word("873.40", &[(0, &["3", "B"]), (9, &["1"])]));
        let minor: Vec<Option<i64>> =
            spelled(&[&first, &second]).iter().map(|amount| amount.minor(NumberStyle::Point, 2)).collect();
        assert_eq!(minor, [Some(787_340), Some(137_340)]);
        assert!(spelled(&[&word("873.40", &[])]).is_empty());
    }
}
