use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use smartexus_domain::{Statement, Verdict};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn rows(statement: &Statement) -> Vec<String> {
    statement.transactions.iter().map(|t| format!("{} {} {}", t.date, t.amount, t.description)).collect()
}

fn read_as(bytes: &[u8], container: Container) -> Result<Reading, ParseError> {
    read(bytes, container, &ParseOptions::default())
}

/// An account that goes from 100.00 to 97.50 and on to 98.05, its table far from the corner.
fn workbook(change: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    sheet.merge_range(3, 2, 3, 5, "Account statement", &Format::new()).unwrap();
    sheet.write(4, 2, "Opening balance").unwrap();
    sheet.write(4, 3, 100.0).unwrap();
    for (column, heading) in (2..).zip(["Date", "Description", "Amount", "Balance", "Currency"]) {
        sheet.write(6, column, heading).unwrap();
    }
    for (row, text, amount, balance) in [(7, "TEA", -2.5, 97.5), (8, "NOISE", 0.550_000_000_000_000_2, 98.05)]
    {
        let date = ExcelDateTime::from_ymd(2026, 3, u8::try_from(row).unwrap()).unwrap();
        sheet.write_with_format(row, 2, &date, &day).unwrap();
        sheet.write(row, 3, text).unwrap();
        sheet.write(row, 4, amount).unwrap();
        sheet.write(row, 5, balance).unwrap();
        sheet.write(row, 6, "EUR").unwrap();
    }
    sheet.write(9, 2, "Closing balance").unwrap();
    sheet.write(9, 5, 98.05).unwrap();
    change(&mut book);
    book.save_to_buffer().unwrap()
}

#[test]
fn numbers_dates_and_merged_cells() {
    let reading = read_as(&workbook(|_| {}), Container::Xlsx).unwrap();
    let statement = &reading.statements[0];
    assert_eq!(rows(statement), ["2026-03-07 -2.50 TEA", "2026-03-08 0.55 NOISE"]);
    assert_eq!((statement.verdict, statement.account.currency.code()), (Verdict::Verified, "EUR"));
}

#[test]
fn hidden_rows_far_cells_and_other_sheets() {
    let reading = read_as(
        &workbook(|book| {
            let sheet = book.worksheet_from_index(0).unwrap();
            sheet.set_row_hidden(8).unwrap();
            sheet.write(1_048_575, 16_383, "x").unwrap();
            book.add_worksheet().write(0, 0, "Notes").unwrap();
        }),
        Container::Xlsx,
    );
    let reading = reading.unwrap();
    assert_eq!((reading.statements.len(), reading.statements[0].transactions.len()), (1, 2));
}

#[test]
fn dates_as_text_and_amounts_below_a_minor_unit() {
    let reading = read_as(
        &workbook(|book| {
            let sheet = book.worksheet_from_index(0).unwrap();
            sheet.write(7, 2, "07/03/2026").unwrap();
            sheet.write(8, 2, "28/03/2026").unwrap();
        }),
        Container::Xlsx,
    );
    assert_eq!(rows(&reading.unwrap().statements[0]), ["2026-03-07 -2.50 TEA", "2026-03-28 0.55 NOISE"]);
    let below = read_as(
        &workbook(|book| drop(book.worksheet_from_index(0).unwrap().write(7, 4, -2.505))),
        Container::Xlsx,
    );
    assert_ne!(below.unwrap().statements[0].verdict, Verdict::Verified);
}

#[test]
fn a_formula_that_failed_is_no_empty_cell() {
    let broken = workbook(|book| {
        let formula = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
        book.worksheet_from_index(0).unwrap().write(7, 4, formula).unwrap();
    });
    let reading = read_as(&broken, Container::Xlsx).unwrap();
    assert_ne!(reading.statements[0].verdict, Verdict::Verified);
    assert!(reading.statements[0].unproved_because.contains(&"row_unread".to_owned()), "{reading:?}");
}

fn archive(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Date</text:p></table:table-cell><table:table-cell><text:p>Description</text:p></table:table-cell><table:table-cell><text:p>Amount</text:p></table:table-cell></table:table-row>{rows}<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
        ("content.xml", content.into_bytes()),
    ])
}

fn row(repeats: &str, amount: &str) -> String {
    format!(
        "<table:table-row{repeats}><table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-07T00:00:00\"><text:p>07.03.26</text:p></table:table-cell><table:table-cell><office:annotation><text:p>note</text:p></office:annotation><text:p>TEA &amp;<text:s/>CAKE</text:p></table:table-cell><table:table-cell office:value-type=\"currency\" office:value=\"{amount}\"><text:p>shown</text:p></table:table-cell></table:table-row>"
    )
}

