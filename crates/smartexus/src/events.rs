//! What a door tells on stdout: one event a line, at least once, ids and times only.

use crate::exit::Stop;
use crate::output::Output;
use crate::station::LOCAL_WORKSPACE;
use serde::Serialize;
use smartexus_platform::World;
use smartexus_platform::metric;
use std::time::Duration;
use tokio::time::Instant;

/// How often it is looked for something to tell.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Rows told at once.
const ROWS_MAX: u32 = 256;
/// How long other doors leave the rows alone that this one took: a door that is killed with them costs this delay.
const HOLD: Duration = Duration::from_secs(30);
/// How often it is counted what waits.
const COUNT_EVERY: Duration = Duration::from_secs(5);

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

/// Tells what the outbox holds, row by row, and ticks it off, until the future is dropped. Every door of a fleet does
/// this, each with rows of its own. Without `--json` nobody is told, and the rows are ticked off all the same: they
/// would pile up.
pub(crate) async fn tell(output: Output, world: &World) -> Stop {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut counted: Option<Instant> = None;
    loop {
        looks.tick().await;
        if let Err(stop) = tell_unsent(output, world).await {
            return stop;
        }
        // What is left once all was told: not 0 for long only when telling does not work.
        if counted.is_none_or(|at| at.elapsed() >= COUNT_EVERY) {
            counted = Some(Instant::now());
            if let Ok(pending) = world.outbox.pending(LOCAL_WORKSPACE).await {
                metric::outbox_pending(pending);
            }
        }
    }
}

/// Tells what there is now and nobody else is telling.
pub(crate) async fn tell_unsent(output: Output, world: &World) -> Result<(), Stop> {
    loop {
        let rows = match world.outbox.take(LOCAL_WORKSPACE, ROWS_MAX, HOLD).await {
            Ok(rows) if rows.is_empty() => return Ok(()),
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "outbox not read");
                return Ok(());
            }
        };
        for row in rows.iter().filter(|_| output.json) {
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
