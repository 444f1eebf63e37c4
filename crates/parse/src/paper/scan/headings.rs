//! What stands above rows: sections, days, and headings in words that nobody listed.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::super::cells::Cells;
use super::super::labels;
use super::super::line::{Line, Token};
use super::{ALIGNED, CONTINUATION_PITCH, DayAbove, HEADING_REACH, Scan, UNDATED_ROW_PITCH, WIDEST_PITCH};
use crate::lexicon::{self, Label, Role, Section, fold};
use smartexus_domain::{PageMethod, weekday_names};

/// And no farther, in font sizes.
const HEADING_PITCH: f64 = 4.0;
/// Shorter names of days are one letter from too many other words.
const WEEKDAY_LETTERS_MIN: usize = 5;
/// Most words of such a heading.
const HEADING_WORDS_MAX: usize = 8;

/// How the days above the rows are written.
pub(super) struct DayHeading {
    left: f64,
    /// A weekday that we know is one token with its date.
    tokens: usize,
    has_letters: bool,
    /// Runs of digits.
    figures: usize,
    /// From the first digit on: runs of letters, digits of days and of years, and what stands between them.
    shape: String,
    /// The same without what stands between them, as far as the line was recognized: a comma is soon lost.
    bare: Option<String>,
}

impl DayHeading {
    pub(super) fn of(line: &Line) -> Self {
        let text = line.text();
        let kind = |c: char| {
            if c.is_alphabetic() {
                'a'
            } else if c.is_ascii_digit() {
                '0'
            } else {
                c
            }
        };
        // "sexta-feira" and "sábado" are both days of the week.
        let from_figures = text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let chars: Vec<char> = from_figures.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let add = |shape: &mut String, chars: &[char]| {
            for run in chars.chunk_by(|a, b| kind(*a) == kind(*b)) {
                match run.first().map(|first| kind(*first)) {
                    Some('0') => shape.push(if run.len() > 2 { '4' } else { '1' }),
                    Some(kind) => shape.push(kind),
                    None => {}
                }
            }
        };
        let mut shape = String::new();
        add(&mut shape, &chars);
        let bare = (line.method != PageMethod::Text).then(|| {
            let mut bare = String::new();
            for piece in from_figures.split(|c: char| !c.is_alphanumeric()) {
                add(&mut bare, &piece.chars().collect::<Vec<char>>());
            }
            bare
        });
        let figures = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
        let has_letters = text.chars().any(char::is_alphabetic);
        Self { left: line.bounds.x0, tokens: line.tokens.len(), has_letters, figures, shape, bare }
    }

    /// Whether another one is written like this one.
    fn is_like(&self, other: &Self) -> bool {
        let has_same_shape = match (&self.bare, &other.bare) {
            (Some(one), Some(other)) => one == other,
            (_, None) | (None, _) => self.shape == other.shape,
        };
        (self.left - other.left).abs() < ALIGNED && has_same_shape
    }
}

