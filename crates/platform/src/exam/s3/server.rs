//! The server: connections, and the levers that tests pull.

use super::counter::Counter;
use super::shop::{S3Kind, Shop};
use crate::{RegionTag, S3Bucket, S3Settings, Secret};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{HttpResponse, StdError};
use smartexus_domain::WorkspaceId;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

const ACCESS_KEY: &str = "exam-key-id";
const SECRET: &str = "exam-secret-4417";
/// Much longer than in life: an unoptimized server on a busy machine takes its time, and a question about time
/// sets its own.
const PATIENCE: Duration = Duration::from_secs(120);

/// An S3 server of its own, with the buckets [`S3Server::HOME`] and [`S3Server::FAR`]. It answers signed requests
/// only, keeps its folder until it is dropped, and can fail on demand.
pub struct S3Server {
    folder: TempDir,
    address: SocketAddr,
    shop: Arc<Shop>,
    service: S3Service,
    faults: Arc<Faults>,
    running: Mutex<Option<Running>>,
}

#[derive(Default)]
struct Faults {
    stalls: AtomicBool,
    loses_next: AtomicBool,
}

/// Tasks that end with the server.
struct Running {
    listening: JoinHandle<()>,
    connections: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.listening.abort();
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.drain(..).for_each(|connection| connection.abort());
    }
}

impl S3Server {
    /// The bucket of [`S3Server::settings`].
    pub const HOME: &str = "documents";
    /// Another bucket.
    pub const FAR: &str = "documents-far";
    /// The prefix of every key in both.
    pub const PREFIX: &str = "exam/objects";

    /// Starts on a free port of the loopback interface. Called inside a runtime.
    #[must_use]
    pub fn start(kind: S3Kind) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the server");
        for bucket in [Self::HOME, Self::FAR] {
            std::fs::create_dir(folder.path().join(bucket)).expect("a bucket");
        }
        let shop = Arc::new(Shop::open(folder.path(), kind));
        let mut builder = S3ServiceBuilder::new(Counter(Arc::clone(&shop)));
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (faults, running) = (Arc::default(), Mutex::new(None));
        let server = Self { folder, address, shop, service, faults, running };
        server.listen(listener);
        server
    }

    /// One bucket for every workspace.
    #[must_use]
    pub fn settings(&self) -> S3Settings {
        let home: RegionTag = "home".parse().expect("a region");
        S3Settings::single(home, self.bucket(Self::HOME))
    }

    /// How a bucket is reached.
    #[must_use]
    pub fn bucket(&self, name: &str) -> S3Bucket {
        S3Bucket {
            bucket: name.to_owned(),
            prefix: Self::PREFIX.to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(format!("http://{}", self.address)),
            access_key: ACCESS_KEY.to_owned(),
            secret: Secret::new(SECRET.to_owned()),
            allow_http: true,
            patience: PATIENCE,
        }
    }

    /// Goes away: the port is closed, and every connection is cut where it stands.
    pub fn stop(&self) {
        *self.running() = None;
    }

    /// Comes back at the same address with what it had.
    pub async fn restart(&self) {
        self.stop();
        loop {
            // The cut connections leave the port a moment later.
            match TcpListener::bind(self.address) {
                Ok(listener) => return self.listen(listener),
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Takes requests and answers none of them.
    pub fn stall(&self, stalls: bool) {
        self.faults.stalls.store(stalls, Ordering::SeqCst);
    }

    /// Does what the next request of this kind asks for, and cuts the connection instead of saying so: a `PUT` of
    /// a whole object, a `POST` that completes an upload.
    pub fn lose_next_answer(&self) {
        self.faults.loses_next.store(true, Ordering::SeqCst);
    }

    /// Parts that were taken so far.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.shop.parts()
    }

    /// Uploads that were begun and neither completed nor aborted.
    #[must_use]
    pub fn half_uploads(&self) -> usize {
        self.shop.half_uploads()
    }

    /// Lets somebody else write over an object of [`S3Server::HOME`]; a versioned server keeps the older version.
    pub fn write_over(&self, workspace: WorkspaceId, path: &str, content: &[u8]) {
        self.shop.keep(Self::HOME, &Self::key(workspace, path));
        std::fs::write(self.file(workspace, path), content).expect("written");
    }

    /// Lets somebody else remove an object of [`S3Server::HOME`] without naming a version: a versioned server keeps
    /// it behind a mark.
    pub fn hide(&self, workspace: WorkspaceId, path: &str) {
        self.shop.hide(Self::HOME, &Self::key(workspace, path));
    }

    /// As [`Place::tamper`](crate::exam::Place::tamper), in [`S3Server::HOME`].
    pub fn tamper(&self, workspace: WorkspaceId, path: &str, content: Option<Vec<u8>>) {
        let file = self.file(workspace, path);
        match content {
            Some(content) => {
                std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
                std::fs::write(file, content).expect("written");
            }
            None => std::fs::remove_file(file).expect("removed"),
        }
    }

    /// As [`Place::stored`](crate::exam::Place::stored), in [`S3Server::HOME`].
    #[must_use]
    pub fn stored(&self, workspace: WorkspaceId, path: &str) -> Vec<u8> {
        std::fs::read(self.file(workspace, path)).expect("an object")
    }

    /// Whether these bytes occur in anything that the server has, older versions and half uploads too.
    #[must_use]
    pub fn contains(&self, needle: &[u8]) -> bool {
        files(self.folder.path()).iter().any(|file| {
            let content = std::fs::read(file).unwrap_or_default();
            content.windows(needle.len()).any(|window| window == needle)
        })
    }

    /// How many objects lie in a bucket, whoever's, older versions apart.
    #[must_use]
    pub fn objects(&self, bucket: &str) -> usize {
        files(&self.folder.path().join(bucket)).len()
    }

    fn file(&self, workspace: WorkspaceId, path: &str) -> PathBuf {
        self.folder.path().join(Self::HOME).join(Self::key(workspace, path))
    }

    fn key(workspace: WorkspaceId, path: &str) -> String {
        format!("{}/{workspace}/{path}", Self::PREFIX)
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listen(&self, listener: TcpListener) {
        listener.set_nonblocking(true).expect("a listener");
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let (service, faults) = (self.service.clone(), Arc::clone(&self.faults));
        let connections: Arc<Mutex<Vec<JoinHandle<()>>>> = Arc::default();
        let open = Arc::clone(&connections);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let connection = tokio::spawn(serve(stream, service.clone(), Arc::clone(&faults)));
                open.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            }
        });
        *self.running() = Some(Running { listening, connections });
    }
}

async fn serve(stream: TcpStream, service: S3Service, faults: Arc<Faults>) {
    let handler = service_fn(move |request: hyper::Request<Incoming>| {
        answer(request, service.clone(), Arc::clone(&faults))
    });
    // A client that goes away, or an answer that is lost, ends the connection and nothing else.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), handler).await;
}

async fn answer(
    request: hyper::Request<Incoming>,
    service: S3Service,
    faults: Arc<Faults>,
) -> Result<HttpResponse, StdError> {
    if faults.stalls.load(Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
    let query = request.uri().query().unwrap_or("");
    let writes = match request.method().as_str() {
        "PUT" => !query.contains("partNumber="),
        "POST" => query.contains("uploadId="),
        _ => false,
    };
    let loses = writes && faults.loses_next.swap(false, Ordering::SeqCst);
    let answer = service.call(request.map(s3s::Body::from)).await?;
    if loses {
        return Err("the answer is lost".into());
    }
    Ok(answer)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    // What vanishes while it is looked at is not there.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
