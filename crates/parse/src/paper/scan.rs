//! One pass over the lines of a document, top to bottom: headings open tables, labels become anchors, lines become
//! rows, descriptions go on, accounts begin. What is left over inside a table is a doubt, never forgotten.

mod accounts;
mod apart;
mod headings;
mod printed;
mod rows;

use super::columns::Grid;
use super::furniture::Furniture;
use super::header::Header;
use super::labels;
use super::line::Line;
use crate::draft::{OtherDates, RowDraft, SURE_DATE, StatementDraft};
use crate::lexicon::{self, Role, Section, fold};
use headings::DayHeading;
use smartexus_domain::{DateToken, Source};
use std::collections::HashSet;

/// A description goes on in the next line if it stands this close, in font sizes from middle to middle.
const CONTINUATION_PITCH: f64 = 1.9;
/// Lines of one description are nowhere farther apart than this, in font sizes.
const WIDEST_PITCH: f64 = 2.7;
/// A row without a date of its own stands this close below the one it takes its date from, in font sizes.
const UNDATED_ROW_PITCH: f64 = 4.0;
/// Amounts of one column end within this distance of each other, in points.
const ALIGNED: f64 = 3.0;
/// A heading belongs to the table below it if it stands at most this many lines above.
const HEADING_REACH: usize = 4;
/// The table of a heading whose rows are none stands right below it.
const IGNORED_REACH: usize = 2;

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
    pub(super) furniture: Furniture,
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

/// The day that rows without one of their own are of.
#[derive(Clone)]
pub(super) struct DayAbove {
    pub(super) date: DateToken,
    pub(super) confidence: f64,
    /// What it may be instead, where it is hard to read.
    pub(super) other_dates: Option<OtherDates>,
}

impl DayAbove {
    /// Gives its day to a row that has none: no row is surer than the day above it.
    fn give(&self, row: &mut RowDraft) {
        row.date_confidence = row.date_confidence.min(self.confidence);
        if self.confidence < SURE_DATE {
            row.other_dates = Some(self.other_dates.clone().unwrap_or(OtherDates::Unnamed));
        }
    }
}

/// A row whose amount has not come yet.
struct Pending {
    row: RowDraft,
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
    last_date: Option<DayAbove>,
    /// Since then a line had something else with digits where its day should be.
    has_unread_day: bool,
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
    /// Some row had such text.
    has_text_ahead: bool,
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
            has_unread_day: false,
            pending: None,
            last_line: None,
            taken: HashSet::new(),
            suspects: Vec::new(),
            at: 0,
            ahead: None,
            has_text_ahead: false,
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
        if let Some(table) = self.table.filter(|_| self.completes_a_row(line)) {
            self.read_table_line(table, line, index);
            return 1;
        }
        if let Some(section) =
            labels::section(line).filter(|_| !self.is_row_text(line) && !self.is_row_named_as_section(line))
        {
            // The title of the paper is on each of its pages: it ends no list of money in.
            let is_title = matches!(section, Section::Both | Section::Ignored);
            if is_title && self.table.is_some() && self.plan.furniture.is_same(index) {
                return 1;
            }
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
        if !line.has_money() && lexicon::says_no_rows(&fold(&line.text())) {
            self.draft.says_no_rows = true;
            return 1;
        }
        if self.section == Some(Section::Ignored) {
            return 1;
        }
        if self.section == Some(Section::Pending) {
            self.read_pending_line(line, index);
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
        let is_pending = near && self.section == Some(Section::Pending);
        let booked = has(Role::Description) && (has(Role::Balance) || !is_right_below && !is_pending);
        let ignored = self.is_apart();
        if (ignored && booked) || (!ignored && !near && changed) {
            self.section = None;
        }
        self.table = Some(table);
        self.read_heading_above(index);
        if changed {
            self.text_left = None;
        }
        self.fresh_table = true;
        self.last_line = None;
        found.map_or(1, |t| t.header.lines)
    }

    fn grid(&self) -> Option<&'a Grid> {
        self.plan.tables.get(self.table?)?.grids.first()
    }

    fn begins_with_date(&self, line: &Line) -> bool {
        let Some(grid) = self.grid() else { return false };
        line.tokens.iter().any(|t| t.date.is_some() && grid.band_of(t).is_some_and(|b| b.role.is_date()))
    }
}
