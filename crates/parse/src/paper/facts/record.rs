//! The facts of one paper in the making.

use super::figures::{self, Figure, Notation};
use super::sheet::{Sheet, Value};
use super::{FACTS_MAX, PaperFacts};
use crate::paper::line::Line;
use smartexus_domain::{
    DateOrder, DateToken, DocumentKind, Fact, Finding, PaperProof, PartialDate, PrintedYear, Source,
    prove_paper,
};

/// Most lines of one paper that are looked at; beyond, nothing of it is proved.
const LINES_MAX: usize = 5_000;
/// What is proved, what a label names, what stands where such things stand, and what contradicts itself.
const PROVED: f64 = 0.99;
const LABELLED: f64 = 0.85;
const PLACED: f64 = 0.7;
const BROKEN: f64 = 0.5;

pub(in crate::paper) struct Record<'a> {
    pub(in crate::paper) sheet: Sheet<'a>,
    pub(in crate::paper) notation: Notation,
    order: Option<DateOrder>,
    facts: Vec<Fact>,
    findings: Vec<Finding>,
    /// Facts that the arithmetic is about.
    figures: Vec<usize>,
    is_full: bool,
}

impl<'a> Record<'a> {
    pub(in crate::paper) fn new(lines: &'a [Line]) -> Self {
        let is_full = lines.len() > LINES_MAX;
        let lines = lines.get(..LINES_MAX).unwrap_or(lines);
        let notation = Notation::of(lines, figures::currency(lines), 1);
        Self {
            sheet: Sheet::new(lines),
            notation,
            order: order(lines),
            facts: Vec::new(),
            findings: Vec::new(),
            figures: Vec::new(),
            is_full,
        }
    }

    fn push(&mut self, key: impl Into<String>, value: String, confidence: f64, source: Source) {
        if self.facts.len() >= FACTS_MAX {
            self.is_full = true;
        } else if !value.is_empty() {
            self.facts.push(Fact { key: key.into(), value, confidence, source: Some(source) });
        }
    }

    /// A text beside its label.
    #[expect(clippy::float_arithmetic, reason = "confidences")]
    pub(in crate::paper) fn labelled(&mut self, key: impl Into<String>, value: Option<Value>) {
        if let Some(value) = value {
            self.push(key, value.text, LABELLED * value.confidence, value.source);
        }
    }

    /// A text without a label, where such texts stand.
    #[expect(clippy::float_arithmetic, reason = "confidences")]
    pub(in crate::paper) fn placed(&mut self, key: impl Into<String>, value: Option<Value>) {
        if let Some(value) = value {
            self.push(key, value.text, PLACED * value.confidence, value.source);
        }
    }

    /// A text that is known without doubt where it stands, such as the label of a line.
    pub(in crate::paper) fn text(&mut self, key: impl Into<String>, value: String, source: Source) {
        self.push(key, value, LABELLED, source);
    }

    /// Something that check digits prove.
    pub(in crate::paper) fn checked(&mut self, key: &str, value: String, source: Source) {
        self.push(key, value, PROVED, source);
    }

    /// A day: ISO if only one day can be meant.
    #[expect(clippy::float_arithmetic, reason = "confidences")]
    pub(in crate::paper) fn day(&mut self, key: impl Into<String>, value: Option<Value>) {
        let Some(value) = value else { return };
        let Some(date) = value.date else { return };
        let key = key.into();
        // Of two digits nothing says in which century somebody was born.
        let is_open = key.ends_with(".dob") && !matches!(date.year(), PrintedYear::Full(_));
        match iso(date, self.order).filter(|_| !is_open) {
            Some(day) => self.push(key, day, LABELLED * value.confidence, value.source),
            None => {
                let message =
                    format!("The day of {key} can be read in more than one way; it stands as printed.");
                self.findings.push(Finding::new("ambiguous_date", message).on_page(value.source.page));
                self.push(key, value.text, BROKEN, value.source);
            }
        }
    }

    /// A figure; gives its minor units. A figure that cannot be read leaves nothing.
    pub(in crate::paper) fn figure(
        &mut self,
        key: impl Into<String>,
        figure: &Figure<'_>,
        page: u32,
    ) -> Option<i64> {
        let minor = self.notation.minor(figure)?;
        self.amount(key, minor, figure, page);
        Some(minor)
    }

