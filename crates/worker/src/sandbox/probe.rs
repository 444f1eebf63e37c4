//! Acts that a locked-down child must not get away with. Tried at every start of a worker.

use super::nursery::ONE_THREAD;
use super::raw::forbidden;
use super::wire::Reply;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind::PermissionDenied;
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;

/// Something that is forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForbiddenAct {
    /// Open a file that everybody may read, or list where it lies.
    ReadFile,
    /// Look where other documents are: in the memory of the parent.
    ReadOtherDocument,
    /// Find a variable, where keys are often kept: one's own, or the parent's.
    ReadEnvironment,
    /// Create a file where everybody may.
    WriteFile,
    /// Connect over TCP.
    ConnectTcp,
    /// Bind a UDP socket.
    BindUdp,
    /// Make a pair of local sockets.
    LocalSocket,
    /// Become another program.
    StartProgram,
    /// Copy oneself over and over, or start a thread.
    Multiply,
    /// Trace the parent.
    Trace,
    /// Signal the parent (signal 0: whether one could).
    SignalParent,
    /// Mount a file system.
    Mount,
    /// Become the master of a user namespace.
    LeaveUserNamespace,
    /// Set up a ring through which calls go unfiltered.
    SetUpIoUring,
    /// Open a counter of the processor.
    CountPerformance,
    /// Take more memory than allowed.
    TakeMemory,
}

impl ForbiddenAct {
    /// Every act.
    pub const ALL: [Self; 16] = [
        Self::ReadFile,
        Self::ReadOtherDocument,
        Self::ReadEnvironment,
        Self::WriteFile,
        Self::ConnectTcp,
        Self::BindUdp,
        Self::LocalSocket,
        Self::StartProgram,
        Self::Multiply,
        Self::Trace,
        Self::SignalParent,
        Self::Mount,
        Self::LeaveUserNamespace,
        Self::SetUpIoUring,
        Self::CountPerformance,
        Self::TakeMemory,
    ];

    /// The word in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadFile => "read_file",
            Self::ReadOtherDocument => "read_other_document",
            Self::ReadEnvironment => "read_environment",
            Self::WriteFile => "write_file",
            Self::ConnectTcp => "connect_tcp",
            Self::BindUdp => "bind_udp",
            Self::LocalSocket => "local_socket",
            Self::StartProgram => "start_program",
            Self::Multiply => "multiply",
            Self::Trace => "trace",
            Self::SignalParent => "signal_parent",
            Self::Mount => "mount",
            Self::LeaveUserNamespace => "leave_user_namespace",
            Self::SetUpIoUring => "set_up_io_uring",
            Self::CountPerformance => "count_performance",
            Self::TakeMemory => "take_memory",
        }
    }
}

/// What a child answers when it got away with it.
pub(super) const ALLOWED: &[u8] = b"allowed";
/// What a child answers when the system said no and let it live.
pub(super) const DENIED: &[u8] = b"denied";
/// Port that is never open here (discard); refused connections count as reached.
const PORT: u16 = 9;
/// The probe of memory takes this much at a time, up to [`MEMORY_STEPS`] times.
const MEMORY_STEP_BYTES: usize = 16 * 1024 * 1024;
const MEMORY_STEPS: usize = 64;

/// How often a child tries to copy itself.
const COPIES: usize = 64;

/// Child side: tries.
pub(super) fn attempt(act: ForbiddenAct) -> Reply {
    let reply = if succeeds(act) { ALLOWED } else { DENIED };
    Reply::Done(reply.to_vec())
}

fn succeeds(act: ForbiddenAct) -> bool {
    match act {
        ForbiddenAct::ReadFile => is_readable("/etc/passwd") || std::fs::read_dir("/").is_ok(),
        ForbiddenAct::ReadOtherDocument => {
            forbidden::reads_memory_of(parent()) || is_readable(&format!("/proc/{}/mem", parent()))
        }
        ForbiddenAct::ReadEnvironment => {
            std::env::vars_os().any(|(name, _)| name != ONE_THREAD.0)
                || is_readable(&format!("/proc/{}/environ", parent()))
        }
        ForbiddenAct::WriteFile => {
            let path = format!("/tmp/smartexus-probe-{}", std::process::id());
            std::fs::File::create(&path).map(|_| std::fs::remove_file(&path)).is_ok()
        }
        ForbiddenAct::ConnectTcp => match TcpStream::connect((Ipv4Addr::LOCALHOST, PORT)) {
            Ok(_) => true,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        },
        ForbiddenAct::BindUdp => UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).is_ok(),
        ForbiddenAct::LocalSocket => UnixStream::pair().is_ok(),
        // Whoever became another program says nothing any more, which is not a denial either.
        ForbiddenAct::StartProgram => {
            std::process::Command::new("/bin/true").exec().kind() != PermissionDenied
        }
        ForbiddenAct::Multiply => {
            forbidden::multiplies(COPIES).unwrap_or(false)
                || std::thread::Builder::new().spawn(|| {}).is_ok_and(|thread| thread.join().is_ok())
        }
        ForbiddenAct::Trace => forbidden::traces(parent()),
        ForbiddenAct::SignalParent => {
            rustix::process::getppid().is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
        }
        ForbiddenAct::Mount => forbidden::mounts(),
        ForbiddenAct::LeaveUserNamespace => forbidden::leaves_user_namespace(),
        ForbiddenAct::SetUpIoUring => forbidden::sets_up_io_uring(),
        ForbiddenAct::CountPerformance => forbidden::opens_performance_counter(),
        ForbiddenAct::TakeMemory => {
            let mut taken: Vec<Vec<u8>> = Vec::new();
            (0..MEMORY_STEPS).all(|_| {
                let mut step = Vec::new();
                let granted = step.try_reserve_exact(MEMORY_STEP_BYTES).is_ok();
                taken.push(step);
                granted
            })
        }
    }
}

fn is_readable(path: &str) -> bool {
    std::fs::File::open(path).is_ok()
}

/// The parent has the documents, the keys and the connections.
fn parent() -> i32 {
    rustix::process::getppid().map_or(0, |pid| pid.as_raw_nonzero().get())
}
