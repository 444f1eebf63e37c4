//! Lines and tokens: words on one baseline, and what each of them can be.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::bidi::{as_read, is_right_to_left};
use super::dates::{
    confidence_of_date, month_put_right, only_date, other_dates, read_date, text_of_date, weekday_put_right,
};
use super::spelled::spelled;
use crate::draft::{OtherDates, SURE_DATE};
use smartexus_domain::{AmountToken, Currency, DateToken, Ink, Page, PageMethod, Rect, Word};

/// Words join to one number only across a gap no wider than a blank; in shares of the font size.
const DIGIT_GAP: f64 = 0.45;
/// A recognizer measures from ink to ink, and a 1 has little of it in its cell.
const INKED_DIGIT_GAP: f64 = 0.6;
/// And no wider than this many of its digits.
const WIDEST_BLANK: f64 = 1.15;
/// Digits of money behind its mark.
const DECIMALS: usize = 2;
/// The width of a letter is told by so many of them, and is the same give or take this share.
const PITCH_LETTERS_MIN: f64 = 4.0;
const SAME_PITCH: f64 = 0.06;
/// Parts of one date stand this close.
const DATE_GAP: f64 = 0.8;
/// From ink to ink, and where all letters have one width.
const INKED_DATE_GAP: f64 = 1.0;
/// A day and its month that have a column each stand this close.
const DAY_MONTH_GAP: f64 = 3.0;
/// A currency mark, a minus or a CR may stand this far from its number.
const MARK_GAP: f64 = 1.3;
/// A date that was not read as it stands there is never surer.
const MISREAD_DATE: f64 = 0.5;
/// Words of one sentence stand this close.
pub(super) const WORD_GAP: f64 = 0.45;
/// Words of one cell of text stand this close.
const CELL_GAP: f64 = 1.1;
/// Most words of one date ("Mon 2 de marzo de 2026") and of one number ("- 1 234 567,89 EUR").
const DATE_WORDS_MAX: usize = 6;
const AMOUNT_WORDS_MAX: usize = 6;

/// A piece of a line with everything it can mean. Nothing is decided here.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) bounds: Rect,
    pub(super) size: f64,
    pub(super) confidence: f64,
    pub(super) date: Option<DateToken>,
    pub(super) amount: Option<AmountToken>,
    /// What a recognizer thought the amount may be instead.
    pub(super) spelled: Vec<AmountToken>,
    /// It may have lost its mark before the decimals: among what it may be instead is what it is then.
    pub(super) may_lack_mark: bool,
    /// What a recognizer thought the date may be instead.
    pub(super) other_dates: OtherDates,
    /// It stands at the beginning of its line, or only dates stand before it: there `12.10` is a day.
    pub(super) leads: bool,
}

impl Token {
    /// Printed like money: decimals, a currency mark, or at least groups of digits.
    pub(super) fn is_money(&self) -> bool {
        let Some(amount) = self.amount.as_ref().filter(|a| a.is_readable(2) || a.is_readable(3)) else {
            return false;
        };
        let dotted_date = self.date.is_some() && self.leads && amount.currency_mark().is_none();
        !dotted_date && (amount.has_decimals(2) || amount.currency_mark().is_some() || amount.has_decimals(3))
            || (self.date.is_none() && !amount.is_plain_integer())
    }

    /// A currency symbol or code that stands alone in its column.
    pub(super) fn is_bare_mark(&self) -> bool {
        matches!(
            self.text.as_str(),
            "$" | "€"
                | "£"
                | "₹"
                | "¥"
                | "-"
                | "+"
                | "Rs."
                | "Rs"
                | "R"
                | "Fr."
                | "Fr"
                | "kr"
                | "kr."
                | "RM"
                | "zł"
        ) || self.text.len() == 3 && Currency::from_code(&self.text).is_some_and(|code| code.is_known())
    }

    /// Neither date nor number.
    pub(super) fn is_text(&self) -> bool {
        self.date.is_none() && self.amount.is_none()
    }
}

/// Words on one baseline.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// 1-based.
    pub(super) page: u32,
    pub(super) method: PageMethod,
    pub(super) bounds: Rect,
    /// Median font size in points.
    pub(super) size: f64,
    pub(super) tokens: Vec<Token>,
}

