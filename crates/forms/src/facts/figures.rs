//! Facts out of what the ledgers of a case come to. Only what a form asks for and rows can say: net pay is no salary, so
//! income is left to pay slips and tax forms; twelve months are a year, fewer are not.

use super::book::FactBook;
use super::fact::{ClientFact, FactStatus};
use jiff::civil::Date;
use smartexus_domain::{Basis, Cadence, Currency, Figure, Figures, FlowKind, FlowPeriod, Money};
use std::collections::BTreeSet;

/// A figure over proved ledgers without a gap.
const CONFIDENCE: f64 = 0.9;
/// Something under it is not proved, or days are missing: proposed, not filled.
const DOUBTFUL: f64 = 0.5;
/// Months of a year, and of the averages that are asked for first.
const YEAR: usize = 12;
const AVERAGES: [&str; 3] = ["true_revenue_average_12", "true_revenue_average_6", "true_revenue_average_3"];
/// Rows that one fact lists.
const ROWS_MAX: usize = 1_000;
const RENT: &str = "hou.rent";

impl FactBook {
    /// Adds what figures say: revenue of a business, the lenders that are being paid, the rent. `name` is how the case is
    /// called among the sources. A business is known by its name, so facts of its documents come first; lenders are left
    /// out where a document lists debts already, because nothing tells the same debt under two names.
    pub fn add_figures(&mut self, figures: &Figures, name: &str) {
        let source = |what: &str| format!("{name}: {what}");
        if self.facts.iter().any(|fact| fact.key == "business.legal_name") {
            self.facts.extend(revenue(figures, &source));
        }
        if self.count_of("debt") == 0 {
            self.facts.extend(debts(figures, &source));
        }
        self.facts.extend(rent(figures, &source));
    }
}

/// What a figure was worked out from.
struct Behind<'f> {
    /// The case and the name of the figure in it.
    document: String,
    rows: Vec<&'f String>,
    left_out: u32,
}

impl<'f> Behind<'f> {
    fn rows(document: String, rows: &'f [String], left_out: u32) -> Self {
        Self { document, rows: rows.iter().collect(), left_out }
    }
}

/// Rows beyond those that a fact lists.
fn over(rows: usize) -> u32 {
    u32::try_from(rows.saturating_sub(ROWS_MAX)).unwrap_or(u32::MAX)
}

/// A derived fact; the day from which it holds is that of the figures.
fn fact(
    figures: &Figures,
    key: impl Into<String>,
    value: String,
    confidence: f64,
    behind: Behind<'_>,
) -> ClientFact {
    ClientFact {
        key: key.into(),
        value,
        confidence,
        status: FactStatus::Derived,
        document: Some(behind.document),
        source: None,
        rows: behind.rows.iter().take(ROWS_MAX).cloned().cloned().collect(),
        rows_left_out: behind.left_out.saturating_add(over(behind.rows.len())),
        valid_from: figures.as_of.map(|day| day.to_string()),
    }
}

const fn confidence_of(basis: Basis) -> f64 {
    match basis {
        Basis::Verified => CONFIDENCE,
        Basis::IncludesUnverified => DOUBTFUL,
    }
}

/// Which way the money of a figure goes.
#[derive(Clone, Copy)]
enum Flow {
    In,
    Out,
}

/// An amount without its sign, and with its currency, so that no form of another one takes it. `None` where it goes the
/// other way: revenue below nothing is no revenue.
fn magnitude(text: &str, code: &str, flow: Flow) -> Option<String> {
    let money = Money::from_decimal(text, Currency::from_code(code)?).ok()?;
    let money = match flow {
        Flow::In => money,
        Flow::Out => money.checked_neg().ok()?,
    };
    (money.minor() >= 0).then(|| format!("{money} {code}"))
}

