//! What each column of a file holds: by its heading where there is one, by its cells where there is none.

use super::asides::{self, Aside};
use super::dialect::{Cell, Grid};
use crate::lexicon::{self, Role, fold};
use smartexus_domain::{AmountToken, DateToken, SignMark};

/// Headings stand within the first records of a file.
const HEADING_RECORDS_MAX: usize = 40;

/// Roles by column and where the data begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) roles: Vec<Role>,
    /// What columns without a role say besides; as long as the heading, or empty.
    pub(super) asides: Vec<Option<Aside>>,
    /// Index of the first record of data.
    pub(super) first: usize,
}

/// Every layout worth trying: one with a heading, several without.
pub(super) fn layouts(grid: &Grid) -> Vec<Layout> {
    match heading(grid) {
        Some(layout) => vec![layout],
        None => by_cells(grid),
    }
}

fn heading(grid: &Grid) -> Option<Layout> {
    grid.iter().take(HEADING_RECORDS_MAX).enumerate().find_map(|(index, record)| {
        let named: Vec<Option<Role>> = record.iter().map(|cell| lexicon::role(&fold(cell))).collect();
        let count = named.iter().flatten().count();
        let money = named.iter().flatten().any(|r| r.is_money());
        let anchor = named.iter().flatten().any(|r| r.is_date() || *r == Role::Description);
        let data = record.iter().any(|cell| DateToken::read(cell).is_some());
        if count < 2 || !money || !anchor || data {
            return None;
        }
        let mut roles: Vec<Role> = named.into_iter().map(|role| role.unwrap_or(Role::Other)).collect();
        let asides = asides::of_heading(record);
        asides::free_roles(&mut roles, &asides);
        one_amount(&mut roles, record);
        one_date(&mut roles);
        fill_description(&mut roles, grid, index + 1);
        Some(Layout { roles, asides, first: index + 1 })
    })
}

/// Of several amounts the net one moves the account; else the first.
fn one_amount(roles: &mut [Role], record: &[Cell]) {
    let amounts: Vec<usize> = positions(roles, Role::Amount);
    if amounts.len() < 2 {
        return;
    }
    let net = amounts.iter().copied().find(|i| record.get(*i).is_some_and(|c| fold(c).starts_with("net")));
    let kept = net.or_else(|| amounts.first().copied());
    for index in amounts {
        if Some(index) != kept {
            set(roles, index, Role::Other);
        }
    }
}

/// The first date books; a second one of the same name is left out.
fn one_date(roles: &mut [Role]) {
    for index in positions(roles, Role::Date).into_iter().skip(1) {
        set(roles, index, Role::Other);
    }
    let only = |roles: &[Role], wanted| positions(roles, wanted).first().copied();
    if only(roles, Role::Date).is_none()
        && let Some(index) = only(roles, Role::TransactionDate).or_else(|| only(roles, Role::ValueDate))
    {
        set(roles, index, Role::Date);
    }
}

