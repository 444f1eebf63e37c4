//! BAI2: one day, control sums on every level, texts with commas that go on in the next line.

use super::{BankFile, ENDS, FIXED, HABITS, card, lines};
use crate::book::{Owner, Plan};
use crate::random::Random;
use crate::truth::{Shows, StatementTruth};
use jiff::civil::date;

pub(super) fn cases() -> Vec<BankFile> {
    let day = date(2026, 3, 2);
    let owner = Owner { number: "0009988".to_owned(), currency: "USD", ..Owner::default() };
    let plan =
        Plan { owner, start: day, end: day, opening: 1_204_455, rows: 12, habits: HABITS, fixed: FIXED };
    let book = plan.grow(&mut Random::new(61));
    let (rows_in, rows_out) = book.counts;
    let mut records = vec![
        format!("03,0009988,USD,010,{},,,015,{},,/", book.opening, book.closing),
        format!("88,100,{},{rows_in},,400,{},{rows_out},/", book.credits, book.debits.abs()),
    ];
    let mut sum = book.opening + book.closing + book.credits + book.debits.abs();
    for (at, entry) in book.entries.iter().enumerate() {
        let [kind, name, purpose] = lines(entry);
        let code = if entry.amount < 0 { 455 } else { 165 };
        let availability = ["Z", "S,1,2,3", "V,260302,0900", "D,2,0,1,1,2"][at % 4];
        records.push(format!("16,{code},{},{availability},B{at},,{kind}", entry.amount.abs()));
        records.push(format!("88,{name}"));
        records.push(format!("88,{purpose}/"));
        sum += entry.amount.abs();
    }
    records.push(format!("49,{sum},{}/", records.len() + 1));
    records.insert(0, "02,CLIENT,HARBOUR,1,260302,2400,USD,2/".to_owned());
    records.push(format!("98,{sum},1,{}/", records.len() + 1));
    records.insert(0, "01,HARBOUR,CLIENT,260303,0600,1,80,,2/".to_owned());
    records.push(format!("99,{sum},1,{}/", records.len() + 1));
    let shows = Shows { totals: true, value_dates: false, ..ENDS };
    vec![BankFile {
        card: card(
            "bai2-day",
            "bai2",
            "US",
            "en",
            &["control sums", "continuations", "kinds of availability"],
        ),
        ending: "bai",
        bytes: records.into_iter().flat_map(|record| format!("{record}\n").into_bytes()).collect(),
        truths: vec![StatementTruth::new(&book, shows, "structured")],
    }]
}
