//! Printed numbers. Reading is total and refuses to guess: a token keeps its digits and separators until a
//! [`NumberStyle`], proved by the document, says what they mean.

use crate::Currency;
use crate::printed_digits::{PrintedDigits, is_evenly_grouped};

/// Which mark separates whole units from minor units. Everything else between digits is grouping:
/// thousands, Indian lakh and crore groups, Swiss apostrophes, thin and no-break spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberStyle {
    /// `1,234.56`, `1'234.56`, `1,23,456.78`, `1 234.56`.
    Point,
    /// `1.234,56`, `1 234,56`.
    Comma,
}

impl NumberStyle {
    /// Both styles.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    const fn mark(self) -> u8 {
        match self {
            Self::Point => b'.',
            Self::Comma => b',',
        }
    }
}

/// What the token says about its sign. Direction is decided later: a mark is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignMark {
    /// No mark at all.
    None,
    /// A plus, before or after.
    Plus,
    /// A minus before or after, or parentheses.
    Minus,
    /// `CR`, `C`, `H`, `Haben`: money in, or a balance in the holder's favour.
    Credit,
    /// `DR`, `D`, `OD`, `S`, `Soll`: money out, or an overdrawn balance.
    Debit,
    /// Two marks that disagree, such as `-12.00 CR`.
    Conflict,
}

impl SignMark {
    /// What two marks of one number say together.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, other) | (other, Self::None) => other,
            (a, b) if a == b => a,
            // "-12.00 DR" and "+12.00 CR" say the same thing twice.
            (Self::Minus, Self::Debit) | (Self::Debit, Self::Minus) => Self::Debit,
            (Self::Plus, Self::Credit) | (Self::Credit, Self::Plus) => Self::Credit,
            (Self::Plus | Self::Minus | Self::Credit | Self::Debit | Self::Conflict, _) => Self::Conflict,
        }
    }
}

/// The signs that were taken off a number so far.
struct Signs {
    merged: SignMark,
    has_minus: bool,
    has_plus: bool,
}

impl Default for Signs {
    fn default() -> Self {
        Self { merged: SignMark::None, has_minus: false, has_plus: false }
    }
}

impl Signs {
    fn add(&mut self, sign: SignMark) {
        self.merged = self.merged.and(sign);
        self.has_minus |= sign == SignMark::Minus;
        self.has_plus |= sign == SignMark::Plus;
    }
}

/// The color that a number is printed in, as far as colors say something about money: red is money out or a balance
/// below nothing, green is money in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// Black, or any color without a meaning.
    #[default]
    Plain,
    /// Red.
    Red,
    /// Green.
    Green,
}

impl Ink {
    /// The ink of an sRGB color.
    #[must_use]
    pub const fn of([red, green, blue]: [u8; 3]) -> Self {
        let (r, g, b) = (red as u16, green as u16, blue as u16);
        if r >= 96 && 2 * g <= r && 2 * b <= r {
            Self::Red
        } else if g >= 72 && 4 * r <= 3 * g && 5 * b <= 4 * g {
            Self::Green
        } else {
            Self::Plain
        }
    }
}

/// One printed number, taken apart but not yet interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountToken {
    digits: PrintedDigits,
    sign: SignMark,
    mark: Option<CurrencyMark>,
    ink: Ink,
}

/// A currency mark beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyMark {
    /// An ISO 4217 code or a symbol that only one currency uses.
    Certain(Currency),
    /// A symbol that several currencies share, such as `$`, `kr` or `¥`.
    Shared(&'static str),
}

