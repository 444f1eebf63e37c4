//! Figures are read twice: amounts and dates are what a lender trusts. The reader of numbers and the recognizer of text
//! look at the same pixels in different ways, so where both say the same it is so, and where they do not, nobody may
//! take it for sure.

#![expect(clippy::float_arithmetic, reason = "probabilities and geometry")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::find::{Area, Segment};
use super::hocr::{ReadGlyph, ReadLine, ReadWord};
use super::sheet::cut;
use crate::numbers::{NumberReader, NumberReading, ReadDigit, ReadKind};
use crate::raster::Gray;
use smartexus_domain::month_of;

/// Longer than so many capitals are high, nothing is a number: more than twenty digits.
const LONGEST: usize = 18;
/// Small letters are at most so high, in percent of capitals. Digits between parentheses are a little higher.
const LOWER_CASE_PERCENT: usize = 76;
/// Money that is read so surely is not read again: sums prove it, or they do not.
const SURE_MONEY: f64 = 0.97;
/// What one reader says against the other, or alone, is never surer than this: below it, no date is believed.
const CONTESTED: f64 = 0.80;
/// The confidence from which few numbers of either reader are wrong. How many of the recognizer's are right there, and
/// how many below.
const SURE: f64 = 0.85;
const RECOGNIZER_RIGHT: (f64, f64) = (0.98, 0.45);
/// June and July differ by one letter in most languages: the confidence from which the recognizer alone tells them apart.
const JUNE_OR_JULY: f64 = 0.93;
/// Signs, and letters for the sides of an account, that stand alone at an end of an amount.
const MARKS: &str = "+-SHCD";
/// What an S is taken for.
const LIKE_S: [&str; 3] = ["8", "5", "$"];
/// Nothing is certain.
const MOST: f64 = 0.999;

/// What the reader of numbers makes of a piece of a line.
pub(super) struct Figures {
    words: Vec<ReadWord>,
    confidence: f64,
}

impl Figures {
    /// `None` where it is no number.
    pub(super) fn read(page: &Gray, piece: &Segment, numbers: &NumberReader) -> Option<Self> {
        if piece.area.width() > LONGEST * piece.tall || is_lower_case(piece) {
            return None;
        }
        let area = piece.area.grown(margin(piece.tall), page);
        let reading = look(page, area, piece.is_inverse, numbers)?;
        let words = words(&reading, area, piece.foot as f64);
        (!words.is_empty()).then_some(Self { words, confidence: reading.confidence })
    }

    /// One amount with its decimals, beyond doubt.
    pub(super) fn is_sure_money(&self) -> bool {
        let [word] = self.words.as_slice() else { return false };
        self.confidence >= SURE_MONEY && is_money(&word.text())
    }

    /// The line that the piece is, by this reading alone.
    pub(super) fn into_line(self, piece: &Segment) -> ReadLine {
        let area = piece.area;
        let bounds = [area.left as f64, area.top as f64, area.right as f64, area.bottom as f64];
        let words = self.words.into_iter().map(|word| {
            let most = if is_money(&word.text()) { MOST } else { CONTESTED };
            ReadWord { confidence: word.confidence.min(most), ..word }
        });
        ReadLine { bounds, baseline: None, size: piece.tall as f64, words: words.collect() }
    }
}

/// The words of a line that are figures, compared with what the reader of numbers says; `whole` is what it says of the
/// whole line.
pub(super) fn confirm(line: &mut ReadLine, whole: Option<&Figures>, page: &Gray, numbers: &NumberReader) {
    let whole = whole.filter(|figures| figures.words.len() == 1 || figures.words.len() == line.words.len());
    if let Some(figures) = whole {
        if figures.words.len() == 1 {
            // The recognizer sees blanks in long numbers.
            line.words = std::mem::take(&mut line.words).into_iter().reduce(joined).into_iter().collect();
        }
        for (word, second) in line.words.iter_mut().zip(&figures.words) {
            *word = settled(word, Some(second));
        }
        return;
    }
    let high = line.size;
    for word in line.words.iter_mut().filter(|word| is_figure(&word.text())) {
        if let Some(month) = untaught_month(&word.text()) {
            *word = named(word, month);
            continue;
        }
        let [left, top, right, bottom] = word.bounds.map(|side| side.max(0.0).round() as usize);
        let area = Area { left, top, right: right.max(left + 1), bottom: bottom.max(top + 1) };
        let area = area.grown(margin(high as usize), page);
        let reading = look(page, area, false, numbers);
        let second = reading.map(|reading| words(&reading, area, word.bounds[3])).unwrap_or_default();
        let [second] = second.as_slice() else {
            *word = settled(word, None);
            continue;
        };
        *word = settled(word, Some(second));
    }
}

