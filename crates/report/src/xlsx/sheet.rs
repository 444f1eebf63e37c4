//! Cells by meaning: text, money, dates. Nothing of a document ever passes through a formula.

use super::Book;
use super::number::cell_number;
use super::style::Style;
use crate::ReportError;
use crate::csv::starts_formula;
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
    pub(super) fn new(name: &str, book: &'a Book<'_>, last_column: u16) -> Result<Self, ReportError> {
        let mut inner = Worksheet::new();
        inner.set_name(name)?;
        inner
            .set_landscape()
            .set_paper_size(PAPER_A4)
            .set_print_fit_to_pages(1, 0)
            .set_screen_gridlines(false);
        inner.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        inner.set_footer("&L&8&A&R&8Page &P of &N");
        inner.merge_range(0, 0, 0, last_column, &book.notice.text, &book.style.banner(book.notice.tone))?;
        inner.set_row_height(0, 34)?;
        Ok(Self { inner, style: &book.style })
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