fn revenue(figures: &Figures, source: &impl Fn(&str) -> String) -> Vec<ClientFact> {
    let mut facts = Vec::new();
    let is_known = |figure: &&Figure, key: &str| {
        figure.key == key && figure.account == Figures::ALL && figure.is_whole && figure.value.is_some()
    };
    let longest =
        AVERAGES.into_iter().find(|key| figures.figures.iter().any(|figure| is_known(&figure, key)));
    let monthly = longest.map(|key| figures.figures.iter().filter(move |figure| is_known(figure, key)));
    for figure in monthly.into_iter().flatten() {
        let Some((code, value)) = figure.currency.as_deref().zip(figure.value.as_deref()) else { continue };
        let confidence = if figure.coverage < 1.0 { DOUBTFUL } else { confidence_of(figure.basis) };
        if let Some(value) = magnitude(value, code, Flow::In) {
            let behind = Behind::rows(source(&figure.key), &figure.rows, figure.rows_left_out);
            facts.push(fact(figures, "business.monthly_revenue", value, confidence, behind));
        }
    }
    let codes: BTreeSet<&str> =
        figures.cash_flow.iter().filter_map(|period| period.currency.as_deref()).collect();
    for code in codes {
        if let Some(year) = year(figures, code) {
            let behind = Behind {
                document: source("true_revenue of twelve months"),
                rows: year.months.iter().flat_map(|month| &month.rows).collect(),
                left_out: year.months.iter().fold(0, |sum, month| sum.saturating_add(month.rows_left_out)),
            };
            let confidence = confidence_of(year.basis);
            facts.push(fact(figures, "business.annual_revenue", year.value, confidence, behind));
        }
    }
    facts
}

struct Year<'f> {
    value: String,
    basis: Basis,
    months: Vec<&'f FlowPeriod>,
}

/// The last twelve whole months that follow each other.
fn year<'f>(figures: &'f Figures, code: &str) -> Option<Year<'f>> {
    let is_month = |period: &&FlowPeriod| {
        period.kind == FlowKind::Month
            && period.account == Figures::ALL
            && period.currency.as_deref() == Some(code)
            && !period.is_partial
    };
    let mut months: Vec<&FlowPeriod> = figures.cash_flow.iter().filter(is_month).collect();
    months.sort_by_key(|month| month.period.start);
    let last = months.get(months.len().checked_sub(YEAR)?..)?;
    let follows = |pair: &[&FlowPeriod]| match pair {
        [before, after] => before.period.end.tomorrow().is_ok_and(|day: Date| day == after.period.start),
        _ => false,
    };
    if !last.windows(2).all(follows) {
        return None;
    }
    let currency = Currency::from_code(code)?;
    let sum = last.iter().try_fold(Money::new(0, currency), |sum, month| {
        sum.checked_add(Money::from_decimal(month.true_revenue.as_deref()?, currency).ok()?).ok()
    })?;
    let basis = last.iter().map(|month| month.basis).max()?;
    Some(Year { value: magnitude(&sum.to_string(), code, Flow::In)?, basis, months: last.to_vec() })
}

/// Lenders that are being paid; what they are paid a month, where they are paid monthly.
fn debts(figures: &Figures, source: &impl Fn(&str) -> String) -> Vec<ClientFact> {
    let active = figures.positions.iter().filter(|position| position.is_active && position.payments > 0);
    let mut facts = Vec::new();
    for (at, position) in active.enumerate() {
        let confidence = confidence_of(position.basis);
        let behind = || Behind::rows(source(&position.id), &position.rows, 0);
        let key = |part: &str| format!("debt[{at}].{part}");
        facts.push(fact(figures, key("lender"), position.lender.clone(), confidence, behind()));
        let typical = position.typical.as_deref().filter(|_| position.cadence == Cadence::Monthly);
        let payment = typical.zip(position.currency.as_deref());
        if let Some(value) = payment.and_then(|(typical, code)| magnitude(typical, code, Flow::Out)) {
            facts.push(fact(figures, key("payment"), value, confidence, behind()));
        }
    }
    facts
}

