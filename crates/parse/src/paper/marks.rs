//! Points and commas that a recognizer took for each other, or did not see: a document has one mark before its decimals.

use super::line::{Line, Token};
use smartexus_domain::{AmountToken, NumberStyle, PageMethod};

/// So many times more numbers have the mark of the document than another one.
const CLEARLY_MORE: usize = 2;
/// Where so many amounts have two decimals, and of those without hardly one in so many, all of them have.
const WITH_DECIMALS_MIN: usize = 8;
const WITHOUT_DECIMALS: usize = 10;
const DECIMALS: u32 = 2;
/// A number of fewer digits has no place for a mark.
const DIGITS_MIN: usize = 3;

/// Gives the recognized amounts the mark that most of them have. The digits stay what they are.
pub(super) fn settle(lines: &mut [Line]) {
    let recognized = || lines.iter().filter(|line| line.method != PageMethod::Text);
    let styles = recognized().flat_map(|line| &line.tokens).filter_map(style);
    let (mut points, mut commas) = (0, 0);
    for style in styles {
        match style {
            NumberStyle::Point => points += 1,
            NumberStyle::Comma => commas += 1,
        }
    }
    let style = match (points, commas) {
        (points, commas) if points > CLEARLY_MORE * commas => NumberStyle::Point,
        (points, commas) if commas > CLEARLY_MORE * points => NumberStyle::Comma,
        _ => return,
    };
    let have_decimals = have_decimals(lines);
    for line in lines.iter_mut().filter(|line| line.method != PageMethod::Text) {
        for token in line.tokens.iter_mut().filter(|token| token.date.is_none()) {
            token.amount = token.amount.take().map(|amount| amount.with_marks_of(style));
            token.spelled.iter_mut().for_each(|amount| *amount = amount.clone().with_marks_of(style));
            if let Some(amount) = with_mark(token, style).filter(|_| have_decimals) {
                token.spelled.push(amount);
                token.may_lack_mark = true;
            }
        }
    }
}

/// Whether the amounts of the document have two decimals, as a rule.
fn have_decimals(lines: &[Line]) -> bool {
    let tokens = lines.iter().flat_map(|line| &line.tokens).filter(|token| token.date.is_none());
    let (mut with, mut without) = (0_usize, 0_usize);
    for token in tokens.filter(|token| token.is_money()) {
        let has = token.amount.as_ref().is_some_and(|amount| amount.has_decimals(DECIMALS));
        if has { with += 1 } else { without += 1 }
    }
    with >= WITH_DECIMALS_MIN && without * WITHOUT_DECIMALS <= with
}

/// "417€" where "4,17€" may have been printed: the sums tell which.
fn with_mark(token: &Token, style: NumberStyle) -> Option<AmountToken> {
    token.amount.as_ref().filter(|amount| amount.is_plain_integer() && amount.digit_count() >= DIGITS_MIN)?;
    let end = token.text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let at = end.checked_sub(2)?;
    let (whole, decimals) = (token.text.get(..at)?, token.text.get(at..)?);
    let mark = match style {
        NumberStyle::Point => '.',
        NumberStyle::Comma => ',',
    };
    AmountToken::read(&format!("{whole}{mark}{decimals}"))
}

/// What the decimals of an amount say. "12.10" may be a day.
fn style(token: &Token) -> Option<NumberStyle> {
    token.amount.as_ref().filter(|_| token.date.is_none())?.decimal_mark()
}
