//! One account over many rows, as each format of banks writes it.

#![expect(clippy::float_arithmetic, reason = "cells of a workbook are floats")]

use anyhow::Context;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};
use smartexus_domain::MediaType;
use std::fmt::Write as _;

/// A format and how it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Ofx1,
    Ofx2,
    Qif,
    Mt940,
    Camt,
    Bai2,
    Json,
    Xlsx,
}

impl Format {
    pub(crate) const ALL: [Self; 9] = [
        Self::Csv,
        Self::Ofx1,
        Self::Ofx2,
        Self::Qif,
        Self::Mt940,
        Self::Camt,
        Self::Bai2,
        Self::Json,
        Self::Xlsx,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ofx1 => "ofx1",
            Self::Ofx2 => "ofx2",
            Self::Qif => "qif",
            Self::Mt940 => "mt940",
            Self::Camt => "camt053",
            Self::Bai2 => "bai2",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    pub(crate) fn named(name: &str) -> anyhow::Result<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name).context("no format of this name")
    }

    /// As files of the format are called.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ofx1 | Self::Ofx2 => "ofx",
            Self::Qif => "qif",
            Self::Mt940 => "sta",
            Self::Camt => "xml",
            Self::Bai2 => "bai",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    pub(crate) const fn media(self) -> MediaType {
        match self {
            Self::Csv => MediaType::Csv,
            Self::Ofx1 | Self::Ofx2 => MediaType::Ofx,
            Self::Qif => MediaType::Qif,
            Self::Mt940 => MediaType::Mt940,
            Self::Camt => MediaType::Camt,
            Self::Bai2 => MediaType::Bai2,
            Self::Json => MediaType::Json,
            Self::Xlsx => MediaType::Xlsx,
        }
    }

    /// A file of so many rows.
    pub(crate) fn file(self, rows: usize) -> anyhow::Result<Vec<u8>> {
        let rows = Row::many(rows);
        Ok(match self {
            Self::Csv => csv(&rows).into_bytes(),
            Self::Ofx1 => ofx(&rows, false).into_bytes(),
            Self::Ofx2 => ofx(&rows, true).into_bytes(),
            Self::Qif => qif(&rows).into_bytes(),
            Self::Mt940 => mt940(&rows).into_bytes(),
            Self::Camt => camt(&rows).into_bytes(),
            Self::Bai2 => bai2(&rows).into_bytes(),
            Self::Json => json(&rows).into_bytes(),
            Self::Xlsx => xlsx(&rows)?,
        })
    }
}

const OPENING: i64 = 1_250_000;
/// Days over which the rows are spread; a file of one day in BAI2.
const DAYS: usize = 364;
const KINDS: [&str; 5] = ["CARD PURCHASE", "DIRECT DEBIT", "TRANSFER", "STANDING ORDER", "FEE"];
const NAMES: [&str; 7] = [
    "OTTER CREEK MARKET",
    "HEDGEROW ENERGY",
    "R ASHDOWN",
    "WEXCOMBE LABS",
    "DOVECOTE LETS",
    "QUILL AND INK",
    "LARKSPUR LTD",
];

struct Row {
    number: usize,
    /// Year, month, day.
    day: (u16, u8, u8),
    minor: i64,
    balance: i64,
    kind: &'static str,
    name: &'static str,
}

impl Row {
    /// Rows of 2025 in order, with amounts that a linear congruence draws.
    fn many(count: usize) -> Vec<Self> {
        let (mut state, mut balance) = (7_u64, OPENING);
        let mut rows = Vec::with_capacity(count);
        for number in 0..count {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let drawn = state >> 33;
            let magnitude = i64::try_from(drawn % 90_000).unwrap_or(0) + 100;
            let minor = if drawn & 1 == 0 { magnitude } else { -magnitude };
            balance += minor;
            let pick = |of: usize| usize::try_from(drawn).unwrap_or(0) % of;
            rows.push(Self {
                number,
                day: day(number * DAYS / count.max(1)),
                minor,
                balance,
                kind: KINDS.get(pick(KINDS.len())).copied().unwrap_or_default(),
                name: NAMES.get(pick(NAMES.len())).copied().unwrap_or_default(),
            });
        }
        rows
    }

    fn iso(&self) -> String {
        let (year, month, day) = self.day;
        format!("{year}-{month:02}-{day:02}")
    }

    fn compact(&self) -> String {
        self.iso().replace('-', "")
    }
}

