//! `smartexus erase`: one document, now, with a receipt.

use super::retention::because;
use crate::cli::EraseArgs;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::station::LOCAL_WORKSPACE;
use crate::store;
use smartexus_domain::DocumentId;
use smartexus_platform::World;
use smartexus_platform::port::{Actor, Lookup, Receipt};
use smartexus_sweeper::{Classes, DocumentFacts, ErasureAnswer, PlanEntry, SweepFailure, plan};

/// Erases the document and prints its receipt.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    args: &EraseArgs,
) -> Result<Exit, Stop> {
    let document = store::document_id(&args.id)?;
    if !args.yes && !args.dry_run {
        return Err(Stop::usage("erasing cannot be undone, so it needs --yes")
            .advise("see what would happen with --dry-run"));
    }
    let world = store::open_existing(configuration).await?;
    if args.dry_run {
        return dry_run(output, &world, document).await;
    }
    let sweeper = store::sweeper(configuration, world.clone())?;
    let answer = sweeper.request_erasure(LOCAL_WORKSPACE, document, Actor::Operator).await;
    let mut with_it = Vec::new();
    let receipt = match answer.map_err(store::failed)? {
        ErasureAnswer::Erasing(erasure) => {
            let receipt =
                sweeper.finish(LOCAL_WORKSPACE, &erasure).await.map_err(|fault| unfinished(&fault))?;
            with_it = sweeper.finish_derived(LOCAL_WORKSPACE, &erasure).await.map_err(store::failed)?;
            receipt
        }
        ErasureAnswer::Erased(id) => {
            let found = world.retention.receipt(LOCAL_WORKSPACE, id).await.map_err(store::failed)?;
            found.ok_or_else(|| Stop::failed("the document is erased, but its receipt is missing"))?
        }
        ErasureAnswer::Refused(entry) => {
            return Err(Stop::failed(format!("the document is kept: {}", because(&entry.because))));
        }
        ErasureAnswer::Absent => return Err(store::absent()),
    };
    print(output, &receipt)?;
    // Cases and forms that were made from it.
    for derived in with_it {
        print(output, &derived.map_err(|fault| unfinished(&fault))?)?;
    }
    Ok(Exit::Done)
}

fn unfinished(fault: &SweepFailure) -> Stop {
    Stop::failed(format!("nobody sees the document any more, but {}", fault.message))
        .advise("run the same command again, or `smartexus sweep --once`: it goes on from there")
}

/// The very rule that the real run asks, asked without consequences.
async fn dry_run(output: Output, world: &World, document: DocumentId) -> Result<Exit, Stop> {
    let found = match world.documents.document(LOCAL_WORKSPACE, document).await.map_err(store::failed)? {
        Lookup::Found(found) => found,
        Lookup::Gone(_) => return Err(Stop::failed("the document is erased already")),
        Lookup::Absent => return Err(store::absent()),
    };
    let facts = DocumentFacts {
        workspace: found.workspace,
        document: found.id,
        class: found.retention,
        received_at: Some(found.received_at),
        settled_at: found.settled_at,
        held: found.held,
        erase_requested: true,
    };
    let classes = Classes::embedded().map_err(|errors| Stop::configuration(errors.to_string()))?;
    for entry in plan(&classes, &[facts], world.clock.now()).entries {
        print_entry(output, &entry)?;
    }
    Ok(Exit::Done)
}

fn print_entry(output: Output, entry: &PlanEntry) -> Result<(), Stop> {
    if output.json {
        return output.object(entry);
    }
    let then = if entry.because.erases().is_some() { "would be erased" } else { "would be kept" };
    output.text(&format!("{}  {then}: {}\n", entry.document, because(&entry.because)))
}

fn print(output: Output, receipt: &Receipt) -> Result<(), Stop> {
    if output.json {
        return output.object(receipt);
    }
    output.text(&format!("{}  erased at {}, receipt {}\n", receipt.document, receipt.finished_at, receipt.id))
}
