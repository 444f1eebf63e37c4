//! Which statements are of one account, and which must never be joined.

use crate::book::{Book, case, csv, day, pdf, row};
use smartexus_domain::{Account, Case, Currency, JoinedBy};

fn rows(shift: i64) -> Vec<crate::book::Row> {
    (1..=12).map(|n| row(n * 2, -(1_000 + shift + i64::from(n) * 7), &format!("SHOP {n}"))).collect()
}

fn book(shift: i64, change: impl Fn(&mut Account)) -> Book {
    let mut book = Book::new("", 50_000, rows(shift));
    change(&mut book.account);
    book
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// How many accounts the whole months of some books make, and how each statement was joined.
fn joined(books: &[&Book]) -> (usize, Vec<JoinedBy>, Case) {
    let document = |(n, book): (usize, &&Book)| {
        let statement = if n % 2 == 0 { book.statement(1, 31) } else { book.export(0..book.rows.len()) };
        if n % 2 == 0 { pdf(&format!("{n}"), &statement) } else { csv(&format!("{n}"), &statement) }
    };
    let documents: Vec<_> = books.iter().enumerate().map(document).collect();
    let case = case(&documents);
    let mut by: Vec<_> =
        case.accounts.iter().flat_map(|a| &a.statements).map(|s| (s.at, s.joined_by)).collect();
    by.sort_unstable();
    (case.accounts.len(), by.into_iter().map(|(_, by)| by).collect(), case)
}

#[test]
fn two_accounts_of_one_bank() {
    let of = |number: &'static str| {
        move |account: &mut Account| {
            account.institution = text("Fernwood Bank");
            account.number = text(number);
        }
    };
    // Even with the very same rows.
    let (accounts, ..) = joined(&[&book(0, of("41887702")), &book(0, of("41887703"))]);
    assert_eq!(accounts, 2);
}

#[test]
fn two_currencies() {
    let euro = book(0, |account| {
        account.number = text("41887702");
        account.currency = Currency::from_code("EUR").unwrap();
    });
    let dollar = book(0, |account| account.number = text("41887702"));
    let (accounts, _, case) = joined(&[&euro, &dollar]);
    assert_eq!(accounts, 2);
    assert!(case.accounts.iter().all(|account| account.account.currency.is_known()));
}

#[test]
fn a_whole_number_and_its_end() {
    let whole = book(0, |account| account.number = text("41887702"));
    let masked = book(0, |account| account.number = text("****7702"));
    let (accounts, by, _) = joined(&[&whole, &masked]);
    assert_eq!((accounts, by), (1, vec![JoinedBy::Number, JoinedBy::MaskedNumber]));
    // Two accounts end so; the rows tell.
    let other = book(500, |account| account.number = text("99997702"));
    let (accounts, by, _) = joined(&[&whole, &masked, &other]);
    assert_eq!((accounts, by[1]), (2, JoinedBy::MaskedNumber));
    // Nothing tells: it stays alone, and that is said.
    let silent = Book { rows: vec![row(20, -5, "X")], ..masked.clone() };
    let (accounts, _, case) = joined(&[&whole, &silent, &other]);
    assert_eq!(accounts, 3);
    assert!(case.findings.iter().any(|finding| finding.code == "account_ambiguous"));
    // The end fits, the rows of the same days are others.
    let stranger = book(900, |account| account.number = text("****7702"));
    assert_eq!(joined(&[&whole, &stranger]).0, 2);
}

#[test]
fn an_iban_and_the_number_in_it() {
    let iban = book(0, |account| account.iban = text("DE44500105175407324931"));
    let number = book(0, |account| account.number = text("5407324931"));
    assert_eq!(joined(&[&iban, &number]).0, 1);
    let other = book(3, |account| account.iban = text("DE44500105175407324932"));
    assert_eq!(joined(&[&other, &number]).0, 2);
}

#[test]
fn sort_codes_part_equal_numbers() {
    let of = |code: &str| {
        let code = text(code);
        book(0, move |account| {
            account.number = text("41887702");
            account.sort_code = code.clone();
        })
    };
    assert_eq!(joined(&[&of("99-11-23"), &of("99-11-24")]).0, 2);
    let blind = book(0, |account| account.number = text("41887702"));
    assert_eq!(joined(&[&of("99-11-23"), &blind]).0, 1);
    let (accounts, _, case) = joined(&[&of("99-11-23"), &blind, &of("99-11-24")]);
    assert_eq!(accounts, 3);
    assert!(case.findings.iter().any(|finding| finding.code == "account_ambiguous"));
}

#[test]
fn a_list_that_names_no_account() {
    let named = book(0, |account| account.number = text("41887702"));
    let unnamed = book(0, |_| {});
    let (accounts, by, case) = joined(&[&named, &unnamed]);
    assert_eq!((accounts, by[1]), (1, JoinedBy::Rows));
    assert!(case.findings.iter().any(|finding| finding.code == "account_assumed"));
    assert_eq!(joined(&[&named, &book(1, |_| {})]).0, 2);
    // Two accounts with the same rows: nobody can tell.
    let twin = book(0, |account| account.number = text("41887703"));
    assert_eq!(joined(&[&named, &unnamed, &twin]).0, 3);
}

#[test]
fn lists_that_name_no_account_go_on_from_a_balance() {
    let book = book(0, |_| {});
    let shows = crate::book::Shows { balances: true, ..Default::default() };
    let (one, two) = (book.cut(0..6, shows), book.cut(6..12, shows));
    let joined = case(&[csv("a", &one), csv("b", &two)]);
    assert_eq!(joined.accounts.len(), 1);
    assert_eq!(joined.accounts[0].ledger.last().unwrap().date, day(24));
    assert!(joined.accounts[0].gaps.iter().all(|gap| !gap.stated));
    // Weeks between them, or another balance: nothing joins them.
    let mut late = book.clone();
    late.rows.iter_mut().skip(6).for_each(|row| row.date = row.date.saturating_add(jiff::ToSpan::days(20)));
    let apart = case(&[csv("a", &one), csv("b", &late.cut(6..12, shows))]);
    assert_eq!(apart.accounts.len(), 2);
    assert!(apart.findings.iter().any(|finding| finding.code == "account_unknown"));
    assert_eq!(case(&[csv("a", &one), csv("b", &book.cut(7..12, shows))]).accounts.len(), 2);
}

#[test]
fn one_row_with_its_balance_joins_two_lists() {
    let book = book(0, |_| {});
    let shows = crate::book::Shows { balances: true, ..Default::default() };
    let joined = case(&[csv("a", &book.cut(0..6, shows)), csv("b", &book.cut(5..12, shows))]);
    assert_eq!(joined.accounts.len(), 1);
    assert_eq!(joined.accounts[0].ledger.len(), 12);
}
