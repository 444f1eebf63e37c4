//! Pairs of equal things, one to one and in order.

use std::collections::{BTreeMap, VecDeque};

/// What is paired, and what is left on each side, in its order.
#[derive(Debug, Default)]
pub(super) struct Paired {
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
}

impl Paired {
    /// Nothing paired yet.
    pub(super) const fn between(left: Vec<usize>, right: Vec<usize>) -> Self {
        Self { pairs: Vec::new(), left, right }
    }

    /// Pairs what is left by equal keys, first with first; what has no key stays. Gives the new pairs.
    pub(super) fn by<K: Ord>(
        &mut self,
        of_left: impl Fn(usize) -> Option<K>,
        of_right: impl Fn(usize) -> Option<K>,
    ) -> Vec<(usize, usize)> {
        self.by_where(of_left, of_right, |_, _| true)
    }

    /// The same where a pair of equal keys must pass a test as well.
    pub(super) fn by_where<K: Ord>(
        &mut self,
        of_left: impl Fn(usize) -> Option<K>,
        of_right: impl Fn(usize) -> Option<K>,
        passes: impl Fn(usize, usize) -> bool,
    ) -> Vec<(usize, usize)> {
        if self.left.is_empty() || self.right.is_empty() {
            return Vec::new();
        }
        let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for right in &self.right {
            if let Some(key) = of_right(*right) {
                waiting.entry(key).or_default().push_back(*right);
            }
        }
        let mut new = Vec::new();
        for left in &self.left {
            let Some(queue) = of_left(*left).and_then(|key| waiting.get_mut(&key)) else { continue };
            if queue.front().is_some_and(|right| passes(*left, *right)) {
                new.extend(queue.pop_front().map(|right| (*left, right)));
            }
        }
        let (lefts, rights): (std::collections::BTreeSet<_>, std::collections::BTreeSet<_>) =
            new.iter().copied().unzip();
        self.left.retain(|left| !lefts.contains(left));
        self.right.retain(|right| !rights.contains(right));
        self.pairs.extend(new.iter().copied());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_are_paired_once_each() {
        let (left, right) = (["a", "b", "a"], ["a", "a", "a", "c"]);
        let mut paired = Paired::between(vec![0, 1, 2], vec![0, 1, 2, 3]);
        paired.by(|at| left.get(at), |at| right.get(at));
        assert_eq!((paired.pairs, paired.left, paired.right), (vec![(0, 0), (2, 1)], vec![1], vec![2, 3]));
    }
}
