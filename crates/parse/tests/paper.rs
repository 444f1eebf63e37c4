//! Statements drawn as plain text, five points a character and twelve a line: what is tested is the reading,
//! not the fonts. Banks, people and numbers are invented.

#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

mod drawn;

use drawn::pages;
use smartexus_domain::{
    CheckName, DocumentKind, DocumentSource, Finding, GlyphAlternatives, GlyphChoice, Method, Outcome,
    PageMethod, PageRange, Pages, PartPages, Proof, Reading, RowStatus, Statement, Verdict, gather,
};
use smartexus_parse::{Input, ParseOptions, parse};

fn read(texts: &[&str]) -> Reading {
    parse(Input::Pages(&pages(texts)), &ParseOptions::default()).expect("there is text")
}

fn only(texts: &[&str]) -> Statement {
    let mut reading = read(texts);
    assert_eq!(reading.statements.len(), 1, "{:?}", reading.statements);
    reading.statements.remove(0)
}

/// Date, amount, balance and description of every row.
fn rows(statement: &Statement) -> Vec<String> {
    let balance = |row: &smartexus_domain::Transaction| row.balance.map_or("-".to_owned(), |b| b.to_string());
    let show = |row| format!("{} {} {} {}", row_date(row), row.amount, balance(row), row.description);
    fn row_date(row: &smartexus_domain::Transaction) -> String {
        row.date.to_string()
    }
    statement.transactions.iter().map(show).collect()
}

#[track_caller]
fn check(statement: &Statement, verdict: Verdict, proof: Option<Proof>, expected: &[&str]) {
    assert_eq!(rows(statement), expected);
    assert_eq!(
        (statement.verdict, statement.proof),
        (verdict, proof),
        "{:?} {:?}",
        statement.checks,
        statement.unproved_because
    );
}

/// The same pages as if they had been recognized, with so much confidence in the words that say this.
fn recognized(texts: &[&str], word: &str, confidence: f64) -> Statement {
    let mut pages = pages(texts);
    for page in &mut pages.pages {
        page.method = PageMethod::Ocr;
        let doubtful = page.words.iter_mut().filter(|w| w.text == word);
        doubtful.for_each(|w| w.confidence = confidence);
    }
    let mut reading = parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text");
    reading.statements.remove(0)
}

#[test]
fn a_recognized_date_that_may_be_another_one_leaves_nothing_green() {
    for (word, confidence, verdict) in [
        ("05", 0.85, Verdict::Verified),
        ("05", 0.84, Verdict::Unverifiable),
        // Sums prove amounts, however they were read; descriptions are what they are.
        ("1,600.00", 0.5, Verdict::Verified),
        ("HARBOUR", 0.2, Verdict::Verified),
    ] {
        let statement = recognized(&[UK], word, confidence);
        assert_eq!(statement.verdict, verdict, "{word} {confidence}: {:?}", statement.unproved_because);
        let doubts = statement.unproved_because.iter().any(|reason| reason == "doubtful_date");
        assert_eq!(doubts, verdict != Verdict::Verified, "{word}");
    }
}

const GERMAN: &str = "\
Sparkasse Tannenberg
IBAN DE89 3704 0044 0532 0130 00
Zeitraum vom 01.12.2025 bis 15.01.2026

Kontostand alt am 01.12.2025                                1.234,56 H
Buchung  Wert     Verwendungszweck           Soll EUR    Haben EUR
30.12.   30.12.   Miete Lindenweg 4          1.000,00
                  Rechnung 1201
02.01.   03.01.   Gehalt Meridian GmbH                   2.500,00
Kontostand neu am 15.01.2026                                2.734,56 H
";

