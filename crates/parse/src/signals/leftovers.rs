//! Lines of a table that no row has: where there are any, a statement was not read whole, and what does not add up in it is
//! our own fault.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::distinct;
use super::scene::{Figure, Role, SLACK_PT, Scene, is_amount, is_close, is_money, joined};
use smartexus_domain::{Money, Page, Rect, Word};

/// Edges of a column that are this close are one, in points.
const SAME_EDGE_PT: f64 = 1.0;
/// Words before one of money that may belong to it: groups of digits, signs, marks.
const WORDS_BEFORE_MAX: usize = 3;

/// Is there a line with an amount in the columns of a statement and a date or balance beside it, and no row has it?
pub(super) fn has_leftovers(scene: &Scene<'_>, statement: usize) -> bool {
    let ends: Vec<Money> =
        scene.statements.iter().flat_map(|s| [s.opening_balance, s.closing_balance]).flatten().collect();
    scene.row_pages().into_iter().any(|page| {
        let columns = Columns::of(scene, statement, page.page);
        lines(scene, page).iter().any(|line| columns.is_row(line, &ends))
    })
}

/// The words of a page outside all rows, line by line.
fn lines<'a>(scene: &Scene<'a>, page: &'a Page) -> Vec<Vec<&'a Word>> {
    let rows = scene.statements.iter().flat_map(|statement| &statement.transactions);
    let sources = rows.filter_map(|row| row.source).filter(|source| source.page == page.page);
    let rows: Vec<Rect> = sources.map(|source| source.bounds).collect();
    let is_in = |row: &Rect, word: &Word| {
        let (x, y) = (word.bounds.mid_x(), word.bounds.mid_y());
        (row.y0 - SLACK_PT..=row.y1 + SLACK_PT).contains(&y)
            && (row.x0 - SLACK_PT..=row.x1 + SLACK_PT).contains(&x)
    };
    let mut free: Vec<&Word> =
        page.words.iter().filter(|word| !rows.iter().any(|row| is_in(row, word))).collect();
    free.sort_by(|a, b| a.bounds.mid_y().total_cmp(&b.bounds.mid_y()));
    let level = |a: &&Word, b: &&Word| (a.bounds.mid_y() - b.bounds.mid_y()).abs() < 0.3 * a.size;
    let mut lines: Vec<Vec<&Word>> = free.chunk_by(level).map(<[&Word]>::to_vec).collect();
    lines.iter_mut().for_each(|line| line.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0)));
    lines
}

/// Where the figures of a statement start and end on a page.
struct Columns {
    dates: Vec<f64>,
    amounts: Edges,
    balances: Edges,
}

/// Left and right edges of a column.
struct Edges {
    left: Vec<f64>,
    right: Vec<f64>,
}

fn edges(column: Vec<Rect>) -> Edges {
    let right = distinct(column.iter().map(|bounds| bounds.x1));
    Edges { left: distinct(column.into_iter().map(|bounds| bounds.x0)), right }
}

impl Columns {
    fn of(scene: &Scene<'_>, statement: usize, page: u32) -> Self {
        let of = |role: Role| {
            let own = move |figure: &&Figure<'_>| {
                (figure.statement, figure.page, figure.role) == (statement, page, role)
            };
            scene.figures.iter().filter(own).map(|figure| figure.bounds)
        };
        Self {
            dates: distinct(of(Role::Date).map(|bounds| bounds.x0)),
            amounts: edges(of(Role::Amount).collect()),
            balances: edges(of(Role::Balance).collect()),
        }
    }

    fn is_row(&self, line: &[&Word], ends: &[Money]) -> bool {
        let is_dated = line.iter().any(|word| {
            let is_number = word.text.bytes().any(|b| b.is_ascii_digit());
            is_number && self.dates.iter().any(|start| near(*start, word.bounds.x0))
        });
        let money = |column: &Edges| {
            line.iter()
                .enumerate()
                .any(|(at, word)| is_money(&word.text) && is_in(column, word) && !is_end(line, at, ends))
        };
        let (amount, balance) = (money(&self.amounts), money(&self.balances));
        is_dated && (amount || balance) || amount && balance
    }
}

fn is_in(column: &Edges, word: &Word) -> bool {
    column.right.iter().any(|edge| near(*edge, word.bounds.x1))
        || column.left.iter().any(|edge| near(*edge, word.bounds.x0))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME_EDGE_PT
}

/// Openings and closings stand in the table, too.
fn is_end(line: &[&Word], at: usize, ends: &[Money]) -> bool {
    (0..=WORDS_BEFORE_MAX).any(|before| {
        let run = at.checked_sub(before).and_then(|from| line.get(from..=at)).unwrap_or_default();
        let is_one = run.windows(2).all(|pair| matches!(pair, [a, b] if is_close(a, b)));
        let text = joined(run);
        is_one && ends.iter().any(|end| is_amount(&text, end.minor(), end.currency().exponent()))
    })
}
