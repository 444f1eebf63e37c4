//! One worker process beside two, on work that keeps a core busy, and beside what the machine itself gives.

use super::figures::{Tracks, per_second};
use super::site::Site;
use super::{Plan, place};
use anyhow::{Context, ensure};
use smartexus_simulation::{Fixture, Repository};
use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// Rows of a long statement: reading it takes much longer than claiming it.
const STATEMENT_ROWS: usize = 20_000;
/// How often a bare reader reads every paper fixture.
const READINGS: usize = 40;

/// Both numbers of processes in every round.
pub(crate) async fn measure(plan: &Plan, tracks: &mut Tracks) -> anyhow::Result<()> {
    let papers = papers()?;
    let mut sites = Vec::new();
    for &fleet in plan.kinds() {
        sites.push((fleet, Site::open(fleet, &plan.program).await?));
    }
    for round in 1..=plan.rounds {
        eprintln!("worker processes, round {round} of {}", plan.rounds);
        for processes in [1, 2] {
            for (fleet, site) in &mut sites {
                let (took, cpu) = site.processes(processes, plan.statements, statement).await?;
                let name = name(*fleet, processes);
                tracks.add(&name, "documents/s", per_second(plan.statements, took));
                if let Some(cpu) = cpu {
                    tracks.add(
                        &format!("{name}, by processor time"),
                        "documents/s",
                        per_second(plan.statements, cpu),
                    );
                }
            }
            tracks.add(&ceiling(processes), "files/s", readers(processes, &papers)?);
        }
    }
    for (_, site) in sites {
        site.clear().await;
    }
    Ok(())
}

pub(crate) fn name(fleet: bool, processes: usize) -> String {
    format!("{}, {}", workers(processes), place(fleet))
}

fn workers(processes: usize) -> String {
    if processes == 1 { "1 worker process".to_owned() } else { format!("{processes} worker processes") }
}

/// What the same processor gives to processes that share nothing.
pub(crate) fn ceiling(processes: usize) -> String {
    let plural = if processes == 1 { "" } else { "s" };
    format!("{processes} reader{plural} without a queue")
}

/// Files a second of so many readers, each of which reads all of them.
fn readers(processes: usize, papers: &[String]) -> anyhow::Result<f64> {
    let started = Instant::now();
    let start = || {
        let mut reader = Command::new(std::env::current_exe()?);
        reader.args(["engine", "smartexus", &READINGS.to_string()]).args(papers);
        reader.stdin(Stdio::null()).stdout(Stdio::null()).spawn()
    };
    let running: Vec<Child> = (0..processes).map(|_| start()).collect::<Result<_, _>>()?;
    for mut reader in running {
        ensure!(reader.wait()?.success(), "a reader failed");
    }
    Ok(per_second(processes * READINGS * papers.len(), started.elapsed()))
}

fn papers() -> anyhow::Result<Vec<String>> {
    let repository = Repository::here();
    let fixtures = Fixture::all(&repository)?;
    let on_paper = fixtures.iter().filter(|fixture| !fixture.pages().is_empty());
    let files: Vec<String> =
        on_paper.map(|fixture| repository.root().join(fixture.source()).display().to_string()).collect();
    files.first().context("no fixture on paper")?;
    Ok(files)
}

/// A proved statement of many rows, unlike any other.
fn statement(number: usize) -> Vec<u8> {
    let mut text = String::new();
    let mut balance = 100_000 + number;
    let opening = money(balance);
    line(&mut text, 0, "OPENING TRANSFER", &opening, balance);
    for row in 1..STATEMENT_ROWS {
        if row % 2 == 1 {
            let credit = 500 + row % 97;
            balance += credit;
            line(&mut text, row, "CLIENT PAYMENT", &money(credit), balance);
        } else {
            let debit = 200 + row % 89;
            balance -= debit;
            line(&mut text, row, "CARD PURCHASE", &format!("-{}", money(debit)), balance);
        }
    }
    let ends = format!("Opening balance,0.00\nClosing balance,{}\n", money(balance));
    format!("{ends}Date,Description,Amount,Balance\n{text}").into_bytes()
}

/// Rows are spread over twelve months of 28 days.
fn line(text: &mut String, row: usize, what: &str, amount: &str, balance: usize) {
    let day = row * 12 * 28 / STATEMENT_ROWS;
    let (month, day) = (day / 28 + 1, day % 28 + 1);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "2025-{month:02}-{day:02},{what} {row},{amount},{}", money(balance));
}

fn money(cents: usize) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_statements_differ_and_count_up() {
        let (one, two) = (statement(1), statement(2));
        assert_ne!(one, two);
        let text = String::from_utf8(one).unwrap();
        assert_eq!(text.lines().count(), STATEMENT_ROWS + 3);
        let last = text.lines().last().unwrap();
        assert!(last.starts_with("2025-12-28,CLIENT PAYMENT 19999,"), "{last}");
        assert!(text.contains(
            "\n2025-01-01,OPENING TRANSFER 0,1000.01,1000.01\n2025-01-01,CLIENT PAYMENT 1,5.01,1005.02\n"
        ));
    }
}
