//! `cargo verify`: every check of this repository, one line each.

mod links;
mod manifests;
mod readme;
mod servers;
mod tests_run;

use crate::demo;
use crate::program::{self, Finished};
use crate::system;
use crate::workspace::{Profile, Workspace};
use std::io::{IsTerminal, Write};
use std::process::Command;
use std::time::Instant;

/// How much to check; each depth contains the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// What an editor's save can wait for: no documentation, no demo.
    Quick,
    /// Everything that one build of the workspace can show.
    Full,
    /// The optimized program, too, which takes a build of its own.
    Release,
}

/// A few words when a check holds; the evidence when it does not.
pub(crate) type Verdict = Result<String, String>;

struct Check {
    name: &'static str,
    depth: Depth,
    run: fn(&Workspace) -> Verdict,
}

/// In the order of cost: what fails fast comes first. `demo` leaves the table that `readme` looks for.
const CHECKS: [Check; 15] = [
    Check { name: "format", depth: Depth::Quick, run: |ws| cargo(ws, &["fmt", "--all", "--", "--check"]) },
    Check { name: "links", depth: Depth::Quick, run: links::check },
    Check { name: "manifests", depth: Depth::Quick, run: manifests::check },
    Check { name: "lints", depth: Depth::Quick, run: lints },
    Check { name: "documentation", depth: Depth::Full, run: documentation },
    Check { name: "build", depth: Depth::Quick, run: build },
    Check { name: "pipelines", depth: Depth::Quick, run: pipelines },
    Check { name: "fixtures", depth: Depth::Quick, run: fixtures },
    Check { name: "servers", depth: Depth::Quick, run: servers::check },
    Check { name: "tests", depth: Depth::Quick, run: tests_run::run },
    Check { name: "documentation tests", depth: Depth::Full, run: tests_run::documentation },
    Check {
        name: "demo",
        depth: Depth::Full,
        run: |ws| demo::read_with(ws, Profile::Dev).map(|_| String::new()),
    },
    Check { name: "readme", depth: Depth::Full, run: readme::check },
    Check { name: "lean build", depth: Depth::Full, run: lean },
    Check { name: "release", depth: Depth::Release, run: |ws| cargo(ws, &["demo"]) },
];

/// Runs the checks; the last line is `N passed, N failed`, and a failure makes the exit code 1.
pub(crate) fn run(ws: &Workspace, depth: Depth) -> Result<(), String> {
    system::ensure(&ws.target().join("probe"))?;
    let (mut passed, mut failed) = (0, 0);
    for check in CHECKS.iter().filter(|check| check.depth <= depth) {
        announce(check.name);
        let started = Instant::now();
        let verdict = (check.run)(ws);
        let seconds = format!("{:.1} s", started.elapsed().as_secs_f64());
        match verdict {
            Ok(detail) => {
                passed += 1;
                println!("✓ {:<20} {seconds:>8}  {detail}", check.name);
            }
            Err(evidence) => {
                failed += 1;
                println!("✗ {:<20} {seconds:>8}\n{}", check.name, indented(&evidence));
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}

/// On a terminal, the name of the running check; the result overwrites it.
fn announce(name: &str) {
    let mut out = std::io::stdout();
    if out.is_terminal() {
        print!("· {name} …\r");
    }
    // A terminal that cannot be flushed only loses the announcement.
    drop(out.flush());
}

/// The evidence, set apart so that the lines of the checks stay readable.
fn indented(evidence: &str) -> String {
    evidence.lines().map(|line| format!("    {line}\n")).collect::<String>().trim_end().to_owned()
}

/// A cargo command that only has to succeed.
fn cargo(ws: &Workspace, args: &[&str]) -> Verdict {
    succeed(&mut ws.cargo(args)).map(|_| String::new())
}

/// Runs a command; anything but success is evidence.
fn succeed(command: &mut Command) -> Result<Finished, String> {
    let finished = program::capture(command)?;
    if finished.succeeded() { Ok(finished) } else { Err(finished.said()) }
}

fn lints(ws: &Workspace) -> Verdict {
    cargo(ws, &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn documentation(ws: &Workspace) -> Verdict {
    let mut command = ws.cargo(&[
        "doc",
        "--locked",
        "--keep-going",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ]);
    succeed(command.env("RUSTDOCFLAGS", "-D warnings")).map(|_| String::new())
}

/// With the tests, so that everything is built once: without them, cargo would choose other features.
fn build(ws: &Workspace) -> Verdict {
    cargo(ws, &["build", "--locked", "--workspace", "--all-targets"])
}

fn pipelines(ws: &Workspace) -> Verdict {
    succeed(ws.smartexus(Profile::Dev).args(["pipelines", "validate"])).map(|_| String::new())
}

/// The committed fixtures are byte for byte what the generator makes.
fn fixtures(ws: &Workspace) -> Verdict {
    let mut generator = Command::new(ws.programs(Profile::Dev).join("smartexus-generator"));
    succeed(generator.args(["--out", "fixtures", "--check"]).current_dir(ws.root())).map(|_| String::new())
}

/// What `cargo demo` builds, without the time to optimize it: the same code under the same features.
fn lean(ws: &Workspace) -> Verdict {
    cargo(ws, &["check", "--locked", "-p", "smartexus", "--no-default-features"])
}