/// Symbols and words printed instead of codes; longer ones first. Shared symbols name no currency.
const MARKS: [(&str, CurrencyMarkName); 25] = [
    ("HK$", CurrencyMarkName::Code("HKD")),
    ("NZ$", CurrencyMarkName::Code("NZD")),
    ("US$", CurrencyMarkName::Code("USD")),
    ("AU$", CurrencyMarkName::Code("AUD")),
    ("CA$", CurrencyMarkName::Code("CAD")),
    ("NT$", CurrencyMarkName::Code("TWD")),
    ("A$", CurrencyMarkName::Code("AUD")),
    ("C$", CurrencyMarkName::Code("CAD")),
    ("S$", CurrencyMarkName::Code("SGD")),
    ("R$", CurrencyMarkName::Code("BRL")),
    ("€", CurrencyMarkName::Code("EUR")),
    ("£", CurrencyMarkName::Code("GBP")),
    ("₹", CurrencyMarkName::Code("INR")),
    ("₽", CurrencyMarkName::Code("RUB")),
    ("₩", CurrencyMarkName::Code("KRW")),
    ("₪", CurrencyMarkName::Code("ILS")),
    ("zł", CurrencyMarkName::Code("PLN")),
    ("Kč", CurrencyMarkName::Code("CZK")),
    ("SFr.", CurrencyMarkName::Code("CHF")),
    ("Fr.", CurrencyMarkName::Code("CHF")),
    ("$", CurrencyMarkName::Shared("$")),
    ("¥", CurrencyMarkName::Shared("¥")),
    ("Rs.", CurrencyMarkName::Shared("Rs")),
    ("Rs", CurrencyMarkName::Shared("Rs")),
    ("kr", CurrencyMarkName::Shared("kr")),
];
/// A letter before digits is more often a reference; before decimals it is money.
const RAND: (char, &str) = ('R', "ZAR");

