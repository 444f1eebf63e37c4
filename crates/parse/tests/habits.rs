//! Habits of print that once hid a column, an account or a row, drawn as plain text. Banks and numbers are invented.

#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

mod drawn;

use drawn::pages;
use smartexus_domain::{Statement, Verdict};
use smartexus_parse::{Input, ParseOptions, parse};

fn read(text: &str) -> Vec<Statement> {
    parse(Input::Pages(&pages(&[text])), &ParseOptions::default()).expect("there is text").statements
}

/// Date, value date and amount of every row.
fn rows(statement: &Statement) -> Vec<String> {
    let value =
        |row: &smartexus_domain::Transaction| row.value_date.map_or("-".to_owned(), |day| day.to_string());
    statement.transactions.iter().map(|row| format!("{} {} {}", row.date, value(row), row.amount)).collect()
}

#[test]
fn two_quiet_accounts_on_one_page_are_two_statements() {
    let read = read(
        "EXAMPLE BANK   Account statement\n\
         For the period 19 November 2025 to 18 December 2025\n\
         \n\
         Everyday Account   Account number 458423293\n\
         Opening balance 19 November 2025: 906.97\n\
         Closing balance 18 December 2025: 906.97\n\
         There were no transactions in this period.\n\
         \n\
         Savings Account   Account number 638422433\n\
         Opening balance 19 November 2025: 4,383.00\n\
         Closing balance 18 December 2025: 4,383.00\n\
         There were no transactions in this period.\n",
    );
    let ends: Vec<_> = read.iter().map(|s| (s.verdict, s.closing_balance.map(|m| m.to_string()))).collect();
    let quiet = |closing: &str| (Verdict::Verified, Some(closing.to_owned()));
    assert_eq!(ends, [quiet("906.97"), quiet("4383.00")]);
}

#[test]
fn one_end_of_a_quiet_account_is_a_statement_that_proves_nothing() {
    let read = read(
        "BANCO EJEMPLO   Extracto de cuenta\n\
         Del 1 de marzo de 2025 al 31 de marzo de 2025   EUR\n\
         \n\
         Cuenta corriente   Cuenta 214265444\n\
         Saldo final a 31/03/2025: 454,50\n\
         No hay movimientos en este periodo.\n",
    );
    let found: Vec<_> = read.iter().map(|s| (s.verdict, s.transactions.len())).collect();
    assert_eq!(found, [(Verdict::Unverifiable, 0)]);
}

#[test]
fn a_heading_of_two_days_set_close_is_two_columns() {
    let mut pages = pages(&["MUSTERBANK   Kontoauszug\n\
         Zeitraum 01.07.2023 bis 31.07.2023   EUR\n\
         \n\
         Alter Saldo                                       100,00\n\
         Datum   Valuta   Text                   Soll       Haben\n\
         01.07.  03.07.   Lastschrift Apotheke   20,00\n\
         \u{20}       05.07.   Gutschrift Lohn                   500,00\n\
         04.07.  06.07.   Dauerauftrag Miete     80,00\n\
         Neuer Saldo                                       500,00\n"]);
    // More than a blank apart, and less than two columns usually are.
    for word in pages.pages.iter_mut().flat_map(|page| &mut page.words).filter(|word| word.text == "Valuta") {
        (word.bounds.x0, word.bounds.x1) = (62.0, 92.0);
    }
    let read = parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text").statements;
    let [statement] = read.as_slice() else { panic!("{read:?}") };
    let expected =
        ["2023-07-01 2023-07-03 -20.00", "2023-07-01 2023-07-05 500.00", "2023-07-04 2023-07-06 -80.00"];
    assert_eq!(
        (statement.verdict, rows(statement)),
        (Verdict::Verified, expected.map(str::to_owned).to_vec())
    );
}

#[test]
fn figures_right_of_headings_set_left_stand_in_their_own_column() {
    let read = read(
        "VOORBEELDBANK   Rekeningafschrift\n\
         Periode 01-10-2025 t/m 31-10-2025   EUR\n\
         \n\
         Oud saldo                                              100,00\n\
         Datum        Omschrijving           Uit        In         Saldo\n\
         02-10-2025   Storting kantoor                      717,40     817,40\n\
         03-10-2025   Betaalautomaat              95,81                721,59\n\
         05-10-2025   Overboeking                411,83                309,76\n\
         Nieuw saldo                                            309,76\n",
    );
    let [statement] = read.as_slice() else { panic!("{read:?}") };
    let expected = ["2025-10-02 - 717.40", "2025-10-03 - -95.81", "2025-10-05 - -411.83"];
    assert_eq!(
        (statement.verdict, rows(statement)),
        (Verdict::Verified, expected.map(str::to_owned).to_vec())
    );
}

#[test]
fn a_box_of_fees_below_the_rows_is_no_row() {
    let read = read(
        "MUSTERBANK   Kontoauszug\n\
         Zeitraum 01.09.2023 bis 30.09.2023   EUR\n\
         \n\
         Alter Saldo                                  100,00\n\
         Datum       Text                     Betrag    Saldo\n\
         04.09.2023  Gutschrift Lohn          500,00   600,00\n\
         05.09.2023  Lastschrift Apotheke     -20,00   580,00\n\
         Neuer Saldo                                  580,00\n\
         \n\
         Entgelte\n\
         In diesem Zeitraum                     0,00\n\
         Seit Jahresbeginn                     17,80\n",
    );
    let [statement] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((statement.verdict, statement.transactions.len()), (Verdict::Verified, 2));
}

#[test]
fn the_number_of_a_page_heads_no_day() {
    let read = read(
        "EXAMPLE BANK   Account statement\n\
         For the period 1 September 2024 to 30 September 2024   USD\n\
         \n\
         Opening balance                              100.00\n\
         Page 2 of 4\n\
         Details                             Value   Balance\n\
         Monday 2 September 2024\n\
         SALARY                             500.00    600.00\n\
         Thursday 5 September 2024\n\
         PHARMACY                           -20.00    580.00\n\
         Closing balance                              580.00\n",
    );
    let [statement] = read.as_slice() else { panic!("{read:?}") };
    let expected = ["2024-09-02 - 500.00", "2024-09-05 - -20.00"];
    assert_eq!(rows(statement), expected);
    // Pages 1, 3 and 4 were not sent.
    assert_eq!(statement.verdict, Verdict::Unverifiable);
}
