//! A case joined with the results it was made from: every ledger row beside the row of its document.

use crate::ReportError;
use crate::notice::Notice;
use crate::words::account_name;
use jiff::civil::Date;
use smartexus_domain::{
    Case, CaseAccount, CaseDocumentFacts, Currency, Figures, LedgerRow, Money, RowRef, Span, Statement,
    StatementRef, StatementResult, Transaction, Verdict,
};
use std::collections::BTreeMap;

/// What made a report, in every file that has a place for it.
pub(crate) const PROGRAM: &str = concat!("Smartexus ", env!("CARGO_PKG_VERSION"));

/// Reports of a case. Every format shows the same rows, verdicts and figures.
pub struct CaseReport<'a> {
    pub(crate) case: &'a Case,
    pub(crate) figures: Option<&'a Figures>,
    pub(crate) title: Option<&'a str>,
    pub(crate) accounts: Vec<Ledger<'a>>,
    pub(crate) statements: Vec<CaseStatement<'a>>,
    pub(crate) notice: Notice,
    results: Vec<&'a StatementResult>,
}

/// An account and the rows that count.
pub(crate) struct Ledger<'a> {
    /// From 1, in the order of the case.
    pub(crate) number: u32,
    pub(crate) account: &'a CaseAccount,
    /// Bank, end of the number, currency.
    pub(crate) name: String,
    pub(crate) rows: Vec<Row<'a>>,
}

/// A row of a ledger with everything its document says of it.
pub(crate) struct Row<'a> {
    pub(crate) ledger: &'a LedgerRow,
    pub(crate) amount: Money,
    pub(crate) row: &'a Transaction,
    pub(crate) statement: &'a Statement,
    pub(crate) document: &'a CaseDocumentFacts,
}

/// A statement of the case with the document it stands in.
pub(crate) struct CaseStatement<'a> {
    pub(crate) document: &'a CaseDocumentFacts,
    pub(crate) number: u32,
    pub(crate) statement: &'a Statement,
}

impl<'a> CaseReport<'a> {
    /// Joins a case with its results, which may come in any order.
    ///
    /// # Errors
    /// [`ReportError::NotOfThisCase`] where a row of the case stands in none of the results, or with another amount.
    pub fn new(
        case: &'a Case,
        results: &'a [StatementResult],
        figures: Option<&'a Figures>,
    ) -> Result<Self, ReportError> {
        let found = documents(case, results);
        let accounts = (1..)
            .zip(&case.accounts)
            .map(|(number, account)| Ledger::join(number, account, &found))
            .collect::<Result<Vec<_>, _>>()?;
        let statements = found
            .values()
            .flat_map(|(document, result)| {
                let number = |(statement, number)| CaseStatement { document, number, statement };
                result.statements.iter().zip(1..).map(number)
            })
            .collect();
        let results = found.into_values().map(|(_, result)| result).collect();
        Ok(Self { case, figures, title: None, notice: Notice::of_case(case), accounts, statements, results })
    }

    /// The client's or the case's name, as it shall stand on the reports.
    #[must_use]
    pub fn titled(mut self, title: &'a str) -> Self {
        self.title = Some(title).filter(|title| !title.trim().is_empty());
        self
    }

    /// Rows of every account, account by account.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Ledger<'a>, &Row<'a>)> {
        self.accounts.iter().flat_map(|account| account.rows.iter().map(move |row| (account, row)))
    }

    /// Results of the documents, in the order of the case.
    pub(crate) fn results(&self) -> &[&'a StatementResult] {
        &self.results
    }

    /// The account of an id.
    pub(crate) fn account(&self, id: &str) -> Option<&Ledger<'a>> {
        self.accounts.iter().find(|ledger| ledger.account.id == id)
    }

    /// How an account of a figure is called.
    pub(crate) fn account_words(&self, id: &str) -> String {
        if id == Figures::ALL {
            return "All accounts".to_owned();
        }
        self.account(id).map_or_else(|| id.to_owned(), |ledger| ledger.name.clone())
    }

    /// Currencies of the ledgers, sorted.
    pub(crate) fn currencies(&self) -> Vec<Currency> {
        let mut currencies: Vec<Currency> = self.accounts.iter().map(Ledger::currency).collect();
        currencies.sort_unstable();
        currencies.dedup();
        currencies
    }

    /// First and last covered day.
    pub(crate) fn days(&self) -> Option<Span> {
        let spans = self.accounts.iter().filter_map(Ledger::days);
        spans.reduce(|all, days| Span { start: all.start.min(days.start), end: all.end.max(days.end) })
    }

    /// A statement's document and place, for people.
    pub(crate) fn statement_words(&self, at: StatementRef) -> String {
        let document = self.case.documents.iter().find(|document| document.document == at.document);
        match document {
            Some(document) if document.statements > 1 => {
                format!("{}, statement {}", document.file, at.statement)
            }
            Some(document) => document.file.clone(),
            None => format!("document {}", at.document),
        }
    }

    /// Whether every ledger and every statement of the case is proved.
    pub(crate) fn is_proved(&self) -> bool {
        self.accounts.iter().all(Ledger::is_proved)
    }
}

