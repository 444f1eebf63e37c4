//! `smartexus serve`: door, worker and sweeper in one process. `smartexus intake` and `smartexus worker`: one of them.

use crate::configuration::Configuration;
use crate::events::{self, Event};
use crate::exit::{Exit, Stop};
use crate::interrupt::Interruptions;
use crate::neighbours::SameProcess;
use crate::output::Output;
use crate::station::{LOCAL_WORKSPACE, rulebook, worker, world_failed};
use crate::{backends, pipelines, store};
use crate::{health, log};
use smartexus_intake::{Intake, IntakeConfig, IntakeError, IntakeLimits, Neighbours, PipelineOffer};
use smartexus_platform::World;
use smartexus_platform::health::{HealthServer, NotReady, Readiness};
use smartexus_platform::port::{NextJob, Priority};
use smartexus_platform::telemetry::{Metrics, ServiceRole};
use smartexus_sweeper::Sweeper;
use smartexus_worker::Worker;
use smartexus_worker::pipeline::{Pipeline, PipelineSet};
use std::sync::Arc;
use tokio::sync::watch;

/// Which roles run in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Roles {
    intake: bool,
    worker: bool,
    sweeper: bool,
}

impl Roles {
    /// Everything.
    pub(crate) const ALL: Self = Self { intake: true, worker: true, sweeper: true };
    /// The door only.
    pub(crate) const INTAKE: Self = Self { intake: true, worker: false, sweeper: false };
    /// A worker only.
    pub(crate) const WORKER: Self = Self { intake: false, worker: true, sweeper: false };

    const fn service(self) -> ServiceRole {
        match (self.intake, self.worker) {
            (true, true) => ServiceRole::Serve,
            (true, false) => ServiceRole::Intake,
            (false, _) => ServiceRole::Worker,
        }
    }
}

/// Serves until somebody asks it to stop; then lets go in order. A server that is killed instead loses nothing that
/// it accepted: the next one goes on from the database.
pub(crate) async fn run(output: Output, configuration: &Configuration, roles: Roles) -> Result<Exit, Stop> {
    let mut interruptions = Interruptions::listen()?;
    let telemetry = log::start(output, configuration, roles.service())?;
    let server = Server::open(configuration, roles, telemetry.metrics()).await?;
    let address = server.intake.as_ref().map(|intake| format!("http://{}", intake.local_addr()));
    match &address {
        Some(address) => {
            output.note(&format!("listening on {address}"));
            output.note(&format!(
                "try: curl -F file=@march.pdf {address}/v1/documents (Ctrl-C ends the server)"
            ));
        }
        None => output.note("waiting for work; Ctrl-C ends it"),
    }
    if output.json {
        let event = if address.is_some() { "listening" } else { "working" };
        output.object(&Event::of_server(event, address))?;
    }
    let ended = server.run(output, &mut interruptions).await;
    health::flush(telemetry).await;
    if output.json {
        output.object(&Event::of_server("stopped", None))?;
    }
    ended
}

/// Everything that is about to run.
struct Server {
    world: World,
    intake: Option<Intake>,
    worker: Option<Worker>,
    sweeper: Option<Arc<Sweeper>>,
    neighbours: Arc<SameProcess>,
    health: Option<HealthServer>,
}

impl Server {
    async fn open(configuration: &Configuration, roles: Roles, metrics: Metrics) -> Result<Self, Stop> {
        let (set, chosen) = pipelines::chosen(configuration)?;
        let set = Arc::new(set);
        let world = backends::open(configuration).await?;
        world.documents.ensure_workspace(LOCAL_WORKSPACE).await.map_err(|error| world_failed(&error))?;
        let rulebook = Arc::new(rulebook()?);
        let worker = roles
            .worker
            .then(|| worker(configuration, world.clone(), Arc::clone(&set), Arc::clone(&rulebook)))
            .transpose()?;
        // Whoever does everything alone leaves no stage to others.
        let worker = if roles.intake {
            worker
        } else {
            worker.map(|worker| worker.with_stages(configuration.stages.clone()))
        };
        let sweeper = Arc::new(store::sweeper(configuration, world.clone())?);
        let neighbours =
            SameProcess::new(world.clone(), Arc::clone(&set), Arc::clone(&sweeper), Arc::clone(&rulebook));
        let neighbours = match configuration.fleet.blobs {
            None => neighbours.with_files_in(configuration.data_dir()?),
            Some(_) => neighbours,
        };
        let neighbours = Arc::new(if roles.sweeper { neighbours } else { neighbours.without_schedule() });
        let intake = match roles.intake {
            true => Some(Self::door(configuration, &world, &neighbours, offers(&set, &chosen)).await?),
            false => None,
        };
        let readiness = readiness(&world, roles, &neighbours);
        let readiness =
            if roles.sweeper { super::sweep::with_sweeper(readiness, &sweeper) } else { readiness };
        let health = health::open(configuration, readiness, metrics).await?;
        let sweeper = roles.sweeper.then_some(sweeper);
        Ok(Self { world, intake, worker, sweeper, neighbours, health })
    }