#[test]
fn a_recognized_date_that_decides_the_year_is_doubted_like_a_row_s_own() {
    // Without a period only the ends say which year it is.
    let both_ends = GERMAN.replace("Zeitraum vom 01.12.2025 bis 15.01.2026\n", "");
    let one_end = both_ends.replace("alt am 01.12.2025", "alt              ");
    for (text, word, confidence, doubts) in [
        (GERMAN, "15.01.2026", 0.85, false),
        (GERMAN, "15.01.2026", 0.5, true),
        (GERMAN, "01.12.2025", 0.5, true),
        (&one_end, "15.01.2026", 0.84, true),
        (&one_end, "15.01.2026", 0.85, false),
        // The other end says the same.
        (&both_ends, "15.01.2026", 0.84, false),
        (&both_ends, "01.12.2025", 0.84, false),
        (GERMAN, "1.234,56", 0.5, false),
    ] {
        let statement = recognized(&[text], word, confidence);
        let found = statement.unproved_because.iter().any(|reason| reason == "doubtful_date");
        assert_eq!(found, doubts, "{word} {confidence}: {:?}", statement.unproved_because);
        assert_eq!(statement.verdict == Verdict::Verified, !doubts, "{word} {confidence}");
    }
}

const UK: &str = "\
Thornbury Building Society
Sort code 20-11-43   Account number 41234567
Statement period 1 March 2026 to 31 March 2026

Date           Details                         Paid out    Paid in    Balance
               BALANCE BROUGHT FORWARD                                  500.00
02 Mar 2026    CARD PAYMENT HARBOUR GROCERS       20.00
               EXETER
               SALARY MERIDIAN LTD                          1,000.00  1,480.00
05 Mar 2026    DIRECT DEBIT CITY WATER          1,600.00               120.00 OD
               BALANCE CARRIED FORWARD                                 120.00 OD
";

#[test]
fn dates_left_blank_balances_at_day_end_and_continued_descriptions() {
    let statement = only(&[UK]);
    check(
        &statement,
        Verdict::Verified,
        Some(Proof::Ends),
        &[
            "2026-03-02 -20.00 - CARD PAYMENT HARBOUR GROCERS EXETER",
            "2026-03-02 1000.00 1480.00 SALARY MERIDIAN LTD",
            "2026-03-05 -1600.00 -120.00 DIRECT DEBIT CITY WATER",
        ],
    );
    assert_eq!(statement.account.currency.code(), "GBP");
    assert_eq!(statement.account.number.as_deref(), Some("41234567"));
    assert_eq!(statement.account.sort_code.as_deref(), Some("20-11-43"));
}

#[test]
fn an_altered_amount_breaks_the_chain_where_it_stands() {
    let statement = only(&[&UK.replace("1,000.00  1,480.00", "1,900.00  1,480.00")]);
    assert_eq!(statement.verdict, Verdict::Discrepancy);
    let chain = statement.checks.iter().find(|c| c.check == CheckName::RunningBalance).expect("listed");
    assert_eq!((chain.outcome, chain.row), (Outcome::Fail, Some(2)));
}

#[test]
fn a_missing_row_is_never_verified() {
    let without = UK.lines().filter(|l| !l.contains("CITY WATER")).collect::<Vec<_>>().join("\n");
    assert_eq!(only(&[&without]).verdict, Verdict::Discrepancy);
}

#[test]
fn german_columns_and_dates_without_a_year() {
    let statement = only(&[GERMAN]);
    check(
        &statement,
        Verdict::Verified,
        Some(Proof::Ends),
        &[
            "2025-12-30 -1000.00 - Miete Lindenweg 4 Rechnung 1201",
            "2026-01-02 2500.00 - Gehalt Meridian GmbH",
        ],
    );
    assert_eq!(statement.account.iban.as_deref(), Some("DE89370400440532013000"));
    assert_eq!(statement.transactions[1].value_date.map(|d| d.to_string()).as_deref(), Some("2026-01-03"));
}