#[test]
fn open_documents_say_what_they_mean() {
    let reading = read_as(
        &open_document(&(row("", "-2.5") + &row(" table:number-rows-repeated=\"2\"", "7"))),
        Container::Ods,
    )
    .unwrap();
    let expected =
        ["2026-03-07 -2.50 TEA & CAKE", "2026-03-07 7.00 TEA & CAKE", "2026-03-07 7.00 TEA & CAKE"];
    assert_eq!(rows(&reading.statements[0]), expected);
    let endless = open_document(&row(" table:number-rows-repeated=\"999999999\"", "7"));
    assert_eq!(read_as(&endless, Container::Ods), Err(ParseError::TooManyRows));
    let outside = open_document("<a>&x;</a>");
    assert_eq!(read_as(&outside, Container::Ods), Err(ParseError::ForbiddenMarkup));
}

#[test]
fn limits_of_an_archive_hold_to_the_last_byte() {
    let file = |size: usize| archive(&[("content.xml", vec![b' '; size]), ("b", Vec::new())]);
    let with = |bytes: &[u8], options: ParseOptions| archive::open(bytes, &options).map(|a| a.len());
    let entries = |entries_max| with(&file(9), ParseOptions { entries_max, ..ParseOptions::default() });
    assert_eq!((entries(2), entries(1)), (Ok(2), Err(ParseError::TooMuchPacked)));
    let unpacked = |unpacked_bytes_max| {
        with(&file(1_000), ParseOptions { unpacked_bytes_max, ..ParseOptions::default() })
    };
    assert_eq!((unpacked(1_000), unpacked(999)), (Ok(2), Err(ParseError::TooMuchPacked)));
    let large = file(6 * 1024 * 1024);
    let ratio = u32::try_from(6 * 1024 * 1024 / large.len()).unwrap();
    let packed = |ratio_max| with(&large, ParseOptions { ratio_max, ..ParseOptions::default() });
    assert_eq!((packed(ratio + 1), packed(ratio)), (Ok(2), Err(ParseError::TooMuchPacked)));
    let typed = archive(&[("xl/workbook.xml", [vec![b' '; 65_530], b"<!DOCTYPE a>".to_vec()].concat())]);
    assert_eq!(with(&typed, ParseOptions::default()), Err(ParseError::ForbiddenMarkup));
}

/// The least of a BIFF8 workbook: one sheet of labels and numbers.
fn binary(cells: &[(u16, u16, Result<f64, &str>)]) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| {
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0xBB, 0x0D, 0xCC, 0x07, 0, 0, 0, 0, 6, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let head = begin(5);
    let sheet_name = |offset: u32| record(0x0085, &[&offset.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat());
    let offset = head.len() + sheet_name(0).len() + end.len();
    let mut stream = [head, sheet_name(u32::try_from(offset).unwrap()), end.clone(), begin(16)].concat();
    for (row, column, value) in cells {
        let place = [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0]].concat();
        stream.extend(match value {
            Ok(number) => record(0x0203, &[&place[..], &number.to_le_bytes()].concat()),
            Err(text) => record(
                0x0204,
                &[&place[..], &u16::try_from(text.len()).unwrap().to_le_bytes(), &[0], text.as_bytes()]
                    .concat(),
            ),
        });
    }
    stream.extend(end);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn binary_workbooks() {
    let cells = [
        (0, 0, Err("Date")),
        (0, 1, Err("Description")),
        (0, 2, Err("Amount")),
        (1, 0, Err("2026-03-07")),
        (1, 1, Err("TEA")),
        (1, 2, Ok(-2.5)),
        (2, 0, Err("2026-03-08")),
        (2, 1, Err("CAKE")),
        (2, 2, Ok(0.300_000_000_000_000_04)),
    ];
    let reading = read_as(&binary(&cells), Container::Xls).unwrap();
    assert_eq!(rows(&reading.statements[0]), ["2026-03-07 -2.50 TEA", "2026-03-08 0.30 CAKE"]);
    let far = [(0, 0, Ok(1.0)), (65_535, 255, Ok(1.0))];
    assert_eq!(read_as(&binary(&far), Container::Xls), Err(ParseError::TooManyRows));
}

#[test]
fn rubbish_is_answered() {
    for container in [Container::Xlsx, Container::Xls, Container::Ods] {
        assert_eq!(read_as(b"", container), Err(ParseError::Corrupt));
        assert_eq!(read_as(b"PK\x03\x04rubbish", container), Err(ParseError::Corrupt));
    }
    assert_eq!(read_as(&archive(&[("a", Vec::new())]), Container::Ods), Err(ParseError::NothingReadable));
    assert_eq!(read_as(&archive(&[("a", Vec::new())]), Container::Xlsx), Err(ParseError::Corrupt));
}
