//! `smartexus corrections list|undo|off|on`: what people said of rows, in the store of a server.

use super::rules::{existing, refused};
use crate::cli::CorrectionsCommand;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::{Output, one_line};
use crate::station::{rulebook, world_failed};
use crate::table::{Align, Cell, Table};
use serde::Serialize;
use smartexus_worker::categories::{CategoryDesk, CategoryFault};
use std::sync::Arc;

/// Corrections that are fetched at a time.
const PAGE: usize = 500;

/// Runs one of them.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    command: &CorrectionsCommand,
) -> Result<Exit, Stop> {
    let desk = existing(configuration, Arc::new(rulebook()?)).await?;
    match command {
        CorrectionsCommand::List => list(output, &desk).await,
        CorrectionsCommand::Undo { numbers } => undo(output, &desk, numbers).await,
        CorrectionsCommand::Off => switch(output, &desk, false).await,
        CorrectionsCommand::On => switch(output, &desk, true).await,
    }
}

async fn list(output: Output, desk: &CategoryDesk) -> Result<Exit, Stop> {
    let mut table =
        Table::new(&["number", "row", "category", "state", "document"].map(|name| (name, Align::Left)));
    let (mut after, mut count) = (0, 0_usize);
    loop {
        let page = desk.corrections(after, PAGE).await.map_err(refused)?;
        if output.json {
            output.object(&page)?;
        }
        count = count.saturating_add(page.corrections.len());
        for correction in &page.corrections {
            let document =
                correction.document.map_or_else(|| "–".to_owned(), |document| document.to_string());
            table.push(vec![
                Cell::new(correction.id.to_string()),
                Cell::new(one_line(&correction.description)),
                Cell::new(correction.category.as_str()),
                Cell::new(if correction.undone { "taken back" } else { "holds" }),
                Cell::new(document),
            ]);
        }
        match page.next_after {
            Some(next) => after = next,
            None if output.json => return Ok(Exit::Done),
            None => {
                output.text(&table.render(output))?;
                let learning =
                    if page.learning { "they are learned from" } else { "learning is switched off" };
                output.note(&format!("{count} corrections; {learning}"));
                return Ok(Exit::Done);
            }
        }
    }
}

/// What became of one.
#[derive(Serialize)]
struct Undone {
    id: u64,
    done: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

async fn undo(output: Output, desk: &CategoryDesk, numbers: &[u64]) -> Result<Exit, Stop> {
    let (mut done, mut not_done) = (0_usize, 0_usize);
    for id in numbers {
        let reason = match desk.undo(*id).await {
            Ok(_) => None,
            Err(CategoryFault::Platform(error)) => return Err(world_failed(&error)),
            Err(fault) => Some(fault.to_string()),
        };
        let said = reason.as_ref().map_or_else(|| "taken back".to_owned(), |why| format!("refused: {why}"));
        if reason.is_none() {
            done += 1
        } else {
            not_done += 1
        }
        if output.json {
            output.object(&Undone { id: *id, done: reason.is_none(), reason })?;
        } else {
            output.text(&format!("{id}  {}\n", one_line(&said)))?;
        }
    }
    Ok(match (not_done, done) {
        (0, _) => Exit::Done,
        (_, 0) => Exit::Failed,
        (_, _) => Exit::Partial,
    })
}

/// Whether anything is learned.
#[derive(Serialize)]
struct Learning {
    schema: &'static str,
    learning: bool,
    version: u64,
}

async fn switch(output: Output, desk: &CategoryDesk, learning: bool) -> Result<Exit, Stop> {
    let version = desk.switch_learning(learning).await.map_err(refused)?;
    if output.json {
        output.object(&Learning { schema: "smartexus.learning/1", learning, version })?;
    } else {
        let said = if learning { "learns from corrections" } else { "learns nothing from corrections" };
        output.text(&format!("this workspace {said}; documents that are there do not change\n"))?;
    }
    Ok(Exit::Done)
}
