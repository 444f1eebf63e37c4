//! Where the sources are, where cargo builds to, and which cargo runs us.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The two profiles that tasks build with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Profile {
    Dev,
    Release,
}

impl Profile {
    fn directory(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// The checkout that this run works on.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    cargo: OsString,
}

impl Workspace {
    /// Asks the environment that `cargo run` sets, never the directory of the build: the binary may be shared
    /// by several checkouts.
    pub(crate) fn find() -> Result<Self, String> {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").ok_or("run it as `cargo demo` or `cargo verify`")?;
        let root = Path::new(&manifest).ancestors().nth(2).ok_or("crates/xtask has moved")?.to_path_buf();
        let binary = std::env::current_exe().map_err(|e| format!("cannot find the running program: {e}"))?;
        let target = binary.ancestors().nth(2).ok_or("cargo built in an unexpected place")?.to_path_buf();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        Ok(Self { root, target, cargo })
    }

    /// The directory with the workspace's manifest.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target directory.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Where cargo puts the programs of a profile.
    pub(crate) fn programs(&self, profile: Profile) -> PathBuf {
        self.target.join(profile.directory())
    }

    /// The program as a command, started in the root.
    pub(crate) fn smartexus(&self, profile: Profile) -> Command {
        let mut command = Command::new(self.programs(profile).join("smartexus"));
        command.current_dir(&self.root);
        command
    }

    /// A cargo command in the root, building into the same target directory as we were built in.
    pub(crate) fn cargo(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.cargo);
        command.args(args).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_package_variable(name)) {
            command.env_remove(name);
        }
        command
    }
}

/// `cargo run` describes our own package in the environment; to a nested cargo that is only noise.
fn is_package_variable(name: &OsString) -> bool {
    name.to_str().is_some_and(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_"))
}
