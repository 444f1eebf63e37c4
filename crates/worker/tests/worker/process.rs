//! One process: a door and a worker over the same ports, which can fail, die and stand still, and be started again.

use crate::bell::{Mood, MoodyBell};
use crate::doubles::program;
use crate::place::{Place, Wired};
use smartexus_categorize::Rulebook;
use smartexus_platform::World;
use smartexus_platform::exam::{Faults, Wire};
use smartexus_worker::Worker;
use smartexus_worker::pipeline::PipelineSet;
use smartexus_worker::sandbox::Sandbox;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What every process uses.
#[derive(Clone)]
pub(crate) struct Tools {
    pub(crate) pipelines: Arc<PipelineSet>,
    sandbox: Arc<Sandbox>,
    rulebook: Arc<Rulebook>,
}

impl Tools {
    pub(crate) fn new(pipelines: PipelineSet) -> Self {
        Self {
            pipelines: Arc::new(pipelines),
            sandbox: Arc::new(Sandbox::open(program("honest"), 2).expect("a sandbox")),
            rulebook: Arc::new(Rulebook::embedded().expect("rules")),
        }
    }

    /// A worker with one slot.
    fn work(&self, world: &World) -> JoinHandle<()> {
        let (pipelines, sandbox) = (Arc::clone(&self.pipelines), Arc::clone(&self.sandbox));
        let worker = Worker::new(world.clone(), pipelines, sandbox, Arc::clone(&self.rulebook), 1);
        tokio::spawn(async move {
            worker.run(std::future::pending()).await.expect("no fault halts the worker");
        })
    }
}

/// A door and a worker.
pub(crate) struct Process {
    pub(crate) faults: Arc<Faults>,
    pub(crate) mood: Arc<Mood>,
    /// The door of its newest start.
    pub(crate) door: watch::Sender<World>,
    /// The same without faults.
    pub(crate) calm: World,
    wired: Option<Wired>,
    place: Arc<Place>,
    tools: Tools,
    worker: JoinHandle<()>,
}

impl Process {
    pub(crate) async fn start(place: &Arc<Place>, tools: &Tools) -> Self {
        let wired = place.wire().await;
        let calm = place.open(wired.as_ref()).await;
        let (faults, mood) = (Arc::<Faults>::default(), Arc::<Mood>::default());
        let faulty = faults.around(&moody(&calm, &mood));
        let worker = tools.work(&faulty);
        let door = watch::Sender::new(faulty);
        let (place, tools) = (Arc::clone(place), tools.clone());
        Self { faults, mood, door, calm, wired, place, tools, worker }
    }

    /// Ends it as a kill does, and starts it anew.
    pub(crate) async fn start_again(&mut self) {
        self.kill().await;
        // A start would wait for the broker, and then go on without.
        self.set_wire(Wire::Whole);
        self.calm = self.place.open(self.wired.as_ref()).await;
        let faulty = self.faults.around(&moody(&self.calm, &self.mood));
        self.worker = self.tools.work(&faulty);
        self.door.send_replace(faulty);
    }

    /// Ends it for good, so that what it used can be removed.
    pub(crate) async fn end(mut self) {
        self.kill().await;
        // A bell that finds its queues gone would make them again.
        self.calm.doorbell.close().await;
    }

    async fn kill(&mut self) {
        self.worker.abort();
        drop((&mut self.worker).await);
    }

    /// What its wire to the broker does, if it has one.
    pub(crate) fn set_wire(&self, wire: Wire) {
        if let Some(wired) = &self.wired {
            wired.proxy.set(wire);
        }
    }

    /// Whether its worker is at an end, which it never should be.
    pub(crate) fn has_halted(&self) -> bool {
        self.worker.is_finished()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.worker.abort();
    }
}

fn moody(calm: &World, mood: &Arc<Mood>) -> World {
    let inner = Arc::clone(&calm.doorbell);
    World { doorbell: Arc::new(MoodyBell { inner, mood: Arc::clone(mood) }), ..calm.clone() }
}
