//! Where one column ends and the next begins: gutters that the rows leave free between two headings.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::cells::mark;
use super::header::Column;
use super::line::{Line, Token};
use crate::lexicon::Role;

/// A table's columns with their left and right borders, for one group of columns.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Left to right; each with its band `[left, right)`.
    pub(super) bands: Vec<Band>,
    /// Amounts are printed without decimals, as yen are.
    pub(super) whole_units: bool,
}

/// One vertical strip.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band {
    pub(super) role: Role,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Where the amounts of a money band end.
    pub(super) edge: Option<f64>,
}

impl Grid {
    /// Borders for a heading, from the lines below it. `origin` is where the group's first band begins.
    pub(super) fn fit(columns: &[Column], lines: &[&Line], left: f64, right: f64) -> Self {
        let ink: Vec<(f64, f64)> = lines
            .iter()
            .flat_map(|line| line.tokens.iter().map(|t| (t.bounds.x0, t.bounds.x1)))
            .filter(|(x0, x1)| *x1 > left && *x0 < right)
            .collect();
        let mut borders = vec![left];
        for pair in columns.windows(2) {
            let [a, b] = pair else { continue };
            borders.push(gutter(&ink, a, b));
        }
        borders.push(right);
        let bands = columns.iter().zip(borders.windows(2)).filter_map(|(column, edges)| match edges {
            [left, right] => Some(band(column.role, *left, *right, lines)),
            _ => None,
        });
        let mut bands: Vec<Band> = bands.collect();
        money_by_content(&mut bands, lines);
        date_by_content(&mut bands, lines);
        description_by_content(&mut bands, lines);
        let whole_units = prints_whole_units(&bands, lines);
        Self { bands, whole_units }
    }

    /// The band a token lies in, by its middle.
    pub(super) fn band_of(&self, token: &Token) -> Option<Band> {
        let x = token.bounds.mid_x();
        self.bands.iter().find(|band| x >= band.left && x < band.right).copied()
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.bands.iter().any(|band| band.role == role)
    }
}

