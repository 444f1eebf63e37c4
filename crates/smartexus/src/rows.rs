//! Rows of a CSV for `categorize`: a header that names its columns in any order, then one row after the other.

use crate::exit::Stop;
use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use serde::Serialize;
use smartexus_categorize::Direction;
use smartexus_domain::{AmountToken, Currency, Money, SignMark};
use std::io::{self, BufRead, BufReader, Read};

/// Most bytes of one row: an unclosed quote makes all the rest one field. Rows are not counted: none is kept.
const ROW_BYTES_MAX: usize = 1024 * 1024;
/// The header is looked for in this much, and so much is read at a time.
const READ_BYTES: usize = 64 * 1024;

/// Why a row has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    /// Fewer fields than the header has needed columns.
    FieldMissing,
    /// The description is empty.
    DescriptionEmpty,
    /// The amount is no number, or its marks contradict each other.
    AmountMalformed,
    /// The currency is not of ISO 4217.
    CurrencyUnknown,
}

impl Fault {
    /// One sentence for people.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::FieldMissing => "the row has fewer fields than the header",
            Self::DescriptionEmpty => "the description is empty",
            Self::AmountMalformed => "the amount is not a number",
            Self::CurrencyUnknown => "the currency is not an ISO 4217 code",
        }
    }
}

/// Where each column stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    description: usize,
    amount: usize,
    currency: Option<usize>,
    counterparty: Option<usize>,
}

/// A row that can be categorized.
#[derive(Debug)]
pub(crate) struct Row {
    record: StringRecord,
    /// Which way the money went.
    pub(crate) direction: Direction,
    /// How much, where the number reads in one way only.
    pub(crate) amount: Option<Money>,
}

impl Columns {
    fn of(header: &StringRecord) -> Option<Self> {
        let position = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        Some(Self {
            description: position("description")?,
            amount: position("amount")?,
            currency: position("currency"),
            counterparty: position("counterparty"),
        })
    }

    /// The row's words.
    pub(crate) fn description<'r>(&self, row: &'r Row) -> &'r str {
        row.record.get(self.description).unwrap_or_default()
    }

    /// The other side, where the row names it.
    pub(crate) fn counterparty<'r>(&self, row: &'r Row) -> Option<&'r str> {
        row.record.get(self.counterparty?).filter(|name| !name.trim().is_empty())
    }

    fn row(&self, record: StringRecord) -> Result<Row, Fault> {
        let description = record.get(self.description).ok_or(Fault::FieldMissing)?;
        let amount = record.get(self.amount).ok_or(Fault::FieldMissing)?;
        if description.trim().is_empty() {
            return Err(Fault::DescriptionEmpty);
        }
        let stated = self
            .currency
            .and_then(|column| record.get(column))
            .map(str::trim)
            .filter(|code| !code.is_empty());
        let currency = match stated {
            Some(code) => Currency::from_code(code).ok_or(Fault::CurrencyUnknown)?,
            None => Currency::UNKNOWN,
        };
        let (direction, amount) = moved(amount, currency).ok_or(Fault::AmountMalformed)?;
        Ok(Row { record, direction, amount })
    }
}

/// The direction is all that a category needs of an amount, so a number that may be read in two ways will do:
/// both have the same sign.
fn moved(amount: &str, currency: Currency) -> Option<(Direction, Option<Money>)> {
    let token = AmountToken::read(amount)?;
    let mut readings = token.readings(currency.exponent()).into_iter();
    let (_, magnitude) = readings.next()?;
    let signed = match token.sign() {
        SignMark::None | SignMark::Plus | SignMark::Credit => magnitude,
        SignMark::Minus | SignMark::Debit => magnitude.checked_neg()?,
        SignMark::Conflict => return None,
    };
    let amount = Money::new(signed, currency);
    let same = readings.all(|(_, other)| other == magnitude);
    Some((Direction::of(amount), same.then_some(amount)))
}

/// A row that was read or could not be, and its number.
pub(crate) type Numbered = (u64, Result<Row, Fault>);

/// A CSV under way.
pub(crate) struct Rows {
    reader: Reader<Bounded>,
    columns: Columns,
    number: u64,
    record: ByteRecord,
}

/// A source that ends a row which is too long, and says before it may have to wait.
struct Bounded {
    source: BufReader<Box<dyn Read>>,
    before_waiting: Box<dyn FnMut() -> io::Result<()>>,
    /// Bytes that the row under way may still have.
    left: usize,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if self.source.buffer().is_empty() {
            (self.before_waiting)()?;
        }
        let read = self.source.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

impl Rows {
    /// Reads the header: comma, semicolon, tab or pipe, whichever it uses most. `before_waiting` is called whenever the
    /// source may have nothing more for now.
    pub(crate) fn open(
        source: Box<dyn Read>,
        before_waiting: Box<dyn FnMut() -> io::Result<()>>,
    ) -> Result<Self, Stop> {
        let mut source = BufReader::with_capacity(READ_BYTES, source);
        let start = source.fill_buf().map_err(|error| unreadable(&error))?;
        let delimiter = delimiter(start);
        let source = Bounded { source, before_waiting, left: ROW_BYTES_MAX };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(source);
        let header = reader.byte_headers().map_err(|error| broken(&error))?.clone();
        let columns = Columns::of(&text(&header)).ok_or_else(|| {
            Stop::failed("the CSV has no columns named description and amount")
                .advise("name them in its first line, for instance: date,description,amount,currency")
        })?;
        Ok(Self { reader, columns, number: 0, record: ByteRecord::new() })
    }

