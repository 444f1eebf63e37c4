//! Key facts of papers that are no statements, and the arithmetic that proves them.
//!
//! Values are normalized by these rules and no others: amounts are decimal strings with the minor digits of their
//! currency (two where it is unknown), scaled where a heading says "in thousands"; days are ISO where nothing printed
//! leaves the order of day and month open, else they stay as printed under a finding `ambiguous_date`; quantities and
//! rates are plain decimal strings; everything else is text as printed with white space folded.

mod accounts;
mod accounts_table;
mod bank;
mod figures;
mod form;
mod identity;
mod invoice;
mod items;
mod party;
mod payslip;
mod payslip_columns;
mod record;
mod sheet;
mod sums;
mod tax;

pub(super) use bank::account_facts;
pub(super) use identity::zone;
pub(super) use tax::code as tax_code;

use super::line::Line;
use record::Record;
use smartexus_domain::{DocumentKind, Fact, Finding, PaperProof};

/// Most facts of one paper: what is beyond is left out, and then nothing is proved.
pub(super) const FACTS_MAX: usize = 5_000;

/// What was read from one paper.
pub(super) struct PaperFacts {
    pub(super) facts: Vec<Fact>,
    pub(super) findings: Vec<Finding>,
    pub(super) proof: PaperProof,
}

/// Reads the facts of a paper of a kind from its lines and proves them.
pub(super) fn read(kind: DocumentKind, lines: &[Line]) -> PaperFacts {
    let mut record = Record::new(lines);
    match kind {
        DocumentKind::Invoice => invoice::read(&mut record),
        DocumentKind::Payslip => payslip::read(&mut record),
        DocumentKind::ProfitAndLoss => accounts::read(&mut record, accounts::Paper::ProfitAndLoss),
        DocumentKind::BalanceSheet => accounts::read(&mut record, accounts::Paper::BalanceSheet),
        DocumentKind::TaxForm => tax::read(&mut record),
        DocumentKind::Identity => identity::read(&mut record),
        DocumentKind::ApplicationForm => form::read(&mut record),
        DocumentKind::BankStatement | DocumentKind::CardStatement | DocumentKind::Other => {}
    }
    record.prove(kind)
}
