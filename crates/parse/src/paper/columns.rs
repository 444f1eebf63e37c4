//! Where one column ends and the next begins: gutters that the rows leave free between two headings.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::cells::mark;
use super::header::Column;
use super::line::{Line, Token};
use crate::lexicon::{self, Role};
use std::cmp::Reverse;

/// A mark behind some of the amounts of a column moves their edge by no more than this, in font sizes.
const MARK_WIDTH: f64 = 2.4;
/// Amounts that are set from the left begin within this, in points.
const BEGINS_WITHIN: f64 = 3.0;

/// Where so many texts begin, one line of a box below the table may cross the border before them.
const PER_FOOT_LINE: usize = 6;

/// Figures of a column end no farther from each other, in points.
const SAME_EDGE: f64 = 0.6;

/// Text ends this close before a column of days, in points.
const BEFORE_DAYS: f64 = 3.0;

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
    /// Where the first of them begins.
    pub(super) begin: Option<f64>,
}

impl Grid {
    /// Borders for a heading, from the lines below it. `origin` is where the group's first band begins.
    pub(super) fn fit(columns: &[Column], lines: &[&Line], left: f64, right: f64) -> Self {
        let inside = |t: &&Token| t.bounds.x1 > left && t.bounds.x0 < right;
        let ink = Ink::of(lines, inside);
        let mut borders = vec![left];
        for pair in columns.windows(2) {
            let [a, b] = pair else { continue };
            borders.push(ink.gutter(a, b));
        }
        borders.push(right);
        let bands = columns.iter().zip(borders.windows(2)).filter_map(|(column, edges)| match edges {
            [left, right] => Some(band(column.role, *left, *right, lines)),
            _ => None,
        });
        let mut bands: Vec<Band> = bands.collect();
        second_date(&mut bands);
        dates_under_money(&mut bands, lines);
        money_under_anything(&mut bands, lines);
        money_by_content(&mut bands, lines);
        direction_by_content(&mut bands, lines);
        take_sides(&mut bands, lines);
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

    /// Whether an amount stands where those of its column do: they end, or else begin, at one place.
    pub(super) fn is_in_column(&self, token: &Token) -> bool {
        let Some(band) = self.band_of(token).filter(|band| band.role.is_money()) else { return false };
        let ends = band.edge.is_none_or(|edge| (edge - token.bounds.x1).abs() <= MARK_WIDTH * token.size);
        let begins = band.begin.is_some_and(|begin| (token.bounds.x0 - begin).abs() <= BEGINS_WITHIN);
        ends || begins
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

/// Tokens between the borders of a band.
fn inside<'a>(band: &Band, lines: &[&'a Line]) -> Vec<&'a Token> {
    let fits = |t: &&Token| t.bounds.mid_x() >= band.left && t.bounds.mid_x() < band.right;
    lines.iter().flat_map(|l| &l.tokens).filter(fits).collect()
}

/// "Type" above nothing but D and C: which way the money goes.
fn direction_by_content(bands: &mut [Band], lines: &[&Line]) {
    if bands.iter().any(|band| band.role == Role::Direction) {
        return;
    }
    let says_it = |band: &&mut Band| {
        let said: Option<Vec<bool>> =
            inside(band, lines).iter().map(|token| lexicon::direction(&token.text)).collect();
        said.is_some_and(|said| said.contains(&true) && said.contains(&false))
    };
    let mut unsaid = bands.iter_mut().filter(|band| matches!(band.role, Role::Kind | Role::Other));
    if let Some(band) = unsaid.find(says_it) {
        band.role = Role::Direction;
    }
}

/// "Date  Date": the second one is when the money moves.
fn second_date(bands: &mut [Band]) {
    if bands.iter().any(|band| band.role == Role::ValueDate) {
        return;
    }
    if let Some(second) = bands.iter_mut().filter(|band| band.role == Role::Date).nth(1) {
        second.role = Role::ValueDate;
    }
}

