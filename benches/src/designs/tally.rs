//! Outcomes counted by axis and value.

use super::Outcome;
use std::collections::BTreeMap;

/// Documents, exact, exact but for descriptions, figures right, verified of those that can be, those that can be, falsely verified.
type Counts = [usize; 7];

/// Outcomes counted in all, and for each value of each axis.
#[derive(Default)]
pub(crate) struct Tally {
    all: Counts,
    by_axis: BTreeMap<(&'static str, &'static str), Counts>,
}

impl Tally {
    pub(crate) fn add(&mut self, axes: &[(&'static str, &'static str)], outcome: &Outcome) {
        let Outcome { exact, exact_figures, right, verified, provable, falsely, .. } = *outcome;
        let counted = [true, exact, exact_figures, right, verified && provable, provable, falsely];
        let add = |counts: &mut Counts| {
            counts.iter_mut().zip(counted).for_each(|(sum, counts)| *sum += usize::from(counts));
        };
        add(&mut self.all);
        axes.iter().for_each(|axis| add(self.by_axis.entry(*axis).or_default()));
    }

    /// The table of the whole, and before it one of the axes.
    pub(crate) fn print(&self, name: &str, has_axes: bool) {
        println!(
            "\n| axis | value | documents | exact | but for descriptions | figures right | verified of provable | falsely verified |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        for ((axis, value), counts) in self.by_axis.iter().filter(|_| has_axes) {
            println!("{}", row(axis, value, counts));
        }
        println!("{}", row("all", name, &self.all));
    }
}

fn row(axis: &str, value: &str, counts: &Counts) -> String {
    let [documents, exact, exact_figures, right, verified, provable, falsely] = counts;
    format!(
        "| {axis} | {value} | {documents} | {exact} | {exact_figures} | {right} | {verified} of {provable} | {falsely} |"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_counts_once_for_each_axis() {
        let mut tally = Tally::default();
        let exact = Outcome {
            exact: true,
            exact_figures: true,
            right: true,
            verified: true,
            provable: true,
            falsely: false,
            first_difference: None,
        };
        let wrong = Outcome {
            exact: false,
            exact_figures: false,
            right: false,
            verified: true,
            provable: true,
            falsely: true,
            first_difference: None,
        };
        tally.add(&[("order", "newest"), ("paint", "plain")], &exact);
        tally.add(&[("order", "oldest"), ("paint", "plain")], &wrong);
        assert_eq!(tally.all, [2, 1, 1, 1, 2, 2, 1]);
        assert_eq!(tally.by_axis[&("paint", "plain")], tally.all);
        assert_eq!(
            row("order", "newest", &tally.by_axis[&("order", "newest")]),
            "| order | newest | 1 | 1 | 1 | 1 | 1 of 1 | 0 |"
        );
    }
}
