//! What every page has: names, addresses and notes at its top and bottom.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::line::Line;
use std::collections::{HashMap, HashSet};

/// Lines within this distance of each other on different pages are at the same height, in points.
const SAME_HEIGHT: f64 = 4.0;

/// Lines that stand on two or more pages at the same height.
#[derive(Debug, Clone, Default)]
pub(super) struct Furniture {
    alike: HashSet<usize>,
    same: HashSet<usize>,
}

impl Furniture {
    pub(super) fn of(lines: &[Line]) -> Self {
        let alike = |line: &Line| -> String {
            line.text().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
        };
        Self { alike: twins(lines, alike), same: twins(lines, Line::text) }
    }

    /// The same text but for its digits.
    pub(super) fn contains(&self, index: usize) -> bool {
        self.alike.contains(&index)
    }

    /// The same text to the last digit.
    pub(super) fn is_same(&self, index: usize) -> bool {
        self.same.contains(&index)
    }
}

fn twins(lines: &[Line], text: impl Fn(&Line) -> String) -> HashSet<usize> {
    let mut seen: HashMap<String, Vec<&Line>> = HashMap::new();
    let texts: Vec<String> = lines.iter().map(text).collect();
    for (line, text) in lines.iter().zip(&texts) {
        seen.entry(text.clone()).or_default().push(line);
    }
    let has_twin = |line: &Line, text: &String| {
        let mut others = seen.get(text).into_iter().flatten();
        others.any(|other| {
            other.page != line.page && (other.bounds.mid_y() - line.bounds.mid_y()).abs() < SAME_HEIGHT
        })
    };
    let found = lines.iter().zip(&texts).enumerate();
    found.filter(|(_, (line, text))| has_twin(line, text)).map(|(index, _)| index).collect()
}