/// "Valor" names a day as well as an amount: where nothing but days stands below it, it is one.
fn dates_under_money(bands: &mut [Band], lines: &[&Line]) {
    let has_date = bands.iter().any(|b| matches!(b.role, Role::Date | Role::TransactionDate));
    for band in bands.iter_mut().filter(|band| band.role.is_money()) {
        let tokens = inside(band, lines);
        let dates = tokens.iter().filter(|t| t.date.is_some() && !t.is_money()).count();
        if dates * 10 >= tokens.len() * 8 && dates > 1 {
            band.role = if has_date { Role::ValueDate } else { Role::Date };
        }
    }
}

/// A heading nobody knows above nothing but money is that of an amount, or of the balance where both sides have theirs.
fn money_under_anything(bands: &mut [Band], lines: &[&Line]) {
    let has = |bands: &[Band], role: Role| bands.iter().any(|b| b.role == role);
    for at in 0..bands.len() {
        let Some(band) = bands.get(at).copied().filter(|band| band.role == Role::Other) else { continue };
        let tokens = inside(&band, lines);
        let money = tokens.iter().filter(|t| t.is_money()).count();
        if money * 10 < tokens.len() * 8 || money == 0 {
            continue;
        }
        let has_both = has(bands, Role::Out) && has(bands, Role::In);
        let is_last = bands.iter().skip(at + 1).all(|b| !b.role.is_money());
        let role =
            if has_both && is_last && !has(bands, Role::Balance) { Role::Balance } else { Role::Amount };
        if let Some(slot) = bands.get_mut(at) {
            *slot = self::band(role, band.left, band.right, lines);
        }
    }
}

