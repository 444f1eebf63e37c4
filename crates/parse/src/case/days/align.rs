//! Two runs of rows of one day, each with its running balances: how one lies against the other.
//!
//! A balance that comes back during a day makes two different rows look the same, so rows are not compared one by one: a
//! run is shifted along the other until everything they have in common is equal, or until one goes on where the other
//! ends.

/// Comparisons of two runs; longer ones are not laid against each other.
const STEPS_MAX: usize = 1_000_000;

/// Amount and the balance after it.
pub(super) type Key = (i64, i64);

/// How a new run lies against one that is there: it begins so many rows after the first one's start, before it where
/// negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lay {
    pub(super) offset: isize,
    /// No other way fits.
    pub(super) only: bool,
}

/// The way that the new run lies against the one that is there with the most in common; none where no way fits.
pub(super) fn lay(there: &[Key], new: &[Key]) -> Option<Lay> {
    let (long, short) = (isize::try_from(there.len()).ok()?, isize::try_from(new.len()).ok()?);
    if there.is_empty() || new.is_empty() || there.len().saturating_mul(new.len()) > STEPS_MAX {
        return None;
    }
    // What was put together from runs that do not touch is no run.
    if !is_run(there) || !is_run(new) {
        return None;
    }
    let fitting: Vec<(usize, isize)> = (short.saturating_neg()..=long)
        .filter_map(|offset| Some((common(there, new, offset)?, offset)))
        .collect();
    let (_, offset) = fitting.iter().copied().max_by_key(|(common, offset)| (*common, *offset))?;
    Some(Lay { offset, only: fitting.len() == 1 })
}

/// Rows in common at this offset, if all of them are equal; none in common fits only where one goes on from the other.
fn common(there: &[Key], new: &[Key], offset: isize) -> Option<usize> {
    let skip = |run: &[Key], by: isize| usize::try_from(by).unwrap_or(0).min(run.len());
    let (old_from, new_from) = (skip(there, offset), skip(new, offset.saturating_neg()));
    let pairs = || there.iter().skip(old_from).zip(new.iter().skip(new_from));
    let count = pairs().count();
    if count > 0 {
        return pairs().all(|(one, other)| one == other).then_some(count);
    }
    let (before, after) =
        if offset < 0 { (new.last()?, there.first()?) } else { (there.last()?, new.first()?) };
    goes_on(before, after).then_some(0)
}

fn goes_on(before: &Key, after: &Key) -> bool {
    before.1.checked_add(after.0) == Some(after.1)
}

/// Every balance follows from the one before it.
fn is_run(keys: &[Key]) -> bool {
    keys.iter().zip(keys.iter().skip(1)).all(|(before, after)| goes_on(before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        day: &[Key],
        old: std::ops::Range<usize>,
        new: std::ops::Range<usize>,
        expected: Option<(isize, bool)>,
    ) {
        let found = lay(&day[old], &day[new]);
        assert_eq!(found.map(|lay| (lay.offset, lay.only)), expected);
    }

    #[test]
    fn runs_of_a_day() {
        let day: Vec<Key> = vec![(900, 1_000), (-300, 700), (-450, 250), (-100, 150), (70, 220)];
        check(&day, 0..3, 2..5, Some((2, true)));
        check(&day, 2..5, 0..3, Some((-2, true)));
        check(&day, 0..1, 1..5, Some((1, true)));
        check(&day, 0..2, 3..5, None);
        check(&day, 0..5, 1..3, Some((1, true)));
        check(&day, 1..3, 0..5, Some((-1, true)));
    }

    #[test]
    fn a_balance_that_comes_back_lets_two_ways_fit() {
        let day: Vec<Key> = vec![(900, 900), (-450, 450), (-450, 0), (900, 900), (-100, 800)];
        check(&day, 0..5, 3..4, Some((3, false)));
        check(&day, 0..1, 1..5, Some((-2, false)));
    }
}