/// A run of text tokens that stand close together.
pub(super) struct TextCell {
    /// Index of the first token and one past the last.
    pub(super) tokens: std::ops::Range<usize>,
    pub(super) text: String,
    pub(super) bounds: Rect,
}

impl Line {
    /// The whole line, tokens joined by one blank.
    pub(super) fn text(&self) -> String {
        join(&self.tokens)
    }

    /// The words of the line with a bar where the gap is wide: what stands beyond it belongs to something else.
    pub(super) fn words(&self) -> Vec<&str> {
        let mut words = Vec::new();
        let mut before: Option<&Token> = None;
        for token in &self.tokens {
            if before.is_some_and(|b| token.bounds.x0 - b.bounds.x1 > CELL_GAP * token.size) {
                words.push("|");
            }
            words.extend(token.text.split(' '));
            before = Some(token);
        }
        words
    }

    /// Whether a token follows a word as the next word of a sentence does: "purchase abroad 1,584.13 USD at 1.0651".
    pub(super) fn is_in_text(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.zip(self.tokens.get(at)).is_some_and(|(before, token)| {
            before.text.ends_with(|c: char| c.is_alphabetic() || matches!(c, ':' | ','))
                && !before.is_bare_mark()
                && token.bounds.x0 - before.bounds.x1 < WORD_GAP * token.size
        })
    }

    /// Whether any token is printed like money.
    pub(super) fn has_money(&self) -> bool {
        self.tokens.iter().any(Token::is_money)
    }

    /// Cells of text between dates, amounts and wide gaps. Plain whole numbers belong to the text around them.
    pub(super) fn text_cells(&self) -> Vec<TextCell> {
        let mut cells: Vec<TextCell> = Vec::new();
        for (index, token) in self.tokens.iter().enumerate() {
            if token.is_money() || token.date.is_some() {
                continue;
            }
            match cells.last_mut() {
                Some(cell)
                    if cell.tokens.end == index
                        && token.bounds.x0 - cell.bounds.x1 < CELL_GAP * token.size =>
                {
                    cell.tokens.end = index + 1;
                    cell.text.push(' ');
                    cell.text.push_str(&token.text);
                    cell.bounds = cell.bounds.union(token.bounds);
                }
                _ => cells.push(TextCell {
                    tokens: index..index + 1,
                    text: token.text.clone(),
                    bounds: token.bounds,
                }),
            }
        }
        cells
    }
}

/// Token texts as they are read, joined by one blank.
pub(super) fn join<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> String {
    let mut text = String::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    if text.is_ascii() || !text.chars().any(is_right_to_left) {
        return text;
    }
    as_read(text.split(' ').collect()).join(" ")
}

/// The lines of every page, top to bottom. Words that run in another direction than the page's main one (watermarks,
/// margin notes) are left out.
pub(super) fn build(pages: &[Page]) -> Vec<Line> {
    let groups: Vec<(&Page, Vec<Vec<&Word>>)> = pages.iter().map(|page| (page, grouped(page))).collect();
    // Where days and months have a column each, they do so in every table of the document: one row of its last page may
    // be the only one there.
    let are_days_spaced = are_days_spaced(groups.iter().flat_map(|(_, groups)| groups));
    let of_page = |(page, groups): (&Page, Vec<Vec<&Word>>)| {
        let lines = groups.into_iter().filter_map(|group| line(page, &group, are_days_spaced));
        lines.collect::<Vec<Line>>()
    };
    groups.into_iter().flat_map(of_page).collect()
}

/// The words of a page by their baselines, top to bottom.
fn grouped(page: &Page) -> Vec<Vec<&Word>> {
    let mut words: Vec<&Word> = page.words.iter().filter(|w| w.angle == 0 && is_finite(w.bounds)).collect();
    words.sort_by(|a, b| {
        a.bounds.mid_y().total_cmp(&b.bounds.mid_y()).then(a.bounds.x0.total_cmp(&b.bounds.x0))
    });
    let mut groups: Vec<Vec<&Word>> = Vec::new();
    for word in words {
        let same =
            groups.last().and_then(|group| group.first()).is_some_and(|first| on_one_line(first, word));
        match groups.last_mut() {
            Some(group) if same => group.push(word),
            _ => groups.push(vec![word]),
        }
    }
    for group in &mut groups {
        group.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    }
    groups
}