/// Most letters are lower than the rest: no figure is written so, and none is missed, since each word with a digit is
/// looked at again when the line is read.
fn is_lower_case(piece: &Segment) -> bool {
    100 * piece.letter <= LOWER_CASE_PERCENT * piece.tall
}

/// Two words as one.
pub(super) fn joined(mut word: ReadWord, next: ReadWord) -> ReadWord {
    let [left, top, right, bottom] = word.bounds;
    let [l, t, r, b] = next.bounds;
    word.bounds = [left.min(l), top.min(t), right.max(r), bottom.max(b)];
    word.confidence = word.confidence.min(next.confidence);
    word.glyphs.extend(next.glyphs);
    word
}

fn margin(high: usize) -> usize {
    high / 8 + 1
}

fn look(page: &Gray, area: Area, is_inverse: bool, numbers: &NumberReader) -> Option<NumberReading> {
    let crop = cut(page, area, is_inverse)?;
    let reading = numbers.read(std::slice::from_ref(&crop)).pop()?;
    (reading.kind == ReadKind::Number).then_some(reading)
}

/// A reading's words, as the recognizer would have them.
fn words(reading: &NumberReading, area: Area, foot: f64) -> Vec<ReadWord> {
    let parts = reading.glyphs.split(|glyph| glyph.text == ' ').filter(|part| !part.is_empty());
    let word = |part: &[ReadDigit]| {
        let left = part.iter().map(|glyph| glyph.left).fold(f64::INFINITY, f64::min);
        let right = part.iter().map(|glyph| glyph.right).fold(0.0, f64::max);
        let glyphs = part.iter().map(|glyph| ReadGlyph {
            text: glyph.text.to_string(),
            confidence: glyph.probability,
            bottom: foot,
            choices: glyph.choices.iter().map(|(choice, share)| (choice.to_string(), *share)).collect(),
        });
        let bounds = [area.left as f64 + left, area.top as f64, area.left as f64 + right, area.bottom as f64];
        ReadWord { bounds, confidence: reading.confidence, glyphs: glyphs.collect() }
    };
    parts.map(word).collect()
}

/// A word of the recognizer beside what the reader of numbers says of it, if that took it for a number.
fn settled(first: &ReadWord, second: Option<&ReadWord>) -> ReadWord {
    let Some(second) = second else {
        let confidence = first.confidence.min(CONTESTED);
        return ReadWord { confidence, ..first.clone() };
    };
    let (a, b) = (plain(&first.text()), plain(&second.text()));
    if a == b {
        // Worn pixels may mislead both readers the same way, so one of them has to be sure by itself.
        let most = if first.confidence.max(second.confidence) >= SURE { MOST } else { CONTESTED };
        let confidence = (1.0 - (1.0 - first.confidence) * (1.0 - second.confidence)).min(most);
        return ReadWord { confidence, ..first.clone() };
    }
    if with_points(&a) == with_points(&b) {
        return differing_in_marks(first, second);
    }
    if let Some(marked) = marked_by_one(first, second) {
        return marked;
    }
    // The recognizer knows letters, too: "0l" and "1?" are the 01 and the 17 that the reader of numbers sees.
    let has_digit = a.bytes().any(|b| b.is_ascii_digit());
    if has_digit && with_digits(&with_points(&a)) == with_points(&b) {
        let most = if second.confidence >= SURE { MOST } else { CONTESTED };
        return ReadWord { confidence: second.confidence.min(most), ..second.clone() };
    }
    let (sure, unsure) = RECOGNIZER_RIGHT;
    let of_first = if first.confidence >= SURE { sure } else { unsure * first.confidence };
    let first_wins = of_first > second.confidence;
    let (winner, loser, share) =
        if first_wins { (first, second, second.confidence) } else { (second, first, of_first) };
    let confidence = (winner.confidence * (1.0 - share)).min(CONTESTED);
    let bounds = if first_wins {
        first.bounds
    } else {
        [second.bounds[0], first.bounds[1], second.bounds[2], first.bounds[3]]
    };
    ReadWord { bounds, confidence, glyphs: with_other_reading(&winner.glyphs, &loser.text(), share) }
}

