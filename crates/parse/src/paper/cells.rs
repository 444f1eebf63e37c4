//! One line sorted into the columns of its table.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::columns::{Band, Grid};
use super::line::{Line, Token, WORD_GAP, join};
use super::scan::DayAbove;
use crate::draft::{self, OtherDates, RowDraft};
use crate::lexicon::{self, Role, Section};
use smartexus_domain::{Currency, DateToken, Method, PageMethod, SignMark, Source};

/// The tokens of one line, sorted into the bands of a grid.
pub(super) struct Cells<'a> {
    pub(super) date: Option<DateToken>,
    transaction_date: Option<DateToken>,
    value_date: Option<DateToken>,
    date_confidence: f64,
    /// The dates that are hard to read, and in which column.
    doubtful: Vec<(Role, &'a Token)>,
    words: Vec<&'a Token>,
    kind: Vec<&'a Token>,
    reference: Vec<&'a Token>,
    pub(super) check_number: Option<String>,
    out: Option<&'a Token>,
    into: Option<&'a Token>,
    amount: Option<&'a Token>,
    pub(super) balance: Option<&'a Token>,
    direction: Option<bool>,
    /// Marks of money that stand apart from it, and in which column.
    marks: Vec<(Role, SignMark)>,
    /// Something with digits stands where the day does.
    pub(super) date_is_unread: bool,
    /// Text in the date band: the line is prose or a heading, not a row.
    pub(super) strays_in_date: usize,
    /// One of them is a word.
    pub(super) has_words_in_date: bool,
    used: Vec<&'a Token>,
    has_description: bool,
    /// Amounts of this table are printed without decimals.
    whole_units: bool,
}

/// A mark stands at most this far from its amount, in font sizes.
const MARK_REACH: f64 = 4.0;

/// A mark of money that stands apart from its number: `CR`, `-`.
pub(super) fn mark(token: &Token) -> Option<SignMark> {
    let is_currency = |c: char| "€$£₹¥".contains(c);
    let bare = token.text.trim_start_matches(is_currency);
    let bare = match bare.get(..3) {
        Some(code) if Currency::from_code(code).is_some_and(|c| c.is_known()) => {
            bare.get(3..).unwrap_or_default()
        }
        _ => bare,
    };
    match bare {
        "-" | "\u{2212}" | "\u{2013}" | "DR" | "Dr" | "OD" | "D" | "S" => Some(SignMark::Debit),
        "+" | "CR" | "Cr" | "C" | "H" => Some(SignMark::Credit),
        _ => None,
    }
}

