//! The leases of this process, and the heartbeat that keeps them.

use smartexus_platform::World;
use smartexus_platform::metric::{self, FencedWrite};
use smartexus_platform::port::LeaseToken;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// One statement for all leases, this often.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(1);
/// After so many missed beats nobody knows whether the leases are still ours: act as if not.
const MISSED_MAX: u32 = 2;

/// Which jobs this process believes it owns.
#[derive(Default)]
pub(super) struct Leases {
    held: Mutex<HashMap<LeaseToken, Arc<Notify>>>,
}

/// One held lease; let go when dropped.
pub(super) struct HeldLease {
    leases: Arc<Leases>,
    token: LeaseToken,
    lost: Arc<Notify>,
}

impl Leases {
    pub(super) fn hold(self: &Arc<Self>, token: LeaseToken) -> HeldLease {
        let lost = Arc::new(Notify::new());
        self.lock().insert(token, Arc::clone(&lost));
        HeldLease { leases: Arc::clone(self), token, lost }
    }

    /// Beats until cancelled.
    pub(super) async fn beat(&self, world: &World) {
        let mut ticks = interval(HEARTBEAT);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut missed = 0;
        loop {
            ticks.tick().await;
            let tokens: Vec<LeaseToken> = self.lock().keys().copied().collect();
            if tokens.is_empty() {
                missed = 0;
                continue;
            }
            match timeout(HEARTBEAT, world.jobs.heartbeat(&tokens)).await {
                Ok(Ok(lost)) => {
                    missed = 0;
                    metric::fenced_out(FencedWrite::Heartbeat, lost.len() as u64);
                    self.lose(&lost);
                }
                Ok(Err(_)) | Err(_) => {
                    missed += 1;
                    tracing::warn!(missed, leases = tokens.len(), "heartbeat missed");
                    if missed >= MISSED_MAX {
                        self.lose(&tokens);
                    }
                }
            }
        }
    }

    fn lose(&self, tokens: &[LeaseToken]) {
        let held = self.lock();
        for lost in tokens.iter().filter_map(|token| held.get(token)) {
            // Keeps a permit, so that a run that does not wait yet will not miss it.
            lost.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<LeaseToken, Arc<Notify>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HeldLease {
    /// Returns when the lease is, or may be, somebody else's.
    pub(super) async fn lost(&self) {
        self.lost.notified().await;
    }
}

impl Drop for HeldLease {
    fn drop(&mut self) {
        self.leases.lock().remove(&self.token);
    }
}
