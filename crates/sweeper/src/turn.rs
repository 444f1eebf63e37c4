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

/// Who sweeps, as far as this process knows.
#[derive(Debug, Default)]
enum Standing {
    /// Nobody could be asked.
    #[default]
    Alone,
    Leads(Leadership),
    Follows,
}

/// This process's part in the leadership.
#[derive(Debug, Default)]
pub(crate) struct Turn(Mutex<Standing>);

impl Turn {
    /// Whether this process sweeps now.
    pub(crate) async fn is_ours(&self, world: &World) -> bool {
        let mut standing = self.0.lock().await;
        if let Standing::Leads(leadership) = &*standing
            && world.cache.leads(leadership)
        {
            return true;
        }
        ask(world, &mut standing).await;
        !matches!(*standing, Standing::Follows)
    }

    /// Keeps the term of a leader alive, for as long as it is polled: a long sweep must not end it.
    pub(crate) async fn keep(&self, world: &World) {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            let mut standing = self.0.lock().await;
            if matches!(*standing, Standing::Leads(_)) {
                ask(world, &mut standing).await;
            }
        }
    }

    /// Steps down, so that another need not wait for the end of the term.
    pub(crate) async fn resign(&self, world: &World) {
        let standing = std::mem::take(&mut *self.0.lock().await);
        if let Standing::Leads(leadership) = standing {
            // Otherwise the term ends by itself.
            let _ = world.cache.resign(leadership).await;
        }
    }
}

async fn ask(world: &World, standing: &mut Standing) {
    if let Standing::Leads(leadership) = standing
        && world.cache.renew(leadership).await == Ok(true)
    {
        return;
    }
    let followed = matches!(standing, Standing::Follows);
    *standing = match world.cache.lead(Role::Sweeper, TERM).await {
        Ok(Some(leadership)) => Standing::Leads(leadership),
        Ok(None) => Standing::Follows,
        Err(_) => Standing::Alone,
    };
    if followed != matches!(standing, Standing::Follows) {
        tracing::info!(leads = followed, "sweeper's turn");
    }
}