/// "Friday, July 17", and the same but for a letter.
fn begins_with_weekday(token: &Token) -> bool {
    let word = fold(token.text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
    let is_near = |name: &&str| name.len() >= WEEKDAY_LETTERS_MIN && strsim::osa_distance(name, &word) <= 1;
    weekday_names().iter().any(is_near)
}

impl Scan<'_> {
    pub(super) fn open_section(&mut self, section: Section, index: usize) {
        self.flush_pending();
        self.section = Some(section);
        self.section_line = index;
        self.last_line = None;
        self.last_date = None;
    }

    /// A line of nothing but words right above a table's heading says what its rows are, in words we may not know.
    pub(super) fn read_heading_above(&mut self, index: usize) {
        let above = (1..=HEADING_REACH).filter_map(|up| {
            let at = index.checked_sub(up)?;
            let line = self.plan.lines.get(at)?;
            let here = self.plan.lines.get(index)?;
            let near = here.bounds.mid_y() - line.bounds.mid_y() < HEADING_PITCH * here.size.max(line.size);
            (near && line.page == here.page && !self.plan.furniture.contains(at)).then_some(line)
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
        if is_other && labels::section(line).is_none() && !self.is_apart() {
            self.section = None;
        }
    }

    pub(super) fn open_group(&mut self, line: &Line) {
        let text: String = line.text_cells().first().map(|cell| fold(&cell.text)).unwrap_or_default();
        let text = lexicon::without_continued(&text).to_owned();
        let known = self.headings.iter().position(|heading| *heading == text).unwrap_or_else(|| {
            self.headings.push(text);
            self.headings.len() - 1
        });
        self.group = u8::try_from(known).ok();
    }

    /// A short text in the description band with a row above it may be its next line ("FEES", "DEPOSIT").
    pub(super) fn is_row_text(&self, line: &Line) -> bool {
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

    /// Words and an amount in their columns below a day that stands above its rows, or right below a row.
    pub(super) fn is_undated_row(&self, line: &Line) -> bool {
        let is_below_a_row = self.last_date.is_some() && self.is_within(line, UNDATED_ROW_PITCH);
        let Some(grid) = self.grid().filter(|_| self.has_day_headings || is_below_a_row) else {
            return false;
        };
        let cells = Cells::sort(grid, line);
        cells.has_amount() && cells.is_in_columns(grid) && !cells.description().is_empty()
    }

    /// "Interest  4.54" among rows, or in a summary, is one of them and not the heading of a section with its total.
    pub(super) fn is_row_named_as_section(&self, line: &Line) -> bool {
        let among_rows =
            self.table.is_some() && (self.has_day_headings || self.is_within(line, WIDEST_PITCH));
        line.has_money()
            && (self.in_summary || self.is_between_days() || among_rows || self.goes_on_below(line))
    }

    /// Below a notice that stands between rows: words where descriptions begin, right of the days, and an amount in its
    /// column. The heading of a section begins where the days do.
    fn goes_on_below(&self, line: &Line) -> bool {
        let Some(grid) = self.grid().filter(|_| self.table.is_some() && !self.is_closed()) else {
            return false;
        };
        let has_days = grid.bands.first().is_some_and(|band| band.role.is_date());
        let cells = Cells::sort(grid, line);
        let is_aligned = self.text_left.zip(cells.text_left()).is_some_and(|(usual, left)| {
            (usual - left).abs() < ALIGNED && (usual - line.bounds.x0).abs() < ALIGNED
        });
        has_days
            && is_aligned
            && self.last_row_page == Some(line.page)
            && cells.has_amount()
            && cells.is_in_columns(grid)
    }

    /// "Balance at 1 March", and no balance of a later day yet: what stands between them is a summary.
    fn is_between_days(&self) -> bool {
        let is_end = |label: &Label| matches!(label, Label::Opening | Label::Closing | Label::BalanceAt);
        let ends: Vec<Label> = self.draft.anchors.iter().map(|anchor| anchor.label).filter(is_end).collect();
        self.draft.rows.is_empty() && ends == [Label::BalanceAt]
    }

    /// "Tuesday 31 March 2026" above the rows of that day, in a table that has no column of days.
    pub(super) fn heads_a_day(&mut self, line: &Line) -> bool {
        // The name of a weekday may be one we do not know.
        let is_word = |t: &Token| t.is_text() && t.text.chars().all(|c| c.is_alphabetic() || c == '-');
        let token = match line.tokens.as_slice() {
            [token] => token,
            [weekday, token] if is_word(weekday) => token,
            _ => {
                self.has_unread_day |= self.is_unread_day(line);
                return false;
            }
        };
        let has_dates = self.grid().is_none_or(|grid| grid.bands.iter().any(|b| b.role.is_date()));
        let Some(date) = token.date.filter(|_| !has_dates) else {
            self.has_unread_day |= self.is_unread_day(line);
            return false;
        };
        let other_dates = Some(token.other_dates.clone());
        let day = DayAbove { date, confidence: token.confidence, other_dates };
        // All of them are written alike and begin at one place; a day that ends a description does not.
        let heading = DayHeading::of(line);
        // "2/4" is the number of a page.
        let may_be_first = heading.has_letters || heading.figures > 2;
        let Some(first) = &self.day_heading else {
            return may_be_first && self.opens_a_day(heading, day);
        };
        if !first.is_like(&heading) {
            // Below a row it is a line of its description; on its own it may be the day of the rows below it.
            if first.has_letters && !self.is_near(line) && self.last_line.is_some() {
                self.draft.doubt("doubtful_date");
            }
            return false;
        }
        // "Due 13 April 2026" right below its row is written like "Sunday 13 April 2026": nothing says which it is.
        if first.tokens != heading.tokens && self.is_near(line) {
            self.draft.doubt("doubtful_date");
            return false;
        }
        self.opens_a_day(heading, day)
    }

    /// Written like the days above the rows, or with a day of the week where they begin, and none as it was recognized: the
    /// rows below it are not of the day before.
    fn is_unread_day(&self, line: &Line) -> bool {
        let Some(first) = self.day_heading.as_ref().filter(|_| line.method != PageMethod::Text) else {
            return false;
        };
        let heading = DayHeading::of(line);
        let is_like = first.is_like(&heading) && line.tokens.iter().all(|token| token.date.is_none());
        let begins_there = (first.left - heading.left).abs() < ALIGNED;
        let is_weekday = heading.figures > 0 && line.tokens.first().is_some_and(begins_with_weekday);
        !line.has_money() && (is_like || begins_there && is_weekday)
    }

    fn opens_a_day(&mut self, heading: DayHeading, day: DayAbove) -> bool {
        self.flush_pending();
        self.day_heading = self.day_heading.take().or(Some(heading));
        self.last_date = Some(day);
        self.has_day_headings = true;
        self.has_unread_day = false;
        self.last_line = None;
        true
    }
}