/// One letter alone.
fn is_letter(token: &Token) -> bool {
    token.text.len() == 1 && token.text.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether an amount stands close enough for a mark to be its own.
fn marks_an_amount(mark: &Token, line: &Line) -> bool {
    let reach = MARK_REACH * mark.size;
    let near = |t: &&Token| t.bounds.x0 - mark.bounds.x1 < reach && mark.bounds.x0 - t.bounds.x1 < reach;
    line.tokens.iter().filter(|t| t.is_money()).any(|t| near(&t))
}

impl<'a> Cells<'a> {
    pub(super) fn sort(grid: &Grid, line: &'a Line) -> Self {
        let mut cells = Self {
            whole_units: grid.whole_units,
            date: None,
            transaction_date: None,
            value_date: None,
            date_confidence: 1.0,
            doubtful: Vec::new(),
            words: Vec::new(),
            kind: Vec::new(),
            reference: Vec::new(),
            check_number: None,
            out: None,
            into: None,
            amount: None,
            balance: None,
            direction: None,
            marks: Vec::new(),
            date_is_unread: false,
            strays_in_date: 0,
            has_words_in_date: false,
            used: Vec::new(),
            has_description: grid.has(Role::Description),
        };
        for (at, token) in line.tokens.iter().enumerate() {
            let Some(band) = grid.band_of(token) else { continue };
            // A description may run on into a column of money, with a rate of exchange.
            let is_rate = token.amount.as_ref().is_some_and(|a| !a.has_decimals(2) && !a.has_decimals(3));
            if band.role.is_money() && is_rate && !grid.is_in_column(token) && line.is_in_text(at) {
                cells.used.push(token);
                cells.words.push(token);
                continue;
            }
            // Without its mark an amount is told by its place alone, behind a day: other numbers stand there by chance.
            if token.may_lack_mark
                && (cells.date.is_some() || cells.transaction_date.is_some())
                && matches!(band.role, Role::Out | Role::In | Role::Amount | Role::Balance)
                && grid.is_in_column(token)
                && cells.slot(band.role).is_none()
                && !line.is_in_text(at)
            {
                cells.used.push(token);
                *cells.slot(band.role) = Some(token);
                continue;
            }
            // Or into the column of another text: the next word of a sentence stands no farther than a blank away.
            if cells.goes_on(line, at, band) {
                cells.used.push(token);
                cells.words.push(token);
                continue;
            }
            match mark(token).filter(|_| band.role.is_money() && marks_an_amount(token, line)) {
                Some(sign) => cells.marks.push((band.role, sign)),
                None if band.role.is_money() && token.is_bare_mark() && marks_an_amount(token, line) => {}
                // The letter of a column of its own may stand nearer to its amount: "186,83 A".
                None if band.role.is_money()
                    && grid.has(Role::Direction)
                    && marks_an_amount(token, line)
                    && (lexicon::direction(&token.text).is_some() || is_letter(token)) =>
                {
                    cells.direction = cells.direction.or_else(|| lexicon::direction(&token.text));
                }
                None => cells.place(token, band),
            }
        }
        match (cells.date, cells.value_date) {
            (None, _) => cells.date = cells.transaction_date,
            // Beside a posting date the day of the purchase is the day the money is owed.
            (Some(_), None) => cells.value_date = cells.transaction_date,
            (Some(_), Some(_)) => {}
        }
        cells
    }

    /// Whether a token in a column of other texts is the next word of the description before it.
    fn goes_on(&self, line: &Line, at: usize, band: Band) -> bool {
        let is_text = matches!(band.role, Role::Reference | Role::CheckNumber | Role::Kind | Role::Other);
        let before = at.checked_sub(1).and_then(|before| line.tokens.get(before));
        let is_next = |before: &Token| {
            let is_described = self.words.last().is_some_and(|word| std::ptr::eq(*word, before));
            let gap = line.tokens.get(at).map_or(f64::MAX, |token| token.bounds.x0 - before.bounds.x1);
            is_described && gap < WORD_GAP * before.size
        };
        is_text && before.is_some_and(is_next)
    }

    fn place(&mut self, token: &'a Token, band: Band) {
        self.used.push(token);
        if token.date.is_some() && matches!(band.role, Role::Date | Role::TransactionDate | Role::ValueDate) {
            self.date_confidence = self.date_confidence.min(token.confidence);
            if token.confidence < draft::SURE_DATE {
                self.doubtful.push((band.role, token));
            }
        }
        match band.role {
            Role::Date if token.date.is_some() && self.date.is_none() => self.date = token.date,
            Role::TransactionDate if token.date.is_some() && self.transaction_date.is_none() => {
                self.transaction_date = token.date
            }
            Role::ValueDate if token.date.is_some() && self.value_date.is_none() => {
                self.value_date = token.date
            }
            Role::Date | Role::TransactionDate | Role::ValueDate => {
                let digits = token.text.bytes().filter(u8::is_ascii_digit).count();
                self.date_is_unread |= band.role != Role::ValueDate && digits > 1 && self.date.is_none();
                // A description that begins early reaches into the band of a date that is already there.
                if self.date.is_some() || self.transaction_date.is_some() {
                    self.words.push(token);
                } else {
                    self.strays_in_date += 1;
                    self.has_words_in_date |= token.text.chars().any(char::is_alphabetic);
                }
            }
            Role::Out => self.money(token, Role::Out),
            Role::In => self.money(token, Role::In),
            Role::Amount => self.money(token, Role::Amount),
            Role::Balance => self.money(token, Role::Balance),
            // An amount that stands close to its mark is one with it, and may lie nearer to the mark's column.
            Role::Direction if token.is_money() => self.money(token, Role::Amount),
            Role::Direction => self.direction = self.direction.or_else(|| lexicon::direction(&token.text)),
            Role::Kind => self.kind.push(token),
            Role::Reference => self.reference.push(token),
            Role::CheckNumber => self.check_number = Some(token.text.clone()),
            Role::Description => self.words.push(token),
            Role::Fee | Role::Currency | Role::Account | Role::Other => {}
        }
    }

    /// The cell of a money column; what is none of the others moves the account both ways.
    const fn slot(&mut self, role: Role) -> &mut Option<&'a Token> {
        if matches!(role, Role::Out) {
            &mut self.out
        } else if matches!(role, Role::In) {
            &mut self.into
        } else if matches!(role, Role::Balance) {
            &mut self.balance
        } else {
            &mut self.amount
        }
    }

    fn money(&mut self, token: &'a Token, role: Role) {
        let free = self.slot(role).is_none();
        // "12.24" among amounts is one of them, whatever day it may be elsewhere.
        let has_decimals = token.amount.as_ref().is_some_and(|a| a.has_decimals(2));
        let fits =
            token.is_money() || has_decimals && free || (self.whole_units && token.amount.is_some() && free);
        if fits {
            // Of two figures in one band the one on the right stands in the column: the text ran on into it.
            if let Some(before) = self.slot(role).replace(token) {
                let at = self.words.partition_point(|word| word.bounds.x0 < before.bounds.x0);
                self.words.insert(at, before);
            }
        } else {
            // A long description runs on into an empty money column.
            self.words.push(token);
        }
    }

    /// The day of the line, for the rows below it that have none of their own.
    pub(super) fn day(&self, date: DateToken) -> DayAbove {
        DayAbove { date, confidence: self.date_confidence, other_dates: self.other_dates() }
    }

    /// What the date may be instead, where it and no other of the line is hard to read.
    fn other_dates(&self) -> Option<OtherDates> {
        match self.doubtful.as_slice() {
            [(Role::Date, token)] => Some(token.other_dates.clone()),
            _ => None,
        }
    }

    /// Where the description begins.
    pub(super) fn text_left(&self) -> Option<f64> {
        self.words.first().map(|token| token.bounds.x0)
    }

    pub(super) fn has_amount(&self) -> bool {
        self.out.is_some() || self.into.is_some() || self.amount.is_some()
    }

    /// Whether every amount of the line stands where those of its column do.
    pub(super) fn is_in_columns(&self, grid: &Grid) -> bool {
        [self.out, self.into, self.amount].into_iter().flatten().all(|token| grid.is_in_column(token))
    }

    pub(super) fn description(&self) -> String {
        if self.has_description {
            join(self.words.iter().copied())
        } else {
            join(self.kind.iter().chain(&self.words).copied())
        }
    }

    pub(super) fn row(&self, date: Option<DateToken>, section: Option<Section>, line: &Line) -> RowDraft {
        let method = match line.method {
            PageMethod::Text => Method::Text,
            PageMethod::Ocr | PageMethod::Mixed => Method::Ocr,
        };
        let amount = |token: Option<&Token>, role: Role| {
            let amount = token.and_then(|t| t.amount.clone())?;
            let mark = self.marks.iter().find(|(of, _)| *of == role);
            Some(mark.map_or(amount.clone(), |(_, sign)| amount.with_sign(*sign)))
        };
        let spelled = [
            (self.out, Role::Out, draft::Cell::Out),
            (self.into, Role::In, draft::Cell::In),
            (self.amount, Role::Amount, draft::Cell::Amount),
            (self.balance, Role::Balance, draft::Cell::Balance),
        ];
        let spelled = spelled.into_iter().flat_map(|(token, role, cell)| {
            let mark = self.marks.iter().find(|(of, _)| *of == role).map(|(_, sign)| *sign);
            let spelled = token.map(|t| t.spelled.clone()).unwrap_or_default();
            spelled
                .into_iter()
                .map(move |amount| (cell, mark.map_or(amount.clone(), |sign| amount.with_sign(sign))))
        });
        let reference = join(self.reference.iter().copied());
        let kind = join(self.kind.iter().copied());
        RowDraft {
            date,
            value_date: self.value_date,
            date_confidence: self.date_confidence,
            other_dates: self.other_dates(),
            description: self.description(),
            spelled: spelled.collect(),
            kind: (!kind.is_empty()).then_some(kind),
            out: amount(self.out, Role::Out),
            into: amount(self.into, Role::In),
            amount: amount(self.amount, Role::Amount),
            balance: amount(self.balance, Role::Balance),
            direction: self.direction,
            section,
            reference: (!reference.is_empty()).then_some(reference),
            check_number: self.check_number.clone(),
            source: Some(Source { page: line.page, bounds: line.bounds }),
            confidence: self.used.iter().map(|t| t.confidence).fold(1.0, f64::min),
            ..RowDraft::empty(method)
        }
    }
}