#[derive(Clone, Copy)]
enum CurrencyMarkName {
    Code(&'static str),
    Shared(&'static str),
}

/// Words after a number that carry its direction. Single letters count only when they stand directly behind.
const TRAILING_MARKS: [(&str, SignMark); 10] = [
    ("CREDIT", SignMark::Credit),
    ("DEBIT", SignMark::Debit),
    ("CR", SignMark::Credit),
    ("DR", SignMark::Debit),
    ("DB", SignMark::Debit),
    ("OD", SignMark::Debit),
    ("C", SignMark::Credit),
    ("D", SignMark::Debit),
    ("H", SignMark::Credit),
    ("S", SignMark::Debit),
];

impl AmountToken {
    /// Takes a printed number apart; `None` when the text is anything but one number with its marks.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        // Of the words of a document most are no numbers, and show it at first sight.
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut rest = text.trim_matches(is_blank);
        let mut signs = Signs::default();
        let mut mark = None;
        if let Some(inner) = strip_brackets(rest) {
            signs.add(SignMark::Minus);
            rest = inner.trim_matches(is_blank);
        }
        rest = strip_front(rest, &mut signs, &mut mark);
        rest = strip_back(rest, &mut signs, &mut mark);
        if let Some(inner) = strip_brackets(rest) {
            signs.add(SignMark::Minus);
            rest = inner.trim_matches(is_blank);
        }
        let is_rand = mark.is_none() && rest.starts_with(RAND.0);
        if is_rand {
            mark = Currency::from_code(RAND.1).map(CurrencyMark::Certain);
            rest = strip_front(rest.trim_start_matches(RAND.0).trim_matches(is_blank), &mut signs, &mut mark);
        }
        let digits = PrintedDigits::read(rest, is_blank)?;
        if is_rand && (!digits.has_separators() || digits.last_group() != 2) {
            return None;
        }
        Some(Self { digits, sign: signs.merged, mark, ink: Ink::Plain })
    }

    /// What the token says about its sign.
    #[must_use]
    pub const fn sign(&self) -> SignMark {
        self.sign
    }

    /// The same number with a mark that stands in a cell of its own.
    #[must_use]
    pub fn with_sign(mut self, sign: SignMark) -> Self {
        self.sign = self.sign.and(sign);
        self
    }

    /// The same number as it is printed: text alone does not say the color.
    #[must_use]
    pub const fn with_ink(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }

    /// The color that it is printed in.
    #[must_use]
    pub const fn ink(&self) -> Ink {
        self.ink
    }

    /// The currency mark beside it.
    #[must_use]
    pub const fn currency_mark(&self) -> Option<CurrencyMark> {
        self.mark
    }

    /// The magnitude in minor units under a style; `None` where the token is not money in that style
    /// (two decimal marks, uneven groups, more decimals than the currency has).
    #[must_use]
    pub fn minor(&self, style: NumberStyle, exponent: u32) -> Option<i64> {
        let bytes = self.digits.bytes();
        let mut parts = bytes.splitn(2, |byte| *byte == style.mark());
        let (whole, decimals) = (parts.next()?, parts.next().unwrap_or_default());
        if !decimals.iter().all(u8::is_ascii_digit) || !is_evenly_grouped(whole) {
            return None;
        }
        let exponent = exponent as usize;
        let (kept, dropped) = decimals.split_at(decimals.len().min(exponent));
        if dropped.iter().any(|digit| *digit != b'0') {
            return None;
        }
        let padding = std::iter::repeat_n(&b'0', exponent - kept.len());
        let digits = whole.iter().filter(|byte| byte.is_ascii_digit()).chain(kept).chain(padding);
        digits.into_iter().try_fold(0_i64, |value, digit| {
            value.checked_mul(10)?.checked_add(i64::from(digit.wrapping_sub(b'0')))
        })
    }

    /// Whether it is money under any style.
    #[must_use]
    pub fn is_readable(&self, exponent: u32) -> bool {
        NumberStyle::ALL.into_iter().any(|style| self.minor(style, exponent).is_some())
    }

    /// The same digits with the marks of a style, where a recognizer took a point for a comma or the reverse: two digits
    /// behind the last mark are decimals under every style, so nothing else can be meant. Any other number stays as it is.
    #[must_use]
    pub fn with_marks_of(mut self, style: NumberStyle) -> Self {
        if !self.has_decimals(2) || self.minor(style, 2).is_some() {
            return self;
        }
        let grouping =
            NumberStyle::ALL.into_iter().find(|other| *other != style).map_or(b' ', NumberStyle::mark);
        let last = self.digits.separators().count().saturating_sub(1);
        for (at, separator) in self.digits.separators_mut().enumerate() {
            *separator = match *separator {
                _ if at == last => style.mark(),
                b'.' | b',' => grouping,
                other => other,
            };
        }
        self
    }

    /// The style whose mark stands before two last digits, whatever the marks before it say; `None` without decimals.
    #[must_use]
    pub fn decimal_mark(&self) -> Option<NumberStyle> {
        let last = self.digits.separators().next_back().filter(|_| self.has_decimals(2))?;
        NumberStyle::ALL.into_iter().find(|style| style.mark() == last)
    }

    /// Every value the token can have: one entry for each style under which it is money.
    /// Equal values of both styles are one entry: then the style does not matter.
    #[must_use]
    pub fn readings(&self, exponent: u32) -> Vec<(NumberStyle, i64)> {
        let mut values: Vec<(NumberStyle, i64)> = NumberStyle::ALL
            .into_iter()
            .filter_map(|style| self.minor(style, exponent).map(|minor| (style, minor)))
            .collect();
        values.dedup_by_key(|(_, minor)| *minor);
        values
    }

    /// `1.234` or `1,234`: one separator and three digits can be grouping or decimals. Only other numbers
    /// of the same band can tell; alone, it is never a value.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        let mut separators = self.digits.separators();
        let single = matches!((separators.next(), separators.next()), (Some(b'.' | b','), None));
        let first = self.digits.first_group();
        single && self.digits.last_group() == 3 && (1..=3).contains(&first.len()) && first != b"0"
    }

    /// The style this token proves on its own, if it does: two different separators, or a mark followed by
    /// one or two digits, or by nothing that could be a group.
    #[must_use]
    pub fn proves_style(&self) -> Option<NumberStyle> {
        let last = self.digits.separators().next_back()?;
        let style = match last {
            b'.' => NumberStyle::Point,
            b',' => NumberStyle::Comma,
            _ => return None,
        };
        let other = match style {
            NumberStyle::Point => NumberStyle::Comma,
            NumberStyle::Comma => NumberStyle::Point,
        };
        if self.digits.separators().filter(|separator| *separator == last).count() > 1 {
            return Some(other);
        }
        let first = self.digits.first_group();
        let is_sure = self.digits.separators().count() > 1
            || self.digits.last_group() != 3
            || first == b"0"
            || first.len() > 3;
        is_sure.then_some(style)
    }

