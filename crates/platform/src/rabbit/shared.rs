//! What the parts of one bell share.

use super::drain::Overhang;
use super::fault::BellFault;
use super::judge::Judge;
use super::letter::Letter;
use super::line::Line;
use super::publisher::Publisher;
use super::settings::Pace;
use super::topology::Names;
use crate::port::Ids;
use std::sync::Arc;
use tokio::sync::RwLock;

/// Handed to every listener and helper of a bell.
pub(super) struct Shared {
    pub(super) names: Names,
    pub(super) pace: Pace,
    pub(super) ids: Arc<dyn Ids>,
    /// Where letters go out.
    pub(super) ringing: Arc<Line>,
    /// Where rings come in.
    pub(super) listening: Arc<Line>,
    pub(super) publisher: Publisher,
    pub(super) judge: Judge,
    pub(super) overhang: Overhang,
    /// Read while something is being given back to the broker; written once, to wait for it.
    pub(super) errands: Arc<RwLock<()>>,
}

impl Shared {
    /// Publishes to a queue that must exist. If it does not, somebody has removed it, and the line is built anew with
    /// everything on it.
    pub(super) async fn post(&self, letter: Letter) -> Result<(), BellFault> {
        let posted = self.publisher.publish(letter).await;
        if matches!(posted, Err(BellFault::Unroutable))
            && let Some(session) = self.ringing.session()
        {
            session.condemn("queue missing");
        }
        posted
    }

    /// Spawns a task that [`close`](super::RabbitBell::close) waits for.
    pub(super) fn errand(&self, task: impl Future<Output = ()> + Send + 'static) {
        // Without a runtime the process is ending, and the broker takes back what the connection held.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let running = Arc::clone(&self.errands).try_read_owned();
        runtime.spawn(async move {
            task.await;
            drop(running);
        });
    }
}
