//! Which hints speak of a document, and when what they add may take the place of what was read without them.

use super::columns::Grid;
use super::line::{Line, Token};
use super::scan::Plan;
use crate::account;
use crate::hint::{IssuerHint, Leaning, Recognize};
use crate::lexicon::{Role, fold};
use crate::solve::{self, Solved};
use smartexus_domain::{Account, Currency, Money, Statement, Verdict};

/// How many hints are used on one document.
const MATCHING_MAX: usize = 3;
/// The head of the first page, in lines.
const HEAD_LINES: usize = 30;

/// What is known about who issued a document.
#[derive(Default)]
pub(super) struct Issuer<'a> {
    pub(super) hints: Vec<&'a IssuerHint>,
    pub(super) leaning: Leaning,
    /// Where the document prints neither a currency nor a symbol. It has as many minor digits as no currency at all, so
    /// that a wrong one changes no figure.
    pub(super) currency: Option<Currency>,
}

impl<'a> Issuer<'a> {
    /// The first hints that recognize the head of a document.
    pub(super) fn of(lines: &[Line], hints: &'a [IssuerHint]) -> Self {
        if hints.is_empty() {
            return Self::default();
        }
        let head = Head::of(lines);
        let hints: Vec<&IssuerHint> =
            hints.iter().filter(|hint| head.is_of(&hint.recognize)).take(MATCHING_MAX).collect();
        let leaning = hints.iter().fold(Leaning::default(), |leaning, hint| leaning.or(hint.leaning()));
        let harmless = |currency: &Currency| currency.exponent() == Currency::UNKNOWN.exponent();
        let currency = hints.iter().filter_map(|hint| hint.currency).find(harmless);
        Self { hints, leaning, currency }
    }
}

/// What the head of the first page says about its issuer.
pub(super) struct Head {
    /// Every line folded, with a blank on both sides of it.
    lines: Vec<String>,
    ibans: Vec<String>,
    bics: Vec<String>,
}

impl Head {
    pub(super) fn of(lines: &[Line]) -> Self {
        let page = lines.first().map_or(0, |line| line.page);
        let head: Vec<&Line> = lines.iter().take_while(|line| line.page == page).take(HEAD_LINES).collect();
        let marks: Vec<account::Mark> = head.iter().filter_map(|line| account::read(&line.words())).collect();
        Self {
            lines: head.iter().map(|line| format!(" {} ", fold(&line.text()))).collect(),
            ibans: marks.iter().filter_map(|mark| mark.iban.clone()).collect(),
            bics: marks.iter().filter_map(|mark| mark.bic.clone()).collect(),
        }
    }

    /// Whether a text stands on one of its lines, word for word.
    pub(super) fn says(&self, text: &str) -> bool {
        let wanted = format!(" {} ", fold(text));
        self.lines.iter().any(|line| line.contains(&wanted))
    }

    fn is_of(&self, issuer: &Recognize) -> bool {
        let says_all = !issuer.phrases.is_empty() && issuer.phrases.iter().all(|phrase| self.says(phrase));
        let bank = |iban: &String| {
            let (country, account) = (iban.get(..2)?, iban.get(4..)?);
            Some(format!("{country}{account}"))
        };
        let has_iban = issuer
            .iban
            .as_ref()
            .is_some_and(|code| self.ibans.iter().filter_map(bank).any(|iban| iban.starts_with(code)));
        let has_bic =
            issuer.bic.as_ref().is_some_and(|code| self.bics.iter().any(|bic| bic.starts_with(code)));
        says_all || has_iban || has_bic
    }
}

/// Whether columns that a hint named can be those of one statement. Sums prove nothing of columns that say one thing twice,
/// and nothing at all of days: the booking day is the first one of its row, whatever a hint says.
pub(super) fn is_coherent(plan: &Plan<'_>) -> bool {
    let grids = plan.tables.iter().flat_map(|table| &table.grids);
    grids.into_iter().all(|grid| has_one_of_each(grid) && begins_with_days(grid, plan.lines))
}

fn has_one_of_each(grid: &Grid) -> bool {
    let count = |role: Role| grid.bands.iter().filter(|band| band.role == role).count();
    let [out, into, amount, balance] = [Role::Out, Role::In, Role::Amount, Role::Balance].map(count);
    let sides = out.max(into);
    sides.max(amount).max(balance) <= 1 && sides + amount == 1
}

fn begins_with_days(grid: &Grid, lines: &[Line]) -> bool {
    let Some(days) = grid.bands.iter().find(|band| band.role == Role::Date) else { return true };
    let is_day = |token: &&Token| token.date.is_some() && !token.is_money();
    let in_place = |token: &Token| token.bounds.mid_x() >= days.left && token.bounds.mid_x() < days.right;
    let rows = lines.iter().filter_map(|line| {
        let has_day = line.has_money() && line.tokens.iter().filter(is_day).any(in_place);
        has_day.then(|| line.tokens.iter().find(is_day).is_some_and(in_place))
    });
    let (first, later): (Vec<bool>, Vec<bool>) = rows.partition(|is_first| *is_first);
    first.len() >= later.len()
}

/// Whether what a hint led to may take the place of what was read without it: all of it is proved as it is printed, with
/// rows, and no statement, no account and nothing that was proved before is lost.
pub(super) fn replaces(hinted: &[Solved], plain: &[Solved]) -> bool {
    let is_whole = |s: &Solved| {
        !s.statement.transactions.is_empty() && s.statement.repairs.iter().all(|repair| !repair.applied)
    };
    let with_rows = || plain.iter().map(|s| &s.statement).filter(|s| !s.transactions.is_empty());
    let has_account = |account: &Account| {
        let same = |other: &Account| (&other.number, &other.iban) == (&account.number, &account.iban);
        hinted.iter().any(|s| same(&s.statement.account))
    };
    let keeps_proved = |statement: &Statement| {
        statement.verdict != Verdict::Verified
            || hinted.iter().any(|s| figures(&s.statement) == figures(statement))
    };
    solve::is_proved(hinted)
        && hinted.iter().all(is_whole)
        && hinted.len() >= with_rows().count()
        && with_rows().all(|statement| has_account(&statement.account) && keeps_proved(statement))
}

type Figures = (Option<Money>, Option<Money>, Vec<(jiff::civil::Date, Money, Option<Money>)>);

fn figures(statement: &Statement) -> Figures {
    let rows = statement.transactions.iter().map(|row| (row.date, row.amount, row.balance));
    (statement.opening_balance, statement.closing_balance, rows.collect())
}