#[test]
fn sections_give_the_direction_and_totals_are_checked() {
    let statement = only(&["\
Lakeside Community Bank          Statement period 03/01/2026 - 03/31/2026
CHECKING SUMMARY
Beginning Balance                     $1,000.00
Deposits and Additions                   500.00
Electronic Withdrawals                  -200.00
Fees                                     -10.00
Ending Balance                        $1,290.00

Deposits and Additions
DATE     DESCRIPTION                    AMOUNT
03/03    PAYROLL MERIDIAN                400.00
03/20    REFUND BLUE DOOR                100.00
Total Deposits and Additions            $500.00

Electronic Withdrawals
DATE     DESCRIPTION                    AMOUNT
03/10    CITY WATER                      200.00
Total Electronic Withdrawals            $200.00

Fees
DATE     DESCRIPTION                    AMOUNT
03/31    MONTHLY FEE                      10.00
Total Fees                               $10.00

DAILY ENDING BALANCE
DATE       AMOUNT        DATE       AMOUNT
03/03    1,400.00        03/31    1,290.00
"]);
    check(
        &statement,
        Verdict::Verified,
        Some(Proof::Totals),
        &[
            "2026-03-03 400.00 - PAYROLL MERIDIAN",
            "2026-03-10 -200.00 - CITY WATER",
            "2026-03-20 100.00 - REFUND BLUE DOOR",
            "2026-03-31 -10.00 - MONTHLY FEE",
        ],
    );
}

#[test]
fn cards_owe() {
    let reading = read(&["\
Summit Ridge Bank                Credit Card Statement
Opening/Closing Date 02/20/26 - 03/19/26
Previous Balance                       $100.00
Payments and Credits                  -$100.00
Purchases                              +$60.00
New Balance                             $60.00
Minimum Payment Due                     $35.00

Trans Date   Post Date   Description             Amount
PAYMENTS AND CREDITS
03/01        03/02       PAYMENT THANK YOU       -100.00
PURCHASES
02/18        02/20       BLUE DOOR CAFE            45.00
03/05        03/06       BOOKS & MORE              15.00
"]);
    let statement = &reading.statements[0];
    assert_eq!(reading.kind, DocumentKind::CardStatement);
    assert_eq!(
        rows(statement),
        [
            "2026-02-20 -45.00 - BLUE DOOR CAFE",
            "2026-03-02 100.00 - PAYMENT THANK YOU",
            "2026-03-06 -15.00 - BOOKS & MORE",
        ]
    );
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.checks);
    assert_eq!(statement.opening_balance.map(|m| m.to_string()).as_deref(), Some("-100.00"));
}

#[test]
fn two_accounts_in_one_file() {
    let reading = read(&["\
Juniper Valley Credit Union      Statement period 03/01/2026 - 03/31/2026
EVERYDAY CHECKING            Account number 1000234501
Beginning balance                $100.00
Date         Description             Amount     Balance
03/02/2026   PAYROLL                 $50.00     $150.00
Ending balance                   $150.00

SHARE SAVINGS                Account number 1000234502
Beginning balance                $900.00
Date         Description             Amount     Balance
03/15/2026   TRANSFER               -$40.00     $860.00
Ending balance                   $860.00
"]);
    let found: Vec<_> = reading
        .statements
        .iter()
        .map(|s| (s.account.number.as_deref(), s.verdict, s.transactions.len()))
        .collect();
    assert_eq!(
        found,
        [(Some("1000234501"), Verdict::Verified, 1), (Some("1000234502"), Verdict::Verified, 1)]
    );
}

#[test]
fn newest_first_with_a_page_that_has_no_heading() {
    let statement = only(&[
        "\
Northwind Digital Bank           Statement from 2026-03-01 to 2026-03-31
Opening balance: AUD 10.00       Closing balance: AUD 55.00
Date          Transaction        Amount    Balance
2026-03-09    BOOKS              -5.00      55.00
2026-03-08    PAYROLL           +40.00      60.00
",
        "\
2026-03-02    REFUND            +10.00      20.00
",
    ]);
    check(
        &statement,
        Verdict::Verified,
        Some(Proof::Chain),
        &["2026-03-02 10.00 20.00 REFUND", "2026-03-08 40.00 60.00 PAYROLL", "2026-03-09 -5.00 55.00 BOOKS"],
    );
}

#[test]
fn without_a_heading_the_right_edges_of_amounts_give_the_columns() {
    let statement = only(&["\
Opening balance                                100.00
03 Mar 2026   HARBOUR GROCERS       -20.00      80.00
04 Mar 2026   PAYROLL                50.00     130.00
05 Mar 2026   CITY WATER            -30.00     100.00
Closing balance                                100.00
"]);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?} {:?}", rows(&statement), statement.checks);
    assert_eq!(statement.transactions.len(), 3);
}

#[test]
fn days_as_headings_names_of_sections_as_rows_and_marks_apart() {
    let statement = only(&["\
Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP

Opening balance    Closing balance
100.00             118.00
Details                         Value                Balance
Monday 2 March 2026
Shop                            20.00      DR          80.00
Interest                         3.00      CR          83.00
Tuesday 3 March 2026
Salary                          40.00      CR         123.00
Fees                             5.00      DR         118.00
"]);
    check(
        &statement,
        Verdict::Verified,
        Some(Proof::Chain),
        &[
            "2026-03-02 -20.00 80.00 Shop",
            "2026-03-02 3.00 83.00 Interest",
            "2026-03-03 40.00 123.00 Salary",
            "2026-03-03 -5.00 118.00 Fees",
        ],
    );
}

#[test]
fn a_page_headed_by_the_first_account_goes_on_with_the_second() {
    let first = "\
Harbour Bank   01/03/2026 to 31/03/2026   GBP

Everyday account   Account number 11111111
Date         Details                Amount       Balance
             Opening balance                      100.00
02/03/2026   Shop                   -20.00         80.00
             Closing balance                       80.00
Savings account   Account number 22222222
Date         Details                Amount       Balance
             Opening balance                      500.00
13/03/2026   Interest                 1.00        501.00
";
    let second = "\
Harbour Bank       Account number 11111111
Date         Details                Amount       Balance
14/03/2026   Transfer               -1.00         500.00
             Closing balance                      500.00
";
    let reading = read(&[first, second]);
    let told: Vec<_> = reading
        .statements
        .iter()
        .map(|s| (s.account.number.as_deref(), s.transactions.len(), s.verdict))
        .collect();
    assert_eq!(told, [(Some("11111111"), 1, Verdict::Verified), (Some("22222222"), 2, Verdict::Verified)]);
}

#[test]
fn what_is_taken_back_stands_in_its_column_with_the_other_sign() {
    let two_columns = |rows: &[&str]| {
        let head = "Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP\n\n\
                    Date         Details                Paid out       Paid in       Balance\n\
                                 Opening balance                                      100.00\n";
        only(&[&format!(
            "{head}{}\n             Closing balance                                       90.00\n",
            rows.join("\n")
        )])
    };
    let taken_back = two_columns(&[
        "02/03/2026   Shop                     20.00                       80.00",
        "13/03/2026   Shop, taken back        -20.00                      100.00",
        "14/03/2026   Salary                                 30.00        130.00",
        "15/03/2026   Salary, taken back                    -40.00         90.00",
    ]);
    let amounts = |statement: &Statement| {
        statement.transactions.iter().map(|row| row.amount.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(amounts(&taken_back), ["-20.00", "20.00", "30.00", "-40.00"]);
    assert_eq!(taken_back.verdict, Verdict::Verified);
    // Where all of it is printed with a minus, the minus says nothing.
    let habit = two_columns(&[
        "02/03/2026   Shop                    -20.00                       80.00",
        "13/03/2026   Shop                    -10.00                       70.00",
        "14/03/2026   Shop, taken back        +20.00                       90.00",
    ]);
    assert_eq!(amounts(&habit), ["-20.00", "-10.00", "20.00"]);
    assert_eq!(habit.verdict, Verdict::Verified);
}

#[test]
fn days_that_can_be_read_either_way_are_said_to_be_so() {
    let ambiguous = "\
Opening balance                              100.00
Date          Details            Amount     Balance
02/03/2026    HARBOUR            -20.00       80.00
03/04/2026    PAYROLL             50.00      130.00
Closing balance                              130.00
";
    let statement = only(&[ambiguous]);
    assert_eq!(statement.verdict, Verdict::Unverifiable);
    assert_eq!(statement.unproved_because, ["ambiguous_date"]);
    let with_period = format!("Statement period 1 March 2026 to 30 April 2026\n{ambiguous}");
    let statement = only(&[&with_period]);
    assert_eq!(
        (statement.verdict, rows(&statement)[0].as_str()),
        (Verdict::Verified, "2026-03-02 -20.00 80.00 HARBOUR")
    );
}

#[test]
fn numbers_that_look_like_days_and_days_that_look_like_numbers() {
    let statement = only(&["\
Continental Trust      Periode 01.10.2025 - 31.10.2025
Balance as of 01.10.2025:                                100,00 EUR
Balance as of 31.10.2025:                                 92,60 EUR
Date      Interest Date   Description           Amount
2 okt     02.10           PARKING               -5,18
3 okt     03.10           BOOKS                 -2,22
"]);
    check(
        &statement,
        Verdict::Verified,
        Some(Proof::Ends),
        &["2025-10-02 -5.18 - PARKING", "2025-10-03 -2.22 - BOOKS"],
    );
}

const WITH_PENDING: &str = "\
Fellside Bank                                    Account statement
Account number 20419937
Period 1 March 2026 to 31 March 2026

Date           Description                       Money out    Money in     Balance
               Opening balance                                              500.00
02 Mar 2026    CARD KESTREL ENERGY                   40.00                  460.00
05 Mar 2026    SALARY OAKRIDGE                                 900.00     1,360.00
               Closing balance                                            1,360.00

Pending transactions
30 Mar 2026    CARD OTTER FUEL                       25.00
31 Mar 2026    REFUND GROVE BOOKS                               12.50
";

#[test]
fn rows_under_a_heading_of_pending_ones_stand_apart() {
    let statement = only(&[WITH_PENDING]);
    let expected =
        ["2026-03-02 -40.00 460.00 CARD KESTREL ENERGY", "2026-03-05 900.00 1360.00 SALARY OAKRIDGE"];
    check(&statement, Verdict::Verified, Some(Proof::Chain), &expected);
    let pending: Vec<String> = statement
        .pending
        .iter()
        .map(|row| format!("{} {} {}", row.date, row.amount, row.description))
        .collect();
    assert_eq!(pending, ["2026-03-30 -25.00 CARD OTTER FUEL", "2026-03-31 12.50 REFUND GROVE BOOKS"]);
    assert!(statement.pending.iter().all(|row| row.status == RowStatus::Pending && row.source.is_some()));
}

#[test]
fn a_page_nobody_could_read_outweighs_every_sum() {
    let mut unread = pages(&[UK]);
    unread.pages[0].complete = false;
    let reading = parse(Input::Pages(&unread), &ParseOptions::default()).expect("there is text");
    assert_eq!(reading.statements[0].verdict, Verdict::Unverifiable);
    assert_eq!(reading.statements[0].unproved_because, ["page_unread"]);
}

#[test]
fn a_page_that_is_not_there_outweighs_every_sum() {
    let verdict = |change: fn(&mut Pages)| {
        let mut pages = pages(&[UK, "Terms and conditions"]);
        change(&mut pages);
        let reading = parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text");
        let [statement] = reading.statements.as_slice() else { panic!("one statement") };
        (statement.verdict, statement.unproved_because.clone())
    };
    let unread = (Verdict::Unverifiable, vec!["page_unread".to_owned()]);
    assert_eq!(verdict(|_| {}), (Verdict::Verified, Vec::new()));
    assert_eq!(verdict(|pages| pages.pages[1].page = 3), unread, "a gap");
    assert_eq!(verdict(|pages| pages.pages[0].page = 2), unread, "no first page");
    assert_eq!(verdict(|pages| notice(pages, "pages_missing")), unread, "the file claims more pages");
    assert_eq!(verdict(|pages| notice(pages, "pages_unread")), unread, "a part never came home");
    assert_eq!(verdict(|pages| notice(pages, "hidden_text")), (Verdict::Verified, Vec::new()));
}

fn notice(pages: &mut Pages, code: &'static str) {
    pages.findings.push(Finding::new(code, "Something about the pages."));
}

#[test]
fn a_document_with_a_part_that_never_came_home_is_not_verified() {
    let range = PageRange::new(2, 2).expect("a range");
    let mut whole = pages(&["Terms and conditions", UK, "Terms and conditions"]);
    whole.pages.retain(|page| range.contains(page.page));
    let gathered = gather(vec![PartPages { range, pages: whole }], 3).expect("there is text");
    let reading = parse(Input::Pages(&gathered), &ParseOptions::default()).expect("there is text");
    assert_eq!(reading.statements[0].verdict, Verdict::Unverifiable);
    assert_eq!(reading.statements[0].unproved_because, ["page_unread"]);
    assert_eq!(reading.source, DocumentSource::Text);
}

#[test]
fn two_printed_ends_that_differ_are_not_reconciled_by_choosing() {
    let altered = UK.replace("Statement period", "Closing balance 9,880.00\nStatement period");
    assert_eq!(only(&[&altered]).verdict, Verdict::Discrepancy);
}

#[test]
fn an_amount_between_rows_that_belongs_to_none_is_a_doubt() {
    let stray = UK.replace(
        "05 Mar 2026    DIRECT",
        "                                                  77.00\n05 Mar 2026    DIRECT",
    );
    let statement = only(&[&stray]);
    assert_eq!(statement.verdict, Verdict::Unverifiable);
    assert_eq!(statement.unproved_because, ["unread_amount"]);
}

#[test]
fn a_letter_is_no_statement() {
    let reading = read(&[
        "Dear Ms Kramer,\nthank you for your letter of 3 March 2026 about the fee of 12.00.\nYours sincerely",
    ]);
    assert_eq!(reading.kind, DocumentKind::Other);
    assert!(reading.statements.is_empty());
    assert!(reading.findings.iter().any(|f| f.code == "no_statement_found"));
}

#[test]
fn reading_is_deterministic() {
    assert_eq!(read(&[UK]), read(&[UK]));
}

/// A statement in which a recognizer read some words as others, and what it offered instead: text, glyph, choices.
fn misread(text: &str, doubts: &[(&str, u32, &[&str])]) -> Statement {
    let mut pages = pages(&[text]);
    for page in &mut pages.pages {
        page.method = PageMethod::Ocr;
        for word in &mut page.words {
            word.recognized = true;
            word.confidence = 0.97;
            for (_, at, choices) in doubts.iter().filter(|(text, _, _)| *text == word.text) {
                word.confidence = 0.7;
                let choices =
                    choices.iter().map(|text| GlyphChoice { text: (*text).to_owned(), probability: 0.2 });
                word.alternatives.push(GlyphAlternatives {
                    at: *at,
                    length: 1,
                    probability: 0.7,
                    choices: choices.collect(),
                });
            }
        }
    }
    let reading = parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text");
    assert_eq!(reading.statements.len(), 1);
    let statement = reading.statements.into_iter().next().expect("one");
    let applied = statement.repairs.iter().filter(|repair| repair.applied).count();
    let told = reading.findings.iter().filter(|finding| finding.code == "repaired").count();
    assert_eq!(applied, told, "what is changed is said");
    statement
}

const CHAIN: &str = "\
Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP
Opening balance 500.00
Closing balance 1,880.00
Date           Details                         Paid out    Paid in    Balance
02/03/2026     HARBOUR GROCERS                    20.00                480.00
03/03/2026     SALARY                                      1,000.00  1,480.00
20/03/2026     CITY WATER                        100.00              1,380.00
21/03/2026     MERIDIAN LTD                                  500.00  1,880.00
";

#[test]
fn a_doubtful_digit_is_repaired_where_the_sums_allow_only_one() {
    // The amount: its link, and the sum between the ends.
    let wrong = CHAIN.replace(" 20.00 ", " 26.00 ");
    let statement = misread(&wrong, &[("26.00", 1, &["0", "8"])]);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.checks);
    let repair = &statement.repairs[0];
    assert_eq!((repair.row, repair.field.as_str()), (1, "amount"));
    assert_eq!((repair.from.as_str(), repair.to.as_str()), ("-26.00", "-20.00"));
    assert_eq!(statement.transactions[0].method, Method::Repaired);
    // A balance in the middle: the links on both sides of it.
    let wrong = CHAIN.replace(" 1,480.00", " 1,430.00");
    let statement = misread(&wrong, &[("1,430.00", 3, &["8"])]);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.checks);
    assert_eq!(statement.repairs[0].field, "balance");
    // Two of them.
    let wrong = wrong.replace(" 20.00 ", " 26.00 ");
    let statement = misread(&wrong, &[("1,430.00", 3, &["8"]), ("26.00", 1, &["0"])]);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.checks);
    assert_eq!(statement.repairs.iter().filter(|repair| repair.applied).count(), 2);
}

#[test]
fn nothing_is_repaired_on_a_guess() {
    // The recognizer offers another digit than the one that the sums want.
    let wrong = CHAIN.replace(" 20.00 ", " 26.00 ");
    assert_eq!(misread(&wrong, &[("26.00", 1, &["8"])]).verdict, Verdict::Discrepancy);
    // It was sure.
    assert_eq!(misread(&wrong, &[]).verdict, Verdict::Discrepancy);
    // One equation finds it and none confirms it: no balances, no totals.
    let ends_only = "\
Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP
Opening balance 500.00
Closing balance 1,880.00
Date           Details                         Paid out    Paid in
02/03/2026     HARBOUR GROCERS                    26.00
03/03/2026     SALARY                                      1,000.00
20/03/2026     CITY WATER                        100.00
21/03/2026     MERIDIAN LTD                                  500.00
";
    let statement = misread(ends_only, &[("26.00", 1, &["0"])]);
    assert_eq!(statement.verdict, Verdict::Discrepancy);
    assert!(statement.repairs.iter().all(|repair| !repair.applied));
    // Printed totals confirm it.
    let totals = ends_only
        .replace("Closing balance", "Total paid out 120.00\nTotal paid in 1,500.00\nClosing balance");
    let statement = misread(&totals, &[("26.00", 1, &["0"])]);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.checks);
}

#[test]
fn a_paper_that_says_that_nothing_happened_is_believed_where_its_ends_agree() {
    let quiet = "\
Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP
Opening balance 500.00
Closing balance 500.00
Date           Details                         Paid out    Paid in    Balance
There were no transactions in this period.
";
    let statement = only(&[quiet]);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.unproved_because);
    let silent = only(&[&quiet.replace("There were no transactions in this period.", "")]);
    assert_eq!(silent.unproved_because, ["no_rows"]);
    for small_print in [
        "If there is no activity for twelve months we may close the account.",
        "There is no transaction fee on this account.",
    ] {
        let other = only(&[&quiet.replace("There were no transactions in this period.", small_print)]);
        assert_eq!(other.unproved_because, ["no_rows"], "{small_print}");
    }
    let moved = only(&[&quiet.replace("balance 500.00\nDate", "balance 510.00\nDate")]);
    assert_eq!(moved.verdict, Verdict::Discrepancy);
}

#[test]
fn a_figure_in_the_wrong_column_is_a_discrepancy_however_few_rows_there_are() {
    let one = "\
Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP
Opening balance 500.00
Closing balance 480.00
Date           Details                         Paid out    Paid in    Balance
02/03/2026     HARBOUR GROCERS                                20.00    480.00
";
    assert_eq!(only(&[one]).verdict, Verdict::Discrepancy);
    let two = one.replace("Closing balance 480.00", "Closing balance 1,480.00").replace(
        "20.00    480.00\n",
        "20.00    480.00\n03/03/2026     SALARY                                      1,000.00  1,480.00\n",
    );
    assert_eq!(only(&[&two]).verdict, Verdict::Discrepancy);
    let sections = "\
Harbour Bank   Statement of account   01/03/2026 to 31/03/2026   GBP
Opening balance 500.00
Closing balance 480.00
Deposits
Date           Details                          Amount
02/03/2026     HARBOUR GROCERS                   20.00
";
    assert_eq!(only(&[sections]).verdict, Verdict::Discrepancy);
}
