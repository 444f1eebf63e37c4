//! What a recognizer makes of a page, read all the same. Banks and numbers are invented.

#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

mod drawn;

use drawn::pages;
use smartexus_domain::{Method, PageMethod, Statement, Verdict};
use smartexus_parse::{Input, ParseOptions, parse};

/// The only statement of a page that was recognized as this.
fn recognized(text: &str) -> Statement {
    let mut pages = pages(&[text]);
    for page in &mut pages.pages {
        page.method = PageMethod::Ocr;
        page.words.iter_mut().for_each(|word| word.recognized = true);
    }
    let reading = parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text");
    let mut statements = reading.statements.into_iter();
    let first = statements.next().expect("one statement");
    assert!(statements.next().is_none(), "one statement");
    first
}

fn rows(statement: &Statement) -> Vec<String> {
    statement.transactions.iter().map(|row| format!("{} {}", row.date, row.amount)).collect()
}

const DAYS: &str = "\
CAIXA EXEMPLO   Extrato de conta   Conta 214265444   EUR
Movimentos entre 01/06/2026 e 30/06/2026

Movimento                                   Saidas    Entradas

segunda-feira 8 de junho de 2026
DEBITO ENERGIA MONTEMAR                      72,87
terga-feira 9 de junho de 2026
COMPRA LIVRARIA CAIS 4                       62,60
quarta-feira10 de junho de 2026
DEPOSITO EM NUMERARIO                                   324,39
";

#[test]
fn a_day_above_its_rows_is_known_by_a_misread_name() {
    let read = recognized(DAYS);
    assert_eq!(rows(&read), ["2026-06-08 -72.87", "2026-06-09 -62.60", "2026-06-10 324.39"]);
    assert!(read.unproved_because.iter().all(|reason| reason != "unread_date"), "{read:?}");
}

#[test]
fn rows_under_a_day_that_nobody_can_read_are_doubted() {
    let read = recognized(&DAYS.replace("terga-feira 9 de junho", "t 9 de jvvho"));
    assert!(read.unproved_because.iter().any(|reason| reason == "unread_date"), "{read:?}");
}

const ENGLISH: &str = "\
EXAMPLE BANK   Transaction history   Account no. 214265444   USD
For the period April 21, 2026 through July 20, 2026

DESCRIPTION                                 Payments in    Payments out

Thursday, July 2, 2026
Payment received from Owen Kestrel               150.00
Wednesday, July 1 2026
Branch deposit 9251                            1,633.04
Tuesday, June 30, 2026
Oakridge Dental                                                   53.03
";

#[test]
fn a_lost_comma_makes_no_other_day() {
    let read = recognized(ENGLISH);
    assert_eq!(rows(&read), ["2026-06-30 -53.03", "2026-07-01 1633.04", "2026-07-02 150.00"]);
    assert!(!read.unproved_because.iter().any(|reason| reason.contains("date")), "{read:?}");
}

#[test]
fn rows_are_no_surer_than_the_day_above_them() {
    let mut pages = pages(&[ENGLISH]);
    for page in &mut pages.pages {
        page.method = PageMethod::Ocr;
        for word in &mut page.words {
            word.recognized = true;
            word.confidence = if word.text == "30," { 0.6 } else { 0.97 };
        }
    }
    let reading = parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text");
    let statement = reading.statements.first().expect("one");
    assert!(statement.unproved_because.iter().any(|reason| reason == "doubtful_date"), "{statement:?}");
}

#[test]
fn one_letter_from_a_label_is_no_label_where_other_words_follow() {
    let text = "\
EXAMPLE BANK   Account statement   Account 214265444   GBP
From 01/06/2026 to 30/06/2026
Openlng balance 100.00
Date          Details                       Paid out    Paid in    Balance
08/06/2026    PURCHASE HARBOUR BOOKS           10.00                 90.00
09/06/2026    SALARY                                     50.00      140.00
Closlng balance 140.00
";
    let read = recognized(text);
    assert_eq!(rows(&read), ["2026-06-08 -10.00", "2026-06-09 50.00"]);
    let ends = (read.opening_balance, read.closing_balance);
    assert_eq!(ends.0.zip(ends.1).map(|(a, b)| format!("{a} {b}")).as_deref(), Some("100.00 140.00"));
}

const RUPEES: &str = "\
EXAMPLE BANK   Account no. 214265444
Statement period 01/06/2026 to 30/06/2026
Opening balance                             %3,790.77

Date        Description                     Amount          Balance
01/06/2026  RENT SHARE                      ₹545.00-        %3,245.77
08/06/2026  SETTLEMENT OF INVOICES          %5,207.26       ₹8,453.03
30/06/2026  CARD PURCHASE                   ₹50.00-         ₹8,403.03
Closing balance                             %8,403.03
";

#[test]
fn a_percent_sign_before_a_number_is_the_rupee_of_the_others() {
    let read = recognized(RUPEES);
    assert_eq!(rows(&read), ["2026-06-01 -545.00", "2026-06-08 5207.26", "2026-06-30 -50.00"]);
    assert_eq!((read.verdict, read.account.currency.code()), (Verdict::Verified, "INR"));
    // Where no rupee was seen, nobody knows what the sign stands for.
    assert_ne!(recognized(&RUPEES.replace('₹', "")).verdict, Verdict::Verified);
}

const MARKS: &str = "\
BANK BEISPIEL   Kontoauszug   Konto 214265444   EUR
Zeitraum 01.06.2026 bis 30.06.2026
Alter Saldo                                                 1.000,00

Datum       Buchungstext                    Betrag          Saldo
02.06.2026  BACKHAUS KORN                   -12,50          987,50
05.06.2026  KIOSK AM TOR                    -7,25           980,25
09.06.2026  BACKHAUS KORN                   -4,17           976,08
12.06.2026  STROM MONTAU                    -76,08          900,00
Neuer Saldo                                                 900,00
";

#[test]
fn a_mark_that_was_not_seen_is_found_by_the_sums() {
    let read = recognized(&MARKS.replace("-4,17 ", "-417  "));
    let found: Vec<(String, Method)> =
        read.transactions.iter().map(|row| (row.amount.to_string(), row.method)).collect();
    assert_eq!(found.get(2), Some(&("-4.17".to_owned(), Method::Repaired)), "{read:?}");
    assert_eq!((read.verdict, read.repairs.len()), (Verdict::Verified, 1));
}

#[test]
fn a_number_torn_at_its_mark_is_one() {
    for torn in ["1.000 ,00", "1.000, 00"] {
        let read = recognized(&MARKS.replace("1.000,00", torn));
        assert_eq!(
            read.opening_balance.map(|opening| opening.to_string()).as_deref(),
            Some("1000.00"),
            "{torn}"
        );
        assert_eq!(read.verdict, Verdict::Verified, "{torn}");
    }
}

#[test]
fn joint_holders_stand_below_each_other() {
    let names = "OTTO BEISPIEL\nRUTH EICHENAU\nLINDENWEG 4\n12345 MONTAU\n\n";
    let read = recognized(&MARKS.replace("Zeitraum", &format!("{names}Zeitraum")));
    assert_eq!(read.account.holders, ["OTTO BEISPIEL", "RUTH EICHENAU"]);
    let alone =
        recognized(&MARKS.replace("Zeitraum", &format!("{}Zeitraum", names.replace("OTTO BEISPIEL\n", ""))));
    assert_eq!(alone.account.holders, ["RUTH EICHENAU"]);
}
