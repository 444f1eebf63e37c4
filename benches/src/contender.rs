//! The parent's side: every text engine as a program, with the files it is given.

use crate::engine::Answer;
use crate::meter::{self, Cost};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the programs of peers are, and where those that are installed go, each in a folder of its own.
pub(crate) struct Peers {
    pub(crate) scripts: PathBuf,
    pub(crate) homes: PathBuf,
}

/// A text engine.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// What it hands out: fair comparison needs to know.
    pub(crate) gives: &'static str,
    kind: Kind,
}

enum Kind {
    /// A Rust library, run by this program as a child of itself.
    Library(&'static str),
    /// `pdftotext -bbox`, which takes one file a run.
    Pdftotext,
    /// A library for Python, in an environment of its own, made where there is none yet.
    Python(&'static str),
}

/// Ours first, then the peer that the ratios refer to.
pub(crate) const ALL: [Contender; 6] = [
    Contender { name: "smartexus", gives: "words with boxes", kind: Kind::Library("smartexus") },
    Contender { name: "pdftotext -bbox", gives: "words with boxes", kind: Kind::Pdftotext },
    Contender { name: "PyMuPDF", gives: "words with boxes", kind: Kind::Python("pymupdf") },
    Contender { name: "pdfplumber", gives: "words with boxes", kind: Kind::Python("pdfplumber") },
    Contender { name: "pdf-extract", gives: "text", kind: Kind::Library("pdf-extract") },
    Contender { name: "lopdf", gives: "text", kind: Kind::Library("lopdf") },
];

/// The peer that ratios refer to.
pub(crate) const REFERENCE: &str = "pdftotext -bbox";

impl Contender {
    /// The version that runs here; `None` where it is not installed.
    pub(crate) fn version(&self, peers: &Peers) -> Option<String> {
        match self.kind {
            Kind::Library("smartexus") => Some(env!("CARGO_PKG_VERSION").to_owned()),
            Kind::Library(name) => locked_version(name),
            Kind::Pdftotext => {
                let said = said_by(Command::new("pdftotext").arg("-v"))?;
                said.split_whitespace().nth(2).map(str::to_owned)
            }
            Kind::Python(name) => {
                install(&peers.home(name), &peers.scripts.join(format!("{name}.txt")))?;
                said_by(peers.python(name).arg("--version")).map(|said| said.trim().to_owned())
            }
        }
    }

    /// Reads every file `rounds` times.
    pub(crate) fn run(
        &self,
        peers: &Peers,
        rounds: u32,
        files: &[String],
    ) -> anyhow::Result<(Vec<Answer>, Cost)> {
        match self.kind {
            Kind::Library(name) => {
                let mut command = Command::new(std::env::current_exe()?);
                run_lines(command.args(["engine", name, &rounds.to_string()]).args(files))
            }
            Kind::Python(name) => run_lines(peers.python(name).arg(rounds.to_string()).args(files)),
            Kind::Pdftotext => run_pdftotext(rounds, files),
        }
    }
}

impl Peers {
    fn home(&self, name: &str) -> PathBuf {
        self.homes.join(name)
    }

    fn python(&self, name: &str) -> Command {
        let mut command = Command::new(self.home(name).join("bin/python"));
        // Nothing is written beside the sources.
        command.arg(self.scripts.join(format!("{name}_words.py"))).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}

/// Makes a Python environment with these packages; `None` where Python or a package cannot be had.
pub(crate) fn install(home: &Path, requirements: &Path) -> Option<()> {
    let python = home.join("bin/python");
    if !python.exists() {
        said_by(Command::new("python3").args(["-m", "venv"]).arg(home))?;
    }
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    said_by(install.arg("--requirement").arg(requirements)).map(drop)
}

/// What a program that ended well said on either stream.
pub(crate) fn said_by(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// A child that dies on the way keeps the answers that it gave.
fn run_lines(command: &mut Command) -> anyhow::Result<(Vec<Answer>, Cost)> {
    let (output, cost) = meter::run(command)?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(), cost))
}

fn run_pdftotext(rounds: u32, files: &[String]) -> anyhow::Result<(Vec<Answer>, Cost)> {
    let mut total: Option<Cost> = None;
    let mut answers = BTreeMap::new();
    for _ in 0..rounds {
        for file in files {
            let (output, cost) = meter::run(Command::new("pdftotext").arg("-bbox").arg(file).arg("-"))?;
            total = Some(total.map_or(cost, |sum| sum.and(cost)));
            let text =
                output.status.success().then(|| words_of_bbox(&String::from_utf8_lossy(&output.stdout)));
            answers.insert(file.clone(), text);
        }
    }
    let answers = answers.into_iter().map(|(file, text)| Answer { file, text }).collect();
    Ok((answers, total.unwrap_or_default()))
}

/// The words of `<word xMin="…">text</word>`, one a line.
fn words_of_bbox(page: &str) -> String {
    let word = |line: &str| {
        let (_, after) = line.trim().strip_prefix("<word ")?.split_once('>')?;
        let text = after.strip_suffix("</word>")?;
        Some(text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
    };
    page.lines().filter_map(word).collect::<Vec<_>>().join(" ")
}

/// The version of a library in the committed lock file, which is compiled in.
fn locked_version(name: &str) -> Option<String> {
    let lock = include_str!("../../Cargo.lock");
    let entries = lock.split("[[package]]").filter(|entry| entry.contains(&format!("name = \"{name}\"\n")));
    let versions = entries.filter_map(|entry| entry.split("version = \"").nth(1)?.split('"').next());
    versions.last().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_out_of_bbox() {
        let page = "<page>\n  <word xMin=\"1\" yMin=\"2\" xMax=\"3\" yMax=\"4\">A&amp;B</word>\n  <word xMin=\"1\">1.00</word>\n</page>";
        assert_eq!(words_of_bbox(page), "A&B 1.00");
    }

    #[test]
    fn the_lock_file_knows_the_libraries() {
        let peers = Peers { scripts: PathBuf::new(), homes: PathBuf::new() };
        for contender in ALL {
            if let Kind::Library(name) = contender.kind {
                assert!(contender.version(&peers).is_some(), "{name}");
            }
        }
    }
}
