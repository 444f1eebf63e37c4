//! This very program as its own sandboxed child.

use crate::exit::Stop;
use smartexus_worker::sandbox::{SandboxError, SandboxProgram};
use std::path::PathBuf;
use std::process::ExitCode;

/// The hidden first word that makes this program a sandboxed child. It is in no help text: nobody types it.
const CHILD_WORD: &str = "read-untrusted-bytes";

/// The life of the child, if this process is one. Called before anything else in `main`: before arguments are
/// parsed, the environment is read or a thread is started.
pub(crate) fn child() -> Option<ExitCode> {
    let is_child = std::env::args_os().nth(1).is_some_and(|word| word == CHILD_WORD);
    is_child.then(smartexus_worker::sandbox::child_main)
}

/// The running program itself, wherever its file went: parent and child must be the same build, also while an
/// upgrade replaces the file under a running server. In the child that is about to start, `self` is still us.
const THIS_PROGRAM: &str = "/proc/self/exe";

/// How to start a child.
pub(crate) fn program() -> Result<SandboxProgram, Stop> {
    let path = PathBuf::from(THIS_PROGRAM);
    if !path.exists() {
        return Err(Stop::unavailable("this program cannot find itself, because /proc is not mounted"));
    }
    Ok(SandboxProgram { path, args: vec![CHILD_WORD.into()] })
}

/// A sandbox that cannot be built: nothing is read without it.
pub(crate) fn refused(error: &SandboxError) -> Stop {
    Stop::unavailable(format!("nothing was read, because {error}"))
}