/// The day of 2025 behind so many others.
fn day(mut index: usize) -> (u16, u8, u8) {
    for (month, length) in (1..).zip([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        if index < length {
            return (2025, month, u8::try_from(index + 1).unwrap_or(1));
        }
        index -= length;
    }
    (2025, 12, 31)
}

fn decimal(minor: i64, mark: char) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}{mark}{:02}", minor.abs() / 100, minor.abs() % 100)
}

fn closing(rows: &[Row]) -> i64 {
    rows.last().map_or(OPENING, |row| row.balance)
}

fn csv(rows: &[Row]) -> String {
    let mut text = String::from("Date,Description,Amount,Balance,Currency\n");
    for row in rows {
        let (day, amount, balance) = (row.iso(), decimal(row.minor, '.'), decimal(row.balance, '.'));
        let _ =
            writeln!(text, "{day},\"{} {} {:06}\",{amount},{balance},EUR", row.kind, row.name, row.number);
    }
    text
}

fn ofx(rows: &[Row], is_xml: bool) -> String {
    let value = |name: &str, value: &str| {
        if is_xml { format!("<{name}>{value}</{name}>") } else { format!("<{name}>{value}\n") }
    };
    let mut text = String::from(if is_xml {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n<OFX>"
    } else {
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX>"
    });
    let status = format!("<STATUS>{}{}</STATUS>", value("CODE", "0"), value("SEVERITY", "INFO"));
    let server = value("DTSERVER", "20260101060000") + &value("LANGUAGE", "ENG");
    text +=
        &format!("<SIGNONMSGSRSV1><SONRS>{status}{server}</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS>");
    text += &format!("{}{status}<STMTRS>{}", value("TRNUID", "1"), value("CURDEF", "EUR"));
    let account =
        value("BANKID", "021000021") + &value("ACCTID", "000123456") + &value("ACCTTYPE", "CHECKING");
    text += &format!("<BANKACCTFROM>{account}</BANKACCTFROM><BANKTRANLIST>");
    text += &(value("DTSTART", "20250101") + &value("DTEND", "20251231"));
    for row in rows {
        text += "<STMTTRN>";
        text += &value("TRNTYPE", if row.minor < 0 { "DEBIT" } else { "CREDIT" });
        text += &value("DTPOSTED", &row.compact());
        text += &value("TRNAMT", &decimal(row.minor, '.'));
        text += &value("FITID", &format!("F{}", row.number));
        text += &value("NAME", row.name);
        text += &value("MEMO", &format!("{} {:06}", row.kind, row.number));
        text += "</STMTTRN>\n";
    }
    let end = value("BALAMT", &decimal(closing(rows), '.')) + &value("DTASOF", "20251231");
    text + &format!("</BANKTRANLIST><LEDGERBAL>{end}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n")
}

fn qif(rows: &[Row]) -> String {
    let mut text = String::from("!Type:Bank\n");
    for row in rows {
        let (year, month, day) = row.day;
        let amount = decimal(row.minor, '.');
        let _ = writeln!(
            text,
            "D{month:02}/{day:02}/{year}\nT{amount}\nP{}\nM{} {:06}\nLOther\n^",
            row.name, row.kind, row.number
        );
    }
    text
}

fn mt940(rows: &[Row]) -> String {
    let mark = |minor: i64| if minor < 0 { 'D' } else { 'C' };
    let mut text = String::from(":20:STARTUMSE\n:25:10020030/0001234567\n:28C:00001/001\n");
    text += &format!(":60F:C250101EUR{}\n", decimal(OPENING, ','));
    for row in rows {
        let (_, month, day) = row.day;
        let amount = decimal(row.minor.abs(), ',');
        let _ = writeln!(
            text,
            ":61:25{month:02}{day:02}{month:02}{day:02}{}{amount}NMSCR{:07}//B{:07}\n:86:166?00{}?109310?20SVWZ+Rechnung {:06}?21vom {day:02}.{month:02}.?30BYLADEM1001?32{}",
            mark(row.minor),
            row.number,
            row.number,
            row.kind,
            row.number,
            row.name
        );
    }
    let end = closing(rows);
    text + &format!(":62F:{}251231EUR{}\n-\n", mark(end), decimal(end.abs(), ','))
}

