//! Acts that a locked-down child must not get away with. Tried at every start of a worker.

use super::wire::Reply;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;

/// Something that is forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForbiddenAct {
    /// Open a file that everybody may read.
    ReadFile,
    /// Create a file where everybody may.
    WriteFile,
    /// List a directory.
    ListDirectory,
    /// Connect over TCP.
    ConnectTcp,
    /// Bind a UDP socket.
    BindUdp,
    /// Make a pair of local sockets.
    LocalSocket,
    /// Start another program.
    StartProgram,
    /// Start a thread.
    StartThread,
    /// Signal the parent (signal 0: whether one could).
    SignalParent,
    /// Make a harmless system call that is not on the list.
    UnlistedCall,
    /// Take more memory than allowed.
    TakeMemory,
}

impl ForbiddenAct {
    /// Every act.
    pub const ALL: [Self; 11] = [
        Self::ReadFile,
        Self::WriteFile,
        Self::ListDirectory,
        Self::ConnectTcp,
        Self::BindUdp,
        Self::LocalSocket,
        Self::StartProgram,
        Self::StartThread,
        Self::SignalParent,
        Self::UnlistedCall,
        Self::TakeMemory,
    ];

    /// The word in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadFile => "read_file",
            Self::WriteFile => "write_file",
            Self::ListDirectory => "list_directory",
            Self::ConnectTcp => "connect_tcp",
            Self::BindUdp => "bind_udp",
            Self::LocalSocket => "local_socket",
            Self::StartProgram => "start_program",
            Self::StartThread => "start_thread",
            Self::SignalParent => "signal_parent",
            Self::UnlistedCall => "unlisted_call",
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

/// Child side: tries.
pub(super) fn attempt(act: ForbiddenAct) -> Reply {
    let reply = if succeeds(act) { ALLOWED } else { DENIED };
    Reply::Done(reply.to_vec())
}

fn succeeds(act: ForbiddenAct) -> bool {
    match act {
        ForbiddenAct::ReadFile => std::fs::File::open("/etc/passwd").is_ok(),
        ForbiddenAct::WriteFile => {
            let path = format!("/tmp/smartexus-probe-{}", std::process::id());
            std::fs::File::create(&path).map(|_| std::fs::remove_file(&path)).is_ok()
        }
        ForbiddenAct::ListDirectory => std::fs::read_dir("/").is_ok(),
        ForbiddenAct::ConnectTcp => match TcpStream::connect((Ipv4Addr::LOCALHOST, PORT)) {
            Ok(_) => true,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        },
        ForbiddenAct::BindUdp => UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).is_ok(),
        ForbiddenAct::LocalSocket => UnixStream::pair().is_ok(),
        ForbiddenAct::StartProgram => std::process::Command::new("/bin/true").status().is_ok(),
        ForbiddenAct::StartThread => std::thread::Builder::new().spawn(|| {}).is_ok_and(|t| t.join().is_ok()),
        ForbiddenAct::SignalParent => {
            rustix::process::getppid().is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
        }
        ForbiddenAct::UnlistedCall => rustix::process::getsid(None).is_ok(),
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
