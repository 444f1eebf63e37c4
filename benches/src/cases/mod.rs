//! `cargo bench-all --cases`: clients drawn from seeds, their overlapping documents put together, against what really
//! happened on their accounts.

mod plan;

use anyhow::Context;
pub(crate) use plan::Plan;
use smartexus_domain::Case;
use smartexus_generator::client::{self, Client, Score};
use smartexus_parse::{CaseDocument, CaseLimits, assemble};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Puts the documents of every client together and counts what came out.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let (mut score, mut clients, mut spent) = (Score::default(), 0_usize, Duration::ZERO);
    for seed in plan.seeds() {
        let client = client::make(seed);
        let (case, time) = match plan.files {
            true => read(&plan.program, &plan.folder, &client)?,
            false => given(&client)?,
        };
        let one = client.score(&case);
        if one.lost + one.doubled + one.transfers_wrong + one.falsely_verified > 0 {
            println!("seed {seed}: {one:?}");
        }
        score += one;
        clients += 1;
        spent += time;
    }
    print(clients, &score, spent);
    Ok(())
}

/// The documents as a reader without mistakes reads them.
fn given(client: &Client) -> anyhow::Result<(Case, Duration)> {
    let document = |document: &client::Document| {
        let statements = std::slice::from_ref(&document.statement);
        CaseDocument::new(&document.name, &document.digest, document.source(), statements)
    };
    let documents: Vec<CaseDocument> = client.documents.iter().map(document).collect();
    let start = Instant::now();
    let case = assemble(&documents, &BTreeSet::new(), &CaseLimits::default())?;
    Ok((case, start.elapsed()))
}

/// The documents as files, through `smartexus process --case`. The time is that of the whole program.
fn read(program: &Path, folder: &Path, client: &Client) -> anyhow::Result<(Case, Duration)> {
    std::fs::create_dir_all(folder)?;
    for document in &client.documents {
        std::fs::write(folder.join(&document.name), document.bytes())?;
    }
    let start = Instant::now();
    let output = Command::new(program).args(["process", "--json", "--case"]).arg(folder).output()?;
    let spent = start.elapsed();
    std::fs::remove_dir_all(folder)?;
    let text = String::from_utf8(output.stdout)?;
    let last = text.lines().last().context("the program printed nothing")?;
    Ok((serde_json::from_str(last).context("the last line is no case")?, spent))
}

fn print(clients: usize, score: &Score, spent: Duration) {
    println!("\n| what | of | count |");
    println!("|---|---|---|");
    for (what, of, count) in [
        ("accounts found", score.accounts, score.accounts_found),
        ("accounts that are none", score.accounts, score.accounts_invented),
        ("rows lost in silence", score.rows, score.lost),
        ("rows doubled in silence", score.rows, score.doubled),
        ("rows lost or doubled under a finding", score.rows, score.asked),
        ("accounts where a person is asked", score.accounts, score.accounts_asked),
        ("transfers paired right", score.transfers, score.transfers_right),
        ("transfers paired wrong", score.transfers, score.transfers_wrong),
        ("missing months found", score.gaps, score.gaps_found),
        ("missing months that are none", score.gaps, score.gaps_wrong),
        ("ledgers verified", score.accounts, score.verified),
        ("ledgers falsely verified", score.accounts, score.falsely_verified),
    ] {
        println!("| {what} | {of} | {count} |");
    }
    let documents = score.documents;
    println!("\n{clients} clients, {documents} documents, {:.3} s", spent.as_secs_f64());
}
