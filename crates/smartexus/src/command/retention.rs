//! `smartexus retention`: what is kept until when, and holds.

use crate::cli::RetentionCommand;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::station::LOCAL_WORKSPACE;
use crate::store;
use crate::table::{Align, Cell, Table};
use serde::Serialize;
use smartexus_domain::DocumentId;
use smartexus_platform::World;
use smartexus_platform::port::{Actor, HoldOutcome};
use smartexus_sweeper::{PlanEntry, Reason};

/// Runs one of them.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    command: &RetentionCommand,
) -> Result<Exit, Stop> {
    let world = store::open_existing(configuration).await?;
    match command {
        RetentionCommand::Plan => plan(output, configuration, world).await,
        RetentionCommand::Hold { id } => hold(output, &world, store::document_id(id)?, true).await,
        RetentionCommand::Release { id } => hold(output, &world, store::document_id(id)?, false).await,
    }
}

async fn plan(output: Output, configuration: &Configuration, world: World) -> Result<Exit, Stop> {
    let sweeper = store::sweeper(configuration, world)?;
    let plan = sweeper.plan_all().await.map_err(store::failed)?;
    if output.json {
        plan.entries.iter().try_for_each(|entry| output.object(entry))?;
        return Ok(Exit::Done);
    }
    let mut table = Table::new(&[
        ("document", Align::Left),
        ("class", Align::Left),
        ("then", Align::Left),
        ("because", Align::Left),
    ]);
    plan.entries.iter().for_each(|entry| table.push(row(entry)));
    output.text(&table.render(output))?;
    let people = plan.entries.iter().filter(|entry| entry.because.needs_person()).count();
    output.note(&format!(
        "{} documents, {} to erase now, {people} need a person",
        plan.entries.len(),
        plan.erasures().count()
    ));
    Ok(Exit::Done)
}

fn row(entry: &PlanEntry) -> Vec<Cell> {
    let then = if entry.because.erases().is_some() { "erased" } else { "kept" };
    vec![
        Cell::new(entry.document.to_string()),
        Cell::new(entry.class.as_str()),
        Cell::new(then),
        Cell::new(because(&entry.because)),
    ]
}

/// The reason with its date, where it has one.
pub(crate) fn because(reason: &Reason) -> String {
    let word = reason.as_str().replace('_', " ");
    match reason {
        Reason::Due { since } => format!("{word} since {since}"),
        Reason::KeptUntil { last_day } => format!("{word} {last_day}"),
        Reason::BlockedByMinimum { review_on: Some(day) } => format!("{word}; review on {day}"),
        Reason::MinimumAboveMaximum { keep_through, last_day } => {
            format!("{word}: keep through {keep_through}, last day {last_day}")
        }
        Reason::BlockedByMinimum { review_on: None }
        | Reason::Held
        | Reason::UnknownClass
        | Reason::NotAdopted
        | Reason::EraseRequested
        | Reason::AnchorOpen { .. }
        | Reason::NoMaximum => word,
    }
}

#[derive(Serialize)]
struct Held {
    document: DocumentId,
    held: bool,
    changed: bool,
}

async fn hold(output: Output, world: &World, document: DocumentId, held: bool) -> Result<Exit, Stop> {
    let outcome = world.retention.set_hold(LOCAL_WORKSPACE, document, held, Actor::Operator).await;
    let changed = match outcome.map_err(store::failed)? {
        HoldOutcome::Changed => true,
        HoldOutcome::Unchanged => false,
        HoldOutcome::Gone => return Err(Stop::failed("it is too late: the document is erased")),
        HoldOutcome::Absent => return Err(store::absent()),
    };
    if output.json {
        output.object(&Held { document, held, changed })?;
        return Ok(Exit::Done);
    }
    let word = if held { "held" } else { "not held" };
    let before = if changed { "now" } else { "as before" };
    output.text(&format!("{document}  {word}, {before}\n"))?;
    Ok(Exit::Done)
}
