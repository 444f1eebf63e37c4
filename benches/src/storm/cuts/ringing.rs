//! Many callers who ring for jobs that nobody has.

use smartexus_domain::{JobId, StageKind, WorkspaceId};
use smartexus_platform::World;
use smartexus_platform::port::{Priority, Ring};
use smartexus_simulation::Dice;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Callers at a time.
pub(super) const CALLERS: usize = 32;

/// Callers under way; they end when this is dropped.
pub(super) struct Ringers {
    book: Arc<Book>,
    callers: JoinSet<anyhow::Result<()>>,
}

/// What all of them did.
pub(super) struct Rung {
    pub(super) confirmed: Vec<JobId>,
    pub(super) failed: usize,
}

#[derive(Default)]
struct Book {
    /// Rings that may have been confirmed by now.
    allowed: AtomicUsize,
    /// Rings that are confirmed or under way.
    taken: AtomicUsize,
    failed: AtomicUsize,
    confirmed: Mutex<Vec<JobId>>,
}

impl Ringers {
    pub(super) fn start(world: &World, seed: u64) -> Self {
        let book = Arc::new(Book::default());
        let mut callers = JoinSet::new();
        for number in 0..CALLERS {
            let dice = Dice::seeded(seed ^ (number as u64) << 32);
            callers.spawn(call(world.clone(), Arc::clone(&book), dice));
        }
        Self { book, callers }
    }

    /// Lets them go on until so many are confirmed.
    pub(super) fn allow(&self, rings: usize) {
        self.book.allowed.store(rings, Ordering::Relaxed);
    }

    pub(super) fn allowed(&self) -> usize {
        self.book.allowed.load(Ordering::Relaxed)
    }

    pub(super) fn confirmed(&self) -> usize {
        self.book.confirmed().len()
    }

    pub(super) fn failed(&self) -> usize {
        self.book.failed.load(Ordering::Relaxed)
    }

    /// Waits for the rest of so many, and ends.
    pub(super) async fn finish(mut self, rings: usize, limit: Duration) -> anyhow::Result<Rung> {
        self.allow(rings);
        let deadline = Instant::now() + limit;
        while self.confirmed() < rings {
            anyhow::ensure!(Instant::now() < deadline, "no rings are confirmed any more");
            if let Some(ended) = self.callers.try_join_next() {
                ended??;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.callers.shutdown().await;
        Ok(Rung { confirmed: self.book.confirmed().clone(), failed: self.failed() })
    }
}

impl Book {
    fn confirmed(&self) -> std::sync::MutexGuard<'_, Vec<JobId>> {
        self.confirmed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A ticket for one ring, if there are any.
    fn take(&self) -> bool {
        let more = |taken| (taken < self.allowed.load(Ordering::Relaxed)).then_some(taken + 1);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }
}

/// One caller. A ring that fails is not rung again: another takes its place.
async fn call(world: World, book: Arc<Book>, mut dice: Dice) -> anyhow::Result<()> {
    let workspace: WorkspaceId = world.ids.workspace()?;
    loop {
        if !book.take() {
            tokio::time::sleep(Duration::from_millis(2)).await;
            continue;
        }
        let job = world.ids.job()?;
        let stage = dice.pick(&StageKind::ALL).copied().unwrap_or(StageKind::Extract);
        let priority = dice.pick(&Priority::ALL).copied().unwrap_or_default();
        match world.doorbell.ring(&Ring { workspace, job, stage, priority, trace: None }).await {
            Ok(()) => book.confirmed().push(job),
            Err(_) => {
                book.failed.fetch_add(1, Ordering::Relaxed);
                book.taken.fetch_sub(1, Ordering::Relaxed);
            }
        }
        // Rings come one after the other for a while, so that a break falls between them.
        tokio::time::sleep(Duration::from_millis(5 + dice.below(15) as u64)).await;
    }
}
