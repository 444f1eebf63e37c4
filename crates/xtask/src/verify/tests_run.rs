//! Every test of the workspace, with nextest where it is installed and with cargo alone where not.

use super::{Verdict, succeed};
use crate::program;
use crate::workspace::{Profile, Workspace};

/// Runs them and counts. The build check has just built them, and the program that tests of the whole use.
pub(super) fn run(ws: &Workspace) -> Verdict {
    let program = ws.programs(Profile::Dev).join("smartexus");
    let (name, postgres) = super::servers::postgres_setting();
    let mut tests = ws.cargo(&command(ws));
    tests.env("SIMULATED_PROGRAM", program).env(name, postgres);
    // The second implementation of figures; the check of manifests has made its environment.
    tests.env("PANDAS_PYTHON", ws.target().join("manifest-tools/bin/python"));
    let finished = succeed(&mut tests)?;
    let counted =
        if has_nextest(ws) { count_nextest(&finished.said()) } else { count_cargo(&finished.said()) };
    counted.map(|count| count.to_string()).ok_or_else(|| format!("no test ran\n{}", finished.said()))
}

/// Runs the examples in documentation, which nextest leaves out.
pub(super) fn documentation(ws: &Workspace) -> Verdict {
    let finished = succeed(&mut ws.cargo(&["test", "--locked", "--workspace", "--doc", "--no-fail-fast"]))?;
    Ok(count_cargo(&finished.said()).unwrap_or_default().to_string())
}

fn command(ws: &Workspace) -> Vec<&'static str> {
    if has_nextest(ws) {
        vec!["nextest", "run", "--locked", "--workspace", "--no-fail-fast"]
    } else {
        vec!["test", "--locked", "--workspace", "--bins", "--lib", "--tests", "--no-fail-fast"]
    }
}

fn has_nextest(ws: &Workspace) -> bool {
    program::capture(&mut ws.cargo(&["nextest", "--version"])).is_ok_and(|finished| finished.succeeded())
}

/// How many tests ran and how many were left out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u32,
    skipped: u32,
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} tests, {} skipped", self.passed, self.skipped)
    }
}

/// Reads `Summary [ 1.2s] 3 tests run: 3 passed (1 slow), 0 skipped`. `None` unless a test ran.
fn count_nextest(said: &str) -> Option<Count> {
    let summary = said.lines().rfind(|line| line.trim_start().starts_with("Summary"))?;
    let (_, counts) = summary.rsplit_once(':')?;
    let count = Count { passed: number_before(counts, "passed"), skipped: number_before(counts, "skipped") };
    (count.passed > 0).then_some(count)
}

/// Sums `test result: ok. 3 passed; 0 failed; 1 ignored; …` over the test programs. `None` unless a test ran.
fn count_cargo(said: &str) -> Option<Count> {
    let mut count = Count::default();
    for line in said.lines().filter(|line| line.starts_with("test result:")) {
        count.passed += number_before(line, "passed");
        count.skipped += number_before(line, "ignored");
    }
    (count.passed > 0).then_some(count)
}

/// The number in front of a word; 0 where there is none.
fn number_before(text: &str, word: &str) -> u32 {
    let before = text.find(word).and_then(|at| text.get(..at)).unwrap_or_default();
    before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_either_runner_prints() {
        let nextest =
            "  PASS [ 0.1s] (1/3) a b\n     Summary [   1.250s] 3 tests run: 3 passed (1 slow), 2 skipped";
        assert_eq!(count_nextest(nextest), Some(Count { passed: 3, skipped: 2 }));
        let cargo = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\ntest result: ok. 4 passed; 0 failed; 0 ignored; x";
        assert_eq!(count_cargo(cargo), Some(Count { passed: 7, skipped: 1 }));
    }

    #[test]
    fn nothing_run_is_not_a_pass() {
        assert_eq!(count_nextest("     Summary [   0.000s] 0 tests run: 0 passed, 4 skipped"), None);
        assert_eq!(count_nextest("error"), None);
        assert_eq!(count_cargo("test result: ok. 0 passed; 0 failed; 0 ignored; x"), None);
    }
}
