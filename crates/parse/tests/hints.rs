//! Issuers nobody described in words nobody knows: what a person confirms is learned, what lies does no harm.
//! Banks, people, words and numbers are invented.

#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a test that cannot go on says so")]

mod drawn;

use drawn::pages;
use jiff::civil::Date;
use serde_json::{Value, json};
use smartexus_domain::{
    Currency, Method, Money, Pages, Rect, RowStatus, Source, Statement, Transaction, Verdict,
};
use smartexus_parse::{Input, IssuerHint, LearnError, ParseOptions, learn, parse};

/// Balance, money out, money in: an order that no list of columns has.
const MARCH: &str = "\
Wopel Tarn Ildestro                            EUR
01/03/2026 to 31/03/2026
Opening balance                 1,000.00

Zarn          Mubbel                         Krell       Fosk      Dravo
02/03/2026    Harbour grocers               980.00      20.00
05/03/2026    Meridian wages              2,480.00                1,500.00
05/03/2026    City water                  2,440.00      40.00
19/03/2026    Rent                        1,540.00     900.00
Closing balance                 1,540.00
";

const APRIL: &str = "\
Wopel Tarn Ildestro                            EUR
01/04/2026 to 30/04/2026
Opening balance                 1,540.00

Zarn          Mubbel                         Krell       Fosk      Dravo
01/04/2026    Blue door                   1,530.50       9.50
04/04/2026    Refund                      1,531.00                    0.50
21/04/2026    Meridian wages             13,031.00               11,500.00
22/04/2026    Lindenweg                     531.00  12,500.00
Closing balance                   531.00
";

/// The same with a column of points, without any heading.
const POINTS: &str = "\
Ulmar Vesk Brandor                             EUR
01/03/2026 to 31/03/2026
Opening balance                 1,000.00

02/03/2026    Harbour grocers               980.00      12.50      20.00
05/03/2026    Meridian wages              2,480.00      13.75                1,500.00
05/03/2026    City water                  2,440.00      20.10      40.00
19/03/2026    Rent                        1,540.00      33.33     900.00
Closing balance                 1,540.00
";

/// Two days a row, in words that nobody knows.
const TWO_DAYS: &str = "\
Wopel Tarn Ildestro                            EUR
01/03/2026 to 31/03/2026
Opening balance                 1,000.00

Zarn          Mubbel          Hint           Krell       Fosk      Dravo
02/03/2026    01/03/2026  Harbour grocers   980.00      20.00
05/03/2026    03/03/2026  Meridian wages  2,480.00                1,500.00
05/03/2026    04/03/2026  City water      2,440.00      40.00
19/03/2026    18/03/2026  Rent            1,540.00     900.00
Closing balance                 1,540.00
";

/// Day, words of the line, amount and balance in cents.
type Row = (&'static str, &'static str, i64, i64);

const MARCH_ROWS: [Row; 4] = [
    ("2026-03-02", "Harbour grocers", -2_000, 98_000),
    ("2026-03-05", "Meridian wages", 150_000, 248_000),
    ("2026-03-05", "City water", -4_000, 244_000),
    ("2026-03-19", "Rent", -90_000, 154_000),
];

const APRIL_ROWS: [Row; 4] = [
    ("2026-04-01", "Blue door", -950, 153_050),
    ("2026-04-04", "Refund", 50, 153_100),
    ("2026-04-21", "Meridian wages", 1_150_000, 1_303_100),
    ("2026-04-22", "Lindenweg", -1_250_000, 53_100),
];

fn with(pages: &Pages, hints: Vec<IssuerHint>) -> Vec<Statement> {
    let options = ParseOptions { hints, ..ParseOptions::default() };
    parse(Input::Pages(pages), &options).expect("there is text").statements
}

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::from_code("EUR").expect("listed"))
}

/// The box of the line that says this.
fn place(pages: &Pages, words: &str) -> Source {
    let page = &pages.pages[0];
    let row = page.text.lines().position(|line| line.contains(words)).expect("it is printed");
    let y0 = 40.0 + 12.0 * f64::from(u32::try_from(row).expect("few lines"));
    Source { page: 1, bounds: Rect { x0: 30.0, y0, x1: 700.0, y1: y0 + 9.0 } }
}

/// What a person approves of.
fn approved(pages: &Pages, rows: &[Row], ends: (i64, i64)) -> Statement {
    let row = |(seq, (day, words, amount, balance)): (u32, &Row)| -> Transaction {
        Transaction {
            seq,
            date: day.parse::<Date>().expect("a day"),
            value_date: None,
            description: (*words).to_owned(),
            amount: euros(*amount),
            balance: Some(euros(*balance)),
            reference: None,
            check_number: None,
            status: RowStatus::Booked,
            details: None,
            categorization: None,
            confidence: 1.0,
            method: Method::Person,
            source: Some(place(pages, words)),
        }
    };
    let mut statement = with(&crate::pages(&[WHOLE]), Vec::new()).remove(0);
    statement.account.institution = None;
    statement.account.currency = euros(0).currency();
    statement.opening_balance = Some(euros(ends.0));
    statement.closing_balance = Some(euros(ends.1));
    statement.transactions = (1..).zip(rows).map(row).collect();
    statement
}

