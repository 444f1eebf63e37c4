//! `smartexus verify-statement`: the proof alone, on a result that anyone may have edited.

use crate::cli::VerifyStatementArgs;
use crate::exit::{Exit, Stop};
use crate::output::{Output, Tone, one_line};
use crate::words;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use smartexus_domain::{
    Case, Check, Method, Outcome, Proof, Repair, Statement, StatementResult, Transaction, Verdict, prove,
};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest result that is read; the largest we write for 600 full pages is about a tenth of this.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A name of a schema that is repeated to people.
const SCHEMA_LETTERS_MAX: usize = 40;
const RESULT_ADVICE: &str = "give it the result.json that `smartexus process -o DIR` writes";

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
    /// What no reading says: left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<&'static str>,
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
    let is_good =
        |statement: &Statement| statement.verdict == Verdict::Verified && faults(statement).is_empty();
    let all_verified = result.statements.iter().all(is_good);
    Ok(if args.fail_on_review && !all_verified { Exit::Attention } else { Exit::Done })
}

/// A result as `process -o` writes it; anything else is refused with a sentence.
pub(super) fn read(path: &Path) -> Result<StatementResult, Stop> {
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
    let schema = schema_of(&text);
    if let Some(other) = schema.as_deref().filter(|schema| *schema != StatementResult::SCHEMA) {
        let stop = Stop::failed(format!(
            "this is no {}: it calls itself {}",
            StatementResult::SCHEMA,
            one_line(other)
        ));
        return Err(if other == Case::SCHEMA {
            stop.advise("a case holds no rows of its own; give it the result.json of one of its documents")
        } else {
            stop.advise(RESULT_ADVICE)
        });
    }
    let result: StatementResult = serde_json::from_slice(&text).map_err(|error| {
        // The library's own words may quote values of the file; its place and kind are enough.
        let place = format!("line {}, column {}", error.line(), error.column());
        let kind = match error.classify() {
            Category::Syntax | Category::Eof => "it is no JSON there",
            Category::Data | Category::Io => "a field there has no such value, or is missing",
        };
        Stop::failed(format!("this is no {}: {place}: {kind}", StatementResult::SCHEMA)).advise(RESULT_ADVICE)
    })?;
    if schema.is_none() {
        return Err(Stop::failed(format!("this is no {}: it names no schema", StatementResult::SCHEMA)));
    }
    Ok(result)
}

/// What the file calls itself, if it is one JSON object that does.
fn schema_of(text: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        schema: String,
    }
    serde_json::from_slice::<Named>(text)
        .ok()
        .map(|named| named.schema.chars().take(SCHEMA_LETTERS_MAX).collect())
}

/// What no reading says and an editor may: the proof does not need it, but nobody should rely on it.
fn faults(statement: &Statement) -> Vec<&'static str> {
    let rows = &statement.transactions;
    let seqs: BTreeSet<u32> = rows.iter().map(|row| row.seq).collect();
    let unsure = |row: &Transaction| !(0.0..=1.0).contains(&row.confidence);
    let start_after_end =
        statement.period.start.zip(statement.period.end).is_some_and(|(start, end)| start > end);
    let of_no_row = |repair: &Repair| repair.row != 0 && !seqs.contains(&repair.row);
    let applied_alone = |repair: &Repair| {
        let row = rows.iter().find(|row| row.seq == repair.row);
        repair.applied && row.is_some_and(|row| row.method != Method::Repaired)
    };
    [
        ("seq_not_unique", seqs.len() != rows.len()),
        ("seq_not_from_1", !rows.is_empty() && seqs.first() != Some(&1)),
        ("confidence_out_of_range", rows.iter().any(unsure)),
        ("period_ends_before_it_begins", start_after_end),
        ("repair_of_no_row", statement.repairs.iter().any(of_no_row)),
        ("repair_not_marked_on_its_row", statement.repairs.iter().any(applied_alone)),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .map(|(fault, _)| fault)
    .collect()
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
            faults: faults(statement),
        });
    }
    let tone = words::verdict_tone(statement.verdict);
    let mut text = format!("statement {number}: {}\n", output.paint(tone, words::verdict(statement.verdict)));
    for check in &statement.checks {
        text += &format!("  {}\n", check_line(output, check));
    }
    for reason in &statement.unproved_because {
        text += &format!("  unproved because: {}\n", one_line(reason));
    }
    for fault in faults(statement) {
        text += &format!("  no reading says this: {}\n", fault.replace('_', " "));
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
