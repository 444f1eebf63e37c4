//! An invented client with 24 statements: a current account of a year, a savings account with a gap, and a card whose last
//! statement is not proved. Its figures are simple sums: what `analyze` does is not this crate's matter.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use smartexus_domain::{
    Account, Basis, Cadence, Case, CaseAccount, CaseDocumentFacts, CaseStatement, Categorization, CategoryId,
    Check, CheckName, Choice, CounterpartyShare, CoveredAccount, Currency, DocumentFacts, DocumentKind,
    DocumentSource, Figure, FigureUnit, Figures, FinancialStatement, FinancialStatementKind, Finding,
    FlowKind, FlowPeriod, Gap, IncomeKind, IncomeStream, JoinedBy, LedgerProof, LedgerRow, MediaType, Method,
    MissingAccount, Money, NotComputable, Outcome, Period, Position, PositionEvent, PositionEventKind, Proof,
    ProvedPart, Rect, ResultStatus, ReturnedItems, RowRef, RowStatus, Series, Source, Span, Statement,
    StatementLine, StatementRef, StatementResult, StreamStatus, Totals, Transaction, Transfer, Verdict,
};
use std::collections::BTreeMap;

/// A case with everything that reports are made from.
pub struct Sample {
    /// The case.
    pub case: Case,
    /// One result a statement.
    pub results: Vec<StatementResult>,
    /// Simple sums.
    pub figures: Figures,
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

struct Plan {
    id: &'static str,
    account: Account,
    months: Vec<Date>,
    opening: i64,
    rows: u64,
    unproved_last: bool,
}

type Kind = (&'static str, &'static str, &'static str, i64, i64);

const IN: [Kind; 3] = [
    ("Harbour Card Services", "CARD SETTLEMENT HARBOUR CS {n}", "rev.card_settlement", 18_000, 140_000),
    ("Quayside Cafe Group", "FASTER PAYMENT QUAYSIDE CAFE INV {n}", "rev.customer_payment", 40_000, 220_000),
    ("Larkfield School", "BACS LARKFIELD SCHOOL CATERING {n}", "rev.customer_payment", 60_000, 180_000),
];
const OUT: [Kind; 6] = [
    ("Miller & Daughters Flour", "CARD PURCHASE MILLER & DAUGHTERS {n}", "biz.inventory", 20_000, 90_000),
    ("Brightwater Energy", "DIRECT DEBIT BRIGHTWATER ENERGY", "biz.utilities", 18_000, 32_000),
    ("Dairy Lane Co-op", "FASTER PAYMENT DAIRY LANE COOP {n}", "biz.inventory", 9_000, 45_000),
    ("Pell Street Properties", "STANDING ORDER PELL STREET RENT", "biz.rent", 140_000, 140_001),
    ("Northgate Payroll", "BACS NORTHGATE PAYROLL RUN {n}", "biz.payroll", 220_000, 320_000),
    ("Swiftbridge Capital", "ACH DEBIT SWIFTBRIDGE CAPITAL", "lout.mca", 21_500, 21_501),
];

/// The whole sample.
pub fn sample() -> Sample {
    let usd = Currency::from_code("USD").unwrap();
    let months = |year: i16, from: i8, count: i32| -> Vec<Date> {
        (0..count).map(|n| date(year, from, 1).checked_add(n.months()).unwrap()).collect()
    };
    let account = |number: &str, kind: &str, bank: &str| Account {
        institution: Some(bank.to_owned()),
        holders: vec!["Harbour Street Bakery LLC".to_owned()],
        number: Some(number.to_owned()),
        routing_number: (kind != "credit_card").then(|| "011000015".to_owned()),
        kind: Some(kind.to_owned()),
        currency: usd,
        ..Account::default()
    };
    let mut savings = months(2025, 7, 3);
    savings.extend(months(2025, 11, 3));
    let plans = [
        Plan {
            id: "a1f0c2d4e6b8a1f0c2d4e6b8",
            account: account("000123454417", "checking", "Cedar Prairie Bank"),
            months: months(2025, 3, 12),
            opening: 1_850_000,
            rows: 78,
            unproved_last: false,
        },
        Plan {
            id: "b2f0c2d4e6b8a1f0c2d4e6b9",
            account: account("000123459902", "savings", "Cedar Prairie Bank"),
            months: savings,
            opening: 900_000,
            rows: 3,
            unproved_last: false,
        },
        Plan {
            id: "c3f0c2d4e6b8a1f0c2d4e6c0",
            account: account("**** **** **** 7731", "credit_card", "Summit Ridge Card Services"),
            months: months(2025, 9, 6),
            opening: -120_000,
            rows: 22,
            unproved_last: true,
        },
    ];
    let mut dice = Dice(7);
    let (mut results, mut documents, mut accounts) = (Vec::new(), Vec::new(), Vec::new());
    for plan in &plans {
        accounts.push(fill(plan, &mut dice, &mut results, &mut documents));
    }
    let transfers = transfers(&accounts, &results);
    let case = Case {
        schema: Case::SCHEMA.to_owned(),
        documents,
        accounts,
        duplicates: Vec::new(),
        transfers,
        missing_pages: Vec::new(),
        signals: Vec::new(),
        figures: Vec::new(),
        findings: Vec::new(),
    };
    let figures = figures(&case, &results);
    Sample { case, results, figures }
}

fn month_span(month: Date) -> Span {
    Span { start: month, end: month.last_of_month() }
}

fn fill(
    plan: &Plan,
    dice: &mut Dice,
    results: &mut Vec<StatementResult>,
    documents: &mut Vec<CaseDocumentFacts>,
) -> CaseAccount {
    let mut balance = plan.opening;
    let (mut statements, mut ledger) = (Vec::new(), Vec::new());
    for month in &plan.months {
        let opening = balance;
        let is_last = plan.months.last() == Some(month);
        let verdict = if plan.unproved_last && is_last { Verdict::Unverifiable } else { Verdict::Verified };
        let rows = rows(plan, *month, dice, &mut balance);
        let number = u32::try_from(results.len()).unwrap() + 1;
        let file = format!("{}-{}.pdf", plan.account.kind.as_deref().unwrap(), month.strftime("%Y-%m"));
        for row in &rows {
            ledger.push(LedgerRow {
                id: format!("{number:04}{:020}", row.seq),
                at: RowRef { document: number, statement: 1, row: row.seq },
                date: row.date,
                amount: row.amount.to_string(),
                corroborated: 0,
                restored: false,
            });
        }
        let usd = plan.account.currency;
        let money = |minor| Money::new(minor, usd);
        let closing = (verdict == Verdict::Verified).then(|| money(balance));
        statements.push(CaseStatement {
            at: StatementRef { document: number, statement: 1 },
            covers: Some(month_span(*month)),
            period_stated: true,
            opening_balance: Some(money(opening).to_string()),
            closing_balance: closing.map(|money| money.to_string()),
            verdict,
            source: DocumentSource::Text,
            rows: u32::try_from(rows.len()).unwrap(),
            counted: u32::try_from(rows.len()).unwrap(),
            joined_by: JoinedBy::Number,
            other_dates: false,
        });
        let statement = Statement {
            account: plan.account.clone(),
            period: Period { start: Some(*month), end: Some(month.last_of_month()) },
            opening_balance: Some(money(opening)),
            closing_balance: closing,
            totals: Totals::default(),
            counts: Default::default(),
            verdict,
            proof: Some(Proof::Chain),
            unproved_because: match verdict {
                Verdict::Unverifiable => vec!["end_not_printed".to_owned()],
                Verdict::Verified | Verdict::Discrepancy => Vec::new(),
            },
            checks: vec![Check {
                check: CheckName::OpeningToClosing,
                outcome: if verdict == Verdict::Verified { Outcome::Pass } else { Outcome::NotStated },
                row: None,
                expected: closing.map(|money| money.to_string()),
                found: closing.map(|money| money.to_string()),
            }],
            repairs: Vec::new(),
            transactions: rows,
            pending: Vec::new(),
        };
        documents.push(document(number, &file));
        results.push(result(number, &file, statement));
    }
    close(plan, statements, ledger)
}

fn close(plan: &Plan, statements: Vec<CaseStatement>, ledger: Vec<LedgerRow>) -> CaseAccount {
    let mut parts: Vec<ProvedPart> = Vec::new();
    let mut gaps = Vec::new();
    for statement in &statements {
        let days = statement.covers.unwrap();
        let follows = parts.last().is_some_and(|part| part.days.end.tomorrow().unwrap() == days.start);
        if follows {
            let part = parts.last_mut().unwrap();
            part.days.end = days.end;
            part.rows += statement.rows;
            part.closing.clone_from(&statement.closing_balance);
        } else {
            if let Some(before) = parts.last() {
                let start = before.days.end.tomorrow().unwrap();
                let gap = Span { start, end: days.start.yesterday().unwrap() };
                gaps.push(Gap { days: gap, stated: true, bridged: false });
            }
            parts.push(ProvedPart {
                days,
                rows: statement.rows,
                opening: statement.opening_balance.clone(),
                sum: None,
                closing: statement.closing_balance.clone(),
                outcome: Outcome::Pass,
            });
        }
    }
    for part in &mut parts {
        let inside = ledger.iter().filter(|row| part.days.start <= row.date && row.date <= part.days.end);
        let sum: i64 = inside.map(|row| minor(&row.amount)).sum();
        part.sum = Some(Money::new(sum, plan.account.currency).to_string());
        if part.closing.is_none() {
            part.outcome = Outcome::NotStated;
        }
    }
    let mut because = Vec::new();
    if !gaps.is_empty() {
        because.push("gap".to_owned());
    }
    if plan.unproved_last {
        because.push("end_not_printed".to_owned());
    }
    let verdict = if because.is_empty() { Verdict::Verified } else { Verdict::Unverifiable };
    let findings =
        gaps.iter().map(|_| Finding::new("period_gap", "1 times days are missing between two statements."));
    CaseAccount {
        id: plan.id.to_owned(),
        account: plan.account.clone(),
        statements,
        seams: Vec::new(),
        findings: findings.collect(),
        gaps,
        overlaps: Vec::new(),
        disagreements: Vec::new(),
        ledger,
        removed: Vec::new(),
        proof: LedgerProof { verdict, parts, unproved_because: because },
    }
}

fn minor(text: &str) -> i64 {
    Money::from_decimal(text, Currency::from_code("USD").unwrap()).unwrap().minor()
}

fn rows(plan: &Plan, month: Date, dice: &mut Dice, balance: &mut i64) -> Vec<Transaction> {
    let kind = plan.account.kind.as_deref().unwrap();
    let mut drafts: Vec<(i8, String, i64, &str, &str)> = Vec::new();
    for n in 0..plan.rows {
        let day = i8::try_from(1 + n * 28 / plan.rows.max(1)).unwrap();
        match kind {
            "savings" if n == 0 => {
                drafts.push((3, "TRANSFER FROM CHECKING 4417".into(), 150_000, "xfer.own", "Own account"))
            }
            "savings" => drafts.push((
                28,
                "INTEREST PAID".into(),
                312 + i64::try_from(n).unwrap(),
                "inc.interest",
                "Cedar Prairie Bank",
            )),
            "credit_card" if n == 10 => {
                drafts.push((15, "PAYMENT THANK YOU".into(), 96_000, "xfer.card_payment", "Own account"));
            }
            _ => {
                let is_in = kind == "checking" && n % 3 == 0;
                let table: &[Kind] = if is_in { &IN } else { &OUT };
                let pick = usize::try_from(dice.roll(u64::try_from(table.len()).unwrap())).unwrap();
                let (who, text, leaf, low, high) = table[pick];
                let spread = u64::try_from(high - low).unwrap();
                let size = low + i64::try_from(dice.roll(spread)).unwrap();
                let size = if kind == "credit_card" {
                    size / 12
                } else if is_in {
                    size * 2
                } else {
                    size
                };
                let text = text.replace("{n}", &format!("{:05}", dice.roll(99_999)));
                drafts.push((day, text, if is_in { size } else { -size }, leaf, who));
            }
        }
    }
    if kind == "checking" {
        drafts.push((3, "TRANSFER TO SAVINGS 9902".into(), -150_000, "xfer.own", "Own account"));
        drafts.push((19, "RETURNED ITEM FEE".into(), -3_500, "fee.nsf", "Cedar Prairie Bank"));
    }
    drafts.sort_by_key(|draft| draft.0);
    let numbered = (1_u32..).zip(drafts);
    numbered
        .map(|(seq, (day, description, minor, leaf, who))| {
            *balance += minor;
            Transaction {
                seq,
                date: date(month.year(), month.month(), day),
                value_date: None,
                description,
                amount: Money::new(minor, plan.account.currency),
                balance: Some(Money::new(*balance, plan.account.currency)),
                reference: None,
                check_number: None,
                status: RowStatus::Booked,
                details: None,
                categorization: Some(Categorization {
                    counterparty: Some(who.to_owned()),
                    category: CategoryId::new(leaf),
                    confidence: 0.93,
                    reason: format!("the words name {who}"),
                    tags: vec!["recurring".to_owned()],
                }),
                confidence: 0.99,
                method: Method::Text,
                source: Some(Source {
                    page: 1 + seq / 30,
                    bounds: Rect { x0: 72.0, y0: 90.0, x1: 523.0, y1: 101.0 },
                }),
            }
        })
        .collect()
}

fn document(number: u32, file: &str) -> CaseDocumentFacts {
    CaseDocumentFacts {
        document: number,
        file: file.to_owned(),
        id: format!("document-{number}"),
        sha256: format!("{number:064x}"),
        kind: DocumentKind::BankStatement,
        source: DocumentSource::Text,
        read: true,
        statements: 1,
    }
}

fn result(number: u32, file: &str, statement: Statement) -> StatementResult {
    StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: file.to_owned(),
        document: DocumentFacts {
            id: format!("document-{number}"),
            sha256: format!("{number:064x}"),
            media_type: MediaType::Pdf,
            bytes: 81_234,
            pages: 4,
            source: DocumentSource::Text,
            kind: DocumentKind::BankStatement,
            kind_confidence: 1.0,
            page_kinds: Vec::new(),
            children: Vec::new(),
            encrypted: false,
            producer: None,
        },
        status: ResultStatus::Approved,
        failure: None,
        statements: vec![statement],
        facts: Vec::new(),
        signals: Vec::new(),
        signal_summary: None,
        findings: Vec::new(),
        timings_ms: BTreeMap::new(),
    }
}

fn transfers(accounts: &[CaseAccount], results: &[StatementResult]) -> Vec<Transfer> {
    let named = |account: &CaseAccount, start: &str| -> Vec<(Date, String)> {
        let text = |row: &LedgerRow| {
            let statement = &results[usize::try_from(row.at.document).unwrap() - 1].statements[0];
            statement.transactions[usize::try_from(row.at.row).unwrap() - 1].description.clone()
        };
        let rows = account.ledger.iter().filter(|row| text(row).starts_with(start));
        rows.map(|row| (row.date, row.id.clone())).collect()
    };
    let (from, to) = (named(&accounts[0], "TRANSFER TO"), named(&accounts[1], "TRANSFER FROM"));
    to.iter()
        .filter_map(|(day, to_row)| {
            let (_, from_row) = from.iter().find(|(other, _)| other == day)?;
            Some(Transfer {
                pair_id: format!("pair-{day}"),
                from_account: accounts[0].id.clone(),
                from_row: from_row.clone(),
                to_account: accounts[1].id.clone(),
                to_row: to_row.clone(),
                amount: "1500.00".to_owned(),
                currency: Some("USD".to_owned()),
                business_days: 0,
                confidence: 0.98,
            })
        })
        .collect()
}

/// A row of the case with what sums ask for.
struct Flat<'a> {
    id: &'a str,
    account: &'a str,
    date: Date,
    minor: i64,
    leaf: &'a str,
    who: &'a str,
}

