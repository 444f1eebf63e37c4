//! Where the tables are: headings found once over the whole document, borders fitted on all rows of a table.
//! Without any heading the right edges of amounts give the columns, and every role they can have is a plan.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::columns::{Grid, money_edges};
use super::furniture::Furniture;
use super::header::{self, Column, Header};
use super::hinted;
use super::line::{Line, Token};
use super::money_roles;
use super::scan::{Plan, Table};
use super::vocabulary::Vocabulary;
use crate::hint::{HintColumn, IssuerHint};
use crate::lexicon::Role;

/// Of lines with money one in so many has a day, or the days stand above their rows.
const DATED_SHARE: usize = 4;
/// Few rows have more lines than this.
const ROW_LINES: usize = 6;
/// Pages of widths no farther apart than this are of one size, in points.
const SAME_WIDTH: f64 = 1.5;

/// Every plan worth trying, the one with headings first.
pub(super) fn plans(lines: &[Line]) -> Vec<Plan<'_>> {
    let furniture = Furniture::of(lines);
    let headed = with_headings(lines, furniture.clone(), &Vocabulary::default());
    if headed.tables.is_empty() { without_headings(lines, &furniture) } else { vec![headed] }
}

/// What else to try where those prove nothing: one statement where several were seen, and columns without their headings
/// where nothing at all was read below them. What headings say is never left out of a reading because the sums break.
pub(super) fn more_plans(lines: &[Line], has_rows: bool) -> Vec<Plan<'_>> {
    let furniture = Furniture::of(lines);
    let headed = with_headings(lines, furniture.clone(), &Vocabulary::default());
    if headed.tables.is_empty() {
        return Vec::new();
    }
    let mut more = vec![Plan { splits: false, ..headed }];
    if !has_rows {
        more.extend(without_headings(lines, &furniture).into_iter().filter(|plan| !plan.tables.is_empty()));
    }
    more
}

/// Whether headings that we know say what stands below them.
pub(super) fn has_headings(plans: &[Plan<'_>]) -> bool {
    plans.iter().flat_map(|plan| &plan.tables).any(|table| table.header.lines > 0)
}

fn with_headings<'a>(lines: &'a [Line], furniture: Furniture, known: &Vocabulary) -> Plan<'a> {
    let mut tables_at = vec![None; lines.len()];
    let mut headers: Vec<Header> = Vec::new();
    let mut below: Vec<Vec<&Line>> = Vec::new();
    let mut current: Option<usize> = None;
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if let Some(found) = header::find(lines, index, known) {
            let height = found.lines;
            let table = headers.iter().position(|h| h.same_table(&found)).unwrap_or_else(|| {
                headers.push(found);
                below.push(Vec::new());
                headers.len() - 1
            });
            if let Some(slot) = tables_at.get_mut(index) {
                *slot = Some(table);
            }
            current = Some(table);
            index += height;
            continue;
        }
        if let Some(rows) =
            current.filter(|_| !furniture.has_same_figures(index)).and_then(|table| below.get_mut(table))
        {
            rows.push(line);
        }
        index += 1;
    }
    let tables =
        headers.into_iter().zip(below).map(|(header, lines)| table(header, &shaping(&lines))).collect();
    Plan { lines, tables_at, tables, furniture, splits: true }
}

/// Lines that shape the columns: a date and money on one line, or either where days and money stand on lines of their own.
fn shaping<'a>(lines: &[&'a Line]) -> Vec<&'a Line> {
    // Below the last day of a table there are the rest of its row and what is no table any more.
    let last = lines.iter().rposition(|line| line.tokens.first().is_some_and(|t| t.date.is_some()));
    let lines = lines.get(..last.map_or(lines.len(), |at| lines.len().min(at + ROW_LINES))).unwrap_or(lines);
    let is_dated = |line: &&&Line| {
        line.has_money() && line.tokens.iter().any(|t| t.date.is_some())
            || line.tokens.len() > 1 && line.tokens.first().is_some_and(|t| t.date.is_some())
    };
    let dated: Vec<&Line> = lines.iter().filter(is_dated).copied().collect();
    let with_money: Vec<&Line> = lines.iter().filter(|line| line.has_money()).copied().collect();
    let both = dated.iter().filter(|line| line.has_money()).count();
    if both * DATED_SHARE >= with_money.len() && both > 0 {
        return dated;
    }
    // Where the money stands on the last line of a row, its day stands on another.
    let has_figures =
        |line: &Line| (0..).zip(&line.tokens).any(|(at, t)| t.is_money() && !line.is_in_text(at));
    let shapes = |line: &&&Line| has_figures(line) || is_dated(line);
    lines.iter().filter(shapes).copied().collect()
}

/// Borders of a heading. Columns that begin again ("Date Amount Date Amount") stand side by side: one grid each.
fn table(header: Header, rows: &[&Line]) -> Table {
    let mut grids = Vec::new();
    let groups = groups(&header.columns);
    let mut left = f64::NEG_INFINITY;
    for (number, group) in groups.iter().enumerate() {
        let right = match (group.last(), groups.get(number + 1).and_then(|g| g.first())) {
            (Some(last), Some(next)) => f64::midpoint(last.x1, next.x0),
            _ => f64::INFINITY,
        };
        grids.push(Grid::fit(group, rows, left, right));
        left = right;
    }
    Table { header, grids }
}