fn is_finite(r: Rect) -> bool {
    [r.x0, r.y0, r.x1, r.y1].into_iter().all(f64::is_finite)
}

fn on_one_line(a: &Word, b: &Word) -> bool {
    let (low, high) = (a.bounds.height().min(b.bounds.height()), a.bounds.height().max(b.bounds.height()));
    // A recognizer measures ink, and a plus or a minus has little of it.
    let is_sign = |word: &Word| word.recognized && word.text.chars().all(|c| "+-\u{2212}".contains(c));
    let height = if is_sign(a) || is_sign(b) { high } else { low }.max(1.0);
    (a.bounds.mid_y() - b.bounds.mid_y()).abs() < 0.5 * height
}

fn line(page: &Page, words: &[&Word], are_days_spaced: bool) -> Option<Line> {
    let bounds = words.iter().map(|w| w.bounds).reduce(Rect::union)?;
    let mut sizes: Vec<f64> = words.iter().map(|w| w.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().filter(|s| *s > 0.0).unwrap_or(10.0);
    let tokens = tokens(words, are_days_spaced);
    Some(Line { page: page.page, method: method(page, words), bounds, size, tokens })
}

/// A line of which one word was recognized is no surer than that word.
fn method(page: &Page, words: &[&Word]) -> PageMethod {
    let is_recognized = page.method == PageMethod::Mixed && words.iter().any(|word| word.recognized);
    match page.method {
        PageMethod::Mixed if !is_recognized => PageMethod::Text,
        PageMethod::Mixed | PageMethod::Ocr => PageMethod::Ocr,
        PageMethod::Text => PageMethod::Text,
    }
}

fn tokens(words: &[&Word], are_days_spaced: bool) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    let mut dates_before = 0;
    let are_two_days = leads_with_two_days(words);
    while at < words.len() {
        let spaced = match at {
            0 | 2 if are_two_days => 2,
            _ if are_days_spaced => spaced_day(words, at),
            _ => 0,
        };
        let dated = if spaced > 0 { spaced } else { date_words(words, at) };
        let amount = if spaced > 0 || leads_with_day(words, at) { 0 } else { amount_words(words, at) };
        let count = dated.max(amount).max(1);
        let Some(taken) = words.get(at..at + count) else { break };
        let mut next = token(taken, dated == count, amount == count);
        // Booking and value date lead a line; what comes third is no date.
        next.leads = dates_before == tokens.len() && dates_before < 2;
        dates_before += usize::from(next.date.is_some());
        tokens.push(next);
        at += count;
    }
    tokens
}

fn token(words: &[&Word], dated: bool, counted: bool) -> Token {
    let text = if dated { text_of_date(words) } else { joined(words) };
    let bounds = words.iter().map(|w| w.bounds).reduce(Rect::union).unwrap_or(Rect {
        x0: 0.0,
        y0: 0.0,
        x1: 0.0,
        y1: 0.0,
    });
    let confidence = words.iter().map(|w| w.confidence).fold(1.0, f64::min);
    let size = words.iter().map(|w| w.size).fold(0.0, f64::max).max(1.0);
    let amount =
        if counted { AmountToken::read(&text).map(|amount| amount.with_ink(ink(words))) } else { None };
    let spelled = if amount.is_some() { spelled(words) } else { Vec::new() };
    let (date, confidence) = if dated {
        (read_date(&text_of_date(words)), confidence_of_date(words))
    } else if amount.is_none() && words.iter().all(|word| word.recognized) {
        // "19.22." is no day, but with the other 2 that a recognizer saw there it may be one.
        let date = only_date(words);
        (date, if date.is_some() { confidence.min(MISREAD_DATE) } else { confidence })
    } else {
        (None, confidence)
    };
    let doubtful = date.filter(|_| confidence < SURE_DATE);
    let other_dates = doubtful.map_or(OtherDates::Unnamed, |date| other_dates(words, date));
    let may_lack_mark = false;
    Token { text, bounds, size, confidence, date, amount, spelled, may_lack_mark, other_dates, leads: false }
}

