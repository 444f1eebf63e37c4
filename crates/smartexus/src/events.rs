//! What a door tells on stdout: one event a line, at least once, ids and times only.

use crate::exit::Stop;
use crate::output::Output;
use crate::station::LOCAL_WORKSPACE;
use serde::Serialize;
use smartexus_platform::World;
use smartexus_platform::metric;
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// How often it is looked for something to tell.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Rows told at once.
const ROWS_MAX: u32 = 256;
/// How long other doors leave the rows alone that this one took: a door that is killed with them costs this delay.
const HOLD: Duration = Duration::from_secs(30);
/// How often it is counted what has waited for long, and what is long: more than a door that was killed costs.
const COUNT_EVERY: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(60);

/// One event.
#[derive(Debug, Serialize)]
pub(crate) struct Event {
    /// `listening`, `stopped`, or a topic such as `document.approved`.
    pub(crate) event: String,
    /// Of an event of a document: the same in every repeat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// Where the server listens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
    /// Which document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<String>,
}

impl Event {
    /// An event of the server itself.
    pub(crate) fn of_server(event: &str, address: Option<String>) -> Self {
        Self { event: event.to_owned(), id: None, address, document: None, at: None }
    }
}

/// Tells what the outbox holds, row by row, and ticks it off, until `stop` is ready and everything is told. Every door
/// with `--json` does this, each with rows of its own. A door without tells nobody, so it leaves the rows to one that
/// does; they go with their document.
pub(crate) async fn tell(output: Output, world: &World, stop: impl Future<Output = ()>) -> Result<(), Stop> {
    tokio::pin!(stop);
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut counted: Option<Instant> = None;
    loop {
        // Between rounds only: what was taken is told.
        let is_last = tokio::select! {
            _ = looks.tick() => false,
            () = &mut stop => true,
        };
        if counted.is_none_or(|at| at.elapsed() >= COUNT_EVERY) {
            counted = Some(Instant::now());
            if let Ok(pending) = world.outbox.pending(LOCAL_WORKSPACE, LONG).await {
                metric::outbox_pending(pending);
            }
        }
        tell_unsent(output, world).await?;
        if is_last {
            return Ok(());
        }
    }
}

/// Tells what there is now and nobody else is telling.
async fn tell_unsent(output: Output, world: &World) -> Result<(), Stop> {
    loop {
        let rows = match world.outbox.take(LOCAL_WORKSPACE, ROWS_MAX, HOLD).await {
            Ok(rows) if rows.is_empty() => return Ok(()),
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "outbox not read");
                return Ok(());
            }
        };
        for row in &rows {
            output.object(&Event {
                event: row.topic.clone(),
                id: Some(row.id.to_string()),
                address: None,
                document: Some(row.document.to_string()),
                at: Some(row.at.to_string()),
            })?;
        }
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        if let Err(error) = world.outbox.mark_sent(LOCAL_WORKSPACE, &ids).await {
            // They are told again: at least once.
            tracing::warn!(%error, "outbox not ticked off");
            return Ok(());
        }
    }
}
