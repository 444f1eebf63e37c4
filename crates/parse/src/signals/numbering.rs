//! Page numbers and carried balances that miss a step.

use super::scene::Scene;
use crate::page_numbers::{self, Numbered};
use smartexus_domain::{CheckName, Outcome, Signal, SignalName};

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let papers = page_numbers::of(scene.pages);
    let rows: Vec<u32> = scene.row_pages().iter().map(|page| page.page).collect();
    // A notice in between has numbers of its own, and may be one page of its own document.
    let counts = |paper: &&Numbered| {
        papers.len() == 1 || paper.pages().count() > 1 || paper.pages().any(|page| rows.contains(&page))
    };
    let broken = papers.iter().filter(counts).filter(|paper| !paper.missing.is_empty()).map(gap);
    broken.chain(scene.statements.iter().filter_map(carry)).collect()
}

fn gap(paper: &Numbered) -> Signal {
    let evidence = format!(
        "The pages are numbered up to {}, and {} is not in the file.",
        paper.of,
        paper.missing_text()
    );
    let signal = Signal::new(SignalName::PageGap, evidence);
    let signal = signal.showing(paper.of.to_string(), paper.pages().count().to_string());
    match paper.pages().next() {
        Some(page) => signal.on_page(page),
        None => signal,
    }
}

/// The balance carried from a page is not that brought to the next.
fn carry(statement: &smartexus_domain::Statement) -> Option<Signal> {
    let fails = |check: &&smartexus_domain::Check| {
        check.check == CheckName::PageCarry && check.outcome == Outcome::Fail
    };
    statement.checks.iter().find(fails)?;
    let evidence = "The balance carried forward from a page is not the one brought forward to the next.";
    Some(Signal::new(SignalName::PageGap, evidence))
}
