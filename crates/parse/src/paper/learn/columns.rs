//! Columns out of approved rows: amounts end at one place, days stand in one, and what the rows say tells them apart.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::printed::Printed;
use crate::hint::{HintColumn, HintRole};
use crate::paper::columns::money_edges;
use crate::paper::line::Line;
use smartexus_domain::SignMark;

/// Middles of the days of one column are no farther apart than this, in points.
const DAYS_APART: f64 = 14.0;
/// A coordinate that was rounded is this close.
const ROUNDING: f64 = 0.01;

/// Left to right, none reaching into the next.
pub(super) fn columns(printed: &Printed<'_>) -> Vec<HintColumn> {
    let mut extents = money(printed);
    extents.extend(days(printed));
    extents.extend(words(printed));
    extents.sort_by(|a, b| a.left.total_cmp(&b.left));
    let next_left = extents.iter().skip(1).map(|next| next.left).chain([f64::INFINITY]).collect::<Vec<_>>();
    let columns = extents.iter().zip(next_left).map(|(extent, next)| {
        let left = whole(extent.left.floor());
        HintColumn {
            role: extent.role,
            left,
            right: whole(extent.right.ceil().min(next)).max(left.saturating_add(1)),
        }
    });
    columns.collect()
}

/// A column and from where to where its content stands.
struct Extent {
    role: HintRole,
    left: f64,
    right: f64,
}

/// What the amounts of one place are in the rows they stand in.
#[derive(Default, Clone)]
struct Votes {
    out: usize,
    into: usize,
    balance: usize,
    marked: usize,
}

impl Votes {
    const fn moves(&self) -> usize {
        self.out + self.into
    }
}

fn money(printed: &Printed<'_>) -> Vec<Extent> {
    let lines: Vec<&Line> = printed.rows.iter().flat_map(|row| row.lines.iter().copied()).collect();
    let edges = money_edges(&lines);
    let mut votes = vec![Votes::default(); edges.len()];
    for row in &printed.rows {
        for token in row.tokens().filter(|token| token.is_money()) {
            let place = edges.partition_point(|(_, right)| *right + ROUNDING < token.bounds.x1);
            let Some(votes) = votes.get_mut(place) else { continue };
            let is_amount = printed.is(token, row.row.amount);
            votes.out += usize::from(is_amount && row.row.amount.minor() < 0);
            votes.into += usize::from(is_amount && row.row.amount.minor() >= 0);
            votes.balance += usize::from(row.row.balance.is_some_and(|balance| printed.is(token, balance)));
            let is_marked = token.amount.as_ref().is_some_and(|amount| amount.sign() != SignMark::None);
            votes.marked += usize::from(is_marked);
        }
    }
    let roles = roles(&votes, printed.rows.len());
    edges.into_iter().zip(roles).map(|((left, right), role)| Extent { role, left, right }).collect()
}

/// One place for balances, and for amounts either one of both sides or the best of each side.
fn roles(votes: &[Votes], rows: usize) -> Vec<HintRole> {
    let mut roles = vec![HintRole::Ignored; votes.len()];
    let balance = best(votes, |votes| if votes.balance > votes.moves() { votes.balance } else { 0 });
    if let Some(slot) = balance.and_then(|at| roles.get_mut(at)) {
        *slot = HintRole::Balance;
    }
    let rest = |at: usize| balance != Some(at);
    let of = |pick: fn(&Votes) -> usize| {
        let picked: Vec<usize> =
            votes.iter().enumerate().map(|(at, votes)| if rest(at) { pick(votes) } else { 0 }).collect();
        best(&picked, |count| *count)
    };
    let both = of(|votes| if votes.out > 0 && votes.into > 0 { votes.moves() } else { 0 });
    let out = of(|votes| if votes.into == 0 { votes.out } else { 0 });
    let into = of(|votes| if votes.out == 0 { votes.into } else { 0 });
    let count = |at: Option<usize>| at.and_then(|at| votes.get(at)).map_or(0, Votes::moves);
    let has_sides = out.is_some() && into.is_some() && count(out) + count(into) >= rows.max(count(both));
    let is_marked = |at: Option<usize>| at.and_then(|at| votes.get(at)).is_some_and(|votes| votes.marked > 0);
    let chosen = match (has_sides, both) {
        (true, _) | (false, None) if out.is_some() && into.is_some() => {
            vec![(out, HintRole::Out), (into, HintRole::In)]
        }
        (_, Some(_)) => vec![(both, HintRole::Amount)],
        // A single column with marks would hold both sides.
        _ if is_marked(out.or(into)) => vec![(out.or(into), HintRole::Amount)],
        _ => vec![(out, HintRole::Out), (into, HintRole::In)],
    };
    for (at, role) in chosen {
        if let Some(slot) = at.and_then(|at| roles.get_mut(at)) {
            *slot = role;
        }
    }
    roles
}

/// The first of the largest that is not nothing.
fn best<T>(of: &[T], key: impl Fn(&T) -> usize) -> Option<usize> {
    let largest = of.iter().map(&key).max().filter(|largest| *largest > 0)?;
    of.iter().position(|one| key(one) == largest)
}

/// The days of one place, and how many of them are what.
struct Days {
    left: f64,
    right: f64,
    last: f64,
    booking: usize,
    value: usize,
}

fn days(printed: &Printed<'_>) -> Vec<Extent> {
    let mut found = Vec::new();
    for row in &printed.rows {
        for token in row.tokens().filter(|token| token.date.is_some() && !token.is_money()) {
            let booking = usize::from(printed.is_day(token, row.row.date));
            let value = usize::from(row.row.value_date.is_some_and(|date| printed.is_day(token, date)));
            found.push((token.bounds, booking, value));
        }
    }
    found.sort_by(|a, b| a.0.mid_x().total_cmp(&b.0.mid_x()));
    let mut places: Vec<Days> = Vec::new();
    for (bounds, booking, value) in found {
        let x = bounds.mid_x();
        match places.last_mut().filter(|place| x - place.last < DAYS_APART) {
            Some(place) => {
                place.left = place.left.min(bounds.x0);
                place.right = place.right.max(bounds.x1);
                place.last = x;
                place.booking += booking;
                place.value += value;
            }
            None => places.push(Days { left: bounds.x0, right: bounds.x1, last: x, booking, value }),
        }
    }
    let booking = best(&places, |days| days.booking);
    let value = best(
        &places
            .iter()
            .enumerate()
            .map(|(at, days)| if booking == Some(at) { 0 } else { days.value })
            .collect::<Vec<_>>(),
        |count| *count,
    );
    let extent = |at: Option<usize>, role| {
        let days = places.get(at?)?;
        Some(Extent { role, left: days.left, right: days.right })
    };
    [extent(booking, HintRole::Date), extent(value, HintRole::ValueDate)].into_iter().flatten().collect()
}

/// Where the descriptions stand.
fn words(printed: &Printed<'_>) -> Option<Extent> {
    let own = printed.rows.iter().flat_map(|row| {
        row.tokens().filter(|token| token.is_text() && row.row.description.contains(&token.text))
    });
    own.map(|token| token.bounds).reduce(smartexus_domain::Rect::union).map(|bounds| Extent {
        role: HintRole::Description,
        left: bounds.x0,
        right: bounds.x1,
    })
}

/// Whole points, from nothing to the widest page there is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub(super) fn whole(points: f64) -> u16 {
    points.clamp(0.0, 14_400.0).round() as u16
}
