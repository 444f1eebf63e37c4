//! `smartexus verify-statement`: the proof alone, on a result that anyone may have edited.

use crate::cli::VerifyStatementArgs;
use crate::exit::{Exit, Stop};
use crate::output::{Output, Tone};
use crate::words;
use serde::Serialize;
use smartexus_domain::{Check, Outcome, Proof, Repair, Statement, StatementResult, Verdict, prove};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest result that is read; the largest we write for 600 full pages is about a tenth of this.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// What is printed for each statement.
#[derive(Serialize)]
struct Verified<'s> {
    /// From 1, in the order of the file.
    statement: usize,
    account: Option<&'s str>,
    verdict: Verdict,
    proof: Option<Proof>,
    unproved_because: &'s [String],
    checks: &'s [Check],
    repairs: &'s [Repair],
}

/// Proves every statement of the file again. What the file says about verdict, proof and sums is not believed.
pub(crate) fn run(output: Output, args: &VerifyStatementArgs) -> Result<Exit, Stop> {
    let mut result = read(&args.file)?;
    if result.statements.is_empty() {
        return Err(Stop::failed("there is no statement in this result, so there is nothing to prove"));
    }
    for statement in &mut result.statements {
        prove(statement);
    }
    for (index, statement) in result.statements.iter().enumerate() {
        print(output, index + 1, statement)?;
    }
    let all_verified = result.statements.iter().all(|statement| statement.verdict == Verdict::Verified);
    Ok(if args.fail_on_review && !all_verified { Exit::Attention } else { Exit::Done })
}

fn read(path: &Path) -> Result<StatementResult, Stop> {
    let unreadable = |error: std::io::Error| {
        Stop::failed(format!("the result cannot be read: {}", error.kind()))
            .advise("check the path and its permissions")
    };
    let mut text = Vec::new();
    File::open(path)
        .and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut text))
        .map_err(unreadable)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        return Err(Stop::failed(format!("the result is larger than {FILE_BYTES_MAX} bytes")));
    }
    let result: StatementResult = serde_json::from_slice(&text).map_err(|error| {
        // The library's own words may quote values of the file; its place and kind are enough.
        let place = format!("line {}, column {}", error.line(), error.column());
        Stop::failed(format!("this is no {}: {place}", StatementResult::SCHEMA))
            .advise("give it the result.json that `smartexus process -o DIR` writes")
    })?;
    if result.schema != StatementResult::SCHEMA {
        return Err(Stop::failed(format!("this is no {}: its schema is another", StatementResult::SCHEMA)));
    }
    Ok(result)
}

fn print(output: Output, number: usize, statement: &Statement) -> Result<(), Stop> {
    let account = statement.account.number.as_deref().or(statement.account.iban.as_deref());
    if output.json {
        return output.object(&Verified {
            statement: number,
            account,
            verdict: statement.verdict,
            proof: statement.proof,
            unproved_because: &statement.unproved_because,
            checks: &statement.checks,
            repairs: &statement.repairs,
        });
    }
    let tone = words::verdict_tone(statement.verdict);
    let mut text = format!("statement {number}: {}\n", output.paint(tone, words::verdict(statement.verdict)));
    for check in &statement.checks {
        text += &format!("  {}\n", check_line(output, check));
    }
    for reason in &statement.unproved_because {
        text += &format!("  unproved because: {}\n", crate::output::one_line(reason));
    }
    for repair in statement.repairs.iter().filter(|repair| !repair.applied) {
        text += &format!("  would hold if {}\n", words::repair(repair));
    }
    output.text(&text)
}

fn check_line(output: Output, check: &Check) -> String {
    let (tone, word) = match check.outcome {
        Outcome::Pass => (Tone::Good, "pass"),
        Outcome::Fail => (Tone::Bad, "fail"),
        Outcome::NotStated => (Tone::Plain, "not stated"),
    };
    let detail = if check.outcome == Outcome::Fail {
        words::broken_check(check)
    } else {
        words::check(check.check).to_owned()
    };
    format!("{}  {detail}", output.paint(tone, &format!("{word:10}")))
}
