//! Tables of delimited values that would hurt whoever reads or opens them.

use super::shelf::Shelf;

const HEAD: &str = "Date,Description,Amount,Balance\n";

fn row(description: &str, amount: &str) -> String {
    format!("2026-03-02,{description},{amount},97.50\n")
}

pub(super) fn make(shelf: &mut Shelf) {
    let put =
        |shelf: &mut Shelf, name: &str, bytes: Vec<u8>| shelf.put("table", &format!("{name}.csv"), bytes);
    for (name, rows) in shapes() {
        put(shelf, name, format!("{HEAD}{rows}").into_bytes());
    }
    for (name, rows) in separators() {
        put(shelf, name, rows.into_bytes());
    }
    for (name, byte) in
        [("nul", 0_u8), ("escape", 0x1B), ("delete", 0x7F), ("end-of-file", 0x1A), ("form-feed", 0x0C)]
    {
        let mut text = format!("{HEAD}{}", row("Tea", "-2.50")).into_bytes();
        text.insert(50, byte);
        put(shelf, &format!("{name}-in-a-cell"), text);
    }
    for (name, amount) in [
        ("long", "9".repeat(4_000)),
        ("long-fraction", format!("0.{}", "3".repeat(4_000))),
        ("longest-number", "-92233720368547758.08".to_owned()),
        ("beyond-every-number", "92233720368547758.08".to_owned()),
        ("far-beyond", "340282366920938463463374607431768211456.00".to_owned()),
        ("exponent", "1e308".to_owned()),
        ("none", "NaN".to_owned()),
        ("endless", "Infinity".to_owned()),
        ("hexadecimal", "0x7fffffff".to_owned()),
        ("signs", "-+-+-+5.00-CR DR".to_owned()),
        ("separators", "1,2.3,4.5,6.7".to_owned()),
        ("only-separators", "...,,,...".to_owned()),
        ("currencies", "$€£¥5.00 USD EUR GBP".to_owned()),
        ("parentheses", "((((5.00))))".to_owned()),
        ("percent", "5%%%".to_owned()),
    ] {
        let quoted = format!("\"{amount}\"");
        shelf.put("table-amount", &format!("{name}.csv"), format!("{HEAD}{}", row("Tea", &quoted).repeat(5)));
        let balance = format!("{HEAD}2026-03-02,Tea,-2.50,{quoted}\n");
        shelf.put("table-amount", &format!("{name}-as-balance.csv"), balance);
    }
    for date in [
        "0000-00-00",
        "9999-99-99",
        "2026-02-30",
        "30/02/2026",
        "99/99/99",
        "1/1/1",
        "-2026-03-02",
        "20260302T999999",
        "44000",
        "31.13.",
        "Feb 30",
    ] {
        let name = date.replace(['/', ' '], "-");
        shelf.put(
            "table-date",
            &format!("{name}.csv"),
            format!("{HEAD}{}", row("Tea", "-2.50").replace("2026-03-02", date).repeat(4)),
        );
    }
    for (name, formula) in [
        ("program", "=cmd|'/c calc'!A0"),
        ("network", "=HYPERLINK(\"\"http://127.0.0.1:9/\"\",\"\"a\"\")"),
        ("at", "@SUM(1+1)"),
        ("plus", "+1+cmd|'/c calc'!A0"),
        ("tab", "\t=1+1"),
        ("full-width", "\u{FF1D}1+1"),
    ] {
        shelf.put(
            "table-formula",
            &format!("{name}.csv"),
            format!("{HEAD}{}", row(&format!("\"{formula}\""), "-2.50")),
        );
    }
}

fn shapes() -> Vec<(&'static str, String)> {
    let tea = row("Tea", "-2.50");
    vec![
        ("quote-without-end", row("\"Tea", "-2.50").repeat(900)),
        ("quotes-only", "\"".repeat(4_001)),
        ("quotes-in-quotes", row(&"\"\"".repeat(2_000), "-2.50")),
        ("quote-in-the-middle", row("T\"e\"a\"", "-2.50")),
        ("cell-of-megabytes", row(&"A".repeat(3_000_000), "-2.50")),
        ("quoted-cell-of-megabytes", row(&format!("\"{}\"", "A\n".repeat(1_000_000)), "-2.50")),
        ("row-of-a-million-cells", format!("{}\n", ",".repeat(1_000_000))),
        ("rows-of-nothing", "\n".repeat(500_000)),
        ("rows-of-commas", ",,,\n".repeat(300_000)),
        ("rows-two-hundred-thousand", tea.repeat(200_000)),
        ("rows-ever-longer", (0..900).map(|n| format!("{}{}\n", tea.trim_end(), ",x".repeat(n))).collect()),
        ("rows-ever-shorter", (0..900).rev().map(|n| format!("2026-03-02{}\n", ",1.00".repeat(n))).collect()),
        ("one-line-of-digits", "1".repeat(1_000_000)),
        ("line-ends-mixed", tea.replace('\n', "\r\n\n\r\r").repeat(90)),
        ("carriage-returns-only", tea.replace('\n', "\r").repeat(90)),
        ("heading-again", HEAD.repeat(5_000)),
        ("headings-all-the-same", "Amount,".repeat(2_000) + "\n" + &"1.00,".repeat(2_000)),
        ("headings-only", HEAD.to_owned()),
        ("balance-only", "2026-03-02,,,97.50\n".repeat(90)),
    ]
}

/// What says which separator it is, and lies.
fn separators() -> Vec<(&'static str, String)> {
    let tea = row("Tea", "-2.50");
    vec![
        ("separator-is-a-quote", format!("sep=\"\n{HEAD}{tea}")),
        ("separator-is-a-line-end", format!("sep=\n{HEAD}{tea}")),
        ("separator-is-a-digit", format!("sep=0\n{HEAD}{tea}")),
        ("separator-is-wide", format!("sep=\u{20AC}\n{HEAD}{tea}")),
        ("separator-is-long", format!("sep={}\n{HEAD}{tea}", ",".repeat(5_000))),
        ("separators-all-of-them", "a,b;c\td|e,1.00;2.00\t3.00|4.00\n".repeat(200)),
        ("preamble-of-a-thousand-lines", "Statement of account\n".repeat(1_000) + HEAD + &tea),
        ("footer-of-a-thousand-lines", HEAD.to_owned() + &tea + &"Total\n".repeat(1_000)),
    ]
}
