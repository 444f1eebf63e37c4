//! `smartexus serve`: door, worker and sweeper in one process, over the embedded platform.

use crate::configuration::Configuration;
use crate::events::{self, Event};
use crate::exit::{Exit, Stop};
use crate::interrupt::Interruptions;
use crate::log::{self, Wanted};
use crate::neighbours::SameProcess;
use crate::output::Output;
use crate::station::{LOCAL_WORKSPACE, cannot_open, worker, world_failed};
use crate::{pipelines, store};
use smartexus_intake::{Intake, IntakeConfig, IntakeError, IntakeLimits, Neighbours, PipelineOffer};
use smartexus_platform::port::{NextJob, Priority};
use smartexus_platform::{Durability, World, open_embedded};
use smartexus_sweeper::Sweeper;
use smartexus_worker::Worker;
use smartexus_worker::pipeline::{Pipeline, PipelineSet};
use std::sync::Arc;
use tokio::sync::watch;

/// Serves until somebody asks it to stop; then lets go in order. A server that is killed instead loses nothing that
/// it accepted: the next one goes on from the database.
pub(crate) async fn run(output: Output, configuration: &Configuration) -> Result<Exit, Stop> {
    let mut interruptions = Interruptions::listen()?;
    log::start(output, configuration, Wanted::Always)?;
    let server = Server::open(configuration).await?;
    let address = format!("http://{}", server.intake.local_addr());
    output.note(&format!(
        "listening on {address}, keeping documents in {}",
        configuration.data_dir()?.display()
    ));
    output.note(&format!("try: curl -F file=@march.pdf {address}/v1/documents (Ctrl-C ends the server)"));
    if output.json {
        output.object(&Event::of_server("listening", Some(address)))?;
    }
    let ended = server.run(output, &mut interruptions).await;
    if output.json {
        output.object(&Event::of_server("stopped", None))?;
    }
    ended
}

/// Everything that is about to run.
struct Server {
    world: World,
    intake: Intake,
    worker: Worker,
    sweeper: Arc<Sweeper>,
    neighbours: Arc<SameProcess>,
}

impl Server {
    async fn open(configuration: &Configuration) -> Result<Self, Stop> {
        let (set, chosen) = pipelines::chosen(configuration)?;
        let set = Arc::new(set);
        let world = open_embedded(&configuration.data_dir()?, Durability::Full).await.map_err(cannot_open)?;
        world.documents.ensure_workspace(LOCAL_WORKSPACE).await.map_err(|error| world_failed(&error))?;
        let worker = worker(configuration, world.clone(), Arc::clone(&set))?;
        let sweeper = Arc::new(store::sweeper(configuration, world.clone())?);
        let neighbours = Arc::new(SameProcess::new(world.clone(), Arc::clone(&set), Arc::clone(&sweeper)));
        let config = IntakeConfig {
            listen: configuration.listen,
            workspace: LOCAL_WORKSPACE,
            pipelines: offers(&set, &chosen),
            limits: IntakeLimits::default(),
        };
        let asked: Arc<dyn Neighbours> = Arc::<SameProcess>::clone(&neighbours);
        let intake =
            Intake::bind(world.clone(), config, asked).await.map_err(|error| cannot_listen(&error))?;
        Ok(Self { world, intake, worker, sweeper, neighbours })
    }

    async fn run(self, output: Output, interruptions: &mut Interruptions) -> Result<Exit, Stop> {
        let Self { world, intake, worker, sweeper, neighbours } = self;
        let (stop, stopping) = watch::channel(false);
        let told = |mut stopping: watch::Receiver<bool>| async move {
            // Either the word to stop, or its sender is gone: the same.
            drop(stopping.wait_for(|stop| *stop).await);
        };
        let roles = async {
            let read = async {
                if let Err(halted) = worker.run(told(stopping.clone())).await {
                    // The door stays open: what is accepted waits for a server that can read it.
                    neighbours.note_halted_worker();
                    output.note(&format!("nothing is read any more: {halted}; run `smartexus doctor`"));
                }
            };
            tokio::join!(intake.run(told(stopping.clone())), read, sweeper.run(told(stopping.clone())));
        };
        tokio::pin!(roles);
        tokio::select! {
            () = &mut roles => return Err(Stop::failed("the server ended by itself")),
            () = interruptions.next() => {}
            stop = events::tell(output, &world) => return Err(stop),
        }
        stop.send_replace(true);
        output.note("stopping; what is being read is finished or given back");
        tokio::select! {
            () = roles => {}
            // Somebody has no patience: leases expire by themselves.
            () = interruptions.next() => return Ok(Exit::Interrupted),
        }
        events::tell_unsent(output, &world).await?;
        Ok(if neighbours.is_worker_halted() { Exit::Unavailable } else { Exit::Done })
    }
}

/// The newest version of each pipeline, the configured one first: it is the default of the door.
fn offers(set: &PipelineSet, default: &Pipeline) -> Vec<PipelineOffer> {
    let others = set.iter().filter(|pipeline| {
        let newest = set.newest(&pipeline.name).is_some_and(|newest| newest.version == pipeline.version);
        newest && pipeline.name != default.name
    });
    std::iter::once(default).chain(others).map(offer).collect()
}

fn offer(pipeline: &Pipeline) -> PipelineOffer {
    PipelineOffer {
        pipeline: pipeline.reference(),
        size_bytes: pipeline.accepts.size_bytes,
        pages: pipeline.accepts.pages,
        retention: pipeline.retention.clone(),
        first: NextJob { stage: pipeline.first(), priority: Priority::Interactive },
    }
}

fn cannot_listen(error: &IntakeError) -> Stop {
    let taken = "choose another address with --listen, or port 0 for any free one";
    match error {
        IntakeError::Listen(source) => {
            Stop::unavailable(format!("the address cannot be listened on: {}", source.kind())).advise(taken)
        }
        IntakeError::NotLoopback | IntakeError::NoPipeline => Stop::configuration(error.to_string()),
    }
}
