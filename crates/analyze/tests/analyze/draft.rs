//! Cases written by hand: an account a draft, a row a line.

use jiff::civil::Date;
use smartexus_analyze::{Analyst, CaseRows, Choices, Limits, analyze};
use smartexus_domain::{
    Account, Case, CaseAccount, CaseDocumentFacts, CaseStatement, Categorization, CategoryId, Counts,
    Currency, DocumentKind, DocumentSource, Figures, JoinedBy, LedgerProof, LedgerRow, Method, Money, Period,
    RowRef, RowStatus, Span, Statement, StatementRef, Totals, Transaction, Transfer, Verdict,
};

/// One account with one statement.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) verdict: Verdict,
    pub(crate) papers: Vec<Paper>,
}

/// One statement.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) period: (Date, Date),
    /// Minor units.
    pub(crate) opening: Option<i64>,
    pub(crate) closing: Option<i64>,
    pub(crate) rows: Vec<Line>,
}

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) date: Date,
    pub(crate) minor: i64,
    pub(crate) balance: Option<i64>,
    pub(crate) leaf: Option<String>,
    pub(crate) party: Option<String>,
    pub(crate) text: String,
    pub(crate) tags: Vec<String>,
}

/// A draft from lines such as `2026-03-02 | -61.20 | biz.office | Acme | CARD ACME`; the last two may be left out.
/// Balances are printed where `printed` says so.
pub(crate) fn draft(id: &str, period: (&str, &str), opening: &str, printed: bool, lines: &str) -> Draft {
    let usd = Currency::from_code("USD").unwrap();
    let minor = |text: &str| Money::from_decimal(text, usd).unwrap().minor();
    let mut running = minor(opening);
    let rows = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let some = |at: usize| cells.get(at).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned());
        let amount = minor(cells[1]);
        running += amount;
        Line {
            date: cells[0].parse().unwrap(),
            minor: amount,
            balance: printed.then_some(running),
            leaf: some(2),
            party: some(3),
            text: some(4).unwrap_or_else(|| "ROW".to_owned()),
            tags: some(5)
                .into_iter()
                .flat_map(|tags| tags.split(' ').map(str::to_owned).collect::<Vec<_>>())
                .collect(),
        }
    });
    let rows: Vec<Line> = rows.collect();
    let period = (period.0.parse().unwrap(), period.1.parse().unwrap());
    let paper = Paper { period, opening: Some(minor(opening)), closing: Some(running), rows };
    Draft {
        id: id.to_owned(),
        kind: "checking",
        currency: "USD",
        verdict: Verdict::Verified,
        papers: vec![paper],
    }
}

/// The case of some drafts: each paper a document of its own. `pairs` are ids of rows, out and in.
pub(crate) fn case(drafts: &[Draft], pairs: &[(&str, &str)]) -> (Case, Vec<(String, Vec<Statement>)>) {
    let (mut accounts, mut documents, mut papers) = (Vec::new(), Vec::new(), Vec::new());
    for draft in drafts {
        let currency = Currency::from_code(draft.currency).unwrap();
        let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, currency).to_string());
        let (mut statements, mut ledger) = (Vec::new(), Vec::new());
        for paper in &draft.papers {
            let document = u32::try_from(documents.len()).unwrap() + 1;
            let file = format!("{:03}-{}.pdf", document, draft.id);
            let at = StatementRef { document, statement: 1 };
            statements.push(CaseStatement {
                at,
                covers: Some(Span { start: paper.period.0, end: paper.period.1 }),
                period_stated: true,
                opening_balance: money(paper.opening),
                closing_balance: money(paper.closing),
                verdict: draft.verdict,
                source: DocumentSource::Text,
                rows: u32::try_from(paper.rows.len()).unwrap(),
                counted: u32::try_from(paper.rows.len()).unwrap(),
                joined_by: JoinedBy::Iban,
                other_dates: false,
            });
            for (seq, row) in (1..).zip(&paper.rows) {
                ledger.push(LedgerRow {
                    id: format!("{}{}", draft.id, ledger.len() + 1),
                    at: RowRef { document, statement: 1, row: seq },
                    date: row.date,
                    amount: Money::new(row.minor, currency).to_string(),
                    corroborated: 0,
                    restored: false,
                });
            }
            documents.push(facts(document, &file));
            papers.push((file, vec![statement(draft, paper, currency)]));
        }
        ledger.sort_by_key(|row| row.date);
        accounts.push(account(draft, currency, statements, ledger));
    }
    let transfers = pairs.iter().map(|(from, to)| transfer(from, to)).collect();
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
    (case, papers)
}

/// Figures of drafts by the defaults.
pub(crate) fn figures(drafts: &[Draft], pairs: &[(&str, &str)]) -> Figures {
    figures_with(drafts, pairs, |_| {})
}