fn flat<'a>(case: &'a Case, results: &'a [StatementResult]) -> Vec<Flat<'a>> {
    let mut rows = Vec::new();
    for account in &case.accounts {
        for row in &account.ledger {
            let statement = &results[usize::try_from(row.at.document).unwrap() - 1].statements[0];
            let said = &statement.transactions[usize::try_from(row.at.row).unwrap() - 1];
            let categorization = said.categorization.as_ref().unwrap();
            rows.push(Flat {
                id: &row.id,
                account: &account.id,
                date: row.date,
                minor: said.amount.minor(),
                leaf: categorization.category.as_str(),
                who: categorization.counterparty.as_deref().unwrap(),
            });
        }
    }
    rows
}

fn usd(minor: i64) -> String {
    Money::new(minor, Currency::from_code("USD").unwrap()).to_string()
}

fn figure(key: &str, value: Option<String>, unit: FigureUnit, account: &str, period: Span) -> Figure {
    Figure {
        key: key.to_owned(),
        not_computable: value.is_none().then_some(NotComputable::TooFew),
        value,
        unit,
        currency: (unit == FigureUnit::Money).then(|| "USD".to_owned()),
        period: Some(period),
        is_whole: true,
        account: account.to_owned(),
        rows: Vec::new(),
        rows_left_out: 0,
        dates: Vec::new(),
        basis: Basis::IncludesUnverified,
        coverage: 0.97,
        note: None,
    }
}