/// A statement that needs no hint.
const WHOLE: &str = "\
Wopel Tarn Ildestro                            EUR
01/03/2026 to 31/03/2026
Opening balance                                                   1,000.00
Date          Details                        Money out  Money in   Balance
02/03/2026    Harbour grocers                  20.00                980.00
15/03/2026    Wages                                       500.00  1,480.00
Closing balance                                                   1,480.00
";

/// Day, amount and balance.
type Figures = (String, i64, Option<i64>);

fn figures(statement: &Statement) -> Vec<Figures> {
    let figures = |row: &Transaction| {
        (row.date.to_string(), row.amount.minor(), row.balance.map(|balance| balance.minor()))
    };
    statement.transactions.iter().map(figures).collect()
}

fn expected(rows: &[Row]) -> Vec<Figures> {
    rows.iter().map(|(day, _, amount, balance)| ((*day).to_owned(), *amount, Some(*balance))).collect()
}

fn march() -> (Pages, Statement) {
    let pages = pages(&[MARCH]);
    let approved = approved(&pages, &MARCH_ROWS, (100_000, 154_000));
    (pages, approved)
}

#[test]
fn what_a_person_confirms_is_learned_and_reads_the_next_month_too() {
    let (pages, approved) = march();
    assert!(with(&pages, Vec::new()).iter().all(|s| s.verdict != Verdict::Verified));
    let hint = learn(&pages, &approved, &ParseOptions::default()).expect("its columns are plain");
    for (text, rows) in [(MARCH, MARCH_ROWS), (APRIL, APRIL_ROWS)] {
        let statements = with(&crate::pages(&[text]), vec![hint.clone()]);
        assert_eq!(figures(&statements[0]), expected(&rows));
        assert_eq!(statements[0].verdict, Verdict::Verified, "{:?}", statements[0].unproved_because);
    }
    // The words of its headings are enough where the page is another.
    let mut written = serde_json::to_value(&hint).expect("plain data");
    written.as_object_mut().expect("an object").remove("columns");
    let by_words = serde_json::from_value(written).expect("still a hint");
    let moved: String = APRIL.lines().map(|line| format!("    {line}\n")).collect();
    let statements = with(&crate::pages(&[&moved]), vec![by_words]);
    assert_eq!(figures(&statements[0]), expected(&APRIL_ROWS));
    assert_eq!(statements[0].verdict, Verdict::Verified);
}

#[test]
fn a_column_of_points_is_learned_where_nothing_was_read_at_all() {
    let pages = pages(&[POINTS]);
    assert!(with(&pages, Vec::new()).iter().all(|s| s.verdict != Verdict::Verified));
    let approved = approved(&pages, &MARCH_ROWS, (100_000, 154_000));
    let hint = learn(&pages, &approved, &ParseOptions::default()).expect("its columns are plain");
    let statements = with(&pages, vec![hint]);
    assert_eq!(figures(&statements[0]), expected(&MARCH_ROWS));
    assert_eq!(statements[0].verdict, Verdict::Verified);
}

#[test]
fn a_hint_that_was_learned_is_plain_data() {
    let (pages, approved) = march();
    let hint = learn(&pages, &approved, &ParseOptions::default()).expect("its columns are plain");
    let written = serde_json::to_value(&hint).expect("plain data");
    assert_eq!(written["recognize"]["phrases"], json!(["Wopel Tarn Ildestro"]));
    assert_eq!(written["headings"][2], json!({ "words": "Krell", "role": "balance" }));
    assert_eq!(written["columns"]["page_width"], json!(800));
    assert_eq!(written["signs"], json!("columns"));
    assert_eq!(written["date_order"], json!("day_month"));
    assert_eq!(serde_json::from_value::<IssuerHint>(written).expect("read back"), hint);
}

#[test]
fn what_is_not_on_the_paper_is_not_learned() {
    type Change = fn(&mut Statement);
    let cases: [(Change, LearnError); 6] = [
        (|s| s.transactions.clear(), LearnError::NoRows),
        (|s| s.transactions.iter_mut().for_each(|row| row.source = None), LearnError::NoPlaces),
        (|s| s.transactions[1].amount = euros(150_001), LearnError::AmountNotPrinted { seq: 2 }),
        (|s| s.transactions[2].balance = Some(euros(1)), LearnError::NotReproduced { seq: Some(3) }),
        (|s| drop(s.transactions.pop()), LearnError::NotProved),
        (
            |s| {
                s.opening_balance = Some(euros(100_001));
                s.closing_balance = Some(euros(154_001));
            },
            LearnError::NotReproduced { seq: None },
        ),
    ];
    for (change, error) in cases {
        let (pages, mut approved) = march();
        change(&mut approved);
        assert_eq!(learn(&pages, &approved, &ParseOptions::default()), Err(error));
        assert!(!error.advice().is_empty());
    }
    // Right rows that the paper does not prove.
    let broken = MARCH.replace("Closing balance                 1,540.00", "");
    let pages = pages(&[&broken]);
    let (_, mut approved) = march();
    approved.closing_balance = None;
    assert_eq!(learn(&pages, &approved, &ParseOptions::default()), Err(LearnError::NotProved));
}

