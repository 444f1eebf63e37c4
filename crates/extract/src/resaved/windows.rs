//! Blocks in windows: where a picture is not like the rest of it.

#![expect(clippy::float_arithmetic, reason = "means")]
#![expect(clippy::cast_precision_loss, reason = "counts of windows")]

/// A window is as large as a figure of a scan, in blocks: across and down.
const WINDOW: (usize, usize) = (8, 4);
/// Fewer values of a window say nothing.
const VALUES_LEAST: f64 = 60.0;
/// Up to this mean, a window does not lie on the steps of the rest; from the other on it does.
const ODD: f64 = 0.2;
const ALIKE: f64 = 0.55;
/// So many of the windows that say something have to be alike, and so few may be odd; else the picture is of many pieces.
const ALIKE_SHARE: f64 = 0.8;
const ODD_SHARE: f64 = 0.1;
/// Most regions that are told of one picture.
const REGIONS_MAX: usize = 8;

/// Sums over the values of a block, or of several.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Window {
    pub(super) column: usize,
    pub(super) row: usize,
    /// Weighted cosines.
    pub(super) fit: f64,
    /// What they come to where everything lies on the steps.
    pub(super) expected: f64,
    pub(super) values: f64,
}

impl Window {
    pub(super) fn with(mut self, other: &Self) -> Self {
        self.fit += other.fit;
        self.expected += other.expected;
        self.values += other.values;
        self
    }

    fn without(mut self, other: &Self) -> Self {
        self.fit -= other.fit;
        self.expected -= other.expected;
        self.values -= other.values;
        self
    }

    /// About one where all lies on the steps, about zero where nothing does.
    pub(super) fn mean(&self) -> Option<f64> {
        (self.expected > 0.0).then(|| self.fit / self.expected)
    }
}

/// Boxes, in blocks, of what is not like the rest; none where there is no rest that is of one piece.
pub(super) fn odd_regions(blocks: &[Window], (columns, rows): (usize, usize)) -> Vec<[usize; 4]> {
    let sums = sums(blocks, columns, rows);
    let at = |column: usize, row: usize| sums.get(row * (columns + 1) + column).copied().unwrap_or_default();
    let (mut judged, mut alike) = (0_usize, 0_usize);
    let mut odd: Vec<[usize; 4]> = Vec::new();
    for top in 0..rows.saturating_sub(WINDOW.1 - 1) {
        for left in 0..columns.saturating_sub(WINDOW.0 - 1) {
            let (right, bottom) = (left + WINDOW.0, top + WINDOW.1);
            let window =
                at(right, bottom).with(&at(left, top)).without(&at(left, bottom)).without(&at(right, top));
            let Some(mean) = window.mean().filter(|_| window.values >= VALUES_LEAST) else { continue };
            judged += 1;
            alike += usize::from(mean >= ALIKE);
            if mean <= ODD {
                odd.push([left, top, right, bottom]);
            }
        }
    }
    let share = |count: usize| count as f64 / judged.max(1) as f64;
    if share(alike) < ALIKE_SHARE || share(odd.len()) > ODD_SHARE {
        return Vec::new();
    }
    joined(odd)
}

/// Sums of everything above and to the left of each corner.
fn sums(blocks: &[Window], columns: usize, rows: usize) -> Vec<Window> {
    let width = columns + 1;
    let mut sums = vec![Window::default(); width * (rows + 1)];
    for block in blocks {
        if let Some(sum) = sums.get_mut((block.row + 1) * width + block.column + 1) {
            *sum = sum.with(block);
        }
    }
    for row in 1..=rows {
        let mut line = Window::default();
        for column in 1..=columns {
            let above = sums.get((row - 1) * width + column).copied().unwrap_or_default();
            if let Some(sum) = sums.get_mut(row * width + column) {
                line = line.with(sum);
                *sum = line.with(&above);
            }
        }
    }
    sums
}

/// Windows that overlap, as one box; largest first. A window reaches over what is odd in it, so boxes are drawn in by half.
fn joined(odd: Vec<[usize; 4]>) -> Vec<[usize; 4]> {
    let overlap = |a: &[usize; 4], b: &[usize; 4]| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    let mut regions: Vec<([usize; 4], usize)> = Vec::new();
    for window in odd {
        let mut merged = (window, 1);
        while let Some(other) = regions.iter().position(|(region, _)| overlap(region, &merged.0)) {
            let (region, count) = regions.swap_remove(other);
            let [left, top, right, bottom] = merged.0;
            merged = (
                [left.min(region[0]), top.min(region[1]), right.max(region[2]), bottom.max(region[3])],
                merged.1 + count,
            );
        }
        regions.push(merged);
    }
    // One window alone may be chance: its neighbours share most of its values.
    regions.retain(|(_, windows)| *windows > 1);
    regions.sort_by_key(|(_, windows)| std::cmp::Reverse(*windows));
    let inner = |([left, top, right, bottom], _): ([usize; 4], usize)| {
        let (across, down) =
            ((right - left - WINDOW.0).min(WINDOW.0) / 2, (bottom - top - WINDOW.1).min(WINDOW.1) / 2);
        [left + across, top + down, right - across, bottom - down]
    };
    regions.into_iter().take(REGIONS_MAX).map(inner).collect()
}
