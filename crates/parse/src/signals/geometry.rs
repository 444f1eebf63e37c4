//! Boxes on a page.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use smartexus_domain::Rect;

/// Edges that differ by less, in points, are one.
const SAME_EDGE_PT: f64 = 0.25;

/// Is the middle of `inner` inside `outer`?
pub(super) fn holds(outer: Rect, inner: Rect) -> bool {
    let (x, y) = (inner.mid_x(), inner.mid_y());
    (outer.x0..=outer.x1).contains(&x) && (outer.y0..=outer.y1).contains(&y)
}

/// Do they share more than an edge?
pub(super) fn overlaps(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

pub(super) fn area(rect: Rect) -> f64 {
    rect.width().max(0.0) * rect.height().max(0.0)
}

/// Around all of them.
pub(super) fn around(all: impl IntoIterator<Item = Rect>) -> Option<Rect> {
    all.into_iter().reduce(Rect::union)
}

/// Each of the values that are the same once, in ascending order.
pub(super) fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < SAME_EDGE_PT);
    values
}

/// The value that most of the values share within a tolerance, and how many do; `None` without values.
pub(super) fn mode(values: &[f64], tolerance: f64) -> Option<(f64, usize)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (mut best, mut first) = (None, 0);
    for (last, value) in sorted.iter().enumerate() {
        while sorted.get(first).is_some_and(|low| value - low > 2.0 * tolerance) {
            first += 1;
        }
        let count = last + 1 - first;
        if best.is_none_or(|(_, most)| count > most) {
            best = sorted.get(first + count / 2).map(|middle| (*middle, count));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_values_are() {
        assert_eq!(mode(&[], 0.1), None);
        assert_eq!(mode(&[5.0, 1.0, 5.1, 9.0, 5.05], 0.1).map(|(_, count)| count), Some(3));
        let (value, _) = mode(&[5.0, 1.0, 5.1, 9.0, 5.05], 0.1).unwrap();
        assert!((value - 5.05).abs() < 1e-9);
    }
}
