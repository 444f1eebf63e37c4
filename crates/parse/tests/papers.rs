//! Papers that are no statements, drawn as plain text, five points a character and twelve a line. Firms, people and
//! numbers are invented.

#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a test that cannot go on says so")]

use smartexus_domain::{
    DocumentKind, FileFacts, MediaType, Page, PageFacts, PageMethod, PageRoute, Pages, Reading, Rect,
    Verdict, Word, is_proved,
};
use smartexus_parse::{Input, ParseOptions, parse};

fn page(number: u32, text: &str) -> Page {
    let word = |row: usize, line: &str, start: usize, text: &str| {
        let at = line.get(..start).map_or(0, |before| before.chars().count()) as f64;
        let (x0, y0) = (30.0 + 5.0 * at, 40.0 + 12.0 * row as f64);
        let x1 = x0 + 5.0 * text.chars().count() as f64;
        Word {
            text: text.to_owned(),
            bounds: Rect { x0, y0, x1, y1: y0 + 9.0 },
            confidence: 1.0,
            size: 9.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        }
    };
    let mut words = Vec::new();
    for (row, line) in text.lines().enumerate() {
        for piece in line.split(' ').filter(|piece| !piece.is_empty()) {
            let start = piece.as_ptr() as usize - line.as_ptr() as usize;
            words.push(word(row, line, start, piece));
        }
    }
    Page {
        page: number,
        width: 800.0,
        height: 1000.0,
        rotation: 0,
        method: PageMethod::Text,
        route: PageRoute::Text,
        words,
        text: text.to_owned(),
        hidden_words: Vec::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts::default(),
        fonts: Vec::new(),
        complete: true,
    }
}

fn read(texts: &[&str]) -> Reading {
    let pages = Pages {
        media_type: MediaType::Pdf,
        facts: FileFacts::default(),
        pages: (1..).zip(texts).map(|(number, text)| page(number, text)).collect(),
        findings: Vec::new(),
    };
    parse(Input::Pages(&pages), &ParseOptions::default()).expect("there is text")
}