    /// A figure whose sign the paper says elsewhere.
    pub(in crate::paper) fn amount(
        &mut self,
        key: impl Into<String>,
        minor: i64,
        figure: &Figure<'_>,
        page: u32,
    ) {
        let source = Source { page, bounds: figure.token.bounds };
        let text = self.notation.text(minor);
        self.figures.push(self.facts.len());
        self.push(key, text, figure.token.confidence, source);
    }

    /// What follows from several facts and stands nowhere by itself, such as which lines a sum is made of.
    pub(in crate::paper) fn derived(&mut self, key: impl Into<String>, value: String, source: Source) {
        self.figures.push(self.facts.len());
        self.push(key, value, 1.0, source);
    }

    pub(in crate::paper) fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Proves the facts; what is not proved is not certain.
    #[expect(clippy::float_arithmetic, reason = "confidences")]
    pub(in crate::paper) fn prove(mut self, kind: DocumentKind) -> PaperFacts {
        let proved = prove_paper(kind, &self.facts.iter().collect::<Vec<_>>());
        let is_doubtful = self.is_full || (self.notation.is_ambiguous && !self.figures.is_empty());
        let proof = if is_doubtful && proved.proof == PaperProof::Proved {
            PaperProof::Unproved
        } else {
            proved.proof
        };
        let factor = match proof {
            PaperProof::Proved => PROVED,
            PaperProof::Unproved => PLACED,
            PaperProof::Failed => BROKEN,
        };
        for index in &self.figures {
            if let Some(fact) = self.facts.get_mut(*index) {
                fact.confidence *= factor;
            }
        }
        let page = self.sheet.lines.first().map_or(1, |line| line.page);
        for broken in proved.equations.iter().filter(|equation| !equation.holds()) {
            let message = format!(
                "{}: the other figures give {}, printed is {}.",
                broken.about, broken.expected, broken.found
            );
            self.findings.push(Finding::new(broken.code, message).on_page(page));
        }
        if let (PaperProof::Unproved, Some((code, message))) = (proof, unproved(kind)) {
            self.findings.push(Finding::new(code, message).on_page(page));
        }
        if is_doubtful && self.notation.is_ambiguous {
            let message = "Amounts such as 1.234 can be read either way; nothing printed decides.";
            self.findings.push(Finding::new("ambiguous_number", message).on_page(page));
        }
        PaperFacts { facts: self.facts, findings: self.findings, proof }
    }
}

/// What is said of a paper whose arithmetic is not complete.
const fn unproved(kind: DocumentKind) -> Option<(&'static str, &'static str)> {
    match kind {
        DocumentKind::Invoice => {
            Some(("invoice_unproved", "Lines, tax and total of the invoice could not be tied together."))
        }
        DocumentKind::Payslip => {
            Some(("payslip_unproved", "Gross, deductions and net could not be tied together."))
        }
        DocumentKind::ProfitAndLoss => {
            Some(("profit_and_loss_unproved", "Not every line could be tied to the result of the account."))
        }
        DocumentKind::BalanceSheet => {
            Some(("balance_sheet_unproved", "The two sides of the balance sheet could not be tied together."))
        }
        DocumentKind::TaxForm => {
            Some(("tax_form_unproved", "A tax form prints nothing that proves its figures."))
        }
        DocumentKind::ApplicationForm => {
            Some(("application_form_unproved", "An application form prints nothing that proves its entries."))
        }
        DocumentKind::Identity => {
            Some(("identity_unproved", "No machine-readable zone with right check digits was found."))
        }
        DocumentKind::BankStatement | DocumentKind::CardStatement | DocumentKind::Other => None,
    }
}

/// The order that days of the paper prove; `None` where none does, or where they contradict each other.
fn order(lines: &[Line]) -> Option<DateOrder> {
    // Without a year it may be a number: 12.30.
    let dated = |date: &DateToken| !matches!(date.year(), PrintedYear::Missing);
    let mut proved =
        lines.iter().flat_map(|line| &line.tokens).filter_map(|t| t.date.filter(dated)?.proves_order());
    let first = proved.next()?;
    proved.all(|other| other == first).then_some(first)
}

fn iso(date: DateToken, order: Option<DateOrder>) -> Option<String> {
    let in_order = |order| date.resolve(order).and_then(PartialDate::complete);
    let day = match order.or_else(|| date.proves_order()) {
        Some(order) => in_order(order)?,
        None => {
            let (a, b) = (in_order(DateOrder::DayMonth), in_order(DateOrder::MonthDay));
            if a != b {
                return None;
            }
            a?
        }
    };
    Some(day.to_string())
}
