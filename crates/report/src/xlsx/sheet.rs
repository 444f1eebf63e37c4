//! Cells by meaning: text, money, dates. Nothing of a document ever passes through a formula.

use super::ledger::decimal;
use super::number::cell_number;
use super::style::Style;
use crate::ReportError;
use crate::csv::starts_formula;
use crate::notice::Notice;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};
use smartexus_domain::{Currency, Money};
use std::borrow::Cow;

/// Characters that a cell holds, counted as Excel counts them.
const CELL_TEXT_MAX: usize = 32_767;

/// A4, in the workbook's numbering of papers.
const PAPER_A4: u8 = 9;

/// A column: its title, its width in characters, and whether its values stand right.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) width: f64,
    pub(super) right: bool,
}

/// A worksheet with its looks.
pub(super) struct Sheet<'a> {
    pub(super) inner: Worksheet,
    pub(super) style: &'a Style,
}

impl<'a> Sheet<'a> {
    /// A landscape page as wide as its columns, with the notice on its first line.
    pub(super) fn new(
        name: &str,
        notice: &Notice,
        style: &'a Style,
        last_column: u16,
    ) -> Result<Self, ReportError> {
        let mut inner = Worksheet::new();
        inner.set_name(name)?;
        inner
            .set_landscape()
            .set_paper_size(PAPER_A4)
            .set_print_fit_to_pages(1, 0)
            .set_screen_gridlines(false);
        inner.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        inner.set_footer("&L&8&A&R&8Page &P of &N");
        inner.merge_range(0, 0, 0, last_column, &notice.text, &style.banner(notice.tone))?;
        inner.set_row_height(0, 34)?;
        Ok(Self { inner, style })
    }

    /// The titles of a table, widths included.
    pub(super) fn titles(&mut self, row: u32, columns: &[Column]) -> Result<(), ReportError> {
        for (index, column) in (0..).zip(columns) {
            let format = if column.right { &self.style.head_right } else { &self.style.head };
            self.inner.write_string_with_format(row, index, column.title, format)?;
        }
        self.inner.set_row_height(row, 20)?;
        Ok(())
    }

    /// Column widths.
    pub(super) fn widths(&mut self, columns: &[Column]) -> Result<(), ReportError> {
        for (index, column) in (0..).zip(columns) {
            self.inner.set_column_width(index, column.width)?;
        }
        Ok(())
    }

    /// Text as text. Where editing the cell would turn it into a formula, Excel's own quote prefix is set.
    pub(super) fn text(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), ReportError> {
        let text = cell_text(text);
        if starts_formula(&text) {
            self.inner.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
        } else {
            self.inner.write_string_with_format(row, column, text, format)?;
        }
        Ok(())
    }

    /// Text, or an empty cell with the table's looks.
    pub(super) fn maybe_text(
        &mut self,
        row: u32,
        column: u16,
        text: Option<&str>,
        format: &Format,
    ) -> Result<(), ReportError> {
        self.text(row, column, text.unwrap_or_default(), format)
    }

    /// A number, or text where a number could not hold it, or an empty cell.
    pub(super) fn money(
        &mut self,
        row: u32,
        column: u16,
        money: Option<Money>,
        format: &Format,
    ) -> Result<(), ReportError> {
        let Some(money) = money else { return self.text(row, column, "", format) };
        match cell_number(money) {
            Some(number) => self.inner.write_number_with_format(row, column, number, format)?,
            None => self.inner.write_string_with_format(row, column, money.to_string(), format)?,
        };
        Ok(())
    }

    /// Decimal text of a currency as a number; whatever is not an amount stays text.
    pub(super) fn amount(
        &mut self,
        row: u32,
        column: u16,
        amount: Option<&str>,
        currency: Currency,
        format: &Format,
    ) -> Result<(), ReportError> {
        match amount.map(|text| Money::from_decimal(text, currency)) {
            Some(Ok(money)) => self.money(row, column, Some(money), format),
            Some(Err(_)) | None => self.maybe_text(row, column, amount, format),
        }
    }

    /// A live sum, where it comes to the figure to the cent; else the figure alone, for two numbers that disagree must not
    /// stand in one cell.
    pub(super) fn live(
        &mut self,
        (row, column): (u32, u16),
        sum: &Sum,
        figure: Option<&str>,
        format: &Format,
    ) -> Result<(), ReportError> {
        let value = decimal(sum.minor, sum.currency);
        if figure == Some(value.as_str()) && !sum.leaves_out {
            return self.formula(row, column, &rounded(&sum.expression, sum.currency), value, format);
        }
        self.amount(row, column, figure, sum.currency, format)
    }