fn groups(columns: &[Column]) -> Vec<&[Column]> {
    let Some(first) = columns.first() else { return Vec::new() };
    let money_twice = columns.iter().filter(|c| matches!(c.role, Role::Amount | Role::Balance)).count() >= 2;
    let starts: Vec<usize> =
        columns.iter().enumerate().filter(|(_, c)| c.role == first.role).map(|(i, _)| i).collect();
    if starts.len() < 2 || !money_twice {
        return vec![columns];
    }
    let ends = starts.iter().skip(1).copied().chain([columns.len()]);
    let groups: Vec<&[Column]> =
        starts.iter().zip(ends).filter_map(|(start, end)| columns.get(*start..end)).collect();
    // "Date  Date  Details  Amount  Balance" begins with two days and is one table.
    let has_money = |group: &&[Column]| group.iter().any(|column| column.role.is_money());
    if groups.iter().all(has_money) { groups } else { vec![columns] }
}

/// Columns from right edges, one plan for each assignment of roles.
fn without_headings<'a>(lines: &'a [Line], furniture: &Furniture) -> Vec<Plan<'a>> {
    let rows: Vec<&Line> = lines
        .iter()
        .filter(|l| l.has_money() && l.tokens.first().is_some_and(|t| t.date.is_some()))
        .collect();
    if rows.len() < 2 {
        return vec![Plan {
            lines,
            tables_at: vec![None; lines.len()],
            tables: Vec::new(),
            furniture: furniture.clone(),
            splits: true,
        }];
    }
    let edges = money_edges(&rows);
    let date_right = rows.iter().filter_map(|l| l.tokens.first()).map(|t| t.bounds.x1).fold(0.0, f64::max);
    let money_left = edges.iter().map(|(left, _)| *left).fold(f64::INFINITY, f64::min);
    let plan = |roles: &[Role]| {
        let mut columns = vec![
            Column { role: Role::Date, x0: 0.0, x1: date_right },
            Column { role: Role::Description, x0: date_right, x1: money_left },
        ];
        columns.extend(edges.iter().zip(roles).map(|((x0, x1), role)| Column {
            role: *role,
            x0: *x0,
            x1: *x1,
        }));
        from_first_row(lines, &rows, columns, furniture.clone())
    };
    money_roles(edges.len()).iter().map(|roles| plan(roles)).collect()
}

/// One table that begins with the first of its rows.
fn from_first_row<'a>(
    lines: &'a [Line],
    rows: &[&Line],
    columns: Vec<Column>,
    furniture: Furniture,
) -> Plan<'a> {
    let first_row = lines.iter().position(|l| rows.iter().any(|r| std::ptr::eq(*r, l))).unwrap_or(0);
    let mut tables_at = vec![None; lines.len()];
    if let Some(slot) = tables_at.get_mut(first_row) {
        *slot = Some(0);
    }
    let grid = Grid::fit(&columns, rows, f64::NEG_INFINITY, f64::INFINITY);
    let table = Table { header: Header { columns, lines: 0 }, grids: vec![grid] };
    Plan { lines, tables_at, tables: vec![table], furniture, splits: true }
}

/// What a hint adds: headings in words of its issuer, and columns in places of its own. `widths` are those of the pages.
pub(super) fn hinted_plans<'a>(lines: &'a [Line], hint: &IssuerHint, widths: &[f64]) -> Vec<Plan<'a>> {
    let furniture = Furniture::of(lines);
    let mut plans = Vec::new();
    if !hint.headings.is_empty() {
        plans.push(with_headings(lines, furniture.clone(), &Vocabulary::of(hint)));
    }
    let columns = hint.columns.as_ref().filter(|columns| {
        widths.iter().all(|width| (width - f64::from(columns.page_width)).abs() < SAME_WIDTH)
    });
    plans.extend(columns.map(|columns| with_edges(lines, &columns.edges, furniture)));
    plans.retain(|plan| !plan.tables.is_empty() && hinted::is_coherent(plan));
    plans
}

fn with_edges<'a>(lines: &'a [Line], edges: &[HintColumn], furniture: Furniture) -> Plan<'a> {
    let dates: Vec<&HintColumn> = edges.iter().filter(|column| column.role.role().is_date()).collect();
    let is_dated = |line: &Line| {
        let in_column = |t: &Token| {
            let x = t.bounds.mid_x();
            dates.iter().any(|column| x >= f64::from(column.left) && x <= f64::from(column.right))
        };
        dates.is_empty() || line.tokens.iter().any(|t| t.date.is_some() && in_column(t))
    };
    let rows: Vec<&Line> = lines.iter().filter(|line| line.has_money() && is_dated(line)).collect();
    let column = |edge: &HintColumn| Column {
        role: edge.role.role(),
        x0: f64::from(edge.left),
        x1: f64::from(edge.right),
    };
    from_first_row(lines, &rows, edges.iter().map(column).collect(), furniture)
}
