//! What the door is told when it is opened.

use smartexus_domain::{RetentionClass, WorkspaceId};
use smartexus_platform::port::{NextJob, PipelineRef, Rate};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Everything the door needs to know.
#[derive(Debug, Clone)]
pub struct IntakeConfig {
    /// Where to listen: a loopback address, because there is no identity yet, unless a gateway stands before it.
    /// Port 0 takes any free one.
    pub listen: SocketAddr,
    /// A gateway that signs people in is all that reaches the port: then it may listen on any address.
    pub behind_gateway: bool,
    /// The one local workspace.
    pub workspace: WorkspaceId,
    /// The instructions that can be given, the default first.
    pub pipelines: Vec<PipelineOffer>,
    /// How far a request may go.
    pub limits: IntakeLimits,
}

/// A pipeline as the door sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PipelineOffer {
    /// Name and version.
    pub pipeline: PipelineRef,
    /// Largest file it takes.
    pub size_bytes: u64,
    /// Most pages it takes; told at `/v1/limits`, enforced by its stages.
    pub pages: u32,
    /// How long its documents are kept.
    pub retention: RetentionClass,
    /// Its first job.
    pub first: NextJob,
}

/// How far a request may go. Told at `/v1/limits` under these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntakeLimits {
    /// Files in one upload.
    pub files_per_upload: usize,
    /// Uploads at a time; one more gets 503.
    pub uploads: usize,
    /// Announced bytes of all uploads at a time; more gets 503.
    pub bytes_in_flight: u64,
    /// Bytes that are read and thrown away after a refusal, so that the sender gets to read the answer.
    pub drain_bytes: u64,
    /// Connections at a time; more wait in the system's queue.
    pub connections: usize,
    /// Until the headers of a request are in.
    pub header_timeout: Duration,
    /// Between two pieces of an upload.
    pub idle_timeout: Duration,
    /// For a whole upload. Must stay below the age at which the sweeper takes an upload for abandoned.
    pub upload_timeout: Duration,
    /// For the answer to any other request to begin.
    pub request_timeout: Duration,
    /// Uploads of a workspace over time, counted over all doors together; more gets 429.
    pub uploads_rate: Rate,
    /// When the oldest waiting job has waited longer than this, the next upload gets 503.
    pub queue_age: Duration,
    /// With less room than this on the disk that documents are kept on, the next upload gets 503.
    pub free_bytes_min: u64,
    /// For open requests when the server is told to stop.
    pub shutdown_timeout: Duration,
}

impl Default for IntakeLimits {
    fn default() -> Self {
        Self {
            files_per_upload: 200,
            uploads: 16,
            bytes_in_flight: 256 * 1024 * 1024,
            drain_bytes: 64 * 1024 * 1024,
            connections: 256,
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(10 * 60),
            request_timeout: Duration::from_secs(30),
            uploads_rate: Rate::UPLOADS,
            queue_age: Duration::from_secs(30 * 60),
            free_bytes_min: 512 * 1024 * 1024,
            shutdown_timeout: Duration::from_secs(8),
        }
    }
}

impl IntakeConfig {
    /// The usual port on this machine only.
    pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7390);

    /// The pipeline of this name, or the default.
    pub(crate) fn pipeline(&self, name: Option<&str>) -> Option<&PipelineOffer> {
        match name {
            None => self.pipelines.first(),
            Some(name) => self.pipelines.iter().find(|offer| offer.pipeline.name == name),
        }
    }
}
