//! `transactions.parquet`: the rows as typed columns, for analysts.
//!
//! Money is `DECIMAL(18, s)` on 64-bit integers, where `s` is the largest number of minor digits among the currencies of
//! the file: 1200 yen beside dollars is 1200.00. Dates are days. No value passes through a floating-point number except
//! confidences. Versions and verdicts stand in the file's metadata.

use crate::ReportError;
use crate::case_report::{CaseReport, Ledger, PROGRAM, Row};
use crate::csv::{method_word, verdict_word};
use ::parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};
use jiff::civil::{Date, date};
use smartexus_domain::Money;
use std::sync::Arc;

/// Digits that a `DECIMAL` on 64 bits holds for certain.
const DIGITS: u32 = 18;
/// Rows of one row group.
const GROUP_ROWS: usize = 65_536;
/// Day 0 of Parquet's dates.
const EPOCH: Date = date(1970, 1, 1);

type Entry<'e> = (&'e Ledger<'e>, &'e Row<'e>);

/// How a column's values are made.
enum Values {
    Text(fn(&Entry<'_>) -> Option<String>),
    Money(fn(&Entry<'_>) -> Option<Money>),
    Day(fn(&Entry<'_>) -> Option<Date>),
    Whole(fn(&Entry<'_>) -> Option<u32>),
    Share(fn(&Entry<'_>) -> Option<f64>),
}

/// Names in order, whether every row has a value, and where it comes from. Adding one at the end is fine.
const COLUMNS: [(&str, bool, Values); 23] = [
    ("row_id", true, Values::Text(|(_, row)| Some(row.ledger.id.clone()))),
    ("account", true, Values::Text(|(ledger, _)| Some(ledger.account.id.clone()))),
    ("account_name", true, Values::Text(|(ledger, _)| Some(ledger.name.clone()))),
    ("date", true, Values::Day(|(_, row)| Some(row.ledger.date))),
    ("value_date", false, Values::Day(|(_, row)| row.row.value_date)),
    ("description", true, Values::Text(|(_, row)| Some(row.row.description.clone()))),
    ("counterparty", false, Values::Text(|(_, row)| row.row.categorization.as_ref()?.counterparty.clone())),
    ("amount", true, Values::Money(|(_, row)| Some(row.amount))),
    ("currency", false, Values::Text(currency)),
    ("balance", false, Values::Money(|(_, row)| row.row.balance)),
    (
        "category",
        false,
        Values::Text(|(_, row)| Some(row.row.categorization.as_ref()?.category.as_str().to_owned())),
    ),
    (
        "category_confidence",
        false,
        Values::Share(|(_, row)| Some(row.row.categorization.as_ref()?.confidence)),
    ),
    (
        "category_reason",
        false,
        Values::Text(|(_, row)| Some(row.row.categorization.as_ref()?.reason.clone())),
    ),
    ("tags", false, Values::Text(|(_, row)| Some(row.row.categorization.as_ref()?.tags.join(";")))),
    ("reference", false, Values::Text(|(_, row)| row.row.reference.clone())),
    ("check_number", false, Values::Text(|(_, row)| row.row.check_number.clone())),
    (
        "statement_verdict",
        true,
        Values::Text(|(_, row)| Some(verdict_word(row.statement.verdict).to_owned())),
    ),
    (
        "ledger_verdict",
        true,
        Values::Text(|(ledger, _)| Some(verdict_word(ledger.account.proof.verdict).to_owned())),
    ),
    ("method", true, Values::Text(|(_, row)| Some(method_word(row.row.method).to_owned()))),
    ("confidence", true, Values::Share(|(_, row)| Some(row.row.confidence))),
    ("file", true, Values::Text(|(_, row)| Some(row.document.file.clone()))),
    ("seq", true, Values::Whole(|(_, row)| Some(row.row.seq))),
    ("page", false, Values::Whole(|(_, row)| row.row.source.map(|source| source.page))),
];

fn currency((_, row): &Entry<'_>) -> Option<String> {
    let currency = row.amount.currency();
    currency.is_known().then(|| currency.code().to_owned())
}

impl CaseReport<'_> {
    /// The merged ledgers as Parquet, compressed by Snappy.
    ///
    /// # Errors
    /// [`ReportError::AmountTooLarge`] where an amount needs more than 18 digits; [`ReportError::Parquet`] if the writer
    /// refuses.
    pub fn parquet(&self) -> Result<Vec<u8>, ReportError> {
        let scale = self.currencies().iter().map(smartexus_domain::Currency::exponent).max().unwrap_or(2);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(PROGRAM.to_owned())
            .set_key_value_metadata(Some(self.metadata()))
            .build();
        let mut file = SerializedFileWriter::new(Vec::new(), schema(scale)?, Arc::new(properties))?;
        let entries: Vec<Entry<'_>> = self.rows().collect();
        for rows in entries.chunks(GROUP_ROWS) {
            let mut group = file.next_row_group()?;
            for (_, is_always, values) in &COLUMNS {
                write(&mut group, rows, *is_always, values, scale)?;
            }
            group.close()?;
        }
        Ok(file.into_inner()?)
    }

    /// Names of versions and verdicts.
    fn metadata(&self) -> Vec<KeyValue> {
        let pair = |key: &str, value: String| KeyValue::new(format!("smartexus.{key}"), value);
        let mut pairs = vec![
            pair("program", PROGRAM.to_owned()),
            pair("case_schema", self.case.schema.clone()),
            pair("verdict", self.notice.text.clone()),
        ];
        if let Some(figures) = self.figures {
            pairs.push(pair("formulas", figures.formulas.to_string()));
        }
        for ledger in &self.accounts {
            let verdict = verdict_word(ledger.account.proof.verdict).to_owned();
            pairs.push(pair(&format!("ledger_verdict.{}", ledger.account.id), verdict));
        }
        pairs
    }
}

fn schema(scale: u32) -> Result<TypePtr, ReportError> {
    let scale = i32::try_from(scale).unwrap_or(0);
    let fields = COLUMNS.iter().map(|(name, is_always, values)| {
        let repetition = if *is_always { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let field = |physical| Type::primitive_type_builder(name, physical).with_repetition(repetition);
        let field = match values {
            Values::Text(_) => field(Physical::BYTE_ARRAY)
                .with_logical_type(Some(LogicalType::String))
                .with_converted_type(ConvertedType::UTF8),
            Values::Money(_) => field(Physical::INT64)
                .with_logical_type(Some(LogicalType::decimal(scale, DIGITS.cast_signed())))
                .with_converted_type(ConvertedType::DECIMAL)
                .with_precision(DIGITS.cast_signed())
                .with_scale(scale),
            Values::Day(_) => field(Physical::INT32)
                .with_logical_type(Some(LogicalType::Date))
                .with_converted_type(ConvertedType::DATE),
            Values::Whole(_) => field(Physical::INT64),
            Values::Share(_) => field(Physical::DOUBLE),
        };
        Ok(Arc::new(field.build()?))
    });
    let fields = fields.collect::<Result<Vec<_>, ReportError>>()?;
    Ok(Arc::new(Type::group_type_builder("transactions").with_fields(fields).build()?))
}

/// Writes one column of a row group. Where a row may have no value, a level of 0 says so.
fn write(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    rows: &[Entry<'_>],
    is_always: bool,
    values: &Values,
    scale: u32,
) -> Result<(), ReportError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    match (column.untyped(), values) {
        (ColumnWriter::ByteArrayColumnWriter(writer), Values::Text(of)) => {
            let (levels, values) =
                split(rows.iter().map(|row| Ok(of(row).map(|text| ByteArray::from(text.as_str())))))?;
            writer.write_batch(&values, levels_of(is_always, &levels), None)?;
        }
        (ColumnWriter::Int64ColumnWriter(writer), Values::Money(of)) => {
            let (levels, values) =
                split(rows.iter().map(|row| of(row).map(|money| scaled(money, scale)).transpose()))?;
            writer.write_batch(&values, levels_of(is_always, &levels), None)?;
        }
        (ColumnWriter::Int32ColumnWriter(writer), Values::Day(of)) => {
            let (levels, values) = split(rows.iter().map(|row| Ok(of(row).map(days_since_epoch))))?;
            writer.write_batch(&values, levels_of(is_always, &levels), None)?;
        }
        (ColumnWriter::Int64ColumnWriter(writer), Values::Whole(of)) => {
            let (levels, values) = split(rows.iter().map(|row| Ok(of(row).map(i64::from))))?;
            writer.write_batch(&values, levels_of(is_always, &levels), None)?;
        }
        (ColumnWriter::DoubleColumnWriter(writer), Values::Share(of)) => {
            let (levels, values) = split(rows.iter().map(|row| Ok(of(row))))?;
            writer.write_batch(&values, levels_of(is_always, &levels), None)?;
        }
        _ => {
            let text = "a column has another type than its values".to_owned();
            return Err(::parquet::errors::ParquetError::General(text).into());
        }
    }
    column.close()?;
    Ok(())
}

fn levels_of(is_always: bool, levels: &[i16]) -> Option<&[i16]> {
    (!is_always).then_some(levels)
}

/// Which rows have a value, and the values.
fn split<T>(
    rows: impl Iterator<Item = Result<Option<T>, ReportError>>,
) -> Result<(Vec<i16>, Vec<T>), ReportError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    for row in rows {
        let value = row?;
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    Ok((levels, values))
}

/// Minor units at the digits of the file.
fn scaled(money: Money, scale: u32) -> Result<i64, ReportError> {
    let more = scale.saturating_sub(money.currency().exponent());
    let scaled = 10_i64.checked_pow(more).and_then(|factor| money.minor().checked_mul(factor));
    let fits = scaled.filter(|minor| minor.unsigned_abs() < 10_u64.pow(DIGITS));
    fits.ok_or(ReportError::AmountTooLarge)
}

fn days_since_epoch(day: Date) -> i32 {
    // A civil date is at most 3,652,059 days away, which fits.
    EPOCH.until(day).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use smartexus_domain::Currency;

    #[test]
    fn money_takes_the_digits_of_the_file_or_is_refused() {
        let money = |minor, code| Money::new(minor, Currency::from_code(code).unwrap());
        let largest = 10_i64.pow(DIGITS) - 1;
        for (money, scale, expected) in [
            (money(-6120, "USD"), 2, Some(-6120)),
            (money(1200, "JPY"), 2, Some(120_000)),
            (money(1, "USD"), 3, Some(10)),
            (money(largest, "USD"), 2, Some(largest)),
            (money(largest + 1, "USD"), 2, None),
            (money(-largest - 1, "USD"), 2, None),
            (money(i64::MAX, "JPY"), 3, None),
        ] {
            assert_eq!(scaled(money, scale).ok(), expected, "{money}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (day, expected) in [
            (date(1970, 1, 1), 0),
            (date(2026, 3, 1), 20_513),
            (date(1969, 12, 31), -1),
            (date(9999, 12, 31), 2_932_896),
        ] {
            assert_eq!(days_since_epoch(day), expected);
        }
    }
}
