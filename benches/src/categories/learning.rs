//! What corrections are worth: a workspace corrects twenty rows that are wrong, then the next thousand are looked at.

use crate::categories::sets::{Labelled, Sets};
use smartexus_categorize::{Categorizer, CategoryId, Rulebook, Workspace};
use std::collections::BTreeMap;

const CORRECTIONS: usize = 20;
const NEXT_ROWS: usize = 1_000;
/// A workspace with fewer rows shows nothing.
const ROWS_MIN: usize = 60;

#[derive(Default)]
struct Sum {
    next: usize,
    wrong: usize,
    mended: usize,
    broken: usize,
}

/// Goes through every workspace of the sets, in the order of its rows.
pub(crate) fn run(rules: &Rulebook, sets: &Sets) -> anyhow::Result<()> {
    let mut workspaces: BTreeMap<(&str, &str), Vec<&Labelled>> = BTreeMap::new();
    for row in &sets.rows {
        workspaces.entry((row.set, &row.workspace)).or_default().push(row);
    }
    println!(
        "| workspace | corrections | rows before them | next rows | wrong without | of these right with | right before, wrong with |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for ((set, name), rows) in workspaces.iter().filter(|(_, rows)| rows.len() >= ROWS_MIN) {
        let (workspace, used) = correct(rules, rows)?;
        let next: Vec<&&Labelled> = rows.iter().skip(used).take(NEXT_ROWS).collect();
        let sum = compare(rules, &workspace, &next);
        println!(
            "| {set} {name} | {} | {used} | {} | {} | {} | {} |",
            workspace.corrections.records().len(),
            sum.next,
            sum.wrong,
            sum.mended,
            sum.broken
        );
        let total = sums.entry(set).or_default();
        total.next += sum.next;
        total.wrong += sum.wrong;
        total.mended += sum.mended;
        total.broken += sum.broken;
    }
    for (set, sum) in sums {
        println!("| **{set}** | | | {} | {} | {} | {} |", sum.next, sum.wrong, sum.mended, sum.broken);
    }
    Ok(())
}

/// Corrects each row that is wrong as it comes, until there were enough or half of the rows are over; says how many rows that took.
fn correct(rules: &Rulebook, rows: &[&Labelled]) -> anyhow::Result<(Workspace, usize)> {
    let mut workspace = Workspace::default();
    for (at, row) in rows.iter().enumerate() {
        if workspace.corrections.records().len() >= CORRECTIONS || at * 2 >= rows.len() {
            return Ok((workspace, at));
        }
        let said = Categorizer::for_workspace(rules, &workspace).row(&row.words());
        if !row.accepts(said.category.as_str())
            && let Some(leaf) = row.accepted.iter().find(|leaf| fits(rules, leaf, row))
        {
            workspace.corrections.learn(&row.words(), &CategoryId::new(leaf.as_str()), rules)?;
        }
    }
    Ok((workspace, rows.len()))
}

fn fits(rules: &Rulebook, leaf: &str, row: &Labelled) -> bool {
    rules.taxonomy().leaf(&CategoryId::new(leaf)).is_some_and(|leaf| leaf.direction.fits(row.direction))
}

fn compare(rules: &Rulebook, workspace: &Workspace, rows: &[&&Labelled]) -> Sum {
    let (mut plain, mut taught) = (Categorizer::new(rules), Categorizer::for_workspace(rules, workspace));
    let mut sum = Sum { next: rows.len(), ..Sum::default() };
    for row in rows {
        let before = row.accepts(plain.row(&row.words()).category.as_str());
        let after = row.accepts(taught.row(&row.words()).category.as_str());
        sum.wrong += usize::from(!before);
        sum.mended += usize::from(!before && after);
        sum.broken += usize::from(before && !after);
    }
    sum
}
