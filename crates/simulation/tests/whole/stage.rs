//! What every test starts from: the fixtures, and the program's answer for each of them.

use smartexus_domain::StatementResult;
use smartexus_simulation::{Fixture, Program, Repository};
use std::sync::OnceLock;
use std::time::Duration;

/// Far more than all fixtures need on a slow and busy machine.
const PROCESS_LIMIT: Duration = Duration::from_secs(240);

/// The program, built once a test process.
pub(crate) fn program() -> &'static Program {
    static PROGRAM: OnceLock<Program> = OnceLock::new();
    PROGRAM.get_or_init(|| Program::built(Repository::here().root()).unwrap())
}

/// The name of every fixture with what `smartexus process --json` says about it, all read in one go.
pub(crate) fn results() -> Vec<(String, StatementResult)> {
    let fixtures = Fixture::all(&Repository::here()).unwrap();
    let files: Vec<String> = fixtures.iter().map(|f| f.source().display().to_string()).collect();
    let mut args = vec!["process", "--json"];
    args.extend(files.iter().map(String::as_str));
    let output = program().run(&args, PROCESS_LIMIT).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let results: Vec<StatementResult> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(results.len(), fixtures.len(), "{said}");
    let names = fixtures.iter().map(|f| f.name().to_owned());
    let results: Vec<_> = names.zip(results).collect();
    for ((name, result), file) in results.iter().zip(&files) {
        assert_eq!(&result.file, file, "results come in input order: {name}");
    }
    results
}
