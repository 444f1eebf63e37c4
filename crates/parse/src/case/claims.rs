//! What papers of a case that are no statements say about money that statements would show: payslips about what was paid
//! out, application forms about what a business takes in.

use jiff::civil::Date;
use smartexus_domain::{DocumentKind, Fact, StatementResult};

/// A figure that contradicts its own paper or was hardly read says nothing about another paper.
const CONFIDENCE_MIN: f64 = 0.5;
/// Claims of one document that are kept.
const CLAIMS_MAX: usize = 256;

/// What the papers of one document claim.
#[derive(Debug, Clone, Default)]
pub(super) struct Claims {
    pub(super) pays: Vec<Pay>,
    pub(super) turnovers: Vec<Turnover>,
}

/// One payslip.
#[derive(Debug, Clone, Default)]
pub(super) struct Pay {
    /// Decimal, as facts have it.
    pub(super) net: Option<String>,
    pub(super) paid_on: Option<Date>,
    pub(super) period_end: Option<Date>,
    pub(super) employer: Option<String>,
    pub(super) employee: Option<String>,
    has_gross: bool,
}

/// What a form says that a business takes in.
#[derive(Debug, Clone)]
pub(super) struct Turnover {
    /// As printed.
    pub(super) printed: String,
    /// Months that the figure is about.
    pub(super) months: i64,
}

impl Claims {
    pub(super) fn of(result: &StatementResult) -> Self {
        let mut claims = Self { pays: pays(&result.facts), turnovers: turnovers(&result.facts) };
        let kinds = result.document.children.iter().map(|child| child.kind);
        if !kinds.chain([result.document.kind]).any(|kind| kind == DocumentKind::ApplicationForm) {
            claims.turnovers.clear();
        }
        claims
    }
}

/// The facts of payslips in their order; one that was said already begins the next payslip.
fn pays(facts: &[Fact]) -> Vec<Pay> {
    let mut pays: Vec<Pay> = Vec::new();
    for fact in facts {
        let Some(key) = fact.key.strip_prefix("payslip.") else { continue };
        if pays.is_empty() || pays.last().is_some_and(|pay| pay.says(key)) {
            if pays.len() == CLAIMS_MAX {
                break;
            }
            pays.push(Pay::default());
        }
        if let Some(pay) = pays.last_mut() {
            pay.take(key, fact);
        }
    }
    pays.retain(|pay| pay.net.is_some());
    pays
}

impl Pay {
    /// Whether the payslip has a fact of this key that each has once.
    fn says(&self, key: &str) -> bool {
        match key {
            "net" => self.net.is_some(),
            "gross" => self.has_gross,
            "pay_date" => self.paid_on.is_some(),
            "employer" => self.employer.is_some(),
            "employee" => self.employee.is_some(),
            _ => false,
        }
    }

    fn take(&mut self, key: &str, fact: &Fact) {
        let text = || Some(fact.value.clone());
        match key {
            "net" if fact.confidence >= CONFIDENCE_MIN => self.net = text(),
            "gross" => self.has_gross = true,
            "pay_date" => self.paid_on = fact.value.parse().ok(),
            "period_end" => self.period_end = fact.value.parse().ok().or(self.period_end),
            "employer" => self.employer = text(),
            "employee" => self.employee = text(),
            _ => {}
        }
    }
}

fn turnovers(facts: &[Fact]) -> Vec<Turnover> {
    let months = |key: &str| match key {
        "business.monthly_revenue" => Some(1),
        "business.annual_revenue" => Some(12),
        _ => None,
    };
    let said = facts.iter().filter(|fact| fact.confidence >= CONFIDENCE_MIN);
    said.filter_map(|fact| Some(Turnover { printed: fact.value.clone(), months: months(&fact.key)? }))
        .take(CLAIMS_MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(key: &str, value: &str, confidence: f64) -> Fact {
        Fact { key: key.to_owned(), value: value.to_owned(), confidence, source: None }
    }

    #[test]
    fn payslips_of_one_file_are_told_apart() {
        let facts = [
            fact("payslip.employer", "Wexcombe Labs", 0.8),
            fact("payslip.pay_date", "2026-03-31", 0.8),
            fact("payslip.gross", "3000.00", 0.99),
            fact("payslip.net", "2345.67", 0.99),
            fact("payslip.employer", "Wexcombe Labs", 0.8),
            fact("payslip.period_end", "2026-04-30", 0.8),
            fact("payslip.net", "2300.00", 0.99),
            fact("payslip.employer", "Wexcombe Labs", 0.8),
            fact("payslip.net", "1.00", 0.2),
        ];
        let pays = pays(&facts);
        let nets: Vec<_> = pays.iter().map(|pay| pay.net.as_deref()).collect();
        assert_eq!(nets, [Some("2345.67"), Some("2300.00")], "one that was hardly read says nothing");
        assert!(pays[0].paid_on.is_some() && pays[0].period_end.is_none());
        assert!(pays[1].paid_on.is_none() && pays[1].period_end.is_some());
    }
}
