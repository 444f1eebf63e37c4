//! What papers claim against what the ledgers of the case show. A difference has everyday causes, so all of it is told as
//! worth knowing and no more, and only where the statements cover the days in question.

use super::account::{Booked, Settled};
use super::claims::{Claims, Pay, Turnover};
use super::text::fold;
use jiff::ToSpan;
use jiff::civil::Date;
use smartexus_domain::{AmountToken, CaseSignal, Money, Severity, SignalName, Transfer};
use std::collections::BTreeSet;

/// Days before and after the pay date in which pay may be booked.
const AROUND_PAY_DATE: (i64, i64) = (5, 7);
/// And around the last day of the period, where no pay date is printed.
const AROUND_PERIOD_END: (i64, i64) = (10, 20);
/// Days from the pay date on that a statement has to cover before it can lack the deposit.
const BOOKED_WITHIN: i64 = 4;
/// A shorter word of a name is a form of company or a particle.
const NAME_LETTERS_MIN: usize = 4;
/// What a business takes in is compared over no fewer days.
const TURNOVER_DAYS_MIN: i64 = 28;
/// A year has so many days, and a month a twelfth of it.
const YEAR_DAYS: i64 = 365;
/// A form may say so much more than the deposits, in percent of them, and nothing is said.
const TURNOVER_PERCENT: i64 = 125;

/// Words by which banks and employers mark pay, folded; words of a row may go on behind them.
const PAY_WORDS: [&str; 26] = [
    "salary",
    "payroll",
    "wage",
    "paycheck",
    "gehalt",
    "lohn",
    "bezüge",
    "bezuege",
    "entgelt",
    "vergütung",
    "salaire",
    "paie",
    "paye",
    "nomina",
    "nómina",
    "salario",
    "sueldo",
    "stipendio",
    "emolumenti",
    "retribuzione",
    "vencimento",
    "ordenado",
    "salário",
    "salaris",
    "loon",
    "dirdep",
];
/// Long words of companies' names that say nothing of which company.
const COMMON_WORDS: [&str; 12] = [
    "company",
    "limited",
    "group",
    "gmbh",
    "corp",
    "corporation",
    "holding",
    "holdings",
    "services",
    "international",
    "incorporated",
    "societe",
];

