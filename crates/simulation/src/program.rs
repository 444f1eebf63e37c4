//! The program under test, built from this checkout, started as a person would start it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The built program.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    root: PathBuf,
}

/// Why the program could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// Cargo did not build it.
    #[error("the program does not build")]
    Build,
    /// It did not end in time and was killed.
    #[error("the program did not end within {0:?}")]
    Hang(Duration),
    /// It could not be started or read.
    #[error("the program could not be run: {0}")]
    Run(#[from] std::io::Error),
}

impl Program {
    /// The program named by `SIMULATED_PROGRAM`, if somebody has just built it; otherwise it is built here, in the
    /// profile and target directory of the running test, so that it is never stale.
    ///
    /// # Errors
    /// [`ProgramError::Build`] with cargo's words on standard error.
    pub fn built(root: &Path) -> Result<Self, ProgramError> {
        if let Some(path) = std::env::var_os("SIMULATED_PROGRAM") {
            return Ok(Self::at(Path::new(&path), root));
        }
        let test = std::env::current_exe()?;
        // <target>/<profile>/deps/<test>
        let profile = test.ancestors().nth(2).ok_or(ProgramError::Build)?;
        let target = profile.parent().ok_or(ProgramError::Build)?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--locked", "--package", "smartexus"]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        build.env("CARGO_TARGET_DIR", target).current_dir(root).stdin(Stdio::null());
        if !build.status()?.success() {
            return Err(ProgramError::Build);
        }
        Ok(Self { path: profile.join("smartexus"), root: root.to_path_buf() })
    }

    /// A program that somebody else built.
    #[must_use]
    pub fn at(path: &Path, root: &Path) -> Self {
        Self { path: path.to_path_buf(), root: root.to_path_buf() }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A command that starts it in the root, with nothing of the caller's configuration.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(&self.root).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SMARTEXUS_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs it to its end, or kills it when it takes longer than `limit`.
    ///
    /// # Errors
    /// [`ProgramError::Hang`] beyond the limit.
    pub fn run(&self, args: &[&str], limit: Duration) -> Result<Output, ProgramError> {
        let mut command = self.command();
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        wait(command.spawn()?, limit)
    }
}

/// Reads both streams of a child until it ends, with a limit.
fn wait(mut child: Child, limit: Duration) -> Result<Output, ProgramError> {
    let stdout = child.stdout.take().map(drain);
    let stderr = child.stderr.take().map(drain);
    let deadline = Instant::now() + limit;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Err(ProgramError::Hang(limit));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let all = |stream: Option<std::thread::JoinHandle<Vec<u8>>>| {
        stream.and_then(|thread| thread.join().ok()).unwrap_or_default()
    };
    Ok(Output { status, stdout: all(stdout), stderr: all(stderr) })
}

/// Reads a stream on a thread of its own, so that a full pipe stops nobody. A broken pipe ends the text early.
fn drain(mut stream: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes));
        bytes
    })
}