/// A file whose heading names no description: the column with the most letters is it.
fn fill_description(roles: &mut [Role], grid: &Grid, first: usize) {
    if roles.contains(&Role::Description) {
        return;
    }
    let letters = |index: usize| {
        let cells = grid.iter().skip(first).filter_map(|record| record.get(index));
        cells.map(|cell| cell.chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>()
    };
    let candidates = roles
        .iter()
        .enumerate()
        .filter(|(_, r)| matches!(r, Role::Other | Role::Kind | Role::Reference))
        .map(|(i, _)| i);
    if let Some(index) = candidates.max_by_key(|i| letters(*i)).filter(|i| letters(*i) > 0) {
        set(roles, index, Role::Description);
    }
}

fn positions(roles: &[Role], wanted: Role) -> Vec<usize> {
    roles.iter().enumerate().filter(|(_, role)| **role == wanted).map(|(index, _)| index).collect()
}

fn set(roles: &mut [Role], index: usize, role: Role) {
    if let Some(slot) = roles.get_mut(index) {
        *slot = role;
    }
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Date,
    Money,
    Number,
    Direction,
    Currency,
    Text,
    Empty,
}

/// No heading: dates by their shape, money by its decimals and signs, the wordiest column describes.
fn by_cells(grid: &Grid) -> Vec<Layout> {
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let is_row = |record: &&Vec<Cell>| record.iter().any(|c| DateToken::read(c).is_some());
    let Some(first) = grid.iter().position(|record| is_row(&record)) else { return Vec::new() };
    let rows: Vec<&Vec<Cell>> = grid.iter().filter(is_row).collect();
    let contents: Vec<Content> = (0..width).map(|column| content(&rows, column)).collect();
    let mut base: Vec<Role> = contents.iter().map(|c| plain_role(*c)).collect();
    let dates: Vec<usize> = at(&contents, Content::Date);
    for (number, index) in dates.iter().enumerate() {
        set(&mut base, *index, if number == 0 { Role::Date } else { Role::ValueDate });
    }
    let letters = |index: &usize| {
        rows.iter()
            .filter_map(|r| r.get(*index))
            .map(|c| c.chars().filter(|c| c.is_alphabetic()).count())
            .sum::<usize>()
    };
    if let Some(index) = at(&contents, Content::Text).into_iter().max_by_key(letters) {
        set(&mut base, index, Role::Description);
    }
    let money = at(&contents, Content::Money);
    if dates.is_empty() || money.is_empty() {
        return Vec::new();
    }
    assignments(&rows, &money)
        .into_iter()
        .map(|assignment| {
            let mut roles = base.clone();
            for (index, role) in money.iter().zip(assignment) {
                set(&mut roles, *index, role);
            }
            Layout { roles, asides: Vec::new(), first }
        })
        .collect()
}

fn at(contents: &[Content], wanted: Content) -> Vec<usize> {
    contents.iter().enumerate().filter(|(_, c)| **c == wanted).map(|(i, _)| i).collect()
}

const fn plain_role(content: Content) -> Role {
    match content {
        Content::Direction => Role::Direction,
        Content::Currency => Role::Currency,
        Content::Date | Content::Money | Content::Number | Content::Text | Content::Empty => Role::Other,
    }
}

fn content(rows: &[&Vec<Cell>], column: usize) -> Content {
    let cells: Vec<&str> =
        rows.iter().filter_map(|r| r.get(column)).map(Cell::as_str).filter(|c| !c.is_empty()).collect();
    if cells.is_empty() {
        return Content::Empty;
    }
    let most = |fits: &dyn Fn(&str) -> bool| cells.iter().filter(|c| fits(c)).count() * 10 >= cells.len() * 8;
    let money = |cell: &str| {
        AmountToken::read(cell).is_some_and(|t| {
            let marked = !t.is_plain_integer() || t.sign() != SignMark::None || t.currency_mark().is_some();
            marked && !t.readings(2).is_empty()
        })
    };
    let any_money = cells.iter().any(|c| money(c));
    if most(&|c| DateToken::read(c).is_some()) && !(any_money && most(&money)) {
        return Content::Date;
    }
    if any_money && most(&|c| AmountToken::read(c).is_some()) {
        return Content::Money;
    }
    if most(&|c| lexicon::direction(c).is_some()) {
        return Content::Direction;
    }
    if most(&|c| smartexus_domain::Currency::from_code(c).is_some()) {
        return Content::Currency;
    }
    if most(&|c| AmountToken::read(c).is_some()) {
        return Content::Number;
    }
    Content::Text
}

/// The roles that money columns can have, from how they are filled.
fn assignments(rows: &[&Vec<Cell>], money: &[usize]) -> Vec<Vec<Role>> {
    let filled = |index: usize, row: &&Vec<Cell>| {
        row.get(index)
            .and_then(|c| AmountToken::read(c))
            .is_some_and(|t| t.readings(2).iter().any(|(_, minor)| *minor != 0))
    };
    let exclusive = |a: usize, b: usize| !rows.iter().any(|row| filled(a, row) && filled(b, row));
    match money {
        [_] => vec![vec![Role::Amount]],
        [a, b] if exclusive(*a, *b) => vec![vec![Role::Out, Role::In], vec![Role::In, Role::Out]],
        [_, _] => vec![vec![Role::Amount, Role::Balance], vec![Role::Balance, Role::Amount]],
        [a, b, _] if exclusive(*a, *b) => {
            vec![vec![Role::Out, Role::In, Role::Balance], vec![Role::In, Role::Out, Role::Balance]]
        }
        [_, rest @ ..] => {
            // The first moves the account, the last is the balance; what stands between is left out.
            let between = vec![Role::Other; rest.len().saturating_sub(1)];
            let with_balance = [vec![Role::Amount], between.clone(), vec![Role::Balance]].concat();
            let alone = [vec![Role::Other], between, vec![Role::Amount]].concat();
            vec![with_balance, alone]
        }
        [] => Vec::new(),
    }
}