impl<'a> Ledger<'a> {
    fn join(
        number: u32,
        account: &'a CaseAccount,
        documents: &BTreeMap<u32, (&'a CaseDocumentFacts, &'a StatementResult)>,
    ) -> Result<Self, ReportError> {
        let currency = account.account.currency;
        let rows = account.ledger.iter().map(|ledger| {
            let (document, statement, row) = place(documents, ledger.at).ok_or(ReportError::NotOfThisCase)?;
            let amount =
                Money::from_decimal(&ledger.amount, currency).map_err(|_| ReportError::NotOfThisCase)?;
            if amount != row.amount {
                return Err(ReportError::NotOfThisCase);
            }
            Ok(Row { ledger, amount, row, statement, document })
        });
        Ok(Self {
            number,
            account,
            name: account_name(&account.account),
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    pub(crate) const fn currency(&self) -> Currency {
        self.account.account.currency
    }

    /// First and last covered day, else of the rows.
    pub(crate) fn days(&self) -> Option<Span> {
        let covered = || self.account.statements.iter().filter_map(|statement| statement.covers);
        let dates = || self.rows.iter().map(|row| row.ledger.date);
        let start: Option<Date> = covered().map(|days| days.start).min().or_else(|| dates().min());
        let end = covered().map(|days| days.end).max().or_else(|| dates().max());
        start.zip(end).map(|(start, end)| Span { start, end })
    }

    /// Printed balance before the first covered day.
    pub(crate) fn opening(&self) -> Option<Money> {
        let parts = &self.account.proof.parts;
        self.money(parts.first()?.opening.as_deref())
    }

    /// Printed balance of the last covered day.
    pub(crate) fn closing(&self) -> Option<Money> {
        let parts = &self.account.proof.parts;
        self.money(parts.last()?.closing.as_deref())
    }

    /// An amount of this account's currency; `None` where there is none or it is none.
    pub(crate) fn money(&self, text: Option<&str>) -> Option<Money> {
        Money::from_decimal(text?, self.currency()).ok()
    }

    /// The merged ledger and every statement under it are verified.
    pub(crate) fn is_proved(&self) -> bool {
        let verified = |verdict| verdict == Verdict::Verified;
        verified(self.account.proof.verdict)
            && self.account.statements.iter().all(|statement| verified(statement.verdict))
    }
}

/// The result of each document of the case, by its number. Two files of the same bytes are told apart by name.
fn documents<'a>(
    case: &'a Case,
    results: &'a [StatementResult],
) -> BTreeMap<u32, (&'a CaseDocumentFacts, &'a StatementResult)> {
    let mut by_name: BTreeMap<(&str, &str), Vec<&StatementResult>> = BTreeMap::new();
    for result in results {
        by_name.entry((&result.file, &result.document.sha256)).or_default().push(result);
    }
    let mut found = BTreeMap::new();
    for document in &case.documents {
        let same = by_name.get_mut(&(document.file.as_str(), document.sha256.as_str()));
        if let Some(result) = same.and_then(Vec::pop) {
            found.insert(document.document, (document, result));
        }
    }
    found
}

fn place<'a>(
    documents: &BTreeMap<u32, (&'a CaseDocumentFacts, &'a StatementResult)>,
    at: RowRef,
) -> Option<(&'a CaseDocumentFacts, &'a Statement, &'a Transaction)> {
    let (document, result) = documents.get(&at.document)?;
    let nth = usize::try_from(at.statement.checked_sub(1)?).ok()?;
    let statement = result.statements.get(nth)?;
    // Rows are numbered from 1 in their order; the search is for a result that somebody edited.
    let guess = usize::try_from(at.row.checked_sub(1)?).ok().and_then(|at| statement.transactions.get(at));
    let row = guess
        .filter(|row| row.seq == at.row)
        .or_else(|| statement.transactions.iter().find(|row| row.seq == at.row))?;
    Some((document, statement, row))
}
