//! Which files of the true ledgers were sent, and what each of them shows.

use super::{Document, FileKind, Ledger};
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::Date;
use smartexus_domain::{
    Counts, Method, Money, Period, RowStatus, Statement, Totals, Transaction, Verdict, prove,
};
use std::ops::Range;

/// How the bank's own ids come out in one file.
#[derive(Debug, Clone, Copy)]
enum Ids {
    Kept,
    Missing,
    /// New ones in every download.
    Changed,
    /// One for two rows.
    Repeated,
}

/// What a file shows of its rows.
#[derive(Debug, Clone, Copy)]
struct Shows {
    kind: FileKind,
    period: Option<(Date, Date)>,
    opening: bool,
    closing: bool,
    balances: bool,
    /// Letters of a description; the rest is cut.
    letters: usize,
    ids: Ids,
    masked: bool,
    newest_first: bool,
    /// The next row is in the list already, dated by the list's last day: it was pending, and nothing says so.
    has_pending: bool,
}

/// Cuts every ledger into files, marks what they show, and sends some of them twice.
pub(super) fn documents(ledgers: &mut [Ledger], random: &mut Random) -> Vec<Document> {
    let mut documents = Vec::new();
    for (at, ledger) in ledgers.iter_mut().enumerate() {
        // Euros under the number of a dollar account are told apart by what is printed, so nothing is masked there.
        let may_mask = ledger.account.currency.code() == "USD";
        // The one bank that prints statements prints dollars.
        let habit = if may_mask { random.between(0, 3) } else { 1 };
        let mut files = Vec::new();
        if habit != 1 {
            files.extend(statements(ledger, random));
        }
        if habit != 0 || ledger.rows.is_empty() {
            files.extend(downloads(ledger, habit == 1, may_mask, random));
        }
        ledger.gaps = gaps(ledger, &files);
        for (n, (range, shows)) in files.into_iter().enumerate() {
            range.clone().for_each(|row| ledger.sent[row] = true);
            let name = format!("{at}-{n}.{}", ending(shows.kind));
            documents.push(document(ledger, name, range, shows, random));
        }
    }
    let twice: Vec<Document> = documents.iter().filter(|_| random.chance(15)).cloned().collect();
    documents.extend(
        twice.into_iter().map(|document| Document { name: format!("again {}", document.name), ..document }),
    );
    documents
}

const fn ending(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "pdf",
        FileKind::Csv => "csv",
        FileKind::Ofx => "ofx",
    }
}

/// Days that no file covers, between two files that print their periods; day by day, as a person would count.
fn gaps(ledger: &Ledger, files: &[(Range<usize>, Shows)]) -> Vec<(Date, Date)> {
    let row = |at: usize| ledger.rows.get(at).map(|row| row.date);
    let cover = |(range, shows): &(Range<usize>, Shows)| {
        let rows = row(range.start).zip(range.end.checked_sub(1).and_then(row));
        Some((shows.period.or(rows)?, shows.period.is_some()))
    };
    let covers: Vec<((Date, Date), bool)> = files.iter().filter_map(cover).collect();
    let is_covered = |day: Date| covers.iter().any(|((first, last), _)| *first <= day && day <= *last);
    let last = covers.iter().map(|((_, last), _)| *last).max();
    let mut gaps = Vec::new();
    for ((_, end), _) in covers.iter().filter(|(_, stated)| *stated) {
        let mut day = end.saturating_add(1.day());
        while !is_covered(day) && last.is_some_and(|last| day < last) {
            day = day.saturating_add(1.day());
        }
        let begins = covers.iter().any(|((first, _), stated)| *stated && *first == day);
        let gap = (end.saturating_add(1.day()), day.saturating_sub(1.day()));
        if begins && gap.0 <= gap.1 && !gaps.contains(&gap) {
            gaps.push(gap);
        }
    }
    gaps
}

/// A statement a month; sometimes the middle one was not sent.
fn statements(ledger: &Ledger, random: &mut Random) -> Vec<(Range<usize>, Shows)> {
    let Some(first) = ledger.rows.first().map(|row| row.date.first_of_month()) else { return Vec::new() };
    let last = ledger.rows.last().map_or(first, |row| row.date.last_of_month());
    let forgotten = random.chance(20);
    let (mut start, mut months) = (first, Vec::new());
    while start < last {
        months.push((start, start.last_of_month()));
        start = start.last_of_month().saturating_add(1.day());
    }
    let gap = months.get(1).copied().filter(|_| forgotten && months.len() > 2);
    let sent = months.into_iter().filter(|month| Some(*month) != gap);
    sent.map(|(first, last)| (days(ledger, first, last), statement(first, last))).collect()
}

fn statement(first: Date, last: Date) -> Shows {
    Shows {
        kind: FileKind::Pdf,
        period: Some((first, last)),
        opening: true,
        closing: true,
        balances: true,
        letters: usize::MAX,
        ids: Ids::Missing,
        masked: false,
        newest_first: false,
        has_pending: false,
    }
}

fn days(ledger: &Ledger, first: Date, last: Date) -> Range<usize> {
    let start = ledger.rows.partition_point(|row| row.date < first);
    start..ledger.rows.partition_point(|row| row.date <= last)
}

