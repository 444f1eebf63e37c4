//! Least-cost one-to-one pairing of a small crowd, and which of its pairs are certain.

/// What no pair costs: more than every possible price of pairs together, so that as many as possible are paired.
const APART: i64 = 1_000_000;
/// Above every sum of a crowd.
const FAR: i64 = i64::MAX / 4;

/// The pairs that every cheapest pairing has, and how many rows are in a pair that another one would change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Assignment {
    pub(super) certain: Vec<(usize, usize)>,
    pub(super) ambiguous: usize,
}

/// Pairs rows with columns. A cost of `None` is no pair.
pub(super) fn solve(costs: &[Vec<Option<u32>>]) -> Assignment {
    let size = costs.len().max(costs.iter().map(Vec::len).max().unwrap_or(0));
    let price = |row: usize, column: usize| {
        let cost = costs.get(row).and_then(|row| row.get(column).copied().flatten());
        cost.map_or(APART, i64::from)
    };
    let (best, pairs) = cheapest(size, &price);
    let mut assignment = Assignment::default();
    for (row, column) in pairs.into_iter().filter(|(row, column)| price(*row, *column) < APART) {
        // Without this pair, is there another pairing at the same price?
        let without = |r: usize, c: usize| if (r, c) == (row, column) { APART } else { price(r, c) };
        if cheapest(size, &without).0 == best {
            assignment.ambiguous = assignment.ambiguous.saturating_add(2);
        } else {
            assignment.certain.push((row, column));
        }
    }
    assignment
}

/// The Hungarian method on a square of prices, by rows and potentials (Kuhn 1955, Munkres 1957): the price and the pairs.
fn cheapest(size: usize, price: &dyn Fn(usize, usize) -> i64) -> (i64, Vec<(usize, usize)>) {
    // Position 0 of columns and rows stands for nobody.
    let mut of_column = vec![0_usize; size.saturating_add(1)];
    let mut row_potential = vec![0_i64; size.saturating_add(1)];
    let mut column_potential = vec![0_i64; size.saturating_add(1)];
    let at = |list: &[i64], index: usize| list.get(index).copied().unwrap_or(0);
    for row in 1..=size {
        let mut least = vec![FAR; size.saturating_add(1)];
        let mut seen = vec![false; size.saturating_add(1)];
        let mut came_from = vec![0_usize; size.saturating_add(1)];
        set(&mut of_column, 0, row);
        let mut column = 0;
        while of_column.get(column).copied().unwrap_or(0) != 0 {
            set(&mut seen, column, true);
            let here = of_column.get(column).copied().unwrap_or(0);
            let (mut step, mut next) = (FAR, 0);
            for other in (1..=size).filter(|other| !seen.get(*other).copied().unwrap_or(true)) {
                let potentials = at(&row_potential, here).saturating_add(at(&column_potential, other));
                let reduced =
                    price(here.saturating_sub(1), other.saturating_sub(1)).saturating_sub(potentials);
                if reduced < at(&least, other) {
                    set(&mut least, other, reduced);
                    set(&mut came_from, other, column);
                }
                if at(&least, other) < step {
                    (step, next) = (at(&least, other), other);
                }
            }
            for other in 0..=size {
                if seen.get(other).copied().unwrap_or(false) {
                    let row = of_column.get(other).copied().unwrap_or(0);
                    let (risen, fallen) = (
                        at(&row_potential, row).saturating_add(step),
                        at(&column_potential, other).saturating_sub(step),
                    );
                    set(&mut row_potential, row, risen);
                    set(&mut column_potential, other, fallen);
                } else {
                    let nearer = at(&least, other).saturating_sub(step);
                    set(&mut least, other, nearer);
                }
            }
            column = next;
        }
        while column != 0 {
            let before = came_from.get(column).copied().unwrap_or(0);
            let row = of_column.get(before).copied().unwrap_or(0);
            set(&mut of_column, column, row);
            column = before;
        }
    }
    let pairs: Vec<(usize, usize)> = of_column
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, row)| **row > 0)
        .map(|(column, row)| (row.saturating_sub(1), column.saturating_sub(1)))
        .collect();
    let total = pairs.iter().map(|(row, column)| price(*row, *column)).fold(0, i64::saturating_add);
    (total, pairs)
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(costs: &[&[Option<u32>]], certain: &[(usize, usize)], ambiguous: usize) {
        let costs: Vec<Vec<Option<u32>>> = costs.iter().map(|row| row.to_vec()).collect();
        let mut found = solve(&costs);
        found.certain.sort_unstable();
        assert_eq!(found, Assignment { certain: certain.to_vec(), ambiguous });
    }

    #[test]
    fn pairs() {
        let none = None;
        check(&[&[Some(5)]], &[(0, 0)], 0);
        check(&[&[none]], &[], 0);
        // One partner is nearer.
        check(&[&[Some(100), Some(0)]], &[(0, 1)], 0);
        // Two equal partners.
        check(&[&[Some(0), Some(0)]], &[], 2);
        check(&[&[Some(0), Some(0)], &[Some(0), Some(0)]], &[], 4);
        // The nearer partner of one is the only one of the other: both are paired.
        check(&[&[Some(0), Some(100)], &[Some(0), none]], &[(0, 1), (1, 0)], 0);
        check(&[&[Some(0), Some(0)], &[Some(0), none]], &[(0, 1), (1, 0)], 0);
    }

    #[test]
    fn no_pairing_is_cheaper_than_the_cheapest() {
        // Every 3 × 3 square of the costs 0, 1, 2 against trying all six pairings.
        for code in 0..3_u32.pow(9) {
            let cost = |row: usize, column: usize| {
                i64::from(code / 3_u32.pow(u32::try_from(row * 3 + column).unwrap()) % 3)
            };
            let all = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
            let least =
                all.iter().map(|order| order.iter().enumerate().map(|(r, c)| cost(r, *c)).sum::<i64>()).min();
            assert_eq!(Some(cheapest(3, &cost).0), least, "{code}");
        }
    }
}