#[test]
fn what_is_read_anyway_needs_no_hint_and_what_is_proved_stays() {
    let pages = pages(&[WHOLE]);
    let read = with(&pages, Vec::new()).remove(0);
    assert_eq!(read.verdict, Verdict::Verified);
    assert_eq!(learn(&pages, &read, &ParseOptions::default()), Err(LearnError::NothingToLearn));
    let mut other = read;
    other.transactions.swap(0, 1);
    assert_eq!(learn(&pages, &other, &ParseOptions::default()), Err(LearnError::ReadOtherwise));
}

/// A hint that says anything at all, drawn from a seed.
fn lie(seed: u64, words: &[&str]) -> IssuerHint {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut pick = |of: &[&str]| of[usize::try_from(draw(of.len() as u64)).unwrap_or(0)].to_owned();
    let roles = ["date", "value_date", "description", "out", "in", "amount", "balance", "ignored"];
    let headings: Vec<Value> = words.iter().map(|w| json!({ "words": w, "role": pick(&roles) })).collect();
    let mut edges = vec![json!({ "role": pick(&roles), "left": 30, "right": 80 })];
    for (left, right) in [(100, 230), (240, 290), (295, 335), (345, 390), (395, 440)] {
        edges.push(json!({ "role": pick(&roles), "left": left, "right": right }));
    }
    serde_json::from_value(json!({
        "name": "a lie", "recognize": { "phrases": ["EUR"] }, "headings": headings,
        "columns": { "page_width": 800, "edges": edges },
        "date_order": pick(&["day_month", "month_day"]), "numbers": pick(&["point", "comma"]),
        "signs": pick(&["columns", "columns_turned", "marks", "credits_marked", "sections", "balance_delta"]),
        "side": pick(&["asset", "liability"]), "currency": pick(&["EUR", "JPY", "KWD"]),
    }))
    .expect("a hint all the same")
}

/// Lies on each statement.
const SEEDS: u64 = 24;

#[test]
fn hints_that_lie_do_no_harm() {
    let words = [
        "Zarn",
        "Mubbel",
        "Hint",
        "Krell",
        "Fosk",
        "Dravo",
        "Date",
        "Details",
        "Money out",
        "Money in",
        "Balance",
    ];
    for (text, rows) in
        [(MARCH, &MARCH_ROWS), (APRIL, &APRIL_ROWS), (POINTS, &MARCH_ROWS), (TWO_DAYS, &MARCH_ROWS)]
    {
        let pages = pages(&[text]);
        for seed in 1..=SEEDS {
            for statement in with(&pages, vec![lie(seed, &words)]) {
                // A balance that nobody asked for is not read: the proof is weaker, and no figure another.
                let alike = |(read, printed): (&Figures, &Figures)| {
                    (&read.0, read.1) == (&printed.0, printed.1) && (read.2.is_none() || read.2 == printed.2)
                };
                let (read, printed) = (figures(&statement), expected(rows));
                let is_right = read.len() == printed.len() && read.iter().zip(&printed).all(alike);
                assert!(
                    statement.verdict != Verdict::Verified || is_right,
                    "seed {seed}: {:?} {statement:?}",
                    lie(seed, &words)
                );
            }
        }
    }
    let pages = pages(&[WHOLE]);
    let plain = with(&pages, Vec::new());
    for seed in 1..=SEEDS {
        assert_eq!(with(&pages, vec![lie(seed, &words)]), plain, "seed {seed}");
    }
}

#[test]
fn a_hint_shows_one_of_the_undecided_and_decides_nothing() {
    // No day above the twelfth, no period: either order.
    let text = "\
Wopel Tarn Ildestro                            EUR
Opening balance                                           1,000.00
Date          Details                        Amount        Balance
02/03/2026    Harbour grocers                -20.00         980.00
05/04/2026    Wages                          500.00       1,480.00
Closing balance                                           1,480.00
";
    let pages = pages(&[text]);
    for (order, day) in [("day_month", "2026-03-02"), ("month_day", "2026-02-03")] {
        let hint = serde_json::from_value(json!({
            "name": "order", "recognize": { "phrases": ["wopel tarn"] }, "date_order": order,
        }));
        let statements = with(&pages, vec![hint.expect("a hint")]);
        assert_eq!(statements[0].transactions[0].date.to_string(), day);
        assert_eq!(statements[0].verdict, Verdict::Unverifiable);
        assert_eq!(statements[0].unproved_because, ["ambiguous_date"]);
    }
}
