//! What every page has: names, addresses and notes at its top and bottom.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::line::{Line, Token};
use std::collections::{HashMap, HashSet};

/// Lines within this distance of each other on different pages are at the same height, in points.
const SAME_HEIGHT: f64 = 4.0;

/// Lines that stand on two or more pages at the same height.
#[derive(Debug, Clone, Default)]
pub(super) struct Furniture {
    alike: HashSet<usize>,
    same: HashSet<usize>,
    same_figures: HashSet<usize>,
}

impl Furniture {
    pub(super) fn of(lines: &[Line]) -> Self {
        let alike = |text: &str| -> String {
            text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
        };
        // Pages have other numbers on each page, and amounts that are no row's have the same.
        let with_figures = |line: &Line| {
            let shown =
                |token: &Token| if token.is_money() { token.text.clone() } else { alike(&token.text) };
            line.tokens.iter().map(shown).collect::<Vec<_>>().join(" ")
        };
        Self {
            alike: twins(lines, |line| alike(&line.text())),
            same: twins(lines, Line::text),
            same_figures: twins(lines, with_figures),
        }
    }

    /// The same text but for its digits.
    pub(super) fn contains(&self, index: usize) -> bool {
        self.alike.contains(&index)
    }

    /// The same text with the same amounts.
    pub(super) fn has_same_figures(&self, index: usize) -> bool {
        self.same_figures.contains(&index)
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
