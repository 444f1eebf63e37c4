//! A file as papers: each page has a kind, statements are read from the pages that may be theirs, and every other paper
//! gives its facts.

use super::facts;
use super::kinds::{Kinds, lines_of};
use super::line::Line;
use smartexus_domain::{
    ChildDocument, DocumentKind, Fact, Finding, KindMethod, Page, PaperProof, Reading, Statement, Verdict,
};
use std::collections::BTreeSet;

/// A statement whose rows nothing proves is one only if its pages say so at least this much.
const WORTH_A_STATEMENT: f64 = 0.04;
/// Or if it has as many rows with printed balances that follow from one another.
const LINKS_MIN: usize = 5;
/// Accounts of one file whose facts are given, and lines in which they are looked for.
const ACCOUNTS_MAX: usize = 32;
const ACCOUNT_LINES_MAX: usize = 1_000;
/// Confidence of what the reader of statements proved.
const PROVED: f64 = 0.99;
const UNPROVED: f64 = 0.95;

/// The runs of pages that the reader of statements may see.
pub(super) fn runs(is_kept_out: impl Fn(u32) -> bool, pages: &[Page], lines: &[Line]) -> Vec<Vec<Line>> {
    let mut runs: Vec<Vec<Line>> = Vec::new();
    let mut is_open = false;
    for page in pages {
        if is_kept_out(page.page) {
            is_open = false;
            continue;
        }
        if !is_open {
            runs.push(Vec::new());
            is_open = true;
        }
        if let Some(run) = runs.last_mut() {
            run.extend_from_slice(lines_of(lines, page.page));
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Puts kinds, papers and facts into a reading of statements.
pub(super) fn settle(reading: &mut Reading, mut kinds: Kinds, lines: &[Line], is_card: bool) {
    drop_accidents(reading, &kinds);
    for statement in &reading.statements {
        mark(&mut kinds, statement, is_card);
    }
    kinds.gather();
    let mut proved = Vec::new();
    for child in &kinds.children {
        proved.push(read_child(reading, child, lines));
    }
    let leading = leading(&kinds.children);
    if let Some(child) = leading.and_then(|index| kinds.children.get(index)) {
        reading.kind = child.kind;
        let is_proved = leading.and_then(|index| proved.get(index)) == Some(&Some(PaperProof::Proved));
        reading.kind_confidence = if is_proved { child.confidence.max(PROVED) } else { child.confidence };
    }
    for statement in reading.statements.iter().take(ACCOUNTS_MAX) {
        reading.facts.extend(facts::account_facts(&statement.account, lines_about(statement, &kinds, lines)));
    }
    let has_other_papers =
        kinds.children.iter().any(|child| child.kind != DocumentKind::Other && !is_statement(child.kind));
    let tells = |one: &Statement| !one.transactions.is_empty() || one.verdict == Verdict::Verified;
    if !reading.statements.iter().any(tells) && !has_other_papers {
        reading.findings.push(super::no_statement());
    }
    if kinds.children.len() > 1 {
        reading.page_kinds = kinds.pages;
        reading.children = kinds.children;
    }
}

/// The lines of the paper that a statement's rows stand in, as far as its account is named there.
fn lines_about<'a>(statement: &Statement, kinds: &Kinds, lines: &'a [Line]) -> &'a [Line] {
    let page = pages_of(statement).next();
    let child = page.and_then(|page| kinds.children.iter().find(|child| child.has(page)));
    let start = child.map_or(0, |child| lines.partition_point(|line| line.page < child.first_page));
    let own = lines.get(start..).unwrap_or_default();
    own.get(..ACCOUNT_LINES_MAX).unwrap_or(own)
}

const fn is_statement(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::BankStatement | DocumentKind::CardStatement)
}

/// Rows that nothing proves, on pages that say nothing of a statement, are tables of another paper.
fn drop_accidents(reading: &mut Reading, kinds: &Kinds) {
    reading.statements.retain(|statement| {
        statement.verdict == Verdict::Verified || links(statement) >= LINKS_MIN || {
            pages_about(statement, kinds).any(|page| match kinds.kind_of(page) {
                DocumentKind::BankStatement | DocumentKind::CardStatement => true,
                DocumentKind::Other => kinds.statement_share(page) >= WORTH_A_STATEMENT,
                DocumentKind::Invoice
                | DocumentKind::Payslip
                | DocumentKind::ProfitAndLoss
                | DocumentKind::BalanceSheet
                | DocumentKind::TaxForm
                | DocumentKind::ApplicationForm
                | DocumentKind::Identity => false,
            })
        }
    });
    if reading.statements.is_empty() {
        // What was noticed while accidents were read is no news about this document.
        reading.findings.clear();
    }
}