#[track_caller]
fn fact(reading: &Reading, key: &str, value: &str) {
    let found = reading.facts.iter().find(|fact| fact.key == key).map(|fact| fact.value.as_str());
    assert_eq!(found, Some(value), "{key}");
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

const INVOICE: &str = "\
INVOICE                                                     Tidewater Tools Ltd

Invoice number: TT-20418
Invoice date: 17 March 2026
Bill to:
Holloway Hardware

Description                            Qty     Unit price          Amount
Copper pipe 15 mm                        4          12.50           50.00
Delivery van hire                        1          70.00           70.00
                                              Subtotal             120.00
                                              VAT 20%               24.00
                                              Total              GBP 144.00";

const STATEMENT: &str = "\
Fellside Bank                                    Account statement
Account number 20419937
Period 1 March 2026 to 31 March 2026

Date           Description                       Money out    Money in     Balance
               Opening balance                                              500.00
02 Mar 2026    CARD KESTREL ENERGY                   40.00                  460.00
05 Mar 2026    SALARY OAKRIDGE                                 900.00     1,360.00
09 Mar 2026    INVOICE 4411 TIDEWATER               144.00                1,216.00
               Closing balance                                            1,216.00";

const LETTER: &str = "\
Fellside Bank

Dear Ms Farrow,
thank you for your letter of last week, which we have read with care and with pleasure.
Our branch will be open longer from next month on, and you are welcome at any time.
Yours sincerely";

#[test]
fn an_invoice_is_read_and_proved() {
    let reading = read(&[INVOICE]);
    assert_eq!(reading.kind, DocumentKind::Invoice);
    assert!(reading.kind_confidence >= 0.99, "{}", reading.kind_confidence);
    for (key, value) in [
        ("invoice.number", "TT-20418"),
        ("invoice.date", "2026-03-17"),
        ("invoice.buyer", "Holloway Hardware"),
        ("invoice.line[0].description", "Copper pipe 15 mm"),
        ("invoice.line[0].quantity", "4"),
        ("invoice.line[1].amount", "70.00"),
        ("invoice.subtotal", "120.00"),
        ("invoice.tax[0].amount", "24.00"),
        ("invoice.tax[0].rate", "20"),
        ("invoice.total", "144.00"),
        ("invoice.currency", "GBP"),
    ] {
        fact(&reading, key, value);
    }
    assert!(is_proved(&reading), "{:?}", reading.findings);
    assert!(reading.statements.is_empty());
}

/// Prices with the tax in them, an amount that is a part of the line above, and a heading in two lines that names a tax.
const INCLUSIVE: &str = "\
INVOICE                                                     Tidewater Tools Ltd

Invoice number: TT-20419
Invoice date: 18 March 2026
Bill to:
Holloway Hardware

Description                            Qty     Unit price          Amount
                                                 incl. VAT
Tablet 16 GB                             1         120.00          120.00
Incl. copying levy                                                   4.00
Leather cover                            2          12.00           24.00
All prices include VAT                         Invoice total   GBP 144.00";

/// Lines in groups, each with its subtotal, and a note of a rate among them.
const GROUPED: &str = "\
INVOICE                                                     Tidewater Tools Ltd

Invoice number: TT-20420
Invoice date: 19 March 2026
Bill to:
Holloway Hardware

Description                            Qty     Unit price          Amount
Copper pipe 15 mm                        4          12.50           50.00
Tax: 20%
                                              Subtotal              50.00
Hire
Delivery van hire                        1          70.00           70.00
                                              Subtotal              70.00
                                              Subtotal             120.00
                                              VAT 20%               24.00
                                              Total              GBP 144.00";

#[test]
fn lines_of_invoices_in_other_manners_are_proved_too() {
    for (text, lines) in [(INCLUSIVE, 2), (GROUPED, 2)] {
        let reading = read(&[text]);
        let amounts = reading
            .facts
            .iter()
            .filter(|fact| fact.key.starts_with("invoice.line[") && fact.key.ends_with("amount"));
        assert_eq!(amounts.count(), lines, "{:#?}", reading.facts);
        fact(&reading, "invoice.total", "144.00");
        assert!(is_proved(&reading), "{:?}", reading.findings);
        let wrong = read(&[&text
            .replace("120.00          120.00", "120.00          130.00")
            .replace("70.00           70.00", "70.00           71.00")]);
        assert!(!is_proved(&wrong), "{text}");
    }
}

#[test]
fn an_invoice_that_does_not_add_up_says_so() {
    let reading = read(&[&INVOICE.replace("144.00", "154.00")]);
    assert_eq!(codes(&reading), ["invoice_total_mismatch"]);
    assert!(reading.findings.iter().any(|f| f.message.contains("144.00") && f.message.contains("154.00")));
    assert!(!is_proved(&reading));
}

#[test]
fn an_invoice_between_the_pages_of_statements_gives_no_rows() {
    let alone = read(&[STATEMENT]);
    let reading = read(&[STATEMENT, INVOICE, LETTER]);
    assert_eq!(reading.kind, DocumentKind::BankStatement);
    let kinds: Vec<DocumentKind> = reading.children.iter().map(|child| child.kind).collect();
    assert_eq!(kinds, [DocumentKind::BankStatement, DocumentKind::Invoice, DocumentKind::Other]);
    assert_eq!(reading.page_kinds.len(), 3);
    assert_eq!(reading.statements, alone.statements);
    assert_eq!(reading.statements.first().map(|s| s.verdict), Some(Verdict::Verified));
    assert!(reading.facts.iter().all(|fact| fact.source.is_some()));
    // The letter beside the invoice was read by nobody.
    assert!(!is_proved(&reading));
    assert!(is_proved(&read(&[STATEMENT, INVOICE])));
}

#[test]
fn a_notice_behind_a_statement_is_harmless() {
    let reading = read(&[STATEMENT, LETTER]);
    assert_eq!(reading.statements, read(&[STATEMENT]).statements);
    assert!(is_proved(&reading));
}

const BALANCE_SHEET: &str = "\
BALANCE SHEET as at 31 December 2025                        Holloway Hardware Ltd
All amounts in GBP thousands

                                                                    2025
Fixed assets                                                       1,200
Current assets                                                       800
Total assets                                                       2,000

Equity                                                             1,500
Liabilities                                                          500
Total equity and liabilities                                       2,000";

#[test]
fn figures_in_thousands_are_told_in_full_and_why() {
    let of = |reading: &Reading, end: &str| {
        let found = reading.facts.iter().find(|fact| fact.key.ends_with(end));
        found.map(|fact| (fact.value.clone(), fact.source))
    };
    let reading = read(&[BALANCE_SHEET]);
    let (scale, source) = of(&reading, "balance_sheet.scale").expect("told");
    let source = source.expect("where it is said");
    assert_eq!((scale.as_str(), source.page), ("1000", 1));
    assert!((52.0..61.0).contains(&source.bounds.mid_y()), "its line: {source:?}");
    let is_told = |reading: &Reading, value: &str| reading.facts.iter().any(|fact| fact.value == value);
    assert!(is_told(&reading, "2000000.00"), "{:?}", reading.facts);
    let plain = read(&[&BALANCE_SHEET.replace(" thousands", "")]);
    assert!(of(&plain, ".scale").is_none() && is_told(&plain, "2000.00"), "{:?}", plain.facts);
}

#[test]
fn a_statement_alone_has_no_papers_in_it_and_its_account_as_facts() {
    let reading = read(&[STATEMENT]);
    assert!(reading.children.is_empty() && reading.page_kinds.is_empty());
    fact(&reading, "bank.name", "Fellside Bank");
    fact(&reading, "bank.account_number", "20419937");
}

#[test]
fn an_offer_that_adds_up_is_no_invoice() {
    let offer = INVOICE.replace("INVOICE  ", "QUOTATION").replace("Invoice number", "Our reference");
    assert_eq!(read(&[&offer.replace("Invoice date", "Date")]).kind, DocumentKind::Other);
}

#[test]
fn every_word_of_nothing_is_read_without_a_panic() {
    for text in
        ["INVOICE", "1 2 3", "Total", "payslip gross net", "- - -", "P<UTO<<<", "balance sheet\n1\n2\n3"]
    {
        let _ = read(&[text, text]);
    }
}