fn figures(case: &Case, results: &[StatementResult]) -> Figures {
    let rows = flat(case, results);
    let whole = Span { start: date(2025, 3, 1), end: date(2026, 2, 28) };
    let mut flows = Vec::new();
    let mut all = Vec::new();
    let owners = || case.accounts.iter().map(|account| account.id.as_str()).chain([Figures::ALL]);
    for owner in owners() {
        let mine = |row: &&Flat<'_>| owner == Figures::ALL || row.account == owner;
        for n in 0..12 {
            let days = month_span(date(2025, 3, 1).checked_add(n.months()).unwrap());
            let inside: Vec<&Flat<'_>> =
                rows.iter().filter(mine).filter(|r| days.start <= r.date && r.date <= days.end).collect();
            if inside.is_empty() {
                continue;
            }
            flows.push(flow(case, owner, FlowKind::Month, days, &inside));
            all.extend(revenue(owner, days, false, &inside));
        }
        let days = Span { start: date(2026, 1, 30), end: date(2026, 2, 28) };
        let inside: Vec<&Flat<'_>> =
            rows.iter().filter(mine).filter(|r| days.start <= r.date && r.date <= days.end).collect();
        flows.push(flow(case, owner, FlowKind::Rolling30, days, &inside));
        let inside: Vec<&Flat<'_>> = rows.iter().filter(mine).collect();
        all.extend(revenue(owner, whole, true, &inside));
    }
    let total = |key: &str, value: &str, unit| figure(key, Some(value.to_owned()), unit, Figures::ALL, whole);
    all.push(total("average_daily_balance", "31204.18", FigureUnit::Money));
    all.push(total("balance_min", "4120.07", FigureUnit::Money));
    all.push(total("negative_days", "0", FigureUnit::Days));
    all.push(total("low_days", "3", FigureUnit::Days));
    all.push(total("nsf_count", "12", FigureUnit::Count));
    all.push(total("debt_service", "-18920.00", FigureUnit::Money));
    all.push(total("dscr", "2.4127", FigureUnit::Ratio));
    all.push(total("holdback_actual", "0.0812", FigureUnit::Ratio));
    all.push(figure("dti", None, FigureUnit::Ratio, Figures::ALL, whole));
    all.push(total("balance_trend_90", "-0.4410", FigureUnit::Ratio));
    Figures {
        schema: Figures::SCHEMA.to_owned(),
        formulas: 1,
        as_of: Some(date(2026, 2, 28)),
        choices: vec![Choice {
            name: "low_balance".to_owned(),
            value: "500.00".to_owned(),
            is_default: true,
        }],
        accounts: case.accounts.iter().map(covered).collect(),
        figures: all,
        cash_flow: flows,
        recurring: series(case, &rows),
        income_streams: vec![IncomeStream {
            series: "s1".to_owned(),
            payer: "Larkfield School".to_owned(),
            kind: IncomeKind::Other,
            cadence: Cadence::Biweekly,
            currency: Some("USD".to_owned()),
            last: "1840.22".to_owned(),
            average: "2210.50".to_owned(),
            monthly: Some("4789.42".to_owned()),
            next_on: Some(date(2026, 3, 9)),
            status: StreamStatus::Active,
            rows: Vec::new(),
        }],
        positions: vec![position(&rows)],
        concentration: shares(&rows),
        returned_items: vec![ReturnedItems {
            kind: "nsf".to_owned(),
            account: case.accounts[0].id.clone(),
            currency: Some("USD".to_owned()),
            count: 12,
            fee_rows: 12,
            days: 12,
            divisor: Some("35.00".to_owned()),
            other_divisors: Vec::new(),
            amount: "-420.00".to_owned(),
            rows: Vec::new(),
        }],
        noted: Vec::new(),
        missing_accounts: vec![MissingAccount {
            named: "…2208".to_owned(),
            currency: Some("USD".to_owned()),
            total_to: "-4200.00".to_owned(),
            total_from: "0.00".to_owned(),
            first_on: date(2025, 6, 2),
            last_on: date(2025, 12, 2),
            request: "Please send the statements of the account ending in 2208 from June to December 2025."
                .to_owned(),
            rows: Vec::new(),
        }],
        tagged: Vec::new(),
        affordability: Vec::new(),
        prequalification: Vec::new(),
        statements: vec![profit_and_loss(&rows, whole)],
        findings: vec![Finding::new(
            "fee_divisor_open",
            "More than one fee would divide the overdraft fees.",
        )],
    }
}

