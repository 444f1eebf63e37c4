//! Workbooks as banks export them: a preamble, a table that does not begin in the corner, days as numbers.

use super::{BankFile, card, month};
use crate::book::{Book, Owner};
use crate::hostile::{Entry, zip};
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::date;
use smartexus_domain::{Currency, Money};

const SHOWS: Shows =
    Shows { opening: true, closing: true, totals: false, value_dates: false, balances: Balances::Every };

pub(super) fn cases() -> Vec<BankFile> {
    vec![office_open(), open_document()]
}

/// What a cell holds.
enum Cell {
    Text(String),
    Money(i64),
    Day(jiff::civil::Date),
}

/// Rows of the sheet; `None` is an empty cell.
fn cells(book: &Book) -> Vec<Vec<Option<Cell>>> {
    let text = |text: &str| Some(Cell::Text(text.to_owned()));
    let mut rows = vec![
        vec![text("Account Activity"), None, None, None],
        vec![text("Account"), text(&book.owner.number), text("Currency"), text(book.owner.currency)],
        vec![text("Period"), text(&book.start.to_string()), text("to"), text(&book.end.to_string())],
        vec![text("Opening balance"), None, Some(Cell::Money(book.opening)), None],
        vec![text("Date"), text("Description"), text("Amount"), text("Balance")],
    ];
    rows.extend(book.entries.iter().map(|entry| {
        let description = text(&entry.lines.join(" "));
        vec![
            Some(Cell::Day(entry.date)),
            description,
            Some(Cell::Money(entry.amount)),
            Some(Cell::Money(entry.balance)),
        ]
    }));
    rows.push(vec![text("Closing balance"), None, Some(Cell::Money(book.closing)), None]);
    rows
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn money(minor: i64, currency: &str) -> String {
    Money::new(minor, Currency::from_code(currency).unwrap_or(Currency::UNKNOWN)).to_string()
}

fn book(seed: u64, number: &str) -> Book {
    let owner = Owner { number: number.to_owned(), currency: "EUR", ..Owner::default() };
    month(owner, date(2026, 3, 1), 150_233, seed)
}

/// XLSX with a date style; one row is hidden and one amount has the noise of a sum.
fn office_open() -> BankFile {
    let book = book(71, "****4471");
    let mut data = String::new();
    for (row, cells) in (5..).zip(cells(&book)) {
        let hidden = if row == 12 { " hidden=\"1\"" } else { "" };
        data += &format!("<row r=\"{row}\"{hidden}>");
        for (column, cell) in ('C'..).zip(cells) {
            data += &match cell {
                Some(Cell::Text(text)) => {
                    format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(&text))
                }
                Some(Cell::Money(minor)) => {
                    let noise = if row == 11 { "0000000004" } else { "" };
                    format!("<c r=\"{column}{row}\"><v>{}{noise}</v></c>", money(minor, "EUR"))
                }
                Some(Cell::Day(day)) => {
                    let serial = (day - date(1899, 12, 30)).get_days();
                    format!("<c r=\"{column}{row}\" s=\"1\"><v>{serial}</v></c>")
                }
                None => String::new(),
            };
        }
        data += "</row>";
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Activity\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        ),
    ];
    let entries: Vec<Entry> = parts
        .iter()
        .map(|(name, text)| {
            let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{text}");
            Entry::stored(name, text.as_bytes())
        })
        .collect();
    BankFile {
        card: card(
            "xlsx-preamble",
            "xlsx",
            "DE",
            "de",
            &["days as numbers", "a hidden row", "noise of a sum", "preamble"],
        ),
        ending: "xlsx",
        bytes: zip(&entries),
        truths: vec![StatementTruth::new(&book, SHOWS, "structured")],
    }
}

/// ODS: values beside what is shown, rows without end behind the table.
fn open_document() -> BankFile {
    let book = book(72, "****4472");
    let mut data = String::new();
    for cells in cells(&book) {
        data += "<table:table-row>";
        for cell in cells {
            data += &match cell {
                Some(Cell::Text(text)) => format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                    escaped(&text)
                ),
                Some(Cell::Money(minor)) => format!(
                    "<table:table-cell office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"{}\"><text:p>shown</text:p></table:table-cell>",
                    money(minor, "EUR")
                ),
                Some(Cell::Day(day)) => format!(
                    "<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>shown</text:p></table:table-cell>"
                ),
                None => "<table:table-cell/>".to_owned(),
            };
        }
        data += "</table:table-row>";
    }
    let space = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content xmlns:office=\"{space}:office:1.0\" xmlns:table=\"{space}:table:1.0\" xmlns:text=\"{space}:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Activity\">{data}<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let entries = [
        Entry::stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        Entry::stored("content.xml", content.as_bytes()),
    ];
    BankFile {
        card: card(
            "ods-preamble",
            "ods",
            "DE",
            "de",
            &["values beside what is shown", "rows without end", "preamble"],
        ),
        ending: "ods",
        bytes: zip(&entries),
        truths: vec![StatementTruth::new(&book, SHOWS, "structured")],
    }
}
