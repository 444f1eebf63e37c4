//! Which lines of an account a sum is made of: found by arithmetic, in every column at once.

/// Lines back that one sum may reach.
const REACH: usize = 60;
/// Up to so many terms every choice of signs is tried; beyond, all or all but the first are of one sign.
const FREE_SIGNS_MAX: usize = 7;

/// A line as the search sees it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// By column.
    pub(super) amounts: Vec<i64>,
    /// Its label is that of a sum.
    pub(super) is_sum: bool,
    /// Its label is that of a result, which may be made of sums by their difference.
    pub(super) is_result: bool,
}

/// Sign and line of each term of a sum; empty for a line that is none.
pub(super) type Terms = Vec<(bool, usize)>;

/// Every line that is a sum of lines before it. Each line is part of one sum only: a stack holds those that are part of
/// none yet, and a sum takes its terms from the top. Gives the terms of each line and what is left on the stack.
pub(super) fn find(entries: &[Entry]) -> (Vec<Terms>, Vec<usize>) {
    let mut terms: Vec<Terms> = vec![Vec::new(); entries.len()];
    let mut stack: Vec<usize> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(found) = sum(entries, &stack, entry) {
            let kept = stack.len() - found.len();
            stack.truncate(kept);
            if let Some(slot) = terms.get_mut(index) {
                *slot = found;
            }
        }
        stack.push(index);
    }
    (terms, stack)
}

/// The shortest run of lines at the top of the stack that sums to the entry. A line without the label of a sum is taken
/// for one only if the run has three lines and the plain sum holds; a single line is repeated by a sum, not by a line.
fn sum(entries: &[Entry], stack: &[usize], entry: &Entry) -> Option<Terms> {
    if entry.amounts.iter().all(|amount| *amount == 0) && !entry.is_sum {
        return None;
    }
    let least = match (entry.is_sum, entry.is_result) {
        (true, _) => 1,
        (false, true) => 2,
        (false, false) => return None,
    };
    for count in least..=stack.len().min(REACH) {
        let run = stack.get(stack.len() - count..)?;
        // The sum of one line is that line's, unless a result stands there.
        if count == 1
            && (entry.is_result || run.first().and_then(|i| entries.get(*i)).is_some_and(|e| e.is_sum))
        {
            continue;
        }
        if let Some(found) = signed(entries, run, entry) {
            return Some(found);
        }
    }
    None
}

fn signed(entries: &[Entry], run: &[usize], entry: &Entry) -> Option<Terms> {
    let with = |signs: &dyn Fn(usize) -> bool| -> Option<Terms> {
        let terms: Terms = run.iter().enumerate().map(|(place, index)| (signs(place), *index)).collect();
        holds(entries, &terms, entry).then_some(terms)
    };
    let plain = with(&|_| true);
    if plain.is_some() {
        return plain;
    }
    let first_less_rest = with(&|place| place == 0);
    if first_less_rest.is_some() && run.len() > 1 {
        return first_less_rest;
    }
    if run.len() > FREE_SIGNS_MAX || run.len() < 2 || !entry.is_result {
        return None;
    }
    // The first term is what there is; every sign of the others, those with fewer minuses first.
    let mut choices: Vec<u32> = (0..1_u32 << (run.len() - 1)).collect();
    choices.sort_by_key(|choice| choice.count_ones());
    choices.into_iter().find_map(|choice| with(&|place| place == 0 || choice >> (place - 1) & 1 == 0))
}

fn holds(entries: &[Entry], terms: &Terms, entry: &Entry) -> bool {
    (0..entry.amounts.len()).all(|column| {
        let total = terms.iter().try_fold(0_i64, |total, (is_added, index)| {
            let amount = *entries.get(*index)?.amounts.get(column)?;
            if *is_added { total.checked_add(amount) } else { total.checked_sub(amount) }
        });
        total == entry.amounts.get(column).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(amounts: &[i64], is_sum: bool, is_result: bool) -> Entry {
        Entry { amounts: amounts.to_vec(), is_sum, is_result }
    }

    #[test]
    fn costs_are_taken_from_revenue_level_by_level() {
        let lines = [
            entry(&[1000, 900], false, false),
            entry(&[400, 300], false, false),
            entry(&[600, 600], true, true),
            entry(&[100, 80], false, false),
            entry(&[50, 70], false, false),
            entry(&[150, 150], true, false),
            entry(&[450, 450], true, true),
        ];
        let (terms, left) = find(&lines);
        assert_eq!(terms[2], [(true, 0), (false, 1)]);
        assert_eq!(terms[5], [(true, 3), (true, 4)]);
        assert_eq!(terms[6], [(true, 2), (false, 5)]);
        assert_eq!(left, [6]);
    }

    #[test]
    fn a_sum_that_does_not_hold_takes_nothing() {
        let lines = [entry(&[10], false, false), entry(&[20], false, false), entry(&[31], true, false)];
        let (terms, left) = find(&lines);
        assert!(terms.iter().all(Vec::is_empty));
        assert_eq!(left, [0, 1, 2]);
    }
}