fn links(statement: &Statement) -> usize {
    let mut before = None;
    let mut links = 0;
    for row in &statement.transactions {
        let expected =
            before.and_then(|balance: smartexus_domain::Money| balance.checked_add(row.amount).ok());
        links += usize::from(row.balance.is_some() && row.balance == expected);
        before = row.balance.or(expected);
    }
    links
}

fn pages_of(statement: &Statement) -> impl Iterator<Item = u32> + '_ {
    statement.transactions.iter().filter_map(|row| row.source.map(|source| source.page))
}

/// The same; for an account on which nothing happened every page of the file.
fn pages_about<'a>(statement: &'a Statement, kinds: &Kinds) -> impl Iterator<Item = u32> + use<'a> {
    let has_end = statement.opening_balance.is_some() || statement.closing_balance.is_some();
    let is_quiet = has_end && statement.transactions.is_empty();
    let all: Vec<u32> = kinds.pages.iter().filter(|_| is_quiet).map(|page| page.page).collect();
    pages_of(statement).chain(all)
}

/// Pages with rows are pages of a statement, whatever their words say; those that follow from balances are so by proof.
/// Rows that nothing proves do not outweigh a page that proves to be something else.
fn mark(kinds: &mut Kinds, statement: &Statement, is_card: bool) {
    let kind = if is_card { DocumentKind::CardStatement } else { DocumentKind::BankStatement };
    let is_proved = statement.verdict == Verdict::Verified || links(statement) >= LINKS_MIN;
    let (confidence, method) =
        if is_proved { (PROVED, KindMethod::Identity) } else { (UNPROVED, KindMethod::Words) };
    for page in pages_about(statement, kinds).collect::<BTreeSet<u32>>() {
        if is_proved || !kinds.is_kept_from_statements(page) {
            kinds.settle(page, kind, confidence, method);
        }
    }
}

/// The facts of one paper, and whether they prove it; `None` for those that have none.
fn read_child(reading: &mut Reading, child: &ChildDocument, lines: &[Line]) -> Option<PaperProof> {
    let start = lines.partition_point(|line| line.page < child.first_page);
    let end = lines.partition_point(|line| line.page <= child.last_page);
    let own = lines.get(start..end)?;
    match child.kind {
        DocumentKind::BankStatement | DocumentKind::CardStatement | DocumentKind::Other => return None,
        DocumentKind::Invoice
        | DocumentKind::Payslip
        | DocumentKind::ProfitAndLoss
        | DocumentKind::BalanceSheet
        | DocumentKind::TaxForm
        | DocumentKind::ApplicationForm
        | DocumentKind::Identity => {}
    }
    let read = facts::read(child.kind, own);
    let room = facts::FACTS_MAX.saturating_sub(reading.facts.len());
    if read.facts.len() > room {
        reading.findings.push(
            Finding::new("facts_cut", "The file has more facts than are kept.").on_page(child.first_page),
        );
    }
    reading.facts.extend(read.facts.into_iter().take(room).collect::<Vec<Fact>>());
    reading.findings.extend(read.findings);
    Some(read.proof)
}

/// The paper whose kind is the file's: a statement before all others, then any kind before `other`, then the one with
/// the most pages, then the first.
fn leading(children: &[ChildDocument]) -> Option<usize> {
    let rank = |child: &ChildDocument| {
        let class = match child.kind {
            DocumentKind::BankStatement | DocumentKind::CardStatement => 2,
            DocumentKind::Other => 0,
            DocumentKind::Invoice
            | DocumentKind::Payslip
            | DocumentKind::ProfitAndLoss
            | DocumentKind::BalanceSheet
            | DocumentKind::TaxForm
            | DocumentKind::ApplicationForm
            | DocumentKind::Identity => 1,
        };
        (class, child.pages())
    };
    let mut best: Option<usize> = None;
    for (index, child) in children.iter().enumerate() {
        if best.and_then(|best| children.get(best)).is_none_or(|leader| rank(child) > rank(leader)) {
            best = Some(index);
        }
    }
    best
}
