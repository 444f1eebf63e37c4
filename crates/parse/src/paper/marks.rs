//! Points and commas that a recognizer took for each other: a document has one mark before its decimals.

use super::line::{Line, Token};
use smartexus_domain::{NumberStyle, PageMethod};

/// So many times more numbers have the mark of the document than another one.
const CLEARLY_MORE: usize = 2;

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
    for line in lines.iter_mut().filter(|line| line.method != PageMethod::Text) {
        for token in line.tokens.iter_mut().filter(|token| token.date.is_none()) {
            token.amount = token.amount.take().map(|amount| amount.with_marks_of(style));
            token.spelled.iter_mut().for_each(|amount| *amount = amount.clone().with_marks_of(style));
        }
    }
}

/// What the decimals of an amount say. "12.10" may be a day.
fn style(token: &Token) -> Option<NumberStyle> {
    token.amount.as_ref().filter(|_| token.date.is_none())?.decimal_mark()
}
