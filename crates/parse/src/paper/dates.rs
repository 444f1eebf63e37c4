//! Words that are a date, and what else they may be.

use super::spelled::{replaced, respelled};
use crate::draft::{OtherDates, SURE_DATE};
use crate::lexicon::fold;
use smartexus_domain::{DateToken, GlyphAlternatives, Word, month_names, month_of, weekday_names};

/// Doubted digits of one date, at most: each makes ten of it.
const DOUBTS_MAX: usize = 3;
/// And so are shorter names of months; of longer ones two letters may be misread.
const MONTH_LETTERS_MIN: usize = 4;
const LONG_MONTH: usize = 7;
/// A single letter or mark with less confidence may be dust.
const SPECK: f64 = 0.75;
/// Shorter names of days are one letter from too many other words.
const WEEKDAY_LETTERS_MIN: usize = 5;

/// A date with the punctuation of the sentence it stands in.
pub(super) fn read_date(text: &str) -> Option<DateToken> {
    let text = text.trim_matches(|c: char| matches!(c, ':' | ',' | ';' | '(' | ')'));
    DateToken::read(text).or_else(|| DateToken::read(&without_small_words(text)?))
}

/// "2 de marzo de 2026" says no more than "2 marzo 2026".
fn without_small_words(text: &str) -> Option<String> {
    let is_small =
        |word: &&str| matches!(word.to_lowercase().as_str(), "de" | "del" | "of" | "do" | "den" | "le");
    let words: Vec<&str> = text.split(' ').collect();
    let (first, last) = (words.first()?, words.last()?);
    if is_small(first) || is_small(last) || !words.iter().any(is_small) {
        return None;
    }
    // "2 of 4" is no day.
    let names_month = |word: &&str| !is_small(word) && word.chars().any(char::is_alphabetic);
    if !words.iter().any(names_month) {
        return None;
    }
    Some(words.into_iter().filter(|word| !is_small(word)).collect::<Vec<_>>().join(" "))
}