/// Figures of drafts, with choices.
pub(crate) fn figures_with(
    drafts: &[Draft],
    pairs: &[(&str, &str)],
    choose: impl FnOnce(&mut Choices),
) -> Figures {
    let (case, papers) = case(drafts, pairs);
    figures_of(&case, &papers, choose)
}

pub(crate) fn figures_of(
    case: &Case,
    papers: &[(String, Vec<Statement>)],
    choose: impl FnOnce(&mut Choices),
) -> Figures {
    let analyst = Analyst::embedded().unwrap();
    let mut rows = CaseRows::new(&analyst);
    for (file, statements) in papers {
        rows.add_statements(file, "", "", statements);
    }
    let mut choices = analyst.defaults().clone();
    choose(&mut choices);
    analyze(case, &rows, &choices, &Limits::default()).unwrap()
}

fn facts(document: u32, file: &str) -> CaseDocumentFacts {
    CaseDocumentFacts {
        document,
        file: file.to_owned(),
        id: String::new(),
        sha256: String::new(),
        kind: DocumentKind::BankStatement,
        source: DocumentSource::Text,
        read: true,
        statements: 1,
    }
}

fn account(
    draft: &Draft,
    currency: Currency,
    statements: Vec<CaseStatement>,
    ledger: Vec<LedgerRow>,
) -> CaseAccount {
    CaseAccount {
        id: draft.id.clone(),
        account: Account {
            kind: Some(draft.kind.to_owned()),
            currency,
            number: Some(format!("00-{}", draft.id)),
            ..Account::default()
        },
        statements,
        seams: Vec::new(),
        gaps: Vec::new(),
        overlaps: Vec::new(),
        disagreements: Vec::new(),
        ledger,
        removed: Vec::new(),
        proof: LedgerProof { verdict: draft.verdict, parts: Vec::new(), unproved_because: Vec::new() },
        findings: Vec::new(),
    }
}

fn statement(draft: &Draft, paper: &Paper, currency: Currency) -> Statement {
    let rows = (1..).zip(&paper.rows).map(|(seq, row)| transaction(seq, row, currency)).collect();
    Statement {
        account: Account { kind: Some(draft.kind.to_owned()), currency, ..Account::default() },
        period: Period { start: Some(paper.period.0), end: Some(paper.period.1) },
        opening_balance: paper.opening.map(|minor| Money::new(minor, currency)),
        closing_balance: paper.closing.map(|minor| Money::new(minor, currency)),
        totals: Totals::default(),
        counts: Counts::default(),
        verdict: draft.verdict,
        proof: None,
        unproved_because: Vec::new(),
        checks: Vec::new(),
        repairs: Vec::new(),
        transactions: rows,
        pending: Vec::new(),
    }
}

fn transaction(seq: u32, row: &Line, currency: Currency) -> Transaction {
    let said = row.leaf.as_ref().map(|leaf| Categorization {
        counterparty: row.party.clone(),
        category: CategoryId::new(leaf.as_str()),
        confidence: 0.9,
        reason: "written by hand".to_owned(),
        tags: row.tags.clone(),
    });
    Transaction {
        seq,
        date: row.date,
        value_date: None,
        description: row.text.clone(),
        amount: Money::new(row.minor, currency),
        balance: row.balance.map(|minor| Money::new(minor, currency)),
        reference: None,
        check_number: None,
        status: RowStatus::Booked,
        details: None,
        categorization: said,
        confidence: 1.0,
        method: Method::Text,
        source: None,
    }
}

fn transfer(from: &str, to: &str) -> Transfer {
    Transfer {
        pair_id: format!("{from}-{to}"),
        from_account: String::new(),
        from_row: from.to_owned(),
        to_account: String::new(),
        to_row: to.to_owned(),
        amount: String::new(),
        currency: None,
        business_days: 0,
        confidence: 1.0,
    }
}

/// The text of a figure over all days, or why there is none.
pub(crate) fn whole(figures: &Figures, key: &str, account: &str) -> String {
    let figure = figures.figures.iter().find(|f| f.key == key && f.account == account && f.is_whole);
    let figure = figure.unwrap_or_else(|| panic!("no figure {key} of {account}"));
    figure.value.clone().unwrap_or_else(|| format!("{:?}", figure.not_computable.unwrap()))
}

/// A case with its rows and figures as one line of JSON, for the second implementation.
pub(crate) fn as_json((drafts, pairs): &(Vec<Draft>, Vec<(String, String)>)) -> String {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let (case, papers) = case(drafts, &pairs);
    let figures = figures_of(&case, &papers, |_| {});
    let documents: Vec<serde_json::Value> = papers
        .iter()
        .map(|(file, statements)| serde_json::json!({ "file": file, "sha256": "", "id": "", "statements": statements }))
        .collect();
    serde_json::json!({ "case": case, "documents": documents, "figures": figures }).to_string()
}