fn camt(rows: &[Row]) -> String {
    let amount = |minor: i64| {
        let indicator = if minor < 0 { "DBIT" } else { "CRDT" };
        format!("<Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{indicator}</CdtDbtInd>", decimal(minor.abs(), '.'))
    };
    let balance = |code: &str, minor: i64, day: &str| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{}<Dt><Dt>{day}</Dt></Dt></Bal>\n",
            amount(minor)
        )
    };
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-01T06:00:00+02:00</CreDtTm></GrpHdr>\n<Stmt><Id>S1</Id><CreDtTm>2026-01-01T06:00:00+02:00</CreDtTm><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>\n",
    );
    text += &balance("OPBD", OPENING, "2025-01-01");
    text += &balance("CLBD", closing(rows), "2025-12-31");
    for row in rows {
        let day = row.iso();
        let role = if row.minor < 0 { "Cdtr" } else { "Dbtr" };
        let _ = writeln!(
            text,
            "<Ntry>{}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>R{:07}</EndToEndId></Refs><RltdPties><{role}><Pty><Nm>{}</Nm></Pty></{role}></RltdPties><RmtInf><Ustrd>Rechnung {:06}</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>{}</AddtlNtryInf></Ntry>",
            amount(row.minor),
            row.number,
            row.name,
            row.number,
            row.kind
        );
    }
    text + "</Stmt></BkToCstmrStmt></Document>\n"
}

fn bai2(rows: &[Row]) -> String {
    let end = closing(rows);
    let mut sum = OPENING + end;
    let mut records = vec![format!("03,0009988,EUR,010,{OPENING},,,015,{end},,/")];
    for row in rows {
        let code = if row.minor < 0 { 455 } else { 165 };
        records.push(format!("16,{code},{},Z,B{:07},,{}", row.minor.abs(), row.number, row.kind));
        records.push(format!("88,{} {:06}/", row.name, row.number));
        sum += row.minor.abs();
    }
    records.push(format!("49,{sum},{}/", records.len() + 1));
    records.insert(0, "02,CLIENT,HARBOUR,1,250302,2400,EUR,2/".to_owned());
    records.push(format!("98,{sum},1,{}/", records.len() + 1));
    records.insert(0, "01,HARBOUR,CLIENT,250303,0600,1,80,,2/".to_owned());
    records.push(format!("99,{sum},1,{}/", records.len() + 1));
    records.join("\n") + "\n"
}

fn json(rows: &[Row]) -> String {
    let mut text = String::from(
        "{\"accounts\": [{\"account_id\": \"a1\", \"mask\": \"4471\", \"subtype\": \"checking\", \"balances\": {\"current\": 12.5, \"iso_currency_code\": \"EUR\"}}],\n\"transactions\": [\n",
    );
    for (at, row) in rows.iter().enumerate() {
        let comma = if at == 0 { "" } else { ",\n" };
        let (day, amount) = (row.iso(), decimal(-row.minor, '.'));
        let _ = write!(
            text,
            "{comma}{{\"account_id\": \"a1\", \"transaction_id\": \"t{}\", \"amount\": {amount}, \"iso_currency_code\": \"EUR\", \"date\": \"{day}\", \"name\": \"{} {} {:06}\", \"merchant_name\": null, \"category\": [\"Shops\"], \"pending\": false}}",
            row.number, row.kind, row.name, row.number
        );
    }
    text + &format!("\n], \"total_transactions\": {}}}\n", rows.len())
}

fn xlsx(rows: &[Row]) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let (sheet, days) = (book.add_worksheet(), Style::new().set_num_format("yyyy-mm-dd"));
    for (column, heading) in (0..).zip(["Date", "Description", "Amount", "Balance", "Currency"]) {
        sheet.write(0, column, heading)?;
    }
    for (at, row) in (1..).zip(rows) {
        let (year, month, day) = row.day;
        sheet.write_with_format(at, 0, &ExcelDateTime::from_ymd(year, month, day)?, &days)?;
        sheet.write(at, 1, format!("{} {} {:06}", row.kind, row.name, row.number))?;
        sheet.write(at, 2, as_float(row.minor))?;
        sheet.write(at, 3, as_float(row.balance))?;
        sheet.write(at, 4, "EUR")?;
    }
    Ok(book.save_to_buffer()?)
}

/// Far below 2^53.
fn as_float(minor: i64) -> f64 {
    minor as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_parse::{Input, ParseOptions, parse};

    #[test]
    fn every_format_is_read_to_the_last_row() {
        for format in Format::ALL {
            let bytes = format.file(500).unwrap();
            let input = Input::Structured { media: format.media(), bytes: &bytes };
            let reading = parse(input, &ParseOptions::default()).unwrap();
            let rows = Row::many(500);
            let amounts: Vec<i64> = rows.iter().map(|row| row.minor).collect();
            let [statement] = reading.statements.as_slice() else { panic!("{format:?}") };
            let read: Vec<i64> = statement.transactions.iter().map(|row| row.amount.minor()).collect();
            assert_eq!(read, amounts, "{format:?}");
        }
    }
}
