//! The port: `/healthz`, `/readyz`, `/metrics`. Nothing else is answered, and no connection lives long.

use super::Readiness;
use crate::telemetry::Metrics;
use hyper::body::Incoming;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use smartexus_domain::FaultVerdict;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// Connections at a time; more wait in the system's queue.
const CONNECTIONS: usize = 32;
/// Until the head of a request is in.
const HEAD_TIMEOUT: Duration = Duration::from_secs(2);
/// From the first byte to the last, both ways.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(10);
/// Most bytes of a request's head.
const HEAD_BYTES_MAX: usize = 8 * 1024;
/// Most headers of a request.
const HEADERS_MAX: usize = 32;
/// How long to rest when the system has no further connection to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

const JSON: &str = "application/json";
/// What Prometheus calls its text format.
const PROMETHEUS_TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Why the port cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    /// The address cannot be listened on.
    #[error("the health address cannot be listened on")]
    Listen(#[source] io::Error),
}

impl HealthError {
    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Listen(_) => FaultVerdict::Halt,
        }
    }
}

/// The port, open.
pub struct HealthServer {
    listener: TcpListener,
    address: SocketAddr,
    pages: Arc<Pages>,
}

struct Pages {
    readiness: Arc<Readiness>,
    metrics: Metrics,
}

impl HealthServer {
    /// The usual port, on this machine only. Whoever reaches it reads what is counted and what does not work: ids,
    /// content and names are not among it, so a cluster may open it to its own probes.
    pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7391);

    /// Opens the port. Connections wait until [`HealthServer::run`].
    ///
    /// # Errors
    /// [`HealthError`].
    pub async fn bind(
        listen: SocketAddr,
        readiness: Arc<Readiness>,
        metrics: Metrics,
    ) -> Result<Self, HealthError> {
        let listener = TcpListener::bind(listen).await.map_err(HealthError::Listen)?;
        let address = listener.local_addr().map_err(HealthError::Listen)?;
        Ok(Self { listener, address, pages: Arc::new(Pages { readiness, metrics }) })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown` is ready. What is being answered then is not waited for: it is a probe's.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let Self { listener, pages, .. } = self;
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let mut shutdown = pin!(shutdown);
        loop {
            let next = async {
                let permit = Arc::clone(&connections).acquire_owned().await;
                (listener.accept().await, permit)
            };
            let (accepted, permit) = tokio::select! {
                () = &mut shutdown => return,
                next = next => next,
            };
            let Ok((stream, _)) = accepted else {
                tracing::warn!("connection not accepted");
                sleep(ACCEPT_PAUSE).await;
                continue;
            };
            let answering = answer(stream, Arc::clone(&pages));
            tokio::spawn(async move {
                // A connection that breaks off or is cut is its sender's business.
                drop(timeout(CONNECTION_TIMEOUT, answering).await);
                drop(permit);
            });
        }
    }
}

/// One request a connection: a probe that keeps one open would keep another one out.
async fn answer(stream: TcpStream, pages: Arc<Pages>) -> hyper::Result<()> {
    let service = service_fn(move |request| {
        let pages = Arc::clone(&pages);
        async move { Ok::<_, Infallible>(pages.page(&request).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES_MAX)
        .max_headers(HEADERS_MAX)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
}

impl Pages {
    async fn page(&self, request: &Request<Incoming>) -> Response<String> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut refused = response(StatusCode::METHOD_NOT_ALLOWED, JSON, String::new());
            refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refused;
        }
        match request.uri().path() {
            // The process only: an orchestrator that restarted it because a disk is full would make things worse.
            "/healthz" => response(StatusCode::OK, JSON, r#"{"status":"ok"}"#.to_owned()),
            "/readyz" => self.ready().await,
            "/metrics" => response(StatusCode::OK, PROMETHEUS_TEXT, self.metrics.render()),
            _ => response(StatusCode::NOT_FOUND, JSON, String::new()),
        }
    }

    async fn ready(&self) -> Response<String> {
        let report = self.readiness.report().await;
        let status = if report.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        // Plain words and lists: this does not fail.
        let body = serde_json::to_string(report.as_ref()).unwrap_or_default();
        let mut response = response(status, JSON, body);
        if !report.ready {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

fn response(status: StatusCode, kind: &'static str, body: String) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
