//! Connected ink: what letters are made of.

use crate::raster::Gray;

/// A rectangle of pixels; right and bottom are outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ocr) struct Area {
    pub(in crate::ocr) left: usize,
    pub(in crate::ocr) top: usize,
    pub(in crate::ocr) right: usize,
    pub(in crate::ocr) bottom: usize,
}

impl Area {
    pub(in crate::ocr) fn width(self) -> usize {
        self.right.saturating_sub(self.left)
    }

    pub(in crate::ocr) fn height(self) -> usize {
        self.bottom.saturating_sub(self.top)
    }

    pub(in crate::ocr) fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How many rows both have.
    pub(in crate::ocr) fn shared_rows(self, other: Self) -> usize {
        self.bottom.min(other.bottom).saturating_sub(self.top.max(other.top))
    }

    /// Columns between two areas; 0 where they stand over each other.
    pub(super) fn gap(self, other: Self) -> usize {
        self.left.max(other.left).saturating_sub(self.right.min(other.right))
    }

    /// Larger by so many pixels on each side, within a picture.
    pub(in crate::ocr) fn grown(self, by: usize, picture: &Gray) -> Self {
        Self {
            left: self.left.saturating_sub(by),
            top: self.top.saturating_sub(by),
            right: (self.right + by).min(picture.width()),
            bottom: (self.bottom + by).min(picture.height()),
        }
    }
}

/// Ink that hangs together, corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blob {
    pub(super) area: Area,
    /// Pixels.
    pub(super) ink: usize,
}

impl Blob {
    fn merge(&mut self, other: Self) {
        self.area = self.area.union(other.area);
        self.ink += other.ink;
    }
}

/// All pieces of ink darker than this, in the order in which a reader from top to bottom meets them.
pub(super) fn blobs(picture: &Gray, dark: u8) -> Vec<Blob> {
    let mut forest = Forest::default();
    let (mut above, mut here): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (y, row) in picture.rows().enumerate() {
        here.clear();
        find_runs(row, dark, &mut here);
        let mut first = 0;
        for run in &mut here {
            while above.get(first).is_some_and(|upper| upper.end < run.start) {
                first += 1;
            }
            let area = Area { left: run.start, top: y, right: run.end, bottom: y + 1 };
            let piece = Blob { area, ink: run.end - run.start };
            let touching = above.iter().skip(first).take_while(|upper| upper.start <= run.end);
            run.tree = touching.fold(None, |tree, upper| Some(forest.join(tree, upper.tree)));
            run.tree = Some(forest.add(run.tree, piece));
        }
        std::mem::swap(&mut above, &mut here);
    }
    forest.into_blobs()
}

/// Dark pixels side by side.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    tree: Option<usize>,
}

fn find_runs(row: &[u8], dark: u8, runs: &mut Vec<Run>) {
    /// So many pixels of paper are passed at once.
    const STRIDE: usize = 32;
    let is_ink = |pixel: &u8| *pixel < dark;
    let mut at = 0;
    while at < row.len() {
        let rest = row.get(at..).unwrap_or_default();
        let empty = rest.chunks_exact(STRIDE).take_while(|chunk| !chunk.iter().any(is_ink)).count() * STRIDE;
        let rest = rest.get(empty..).unwrap_or_default();
        let Some(skipped) = rest.iter().position(is_ink) else { return };
        let start = at + empty + skipped;
        let length = rest.iter().skip(skipped).take_while(|pixel| is_ink(pixel)).count();
        runs.push(Run { start, end: start + length, tree: None });
        at = start + length;
    }
}

/// Pieces that turned out to hang together, as trees; the root of each knows the whole.
#[derive(Default)]
struct Forest {
    parents: Vec<usize>,
    blobs: Vec<Blob>,
}

impl Forest {
    fn root(&mut self, mut tree: usize) -> usize {
        while let Some(parent) = self.parents.get(tree).copied().filter(|parent| *parent != tree) {
            let grandparent = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(own) = self.parents.get_mut(tree) {
                *own = grandparent;
            }
            tree = grandparent;
        }
        tree
    }

    /// Two trees become one, under the older root.
    fn join(&mut self, tree: Option<usize>, other: Option<usize>) -> usize {
        let (Some(a), Some(b)) = (tree.or(other), other.or(tree)) else { return usize::MAX };
        let (a, b) = (self.root(a), self.root(b));
        let (older, younger) = (a.min(b), a.max(b));
        if older != younger {
            if let Some(parent) = self.parents.get_mut(younger) {
                *parent = older;
            }
            if let (Some(piece), true) = (self.blobs.get(younger).copied(), older < younger)
                && let Some(whole) = self.blobs.get_mut(older)
            {
                whole.merge(piece);
            }
        }
        older
    }

    fn add(&mut self, tree: Option<usize>, piece: Blob) -> usize {
        if let Some(root) = tree
            && let Some(whole) = self.blobs.get_mut(root)
        {
            whole.merge(piece);
            return root;
        }
        self.parents.push(self.parents.len());
        self.blobs.push(piece);
        self.parents.len() - 1
    }

    fn into_blobs(self) -> Vec<Blob> {
        let roots = self.parents.iter().enumerate().zip(&self.blobs);
        roots.filter(|((tree, parent), _)| tree == *parent).map(|(_, blob)| *blob).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(rows: &[&str]) -> Gray {
        let width = rows[0].len();
        let pixels = rows.iter().flat_map(|row| row.bytes().map(|c| if c == b'#' { 0 } else { 255 }));
        Gray::new(width, rows.len(), pixels.collect()).unwrap()
    }

    fn check(rows: &[&str], expected: &[([usize; 4], usize)]) {
        let found: Vec<([usize; 4], usize)> = blobs(&picture(rows), 128)
            .iter()
            .map(|blob| ([blob.area.left, blob.area.top, blob.area.right, blob.area.bottom], blob.ink))
            .collect();
        assert_eq!(found, expected, "{rows:?}");
    }

    #[test]
    fn pieces_hang_together_at_corners_too() {
        check(&["#.#", ".#.", "..."], &[([0, 0, 3, 2], 3)]);
        check(&["#..", "..#", "..."], &[([0, 0, 1, 1], 1), ([2, 1, 3, 2], 1)]);
    }

    #[test]
    fn arms_that_meet_below_are_one_piece() {
        check(&["#.#.#", "#.#.#", "#####", ".....", "..#.."], &[([0, 0, 5, 3], 11), ([2, 4, 3, 5], 1)]);
        check(&["..###..", "..#.#..", "###.###"], &[([0, 0, 7, 3], 11)]);
        check(&["###", "#.#", "###"], &[([0, 0, 3, 3], 8)]);
    }

    #[test]
    fn runs_are_found_beyond_long_paper() {
        let row = format!("{}##{}#", ".".repeat(70), ".".repeat(33));
        check(&[&row], &[([70, 0, 72, 1], 2), ([105, 0, 106, 1], 1)]);
    }
}