/// Lists from any row to any row, taken at any hour, with many rows in several of them. All rows together where there is
/// nothing else of this account.
fn downloads(ledger: &Ledger, all: bool, may_mask: bool, random: &mut Random) -> Vec<(Range<usize>, Shows)> {
    let rows = ledger.rows.len();
    let mut files = Vec::new();
    let mut from = if all { 0 } else { random.below(rows / 2) };
    let with_balances = random.chance(50);
    while from < rows {
        let to = (from + 12 + random.below(40)).min(rows);
        files.push((from..to, download(ledger, from..to, with_balances, may_mask, random)));
        if to == rows || (!all && random.chance(40)) {
            break;
        }
        // The list behind this one has the row once more, booked.
        if let Some((_, shows)) = files.last_mut() {
            shows.has_pending = !shows.balances && is_waiting(ledger, to);
        }
        // Some rows again, or on from the very next one.
        from = to.saturating_sub(random.below(11)).max(from + 1);
    }
    files
}

/// Whether the row was pending when the one before it was booked: some that came few days later were. Drawn from the
/// ledger itself, so that nothing else of a seed depends on it.
fn is_waiting(ledger: &Ledger, at: usize) -> bool {
    let (before, row) = (&ledger.rows[at - 1], &ledger.rows[at]);
    let days = (row.date - before.date).get_days();
    // Transfers are larger: which leg is which is asked elsewhere.
    let magnitude = row.minor.unsigned_abs();
    (1..=2).contains(&days) && magnitude < 150_000 && magnitude.is_multiple_of(2)
}

fn download(
    ledger: &Ledger,
    range: Range<usize>,
    with_balances: bool,
    may_mask: bool,
    random: &mut Random,
) -> Shows {
    let is_ofx = random.chance(45);
    let days = asked_for(ledger, &range);
    let ids = *random.pick(&[Ids::Kept, Ids::Kept, Ids::Missing, Ids::Changed, Ids::Repeated]);
    Shows {
        kind: if is_ofx { FileKind::Ofx } else { FileKind::Csv },
        period: is_ofx.then_some(days),
        opening: false,
        closing: is_ofx,
        balances: !is_ofx && with_balances,
        letters: if random.chance(25) { 12 } else { usize::MAX },
        ids: if is_ofx { ids } else { Ids::Missing },
        masked: !is_ofx && may_mask && random.chance(30),
        newest_first: !is_ofx && random.chance(35),
        has_pending: false,
    }
}

/// The days of a download: its rows and the quiet days around them, as far as no other row lies there.
fn asked_for(ledger: &Ledger, range: &Range<usize>) -> (Date, Date) {
    let date = |at: usize| ledger.rows.get(at).map(|row| row.date);
    let (first, last) = (ledger.rows[range.start].date, ledger.rows[range.end - 1].date);
    let before = range.start.checked_sub(1).and_then(date).map_or(first, |day| day.saturating_add(1.day()));
    let after = date(range.end).map_or(last, |day| day.saturating_sub(1.day()));
    (before.min(first), after.max(last))
}

fn document(
    ledger: &Ledger,
    name: String,
    range: Range<usize>,
    shows: Shows,
    random: &mut Random,
) -> Document {
    let currency = ledger.account.currency;
    let money = |minor| Money::new(minor, currency);
    let before = |at: usize| ledger.opening + ledger.rows[..at].iter().map(|row| row.minor).sum::<i64>();
    let mut account = ledger.account.clone();
    if shows.kind != FileKind::Pdf {
        (account.holders, account.kind, account.institution) = (Vec::new(), None, None);
    }
    if shows.masked {
        account.number = account.number.map(|number| format!("****{}", &number[number.len() - 4..]));
    }
    let method = if shows.kind == FileKind::Pdf { Method::Text } else { Method::Structured };
    let listed = range.start..range.end + usize::from(shows.has_pending);
    let last = ledger.rows[range.end.max(1) - 1].date;
    let transactions = (1..).zip(listed).map(|(seq, at)| {
        let row = &ledger.rows[at];
        let reference = match shows.ids {
            Ids::Kept => Some(row.bank_id.clone()),
            Ids::Missing => None,
            Ids::Changed => Some(random.digits(12)),
            Ids::Repeated => Some(format!("{}", at / 2)),
        };
        Transaction {
            seq,
            date: if at < range.end { row.date } else { last },
            value_date: None,
            description: row.text.chars().take(shows.letters).collect::<String>().trim_end().to_owned(),
            amount: money(row.minor),
            balance: shows.balances.then(|| money(before(at + 1))),
            reference,
            check_number: None,
            status: RowStatus::Booked,
            details: None,
            categorization: None,
            confidence: 1.0,
            method,
            source: None,
        }
    });
    let mut statement = Statement {
        account,
        period: Period { start: shows.period.map(|days| days.0), end: shows.period.map(|days| days.1) },
        opening_balance: shows.opening.then(|| money(before(range.start))),
        closing_balance: shows.closing.then(|| money(before(range.end))),
        totals: Totals::default(),
        counts: Counts::default(),
        verdict: Verdict::Unverifiable,
        proof: None,
        unproved_because: Vec::new(),
        checks: Vec::new(),
        repairs: Vec::new(),
        transactions: transactions.collect(),
        pending: Vec::new(),
    };
    prove(&mut statement);
    Document {
        name,
        digest: random.digits(24),
        kind: shows.kind,
        statement,
        newest_first: shows.newest_first,
    }
}
