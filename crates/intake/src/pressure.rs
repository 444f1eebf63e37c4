//! Whether more may come in now: by the workspace's rate, by the age of what waits, by the room that is left. The
//! answer is 429 or 503 with a time to come back, before memory or disk suffers.

use crate::problem::{Problem, ProblemCode};
use crate::state::Door;
use serde_json::json;
use smartexus_platform::port::{Backlog, Bucket, BucketKind, Taken};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The database is asked for what waits once in this time, however many uploads come.
const KEPT_US: u64 = 1_000_000;

/// What was seen last.
#[derive(Debug, Default)]
pub(crate) struct Gauge {
    last: Mutex<Option<(u64, Backlog)>>,
}

impl Gauge {
    fn recent(&self, now_us: u64) -> Option<Backlog> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(at, _)| now_us.saturating_sub(*at) < KEPT_US).map(|(_, backlog)| backlog)
    }

    fn note(&self, now_us: u64, backlog: Backlog) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((now_us, backlog));
    }
}

/// Asks all three.
pub(crate) async fn ask(door: &Door) -> Result<(), Problem> {
    room(door)?;
    age(door).await?;
    rate(door).await
}

fn room(door: &Door) -> Result<(), Problem> {
    match door.neighbours.free_bytes() {
        Some(free) if free < door.config.limits.free_bytes_min => Err(Problem::new(ProblemCode::Overloaded)),
        Some(_) | None => Ok(()),
    }
}

async fn age(door: &Door) -> Result<(), Problem> {
    let now_us = door.world.clock.monotonic_us();
    let backlog = match door.gauge.recent(now_us) {
        Some(backlog) => backlog,
        None => {
            let backlog = door.world.jobs.backlog().await?;
            door.gauge.note(now_us, backlog);
            backlog
        }
    };
    // Less urgent work may wait for days behind more urgent work, and keeps nobody out.
    if backlog.oldest_interactive > door.config.limits.queue_age {
        return Err(Problem::new(ProblemCode::Overloaded));
    }
    Ok(())
}

async fn rate(door: &Door) -> Result<(), Problem> {
    let rate = door.config.limits.uploads_rate;
    let bucket = Bucket { workspace: door.config.workspace, kind: BucketKind::Uploads, subject: None, rate };
    match door.world.cache.take(&bucket, 1).await {
        Taken::Granted { .. } => Ok(()),
        Taken::Refused { retry_after } => {
            let seconds = whole_seconds(retry_after);
            Err(Problem::new(ProblemCode::TooManyRequests).with("retry_after_s", json!(seconds)))
        }
    }
}

fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs().saturating_add(u64::from(duration.subsec_nanos() > 0)).max(1)
}
