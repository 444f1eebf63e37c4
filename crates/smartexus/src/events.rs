//! What `serve` tells on stdout: one event a line, at least once, ids and times only.

use crate::exit::Stop;
use crate::output::Output;
use crate::station::LOCAL_WORKSPACE;
use serde::Serialize;
use smartexus_platform::World;
use std::time::Duration;

/// How often it is looked for something to tell.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Rows told at once.
const ROWS_MAX: u32 = 256;

/// One event.
#[derive(Debug, Serialize)]
pub(crate) struct Event {
    /// `listening`, `stopped`, or a topic such as `document.approved`.
    pub(crate) event: String,
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
        Self { event: event.to_owned(), address, document: None, at: None }
    }
}

/// Tells what the outbox holds, row by row, and ticks it off, until the future is dropped. Without `--json` nobody
/// is told, and the rows are ticked off all the same: they would pile up.
pub(crate) async fn tell(output: Output, world: &World) -> Stop {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        if let Err(stop) = tell_unsent(output, world).await {
            return stop;
        }
    }
}

/// Tells what there is now.
pub(crate) async fn tell_unsent(output: Output, world: &World) -> Result<(), Stop> {
    let rows = match world.outbox.unsent(LOCAL_WORKSPACE, ROWS_MAX).await {
        Ok(rows) if rows.is_empty() => return Ok(()),
        Ok(rows) => rows,
        Err(error) => {
            tracing::warn!(%error, "outbox not read");
            return Ok(());
        }
    };
    for row in rows.iter().filter(|_| output.json) {
        let (document, at) = (Some(row.document.to_string()), Some(row.at.to_string()));
        output.object(&Event { event: row.topic.clone(), address: None, document, at })?;
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    if let Err(error) = world.outbox.mark_sent(LOCAL_WORKSPACE, &ids).await {
        // They are told again: at least once.
        tracing::warn!(%error, "outbox not ticked off");
    }
    Ok(())
}