/// One of them saw the mark of a side of the account at an end of the amount, where the other saw nothing: what was seen is
/// there more often than not, and without it the amount would be another one in silence.
fn marked_by_one(first: &ReadWord, second: &ReadWord) -> Option<ReadWord> {
    let (a, b) = (with_points(&plain(&first.text())), with_points(&plain(&second.text())));
    let first_has_it = a.len() > b.len();
    let (longer, shorter) = if first_has_it { (&a, &b) } else { (&b, &a) };
    let is_mark = |c: char| MARKS.contains(c);
    let is_marked =
        [longer.strip_prefix(is_mark), longer.strip_suffix(is_mark)].contains(&Some(shorter.as_str()));
    if !(is_marked && is_money(shorter)) {
        return None;
    }
    let (winner, loser) = if first_has_it { (first, second) } else { (second, first) };
    let confidence = (winner.confidence * (1.0 - loser.confidence / 2.0)).min(CONTESTED);
    let glyphs = with_other_reading(&winner.glyphs, &loser.text(), loser.confidence.min(CONTESTED));
    let [left, right] = [winner.bounds[0], winner.bounds[2]];
    Some(ReadWord { bounds: [left, first.bounds[1], right, first.bounds[3]], confidence, glyphs })
}

/// With every comma a point: thin paper takes its tail from the one, and dust gives it to the other.
fn with_points(text: &str) -> String {
    text.replace(',', ".")
}

/// With the digits that letters look like.
fn with_digits(text: &str) -> String {
    let digit = |c: char| match c {
        'O' | 'o' => '0',
        'l' | 'I' | '|' | '!' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        '?' => '7',
        'B' => '8',
        c => c,
    };
    text.chars().map(digit).collect()
}

/// Both readers see the same digits and differ in points and commas: the digits are as sure as where they agree, and the
/// marks are those of the surer one, with the others as choices.
fn differing_in_marks(first: &ReadWord, second: &ReadWord) -> ReadWord {
    let most = if first.confidence.max(second.confidence) >= SURE { MOST } else { CONTESTED };
    let confidence = (1.0 - (1.0 - first.confidence) * (1.0 - second.confidence)).min(most);
    let (winner, loser) =
        if first.confidence > second.confidence { (first, second) } else { (second, first) };
    let glyphs = with_other_reading(&winner.glyphs, &loser.text(), loser.confidence.min(CONTESTED));
    ReadWord { confidence, glyphs, ..first.clone() }
}

/// A month that the reader of numbers was never taught, because its name is too long or of another language. That it has
/// nothing to say to it is no doubt.
fn untaught_month(text: &str) -> Option<i8> {
    let name = text.trim_end_matches(['.', ',']);
    let is_name = name.chars().all(char::is_alphabetic);
    month_of(name).filter(|_| is_name && ReadKind::of(name) != ReadKind::Number)
}

/// A month's name by the recognizer alone. A word of the dictionary that it misread would be another word, and hardly
/// ever another month.
fn named(word: &ReadWord, month: i8) -> ReadWord {
    let is_near_another = matches!(month, 6 | 7);
    let most = if is_near_another && word.confidence < JUNE_OR_JULY { CONTESTED } else { MOST };
    ReadWord { confidence: word.confidence.min(most), ..word.clone() }
}

