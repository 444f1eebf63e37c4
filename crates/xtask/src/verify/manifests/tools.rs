//! The tools of `k8s/tools.txt`, in a virtual environment that this check makes for itself.

use super::succeed;
use crate::system;
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Debian and its relatives call Python and its module for virtual environments.
const PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// Programs of pinned versions.
pub(super) struct Tools {
    programs: PathBuf,
}

impl Tools {
    /// Makes the environment when it is not there or `k8s/tools.txt` has changed; the only step that fetches.
    pub(super) fn ensure(ws: &Workspace) -> Result<Self, String> {
        let list = ws.root().join("k8s/tools.txt");
        let wanted = fs::read_to_string(&list).map_err(|e| format!("k8s/tools.txt: {e}"))?;
        let home = ws.target().join("manifest-tools");
        let tools = Self { programs: home.join("bin") };
        // Written last, so an environment that was not finished is made again.
        let stamp = home.join("tools.txt");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(tools);
        }
        if make(&home).is_err() {
            system::install(&PACKAGES, "install Python 3 with its module venv")?;
            make(&home)?;
        }
        let mut pip = tools.command("python");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r"]);
        succeed(pip.arg(&list))
            .map_err(|said| format!("k8s/tools.txt needs PyPI and Python 3.11 or newer\n{said}"))?;
        fs::write(&stamp, wanted).map_err(|e| format!("cannot write to the target directory: {e}"))?;
        Ok(tools)
    }

    /// One of the programs.
    pub(super) fn command(&self, name: &str) -> Command {
        Command::new(self.programs.join(name))
    }
}

fn make(home: &Path) -> Result<(), String> {
    succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home)).map(drop)
}
