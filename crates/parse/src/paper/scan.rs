//! One pass over the lines of a document, top to bottom: headings open tables, labels become anchors, lines become
//! rows, descriptions go on, accounts begin. What is left over inside a table is a doubt, never forgotten.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::cells::{self, Cells};
use super::columns::Grid;
use super::header::Header;
use super::labels;
use super::line::{Line, Token};
use crate::account::{self, Mark};
use crate::draft::{Anchor, RowDraft, StatementDraft, SummaryLine};
use crate::lexicon::{self, Label, Role, Section, fold};
use smartexus_domain::{AmountToken, DateToken, Finding, SignMark, Source};
use std::collections::HashSet;

/// A description goes on in the next line if it stands this close, in font sizes from middle to middle.
const CONTINUATION_PITCH: f64 = 1.9;
/// Lines of one description are nowhere farther apart than this, in font sizes.
const WIDEST_PITCH: f64 = 2.7;
/// A line is nearer to one of its neighbours by more than this, in font sizes.
const NEARER: f64 = 0.12;
/// A row without a date of its own stands this close below the one it takes its date from.
const UNDATED_ROW_PITCH: f64 = 4.0;
/// Amounts of one column end within this distance of each other, in points.
const ALIGNED: f64 = 3.0;
/// A value under its label begins this close below it, in points.
const LABEL_ALIGNED: f64 = 4.0;
/// A mark behind the amount of a label stands this close, in font sizes.
const MARK_REACH: f64 = 3.0;
/// A heading belongs to the table below it if it stands at most this many lines above.
const HEADING_REACH: usize = 4;
/// The table of a heading whose rows are none stands right below it.
const IGNORED_REACH: usize = 2;
/// And no farther, in font sizes.
const HEADING_PITCH: f64 = 4.0;
/// Most words of such a heading.
const HEADING_WORDS_MAX: usize = 8;

/// A table of the document: its heading and its borders, one grid for each group of columns side by side.
pub(super) struct Table {
    pub(super) header: Header,
    pub(super) grids: Vec<Grid>,
}

/// What the pass needs to know about the lines before it begins.
pub(super) struct Plan<'a> {
    pub(super) lines: &'a [Line],
    /// For each line: the table whose heading starts there.
    pub(super) tables_at: Vec<Option<usize>>,
    pub(super) tables: Vec<Table>,
    /// Lines that repeat on several pages at the same height.
    pub(super) furniture: HashSet<usize>,
    /// Whether an opening balance below a closing one begins another statement of the same account.
    pub(super) splits: bool,
}

/// The statements of a document, not yet solved.
pub(super) fn scan(plan: &Plan<'_>) -> Vec<StatementDraft> {
    let mut scan = Scan::new(plan);
    let mut index = 0;
    while index < plan.lines.len() {
        index += scan.step(index).max(1);
    }
    scan.finish()
}

/// A row whose amount has not come yet.
struct Pending {
    row: RowDraft,
}

/// How the days above the rows are written.
struct DayHeading {
    left: f64,
    has_letters: bool,
    figures: usize,
}

impl DayHeading {
    fn of(line: &Line) -> Self {
        let text = line.text();
        let figures = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
        Self { left: line.bounds.x0, has_letters: text.chars().any(char::is_alphabetic), figures }
    }

    fn is_like(&self, other: &Self) -> bool {
        (self.left - other.left).abs() < ALIGNED
            && self.has_letters == other.has_letters
            && self.figures == other.figures
    }
}