    async fn door(
        configuration: &Configuration,
        world: &World,
        neighbours: &Arc<SameProcess>,
        pipelines: Vec<PipelineOffer>,
    ) -> Result<Intake, Stop> {
        let config = IntakeConfig {
            listen: configuration.listen,
            behind_gateway: configuration.behind_gateway,
            workspace: LOCAL_WORKSPACE,
            pipelines,
            limits: IntakeLimits::default(),
        };
        let asked: Arc<dyn Neighbours> = Arc::<SameProcess>::clone(neighbours);
        Intake::bind(world.clone(), config, asked).await.map_err(|error| cannot_listen(&error))
    }

    async fn run(self, output: Output, interruptions: &mut Interruptions) -> Result<Exit, Stop> {
        let Self { world, intake, worker, sweeper, neighbours, health } = self;
        let (stop, stopping) = watch::channel(false);
        let told = |mut stopping: watch::Receiver<bool>| async move {
            // Either the word to stop, or its sender is gone: the same.
            drop(stopping.wait_for(|stop| *stop).await);
        };
        let has_door = intake.is_some();
        let roles = async {
            let doors = async {
                if let Some(intake) = intake {
                    intake.run(told(stopping.clone())).await;
                }
            };
            let read = async {
                let Some(worker) = worker else { return };
                if let Err(halted) = worker.run(told(stopping.clone())).await {
                    // The door stays open: what is accepted waits for a server that can read it.
                    neighbours.note_halted_worker();
                    output.note(&format!("nothing is read any more: {halted}; run `smartexus doctor`"));
                }
            };
            let sweep = async {
                if let Some(sweeper) = &sweeper {
                    sweeper.run(told(stopping.clone())).await;
                }
            };
            tokio::join!(doors, read, sweep);
        };
        let answering = tokio::spawn(health::run(health, stopping.clone()));
        tokio::pin!(roles);
        // Doors tell what happened: an installation has one at least.
        let (hush, hushed) = watch::channel(false);
        let telling = async {
            if has_door && output.json {
                events::tell(output, &world, told(hushed)).await
            } else {
                told(hushed).await;
                Ok(())
            }
        };
        tokio::pin!(telling);
        tokio::select! {
            () = &mut roles => {
                // A worker without a door that can read nothing has nothing left to do.
                return if has_door || !neighbours.is_worker_halted() {
                    Err(Stop::failed("the server ended by itself"))
                } else {
                    Ok(Exit::Unavailable)
                };
            }
            () = interruptions.next() => {}
            ended = &mut telling => {
                return ended.and_then(|()| Err(Stop::failed("the telling of events ended by itself")));
            }
        }
        stop.send_replace(true);
        output.note("stopping; what is being read is finished or given back");
        tokio::select! {
            () = roles => {}
            // Somebody has no patience: leases expire by themselves.
            () = interruptions.next() => return Ok(Exit::Interrupted),
        }
        world.doorbell.close().await;
        answering.abort();
        hush.send_replace(true);
        telling.await?;
        Ok(if neighbours.is_worker_halted() { Exit::Unavailable } else { Exit::Done })
    }
}

/// What this process needs. A broker that is away slows a worker and stops nobody, so it keeps no door shut.
fn readiness(world: &World, roles: Roles, neighbours: &Arc<SameProcess>) -> Readiness {
    let readiness = Readiness::of_world(world);
    if !roles.worker {
        return readiness;
    }
    let (world, neighbours) = (world.clone(), Arc::clone(neighbours));
    // A broker that is away slows a worker down, and keeps no door shut.
    let readiness = if roles.intake {
        readiness
    } else {
        readiness.probe("queue", move || {
            let world = world.clone();
            async move { Ok(world.doorbell.check().await?) }
        })
    };
    readiness.probe("worker", move || {
        let halted = neighbours.is_worker_halted();
        async move { if halted { Err(NotReady::because("halted")) } else { Ok(()) } }
    })
}

/// The newest version of each pipeline, the configured one first: it is the default of the door.
fn offers(set: &PipelineSet, default: &Pipeline) -> Vec<PipelineOffer> {
    let others = set.iter().filter(|pipeline| {
        let newest = set.newest(&pipeline.name).is_some_and(|newest| newest.version == pipeline.version);
        newest && pipeline.name != default.name && !pipeline.is_of_cases()
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