    /// Where each column stands.
    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The next row with its number, from 1; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Numbered>, Stop> {
        self.reader.get_mut().left = ROW_BYTES_MAX;
        if !self.reader.read_byte_record(&mut self.record).map_err(|error| broken(&error))? {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some((self.number, self.columns.row(text(&self.record)))))
    }
}

/// Bytes that are no UTF-8 become replacement characters: a wrong letter must not stop the rows after it.
fn text(record: &ByteRecord) -> StringRecord {
    record.iter().map(String::from_utf8_lossy).collect()
}

fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let uses = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    // The last of equals wins in `max_by_key`, and the comma is the usual one.
    b"|\t;,".iter().copied().max_by_key(|delimiter| uses(*delimiter)).unwrap_or(b',')
}

fn unreadable(error: &io::Error) -> Stop {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Stop::failed(format!("a row of the CSV is longer than {ROW_BYTES_MAX} bytes"))
            .advise("look for a quote that is never closed");
    }
    if error.kind() == io::ErrorKind::BrokenPipe {
        // Whoever read the rows left: that is no failure.
        return io::Error::from(io::ErrorKind::BrokenPipe).into();
    }
    Stop::failed(format!("the CSV cannot be read: {}", error.kind()))
}

fn broken(error: &csv::Error) -> Stop {
    if let csv::ErrorKind::Io(error) = error.kind() {
        return unreadable(error);
    }
    Stop::failed("the CSV cannot be read: it is malformed")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told = Result<(String, Direction), Fault>;

    fn read(text: &str) -> Result<Vec<Told>, Stop> {
        let source = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        let mut rows = Rows::open(source, Box::new(|| Ok(())))?;
        let mut all = Vec::new();
        while let Some((_, row)) = rows.next()? {
            all.push(row.map(|row| (rows.columns().description(&row).to_owned(), row.direction)));
        }
        Ok(all)
    }

    #[test]
    fn columns_stand_in_any_order_and_any_common_dialect() {
        for text in [
            "description,amount\nTEA,-2.50\n",
            "Amount;DATE;Description\n\"-2,50\";2026-03-01;TEA\n",
            "\u{feff}description\tamount\nTEA\t(2.50)\n",
            "amount|description\r\n2.50 DR|TEA\r\n",
        ] {
            let rows = read(text).unwrap_or_else(|stop| panic!("{}", stop.sentence));
            assert_eq!(rows, [Ok(("TEA".to_owned(), Direction::Out))], "{text}");
        }
    }

    #[test]
    fn a_malformed_row_is_told_and_the_next_one_read() {
        let text = "description,amount,currency\nTEA,abc,\n,1.00,\nTEA\nTEA,1.00,ZZZ\nTEA,-5 CR,USD\nTEA,1200,JPY\nTEA,0.00,\n";
        let rows = read(text).unwrap_or_else(|stop| panic!("{}", stop.sentence));
        let told: Vec<Result<Direction, Fault>> =
            rows.into_iter().map(|row| row.map(|(_, way)| way)).collect();
        assert_eq!(
            told,
            [
                Err(Fault::AmountMalformed),
                Err(Fault::DescriptionEmpty),
                Err(Fault::FieldMissing),
                Err(Fault::CurrencyUnknown),
                Err(Fault::AmountMalformed),
                Ok(Direction::In),
                Ok(Direction::Neither),
            ]
        );
    }

    #[test]
    fn a_file_without_the_columns_is_refused_with_advice() {
        for text in ["", "date,text,value\n1,2,3\n"] {
            assert!(read(text).is_err_and(|stop| stop.advice.is_some()), "{text}");
        }
    }

    #[test]
    fn a_row_ends_just_below_its_limit_and_not_just_above() {
        let fits = |letters: usize| {
            // The whole file is read for its first row, so the rest of it counts.
            let text = format!("description,amount\n\"{}\",-1.00\n", "a".repeat(letters));
            read(&text).map(|rows| rows.len()).map_err(|stop| (stop.sentence, stop.advice.is_some()))
        };
        assert_eq!(fits(ROW_BYTES_MAX - 64 * 1024), Ok(1));
        let (sentence, advised) = fits(ROW_BYTES_MAX + 64 * 1024).unwrap_err();
        assert!(sentence.contains("longer than 1048576 bytes") && advised, "{sentence}");
        let open = format!("description,amount\n\"TEA,-1.00\n{}", "TEA,-1.00\n".repeat(200_000));
        assert!(read(&open).is_err_and(|stop| stop.sentence.contains("longer")), "a quote that never closes");
    }

    #[test]
    fn what_was_decided_is_shown_before_more_is_waited_for() {
        let waits = std::rc::Rc::new(std::cell::Cell::new(0));
        let counted = std::rc::Rc::clone(&waits);
        let body = "TEA,-1.00\n".repeat(20_000);
        let source = io::Cursor::new(format!("description,amount\n{body}").into_bytes());
        let before = Box::new(move || {
            counted.set(counted.get() + 1);
            Ok(())
        });
        let mut rows =
            Rows::open(Box::new(source), before).unwrap_or_else(|stop| panic!("{}", stop.sentence));
        let mut all = 0;
        while rows.next().is_ok_and(|row| row.is_some()) {
            all += 1;
        }
        assert_eq!(all, 20_000);
        assert!((3..=6).contains(&waits.get()), "once for each piece: {}", waits.get());
    }
}