/// The glyphs of one reading, with what the other has in their place as a choice.
fn with_other_reading(glyphs: &[ReadGlyph], other: &str, share: f64) -> Vec<ReadGlyph> {
    let own: Vec<String> = glyphs.iter().map(|glyph| glyph.text.clone()).collect();
    let other: Vec<String> = other.chars().map(String::from).collect();
    let before = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = own.len().min(other.len()) - before;
    let after = own.iter().rev().zip(other.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (first, last) = (before, own.len() - after);
    let differing = other.get(before..other.len() - after).unwrap_or_default();
    let mut glyphs = glyphs.to_vec();
    if first == last {
        // The other has more: what it has besides stands with the glyph beside it.
        let more = differing.concat();
        if let Some(next) = glyphs.get_mut(first) {
            next.choices.push((format!("{more}{}", next.text), share));
        } else if let Some(before) = glyphs.last_mut() {
            before.choices.push((format!("{}{more}", before.text), share));
            // Behind the decimals it may be the letter of a side of the account.
            if is_money(&own.concat()) && LIKE_S.contains(&more.as_str()) {
                before.choices.push((format!("{}S", before.text), share));
            }
        }
        return glyphs;
    }
    if differing.len() == last - first {
        for (glyph, choice) in glyphs.iter_mut().skip(first).zip(differing) {
            if glyph.text != *choice && !glyph.choices.iter().any(|(known, _)| known == choice) {
                glyph.choices.push((choice.clone(), share));
            }
        }
        return glyphs;
    }
    // Of another length: the part that differs, as one.
    let part: Vec<ReadGlyph> = glyphs.drain(first..last).collect();
    let confidence = part.iter().map(|glyph| glyph.confidence).fold(1.0, f64::min);
    let bottom = part.iter().map(|glyph| glyph.bottom).fold(0.0, f64::max);
    let text = part.iter().map(|glyph| glyph.text.as_str()).collect();
    glyphs.insert(first, ReadGlyph { text, confidence, bottom, choices: vec![(differing.concat(), share)] });
    glyphs
}

/// One spelling for signs that look alike.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' => '-',
            '\u{2018}' | '\u{2019}' | '`' => '\'',
            c => c,
        })
        .collect()
}

/// What a lender may read as an amount or a date: anything with a digit, and months.
fn is_figure(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        || month_of(text.trim_matches(|c: char| !c.is_alphanumeric())).is_some()
}