struct Scan<'a> {
    plan: &'a Plan<'a>,
    done: Vec<StatementDraft>,
    draft: StatementDraft,
    table: Option<usize>,
    section: Option<Section>,
    section_line: usize,
    /// The headings that rows stand under, in the order of their first use; the number of the last one.
    headings: Vec<String>,
    group: Option<u8>,
    last_date: Option<(DateToken, u32)>,
    pending: Option<Pending>,
    /// Middle of the last line that belonged to the last row, with its page.
    last_line: Option<(u32, f64)>,
    /// Amount tokens that labels have taken: (line, token).
    taken: HashSet<(usize, usize)>,
    /// Pages of lines with money in a money band that became nothing.
    suspects: Vec<u32>,
    /// The line that is read.
    at: usize,
    /// Text that stands nearer to the row below it than to the one above.
    ahead: Option<(String, Source)>,
    last_row_page: Option<u32>,
    /// Where the descriptions of the table begin.
    text_left: Option<f64>,
    /// Where they began in the table before it, if nothing of this one is known.
    usual_left: Option<f64>,
    /// Rows stand below a line that is nothing but their day.
    has_day_headings: bool,
    day_heading: Option<DayHeading>,
    /// The table's heading was just read: its first row may leave the date of the page before unsaid.
    fresh_table: bool,
    /// Whether an opening was seen and no closing yet: summary lines stand between.
    in_summary: bool,
}

