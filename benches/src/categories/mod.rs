//! `cargo bench-all --categories`: labelled rows of sources that nothing was trained on, beside a keyword list and
//! fastText, and what corrections are worth; with `--learning` that alone; with `--speed` rows a second.

#![expect(clippy::float_arithmetic, reason = "shares and seconds, never money")]

mod learning;
mod peers;
mod plan;
mod score;
mod sets;
mod speed;

pub(crate) use plan::Plan;
use score::Tally;
use sets::{Labelled, Sets};
use smartexus_categorize::{Categorizer, Rulebook};

/// What somebody answered to a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) leaf: String,
    pub(crate) confidence: f64,
}

/// Runs what the plan asks for.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let rules = Rulebook::embedded()?;
    let sets = Sets::read(plan, &rules)?;
    if plan.speed {
        return speed::run(plan, &rules, &sets);
    }
    if plan.learning {
        return learning::run(&rules, &sets);
    }
    let mut contenders =
        vec![("smartexus", ours(&rules, &sets.rows)), ("keywords", peers::keywords(&rules, &sets.rows))];
    if let Some(answers) = peers::fast_text(plan, &sets.rows)? {
        contenders.push(("fastText", answers));
    }
    println!(
        "| set | rows | by | detailed | macro-F1 | primary | macro-F1 | said ≥ 0.9 | of these right | unknown |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for set in sets.names() {
        for (name, answers) in &contenders {
            let tally = tally(&sets, answers, |row| row.set == set);
            println!("| {set} | {} | {name} | {} |", tally.rows(), tally.cells());
        }
    }
    println!(
        "\n| direction or region | rows | by | detailed | macro-F1 | primary | macro-F1 | said ≥ 0.9 | of these right | unknown |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for slice in sets.slices() {
        for (name, answers) in &contenders {
            let tally = tally(&sets, answers, |row| row.is_in(&slice));
            println!("| {slice} | {} | {name} | {} |", tally.rows(), tally.cells());
        }
    }
    println!("\n| said | rows | right |\n|---|---|---|");
    for (name, answers) in contenders.iter().take(1) {
        let tally = tally(&sets, answers, |row| row.is_reliable());
        println!(
            "{}{name}, sets whose labels follow from the words; expected calibration error {:.3}",
            tally.curve(),
            tally.calibration_error()
        );
    }
    if plan.errors {
        show_errors(&sets, &rules);
    }
    println!();
    learning::run(&rules, &sets)
}

fn ours(rules: &Rulebook, rows: &[Labelled]) -> Vec<Answer> {
    let mut categorizer = Categorizer::new(rules);
    let said = rows.iter().map(|row| categorizer.row(&row.words()));
    said.map(|said| Answer { leaf: said.category.as_str().to_owned(), confidence: said.confidence }).collect()
}

fn tally<'s>(sets: &'s Sets, answers: &[Answer], wanted: impl Fn(&Labelled) -> bool) -> Tally<'s> {
    let mut tally = Tally::new(sets);
    for (row, answer) in sets.rows.iter().zip(answers).filter(|(row, _)| wanted(row)) {
        tally.add(row, answer);
    }
    tally
}

/// Errors of every other row only: the other half is never looked at.
fn show_errors(sets: &Sets, rules: &Rulebook) {
    let mut categorizer = Categorizer::new(rules);
    let mut shown = std::collections::BTreeSet::new();
    for row in sets.rows.iter().step_by(2) {
        let said = categorizer.row(&row.words());
        if !row.accepts(said.category.as_str()) && shown.insert((row.set, row.description.clone())) {
            println!(
                "{} | {} | {} | {} {:.2} | {}",
                row.set,
                row.description,
                row.label,
                said.category.as_str(),
                said.confidence,
                said.reason
            );
        }
    }
}
