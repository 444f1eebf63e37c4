//! The second implementation, in Python with pandas, over cases made by chance: equal to the cent.

use crate::{draft, random};
use std::io::Write;
use std::process::{Command, Stdio};

/// A thousand take a minute: `random_cases` prints them.
const CASES: u64 = 100;
/// Names a Python that has pandas, where `python3` has none.
const PYTHON: &str = "SMARTEXUS_PANDAS_PYTHON";

#[test]
fn figures_equal_those_of_another_implementation() {
    let python = std::env::var(PYTHON).unwrap_or_else(|_| "python3".to_owned());
    let has_pandas = Command::new(&python).args(["-c", "import pandas"]).output();
    if !has_pandas.is_ok_and(|output| output.status.success()) {
        eprintln_not_run(&python);
        return;
    }
    let root = env!("CARGO_MANIFEST_DIR");
    let mut child = Command::new(&python)
        .arg(format!("{root}/tests/recompute/figures.py"))
        .arg(format!("{root}/../../pipelines/categories/taxonomy.csv"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // What Python prints fits its pipe: at most a few lines of each case that differs.
    let writer = std::thread::spawn(move || {
        for seed in 1..=CASES {
            writeln!(input, "{}", draft::as_json(&random::case(seed))).unwrap();
        }
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains(&format!("{CASES} cases, ")), "{said}");
}

#[expect(clippy::print_stderr, reason = "a test that did not run has to say so")]
fn eprintln_not_run(python: &str) {
    eprintln!("NOT RUN: `{python}` has no pandas; name one that has in {PYTHON}");
}