fn covered(account: &CaseAccount) -> CoveredAccount {
    CoveredAccount {
        id: account.id.clone(),
        name: account.account.number.clone().unwrap(),
        currency: Some("USD".to_owned()),
        kind: account.account.kind.clone(),
        is_liability: account.account.kind.as_deref() == Some("credit_card"),
        verdict: account.proof.verdict,
        covered: account.statements.iter().filter_map(|s| s.covers).collect(),
        covered_days: 180,
        gaps: account.gaps.iter().map(|gap| gap.days).collect(),
        missing_months: account.gaps.iter().map(|gap| gap.days.start.strftime("%Y-%m").to_string()).collect(),
        stale_days: 0,
        rows: u32::try_from(account.ledger.len()).unwrap(),
    }
}

fn balance_on(case: &Case, owner: &str, day: Date) -> Option<i64> {
    let mut sum = 0;
    for account in &case.accounts {
        if owner != Figures::ALL && account.id != owner
            || owner == Figures::ALL && account.account.kind.as_deref() != Some("checking")
        {
            continue;
        }
        let opening = minor(account.statements[0].opening_balance.as_deref().unwrap());
        sum += opening
            + account.ledger.iter().filter(|row| row.date <= day).map(|row| minor(&row.amount)).sum::<i64>();
    }
    Some(sum)
}