/// The color of the digits.
fn ink(words: &[&Word]) -> Ink {
    let figure = words.iter().find(|word| word.text.bytes().any(|b| b.is_ascii_digit()));
    figure.and_then(|word| word.color).map_or(Ink::Plain, Ink::of)
}

/// "03 04": the day and the month of a column of days, at the beginning of a line or further on in it. 0 if it is none.
fn spaced_day(words: &[&Word], at: usize) -> usize {
    let is_pair = |word: &Word| word.text.len() == 2 && word.text.bytes().all(|b| b.is_ascii_digit());
    let [day, month] = words.get(at..at + 2).unwrap_or_default() else { return 0 };
    let between = gap(day, month);
    let is_apart = |gap: f64| gap > DATE_GAP;
    // No word follows a day so closely as a figure may follow another.
    let is_word = |word: &Word| !word.text.bytes().any(|b| b.is_ascii_digit());
    let is_behind = |next: &&Word| is_apart(gap(month, next)) || is_word(next) && gap(month, next) > WORD_GAP;
    let stands_alone = words.get(at + 2).is_none_or(is_behind)
        && at.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|left| is_apart(gap(left, day)));
    let is_day = is_pair(day) && is_pair(month) && between <= DAY_MONTH_GAP && stands_alone;
    if is_day && read_date(&joined(&[*day, *month])).is_some() { 2 } else { 0 }
}

/// "01 07 03 07" at the beginning of a line: two days in one habit, wherever the gap between them is narrower than those
/// within. Taken by the gaps alone, the month of the first would be the day of a third.
fn leads_with_two_days(words: &[&Word]) -> bool {
    let is_pair = |word: &Word| word.text.len() == 2 && word.text.bytes().all(|b| b.is_ascii_digit());
    let [a, b, c, d] = words.get(..4).unwrap_or_default() else { return false };
    let is_day = |day: &Word, month: &Word| {
        gap(day, month) <= DAY_MONTH_GAP && read_date(&joined(&[day, month])).is_some()
    };
    let goes_on = words
        .get(4)
        .is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()) && gap(d, next) <= DATE_GAP);
    [a, b, c, d].into_iter().all(|word| is_pair(word)) && is_day(a, b) && is_day(c, d) && !goes_on
}

/// Whether days and months have a column each: two lines at least begin with such a pair at one place.
fn are_days_spaced<'a>(groups: impl Iterator<Item = &'a Vec<&'a Word>>) -> bool {
    let groups: Vec<&Vec<&Word>> = groups.collect();
    let spaced = || groups.iter().filter(|words| spaced_day(words, 0) > 0);
    let begins: Vec<(f64, f64)> =
        spaced().filter_map(|words| Some((words.first()?.bounds.x0, words.get(1)?.bounds.x0))).collect();
    // One row is enough where nothing else begins with a day.
    let is_row = |words: &&&Vec<&Word>| {
        words
            .last()
            .is_some_and(|last| AmountToken::read(&last.text).is_some_and(|amount| amount.has_decimals(2)))
    };
    if begins.len() == 1 && spaced().any(|words| is_row(&words)) {
        return !groups.iter().any(|words| date_words(words, 0) > 0);
    }
    let alike = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() < 1.0 && (a.1 - b.1).abs() < 1.0;
    begins.first().is_some_and(|first| begins.iter().filter(|other| alike(first, other)).count() > 1)
}