/// The one rent that is paid every month.
fn rent(figures: &Figures, source: &impl Fn(&str) -> String) -> Option<ClientFact> {
    let is_rent = |series: &&smartexus_domain::Series| {
        series.category.as_deref() == Some(RENT) && !series.is_in && !series.is_possible
    };
    let mut rents = figures.recurring.iter().filter(is_rent);
    let (Some(only), None) = (rents.next(), rents.next()) else { return None };
    if only.cadence != Cadence::Monthly || !only.is_fixed {
        return None;
    }
    let account = figures.accounts.iter().find(|account| account.id == only.account)?;
    let is_proved = account.verdict == smartexus_domain::Verdict::Verified;
    let confidence = if is_proved { CONFIDENCE } else { DOUBTFUL };
    let value = magnitude(&only.typical, only.currency.as_deref()?, Flow::Out)?;
    Some(fact(
        figures,
        "expenses.rent_mortgage",
        value,
        confidence,
        Behind::rows(source(&only.id), &only.rows, 0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::{CoveredAccount, FigureUnit, Position, Series, Span, Verdict};

    fn empty() -> Figures {
        Figures {
            schema: Figures::SCHEMA.to_owned(),
            formulas: 1,
            as_of: Some(jiff::civil::date(2026, 3, 31)),
            choices: Vec::new(),
            accounts: Vec::new(),
            figures: Vec::new(),
            cash_flow: Vec::new(),
            recurring: Vec::new(),
            income_streams: Vec::new(),
            positions: Vec::new(),
            concentration: Vec::new(),
            returned_items: Vec::new(),
            noted: Vec::new(),
            missing_accounts: Vec::new(),
            tagged: Vec::new(),
            affordability: Vec::new(),
            prequalification: Vec::new(),
            statements: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn average(key: &str, value: Option<&str>, basis: Basis, coverage: f64) -> Figure {
        Figure {
            key: key.to_owned(),
            value: value.map(str::to_owned),
            unit: FigureUnit::Money,
            currency: Some("USD".to_owned()),
            period: None,
            is_whole: true,
            account: Figures::ALL.to_owned(),
            rows: Vec::new(),
            rows_left_out: 0,
            dates: Vec::new(),
            basis,
            coverage,
            not_computable: None,
            note: None,
        }
    }

    /// Whole months that end with March 2026, 1,000.00 of revenue each.
    fn months(count: i64, basis: Basis) -> Vec<FlowPeriod> {
        let month = |back: i64| {
            let first = jiff::civil::date(2026, 3, 1) - jiff::Span::new().months(back);
            FlowPeriod {
                kind: FlowKind::Month,
                period: Span { start: first, end: first.last_of_month() },
                account: Figures::ALL.to_owned(),
                currency: Some("USD".to_owned()),
                is_partial: false,
                covered_days: 30,
                opening: None,
                closing: None,
                money_in: "0.00".to_owned(),
                money_out: "0.00".to_owned(),
                net: "0.00".to_owned(),
                count_in: 0,
                count_out: 0,
                average_daily_balance: None,
                balance_min: None,
                balance_min_on: None,
                balance_max: None,
                balance_max_on: None,
                true_revenue: Some("1000.00".to_owned()),
                debt_payments: None,
                balance_to_revenue: None,
                negative_days: None,
                basis,
                not_computable: None,
                rows: Vec::new(),
                rows_left_out: 0,
            }
        };
        (0..count).map(month).collect()
    }

    fn position(id: &str, cadence: Cadence, is_active: bool) -> Position {
        Position {
            id: id.to_owned(),
            lender: format!("{id} Capital"),
            kind: "business_loan".to_owned(),
            known_by: Vec::new(),
            currency: Some("USD".to_owned()),
            received: "0.00".to_owned(),
            paid: "-900.00".to_owned(),
            payments: 3,
            typical: Some("-300.00".to_owned()),
            cadence,
            cost_per_business_day: None,
            is_active,
            events: Vec::new(),
            basis: Basis::Verified,
            rows: Vec::new(),
        }
    }

    fn book(keys: &[&str]) -> FactBook {
        let known = |key: &&str| {
            let behind = Behind::rows("application.pdf".to_owned(), &[], 0);
            fact(&empty(), *key, "Hedgerow Joinery LLC".to_owned(), 1.0, behind)
        };
        FactBook::new(keys.iter().map(known).collect())
    }

    /// Key, value and whether it is sure enough to be filled, of what figures add.
    fn added(figures: &Figures, keys: &[&str]) -> Vec<(String, String, bool)> {
        let mut book = book(keys);
        let before = book.facts.len();
        book.add_figures(figures, "case 7");
        let told = |fact: ClientFact| {
            assert_eq!(fact.status, FactStatus::Derived);
            assert!(fact.document.is_some_and(|from| from.starts_with("case 7: ")));
            (fact.key, fact.value, fact.confidence > 0.8)
        };
        book.facts.split_off(before).into_iter().map(told).collect()
    }

    fn of(facts: &[(&str, &str, bool)]) -> Vec<(String, String, bool)> {
        facts.iter().map(|(key, value, sure)| ((*key).to_owned(), (*value).to_owned(), *sure)).collect()
    }

    #[test]
    fn revenue_is_a_businesss_and_a_year_has_twelve_months() {
        let business: &[&str] = &["business.legal_name"];
        let (monthly, annual) = ("business.monthly_revenue", "business.annual_revenue");
        let mut figures = empty();
        figures.figures = vec![
            average(AVERAGES[0], None, Basis::Verified, 1.0),
            average(AVERAGES[1], Some("1100.00"), Basis::Verified, 1.0),
            average(AVERAGES[2], Some("1300.00"), Basis::Verified, 1.0),
        ];
        figures.cash_flow = months(11, Basis::Verified);
        assert_eq!(added(&figures, business), of(&[(monthly, "1100.00 USD", true)]), "the longest there is");
        assert_eq!(added(&figures, &[]), [], "nobody says that it is a business");
        figures.cash_flow = months(13, Basis::Verified);
        let year = of(&[(monthly, "1100.00 USD", true), (annual, "12000.00 USD", true)]);
        assert_eq!(added(&figures, business), year);
        figures.cash_flow[2].true_revenue = Some("-20000.00".to_owned());
        assert_eq!(added(&figures, business).len(), 1, "below nothing it is no revenue");
        figures.cash_flow = months(13, Basis::Verified);
        figures.cash_flow[4].is_partial = true;
        assert_eq!(added(&figures, business).len(), 1, "a month is missing");
        figures.cash_flow = months(12, Basis::IncludesUnverified);
        figures.figures[1].coverage = 0.9;
        let doubtful = of(&[(monthly, "1100.00 USD", false), (annual, "12000.00 USD", false)]);
        assert_eq!(added(&figures, business), doubtful);
    }

    #[test]
    fn lenders_that_are_paid_are_debts_unless_a_document_lists_debts() {
        let mut figures = empty();
        figures.positions = vec![
            position("Ended", Cadence::Monthly, false),
            position("Larch", Cadence::Monthly, true),
            position("Daily", Cadence::Daily, true),
        ];
        let expected = of(&[
            ("debt[0].lender", "Larch Capital", true),
            ("debt[0].payment", "300.00 USD", true),
            ("debt[1].lender", "Daily Capital", true),
        ]);
        assert_eq!(added(&figures, &[]), expected);
        assert_eq!(added(&figures, &["debt[0].lender"]), []);
    }

    #[test]
    fn one_fixed_monthly_rent_is_the_rent() {
        let series = Series {
            id: "s1".to_owned(),
            counterparty: "Dovecote Lets".to_owned(),
            account: "a1".to_owned(),
            currency: Some("USD".to_owned()),
            is_in: false,
            category: Some(RENT.to_owned()),
            cadence: Cadence::Monthly,
            is_possible: false,
            is_fixed: true,
            typical: "-1450.00".to_owned(),
            last: "-1450.00".to_owned(),
            last_on: jiff::civil::date(2026, 3, 1),
            next_on: None,
            missed: Vec::new(),
            drift: None,
            rows: Vec::new(),
        };
        let account = |verdict| CoveredAccount {
            id: "a1".to_owned(),
            name: "Bank …11".to_owned(),
            currency: Some("USD".to_owned()),
            kind: None,
            is_liability: false,
            verdict,
            covered: Vec::new(),
            covered_days: 0,
            gaps: Vec::new(),
            missing_months: Vec::new(),
            stale_days: 0,
            rows: 0,
        };
        let mut figures = empty();
        (figures.recurring, figures.accounts) = (vec![series.clone()], vec![account(Verdict::Verified)]);
        let rent = |sure| of(&[("expenses.rent_mortgage", "1450.00 USD", sure)]);
        assert_eq!(added(&figures, &[]), rent(true));
        figures.accounts = vec![account(Verdict::Unverifiable)];
        assert_eq!(added(&figures, &[]), rent(false));
        figures.recurring.push(series.clone());
        assert_eq!(added(&figures, &[]), [], "two rents: a person has to say");
        figures.recurring = vec![Series { cadence: Cadence::Weekly, ..series }];
        assert_eq!(added(&figures, &[]), [], "what is asked for is a month's");
    }
}