    /// A live count, under the same rule.
    pub(super) fn live_count(
        &mut self,
        (row, column): (u32, u16),
        expression: &str,
        count: usize,
        figure: u32,
        format: &Format,
    ) -> Result<(), ReportError> {
        if usize::try_from(figure).is_ok_and(|figure| figure == count) {
            return self.formula(row, column, &format!("={expression}"), count.to_string(), format);
        }
        self.inner.write_number_with_format(row, column, figure, format)?;
        Ok(())
    }

    /// A quotient as a true number shown as a percentage; text that is no number stays text.
    pub(super) fn ratio(&mut self, row: u32, column: u16, ratio: Option<&str>) -> Result<(), ReportError> {
        match ratio.map(str::parse::<f64>) {
            Some(Ok(number)) if number.is_finite() => {
                self.inner.write_number_with_format(row, column, number, &self.style.percent).map(|_| ())?;
                Ok(())
            }
            Some(_) | None => self.maybe_text(row, column, ratio, &self.style.text),
        }
    }

    /// A whole number.
    pub(super) fn count(
        &mut self,
        row: u32,
        column: u16,
        count: Option<u32>,
        format: &Format,
    ) -> Result<(), ReportError> {
        match count {
            Some(count) => self.inner.write_number_with_format(row, column, count, format).map(|_| ())?,
            None => self.text(row, column, "", format)?,
        }
        Ok(())
    }

    /// The titles of a table below others, from a column on.
    pub(super) fn heads(&mut self, row: u32, titles: &[(&str, bool)]) -> Result<(), ReportError> {
        for (index, (title, right)) in (0..).zip(titles) {
            let format = if *right { &self.style.head_right } else { &self.style.head };
            self.inner.write_string_with_format(row, index, *title, format)?;
        }
        self.inner.set_row_height(row, 20)?;
        Ok(())
    }

    /// A true date; a year that Excel does not know stays ISO text.
    pub(super) fn date(
        &mut self,
        row: u32,
        column: u16,
        date: Option<jiff::civil::Date>,
        format: &Format,
    ) -> Result<(), ReportError> {
        let Some(date) = date else { return self.text(row, column, "", format) };
        match excel_date(date) {
            Some(known) => self.inner.write_datetime_with_format(row, column, &known, format)?,
            None => self.inner.write_string_with_format(row, column, date.to_string(), format)?,
        };
        Ok(())
    }

    /// A live formula of ours with the result that we computed.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        cached: String,
        format: &Format,
    ) -> Result<(), ReportError> {
        let formula = Formula::new(formula).set_result(cached);
        self.inner.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }
}

/// What a formula says and what it comes to.
pub(super) struct Sum {
    /// Without the equals sign.
    pub(super) expression: String,
    /// Minor units.
    pub(super) minor: i128,
    pub(super) currency: Currency,
    /// An amount under it is too large for a cell, so the formula would come to less.
    pub(super) leaves_out: bool,
}

/// `ROUND(…)` to the currency's minor digits: sums of doubles drift, cents do not.
pub(super) fn rounded(expression: &str, currency: Currency) -> String {
    format!("=ROUND({expression},{})", currency.exponent())
}

fn excel_date(date: jiff::civil::Date) -> Option<ExcelDateTime> {
    // Excel believes in 29 February 1900; the first day on which it agrees with the calendar is 1 March.
    let first = jiff::civil::date(1900, 3, 1);
    if date < first {
        return None;
    }
    let year = u16::try_from(date.year()).ok()?;
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// Text that fits a cell: cut at the limit, and the cut is visible.
fn cell_text(text: &str) -> Cow<'_, str> {
    // Counted in UTF-16 units, the stricter of the two counts in use.
    if text.encode_utf16().count() <= CELL_TEXT_MAX {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < CELL_TEXT_MAX
    });
    Cow::Owned(kept.chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_just_above_the_limit() {
        let fits = "é".repeat(CELL_TEXT_MAX);
        assert_eq!(cell_text(&fits), fits);
        let long = "é".repeat(CELL_TEXT_MAX + 1);
        let cut = cell_text(&long);
        assert_eq!(cut.encode_utf16().count(), CELL_TEXT_MAX);
        assert!(cut.ends_with('…'));
        let pairs = "😀".repeat(CELL_TEXT_MAX);
        assert!(cell_text(&pairs).encode_utf16().count() <= CELL_TEXT_MAX);
    }

    #[test]
    fn dates_that_excel_gets_wrong_are_refused() {
        assert!(excel_date(jiff::civil::date(1900, 2, 28)).is_none());
        assert!(excel_date(jiff::civil::date(1900, 3, 1)).is_some());
        assert!(excel_date(jiff::civil::date(2026, 2, 28)).is_some());
        assert!(excel_date(jiff::civil::date(-5, 1, 1)).is_none());
    }
}
