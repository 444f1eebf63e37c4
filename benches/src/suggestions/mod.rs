//! `cargo bench-all --suggestions`: blank forms drawn from seeds, each field with what it asks for, through the same
//! steps as `smartexus forms suggest`: which keys are suggested, and which of those that we call likely are wrong.

mod plan;
mod tally;

pub(crate) use plan::Plan;
use smartexus_domain::FormField;
use smartexus_extract::ExtractOptions;
use smartexus_forms::{Form, FormLimits, LIKELY_FROM, Suggestion, suggest};
use smartexus_generator::drawn_form::{DrawnField, DrawnForm, Meaning, make};
use std::collections::BTreeMap;
use tally::{Outcome, Tally};

/// Draws the forms of a plan and counts what is suggested for their fields.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let mut tally = Tally::default();
    for seed in plan.seeds() {
        let form = make(seed);
        let fields = fields(&form)?;
        let suggestions = suggest(&fields);
        let suggested: BTreeMap<&str, (&FormField, &Suggestion)> = fields
            .iter()
            .zip(&suggestions)
            .map(|(field, suggestion)| (field.name.as_str(), (field, suggestion)))
            .collect();
        tally.form();
        for drawn in &form.fields {
            let Some((field, suggestion)) = suggested.get(drawn.name.as_str()) else {
                anyhow::bail!("seed {seed}: the reader has no field {}", drawn.name);
            };
            let outcome = tally.add(&drawn.meaning, suggestion);
            if plan.errors {
                tell(seed, drawn, field, suggestion, outcome);
            }
        }
    }
    tally.print();
    Ok(())
}

/// The fields with what is printed beside them, as the product reads them.
fn fields(form: &DrawnForm) -> anyhow::Result<Vec<FormField>> {
    let pages = smartexus_extract::extract(&form.document, &ExtractOptions::default())?;
    Ok(Form::open(&form.document, Some(&pages), &FormLimits::default())?.describe())
}

/// One line for a field that is confidently wrong or missed.
fn tell(seed: u64, drawn: &DrawnField, field: &FormField, suggestion: &Suggestion, outcome: Outcome) {
    let label = &drawn.label;
    match outcome {
        Outcome::Wrong if suggestion.confidence >= LIKELY_FROM => {
            println!(
                "seed {seed}: wrong: {label} · heading {} · tooltip {} · name {} · meant {} · suggested {} {:.2}",
                drawn.heading.as_deref().unwrap_or("–"),
                field.tooltip.as_deref().unwrap_or("–"),
                drawn.name,
                meant(&drawn.meaning),
                suggestion.key.as_deref().unwrap_or("–"),
                suggestion.confidence,
            );
        }
        Outcome::Missed => println!("seed {seed}: missed: {label}"),
        Outcome::Right | Outcome::Wrong | Outcome::Left | Outcome::Neither => {}
    }
}

fn meant(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Keys(keys) => keys.join(" or "),
        Meaning::Part(keys) => format!("a part of, or more than, {}", keys.join(", ")),
        Meaning::Person => "a person".to_owned(),
        Meaning::Other => "something else".to_owned(),
    }
}
