//! Lines of a table become rows, or go on with them.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::super::cells::Cells;
use super::super::columns::Grid;
use super::super::labels;
use super::super::line::{Line, Token, WORD_GAP};
use super::{ALIGNED, CONTINUATION_PITCH, Pending, Scan, UNDATED_ROW_PITCH, WIDEST_PITCH};
use crate::draft::RowDraft;
use crate::lexicon::{self, Label, fold};
use crate::page_numbers;
use smartexus_domain::{DateToken, Finding, Source};

/// Lines of one row are set in one size, give or take this share.
const SAME_SIZE: f64 = 0.08;
/// A line is nearer to one of its neighbours by more than this, in font sizes.
const NEARER: f64 = 0.12;

impl Scan<'_> {
    pub(super) fn read_table_line(&mut self, table: usize, line: &Line, index: usize) {
        let Some(table) = self.plan.tables.get(table) else { return };
        let furniture = self.plan.furniture.contains(index);
        if table.grids.len() > 1 {
            for (side, grid) in table.grids.iter().enumerate() {
                let before = self.draft.rows.len();
                self.read_cells(grid, line, furniture);
                for row in self.draft.rows.iter_mut().skip(before) {
                    row.side = Some(side);
                }
            }
        } else if let Some(grid) = table.grids.first() {
            self.read_cells(grid, line, furniture);
        }
    }

    pub(super) fn read_cells(&mut self, grid: &Grid, line: &Line, furniture: bool) {
        let cells = Cells::sort(grid, line);
        // The same words at the same height of two pages may still be two rows, or the second lines of two.
        let is_row = cells.has_amount() && (cells.date.is_some() || cells.is_in_columns(grid))
            || cells.date.is_some() && self.is_aligned_with_rows(&cells)
            || self.has_text_ahead && self.is_aligned_with_rows(&cells) && self.leans_down(line);
        // With the same amounts, and without a day: no row.
        let is_row = is_row
            && (cells.is_in_columns(grid) && cells.date.is_some()
                || !cells.has_amount()
                || !self.plan.furniture.has_same_figures(self.at));
        let furniture = furniture && !self.is_near(line) && !is_row;
        if furniture {
            self.last_line = None;
            self.fresh_table = false;
            return;
        }
        match (cells.date, cells.has_amount()) {
            (Some(date), true) => self.whole_row(&cells, date, line),
            (Some(date), false) => self.begin_row(&cells, date, line),
            (None, true) if self.pending.is_some() => self.complete_row(&cells, line),
            (None, true) => self.undated_row(&cells, grid, line),
            (None, false) => self.go_on(&cells, line),
        }
    }

    /// Whether the text of a line begins where that of the rows before it does.
    pub(super) fn is_aligned_with_rows(&self, cells: &Cells<'_>) -> bool {
        self.usual_left.zip(cells.text_left()).is_some_and(|(usual, left)| (usual - left).abs() < ALIGNED)
    }

    pub(super) fn whole_row(&mut self, cells: &Cells<'_>, date: DateToken, line: &Line) {
        self.flush_pending();
        let row = self.with_text_ahead(cells.row(Some(date), self.section, line), cells);
        self.last_date = Some(cells.day(date));
        self.has_unread_day = false;
        self.push(row, line);
    }

    pub(super) fn begin_row(&mut self, cells: &Cells<'_>, date: DateToken, line: &Line) {
        self.flush_pending();
        let is_alone = cells.description().is_empty() && cells.balance.is_none();
        // "From 1 July …" is prose that reaches into the column; "* 12/03 …" is a row whose amount comes below.
        if cells.has_words_in_date || is_alone && cells.strays_in_date > 0 {
            self.last_line = None;
            return;
        }
        if is_alone {
            // A date alone on its line heads the rows below it.
            self.last_date = Some(cells.day(date));
            self.last_line = None;
            return;
        }
        self.last_date = Some(cells.day(date));
        self.has_unread_day = false;
        let row = self.with_text_ahead(cells.row(Some(date), self.section, line), cells);
        self.pending = Some(Pending { row });
        self.last_line = Some((line.page, line.bounds.mid_y()));
    }

    /// The amount of a row that began above, behind words that name something elsewhere: "INTEREST CHARGED ON" and
    /// below it "PURCHASES  30.85". What says that it is a sum, or an end, is none of its words.
    pub(super) fn completes_a_row(&self, line: &Line) -> bool {
        let (Some(grid), Some(_)) = (self.grid(), &self.pending) else { return false };
        let cells = Cells::sort(grid, line);
        let text = fold(&cells.description());
        let is_sum = text.split(' ').any(|word| word.starts_with("tot") || labels::speaks_of_balances(word));
        let is_aligned = self.text_left.zip(cells.text_left()).is_some_and(|(a, b)| (a - b).abs() < ALIGNED);
        let is_end = matches!(
            lexicon::label(&text),
            Some((
                Label::Opening
                    | Label::Closing
                    | Label::BalanceAt
                    | Label::BroughtForward
                    | Label::CarriedForward,
                _
            ))
        );
        cells.date.is_none()
            && cells.has_amount()
            && cells.is_in_columns(grid)
            && is_aligned
            && self.is_near(line)
            && !is_sum
            && !is_end
    }

    /// The amount of a row that began above.
    pub(super) fn complete_row(&mut self, cells: &Cells<'_>, line: &Line) {
        let Some(Pending { mut row }) = self.pending.take() else { return };
        let later = cells.row(row.date, self.section, line);
        append(&mut row.description, &later.description);
        row.out = later.out;
        row.into = later.into;
        row.amount = later.amount;
        row.balance = row.balance.or(later.balance);
        row.direction = row.direction.or(later.direction);
        row.kind = row.kind.or(later.kind);
        row.spelled.extend(later.spelled);
        row.reference = row.reference.or(later.reference);
        row.check_number = row.check_number.or(later.check_number);
        row.source = unite(row.source, later.source);
        self.push(row, line);
    }

    /// An amount without a date: the date above is meant, if the line looks like a row at all.
    pub(super) fn undated_row(&mut self, cells: &Cells<'_>, grid: &Grid, line: &Line) {
        let described =
            !cells.description().is_empty() || cells.check_number.is_some() || self.ahead.is_some();
        let near = self.last_line.is_none_or(|(page, y)| {
            page == line.page && line.bounds.mid_y() - y < UNDATED_ROW_PITCH * line.size
        });
        // A notice may stand between the rows of one day; what goes on below it stands where rows do.
        let is_in_place = cells.is_in_columns(grid);
        let text_left = cells.text_left();
        let is_aligned =
            self.text_left.zip(text_left).is_some_and(|(usual, left)| (usual - left).abs() < ALIGNED);
        let is_same_page = self.last_row_page == Some(line.page);
        let goes_on = is_in_place && is_aligned && is_same_page && !self.is_closed();
        // The day of the page before is not always said again.
        let is_first = self.last_row_page.is_some_and(|page| page + 1 == line.page);
        let is_after = self.last_line.is_some() || self.fresh_table || is_first;
        let dates_free = cells.strays_in_date == 0 && ((near || is_first) && is_after || goes_on);
        let day = self.last_date.clone();
        let has_dates = grid.bands.iter().any(|b| b.role.is_date());
        let dates_free = if self.has_day_headings {
            cells.strays_in_date == 0 && !self.is_closed()
        } else {
            dates_free && has_dates
        };
        let dates_free = dates_free && is_in_place;
        match day {
            Some(day) if described && dates_free => {
                // A day that could not be read is not the one above it.
                if self.has_unread_day {
                    self.draft.doubt("unread_date");
                }
                let mut row = self.with_text_ahead(cells.row(Some(day.date), self.section, line), cells);
                day.give(&mut row);
                self.push(row, line);
            }
            _ => {
                if !is_in_a_sentence(line) {
                    self.suspects.push(line.page);
                }
                self.last_line = None;
            }
        }
    }

    /// An end of the account stands below the last row: the closing balance, or the opening one below the oldest.
    pub(super) fn is_closed(&self) -> bool {
        let rows = self.draft.rows.len();
        let is_end = |label| matches!(label, Label::Closing | Label::Opening);
        self.draft.anchors.iter().any(|a| is_end(a.label) && a.rows_before == rows && rows > 0)
    }

    /// A row with the text that stands above its amount.
    pub(super) fn with_text_ahead(&mut self, mut row: RowDraft, cells: &Cells<'_>) -> RowDraft {
        self.text_left = cells.text_left().or(self.text_left);
        self.usual_left = self.text_left.or(self.usual_left);
        if let Some((mut text, source)) = self.ahead.take() {
            self.has_text_ahead = true;
            append(&mut text, &row.description);
            row.description = text;
            row.source = unite(Some(source), row.source);
        }
        row
    }

    /// Whether the line stands nearer to the one below it than to the one above: rows are farther apart than their lines.
    pub(super) fn leans_down(&self, line: &Line) -> bool {
        let below = self.plan.lines.get(self.at + 1);
        if below.is_some_and(|below| (below.size - line.size).abs() > SAME_SIZE * line.size) {
            return false;
        }
        let mid = |at: Option<usize>| {
            let other = self.plan.lines.get(at?).filter(|other| other.page == line.page)?;
            Some((other.bounds.mid_y() - line.bounds.mid_y()).abs())
        };
        let (above, below) = (mid(self.at.checked_sub(1)), mid(Some(self.at + 1)));
        // At the top of a page nothing stands above: there it leans as such text did before.
        // The heading of a table is no row either.
        let begins = self.fresh_table && (self.has_text_ahead || self.draft.rows.is_empty());
        let above = above.filter(|_| !begins).or((begins || self.has_text_ahead).then_some(f64::INFINITY));
        let (Some(above), Some(below)) = (above, below) else { return false };
        below < CONTINUATION_PITCH * line.size && below + NEARER * line.size < above
    }

    /// Text above the amount of its row.
    pub(super) fn look_ahead(&mut self, text: &str, line: &Line) {
        let source = Source { page: line.page, bounds: line.bounds };
        match &mut self.ahead {
            Some((ahead, place)) => {
                append(ahead, text);
                *place = unite(Some(*place), Some(source)).unwrap_or(source);
            }
            None => self.ahead = Some((text.to_owned(), source)),
        }
        self.last_line = Some((line.page, line.bounds.mid_y()));
    }

    /// Whether a line stands right below the last line of the last row.
    pub(super) fn is_near(&self, line: &Line) -> bool {
        self.is_within(line, CONTINUATION_PITCH)
    }

    /// The same, within so many font sizes.
    pub(super) fn is_within(&self, line: &Line, pitch: f64) -> bool {
        self.last_line
            .is_some_and(|(page, y)| page == line.page && (line.bounds.mid_y() - y).abs() < pitch * line.size)
    }

    fn is_page_number(&self, line: &Line) -> bool {
        let pages = self.plan.lines.last().map_or(0, |last| last.page);
        page_numbers::is_alone(&line.text(), line.page, pages)
    }

    /// Text only: the description of the row above goes on, or its balance comes late.
    pub(super) fn go_on(&mut self, cells: &Cells<'_>, line: &Line) {
        let text = cells.description();
        let is_plain = cells.balance.is_none() && cells.strays_in_date == 0 && !text.is_empty();
        let is_aligned = match (self.text_left, cells.text_left()) {
            (Some(usual), Some(left)) => (usual - left).abs() < ALIGNED,
            (None, _) | (_, None) => true,
        };
        if self.is_page_number(line)
            || lexicon::is_about_pages(&fold(&line.text()))
            || is_plain && lexicon::is_about_pages(&fold(&text))
        {
            return;
        }
        let is_ahead = is_aligned && (self.ahead.is_some() && self.is_near(line) || self.leans_down(line));
        if is_plain && self.pending.is_none() && is_ahead {
            self.look_ahead(&text, line);
            return;
        }
        // Wide lines are set far apart; what begins where descriptions begin goes on all the same.
        let goes_on =
            is_plain && is_aligned && self.text_left.is_some() && self.is_within(line, WIDEST_PITCH);
        let near = self.is_near(line) || goes_on;
        // What the last row left, said again below it, is carried to the next page.
        let is_carried = self.pending.is_none()
            && cells.balance.and_then(|t| t.amount.as_ref()).is_some_and(|amount| self.is_left(amount))
            && self.draft.rows.last().is_some_and(|row| row.balance.is_some());
        if is_carried {
            self.last_line = None;
            return;
        }
        self.has_unread_day |= cells.date_is_unread;
        // A balance with a word for balances beside it is an end we do not know the name of.
        let end = cells.balance.is_some() && labels::speaks_of_balances(&fold(&text));
        if !near || end || cells.strays_in_date > 0 || (text.is_empty() && cells.balance.is_none()) {
            if cells.balance.is_some() {
                self.suspects.push(line.page);
            }
            self.last_line = None;
            return;
        }
        let bounds = Source { page: line.page, bounds: line.bounds };
        let row = match (&mut self.pending, self.draft.rows.last_mut()) {
            (Some(pending), _) => &mut pending.row,
            (None, Some(row)) => row,
            (None, None) => return,
        };
        append(&mut row.description, &text);
        row.source = unite(row.source, Some(bounds));
        if row.balance.is_none() {
            row.balance = cells.balance.and_then(|t| t.amount.clone());
        }
        self.last_line = Some((line.page, line.bounds.mid_y()));
    }

    pub(super) fn push(&mut self, row: RowDraft, line: &Line) {
        // Whatever was left over above this row lay inside the table.
        if let Some(page) = self.suspects.first().copied() {
            if !self.draft.rows.is_empty() {
                self.draft.doubt("unread_amount");
                self.draft.findings.push(
                    Finding::new(
                        "unread_amount",
                        "An amount between the rows belongs to no row that could be read.",
                    )
                    .on_page(page),
                );
            }
            self.suspects.clear();
        }
        self.draft.rows.push(RowDraft { group: self.group, ..row });
        self.last_row_page = Some(line.page);
        self.fresh_table = false;
        self.last_line = Some((line.page, line.bounds.mid_y()));
        self.in_summary = false;
    }

    /// A row that never got its amount is a note with a date.
    pub(super) fn flush_pending(&mut self) {
        if let Some(Pending { row }) = self.pending.take() {
            let page = row.source.map(|s| s.page);
            let mut finding =
                Finding::new("row_without_amount", "A dated line has no amount; it was not read as a row.");
            finding.page = page;
            self.draft.findings.push(finding);
        }
    }
}

/// "… are protected up to 100,000.00 per customer.": words right before and right behind the only amount of a line.
fn is_in_a_sentence(line: &Line) -> bool {
    let mut amounts = line.tokens.iter().enumerate().filter(|(_, token)| token.is_money());
    let (Some((at, amount)), None) = (amounts.next(), amounts.next()) else { return false };
    let is_word = |token: &&Token| token.is_text() && !token.text.bytes().any(|b| b.is_ascii_digit());
    let gap = WORD_GAP * amount.size;
    let before = at.checked_sub(1).and_then(|at| line.tokens.get(at)).filter(is_word);
    let behind = line.tokens.get(at + 1).filter(is_word);
    let follows = before.is_some_and(|before| amount.bounds.x0 - before.bounds.x1 < gap);
    let goes_on = behind.is_some_and(|behind| behind.bounds.x0 - amount.bounds.x1 < gap);
    follows && (goes_on || amount.text.ends_with('.'))
}

fn append(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

fn unite(a: Option<Source>, b: Option<Source>) -> Option<Source> {
    match (a, b) {
        (Some(a), Some(b)) if a.page == b.page => {
            Some(Source { page: a.page, bounds: a.bounds.union(b.bounds) })
        }
        (a, b) => a.or(b),
    }
}
