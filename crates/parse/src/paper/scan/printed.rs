//! Labels become printed ends and totals.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::super::line::{Line, Token};
use super::super::{cells, labels};
use super::{ALIGNED, Scan};
use crate::draft::{Anchor, SummaryLine};
use crate::lexicon::{self, Label, Role, Section, fold};
use smartexus_domain::{AmountToken, DateToken, SignMark};

/// A mark behind the amount of a label stands this close, in font sizes.
const MARK_REACH: f64 = 3.0;

/// What is carried to a page stands so many lines above its first row, with the foot and the head between them.
const CARRY_REACH: usize = 10;

impl<'a> Scan<'a> {
    /// Labels of the line become anchors. Returns whether the line is spent: it is no row.
    pub(super) fn read_labels(&mut self, line: &Line, index: usize, dated_row: bool) -> bool {
        let found = labels::find(self.plan.lines, index);
        let is_end = |label: Label| {
            matches!(
                label,
                Label::Opening
                    | Label::Closing
                    | Label::BalanceAt
                    | Label::BroughtForward
                    | Label::CarriedForward
            )
        };
        if !dated_row && self.totals_row(line, index) {
            return true;
        }
        let mut spent = false;
        let is_next_line = !line.has_money() && self.is_row_text(line);
        for labelled in found {
            if dated_row && !is_end(labelled.label) || self.taken.contains(&labelled.at) {
                continue;
            }
            // "PURCHASES" may be the next line of a description.
            if is_next_line && !is_end(labelled.label) {
                continue;
            }
            if self.plan.splits && labelled.label == Label::Opening && self.closes_before(&labelled) {
                self.next_statement();
            }
            spent |= self.anchor(&labelled, index);
        }
        let folded = fold(&line.text_cells().first().map(|c| c.text.clone()).unwrap_or_default());
        if !spent
            && !dated_row
            && !is_next_line
            && (labels::is_subtotal(&folded) || labels::begins_with_total(&folded))
        {
            spent = true;
        }
        if !spent && self.in_summary && !dated_row {
            self.summary_line(line, index);
        }
        let already = line
            .tokens
            .iter()
            .enumerate()
            .any(|(token, t)| t.is_money() && self.taken.contains(&(index, token)));
        spent || already && !dated_row
    }

    /// A line of both money columns at once is no row: with a word for sums it is the totals of both.
    pub(super) fn totals_row(&mut self, line: &Line, index: usize) -> bool {
        let Some(grid) = self.grid() else { return false };
        let in_band = |role: Role| {
            let fits = move |t: &&Token| t.is_money() && grid.band_of(t).is_some_and(|b| b.role == role);
            line.tokens.iter().find(fits).and_then(|t| t.amount.clone())
        };
        let (Some(out), Some(into)) = (in_band(Role::Out), in_band(Role::In)) else { return false };
        if !labels::speaks_of_totals(&fold(&line.text())) {
            return false;
        }
        let page = self.plan.lines.get(index).map_or(0, |l| l.page);
        let rows_before = self.draft.rows.len();
        for (label, amount) in [(Label::TotalOut, out), (Label::TotalIn, into)] {
            let spelled = Vec::new();
            self.draft.anchors.push(Anchor {
                label,
                amount,
                spelled,
                date: None,
                page,
                rows_before,
                strict: true,
            });
        }
        true
    }

    /// An opening after rows and a closing, with another value, begins another statement. A list that begins with
    /// the newest row prints its closing first: there the opening has not been seen yet.
    pub(super) fn closes_before(&self, labelled: &labels::Labelled) -> bool {
        let amount = self.token(labelled.at).and_then(|t| t.amount.as_ref());
        let closed = self.draft.anchors.iter().any(|a| a.label == Label::Closing);
        let opened =
            self.draft.anchors.iter().any(|a| {
                a.label == Label::Opening || (a.label == Label::BroughtForward && a.rows_before == 0)
            });
        let same = self.draft.anchors.iter().any(|a| a.label == Label::Opening && Some(&a.amount) == amount);
        let is_carried = amount.is_some_and(|amount| self.is_carried_over(amount));
        !self.draft.rows.is_empty() && opened && closed && !same && !is_carried
    }

    /// Whether an amount is the balance that the last row left, or that was carried forward below it.
    pub(super) fn is_left(&self, amount: &AmountToken) -> bool {
        let figure = |amount: &AmountToken| (amount.readings(2), amount.readings(3));
        let is_it = |left: &AmountToken| figure(left) == figure(amount);
        let left = self.draft.rows.iter().rev().find_map(|row| row.balance.as_ref());
        let rows = self.draft.rows.len();
        let mut carried = self.draft.anchors.iter().rev();
        let carried = carried.find(|a| a.label == Label::CarriedForward && a.rows_before == rows && rows > 0);
        left.is_some_and(is_it) || carried.is_some_and(|anchor| is_it(&anchor.amount))
    }

    /// The same of an opening: what is carried to the next page may have been called anything there.
    fn is_carried_over(&self, amount: &AmountToken) -> bool {
        self.is_left(amount) || self.is_said_above(amount)
    }

