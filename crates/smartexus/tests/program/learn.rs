//! What a person corrected once is read right the next time: by data in a folder, not by code.

use crate::support::{Desk, Ran};
use serde_json::{Value, json};
use std::fmt::Write;

/// Balance, money out, money in under words of no language; an issuer that does not exist.
const MARCH: &[&[(u32, &str)]] = &[
    &[(40, "Vornel Askid Bremla"), (400, "EUR")],
    &[(40, "01/03/2026 to 31/03/2026")],
    &[(40, "Opening balance"), (368, "1,000.00")],
    &[(40, "Zarn"), (110, "Mubbel"), (368, "Krell"), (440, "Fosk"), (530, "Dravo")],
    &[(40, "02/03/2026"), (110, "Harbour grocers"), (368, "980.00"), (440, "20.00")],
    &[(40, "05/03/2026"), (110, "Meridian wages"), (368, "2,480.00"), (530, "1,500.00")],
    &[(40, "05/03/2026"), (110, "City water"), (368, "2,440.00"), (440, "40.00")],
    &[(40, "19/03/2026"), (110, "Rent"), (368, "1,540.00"), (440, "900.00")],
    &[(40, "Closing balance"), (368, "1,540.00")],
];
/// What stands farther to the right ends at its place, on letters of six points.
const RIGHT: u32 = 300;
const LETTER: u32 = 6;

/// Rows by day, words, amount and balance.
const ROWS: [(&str, &str, &str, &str); 4] = [
    ("2026-03-02", "Harbour grocers", "-20.00", "980.00"),
    ("2026-03-05", "Meridian wages", "1500.00", "2480.00"),
    ("2026-03-05", "City water", "-40.00", "2440.00"),
    ("2026-03-19", "Rent", "-900.00", "1540.00"),
];

const TOP: u32 = 60;
const LEADING: u32 = 20;

/// One page in Courier.
fn pdf(lines: &[&[(u32, &str)]]) -> Vec<u8> {
    let mut content = String::from("BT /F1 10 Tf\n");
    for (row, cells) in (0..).zip(lines) {
        for (x, text) in *cells {
            let length = u32::try_from(text.len()).unwrap();
            let x = if *x > RIGHT { x - LETTER * length } else { *x };
            writeln!(content, "1 0 0 1 {x} {} Tm ({text}) Tj", 842 - TOP - LEADING * row).unwrap();
        }
    }
    content.push_str("ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.7\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, body) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        write!(out, "{number} 0 obj\n{body}\nendobj\n").unwrap();
    }
    let start = out.len();
    write!(out, "{table}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
        .unwrap();
    out.into_bytes()
}

/// What a person made of the result: the rows as they are printed, each with its place.
fn corrected(result: &Value) -> Value {
    let mut result = result.clone();
    let rows = ROWS.iter().zip(4_u32..).zip(1..).map(|(((date, words, amount, balance), line), seq)| {
        let foot = TOP + LEADING * line;
        json!({
            "seq": seq, "date": date, "value_date": null, "description": words, "amount": amount, "balance": balance,
            "currency": "EUR", "reference": null, "check_number": null, "counterparty": null, "category": null,
            "category_confidence": null, "category_reason": null, "confidence": 1.0, "method": "person",
            "source": { "page": 1, "box": [38, foot - 10, 560, foot + 4] }
        })
    });
    let transactions: Value = rows.collect();
    result["statements"] = json!([{
        "account": { "institution": null, "holders": [], "number": null, "iban": null, "bic": null, "sort_code": null,
            "routing_number": null, "type": null, "currency": "EUR" },
        "period": { "start": "2026-03-01", "end": "2026-03-31" },
        "opening_balance": "1000.00", "closing_balance": "1540.00",
        "totals": { "credits": null, "debits": null, "fees": null },
        "verdict": "unverifiable", "checks": [], "repairs": [], "transactions": transactions
    }]);
    result
}

#[test]
fn a_correction_becomes_a_layout_that_reads_the_document_right() {
    let desk = Desk::new();
    desk.file("march.pdf", pdf(MARCH));
    desk.file("pipelines/issuers/.keep", "");
    let process = |folder: Option<&str>| {
        let mut command = desk.command(&["process", "march.pdf", "--json"]);
        command.envs(folder.map(|folder| ("SMARTEXUS_PIPELINES_DIR", folder)));
        Ran::of(command.output().unwrap()).ended(0).objects()
    };
    let before = process(None);
    let proved = before[0]["statements"].as_array().unwrap().iter().any(|s| s["verdict"] == "verified");
    assert!(!proved, "without a hint nobody knows these words");
    desk.file("right.json", corrected(&before[0]).to_string());
    let learn = [
        "pipelines",
        "learn",
        "march.pdf",
        "--approved",
        "right.json",
        "-o",
        "pipelines/issuers/vornel.yaml",
    ];
    desk.run(&learn).ended(0);
    desk.run(&learn).ended(1);
    let after = process(Some("pipelines"));
    let statement = &after[0]["statements"][0];
    assert_eq!(statement["verdict"], "verified", "{}", statement["unproved_because"]);
    let read: Vec<[&str; 3]> = statement["transactions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| ["date", "amount", "balance"].map(|key| row[key].as_str().unwrap()))
        .collect();
    assert_eq!(read, ROWS.map(|(date, _, amount, balance)| [date, amount, balance]));
}

#[test]
fn what_is_not_proved_is_not_learned() {
    let desk = Desk::new();
    desk.file("march.pdf", pdf(MARCH));
    let read = desk.run(&["process", "march.pdf", "--json"]).ended(0).objects();
    let mut wrong = corrected(&read[0]);
    wrong["statements"][0]["transactions"][1]["amount"] = json!("1600.00");
    desk.file("wrong.json", wrong.to_string());
    let refused = desk.run(&["pipelines", "learn", "march.pdf", "--approved", "wrong.json"]).ended(1);
    assert!(refused.stderr.contains("nothing was learned"), "{}", refused.stderr);
}