    /// Whether decimals are printed under any style: strong evidence that the number is money.
    #[must_use]
    pub fn has_decimals(&self, exponent: u32) -> bool {
        let last = self.digits.separators().next_back();
        matches!(last, Some(b'.' | b',')) && self.digits.last_group() == exponent as usize && exponent > 0
    }

    /// Whether any separator is printed at all.
    #[must_use]
    pub fn is_plain_integer(&self) -> bool {
        !self.digits.has_separators()
    }

    /// Number of printed digits.
    #[must_use]
    pub fn digit_count(&self) -> usize {
        self.digits.bytes().iter().filter(|byte| byte.is_ascii_digit()).count()
    }
}

/// White space of every kind that is printed between groups, marks and numbers.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' | '\u{feff}')
}

const fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}')
}

fn strip_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    inner.or_else(|| text.strip_prefix('<').and_then(|t| t.strip_suffix('>')))
}

fn strip_front<'a>(text: &'a str, signs: &mut Signs, mark: &mut Option<CurrencyMark>) -> &'a str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_blank);
        let Some(first) = rest.chars().next() else { return rest };
        if is_minus(first) && !signs.has_minus {
            signs.add(SignMark::Minus);
            rest = rest.get(first.len_utf8()..).unwrap_or("");
        } else if first == '+' && !signs.has_plus {
            signs.add(SignMark::Plus);
            rest = rest.get(1..).unwrap_or("");
        } else if let (None, Some((found, length))) = (*mark, leading_mark(rest)) {
            *mark = Some(found);
            rest = rest.get(length..).unwrap_or("");
        } else {
            return rest;
        }
    }
}

fn strip_back<'a>(text: &'a str, signs: &mut Signs, mark: &mut Option<CurrencyMark>) -> &'a str {
    let mut rest = text;
    loop {
        rest = rest.trim_end_matches(is_blank);
        if let Some(shorter) = strip_empty_minor(rest) {
            rest = shorter;
            continue;
        }
        let Some(last) = rest.chars().next_back() else { return rest };
        let before = rest.get(..rest.len() - last.len_utf8()).unwrap_or("");
        if is_minus(last) && !signs.has_minus {
            signs.add(SignMark::Minus);
            rest = before;
        } else if last == '+' && !signs.has_plus {
            signs.add(SignMark::Plus);
            rest = before;
        } else if let Some((sign, shorter)) = trailing_word(rest) {
            signs.add(sign);
            rest = shorter;
        } else if let (None, Some((found, shorter))) = (*mark, trailing_mark(rest)) {
            *mark = Some(found);
            rest = shorter;
        } else {
            return rest;
        }
    }
}

/// `100.-`, `100,--`, `100.–`: whole units, as printed in German-speaking countries.
fn strip_empty_minor(text: &str) -> Option<&str> {
    let shorter = text.trim_end_matches(is_minus);
    if shorter.len() == text.len() {
        return None;
    }
    shorter.strip_suffix(['.', ',']).filter(|whole| whole.ends_with(|c: char| c.is_ascii_digit()))
}

/// A sign word behind the number; what stands before it must end in a digit, a bracket or a blank.
fn trailing_word(text: &str) -> Option<(SignMark, &str)> {
    if !text.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    for (word, sign) in TRAILING_MARKS {
        let Some(at) = text.len().checked_sub(word.len()) else { continue };
        let Some((before, tail)) = text.split_at_checked(at) else { continue };
        if !tail.eq_ignore_ascii_case(word) || !before.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        // "12.00 Fr.S": a symbol that ends in no letter ends the number as well.
        let ends_symbol = MARKS
            .iter()
            .any(|(symbol, _)| !symbol.ends_with(char::is_alphanumeric) && before.ends_with(symbol));
        let ends_number = ends_symbol
            || ends_in_code(before)
            || before.ends_with(|c: char| c.is_ascii_digit() || c == ')' || is_blank(c));
        if ends_number {
            return Some((sign, before));
        }
    }
    None
}

