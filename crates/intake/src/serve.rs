//! The socket. Not axum's own loop, because that one waits for ever for a request's headers.

use crate::{IntakeConfig, IntakeLimits, Neighbours, router};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use smartexus_domain::FaultVerdict;
use smartexus_platform::World;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Most bytes of a request's head.
const HEAD_BYTES_MAX: usize = 32 * 1024;
/// Most headers of a request.
const HEADERS_MAX: usize = 64;
/// How long to rest when the system has no further connection to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Why the door cannot open.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Whoever reaches the port may do everything, so only this machine may reach it.
    #[error("the API has no identity yet: listen on a loopback address such as 127.0.0.1")]
    NotLoopback,
    /// There is no pipeline to take documents for.
    #[error("no pipeline is offered")]
    NoPipeline,
    /// The address cannot be listened on.
    #[error("the address cannot be listened on")]
    Listen(#[source] io::Error),
}

impl IntakeError {
    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::NotLoopback | Self::NoPipeline | Self::Listen(_) => FaultVerdict::Halt,
        }
    }
}

/// The door, with its socket open.
pub struct Intake {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    limits: IntakeLimits,
}

impl Intake {
    /// Opens the socket. Connections wait until [`Intake::run`].
    ///
    /// # Errors
    /// [`IntakeError`].
    pub async fn bind(
        world: World,
        config: IntakeConfig,
        neighbours: Arc<dyn Neighbours>,
    ) -> Result<Self, IntakeError> {
        if !config.behind_gateway && !config.listen.ip().is_loopback() {
            return Err(IntakeError::NotLoopback);
        }
        if config.pipelines.is_empty() {
            return Err(IntakeError::NoPipeline);
        }
        let listener = TcpListener::bind(config.listen).await.map_err(IntakeError::Listen)?;
        let address = listener.local_addr().map_err(IntakeError::Listen)?;
        let limits = config.limits;
        Ok(Self { listener, address, router: router(world, config, neighbours), limits })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown` is ready; then takes no more connections, lets open requests end, and cuts what
    /// takes longer than [`IntakeLimits::shutdown_timeout`].
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let Self { listener, router, limits, .. } = self;
        let connections = Arc::new(Semaphore::new(limits.connections.clamp(1, Semaphore::MAX_PERMITS)));
        let graceful = GracefulShutdown::new();
        let mut shutdown = pin!(shutdown);
        loop {
            let next = async {
                let permit = Arc::clone(&connections).acquire_owned().await;
                (listener.accept().await, permit)
            };
            let (accepted, permit) = tokio::select! {
                () = &mut shutdown => break,
                next = next => next,
            };
            let Ok((stream, _)) = accepted else {
                tracing::warn!("connection not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            let answering = graceful.watch(connection(stream, router.clone(), limits.header_timeout));
            tokio::spawn(async move {
                // A connection that breaks off is its sender's business; failures of ours are logged where they are.
                drop(answering.await);
                drop(permit);
            });
        }
        drop(listener);
        if tokio::time::timeout(limits.shutdown_timeout, graceful.shutdown()).await.is_err() {
            tracing::warn!("requests cut at shutdown");
        }
    }
}

fn connection(
    stream: TcpStream,
    router: Router,
    header_timeout: Duration,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_buf_size(HEAD_BYTES_MAX)
        .max_headers(HEADERS_MAX)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}
