//! Whose turn it is to sweep on the schedule. Leadership saves double work and nothing else: every step of a sweep is
//! idempotent under the database's own locks, so a process that cannot ask goes on as if it were alone.

use smartexus_platform::World;
use smartexus_platform::port::{Leadership, Role};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long nobody sweeps after a leader vanished.
const TERM: Duration = Leadership::MAX_TTL;
/// Between two renewals.
const RENEW_EVERY: Duration = Duration::from_secs(20);

/// This process's part in the leadership: its term, while it leads.
#[derive(Debug, Default)]
pub(crate) struct Turn(Mutex<Option<Leadership>>);

impl Turn {
    /// Whether this process sweeps now. No only while another one leads.
    pub(crate) async fn is_ours(&self, world: &World) -> bool {
        let mut term = self.0.lock().await;
        if let Some(leadership) = term.as_mut() {
            match world.cache.renew(leadership).await {
                Ok(false) => *term = None,
                // Nobody to ask: the term is kept, so that this process does not follow its own shadow later.
                Ok(true) | Err(_) => return true,
            }
        }
        match world.cache.lead(Role::Sweeper, TERM).await {
            Ok(Some(leadership)) => {
                *term = Some(leadership);
                tracing::info!("sweeper leads");
                true
            }
            Ok(None) => false,
            Err(_) => true,
        }
    }

    /// Keeps a term alive for as long as it is polled and all is well. A leader that is in trouble steps down: another
    /// may be able to do what it cannot.
    pub(crate) async fn keep(&self, world: &World, is_well: impl Fn() -> bool) {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            if !is_well() {
                self.resign(world).await;
                continue;
            }
            let mut term = self.0.lock().await;
            if let Some(leadership) = term.as_mut()
                && world.cache.renew(leadership).await == Ok(false)
            {
                *term = None;
            }
        }
    }

    /// Steps down, so that another need not wait for the end of the term.
    pub(crate) async fn resign(&self, world: &World) {
        let term = self.0.lock().await.take();
        if let Some(leadership) = term {
            // Otherwise the term ends by itself.
            let _ = world.cache.resign(leadership).await;
        }
    }
}
