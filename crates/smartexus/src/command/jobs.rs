//! `smartexus jobs dead list|retry|drop`: what was given up, and what becomes of it.

use crate::cli::{DeadCommand, JobsCommand};
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use crate::station::LOCAL_WORKSPACE;
use crate::store;
use crate::table::{Align, Cell, Table};
use serde::Serialize;
use smartexus_domain::{DocumentId, FailureCode, JobId, StageKind};
use smartexus_platform::World;
use smartexus_platform::port::{Actor, DeadJob, Revived};

/// Dead jobs that are read at a time.
const PAGE: u32 = 200;

/// Runs one of them.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    command: &JobsCommand,
) -> Result<Exit, Stop> {
    let JobsCommand::Dead(command) = command;
    let world = store::open_existing(configuration).await?;
    match command {
        DeadCommand::List => list(output, &world).await,
        DeadCommand::Retry { ids, all } => act(output, &world, ids, *all, Act::Retry).await,
        DeadCommand::Drop { ids, all } => act(output, &world, ids, *all, Act::Drop).await,
    }
}

#[derive(Serialize)]
struct Row {
    job: JobId,
    document: DocumentId,
    stage: StageKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<[u32; 2]>,
    reason: Option<FailureCode>,
    attempts: u32,
    losses: u32,
}

impl From<&DeadJob> for Row {
    fn from(dead: &DeadJob) -> Self {
        let job = &dead.job;
        Self {
            job: job.id,
            document: dead.document,
            stage: job.stage,
            pages: job.part.pages().map(|range| [range.first(), range.last()]),
            reason: job.failure,
            attempts: job.attempts,
            losses: job.losses,
        }
    }
}

async fn dead(world: &World) -> Result<Vec<DeadJob>, Stop> {
    let mut all: Vec<DeadJob> = Vec::new();
    loop {
        let after = all.last().map(|dead| dead.job.id);
        let page = world.jobs.dead(LOCAL_WORKSPACE, after, PAGE).await.map_err(store::failed)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

async fn list(output: Output, world: &World) -> Result<Exit, Stop> {
    let dead = dead(world).await?;
    if output.json {
        dead.iter().try_for_each(|dead| output.object(&Row::from(dead)))?;
        return Ok(Exit::Done);
    }
    let columns = ["job", "document", "stage", "pages", "reason"].map(|name| (name, Align::Left)).into_iter();
    let counts = ["attempts", "losses"].map(|name| (name, Align::Right));
    let mut table = Table::new(&columns.chain(counts).collect::<Vec<_>>());
    for row in dead.iter().map(Row::from) {
        let pages = row.pages.map_or_else(|| "all".to_owned(), |[first, last]| format!("{first}–{last}"));
        table.push(vec![
            Cell::new(row.job.to_string()),
            Cell::new(row.document.to_string()),
            Cell::new(row.stage.as_str()),
            Cell::new(pages),
            Cell::new(row.reason.map_or("–", FailureCode::as_str)),
            Cell::new(row.attempts.to_string()),
            Cell::new(row.losses.to_string()),
        ]);
    }
    output.text(&table.render(output))?;
    output.note(&format!(
        "{} dead jobs; give one another chance with `smartexus jobs dead retry ID`",
        dead.len()
    ));
    Ok(Exit::Done)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Retry,
    Drop,
}

#[derive(Serialize)]
struct Done {
    job: JobId,
    done: bool,
}

async fn act(output: Output, world: &World, ids: &[String], all: bool, act: Act) -> Result<Exit, Stop> {
    let jobs: Vec<JobId> = if all {
        dead(world).await?.iter().map(|dead| dead.job.id).collect()
    } else {
        ids.iter().map(|text| job_id(text)).collect::<Result<_, _>>()?
    };
    let mut missed = 0_u32;
    for job in jobs {
        let done = match act {
            Act::Retry => retry(world, job).await?,
            Act::Drop => {
                world.jobs.drop_dead(LOCAL_WORKSPACE, job, Actor::Operator).await.map_err(store::failed)?
            }
        };
        missed += u32::from(!done);
        if output.json {
            output.object(&Done { job, done })?;
            continue;
        }
        let word = match (act, done) {
            (Act::Retry, true) => "will be tried again",
            (Act::Drop, true) => "dropped",
            (Act::Retry | Act::Drop, false) => "not a dead job",
        };
        output.text(&format!("{job}  {word}\n"))?;
    }
    Ok(if missed == 0 { Exit::Done } else { Exit::Partial })
}

async fn retry(world: &World, job: JobId) -> Result<bool, Stop> {
    match world.jobs.revive(LOCAL_WORKSPACE, job, Actor::Operator).await.map_err(store::failed)? {
        Revived::Ready(ring) => {
            // The row is committed: a ring that is not heard is made good by the reconciler.
            drop(world.doorbell.ring(&ring).await);
            Ok(true)
        }
        Revived::NotDead => Ok(false),
    }
}

fn job_id(text: &str) -> Result<JobId, Stop> {
    text.parse().map_err(|_| Stop::usage("a job's id looks like 01932c07-209c-7cde-a2d1-7a7d8b6a0c1e"))
}