/// "04.06.23 EUR 1.640,96" at the beginning of a line: the mark is that of the amount behind it, and the day is no number.
fn leads_with_day(words: &[&Word], at: usize) -> bool {
    let [day, mark, next] = words.get(at..at + 3).unwrap_or_default() else { return false };
    let is_number = |text: &str| {
        let bare = text.trim_start_matches(['-', '+', '\u{2212}', '(']);
        bare.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_mark = !mark.text.bytes().any(|b| b.is_ascii_digit());
    at == 0
        && read_date(&day.text).is_some()
        && is_mark
        && is_number(&next.text)
        && AmountToken::read(&joined(&[*mark, *next])).is_some()
}

fn gap(left: &Word, right: &Word) -> f64 {
    (right.bounds.x0 - left.bounds.x1) / left.size.max(right.size).max(1.0)
}

fn joined(words: &[&Word]) -> String {
    let mut text = String::new();
    let mut before: Option<&Word> = None;
    for word in words {
        if before.is_some_and(|before| !is_torn(before, word)) {
            text.push(' ');
        }
        text.push_str(&word.text);
        before = Some(word);
    }
    text
}

/// "37.741" and ",25" that a recognizer took apart at the mark.
fn is_torn(left: &Word, right: &Word) -> bool {
    let is_mark = |c: char| matches!(c, '.' | ',');
    let is_recognized = left.recognized && right.recognized;
    let begins_with_decimals = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count() == DECIMALS;
    let whole = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let mark_ahead = whole(&left.text) && right.text.strip_prefix(is_mark).is_some_and(begins_with_decimals);
    let mark_behind = left.text.strip_suffix(is_mark).is_some_and(whole) && begins_with_decimals(&right.text);
    is_recognized && (mark_ahead || mark_behind) && gap(left, right) <= INKED_DIGIT_GAP
}

/// How many words from `at` form one date; 0 if none do. A shorter date wins where the words after it form
/// another ("02 Mar 03 Mar" is two dates, not the year 2003).
fn date_words(words: &[&Word], at: usize) -> usize {
    let is_figure = |word: &&Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    let may_begin = |first: &&Word| {
        DateToken::may_begin(&first.text)
            || at == 0 && weekday_put_right(first).is_some()
            || words.get(at + 1).is_some_and(is_figure) && month_put_right(first).is_some()
    };
    if !words.get(at).is_some_and(may_begin) {
        return 0;
    }
    let fits = |from: usize, count: usize| {
        let Some(run) = words.get(from..from + count) else { return false };
        let reach = |a: &Word, b: &Word| if a.recognized && b.recognized { INKED_DATE_GAP } else { DATE_GAP };
        let close = run.windows(2).all(|pair| matches!(pair, [a, b] if gap(a, b) <= reach(a, b)));
        close && read_date(&text_of_date(run)).is_some()
    };
    let longest = (1..=DATE_WORDS_MAX).rev().find(|count| fits(at, *count)).unwrap_or(0);
    let shorter = (1..longest).rev().find(|count| {
        fits(at, *count)
            && (2..=DATE_WORDS_MAX).any(|next| at + count + next > at + longest && fits(at + count, next))
    });
    shorter.unwrap_or(longest)
}

/// How many words from `at` form one number with its marks; 0 if none do.
fn amount_words(words: &[&Word], at: usize) -> usize {
    if words.get(at).is_none_or(|first| is_plain_word(&first.text)) {
        return 0;
    }
    let mut best = 0;
    for count in 1..=AMOUNT_WORDS_MAX {
        let Some(run) = words.get(at..at + count) else { break };
        let close = run.windows(2).all(|pair| matches!(pair, [a, b] if gap(a, b) <= allowed_gap(a, b)));
        if !close {
            break;
        }
        if AmountToken::read(&joined(run)).is_some() && (count == 1 || starts_or_goes_on(run)) {
            best = count;
        }
    }
    best - usize::from(best > 1 && marks_the_next(words, at + best - 1))
}

/// "65609653   -Rs. 140.94": a mark that stands nearer to the number behind it is that one's.
fn marks_the_next(words: &[&Word], at: usize) -> bool {
    let around = at.checked_sub(1).and_then(|before| words.get(before..at + 2)).unwrap_or_default();
    let [before, mark, next] = around else { return false };
    let is_mark = !mark.text.bytes().any(|b| b.is_ascii_digit());
    is_mark
        && gap(mark, next) < gap(before, mark)
        && next.text.bytes().any(|b| b.is_ascii_digit())
        && AmountToken::read(&joined(&[*mark, *next])).is_some()
}

/// A word that begins no number: no digits, and more letters than any mark of money has. Of the rand's `R` there may be many.
fn is_plain_word(text: &str) -> bool {
    const LETTERS_MAX: usize = 3;
    !text.bytes().any(|b| b.is_ascii_digit())
        && text.chars().filter(|c| c.is_alphabetic() && *c != 'R').count() > LETTERS_MAX
}

fn allowed_gap(left: &Word, right: &Word) -> f64 {
    let ends_in_digit = left.text.ends_with(|c: char| c.is_ascii_digit());
    let starts_with_digit = right.text.starts_with(|c: char| c.is_ascii_digit());
    if !(ends_in_digit && starts_with_digit) {
        return MARK_GAP;
    }
    // Where all letters have one width, so has the blank between groups.
    let letters = f64::from(u32::try_from(left.text.chars().count().max(1)).unwrap_or(1));
    let letter = (left.bounds.x1 - left.bounds.x0) / letters / left.size.max(right.size).max(1.0);
    let is_inked = left.recognized || right.recognized;
    let widest = if is_inked { INKED_DIGIT_GAP } else { DIGIT_GAP };
    if is_inked && are_of_one_pitch(left, right) {
        return f64::INFINITY;
    }
    widest.max(WIDEST_BLANK * letter)
}

/// Whether two recognized words stand as they do where all letters have one width, with one blank between them: from ink
/// to ink that is more than a letter.
fn are_of_one_pitch(left: &Word, right: &Word) -> bool {
    let count = |word: &Word| f64::from(u32::try_from(word.text.chars().count()).unwrap_or(u32::MAX));
    let (before, behind) = (count(left), count(right));
    let of_right = right.bounds.width() / behind.max(1.0);
    let of_both = (right.bounds.x1 - left.bounds.x0) / (before + 1.0 + behind);
    behind >= PITCH_LETTERS_MIN && (of_both - of_right).abs() <= SAME_PITCH * of_right
}

/// "12 345.00" is one number only if its pieces are groups: two numbers in neighbouring columns are two numbers.
fn starts_or_goes_on(run: &[&Word]) -> bool {
    let is_numeric = |t: &&str| t.bytes().any(|b| b.is_ascii_digit());
    let text = joined(run);
    let numeric: Vec<&str> = text.split(' ').filter(is_numeric).collect();
    // What has decimals is complete.
    let is_open = |t: &&str| !t.contains(['.', ',']);
    numeric.iter().rev().skip(1).all(is_open)
        && numeric.iter().skip(1).all(|piece| piece.bytes().take_while(u8::is_ascii_digit).count() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::{PageFacts, PageRoute};

    #[test]
    fn on_a_mixed_page_each_line_is_as_sure_as_its_words() {
        let method_of = |method, recognized| {
            let page = Page { method, ..page() };
            let words = [false, recognized].map(|recognized| Word { recognized, ..word("a", 0.0) });
            super::method(&page, &words.iter().collect::<Vec<_>>())
        };
        assert_eq!(method_of(PageMethod::Mixed, false), PageMethod::Text);
        assert_eq!(method_of(PageMethod::Mixed, true), PageMethod::Ocr);
        assert_eq!(method_of(PageMethod::Text, false), PageMethod::Text);
        assert_eq!(method_of(PageMethod::Ocr, false), PageMethod::Ocr);
    }

    /// 10 points high and 5 points a letter.
    fn word(text: &str, x0: f64) -> Word {
        Word {
            text: text.to_owned(),
            bounds: Rect { x0, y0: 100.0, x1: x0 + 5.0 * text.chars().count() as f64, y1: 110.0 },
            confidence: 1.0,
            size: 10.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        }
    }

    fn page() -> Page {
        Page {
            page: 1,
            width: 600.0,
            height: 800.0,
            rotation: 0,
            method: PageMethod::Text,
            route: PageRoute::Text,
            words: Vec::new(),
            text: String::new(),
            hidden_words: Vec::new(),
            unmapped_glyphs: 0,
            covered_glyphs: None,
            facts: PageFacts::default(),
            fonts: Vec::new(),
            complete: true,
        }
    }

    /// Words at their x positions.
    fn line_of(words: &[(&str, f64)]) -> Line {
        let words = words.iter().map(|(text, x0)| word(text, *x0)).collect();
        build(&[Page { words, ..page() }]).remove(0)
    }

    #[track_caller]
    fn check(words: &[(&str, f64)], expected: &[&str]) {
        let texts: Vec<String> = line_of(words).tokens.into_iter().map(|t| t.text).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn words_join_to_dates_and_numbers() {
        check(&[("02", 0.0), ("Mar", 13.0), ("2026", 31.0), ("CARD", 80.0)], &["02 Mar 2026", "CARD"]);
        check(&[("02", 0.0), ("Mar", 13.0), ("03", 31.0), ("Mar", 44.0)], &["02 Mar", "03 Mar"]);
        check(&[("1", 0.0), ("234,56", 8.0), ("€", 42.0)], &["1 234,56 €"]);
        check(&[("12.00", 0.0), ("CR", 30.0)], &["12.00 CR"]);
        check(&[("$", 0.0), ("12.00", 12.0)], &["$ 12.00"]);
        check(&[("-", 0.0), ("7.41", 8.0)], &["- 7.41"]);
        check(&[("£499.35", 0.0), ("OD", 38.0)], &["£499.35 OD"]);
    }

    #[test]
    fn two_days_without_a_year_are_two_wherever_the_gaps_are() {
        // Words are as wide as they have letters; the gap in the middle is the narrowest.
        let narrow = [("01", 0.0), ("07", 21.0), ("03", 38.5), ("07", 59.5), ("FEE", 110.0)];
        check(&narrow, &["01 07", "03 07", "FEE"]);
        check(&[("01", 0.0), ("07", 13.0), ("03", 60.0), ("07", 73.0)], &["01 07", "03 07"]);
        check(&[("02", 0.0), ("03", 13.0), ("26", 26.0), ("CARD", 80.0)], &["02 03 26", "CARD"]);
    }

    #[test]
    fn numbers_of_two_columns_stay_apart() {
        check(&[("12.00", 0.0), ("345.00", 30.0)], &["12.00", "345.00"]);
        check(&[("100", 0.0), ("200", 60.0)], &["100", "200"]);
        check(&[("REF", 0.0), ("12", 18.0), ("45.00", 31.0)], &["REF", "12", "45.00"]);
        check(&[("123", 0.0), ("-Rs.", 26.0), ("140.94", 48.0)], &["123", "-Rs. 140.94"]);
        check(&[("123", 0.0), ("-", 17.0), ("140.94", 48.0)], &["123 -", "140.94"]);
    }

    #[test]
    fn a_recognized_blank_is_as_wide_as_the_paper_between_the_ink() {
        let texts = |recognized| {
            let words = [("1", 0.0), ("808,59", 10.8)];
            let words = words.map(|(text, x0)| Word { recognized, ..word(text, x0) }).to_vec();
            build(&[Page { words, ..page() }]).remove(0).tokens.len()
        };
        assert_eq!((texts(true), texts(false)), (1, 2));
    }

    #[test]
    fn a_recognized_blank_is_as_wide_as_a_letter_where_all_letters_are() {
        // In cells of 5 points, letters of 4.2 points with ink.
        let inked = |text: &str, x0: f64| {
            let wide = 5.0 * text.chars().count() as f64 - 0.8;
            let bounds = Rect { x0, y0: 100.0, x1: x0 + wide, y1: 108.0 };
            Word { recognized: true, size: 8.0, bounds, ..word(text, x0) }
        };
        let texts = |left: &str, right: &str, x0: f64| {
            let words = vec![inked(left, 0.0), inked(right, x0)];
            build(&[Page { words, ..page() }]).remove(0).tokens.len()
        };
        assert_eq!(texts("23", "622,48", 15.0), 1);
        assert_eq!(texts("23", "622,48", 20.0), 2, "two blanks");
        assert_eq!(texts("15", "sept", 15.0), 1);
    }

    #[test]
    fn a_token_may_be_date_and_number_at_once() {
        let line = line_of(&[("02.03", 0.0)]);
        let token = &line.tokens[0];
        assert!(token.date.is_some() && token.amount.is_some() && !token.is_money());
    }
}
