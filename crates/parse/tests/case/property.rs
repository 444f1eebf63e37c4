//! No transaction of a true ledger is lost or doubled, however it is cut into files that overlap.

use crate::book::{Book, Row, Shows, case, codes, csv, day, lost_and_doubled, only, pdf};
use proptest::prelude::*;
use smartexus_parse::CaseDocument;

const TEXTS: [&str; 3] = ["COFFEE CORNER", "OTTER CREEK MARKET", "RENT DOVECOTE LETS"];

/// Few days, few amounts, few texts: twins everywhere.
fn crowded() -> impl Strategy<Value = Book> {
    let row = (1_i8..=12, prop::sample::select(vec![-450_i64, -1_250, 900]), 0_usize..3);
    prop::collection::vec(row, 1..24).prop_map(|mut rows| {
        rows.sort_by_key(|(day, ..)| *day);
        let rows = rows.into_iter().map(|(number, minor, text)| Row {
            date: day(number),
            minor,
            text: TEXTS[text].to_owned(),
            id: None,
        });
        Book::new("41887702", 100_000, rows.collect())
    })
}

/// The same without two rows of one amount on a day.
fn distinct() -> impl Strategy<Value = Book> {
    crowded().prop_map(|mut book| {
        (1_i64..).zip(&mut book.rows).for_each(|(n, row)| row.minor += n);
        book
    })
}

/// How a file is cut: where from, how long, and what it shows.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Whole days with both ends.
    Statement,
    /// Rows, at any hour, with balances or not.
    List { balances: bool },
}

type Cut = (usize, usize, Kind);

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    let kind =
        prop_oneof![Just(Kind::Statement), any::<bool>().prop_map(|balances| Kind::List { balances }),];
    prop::collection::vec((0_usize..24, 1_usize..16, kind), 1..6)
}

/// Files of these cuts, and more lists where they leave a row out.
fn files(book: &Book, cuts: &[Cut], balances: bool) -> Vec<CaseDocument> {
    let rows = book.rows.len();
    let mut covered = vec![false; rows];
    let mut files = Vec::new();
    for (n, (from, length, kind)) in cuts.iter().enumerate() {
        let from = from % rows;
        let to = (from + length).min(rows);
        let name = format!("{n}");
        match kind {
            Kind::Statement => {
                let (first, last) = (book.rows[from].date.day(), book.rows[to - 1].date.day());
                book.days(first, last).for_each(|at| covered[at] = true);
                files.push(pdf(&name, &book.statement(first, last)));
            }
            Kind::List { balances } => {
                (from..to).for_each(|at| covered[at] = true);
                files
                    .push(csv(&name, &book.cut(from..to, Shows { balances: *balances, ..Shows::default() })));
            }
        }
    }
    let mut at = 0;
    while at < rows {
        let start = at;
        while at < rows && !covered[at] {
            at += 1;
        }
        if start < at {
            let shows = Shows { balances, ..Shows::default() };
            files.push(csv(&format!("rest {start}"), &book.cut(start..at, shows)));
        }
        at += 1;
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn distinct_rows_are_neither_lost_nor_doubled(book in distinct(), cuts in cuts(), balances: bool) {
        let case = case(&files(&book, &cuts, balances));
        prop_assert_eq!(lost_and_doubled(&book, only(&case)), (0, 0));
    }

    #[test]
    fn twins_are_neither_lost_nor_doubled_in_silence(book in crowded(), cuts in cuts(), balances: bool) {
        let case = case(&files(&book, &cuts, balances));
        let account = only(&case);
        let (lost, doubled) = lost_and_doubled(&book, account);
        prop_assert!(
            (lost, doubled) == (0, 0) || codes(account).contains(&"possible_duplicate"),
            "{lost} lost, {doubled} doubled: {account:#?}"
        );
        prop_assert_eq!(doubled, 0);
    }

    // Money only goes out, so no balance comes back: then balances tell every twin.
    #[test]
    fn twins_with_balances_are_exact(mut book in crowded(), cuts in cuts()) {
        book.rows.iter_mut().for_each(|row| row.minor = -row.minor.abs());
        let shown: Vec<Cut> = cuts
            .into_iter()
            .map(|(from, length, kind)| match kind {
                Kind::Statement => (from, length, kind),
                Kind::List { .. } => (from, length, Kind::List { balances: true }),
            })
            .collect();
        let case = case(&files(&book, &shown, true));
        prop_assert_eq!(lost_and_doubled(&book, only(&case)), (0, 0));
    }

    #[test]
    fn order_and_repetition_change_nothing(book in crowded(), cuts in cuts(), turn in 0_usize..6, balances: bool) {
        let documents = files(&book, &cuts, balances);
        let once = case(&documents);
        let mut turned = documents.clone();
        turned.reverse();
        let middle = turn % turned.len();
        turned.rotate_left(middle);
        prop_assert_eq!(&case(&turned), &once, "commutative, associative");
        let twice: Vec<CaseDocument> = documents.iter().chain(&documents).cloned().collect();
        let twice = case(&twice);
        let ledger = |case: &smartexus_domain::Case| -> Vec<(String, String)> {
            only(case).ledger.iter().map(|row| (row.id.clone(), row.amount.clone())).collect()
        };
        prop_assert_eq!(ledger(&twice), ledger(&once), "idempotent");
    }
}