/// Documents with what they claim, by number.
pub(super) fn judge(
    claims: &[(u32, &Claims)],
    ledgers: &[Settled<'_>],
    transfers: &[Transfer],
) -> Vec<CaseSignal> {
    let mut signals = Vec::new();
    for (document, claims) in claims.iter().copied() {
        for pay in &claims.pays {
            let deposit = deposit(document, pay, ledgers);
            // Whoever's pay comes in on an account has to do with it.
            let is_shown = Days::of(pay).is_some_and(|days| is_shown(pay, &days, ledgers));
            signals.extend(deposit);
            signals.extend(holder(document, pay, ledgers).filter(|_| !is_shown));
        }
        for turnover in &claims.turnovers {
            signals.extend(takings(document, turnover, ledgers, transfers));
        }
    }
    signals
}

fn info(signal: SignalName, evidence: String, documents: impl IntoIterator<Item = u32>) -> CaseSignal {
    let documents: BTreeSet<u32> = documents.into_iter().collect();
    CaseSignal { signal, severity: Severity::Info, evidence, documents: documents.into_iter().collect() }
}

/// The days around a payment.
struct Days {
    /// The pay date, else the last day of the period.
    day: Date,
    first: Date,
    last: Date,
    /// So far a statement has to go before it can lack the deposit.
    needed: Date,
}

impl Days {
    fn of(pay: &Pay) -> Option<Self> {
        let (day, (before, after)) = match (pay.paid_on, pay.period_end) {
            (Some(day), _) => (day, AROUND_PAY_DATE),
            (None, Some(day)) => (day, AROUND_PERIOD_END),
            (None, None) => return None,
        };
        let (first, last) = (day.checked_sub(before.days()).ok()?, day.checked_add(after.days()).ok()?);
        let needed = if pay.paid_on.is_some() { day.checked_add(BOOKED_WITHIN.days()).ok()? } else { last };
        Some(Self { day, first, last, needed })
    }

    fn has(&self, row: &Booked<'_>) -> bool {
        row.minor > 0 && (self.first..=self.last).contains(&row.date)
    }
}

/// Whether any account shows the net pay, in parts or whole; a figure that is none is not asked for.
fn is_shown(pay: &Pay, days: &Days, ledgers: &[Settled<'_>]) -> bool {
    ledgers.iter().any(|ledger| {
        let net = pay.net.as_deref().and_then(|net| Money::from_decimal(net, ledger.currency).ok());
        let credits: Vec<i64> = ledger.rows.iter().filter(|row| days.has(row)).map(|row| row.minor).collect();
        net.is_some_and(|net| net.minor() <= 0 || is_paid(net.minor(), &credits))
    })
}

/// The net pay of a payslip that the statements of its days do not show.
fn deposit(document: u32, pay: &Pay, ledgers: &[Settled<'_>]) -> Option<CaseSignal> {
    let net = pay.net.as_deref()?;
    let days = Days::of(pay)?;
    let Days { day, first, last, needed } = days;
    if is_shown(pay, &days, ledgers) {
        return None;
    }
    let covering: Vec<&Settled<'_>> = ledgers.iter().filter(|ledger| covers(ledger, day, needed)).collect();
    let near = |row: &&Booked<'_>| days.has(row);
    let marks = pay.employer.as_deref().map(name_words).unwrap_or_default();
    let of_pay = covering.iter().flat_map(|ledger| {
        let rows = ledger.rows.iter().filter(near).filter(|row| is_pay(row.text, &marks));
        rows.map(|row| (*ledger, row)).collect::<Vec<_>>()
    });
    let of_pay: Vec<(&Settled<'_>, &Booked<'_>)> = of_pay.collect();
    let sources = covering.iter().flat_map(|ledger| shown_by(ledger, first, last));
    let documents: Vec<u32> = std::iter::once(document).chain(sources).collect();
    let what = if pay.paid_on.is_some() { "paid on" } else { "for the period to" };
    if let Some((ledger, row)) = of_pay.first() {
        let others = of_pay.len().saturating_sub(1);
        let more = if others == 0 { String::new() } else { format!(" and {others} more near it") };
        let booked = Money::new(row.minor, ledger.currency);
        return Some(info(
            SignalName::CrossDocument,
            format!(
                "a payslip says a net pay of {net}, {what} {day}, and the deposit of pay on {} is {booked}{more}; a payment \
                 that was split, an advance, or another period",
                row.date
            ),
            documents,
        ));
    }
    (!covering.is_empty()).then(|| {
        info(
            SignalName::CrossDocument,
            format!(
                "a payslip says a net pay of {net}, {what} {day}, and no deposit of that sum stands in the statements of \
                 these days; it may be paid into another account, in parts, or later"
            ),
            documents,
        )
    })
}

/// Statements with a printed period cover both days and what is between.
fn covers(ledger: &Settled<'_>, first: Date, last: Date) -> bool {
    let mut reached = first;
    let mut spans: Vec<_> =
        ledger.case.statements.iter().filter(|s| s.period_stated).filter_map(|s| s.covers).collect();
    spans.sort_by_key(|span| span.start);
    for span in spans {
        if span.start <= reached && span.end >= reached {
            if span.end >= last {
                return true;
            }
            let Ok(next) = span.end.tomorrow() else { return false };
            reached = next;
        }
    }
    false
}

/// The documents whose statements touch these days.
fn shown_by(ledger: &Settled<'_>, first: Date, last: Date) -> Vec<u32> {
    let touches = |span: smartexus_domain::Span| span.start <= last && span.end >= first;
    let statements = ledger.case.statements.iter().filter(|s| s.covers.is_some_and(touches));
    statements.map(|statement| statement.at.document).collect()
}

/// One deposit of the sum, or two, or all of them together.
fn is_paid(wanted: i64, credits: &[i64]) -> bool {
    let pairs = || {
        (1..)
            .zip(credits)
            .any(|(next, one)| credits.iter().skip(next).any(|o| one.checked_add(*o) == Some(wanted)))
    };
    let all = credits.iter().copied().try_fold(0_i64, i64::checked_add);
    credits.contains(&wanted) || pairs() || all == Some(wanted)
}

/// Does a row name the employer, or say that it is pay?
fn is_pay(text: &str, employer: &[String]) -> bool {
    text.split(' ').any(|word| {
        let named = |name: &String| word == name || (word.len() > NAME_LETTERS_MIN && name.starts_with(word));
        PAY_WORDS.iter().any(|pay| word.starts_with(pay)) || employer.iter().any(named)
    })
}

/// The words of a name that tell it from others.
fn name_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let tells = |word: &&str| word.chars().count() >= NAME_LETTERS_MIN && !COMMON_WORDS.contains(word);
    folded.split(' ').filter(tells).map(str::to_owned).collect()
}

/// A payslip of somebody who holds none of the accounts.
fn holder(document: u32, pay: &Pay, ledgers: &[Settled<'_>]) -> Option<CaseSignal> {
    let employee = pay.employee.as_deref()?;
    let words = name_words(employee);
    let mut holders = ledgers.iter().flat_map(|ledger| &ledger.case.account.holders).peekable();
    if words.is_empty() || holders.peek().is_none() {
        return None;
    }
    // Titles, initials and second names come and go: one word in common is the same person.
    let is_same = |holder: &String| {
        let folded = fold(holder);
        folded.split(' ').any(|word| words.iter().any(|own| own == word))
    };
    let all: Vec<&String> = holders.collect();
    if all.iter().copied().any(is_same) {
        return None;
    }
    let accounts = ledgers.iter().filter(|ledger| !ledger.case.account.holders.is_empty());
    let statements = accounts.flat_map(|ledger| ledger.case.statements.iter().map(|s| s.at.document));
    Some(info(
        SignalName::NameOrAddressMismatch,
        format!(
            "a payslip is made out to “{employee}”, and no account of the case names a holder like that; a marriage, another \
             spelling, or the account of a partner"
        ),
        std::iter::once(document).chain(statements),
    ))
}

/// A form that says more takings than all deposits together.
fn takings(
    document: u32,
    turnover: &Turnover,
    ledgers: &[Settled<'_>],
    transfers: &[Transfer],
) -> Option<CaseSignal> {
    let currency = ledgers.first()?.currency;
    if ledgers.iter().any(|ledger| ledger.currency != currency) {
        return None;
    }
    let token = AmountToken::read(&turnover.printed)?;
    let readings = token.readings(currency.exponent()).into_iter().map(|(_, minor)| minor);
    // “3,200” takings are no three and a fifth; everything else that can be two numbers is taken for the smaller.
    let stated = if token.is_ambiguous() { readings.max() } else { readings.min() };
    let stated = stated?.checked_div(turnover.months)?;
    let own: BTreeSet<&str> = transfers.iter().map(|transfer| transfer.to_row.as_str()).collect();
    let (mut credits, mut days, mut documents) = (0_i64, BTreeSet::new(), BTreeSet::from([document]));
    for ledger in ledgers {
        for statement in ledger.case.statements.iter().filter(|statement| statement.period_stated) {
            documents.insert(statement.at.document);
            let Some(span) = statement.covers else { continue };
            let mut day = span.start;
            while day <= span.end && days.len() < DAYS_MAX {
                days.insert(day);
                let Ok(next) = day.tomorrow() else { break };
                day = next;
            }
        }
        let rows = ledger.case.ledger.iter().zip(&ledger.rows);
        let foreign = rows.filter(|(row, booked)| booked.minor > 0 && !own.contains(row.id.as_str()));
        credits = foreign.map(|(_, booked)| booked.minor).try_fold(credits, i64::checked_add)?;
    }
    let days = i64::try_from(days.len()).ok()?;
    if days < TURNOVER_DAYS_MIN {
        return None;
    }
    let monthly = credits.checked_mul(YEAR_DAYS)?.checked_div(days.checked_mul(12)?)?;
    if stated.checked_mul(100)? <= monthly.checked_mul(TURNOVER_PERCENT)? {
        return None;
    }
    let (stated, monthly) = (Money::new(stated, currency), Money::new(monthly, currency));
    Some(info(
        SignalName::CrossDocument,
        format!(
            "a form says takings of {stated} a month, and all deposits of the {days} days that statements cover come to \
             {monthly} a month; a season, or an account that was not sent"
        ),
        documents,
    ))
}

/// Days that are looked at, so that a misread period costs no more.
const DAYS_MAX: usize = 20_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paid_at_once_or_in_parts() {
        assert!(is_paid(100, &[30, 100]) && is_paid(100, &[10, 60, 40]) && is_paid(100, &[20, 30, 50]));
        assert!(!is_paid(100, &[90, 20]) && !is_paid(100, &[]) && !is_paid(100, &[50]));
    }

    #[test]
    fn rows_of_pay() {
        let names = name_words("Wexcombe Labs Limited");
        assert_eq!(names, ["wexcombe", "labs"]);
        assert!(is_pay("salary march", &[]) && is_pay("gehaltszahlung 03", &[]));
        assert!(is_pay("bgc wexcom 0031", &names) && !is_pay("transfer from savings", &names));
    }
}