/// No heading names the description: the column with the most letters, if its heading names nothing else.
fn description_by_content(bands: &mut [Band], lines: &[&Line]) {
    if bands.iter().any(|b| b.role == Role::Description) {
        return;
    }
    let letters = |band: &Band| {
        let inside = |t: &&Token| t.bounds.mid_x() >= band.left && t.bounds.mid_x() < band.right;
        let texts = lines.iter().flat_map(|l| &l.tokens).filter(inside);
        texts.map(|t| t.text.chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>()
    };
    let unnamed = bands.iter_mut().filter(|band| band.role == Role::Other);
    if let Some(band) = unnamed.max_by_key(|band| letters(band)).filter(|band| letters(band) > 0) {
        band.role = Role::Description;
    }
}

/// "Value" names an amount as well as a day, "Debit/Credit" as well as its mark: where nothing but money stands below it, it is the amount.
fn money_by_content(bands: &mut [Band], lines: &[&Line]) {
    if bands.iter().any(|b| matches!(b.role, Role::Amount | Role::Out | Role::In)) {
        return;
    }
    let is_money = |band: &Band| {
        let inside = |t: &&Token| t.bounds.mid_x() >= band.left && t.bounds.mid_x() < band.right;
        let tokens = lines.iter().flat_map(|l| &l.tokens).filter(inside);
        let tokens: Vec<&Token> = tokens.filter(|t| mark(t).is_none() && !t.is_bare_mark()).collect();
        let money = tokens.iter().filter(|t| t.is_money()).count();
        money > 0 && money * 10 >= tokens.len() * 6
    };
    if let Some(band) =
        bands.iter_mut().find(|band| matches!(band.role, Role::ValueDate | Role::Direction) && is_money(band))
    {
        *band = self::band(Role::Amount, band.left, band.right, lines);
    }
}

/// No heading names the date: the first column that mostly holds dates is it.
fn date_by_content(bands: &mut [Band], lines: &[&Line]) {
    if bands.iter().any(|b| matches!(b.role, Role::Date | Role::TransactionDate)) {
        return;
    }
    let mostly_dates = |band: &Band| {
        let inside = |t: &&Token| t.bounds.mid_x() >= band.left && t.bounds.mid_x() < band.right;
        let tokens: Vec<&Token> = lines.iter().flat_map(|l| &l.tokens).filter(inside).collect();
        let dates = tokens.iter().filter(|t| t.date.is_some()).count();
        dates > 0 && dates * 10 >= tokens.len() * 6
    };
    if let Some(band) = bands.iter_mut().find(|band| !band.role.is_money() && mostly_dates(band)) {
        band.role = Role::Date;
    }
}

fn band(role: Role, left: f64, right: f64, lines: &[&Line]) -> Band {
    let inside = |t: &&Token| t.is_money() && t.bounds.mid_x() >= left && t.bounds.mid_x() < right;
    let edges = lines.iter().flat_map(|l| &l.tokens).filter(inside).map(|t| t.bounds.x1);
    let edge = if role.is_money() { edges.reduce(f64::max) } else { None };
    Band { role, left, right, edge }
}

/// More numbers without decimals than with them stand in the money bands.
fn prints_whole_units(bands: &[Band], lines: &[&Line]) -> bool {
    let in_money = |t: &&Token| {
        bands.iter().any(|b| b.role.is_money() && t.bounds.mid_x() >= b.left && t.bounds.mid_x() < b.right)
    };
    let tokens: Vec<&Token> =
        lines.iter().flat_map(|l| &l.tokens).filter(|t| t.amount.is_some()).filter(in_money).collect();
    let with_decimals = tokens.iter().filter(|t| t.is_money()).count();
    with_decimals * 2 < tokens.len()
}

/// The border between two headings: among the places between their middles the one that crosses the fewest words,
/// and of those the widest. Beside a money column the rightmost, since descriptions vary in length and amounts do not.
fn gutter(ink: &[(f64, f64)], a: &Column, b: &Column) -> f64 {
    // No column ends below its own heading.
    let (low, high) = (a.x1.min(b.x0).max(a.mid()), b.mid());
    let mut edges: Vec<f64> =
        ink.iter().flat_map(|(x0, x1)| [*x0, *x1]).filter(|x| *x > low && *x < high).collect();
    edges.extend([low, high]);
    edges.sort_by(f64::total_cmp);
    let (mut begins, mut ends): (Vec<f64>, Vec<f64>) = ink.iter().copied().unzip();
    begins.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    // Words that have begun left of a place and not ended there cross it.
    let crossing =
        |x: f64| begins.partition_point(|b| *b < x).saturating_sub(ends.partition_point(|e| *e <= x));
    let mut best: Option<(usize, f64, f64)> = None;
    for pair in edges.windows(2) {
        let [start, end] = pair else { continue };
        let x = f64::midpoint(*start, *end);
        let width = end - start;
        if width < 0.5 {
            continue;
        }
        let crossed = crossing(x);
        let better =
            best.is_none_or(|(fewest, widest, _)| crossed < fewest || (crossed == fewest && width > widest));
        if better {
            best = Some((crossed, width, x));
        }
    }
    best.map_or_else(|| f64::midpoint(a.x1.min(b.x0), b.x0), |(_, _, x)| x)
}

/// Columns of a table that has no heading: amounts are right-aligned, so their right edges cluster. Returns the
/// money bands left to right; the caller tries the roles they can have.
pub(super) fn money_edges(lines: &[&Line]) -> Vec<(f64, f64)> {
    let mut amounts: Vec<(f64, f64)> = lines
        .iter()
        .flat_map(|line| line.tokens.iter().filter(|t| t.is_money()).map(|t| (t.bounds.x0, t.bounds.x1)))
        .collect();
    amounts.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut clusters: Vec<Vec<(f64, f64)>> = Vec::new();
    for amount in amounts {
        let near = clusters.last().and_then(|c| c.last()).is_some_and(|last| amount.1 - last.1 < 6.0);
        match clusters.last_mut() {
            Some(cluster) if near => cluster.push(amount),
            _ => clusters.push(vec![amount]),
        }
    }
    // A column that fewer than one line in fifty uses is a stray number.
    let fewest = (lines.len() / 50).max(1);
    let extent = |cluster: Vec<(f64, f64)>| {
        let left = cluster.iter().map(|(x0, _)| *x0).fold(f64::INFINITY, f64::min);
        let right = cluster.iter().map(|(_, x1)| *x1).fold(f64::NEG_INFINITY, f64::max);
        (left, right)
    };
    clusters.into_iter().filter(|cluster| cluster.len() >= fewest).map(extent).collect()
}