    /// Whether a figure stands in the last lines alone, without a day and under a name that nobody knows.
    fn is_said_above(&self, amount: &AmountToken) -> bool {
        let figure = |amount: &AmountToken| (amount.readings(2), amount.readings(3));
        let from = self.at.saturating_sub(CARRY_REACH);
        let mut above = self.plan.lines.iter().enumerate().take(self.at).skip(from);
        let says_it = |(index, line): (usize, &Line)| {
            let mut moneys = (0..).zip(&line.tokens).filter(|(_, token)| token.is_money());
            let (Some((at, token)), None) = (moneys.next(), moneys.next()) else { return false };
            let is_dated = line.tokens.iter().any(|token| token.date.is_some());
            let is_unnamed = !is_dated && !self.taken.contains(&(index, at));
            is_unnamed && token.amount.as_ref().is_some_and(|said| figure(said) == figure(amount))
        };
        !self.draft.rows.is_empty() && above.any(says_it)
    }

    pub(super) fn token(&self, (line, token): (usize, usize)) -> Option<&'a Token> {
        self.plan.lines.get(line)?.tokens.get(token)
    }

    pub(super) fn anchor(&mut self, labelled: &labels::Labelled, index: usize) -> bool {
        let Some(token) = self.token(labelled.at) else { return false };
        let Some(amount) = token.amount.clone() else { return false };
        let (at_line, at_token) = labelled.at;
        let behind = self
            .token((at_line, at_token + 1))
            .filter(|mark| mark.bounds.x0 - token.bounds.x1 < MARK_REACH * token.size);
        let amount = match behind.and_then(cells::mark) {
            Some(sign) if amount.sign() == SignMark::None => amount.with_sign(sign),
            Some(_) | None => amount,
        };
        let amount = if labelled.owed || self.stands_in_out_column(token) {
            amount.with_sign(SignMark::Debit)
        } else {
            amount
        };
        // With the same mark behind or in front of them.
        let sign = amount.sign();
        let marked = |other: AmountToken| if other.sign() == sign { other } else { other.with_sign(sign) };
        let spelled = token.spelled.iter().cloned().map(marked).collect();
        let page = self.plan.lines.get(index).map_or(0, |l| l.page);
        self.taken.insert(labelled.at);
        match labelled.label {
            Label::Opening => self.in_summary = true,
            Label::Closing => self.in_summary = false,
            Label::BroughtForward | Label::CarriedForward => self.flush_pending(),
            Label::TotalIn | Label::TotalOut if self.in_summary && !labelled.strict => {
                let direction = Some(labelled.label == Label::TotalIn);
                self.draft.summary.push(SummaryLine { direction, amount: amount.clone() });
            }
            Label::TotalIn
            | Label::TotalOut
            | Label::BalanceAt
            | Label::Fees
            | Label::CountIn
            | Label::CountOut
            | Label::Aside
            | Label::Subtotal => {}
        }
        // What the last row left is brought forward to the next page, whatever it is called there.
        let is_carried = labelled.label == Label::Opening && self.is_carried_over(&amount);
        self.draft.anchors.push(Anchor {
            label: if is_carried { Label::BroughtForward } else { labelled.label },
            spelled,
            amount,
            date: labelled.date,
            page,
            rows_before: self.draft.rows.len(),
            strict: labelled.strict,
        });
        true
    }

    /// A table without a balance column prints an overdrawn end in the column of money out.
    pub(super) fn stands_in_out_column(&self, token: &Token) -> bool {
        let unmarked = token.amount.as_ref().is_some_and(|a| a.sign() == SignMark::None);
        let Some(grid) = self.grid().filter(|g| !g.has(Role::Balance) && g.has(Role::In)) else {
            return false;
        };
        let aligned = |edge: f64| (token.bounds.x1 - edge).abs() < ALIGNED;
        unmarked
            && grid
                .band_of(token)
                .is_some_and(|band| band.role == Role::Out && band.edge.is_some_and(aligned))
    }

    /// "ATM withdrawals  −120.00" between opening and closing.
    pub(super) fn summary_line(&mut self, line: &Line, index: usize) {
        let has_begun = !self.draft.rows.is_empty() || self.pending.is_some() || self.has_day_headings;
        if self.table.is_some() && has_begun {
            self.in_summary = false;
            return;
        }
        let cells = line.text_cells();
        let Some(cell) = cells.first() else { return };
        let money = line.tokens.iter().enumerate().skip(cell.tokens.end).find(|(_, t)| t.is_money());
        let Some((token, t)) = money else { return };
        let Some(amount) = t.amount.clone() else { return };
        let folded = fold(&cell.text);
        let direction = match lexicon::section(&folded) {
            Some(Section::In) => Some(true),
            Some(Section::Out | Section::Checks) => Some(false),
            Some(Section::Both | Section::Ignored | Section::Pending) | None => None,
        };
        self.taken.insert((index, token));
        self.draft.summary.push(SummaryLine { direction, amount });
    }

    pub(super) fn note_context(&mut self, line: &Line) {
        let full = |t: &&Token| t.date.is_some() && t.text.bytes().filter(u8::is_ascii_digit).count() >= 5;
        let dates: Vec<DateToken> = line.tokens.iter().filter(full).filter_map(|t| t.date).collect();
        self.draft.context_dates.extend(dates);
    }
}