impl<'a> Scan<'a> {
    fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            done: Vec::new(),
            draft: StatementDraft::default(),
            table: None,
            section: None,
            section_line: 0,
            headings: Vec::new(),
            group: None,
            last_date: None,
            pending: None,
            last_line: None,
            taken: HashSet::new(),
            suspects: Vec::new(),
            at: 0,
            ahead: None,
            last_row_page: None,
            text_left: None,
            usual_left: None,
            has_day_headings: false,
            day_heading: None,
            fresh_table: false,
            in_summary: false,
        }
    }

    fn finish(mut self) -> Vec<StatementDraft> {
        self.flush_pending();
        self.done.push(self.draft);
        self.done
    }

    /// Reads one line; returns how many lines it took.
    fn step(&mut self, index: usize) -> usize {
        let Some(line) = self.plan.lines.get(index) else { return 1 };
        self.at = index;
        if let Some(table) = self.plan.tables_at.get(index).copied().flatten() {
            let taken = self.open_table(table, index);
            // A table without a heading begins with its first row.
            if taken > 0 {
                return taken;
            }
        }
        if let Some(section) =
            labels::section(line).filter(|_| !self.is_row_text(line) && !self.is_row_named_as_section(line))
        {
            self.open_section(section, index);
            self.open_group(line);
            return 1;
        }
        if self.heads_a_day(line) {
            return 1;
        }
        if self.read_account(line, index) {
            return 1;
        }
        let dated_row = self.begins_with_date(line);
        if self.read_labels(line, index, dated_row) {
            self.last_line = None;
            return 1;
        }
        if self.section == Some(Section::Ignored) {
            return 1;
        }
        if let Some(table) = self.table {
            self.read_table_line(table, line, index);
        } else {
            self.note_context(line);
        }
        1
    }

    fn open_table(&mut self, table: usize, index: usize) -> usize {
        self.flush_pending();
        let near = index.saturating_sub(self.section_line) <= HEADING_REACH && self.section.is_some();
        let found = self.plan.tables.get(table);
        let has = |role: Role| found.is_some_and(|t| t.grids.iter().any(|grid| grid.has(role)));
        let changed = self.table != Some(table);
        // Rows with a description and a balance are booked, whatever box stood beside the table; so are those below a box
        // that had its own lines.
        let is_right_below = near && index.saturating_sub(self.section_line) <= IGNORED_REACH;
        let booked = has(Role::Description) && (has(Role::Balance) || !is_right_below);
        let ignored = self.section == Some(Section::Ignored);
        if (ignored && booked) || (!ignored && !near && changed) {
            self.section = None;
        }
        self.table = Some(table);
        self.read_heading_above(index);
        self.text_left = None;
        self.fresh_table = true;
        self.last_line = None;
        found.map_or(1, |t| t.header.lines)
    }

    fn open_section(&mut self, section: Section, index: usize) {
        self.flush_pending();
        self.section = Some(section);
        self.section_line = index;
        self.last_line = None;
        self.last_date = None;
    }

    /// A line of nothing but words right above a table's heading says what its rows are, in words we may not know.
    fn read_heading_above(&mut self, index: usize) {
        let above = (1..=HEADING_REACH).filter_map(|up| {
            let at = index.checked_sub(up)?;
            let line = self.plan.lines.get(at)?;
            let here = self.plan.lines.get(index)?;
            let near = here.bounds.mid_y() - line.bounds.mid_y() < HEADING_PITCH * here.size.max(line.size);
            (near && line.page == here.page && !self.plan.furniture.contains(&at)).then_some(line)
        });
        let heading = above.take(1).find(|line| {
            line.text_cells().len() == 1
                && line.tokens.iter().all(|t| t.date.is_none() && t.amount.is_none())
                && line.tokens.len() <= HEADING_WORDS_MAX
        });
        let Some(line) = heading else { return };
        let before = self.group;
        self.open_group(line);
        // What a heading we do not know says is not what the one before it said.
        let is_other = self.group != before && before.is_some();
        if is_other && labels::section(line).is_none() && self.section != Some(Section::Ignored) {
            self.section = None;
        }
    }

    fn open_group(&mut self, line: &Line) {
        let text: String = line.text_cells().first().map(|cell| fold(&cell.text)).unwrap_or_default();
        let text = lexicon::without_continued(&text).to_owned();
        let known = self.headings.iter().position(|heading| *heading == text).unwrap_or_else(|| {
            self.headings.push(text);
            self.headings.len() - 1
        });
        self.group = u8::try_from(known).ok();
    }

    /// A short text in the description band with a row above it may be its next line ("FEES", "DEPOSIT").
    fn is_row_text(&self, line: &Line) -> bool {
        let near = self.last_line.is_some_and(|(page, y)| {
            page == line.page
                && line.bounds.mid_y() - y < CONTINUATION_PITCH * line.size
                && line.bounds.mid_y() > y
        });
        let Some(grid) = self.grid() else { return false };
        let described =
            line.tokens.iter().all(|t| grid.band_of(t).is_some_and(|b| b.role == Role::Description));
        // Set far apart, but from where descriptions begin, right of the days.
        let has_days = grid.bands.first().is_some_and(|b| b.role.is_date());
        let begins_there = self.text_left.is_some_and(|left| (left - line.bounds.x0).abs() < ALIGNED);
        (near || has_days && begins_there && self.is_within(line, WIDEST_PITCH)) && described
    }

    fn grid(&self) -> Option<&'a Grid> {
        self.plan.tables.get(self.table?)?.grids.first()
    }

    fn begins_with_date(&self, line: &Line) -> bool {
        let Some(grid) = self.grid() else { return false };
        line.tokens.iter().any(|t| t.date.is_some() && grid.band_of(t).is_some_and(|b| b.role.is_date()))
    }

    /// "Interest  4.54" among rows, or in a summary, is one of them and not the heading of a section with its total.
    fn is_row_named_as_section(&self, line: &Line) -> bool {
        let among_rows =
            self.table.is_some() && (self.has_day_headings || self.is_within(line, WIDEST_PITCH));
        line.has_money() && (self.in_summary || among_rows)
    }

    /// "Tuesday 31 March 2026" above the rows of that day, in a table that has no column of days.
    fn heads_a_day(&mut self, line: &Line) -> bool {
        // The name of a weekday may be one we do not know.
        let is_word = |t: &Token| t.is_text() && t.text.chars().all(char::is_alphabetic);
        let token = match line.tokens.as_slice() {
            [token] => token,
            [weekday, token] if is_word(weekday) => token,
            _ => return false,
        };
        let has_dates = self.grid().is_none_or(|grid| grid.bands.iter().any(|b| b.role.is_date()));
        let Some(date) = token.date.filter(|_| !has_dates) else { return false };
        // All of them are written alike and begin at one place; a day that ends a description does not.
        let heading = DayHeading::of(line);
        // "2/4" is the number of a page.
        let may_be_first = heading.has_letters || heading.figures > 2;
        if !self.day_heading.as_ref().map_or(may_be_first, |first| first.is_like(&heading)) {
            return false;
        }
        self.flush_pending();
        self.day_heading = self.day_heading.take().or(Some(heading));
        self.last_date = Some((date, line.page));
        self.has_day_headings = true;
        self.last_line = None;
        true
    }

    /// Returns whether the line begins another statement.
    fn read_account(&mut self, line: &Line, index: usize) -> bool {
        // A customer's number in a description is no account of the holder.
        if self.begins_with_date(line) || self.is_row_text(line) {
            return false;
        }
        let Some(mark) = account::read(&line.words()).or_else(|| self.headed_account(line, index)) else {
            return false;
        };
        let furniture = self.plan.furniture.contains(&index);
        let is_new = self.is_new_account(&mark) && !furniture;
        if is_new {
            self.next_statement();
        }
        let replace = self.draft.rows.is_empty() && !furniture;
        self.draft.is_card |= mark.kind == Some("credit_card");
        account::apply(&mut self.draft.account, &mark, replace);
        is_new && !line.has_money()
    }

    /// A row of labels with their values below: "Sortcode   Account number" over "99-11-22   30418827".
    fn headed_account(&self, line: &Line, index: usize) -> Option<Mark> {
        let below = self.plan.lines.get(index + 1).filter(|l| l.page == line.page)?;
        let values = below.text_cells();
        let mut merged: Option<Mark> = None;
        for label in line.text_cells() {
            let under = values.iter().find(|v| (v.bounds.x0 - label.bounds.x0).abs() < LABEL_ALIGNED);
            let Some(value) = under else { continue };
            // A line below that names an account by itself is not about the words above it.
            let own: Vec<&str> = value.text.split(' ').collect();
            if account::read(&own).is_some_and(|mark| mark.number.is_some() || mark.iban.is_some()) {
                continue;
            }
            let words: Vec<&str> = label.text.split(' ').chain([":"]).chain(value.text.split(' ')).collect();
            // Only what has a label of its own: two headings one above the other are no label and value.
            let mark = account::read(&words).map(|mark| Mark { currency: None, kind: None, ..mark });
            if let Some(mark) = mark.filter(|mark| *mark != Mark::default()) {
                merged = Some(merged.unwrap_or_default().or(mark));
            }
        }
        merged
    }

    /// Another number, IBAN or currency in a heading after rows were read begins another statement.
    fn is_new_account(&self, mark: &Mark) -> bool {
        let account = &self.draft.account;
        // A page may be headed by the first account of the file, whichever goes on below it.
        let is_end = |label| matches!(label, Label::Opening | Label::Closing | Label::BalanceAt);
        let is_closed = self.draft.anchors.iter().any(|a| is_end(a.label) && a.rows_before > 0);
        let is_earlier = |done: &StatementDraft| mark.number.is_some() && done.account.number == mark.number;
        if !is_closed && self.done.iter().any(is_earlier) {
            return false;
        }
        let other = |new: &Option<String>, old: &Option<String>| new.is_some() && old.is_some() && new != old;
        let currency = mark.currency.is_some_and(|c| account.currency.is_known() && c != account.currency);
        // A number where so far only an IBAN was printed is the same account only if the IBAN contains it.
        let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let beside_iban = match (&mark.number, &account.number, &account.iban) {
            (Some(number), None, Some(iban)) => !iban.contains(&bare(number)),
            _ => false,
        };
        let currency = currency || beside_iban;
        (!self.draft.rows.is_empty() || self.has_both_ends())
            && (other(&mark.number, &account.number) || other(&mark.iban, &account.iban) || currency)
    }

    /// Both ends of an account on which nothing happened.
    fn has_both_ends(&self) -> bool {
        let has = |label| self.draft.anchors.iter().any(|a| a.label == label);
        has(Label::Opening) && has(Label::Closing) && self.table.is_some()
    }

    /// Closes the statement; what belongs to the person and the bank goes over to the next one.
    fn next_statement(&mut self) {
        self.flush_pending();
        let mut next = StatementDraft {
            is_card: false,
            period: self.draft.period,
            context_dates: self.draft.context_dates.clone(),
            file_year: self.draft.file_year,
            ..StatementDraft::default()
        };
        next.account.holders.clone_from(&self.draft.account.holders);
        next.account.institution.clone_from(&self.draft.account.institution);
        next.account.bic.clone_from(&self.draft.account.bic);
        next.account.sort_code.clone_from(&self.draft.account.sort_code);
        self.done.push(std::mem::replace(&mut self.draft, next));
        self.section = None;
        self.headings.clear();
        self.group = None;
        self.last_date = None;
        self.has_day_headings = false;
        self.day_heading = None;
        self.last_line = None;
        self.in_summary = false;
        self.suspects.clear();
    }

    /// Labels of the line become anchors. Returns whether the line is spent: it is no row.
    fn read_labels(&mut self, line: &Line, index: usize, dated_row: bool) -> bool {
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
        for labelled in found {
            if dated_row && !is_end(labelled.label) || self.taken.contains(&labelled.at) {
                continue;
            }
            if self.plan.splits && labelled.label == Label::Opening && self.closes_before(&labelled) {
                self.next_statement();
            }
            spent |= self.anchor(&labelled, index);
        }
        let folded = fold(&line.text_cells().first().map(|c| c.text.clone()).unwrap_or_default());
        if !spent && !dated_row && (labels::is_subtotal(&folded) || labels::begins_with_total(&folded)) {
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
    fn totals_row(&mut self, line: &Line, index: usize) -> bool {
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
    fn closes_before(&self, labelled: &labels::Labelled) -> bool {
        let amount = self.token(labelled.at).and_then(|t| t.amount.as_ref());
        let closed = self.draft.anchors.iter().any(|a| a.label == Label::Closing);
        let opened =
            self.draft.anchors.iter().any(|a| {
                a.label == Label::Opening || (a.label == Label::BroughtForward && a.rows_before == 0)
            });
        let same = self.draft.anchors.iter().any(|a| a.label == Label::Opening && Some(&a.amount) == amount);
        let is_carried = amount.is_some_and(|amount| self.is_left(amount));
        !self.draft.rows.is_empty() && opened && closed && !same && !is_carried
    }

    /// Whether an amount is the balance that the last row left.
    fn is_left(&self, amount: &AmountToken) -> bool {
        let figure = |amount: &AmountToken| (amount.readings(2), amount.readings(3));
        let left = self.draft.rows.iter().rev().find_map(|row| row.balance.as_ref());
        left.is_some_and(|left| figure(left) == figure(amount))
    }

    fn token(&self, (line, token): (usize, usize)) -> Option<&'a Token> {
        self.plan.lines.get(line)?.tokens.get(token)
    }

    fn anchor(&mut self, labelled: &labels::Labelled, index: usize) -> bool {
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
        let is_carried = labelled.label == Label::Opening && self.is_left(&amount);
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
    fn stands_in_out_column(&self, token: &Token) -> bool {
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
    fn summary_line(&mut self, line: &Line, index: usize) {
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
            Some(Section::Both | Section::Ignored) | None => None,
        };
        self.taken.insert((index, token));
        self.draft.summary.push(SummaryLine { direction, amount });
    }

    fn note_context(&mut self, line: &Line) {
        let full = |t: &&Token| t.date.is_some() && t.text.bytes().filter(u8::is_ascii_digit).count() >= 5;
        let dates: Vec<DateToken> = line.tokens.iter().filter(full).filter_map(|t| t.date).collect();
        self.draft.context_dates.extend(dates);
    }

    fn read_table_line(&mut self, table: usize, line: &Line, index: usize) {
        let Some(table) = self.plan.tables.get(table) else { return };
        let furniture = self.plan.furniture.contains(&index);
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

    fn read_cells(&mut self, grid: &Grid, line: &Line, furniture: bool) {
        let cells = Cells::sort(grid, line);
        // The same words at the same height of two pages may still be two rows, or the second lines of two.
        let is_row = cells.has_amount() && cells.is_in_columns(grid)
            || cells.date.is_some() && self.is_aligned_with_rows(&cells);
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
    fn is_aligned_with_rows(&self, cells: &Cells<'_>) -> bool {
        self.usual_left.zip(cells.text_left()).is_some_and(|(usual, left)| (usual - left).abs() < ALIGNED)
    }

    fn whole_row(&mut self, cells: &Cells<'_>, date: DateToken, line: &Line) {
        self.flush_pending();
        let row = self.with_text_ahead(cells.row(Some(date), self.section, line), cells);
        self.last_date = Some((date, line.page));
        self.push(row, line);
    }

    fn begin_row(&mut self, cells: &Cells<'_>, date: DateToken, line: &Line) {
        self.flush_pending();
        let is_alone = cells.description().is_empty() && cells.balance.is_none();
        // "From 1 July …" is prose that reaches into the column.
        if is_alone && cells.strays_in_date > 0 {
            self.last_line = None;
            return;
        }
        if is_alone {
            // A date alone on its line heads the rows below it.
            self.last_date = Some((date, line.page));
            self.last_line = None;
            return;
        }
        self.last_date = Some((date, line.page));
        let row = self.with_text_ahead(cells.row(Some(date), self.section, line), cells);
        self.pending = Some(Pending { row });
        self.last_line = Some((line.page, line.bounds.mid_y()));
    }

    /// The amount of a row that began above.
    fn complete_row(&mut self, cells: &Cells<'_>, line: &Line) {
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
    fn undated_row(&mut self, cells: &Cells<'_>, grid: &Grid, line: &Line) {
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
        let date = self.last_date.map(|(date, _)| date);
        let has_dates = grid.bands.iter().any(|b| b.role.is_date());
        let dates_free =
            if self.has_day_headings { cells.strays_in_date == 0 } else { dates_free && has_dates };
        let dates_free = dates_free && is_in_place;
        match date {
            Some(date) if described && dates_free => {
                let row = self.with_text_ahead(cells.row(Some(date), self.section, line), cells);
                self.push(row, line);
            }
            _ => {
                self.suspects.push(line.page);
                self.last_line = None;
            }
        }
    }

    /// The closing balance stands below the last row.
    fn is_closed(&self) -> bool {
        let rows = self.draft.rows.len();
        self.draft.anchors.iter().any(|a| a.label == Label::Closing && a.rows_before == rows && rows > 0)
    }

    /// A row with the text that stands above its amount.
    fn with_text_ahead(&mut self, mut row: RowDraft, cells: &Cells<'_>) -> RowDraft {
        self.text_left = cells.text_left().or(self.text_left);
        self.usual_left = self.text_left.or(self.usual_left);
        if let Some((mut text, source)) = self.ahead.take() {
            append(&mut text, &row.description);
            row.description = text;
            row.source = unite(Some(source), row.source);
        }
        row
    }

    /// Whether the line stands nearer to the one below it than to the one above: rows are farther apart than their lines.
    fn leans_down(&self, line: &Line) -> bool {
        let mid = |at: Option<usize>| {
            let other = self.plan.lines.get(at?).filter(|other| other.page == line.page)?;
            Some((other.bounds.mid_y() - line.bounds.mid_y()).abs())
        };
        let (above, below) = (mid(self.at.checked_sub(1)), mid(Some(self.at + 1)));
        let (Some(above), Some(below)) = (above, below) else { return false };
        below < CONTINUATION_PITCH * line.size && below + NEARER * line.size < above
    }

    /// Text above the amount of its row.
    fn look_ahead(&mut self, text: &str, line: &Line) {
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
    fn is_near(&self, line: &Line) -> bool {
        self.is_within(line, CONTINUATION_PITCH)
    }

    /// The same, within so many font sizes.
    fn is_within(&self, line: &Line, pitch: f64) -> bool {
        self.last_line
            .is_some_and(|(page, y)| page == line.page && (line.bounds.mid_y() - y).abs() < pitch * line.size)
    }

    /// Text only: the description of the row above goes on, or its balance comes late.
    fn go_on(&mut self, cells: &Cells<'_>, line: &Line) {
        let text = cells.description();
        let is_plain = cells.balance.is_none() && cells.strays_in_date == 0 && !text.is_empty();
        let is_aligned = match (self.text_left, cells.text_left()) {
            (Some(usual), Some(left)) => (usual - left).abs() < ALIGNED,
            (None, _) | (_, None) => true,
        };
        if is_plain && lexicon::is_about_pages(&fold(&text)) {
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

    fn push(&mut self, row: RowDraft, line: &Line) {
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
    fn flush_pending(&mut self) {
        if let Some(Pending { row }) = self.pending.take() {
            let page = row.source.map(|s| s.page);
            let mut finding =
                Finding::new("row_without_amount", "A dated line has no amount; it was not read as a row.");
            finding.page = page;
            self.draft.findings.push(finding);
        }
    }
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
