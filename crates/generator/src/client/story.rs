//! What really happened on a client's accounts.

use super::{Ledger, Move, Row};
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use smartexus_domain::{Account, Currency};

const SHOPS: [&str; 10] = [
    "OTTER CREEK MARKET 0412 PORTLAND ME",
    "SILVERLEAF CAFE",
    "TIDEWATER HARDWARE 0031",
    "GULL ROCK GROCERY",
    "FERNWAY MOBILE RECURRING",
    "CASCO WATER DISTRICT WEB ID 99213",
    "HARBOR LIGHT BOOKS",
    "COMMERCIAL STREET PARKING",
    "MUNJOY HILL PROPERTIES RENT",
    "WILLOW TRAVEL SERVICES",
];
/// Few enough that equal rows meet on one day and on the next.
const PRICES: [i64; 8] = [-450, -450, -1_250, -2_000, -7_735, -16_500, -98_000, -3_199];
const MONTHS: i64 = 3;

/// An account, and its rows with the number of the transfer that each is a leg of.
type Draft = (Account, Vec<(Row, Option<usize>)>);

/// The accounts with their rows, and the transfers between them.
pub(super) fn ledgers(random: &mut Random) -> (Vec<Ledger>, Vec<Move>) {
    let start = date(2026, i8::try_from(random.between(1, 8)).unwrap_or(1), 1);
    let count = random.between(1, 3);
    let mut drafts: Vec<Draft> = (0..count).map(|at| (account(at, random), rows(start, random))).collect();
    // A second currency under the number of the first account.
    if random.chance(25)
        && let Some((first, _)) = drafts.first()
    {
        let currency = Currency::from_code("EUR").unwrap_or(Currency::UNKNOWN);
        let euro = Account { currency, ..first.clone() };
        drafts.push((euro, rows(start, random)));
    }
    let moved = transfers(&mut drafts, start, random);
    let mut ledgers: Vec<Ledger> = Vec::new();
    let mut places: Vec<[Option<(usize, usize)>; 2]> = vec![[None; 2]; moved];
    for (at, (account, mut rows)) in drafts.into_iter().enumerate() {
        rows.sort_by_key(|(row, _)| row.date);
        for (index, (row, transfer)) in rows.iter().enumerate() {
            if let Some(place) = transfer.and_then(|transfer| places.get_mut(transfer)) {
                place[usize::from(row.minor > 0)] = Some((at, index));
            }
        }
        let rows: Vec<Row> = rows.into_iter().map(|(row, _)| row).collect();
        let sent = vec![false; rows.len()];
        ledgers.push(Ledger {
            account,
            opening: random.between(50_000, 900_000),
            rows,
            sent,
            gaps: Vec::new(),
        });
    }
    let transfers = places.into_iter().filter_map(|[from, to]| Some(Move { from: from?, to: to? }));
    (ledgers, transfers.collect())
}

fn account(at: i64, random: &mut Random) -> Account {
    Account {
        institution: Some("Penobscot Harbor Savings Bank".to_owned()),
        holders: vec!["Tobias Lindqvist".to_owned()],
        // The last digits differ, as far as digits go.
        number: Some(format!("77{}{}{at}", random.digits(5), random.digits(2))),
        kind: Some(if at == 0 { "checking" } else { "savings" }.to_owned()),
        currency: Currency::from_code("USD").unwrap_or(Currency::UNKNOWN),
        ..Account::default()
    }
}

fn end(start: Date) -> Date {
    start.saturating_add(MONTHS.months()).saturating_sub(1.day())
}

fn rows(start: Date, random: &mut Random) -> Vec<(Row, Option<usize>)> {
    let days = i64::from((end(start) - start).get_days());
    let mut rows = Vec::new();
    for _ in 0..random.between(25, 90) {
        let day = start.saturating_add(random.between(0, days).days());
        let minor = if random.chance(70) { *random.pick(&PRICES) } else { random.between(-20_000, 150_000) };
        let text = *random.pick(&SHOPS);
        // Twins: the same shop and price again on that day.
        let times = if random.chance(12) { 2 } else { 1 };
        for _ in 0..times {
            rows.push((row(day, minor, text.to_owned(), random), None));
        }
    }
    rows
}

fn row(date: Date, minor: i64, text: String, random: &mut Random) -> Row {
    Row { date, minor: if minor == 0 { 1 } else { minor }, text, bank_id: random.digits(10) }
}

/// Books both legs of some transfers, each of an amount of its own, and says how many.
fn transfers(drafts: &mut [Draft], start: Date, random: &mut Random) -> usize {
    let last = drafts.iter().filter(|(account, _)| account.currency.code() == "USD").count();
    if last < 2 {
        return 0;
    }
    let days = i64::from((end(start) - start).get_days());
    let count = usize::try_from(random.between(2, 8)).unwrap_or(2);
    for transfer in 0..count {
        let from = usize::try_from(random.between(0, i64::try_from(last).unwrap_or(1) - 1)).unwrap_or(0);
        let to = (from + 1) % last;
        let minor = 200_000 + i64::try_from(transfer).unwrap_or(0) * 1_111 + random.between(1, 9);
        let day = start.saturating_add(random.between(0, days - 6).days());
        let later = business_days_later(day, random.between(0, 3));
        let tail = |account: &Account| {
            let number = account.number.clone().unwrap_or_default();
            number.get(number.len().saturating_sub(4)..).unwrap_or_default().to_owned()
        };
        let (to_tail, from_tail) = (tail(&drafts[to].0), tail(&drafts[from].0));
        let says = random.chance(60);
        let text = |word: &str, tail: &str| {
            if says { format!("TRANSFER {word} {tail}") } else { "ONLINE BANKING".to_owned() }
        };
        let out = row(day, -minor, text("TO", &to_tail), random);
        let into = row(later, minor, text("FROM", &from_tail), random);
        drafts[from].1.push((out, Some(transfer)));
        drafts[to].1.push((into, Some(transfer)));
    }
    count
}

fn business_days_later(day: Date, count: i64) -> Date {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        day = day.saturating_add(1.day());
        left -= i64::from(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    }
    day
}