fn flow(case: &Case, owner: &str, kind: FlowKind, days: Span, rows: &[&Flat<'_>]) -> FlowPeriod {
    let money_in: i64 = rows.iter().map(|r| r.minor.max(0)).sum();
    let money_out: i64 = rows.iter().map(|r| r.minor.min(0)).sum();
    let known = owner != Figures::ALL;
    let opening = balance_on(case, owner, days.start.yesterday().unwrap());
    let closing = balance_on(case, owner, days.end);
    let included: i64 = rows.iter().filter(|r| r.leaf.starts_with("rev.")).map(|r| r.minor).sum();
    let debt: i64 = rows.iter().filter(|r| r.leaf == "lout.mca").map(|r| r.minor).sum();
    FlowPeriod {
        kind,
        period: days,
        account: owner.to_owned(),
        currency: Some("USD".to_owned()),
        is_partial: !known || kind == FlowKind::Rolling30,
        covered_days: 30,
        opening: opening.map(usd),
        closing: closing.map(usd),
        money_in: usd(money_in),
        money_out: usd(money_out),
        net: usd(money_in + money_out),
        count_in: u32::try_from(rows.iter().filter(|r| r.minor > 0).count()).unwrap(),
        count_out: u32::try_from(rows.iter().filter(|r| r.minor < 0).count()).unwrap(),
        average_daily_balance: closing.map(|c| usd(c - 120_000)),
        balance_min: closing.map(|c| usd(c - 410_000)),
        balance_min_on: Some(days.start),
        balance_max: closing.map(|c| usd(c + 210_000)),
        balance_max_on: Some(days.end),
        true_revenue: Some(usd(included)),
        debt_payments: Some(usd(debt)),
        balance_to_revenue: Some("0.8812".to_owned()),
        negative_days: Some(0),
        basis: if owner == case.accounts[0].id { Basis::Verified } else { Basis::IncludesUnverified },
        not_computable: None,
        rows: rows.iter().map(|r| r.id.to_owned()).collect(),
        rows_left_out: 0,
    }
}

fn revenue(owner: &str, days: Span, is_whole: bool, rows: &[&Flat<'_>]) -> Vec<Figure> {
    let income: Vec<&&Flat<'_>> = rows.iter().filter(|r| r.minor > 0).collect();
    let part = |key: &str, keep: &dyn Fn(&str) -> bool| {
        let kept: Vec<&&&Flat<'_>> = income.iter().filter(|r| keep(r.leaf)).collect();
        let sum = kept.iter().map(|r| r.minor).sum();
        let mut figure = figure(key, Some(usd(sum)), FigureUnit::Money, owner, days);
        figure.is_whole = is_whole;
        figure.rows = kept.iter().map(|r| r.id.to_owned()).collect();
        figure
    };
    let mut figures = vec![
        part("gross_deposits", &|_| true),
        part("true_revenue", &|leaf| leaf.starts_with("rev.")),
        part("revenue_deductions", &|leaf| !leaf.starts_with("rev.")),
        part("revenue_undecided", &|_| false),
    ];
    let mut count = figure("deposit_count", Some(income.len().to_string()), FigureUnit::Count, owner, days);
    count.is_whole = is_whole;
    figures.push(count);
    figures
}

fn series(case: &Case, rows: &[Flat<'_>]) -> Vec<Series> {
    let of = |who: &str, leaf: &str| -> Vec<String> {
        rows.iter().filter(|r| r.who == who && r.leaf == leaf).map(|r| r.id.to_owned()).collect()
    };
    [("Pell Street Properties", "biz.rent", "-1400.00"), ("Swiftbridge Capital", "lout.mca", "-215.00")]
        .into_iter()
        .map(|(who, leaf, typical)| Series {
            id: who.to_owned(),
            counterparty: who.to_owned(),
            account: case.accounts[0].id.clone(),
            currency: Some("USD".to_owned()),
            is_in: false,
            category: Some(leaf.to_owned()),
            cadence: Cadence::Weekly,
            is_possible: false,
            is_fixed: true,
            typical: typical.to_owned(),
            last: typical.to_owned(),
            last_on: date(2026, 2, 24),
            next_on: Some(date(2026, 3, 3)),
            missed: Vec::new(),
            drift: Some("0.0000".to_owned()),
            rows: of(who, leaf),
        })
        .collect()
}

fn position(rows: &[Flat<'_>]) -> Position {
    let paid: Vec<&Flat<'_>> = rows.iter().filter(|r| r.leaf == "lout.mca").collect();
    Position {
        id: "p1".to_owned(),
        lender: "Swiftbridge Capital".to_owned(),
        kind: "mca".to_owned(),
        known_by: vec!["dictionary".to_owned(), "rhythm".to_owned()],
        currency: Some("USD".to_owned()),
        received: "0.00".to_owned(),
        paid: usd(paid.iter().map(|r| r.minor).sum()),
        payments: u32::try_from(paid.len()).unwrap(),
        typical: Some("-215.00".to_owned()),
        cadence: Cadence::Weekly,
        cost_per_business_day: Some("-43.00".to_owned()),
        is_active: true,
        events: vec![PositionEvent {
            event: PositionEventKind::New,
            on: date(2025, 3, 5),
            evidence: "payments begin inside the covered days".to_owned(),
            rows: Vec::new(),
        }],
        basis: Basis::Verified,
        rows: paid.iter().map(|r| r.id.to_owned()).collect(),
    }
}

fn shares(rows: &[Flat<'_>]) -> Vec<CounterpartyShare> {
    let mut sums: BTreeMap<(bool, &str), (i64, u32)> = BTreeMap::new();
    for row in rows {
        let sum = sums.entry((row.minor > 0, row.who)).or_default();
        sum.0 += row.minor;
        sum.1 += 1;
    }
    let mut shares: Vec<CounterpartyShare> = sums
        .iter()
        .map(|((is_in, who), (sum, count))| {
            let all: i64 = sums.iter().filter(|((other, _), _)| other == is_in).map(|(_, (s, _))| s).sum();
            CounterpartyShare {
                counterparty: (*who).to_owned(),
                is_in: *is_in,
                currency: Some("USD".to_owned()),
                amount: usd(*sum),
                share: format!("0.{:04}", (sum * 10_000 / all).min(9_999)),
                is_processor: who.contains("Card Services"),
                count: *count,
                rows: Vec::new(),
                rows_left_out: 0,
            }
        })
        .collect();
    shares.sort_by_key(|share| std::cmp::Reverse((share.is_in, minor(&share.amount).abs())));
    shares
}

fn profit_and_loss(rows: &[Flat<'_>], period: Span) -> FinancialStatement {
    let months: Vec<Date> = (0..12).map(|n| date(2025, 3, 1).checked_add(n.months()).unwrap()).collect();
    let line = |key: &str, label: &str, level: u8, is_total: bool, keep: &dyn Fn(&str) -> bool| {
        let by_month: Vec<i64> = months
            .iter()
            .map(|m| {
                rows.iter().filter(|r| keep(r.leaf) && r.date.first_of_month() == *m).map(|r| r.minor).sum()
            })
            .collect();
        StatementLine {
            key: key.to_owned(),
            label: label.to_owned(),
            level,
            is_total,
            total: Some(usd(by_month.iter().sum())),
            by_month: by_month.into_iter().map(|m| Some(usd(m))).collect(),
            rows: Vec::new(),
            rows_left_out: 0,
        }
    };
    FinancialStatement {
        kind: FinancialStatementKind::ProfitAndLoss,
        currency: Some("USD".to_owned()),
        period,
        months: months.iter().map(|m| m.strftime("%Y-%m").to_string()).collect(),
        partial_months: vec!["2025-10".to_owned()],
        lines: vec![
            line("sales", "Sales", 2, false, &|leaf| leaf.starts_with("rev.")),
            line("income", "Income", 1, true, &|leaf| leaf.starts_with("rev.")),
            line("goods", "Cost of goods", 2, false, &|leaf| leaf == "biz.inventory"),
            line("payroll", "Payroll", 2, false, &|leaf| leaf == "biz.payroll"),
            line("rent", "Rent", 2, false, &|leaf| leaf == "biz.rent"),
            line("utilities", "Utilities", 2, false, &|leaf| leaf == "biz.utilities"),
            line("costs", "Costs", 1, true, &|leaf| leaf.starts_with("biz.")),
            line("net", "Net", 0, true, &|leaf| leaf.starts_with("rev.") || leaf.starts_with("biz.")),
        ],
        basis: Basis::IncludesUnverified,
        notes: vec!["A draft on a cash basis from bank rows: an accountant makes the real one.".to_owned()],
    }
}
