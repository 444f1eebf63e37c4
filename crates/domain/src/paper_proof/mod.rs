//! The arithmetic of papers that are no statements: invoices, payslips, accounts, identity documents. It takes the facts
//! as they are printed in a result and nothing else, so that whoever holds the facts can prove them again.

mod accounts;
mod decimal;
mod identity;
mod invoice;
mod payslip;
mod sheet;

use crate::{ChildDocument, DocumentKind, Fact, Reading, Verdict};
pub use decimal::Decimal;
use sheet::Sheet;

/// What the arithmetic says of one paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperProof {
    /// Its identity is printed in full, and it holds.
    Proved,
    /// Nothing contradicts, but something needed is not printed, was not read, or there is no identity for its kind.
    Unproved,
    /// An equation does not hold.
    Failed,
}

/// One equation of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// Code of the finding where it does not hold: `invoice_total_mismatch`.
    pub code: &'static str,
    /// What it is about, for people: `subtotal + tax = total`.
    pub about: String,
    /// What the other figures give.
    pub expected: String,
    /// What is printed.
    pub found: String,
}

impl Equation {
    /// Whether both sides are the same.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.expected == self.found
    }

    fn new(code: &'static str, about: impl Into<String>, expected: Decimal, found: Decimal) -> Self {
        Self { code, about: about.into(), expected: expected.to_string(), found: found.to_string() }
    }
}

/// A paper's equations, and what follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperEquations {
    /// Those whose every term is printed.
    pub equations: Vec<Equation>,
    /// What follows.
    pub proof: PaperProof,
}

impl PaperEquations {
    fn none() -> Self {
        Self { equations: Vec::new(), proof: PaperProof::Unproved }
    }

    /// `is_whole`: everything that belongs into the equations was there.
    fn of(equations: Vec<Equation>, is_whole: bool) -> Self {
        let proof = match equations.iter().all(Equation::holds) {
            false => PaperProof::Failed,
            true if is_whole && !equations.is_empty() => PaperProof::Proved,
            true => PaperProof::Unproved,
        };
        Self { equations, proof }
    }
}

/// Proves one paper of a kind from its facts.
///
/// | kind | proved if |
/// |---|---|
/// | `invoice` | Σ lines = subtotal (or total), subtotal + charges − discounts + tax = total, and what is due follows |
/// | `payslip` | gross − deductions = net, the lists sum to their totals, the same of the year to date where printed |
/// | `profit_and_loss` | each sum is that of the lines it names, and the result sums every line, in every column |
/// | `balance_sheet` | the same, and both sides are equal |
/// | `identity` | the check digits of its machine-readable zone hold |
///
/// Other kinds have no identity of their own and are never proved.
#[must_use]
pub fn prove_paper(kind: DocumentKind, facts: &[&Fact]) -> PaperEquations {
    let sheet = Sheet::new(facts);
    match kind {
        DocumentKind::Invoice => invoice::prove(&sheet),
        DocumentKind::Payslip => payslip::prove(&sheet),
        DocumentKind::ProfitAndLoss => accounts::profit_and_loss(&sheet),
        DocumentKind::BalanceSheet => accounts::balance_sheet(&sheet),
        DocumentKind::Identity => identity::prove(&sheet),
        DocumentKind::BankStatement
        | DocumentKind::CardStatement
        | DocumentKind::TaxForm
        | DocumentKind::ApplicationForm
        | DocumentKind::Other => PaperEquations::none(),
    }
}

/// Whether every paper of a reading is proved: each statement is verified, and each other paper by its own identity.
///
/// A file without anything that can be proved is not. In a file of statements, pages of kind `other` are not asked: the
/// reader of statements has seen them. Beside other papers they are, because nobody read what they say.
#[must_use]
pub fn is_proved(reading: &Reading) -> bool {
    let verified = reading.statements.iter().all(|statement| statement.verdict == Verdict::Verified);
    let whole = ChildDocument {
        kind: reading.kind,
        confidence: reading.kind_confidence,
        first_page: 0,
        last_page: u32::MAX,
    };
    let papers = if reading.children.is_empty() { vec![&whole] } else { reading.children.iter().collect() };
    let has_others =
        papers.iter().any(|paper| !is_statement(paper.kind) && paper.kind != DocumentKind::Other);
    verified
        && papers.iter().all(|paper| match paper.kind {
            DocumentKind::BankStatement | DocumentKind::CardStatement => has_statement(reading, paper),
            DocumentKind::Other => !has_others && !reading.statements.is_empty(),
            DocumentKind::Invoice
            | DocumentKind::Payslip
            | DocumentKind::ProfitAndLoss
            | DocumentKind::BalanceSheet
            | DocumentKind::TaxForm
            | DocumentKind::ApplicationForm
            | DocumentKind::Identity => {
                let facts: Vec<&Fact> = facts_of(reading, paper).collect();
                prove_paper(paper.kind, &facts).proof == PaperProof::Proved && !is_doubtful(reading)
            }
        })
}

/// Figures that can be meant in two ways prove nothing, even where they add up in one of them.
fn is_doubtful(reading: &Reading) -> bool {
    reading.findings.iter().any(|finding| finding.code == "ambiguous_number" || finding.code == "facts_cut")
}

/// The facts of one paper of a reading: those that stand on its pages.
pub fn facts_of<'a>(reading: &'a Reading, paper: &'a ChildDocument) -> impl Iterator<Item = &'a Fact> {
    reading.facts.iter().filter(|fact| fact.source.is_none_or(|source| paper.has(source.page)))
}

const fn is_statement(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::BankStatement | DocumentKind::CardStatement)
}

/// A paper that says it is a statement and gave none is not read.
fn has_statement(reading: &Reading, paper: &ChildDocument) -> bool {
    let stands_on = |row: &crate::Transaction| row.source.is_none_or(|source| paper.has(source.page));
    reading.statements.iter().any(|one| one.transactions.is_empty() || one.transactions.iter().any(stands_on))
}

#[cfg(test)]
mod tests;