/// Words as the text of a date. What a recognizer made of the day of the week in front of it is put right: "terga-feira" and
/// "domingo7" (which nobody prints).
pub(super) fn text_of_date(words: &[&Word]) -> String {
    let first = words.first().and_then(|first| weekday_put_right(first));
    let last = words.len().saturating_sub(1);
    let texts = words.iter().enumerate().filter(|(at, word)| *at == last || !is_speck(word));
    let texts = texts.map(|(at, word)| match &first {
        Some(right) if at == 0 => right.as_str(),
        Some(_) | None => month_put_right(word).unwrap_or(word.text.as_str()),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The month that a recognized word is but for a letter or two, and no other one: "aodt" is "aout".
pub(super) fn month_put_right(word: &Word) -> Option<&'static str> {
    let name = word.text.trim_end_matches(['.', ',']);
    if !word.recognized || name.len() < MONTH_LETTERS_MIN || month_of(name).is_some() {
        return None;
    }
    if !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let read = fold(name);
    let apart = |name: &str| strsim::osa_distance(name, &read);
    let most = if read.len() >= LONG_MONTH { 2 } else { 1 };
    let long = month_names().filter(|(name, _)| name.len() >= MONTH_LETTERS_MIN);
    let (letters, nearest, month) = long.map(|(name, month)| (apart(name), name, month)).min()?;
    // Short names are two letters from many words.
    let reach = |name: &str| if name.len() < MONTH_LETTERS_MIN { 1 } else { 2 };
    let is_other = |(name, other): (&str, i8)| other != month && apart(name) < letters + reach(name);
    (letters <= most && !month_names().any(is_other)).then_some(nearest)
}

/// How sure the words of a date are: that a name was put right takes nothing from it, since no other month is near.
pub(super) fn confidence_of_date(words: &[&Word]) -> f64 {
    let of = |word: &&Word| match month_put_right(word) {
        Some(_) => word.confidence.max(SURE_DATE),
        None => word.confidence,
    };
    words.iter().map(of).fold(1.0, f64::min)
}

/// A mark of a date that a recognizer took for a word, and did not believe: "July 17 a 2026". The date is no surer for it.
/// A digit is none: it may be the day, or a part of it.
fn is_speck(word: &Word) -> bool {
    let mut chars = word.text.chars();
    let is_one = chars.next().is_some_and(|c| !c.is_ascii_digit()) && chars.next().is_none();
    is_one && word.recognized && word.confidence < SPECK
}

/// A recognized word that is a day of the week but for one letter, or for the blank behind it.
pub(super) fn weekday_put_right(word: &Word) -> Option<String> {
    if !word.recognized {
        return None;
    }
    let letters = word.text.split(|c: char| !c.is_alphabetic()).next()?;
    let rest = word.text.get(letters.len()..)?;
    let read = fold(letters);
    if read.len() < WEEKDAY_LETTERS_MIN {
        return None;
    }
    let mut near = weekday_names().iter().filter(|name| {
        **name == read
            || name.len() >= WEEKDAY_LETTERS_MIN
                && (name.bytes().next() == read.bytes().next() || name.bytes().last() == read.bytes().last())
                && strsim::osa_distance(name, &read) == 1
    });
    let name = near.next()?;
    // "quarta-feira10": a letter, and right behind it a digit.
    let glued = word.text.char_indices().zip(word.text.chars().skip(1)).find_map(|((at, left), right)| {
        (left.is_alphabetic() && right.is_ascii_digit()).then_some(at + left.len_utf8())
    });
    let (before, behind) = match glued.and_then(|at| at.checked_sub(letters.len())) {
        Some(at) => rest.split_at_checked(at)?,
        None => (rest, ""),
    };
    let changes = *name != read || glued.is_some();
    let blank = if glued.is_some() { " " } else { "" };
    changes.then(|| format!("{name}{before}{blank}{behind}"))
}

/// The one date that a word with digits is, if it is none as it was read.
pub(super) fn only_date(words: &[&Word]) -> Option<DateToken> {
    let [word] = words else { return None };
    if word.text.bytes().filter(u8::is_ascii_digit).count() < 3 {
        return None;
    }
    let dates = dates_spelled(words);
    if let [date] = dates.as_slice() { Some(*date) } else { None }
}

/// What a date may be instead: with any digits in the places of those that a recognizer doubted, not only with what it
/// named. Where it doubted more than a few, nobody knows.
pub(super) fn other_dates(words: &[&Word], read: DateToken) -> OtherDates {
    let is_digit = |word: &Word, doubt: &GlyphAlternatives| {
        let at = usize::try_from(doubt.at).unwrap_or(usize::MAX);
        word.text.chars().nth(at).is_some_and(|glyph| glyph.is_ascii_digit())
    };
    let doubts: Vec<(usize, &GlyphAlternatives)> = words
        .iter()
        .enumerate()
        .flat_map(|(at, word)| word.alternatives.iter().map(move |doubt| (at, *word, doubt)))
        .filter(|(_, word, doubt)| doubt.length != 1 || is_digit(word, doubt))
        .map(|(at, _, doubt)| (at, doubt))
        .collect();
    let is_known =
        (1..=DOUBTS_MAX).contains(&doubts.len()) && doubts.iter().all(|(_, doubt)| doubt.length == 1);
    // What was left out may have been anything.
    if !is_known || words.iter().any(|word| is_speck(word)) {
        return OtherDates::Unnamed;
    }
    let mut texts = vec![words.iter().map(|word| word.text.clone()).collect::<Vec<String>>()];
    for (at, doubt) in doubts {
        let with = |text: &Vec<String>, digit: u8| {
            let mut text = text.clone();
            if let Some(word) = text.get_mut(at)
                && let Some(other) = replaced(word, doubt, &digit.to_string())
            {
                *word = other;
            }
            text
        };
        texts = texts.iter().flat_map(|text| (0..=9).map(move |digit| with(text, digit))).collect();
    }
    let mut dates = Vec::new();
    for date in texts.iter().filter_map(|text| read_date(&text.join(" "))) {
        if date != read && !dates.contains(&date) {
            dates.push(date);
        }
    }
    OtherDates::Named(dates)
}

/// The dates that some words may be.
fn dates_spelled(words: &[&Word]) -> Vec<DateToken> {
    let mut dates: Vec<DateToken> = Vec::new();
    for date in respelled(words).iter().filter_map(|text| read_date(text)) {
        if !dates.contains(&date) {
            dates.push(date);
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::{GlyphChoice, Rect};

    #[test]
    fn a_day_of_the_week_is_put_right_where_it_was_recognized() {
        let put_right = |text: &str, recognized| {
            let bounds = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
            let word = Word {
                text: text.to_owned(),
                bounds,
                confidence: 0.6,
                size: 9.0,
                angle: 0,
                color: None,
                recognized,
                alternatives: Vec::new(),
            };
            weekday_put_right(&word)
        };
        let right = |text| put_right(text, true);
        assert_eq!(right("terga-feira").as_deref(), Some("terca-feira"));
        assert_eq!(right("domingo7").as_deref(), Some("domingo 7"));
        assert_eq!(right("quarta-feira10").as_deref(), Some("quarta-feira 10"));
        assert_eq!(right("Wednesdav").as_deref(), Some("wednesday"));
        for text in ["domingo", "sun7", "march", "feira", "7", ""] {
            assert_eq!(right(text), None, "{text}");
        }
        assert_eq!(put_right("terga-feira", false), None, "a text layer is what it is");
    }

    #[test]
    fn a_doubted_digit_is_no_dust() {
        let word = |text: &str, confidence| Word {
            text: text.to_owned(),
            bounds: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
            confidence,
            size: 9.0,
            angle: 0,
            color: None,
            recognized: true,
            alternatives: Vec::new(),
        };
        let text = |words: [(&str, f64); 4]| {
            let words = words.map(|(text, confidence)| word(text, confidence));
            text_of_date(&words.iter().collect::<Vec<_>>())
        };
        assert_eq!(text([("July", 0.9), ("17", 0.9), ("a", 0.3), ("2026", 0.9)]), "July 17 2026");
        assert_eq!(text([("July", 0.9), ("1", 0.9), ("7", 0.6), ("2026", 0.9)]), "July 1 7 2026");
        assert_eq!(text([("Friday", 0.9), ("7", 0.6), ("March", 0.9), ("2026", 0.9)]), "Friday 7 March 2026");
    }

    #[test]
    fn a_month_is_put_right_where_no_other_is_near() {
        let right = |text: &str, recognized| {
            let bounds = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
            let word = Word {
                text: text.to_owned(),
                bounds,
                confidence: 0.2,
                size: 9.0,
                angle: 0,
                color: None,
                recognized,
                alternatives: Vec::new(),
            };
            let month = month_put_right(&word).and_then(month_of);
            (month, confidence_of_date(&[&word]))
        };
        assert_eq!(right("aodt", true), (Some(8), SURE_DATE));
        assert_eq!(right("Septernber", true), (Some(9), SURE_DATE));
        for text in ["juln", "jun", "novecembre", "garage", "aout", "12"] {
            assert_eq!(right(text, true), (None, 0.2), "{text}");
        }
        assert_eq!(right("aodt", false), (None, 0.2));
    }

    #[test]
    fn a_doubted_digit_of_a_date_may_be_any_other() {
        let doubted = |at, length| {
            let choices = vec![GlyphChoice { text: "?".to_owned(), probability: 0.3 }];
            let alternatives = vec![GlyphAlternatives { at, length, probability: 0.6, choices }];
            Word {
                text: "12.06.2026".to_owned(),
                bounds: Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 },
                confidence: 0.6,
                size: 9.0,
                angle: 0,
                color: None,
                recognized: true,
                alternatives,
            }
        };
        let others = |word: &Word| match other_dates(&[word], read_date(&word.text).unwrap()) {
            OtherDates::Named(dates) => dates.len(),
            OtherDates::Unnamed => 0,
        };
        // 02, 22; 10 to 19 without 12; a mark says nothing; nobody knows.
        let found = [(0, 1), (1, 1), (2, 1), (0, 2)].map(|(at, length)| others(&doubted(at, length)));
        assert_eq!(found, [2, 9, 0, 0]);
        let sure = Word { alternatives: Vec::new(), ..doubted(0, 1) };
        assert_eq!(others(&sure), 0);
    }
}