/// An amount with two decimals, whatever its marks.
pub(super) fn is_money(text: &str) -> bool {
    let figures = text.trim_matches(|c: char| "+-()$£€¥₹CRDB".contains(c));
    let mut ending = figures.bytes().rev();
    let is_digit = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
    is_digit(ending.next())
        && is_digit(ending.next())
        && ending.next().is_some_and(|b| b == b'.' || b == b',')
        && is_digit(ending.next())
        && figures.bytes().all(|b| b.is_ascii_digit() || b".,'".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f64) -> ReadWord {
        let glyphs = text.chars().map(|c| ReadGlyph {
            text: c.to_string(),
            confidence,
            bottom: 10.0,
            choices: Vec::new(),
        });
        ReadWord { bounds: [0.0, 0.0, 50.0, 10.0], confidence, glyphs: glyphs.collect() }
    }

    #[test]
    fn a_mark_that_one_of_them_saw_is_not_lost() {
        let check = |first: (&str, f64), second: (&str, f64), text: &str, choices: &[&str]| {
            let settled = settled(&word(first.0, first.1), Some(&word(second.0, second.1)));
            let found: Vec<&str> = settled
                .glyphs
                .iter()
                .flat_map(|glyph| glyph.choices.iter().map(|(choice, _)| choice.as_str()))
                .collect();
            assert_eq!((settled.text().as_str(), found.as_slice()), (text, choices), "{first:?} {second:?}");
            assert!(settled.confidence <= CONTESTED);
        };
        check(("201,13S", 0.6), ("201,13", 0.9), "201,13S", &[""]);
        check(("201.13", 0.9), ("-201.13", 0.6), "-201.13", &[""]);
        // A digit more is no mark, but may be the letter that looks like it.
        check(("162,748", 0.6), ("162,74", 0.9), "162,74", &["48", "4S"]);
        check(("7162,74", 0.6), ("162,74", 0.9), "162,74", &["71"]);
        check(("0414", 0.5), ("04/14", 0.9), "04/14", &[""]);
    }

    #[test]
    fn only_what_both_say_is_sure() {
        let check = |first: (&str, f64), second: Option<(&str, f64)>, text: &str, sure: bool| {
            let second = second.map(|(text, confidence)| word(text, confidence));
            let settled = settled(&word(first.0, first.1), second.as_ref());
            assert_eq!((settled.text().as_str(), settled.confidence >= 0.85), (text, sure), "{first:?}");
        };
        check(("03/14", 0.70), Some(("03/14", 0.90)), "03/14", true);
        check(("03/14", 0.90), Some(("03/14", 0.70)), "03/14", true);
        // Both may be misled by the same worn pixels.
        check(("03/14", 0.80), Some(("03/14", 0.84)), "03/14", false);
        check(("03/14", 0.30), Some(("03/14", 0.40)), "03/14", false);
        check(("\u{2212}12.00", 0.9), Some(("-12.00", 0.9)), "\u{2212}12.00", true);
        // Letters that look like the digits are no other reading, where one digit was seen.
        check(("1?", 0.60), Some(("17", 0.92)), "17", true);
        check(("ol", 0.60), Some(("01", 0.92)), "01", false);
        // Digits are what counts in a date.
        check(("04,09.", 0.92), Some(("04.09.", 0.90)), "04,09.", true);
        // One of them is wrong.
        check(("03/14", 0.95), Some(("03/11", 0.60)), "03/14", false);
        check(("03/14", 0.60), Some(("03/11", 0.95)), "03/11", false);
        check(("03/14", 0.99), Some(("03/11", 0.99)), "03/11", false);
        // And what only one can read at all is not sure either.
        check(("03/14", 0.99), None, "03/14", false);
    }

    #[test]
    fn months_of_other_languages_are_no_doubt_by_themselves() {
        let check = |text: &str, confidence: f64, sure: Option<bool>| {
            let found =
                untaught_month(text).map(|month| named(&word(text, confidence), month).confidence >= SURE);
            assert_eq!(found, sure, "{text} {confidence}");
        };
        check("novembre", 0.92, Some(true));
        check("März", 0.86, Some(true));
        check("novembre", 0.70, Some(false));
        check("Juni", 0.90, Some(false));
        check("juillet", 0.96, Some(true));
        // These it was taught, so it is asked.
        check("March", 0.99, None);
        check("Okt.", 0.99, None);
        check("12", 0.99, None);
        check("Rent", 0.99, None);
    }

    #[test]
    fn what_the_other_said_is_kept_where_it_differs() {
        let glyphs = |text: &str| word(text, 0.9).glyphs;
        let same_length = with_other_reading(&glyphs("1,280.00"), "1,230.00", 0.3);
        let changed: Vec<(usize, &[(String, f64)])> = same_length
            .iter()
            .enumerate()
            .filter(|(_, glyph)| !glyph.choices.is_empty())
            .map(|(i, glyph)| (i, glyph.choices.as_slice()))
            .collect();
        assert_eq!(changed, [(3, [("3".to_owned(), 0.3)].as_slice())]);
        let longer = with_other_reading(&glyphs("12.00"), "1,122.00", 0.2);
        let texts: Vec<&str> = longer.iter().map(|glyph| glyph.text.as_str()).collect();
        assert_eq!((texts.concat(), longer.len()), ("12.00".to_owned(), 5));
        let shorter = with_other_reading(&glyphs("1.122"), "1.72", 0.2);
        assert_eq!(shorter[2].text, "12");
        assert_eq!(shorter[2].choices, [("7".to_owned(), 0.2)]);
    }

    #[test]
    fn money_has_decimals_and_figures_are_more_than_money() {
        for text in ["1,234.56", "(12.00)", "12,34-", "$0.99", "1'234.50CR", "-7.10"] {
            assert!(is_money(text), "{text}");
        }
        for text in ["12.345", "03/14", "1234", "12.3", ".50.", "Rent", "1.2.34x", ""] {
            assert!(!is_money(text), "{text}");
        }
        for text in ["03/14", "March", "Mar.", "7", "REF12"] {
            assert!(is_figure(text), "{text}");
        }
        assert!(!is_figure("Rent"));
    }
}