/// Two columns of money of which only one, or neither, is said to be money out: where no row fills both, one is money out
/// and the other money in, and the arithmetic may turn them; where nearly every row does, the second is the balance.
fn take_sides(bands: &mut [Band], lines: &[&Line]) {
    let moves: Vec<usize> = (0..bands.len())
        .filter(|at| bands.get(*at).is_some_and(|b| matches!(b.role, Role::Amount | Role::Out | Role::In)))
        .collect();
    let [first, second] = moves.as_slice() else { return };
    let (Some(left), Some(right)) = (bands.get(*first).copied(), bands.get(*second).copied()) else { return };
    if matches!((left.role, right.role), (Role::Out, Role::In) | (Role::In, Role::Out)) {
        return;
    }
    let fills = |line: &Line, band: &Band| {
        line.tokens
            .iter()
            .any(|t| t.is_money() && t.bounds.mid_x() >= band.left && t.bounds.mid_x() < band.right)
    };
    let both = lines.iter().filter(|line| fills(line, &left) && fills(line, &right)).count();
    let one = lines.iter().filter(|line| fills(line, &left) != fills(line, &right)).count();
    let has_balance = bands.iter().any(|b| b.role == Role::Balance);
    let roles = if both * 20 <= one {
        match (left.role, right.role) {
            (Role::In, _) | (_, Role::Out) if left.role != Role::Out => (Role::In, Role::Out),
            _ => (Role::Out, Role::In),
        }
    } else if !has_balance && left.role == Role::Amount && right.role == Role::Amount && both >= one {
        (Role::Amount, Role::Balance)
    } else {
        return;
    };
    for (at, role) in [(*first, roles.0), (*second, roles.1)] {
        if let Some(band) = bands.get_mut(at) {
            band.role = role;
        }
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
    let amounts = || lines.iter().flat_map(|l| &l.tokens).filter(inside).filter(|_| role.is_money());
    let edge = most_common(amounts().map(|t| t.bounds.x1).collect());
    let begin = amounts().map(|t| t.bounds.x0).reduce(f64::min);
    Band { role, left, right, edge, begin }
}

/// Where most of some edges are, the rightmost of equals: a figure of a sentence below the table ends anywhere.
fn most_common(mut edges: Vec<f64>) -> Option<f64> {
    edges.sort_by(f64::total_cmp);
    let clusters = edges.chunk_by(|a, b| b - a < SAME_EDGE);
    clusters.max_by_key(|cluster| cluster.len()).and_then(|cluster| cluster.last().copied())
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

/// What a token looks like, before anyone decides what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Text,
    Money,
    Date,
    /// "12.04" behind text: a day or an amount.
    Either,
}

impl Look {
    fn of(token: &Token) -> Self {
        let has_mark = token.amount.as_ref().is_some_and(|amount| amount.currency_mark().is_some());
        if token.is_money() && token.date.is_some() && !has_mark {
            Self::Either
        } else if token.is_money() {
            Self::Money
        } else if token.date.is_some() {
            Self::Date
        } else {
            Self::Text
        }
    }

    /// What stands under a heading; `None` where it may be anything.
    const fn under(role: Role) -> Option<Self> {
        match role {
            Role::Date | Role::TransactionDate | Role::ValueDate => Some(Self::Date),
            Role::Description | Role::Reference | Role::CheckNumber | Role::Kind => Some(Self::Text),
            Role::Out | Role::In | Role::Amount | Role::Balance => Some(Self::Money),
            Role::Fee | Role::Currency | Role::Direction | Role::Account | Role::Other => None,
        }
    }
}

/// What a place costs, how wide it is, and its middle.
type Gutter = ((usize, usize, Reverse<usize>), f64, f64);

/// Where the words of a table stand.
struct Ink {
    /// Every left edge, every right edge, and the middles by look; each sorted.
    begins: Vec<f64>,
    ends: Vec<f64>,
    mids: [Vec<f64>; 3],
    /// Each with both of its edges.
    seen: Vec<(f64, f64, Look)>,
    /// The middles of two days that stand side by side.
    days: Vec<(f64, f64)>,
}

impl Ink {
    fn of(lines: &[&Line], inside: impl Fn(&&Token) -> bool) -> Self {
        let mut ink = Self {
            begins: Vec::new(),
            ends: Vec::new(),
            mids: Default::default(),
            seen: Vec::new(),
            days: Vec::new(),
        };
        let tokens = lines
            .iter()
            .flat_map(|line| line.tokens.iter().enumerate().map(|(at, token)| (*line, at, token)));
        for (line, at, token) in tokens.filter(|(_, _, token)| inside(token)) {
            let look = match Look::of(token) {
                Look::Money if line.is_in_text(at) => Look::Text,
                look @ (Look::Text | Look::Money | Look::Date | Look::Either) => look,
            };
            ink.seen.push((token.bounds.x0, token.bounds.x1, look));
            ink.begins.push(token.bounds.x0);
            ink.ends.push(token.bounds.x1);
            let [text, money, date] = &mut ink.mids;
            match look {
                Look::Text => text.push(token.bounds.mid_x()),
                Look::Money => money.push(token.bounds.mid_x()),
                Look::Date => date.push(token.bounds.mid_x()),
                Look::Either => {
                    money.push(token.bounds.mid_x());
                    date.push(token.bounds.mid_x());
                }
            }
        }
        let is_day = |token: &Token| matches!(Look::of(token), Look::Date | Look::Either);
        let pairs = lines.iter().flat_map(|line| line.tokens.windows(2));
        ink.days.extend(pairs.filter_map(|pair| match pair {
            [a, b] if is_day(a) && is_day(b) => Some((a.bounds.mid_x(), b.bounds.mid_x())),
            _ => None,
        }));
        ink.begins.sort_by(f64::total_cmp);
        ink.ends.sort_by(f64::total_cmp);
        ink.mids.iter_mut().for_each(|mids| mids.sort_by(f64::total_cmp));
        ink
    }

    /// Tokens of a look whose middle lies between two places.
    fn between(&self, look: Look, left: f64, right: f64) -> usize {
        let [text, money, date] = &self.mids;
        let mids = match look {
            Look::Text => text,
            Look::Money => money,
            Look::Date | Look::Either => date,
        };
        mids.partition_point(|m| *m < right).saturating_sub(mids.partition_point(|m| *m < left))
    }

    /// What stands under a heading. "Value" may head days or money: what its words stand over tells.
    fn under(&self, column: &Column) -> Option<Look> {
        let look = Look::under(column.role)?;
        if look != Look::Date {
            return Some(look);
        }
        let over = |wanted: Look| {
            let meets =
                |(x0, x1, look): &&(f64, f64, Look)| *look == wanted && *x0 < column.x1 && *x1 > column.x0;
            self.seen.iter().filter(meets).count()
        };
        Some(if over(Look::Money) > 2 * (over(Look::Date) + over(Look::Either)) { Look::Money } else { look })
    }

    /// The border between two headings: among the places between them the one that cuts or leaves on the wrong side the
    /// fewest words, and of those the widest. A line of the foot that crosses it is less than a column on its wrong side.
    fn gutter(&self, a: &Column, b: &Column) -> f64 {
        // No column ends below its own heading.
        let (low, high) = (a.x1.min(b.x0).max(a.mid()), b.mid());
        let inside = |edges: &[f64]| {
            let from = edges.partition_point(|x| *x <= low);
            let to = edges.partition_point(|x| *x < high);
            edges.get(from..to.max(from)).unwrap_or_default().to_vec()
        };
        let mut edges = inside(&self.begins);
        edges.extend(inside(&self.ends));
        edges.extend([low, high]);
        edges.sort_by(f64::total_cmp);
        // Words that have begun left of a place and not ended there cross it.
        let crossing = |x: f64| {
            self.begins.partition_point(|b| *b < x).saturating_sub(self.ends.partition_point(|e| *e <= x))
        };
        // What does not stand there at all says nothing.
        let stands_there = |look: Look| self.between(look, a.x0, b.x1) > 0;
        let looks = self
            .under(a)
            .zip(self.under(b))
            .filter(|(left, right)| left != right && stands_there(*left) && stands_there(*right));
        let are_days = self.under(a) == Some(Look::Date) && self.under(b) == Some(Look::Date);
        let are_money = self.under(a) == Some(Look::Money) && self.under(b) == Some(Look::Money);
        let misplaced = |x: f64| {
            if are_days {
                return self.days.iter().filter(|(left, right)| !(*left < x && x <= *right)).count();
            }
            // Wherever headings stand over their figures, what ends before the second heading begins is not its own.
            if are_money {
                let is_of_first = |(x0, x1, look): &&(f64, f64, Look)| {
                    *look == Look::Money && *x1 <= b.x0 && f64::midpoint(*x0, *x1) >= a.x0.max(x)
                };
                return self.seen.iter().filter(is_of_first).count();
            }
            looks.map_or(0, |(left, right)| self.between(right, a.x0, x) + self.between(left, x, b.x1))
        };
        // Texts and days of a column begin at one place.
        let is_of_text = matches!(self.under(b), Some(Look::Text | Look::Date));
        let aligned = |x: f64| {
            let near =
                self.begins.partition_point(|b| *b < x - 0.5)..self.begins.partition_point(|b| *b < x + 0.5);
            if is_of_text { near.len() } else { 0 }
        };
        let mut best: Option<Gutter> = None;
        for pair in edges.windows(2) {
            let [start, end] = pair else { continue };
            let (x, width) = (f64::midpoint(*start, *end), end - start);
            if width < 0.5 {
                continue;
            }
            let begun = aligned(*end);
            let (crossed, wrong) = (crossing(x).saturating_sub(begun / PER_FOOT_LINE), misplaced(x));
            let cost = (crossed + wrong, crossed, Reverse(begun));
            let better =
                best.is_none_or(|(least, widest, _)| cost < least || (cost == least && width > widest));
            if better {
                best = Some((cost, width, x));
            }
        }
        // Days begin at one place, and text before them ends anywhere.
        let is_text_before_days = looks == Some((Look::Text, Look::Date));
        let reach = |width: f64| if is_text_before_days { (width / 2.0 - BEFORE_DAYS).max(0.0) } else { 0.0 };
        best.map_or_else(
            || f64::midpoint(a.x1.min(b.x0), b.x0),
            |(_, width, x)| if crossing(x) == 0 { x + reach(width) } else { x },
        )
    }
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