/// "900.84 ZAR" with its mark right behind: a code that is a word of its own.
fn ends_in_code(text: &str) -> bool {
    let Some((before, code)) = text.len().checked_sub(3).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let is_apart = before.ends_with(|c: char| c.is_ascii_digit() || is_blank(c));
    let is_code = code.bytes().all(|b| b.is_ascii_uppercase());
    is_apart && is_code && Currency::from_code(code).is_some_and(|currency| currency.is_known())
}

fn certain_or_shared(name: CurrencyMarkName) -> Option<CurrencyMark> {
    match name {
        CurrencyMarkName::Code(code) => Currency::from_code(code).map(CurrencyMark::Certain),
        CurrencyMarkName::Shared(symbol) => Some(CurrencyMark::Shared(symbol)),
    }
}

fn leading_mark(text: &str) -> Option<(CurrencyMark, usize)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for (symbol, name) in MARKS {
        if text.starts_with(symbol) {
            return certain_or_shared(name).map(|mark| (mark, symbol.len()));
        }
    }
    let code = text.get(..3).filter(|c| c.bytes().all(|b| b.is_ascii_uppercase()))?;
    let next = text.get(3..)?.chars().next()?;
    let ends_word =
        is_blank(next) || is_minus(next) || next.is_ascii_digit() || matches!(next, '+' | '(' | '.');
    let currency = Currency::from_code(code).filter(Currency::is_known)?;
    ends_word.then_some((CurrencyMark::Certain(currency), 3))
}

