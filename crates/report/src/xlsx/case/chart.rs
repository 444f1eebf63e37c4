//! The chart beside a block of *Cash flow*: bars of money in and out, a line of the closing balance.

use super::super::sheet::Sheet;
use crate::ReportError;
use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color};

/// Sheet lines that the chart covers.
pub(super) const LINES: u32 = 17;

const WIDTH_PX: u32 = 900;
const HEIGHT_PX: u32 = 320;
const IN: Color = Color::RGB(0x0014_6C43);
const OUT: Color = Color::RGB(0x00B4_530A);
const BALANCE: Color = Color::RGB(0x001F_3A5F);
const GRID: Color = Color::RGB(0x00E5_E7EB);

/// Draws the months of the block whose heading stands at `block`, at line `at`.
pub(super) fn cash_flow(
    sheet: &mut Sheet<'_>,
    block: u32,
    at: u32,
    months: usize,
) -> Result<(), ReportError> {
    let Ok(last) = u16::try_from(months) else { return Ok(()) };
    let top = block + 1;
    let titles = ("Cash flow", top, 1, top, last);
    let mut bars = Chart::new(ChartType::Column);
    for (down, name, color) in [(4, "Money in", IN), (5, "Money out", OUT)] {
        let series = bars.add_series().set_name(name).set_categories(titles);
        series
            .set_values(("Cash flow", top + down, 1, top + down, last))
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)));
    }
    let mut line = Chart::new(ChartType::Line);
    let series = line.add_series().set_name("Closing balance").set_categories(titles);
    series
        .set_values(("Cash flow", top + 7, 1, top + 7, last))
        .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(BALANCE).set_width(2.25)));
    bars.combine(&line);
    bars.title().set_hidden();
    bars.legend().set_position(ChartLegendPosition::Bottom);
    bars.x_axis().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
    bars.y_axis().set_num_format("#,##0").set_major_gridlines_line(ChartLine::new().set_color(GRID));
    bars.set_width(WIDTH_PX).set_height(HEIGHT_PX);
    bars.set_alt_text("Money in, money out and closing balance by month; the table above has the figures");
    sheet.inner.insert_chart(at, 0, &bars)?;
    Ok(())
}