fn trailing_mark(text: &str) -> Option<(CurrencyMark, &str)> {
    if text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for (symbol, name) in MARKS {
        if let Some(before) = text.strip_suffix(symbol).filter(|b| b.bytes().any(|c| c.is_ascii_digit())) {
            return certain_or_shared(name).map(|mark| (mark, before));
        }
    }
    let at = text.len().checked_sub(3)?;
    let (before, code) = text.split_at_checked(at)?;
    let is_code = code.bytes().all(|b| b.is_ascii_uppercase()) && before.bytes().any(|b| b.is_ascii_digit());
    let currency = is_code.then(|| Currency::from_code(code)).flatten().filter(Currency::is_known)?;
    Some((CurrencyMark::Certain(currency), before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_were_taken_for_each_other_are_put_right() {
        for (read, expected) in [
            ("140.00", Some(14_000)),
            ("7.740.86", Some(774_086)),
            ("1,234,56", Some(123_456)),
            ("1,234.56", Some(123_456)),
            ("1.234,56", Some(123_456)),
            ("1 234.56", Some(123_456)),
            // These may be thousands, and that is no group.
            ("1.234", Some(123_400)),
            ("12.34.56", None),
        ] {
            let token = AmountToken::read(read).unwrap().with_marks_of(NumberStyle::Comma);
            assert_eq!(token.minor(NumberStyle::Comma, 2), expected, "{read}");
        }
        for (read, expected) in [("7.740.86", Some(NumberStyle::Point)), ("1.234", None), ("12", None)] {
            assert_eq!(AmountToken::read(read).unwrap().decimal_mark(), expected, "{read}");
        }
    }

    #[track_caller]
    fn check(text: &str, style: NumberStyle, expected: Option<(i64, SignMark)>) {
        let token = AmountToken::read(text);
        let read = token.and_then(|t| t.minor(style, 2).map(|minor| (minor, t.sign())));
        assert_eq!(read, expected, "{text:?} as {style:?}");
    }

    #[test]
    fn every_common_notation() {
        use NumberStyle::{Comma, Point};
        use SignMark::{Conflict, Credit, Debit, Minus, None as Bare, Plus};
        let table = [
            ("1,234.56", Point, Some((123_456, Bare))),
            ("1.234,56", Comma, Some((123_456, Bare))),
            ("1 234,56", Comma, Some((123_456, Bare))),
            ("1\u{202f}234,56 €", Comma, Some((123_456, Bare))),
            ("1\u{a0}234\u{a0}567,89", Comma, Some((123_456_789, Bare))),
            ("1'234.56", Point, Some((123_456, Bare))),
            ("1\u{2019}234\u{2019}567.89", Point, Some((123_456_789, Bare))),
            ("₹1,23,456.00", Point, Some((12_345_600, Bare))),
            ("12,34,56,789.10", Point, Some((12_345_678_910, Bare))),
            ("(12.30)", Point, Some((1_230, Minus))),
            ("($85.00)", Point, Some((8_500, Minus))),
            ("$(85.00)", Point, Some((8_500, Minus))),
            ("12.30-", Point, Some((1_230, Minus))),
            ("12.30 CR", Point, Some((1_230, Credit))),
            ("12.30DR", Point, Some((1_230, Debit))),
            ("12.30 OD", Point, Some((1_230, Debit))),
            ("12,30 S", Comma, Some((1_230, Debit))),
            ("12,30H", Comma, Some((1_230, Credit))),
            ("-£1,200.00", Point, Some((120_000, Minus))),
            ("£-1,200.00", Point, Some((120_000, Minus))),
            ("\u{2212}7.41", Point, Some((741, Minus))),
            ("+327.49", Point, Some((32_749, Plus))),
            ("1.234,56+", Comma, Some((123_456, Plus))),
            ("-12.00 CR", Point, Some((1_200, Conflict))),
            ("-12.00 DR", Point, Some((1_200, Debit))),
            ("USD 5.00", Point, Some((500, Bare))),
            ("5,00 EUR", Comma, Some((500, Bare))),
            ("R1760.52", Point, Some((176_052, Bare))),
            ("-R1 760.52", Point, Some((176_052, Minus))),
            ("R1760", Point, None),
            ("100.-", Point, Some((10_000, Bare))),
            ("100,--", Comma, Some((10_000, Bare))),
            ("12.5", Point, Some((1_250, Bare))),
            (".50", Point, Some((50, Bare))),
            ("12.5000", Point, Some((1_250, Bare))),
            ("1,234", Point, Some((123_400, Bare))),
            ("1.234", Point, None),
            ("12.345", Point, None),
            ("1,23.45", Point, None),
            ("1,2345.00", Point, None),
            ("12.30.40", Point, None),
            ("1,234.56", Comma, None),
            ("", Point, None),
            ("-", Point, None),
            ("CR", Point, None),
            ("12a", Point, None),
            ("12.30x", Point, None),
            ("12..34", Point, None),
            ("1,234.", Point, None),
            ("99999999999999999999", Point, None),
        ];
        for (text, style, expected) in table {
            check(text, style, expected);
        }
    }

    #[test]
    fn ambiguity_is_a_value() {
        for (text, ambiguous, style) in [
            ("1.234", true, None),
            ("1,234", true, None),
            ("0.234", false, Some(NumberStyle::Point)),
            ("1.234.567", false, Some(NumberStyle::Comma)),
            ("1,234.5", false, Some(NumberStyle::Point)),
            ("12.34", false, Some(NumberStyle::Point)),
            ("12,34", false, Some(NumberStyle::Comma)),
            ("1234.567", false, Some(NumberStyle::Point)),
            ("1234", false, None),
            ("1 234", false, None),
        ] {
            let token = AmountToken::read(text).expect("a number");
            assert_eq!((token.is_ambiguous(), token.proves_style()), (ambiguous, style), "{text}");
        }
        let dinar = AmountToken::read("1.234").expect("a number");
        assert_eq!(dinar.readings(3), [(NumberStyle::Point, 1_234), (NumberStyle::Comma, 1_234_000)]);
        let yen = AmountToken::read("1,200").expect("a number");
        assert_eq!(yen.readings(0), [(NumberStyle::Point, 1_200)]);
    }

    #[test]
    fn currency_marks() {
        let mark = |text| AmountToken::read(text).and_then(|t| t.currency_mark());
        let certain = |code| Currency::from_code(code).map(CurrencyMark::Certain);
        assert_eq!(mark("A$ 12.00"), certain("AUD"));
        assert_eq!(mark("12,00 €"), certain("EUR"));
        assert_eq!(mark("CHF 12.00"), certain("CHF"));
        assert_eq!(mark("$12.00"), Some(CurrencyMark::Shared("$")));
        assert_eq!(mark("12.00"), None);
    }
}
